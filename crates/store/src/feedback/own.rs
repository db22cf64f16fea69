//! What a customer sees of their own answer.

use sea_orm::EntityTrait;
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::feedback::{Answer, FormLang, Ticket};

use super::{CHANGEABLE, StoredSite, give, row, site};
use crate::columns::corrupt;
use crate::entity::feedback;
use crate::{Hash, Store, StoreError};

/// An answer as it is shown to who gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFeedback {
    pub id: Uuid,
    pub site: StoredSite,
    pub ticket: Option<Ticket>,
    pub verified: bool,
    pub lang: FormLang,
    /// The score alone, where the token came with an answer that joined another and nothing proves that both are of
    /// the same person: a page can name any ticket.
    pub answer: Answer,
    pub first_at: OffsetDateTime,
    /// Until when it can be changed.
    pub changeable_until: OffsetDateTime,
}

impl Store {
    /// The answer that a token opens.
    pub async fn own_feedback(&self, edit: &Hash) -> Result<Option<OwnFeedback>, StoreError> {
        let snapshot = self.snapshot().await?;
        let Some(receipt) = give::opened(&snapshot, edit).await? else { return Ok(None) };
        let found = feedback::Entity::find_by_id(receipt.feedback_id).one(&snapshot).await?;
        let Some(row) = found else { return Ok(None) };
        let answer = row::answers(&snapshot, std::slice::from_ref(&row)).await?.remove(&row.id);
        let answer = answer.ok_or_else(|| corrupt("an answer has no score"))?;
        let site = site::by_id(&snapshot, row.site_id).await?;
        Ok(Some(OwnFeedback {
            id: row.id,
            site: site.ok_or_else(|| corrupt("an answer is of no site"))?,
            ticket: row.ticket.map(TryFrom::try_from).transpose().map_err(corrupt)?,
            verified: row.verified,
            lang: row.lang.parse().map_err(corrupt)?,
            answer: if row.verified || receipt.was_first { answer } else { Answer::of(answer.score) },
            first_at: row.first_at,
            changeable_until: row.first_at + CHANGEABLE,
        }))
    }
}
