//! A shop takes away what it said.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;
use weerklank_domain::desk::{Action, Kind};

use super::ask::cause;
use super::read::column_of;
use crate::audit::Deed;
use crate::entity::reply_request;
use crate::outbox::enqueue::unsend;
use crate::queue::wait;
use crate::voice::due_at;
use crate::{Hash, Store, StoreError};

impl Store {
    /// Deletes what a shop was asked and answered, with its address and all that was decided on it; its link leads
    /// nowhere then. `false` where the secret is nobody's.
    pub async fn erase_reply(&self, secret: &Hash, now: OffsetDateTime) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let found = reply_request::Entity::find()
            .filter(reply_request::Column::SecretHash.eq(secret.as_slice()))
            .lock_exclusive();
        let Some(row) = found.one(&transaction).await? else { return Ok(false) };
        wait::lock(&transaction, row.id).await?;
        if let Some(column) = column_of(&*transaction, row.id).await? {
            due_at(&transaction, column, now).await?;
        }
        unsend(&transaction, &cause(row.id)).await?;
        reply_request::Entity::delete_by_id(row.id).exec(&transaction).await?;
        let deed = Deed { kind: Some(Kind::Reply), subject: Some(row.id), ..Deed::default() };
        self.note(&transaction, Action::Erased, deed, now).await?;
        transaction.commit().await?;
        self.empty_log().await?;
        Ok(true)
    }
}
