//! A sender says whether it was solved, after the shop's reply.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Kind};
use weerklank_domain::experience::Solved;

use super::read::{column_of, draft_of};
use crate::audit::Deed;
use crate::entity::{draft_experience, experience, reply, reply_outcome};
use crate::experiences::id_of;
use crate::store::kept;
use crate::voice::due_at;
use crate::{Changed, Hash, Store, StoreError};

impl Store {
    /// Keeps what the sender of an experience says of a reply to what was made of it; they may say otherwise
    /// later.
    pub async fn say_outcome(
        &self,
        secret: &Hash,
        reply: Uuid,
        solved: Solved,
        now: OffsetDateTime,
    ) -> Result<Changed, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let Some(experience) = id_of(&*transaction, secret).await? else { return Ok(Changed::Nobody) };
        let Some(draft) = draft_of(&*transaction, reply).await? else { return Ok(Changed::Nobody) };
        // Locked in the order in which erasing takes them.
        let sent_in = experience::Entity::find_by_id(experience).lock_exclusive().one(&transaction).await?;
        let made_of = draft_experience::Entity::find_by_id((draft, experience));
        if sent_in.is_none() || made_of.count(&transaction).await? == 0 {
            return Ok(Changed::Nobody);
        }
        let is_there = reply::Entity::find_by_id(reply)
            .filter(reply::Column::PublicFrom.lte(now))
            .filter(reply::Column::RemovedAt.is_null())
            .lock_exclusive();
        if is_there.one(&transaction).await?.is_none() {
            return Ok(Changed::NotNow);
        }
        let row = reply_outcome::ActiveModel {
            reply_id: Set(reply),
            experience_id: Set(experience),
            solved: Set(solved.to_string()),
            said_at: Set(now),
        };
        let anew = OnConflict::columns([reply_outcome::Column::ReplyId, reply_outcome::Column::ExperienceId])
            .update_columns([reply_outcome::Column::Solved, reply_outcome::Column::SaidAt])
            .to_owned();
        reply_outcome::Entity::insert(row).on_conflict(anew).exec_without_returning(&transaction).await?;
        if let Some(column) = column_of(&transaction, reply).await? {
            due_at(&transaction, column, now).await?;
        }
        let deed = Deed { kind: Some(Kind::Reply), subject: Some(reply), ..Deed::default() };
        self.note(&transaction, Action::OutcomeSaid, deed, now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }
}
