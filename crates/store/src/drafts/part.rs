//! Of two senders in one column, one takes back their half: the other is told.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{Lang, Status};

use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::{column, draft, draft_experience, experience};
use crate::ids::IdSource;
use crate::outbox::MailText;
use crate::outbox::enqueue::enqueue_to_sender;
use crate::{Hash, Store, StoreError};

/// Somebody whose half stands in one column with that of somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    pub experience: Uuid,
    pub lang: Lang,
    /// Of the column.
    pub title: String,
}

/// Somebody who is left, and the draft in which they were together.
pub(crate) struct Parted {
    draft: Uuid,
    experience: Uuid,
}

impl Store {
    /// Who is left when a sender takes back what stands on the board with theirs.
    pub async fn partners(&self, secret: &Hash) -> Result<Vec<Partner>, StoreError> {
        let snapshot = self.snapshot().await?;
        let found = experience::Entity::find().filter(experience::Column::SecretHash.eq(secret.as_slice()));
        let Some(own) = found.one(&snapshot).await? else { return Ok(Vec::new()) };
        let mut partners = Vec::new();
        let ties = draft_experience::Entity::find();
        for tie in ties.filter(draft_experience::Column::ExperienceId.eq(own.id)).all(&snapshot).await? {
            let row = draft::Entity::find_by_id(tie.draft_id).one(&snapshot).await?;
            let Some(id) = row.and_then(|row| row.column_id) else { continue };
            let Some(about) = column::Entity::find_by_id(id).one(&snapshot).await? else { continue };
            if matches!(about.status.parse(), Ok(Status::Withdrawn | Status::Draft)) {
                continue;
            }
            let others = draft_experience::Entity::find()
                .filter(draft_experience::Column::DraftId.eq(tie.draft_id))
                .filter(draft_experience::Column::ExperienceId.ne(own.id));
            for other in others.all(&snapshot).await? {
                let found = experience::Entity::find_by_id(other.experience_id).one(&snapshot).await?;
                let found = found.ok_or_else(|| corrupt("a draft is made of nothing"))?;
                let lang = found.lang.parse().map_err(corrupt)?;
                partners.push(Partner { experience: found.id, lang, title: about.title.clone() });
            }
        }
        Ok(partners)
    }
}

/// The others whose column left the board; their own pages say so from now on.
pub(super) async fn part(
    transaction: &Aside,
    draft: Uuid,
    from: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<Parted>, StoreError> {
    let others = draft_experience::Entity::find()
        .filter(draft_experience::Column::DraftId.eq(draft))
        .filter(draft_experience::Column::ExperienceId.ne(from));
    let mut parted = Vec::new();
    for other in others.all(transaction).await? {
        set_parted(transaction, &[other.experience_id], Some(now)).await?;
        parted.push(Parted { draft, experience: other.experience_id });
    }
    Ok(parted)
}

/// Since when their column is gone, or that it stands again.
pub(super) async fn set_parted(
    transaction: &Aside,
    experiences: &[Uuid],
    at: Option<OffsetDateTime>,
) -> Result<(), StoreError> {
    experience::Entity::update_many()
        .col_expr(experience::Column::PartedAt, Expr::val(at))
        .filter(experience::Column::Id.is_in(experiences.iter().copied()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Mails those who are left, once for each column; `mails` are by experience.
pub(crate) async fn tell_parted(
    transaction: &Aside,
    ids: &dyn IdSource,
    parted: &[Parted],
    mails: &[(Uuid, MailText)],
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for Parted { draft, experience } in parted {
        let Some((_, mail)) = mails.iter().find(|(to, _)| to == experience) else { continue };
        let cause = format!("parted:{draft}:{}:{experience}", now.unix_timestamp());
        enqueue_to_sender(transaction, ids, (*experience, &cause), mail, now, now).await?;
    }
    Ok(())
}
