//! How to reach who sent in an experience.

use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::experience::Email;

use super::Hash;
use crate::entity::experience_contact::{ActiveModel, Column, Entity};
use crate::entity::outbox;
use crate::ids::IdSource;
use crate::outbox::MailText;
use crate::outbox::enqueue::{NewMail, enqueue};
use crate::{Store, StoreError};

/// Asks whether an address is that of who gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// Of the secret in the mail that asks.
    pub hash: Hash,
    /// Of the sender's link: later mails lead there. It is kept only beside an address.
    pub link_secret: String,
    /// What is sent.
    pub mail: MailText,
}

impl Store {
    /// The secret of its sender's link, for a mail to them; `None` where they gave no address.
    pub async fn link_secret(&self, experience: Uuid) -> Result<Option<String>, StoreError> {
        let contact = Entity::find_by_id(experience).one(&self.reader).await?;
        Ok(contact.and_then(|contact| contact.link_secret))
    }
}

/// The address that its sender now gives, if any. One that stays the same stays confirmed; another
/// one starts anew, and what waited to be sent goes there.
pub(super) async fn replace(
    transaction: &DatabaseTransaction,
    ids: &dyn IdSource,
    (experience, email): (Uuid, Option<&Email>),
    confirm: Option<&Confirm>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let before = Entity::find_by_id(experience).one(transaction).await?;
    if before.as_ref().map(|contact| contact.email.as_str()) == email.map(Email::as_str) {
        return Ok(());
    }
    if before.is_some() {
        leave(transaction, experience, email).await?;
    }
    let Some(email) = email else { return Ok(()) };
    let contact = ActiveModel {
        experience_id: Set(experience),
        email: Set(email.as_str().to_owned()),
        confirmed_at: Set(None),
        confirm_hash: Set(confirm.map(|confirm| confirm.hash.to_vec())),
        link_secret: Set(confirm.map(|confirm| confirm.link_secret.clone())),
    };
    Entity::insert(contact).exec_without_returning(transaction).await?;
    match confirm {
        Some(confirm) => ask(transaction, ids, (experience, email.as_str()), confirm, now).await,
        None => Ok(()),
    }
}

/// Forgets an address, and what was to be sent there; what waited for its confirmation goes to the next
/// one, if there is one.
async fn leave(
    transaction: &DatabaseTransaction,
    experience: Uuid,
    next: Option<&Email>,
) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::ExperienceId.eq(experience)).exec(transaction).await?;
    let theirs = outbox::Column::ExperienceId.eq(experience).and(outbox::Column::SentAt.is_null());
    if let Some(next) = next {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::ToEmail, next.as_str().into())
            .filter(theirs.clone())
            .filter(outbox::Column::WaitsForOptIn.eq(true))
            .exec(transaction)
            .await?;
        outbox::Entity::delete_many()
            .filter(theirs)
            .filter(outbox::Column::WaitsForOptIn.eq(false))
            .exec(transaction)
            .await?;
    } else {
        outbox::Entity::delete_many().filter(theirs).exec(transaction).await?;
    }
    Ok(())
}

/// Writes the mail that asks.
async fn ask(
    transaction: &DatabaseTransaction,
    ids: &dyn IdSource,
    (experience, email): (Uuid, &str),
    confirm: &Confirm,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let mail = NewMail {
        cause: &cause(experience, &confirm.hash),
        experience: Some(experience),
        to: email,
        text: &confirm.mail,
        not_before: now,
        waits_for_opt_in: false,
    };
    enqueue(transaction, ids, &mail, now).await?;
    Ok(())
}

/// Each time one asks is a cause of its own, named by the secret that is asked with.
fn cause(experience: Uuid, hash: &Hash) -> String {
    let named = u64::from_be_bytes(std::array::from_fn(|at| hash[at]));
    format!("confirm:{experience}:{named:016x}")
}
