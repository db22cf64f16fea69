//! What a sender sees of what they sent.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Verdict;
use weerklank_domain::experience::{Mark, State};
use weerklank_domain::voice::Party;

use super::{Hash, StoredExperience, receive, row};
use crate::columns::corrupt;
use crate::drafts::{OwnText, texts_of};
use crate::entity::{experience, experience_mark};
use crate::queue::{answers, decisions};
use crate::store::kept;
use crate::voice::{appeals, open_to_sender};
use crate::{Answer, OwnAppeal, PastDecision, Store, StoreError};

/// An experience as its sender sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnExperience {
    pub stored: StoredExperience,
    /// Those that are final, the oldest first.
    pub decisions: Vec<PastDecision>,
    /// The oldest first.
    pub answers: Vec<Answer>,
    /// What was made of it, and shown to them or to everybody.
    pub texts: Vec<OwnText>,
    /// The oldest first.
    pub appeals: Vec<OwnAppeal>,
    /// The decision that they may appeal against now.
    pub may_appeal: Option<Uuid>,
    /// When somebody else took back what stood in one column with it, as long as that does not stand again.
    pub parted_at: Option<OffsetDateTime>,
    /// Since when they let it be published, let themselves be written to, and let the shop read it.
    pub consented: [Option<OffsetDateTime>; 3],
    /// What looked odd when it came in.
    pub marks: Vec<Mark>,
}

impl Store {
    /// The experience whose sender's link has a secret of that hash. A decision that can still be undone
    /// is not told of yet: neither is the state that it leads to.
    pub async fn experience_by_secret(
        &self,
        secret: &Hash,
        now: OffsetDateTime,
    ) -> Result<Option<OwnExperience>, StoreError> {
        let snapshot = self.snapshot().await?;
        let Some(found) = receive::find(&snapshot, secret).await? else { return Ok(None) };
        let parted_at = found.parted_at;
        let consented = [found.may_publish_at, found.may_contact_at, found.may_show_shop_at];
        let marks = experience_mark::Entity::find()
            .filter(experience_mark::Column::ExperienceId.eq(found.id))
            .order_by_asc(experience_mark::Column::Mark)
            .all(&snapshot)
            .await?;
        let marks =
            marks.into_iter().map(|row| row.mark.parse().map_err(corrupt)).collect::<Result<_, _>>()?;
        let mut stored = row::whole(&snapshot, found).await?;
        let mut decisions = decisions(&snapshot, stored.id).await?;
        let answers = answers(&snapshot, stored.id).await?;
        let texts = texts_of(&snapshot, stored.id, kept(now)).await?;
        if decisions.last().is_some_and(|last| last.final_at > now)
            && let Some(last) = decisions.pop()
            // What its sender did since is theirs, and counts.
            && stored.state == last.verdict.leads_to()
        {
            stored.state = last.state_before;
        }
        let appeals = appeals(&snapshot, &decisions, Party::Sender, now).await?;
        // One that was reversed is not told of before that is final.
        if appeals.iter().all(|appeal| appeal.decided.is_none())
            && decisions.last().is_some_and(|last| last.verdict == Verdict::Reject)
            && stored.state == State::Accepted
        {
            stored.state = State::Rejected;
        }
        let may_appeal = open_to_sender(&snapshot, (stored.id, &decisions), now).await?;
        Ok(Some(OwnExperience {
            stored,
            decisions,
            answers,
            texts,
            appeals,
            may_appeal,
            parted_at,
            consented,
            marks,
        }))
    }
}

pub(crate) async fn whole_by_id(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<StoredExperience>, StoreError> {
    match experience::Entity::find_by_id(id).one(connection).await? {
        Some(found) => Ok(Some(row::whole(connection, found).await?)),
        None => Ok(None),
    }
}
