//! Nothing of an experience stays.

use sea_orm::{EntityTrait, QuerySelect, sea_query::LockType};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Action;

use super::{Hash, receive};
use crate::aside::Aside;
use crate::drafts::{erase_made_of, tell_parted};
use crate::entity::experience;
use crate::outbox::MailText;
use crate::queue::wait;
use crate::store::kept;
use crate::{Store, StoreError};

impl Store {
    /// Deletes an experience with all that belongs to it; the audit log keeps that there was one, and
    /// none of its words. `false` where the secret is nobody's.
    ///
    /// On SQLite what is deleted is overwritten at once (`secure_delete`), and the log that may hold it
    /// is emptied, unless a reader needs it at that moment (see `empty_log`).
    ///
    /// `mails` are for those who share a column with it ([`Self::partners`]).
    pub async fn erase_experience(
        &self,
        secret: &Hash,
        mails: &[(Uuid, MailText)],
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        // What was made of it may stand on the board, and then the board changes.
        let transaction = Aside::alone(self.write().await?);
        let Some(found) = receive::find(&transaction, secret).await? else { return Ok(false) };
        wait::lock(&transaction, found.id).await?;
        // Whoever begins a draft of it at this moment has done so, or finds it gone.
        experience::Entity::find_by_id(found.id).lock(LockType::NoKeyUpdate).one(&transaction).await?;
        let parted = erase_made_of(&transaction, &*self.ids, found.id, kept(now)).await?;
        tell_parted(&transaction, &*self.ids, &parted, mails, kept(now)).await?;
        let erased = experience::Entity::delete_by_id(found.id).exec(&transaction).await?;
        // Erased by two requests at once, it is told of once.
        if erased.rows_affected > 0 {
            self.tell(&transaction, Action::Erased, found.id, now).await?;
        }
        transaction.commit().await?;
        self.empty_log().await?;
        Ok(true)
    }
}
