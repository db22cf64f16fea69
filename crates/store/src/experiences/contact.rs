//! How to reach who sent in an experience.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, sea_query::Expr,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::Lang;
use weerklank_domain::experience::Email;

use super::{Hash, receive};
use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::experience_contact::{ActiveModel, Column, Entity, Model};
use crate::entity::{experience, outbox, voice_contact};
use crate::ids::IdSource;
use crate::outbox::MailText;
use crate::outbox::enqueue::{NewMail, Subject, enqueue};
use crate::store::kept;
use crate::{Store, StoreError, voice};

/// How many mails one experience may have sent in [`WINDOW`] to ask for addresses, whoever's they are:
/// nobody fills a stranger's mailbox with it.
const MOST: u64 = 5;
const WINDOW: Duration = Duration::DAY;
/// How long one waits before asking again.
const PAUSE: Duration = Duration::minutes(2);

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

/// An address that was asked whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedAddress {
    pub email: String,
    /// Of what was sent in with it.
    pub lang: Lang,
    /// When its reader said that it is theirs.
    pub confirmed_at: Option<OffsetDateTime>,
}

/// What came of asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A mail is on its way.
    Again,
    /// The last one has only just left, or there were too many already.
    TooSoon,
    /// There is no address, or it is confirmed.
    NoNeed,
}

impl Store {
    /// The secret of the link of who sent in an experience, a comment or a report, for a mail to them; `None`
    /// where they gave no address.
    pub async fn link_secret(&self, sent_in: Uuid) -> Result<Option<String>, StoreError> {
        if let Some(contact) = Entity::find_by_id(sent_in).one(&self.reader).await? {
            return Ok(contact.link_secret);
        }
        let contact = voice_contact::Entity::find_by_id(sent_in).one(&self.reader).await?;
        Ok(contact.map(|contact| contact.link_secret))
    }

    /// The address that was asked with a secret of that hash.
    pub async fn asked_address(&self, confirm: &Hash) -> Result<Option<AskedAddress>, StoreError> {
        let snapshot = self.snapshot().await?;
        let asked = Entity::find().filter(Column::ConfirmHash.eq(confirm.as_slice())).one(&snapshot).await?;
        let Some(contact) = asked else { return voice::contact::asked(&snapshot, confirm).await };
        let sent_in = experience::Entity::find_by_id(contact.experience_id).one(&snapshot).await?;
        let Some(sent_in) = sent_in else { return Ok(None) };
        let lang = sent_in.lang.parse().map_err(corrupt)?;
        Ok(Some(AskedAddress { email: contact.email, lang, confirmed_at: contact.confirmed_at }))
    }

    /// Its reader says that the address is theirs: what waits for that may be sent. `false` where nobody was
    /// asked with that secret; said twice, the first time counts.
    pub async fn confirm_address(&self, confirm: &Hash, now: OffsetDateTime) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let since = Expr::col(Column::ConfirmedAt).if_null(kept(now));
        let of_words = voice::contact::confirm(&transaction, confirm, now).await?;
        let confirmed = Entity::update_many()
            .col_expr(Column::ConfirmedAt, since)
            .filter(Column::ConfirmHash.eq(confirm.as_slice()))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(of_words || confirmed.rows_affected == 1)
    }

    /// Its reader says that the address is not theirs to be written to: it is forgotten. `false` where
    /// nobody was asked with that secret.
    pub async fn refuse_address(&self, confirm: &Hash) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let asked =
            Entity::find().filter(Column::ConfirmHash.eq(confirm.as_slice())).one(&transaction).await?;
        match asked {
            Some(contact) => forget(&transaction, contact.experience_id).await?,
            None if voice::contact::refuse(&transaction, confirm).await? => {}
            None => {
                transaction.rollback().await?;
                return Ok(false);
            }
        }
        transaction.commit().await?;
        self.empty_log().await?;
        Ok(true)
    }

    /// A sender takes their address away. `false` where the secret is nobody's.
    pub async fn forget_address(&self, secret: &Hash) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let Some(id) = receive::id_of(&transaction, secret).await? else { return Ok(false) };
        forget(&transaction, id).await?;
        transaction.commit().await?;
        self.empty_log().await?;
        Ok(true)
    }

    /// A sender asks for the mail once more. `None` where the secret is nobody's.
    pub async fn ask_address_again(
        &self,
        secret: &Hash,
        confirm: &Confirm,
        now: OffsetDateTime,
    ) -> Result<Option<Asked>, StoreError> {
        let transaction = self.write_aside().await?;
        let Some(id) = receive::id_of(&transaction, secret).await? else { return Ok(None) };
        let contact = Entity::find_by_id(id).one(&transaction).await?;
        let Some(contact) = contact.filter(|contact| contact.confirmed_at.is_none()) else {
            return Ok(Some(Asked::NoNeed));
        };
        if asked_since(&transaction, id, now - PAUSE).await? > 0
            || asked_since(&transaction, id, now - WINDOW).await? >= MOST
        {
            return Ok(Some(Asked::TooSoon));
        }
        let Model { experience_id, email, .. } = contact;
        Entity::update_many()
            .col_expr(Column::ConfirmHash, confirm.hash.to_vec().into())
            .col_expr(Column::LinkSecret, confirm.link_secret.as_str().into())
            .filter(Column::ExperienceId.eq(experience_id))
            .exec(&transaction)
            .await?;
        ask(&transaction, &*self.ids, (experience_id, &email), confirm, now).await?;
        transaction.commit().await?;
        Ok(Some(Asked::Again))
    }
}

/// The address that its sender now gives, if any. One that stays the same stays confirmed; another
/// one starts anew, and what waited to be sent goes there.
pub(super) async fn replace(
    transaction: &Aside,
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
    match email {
        Some(email) => add(transaction, ids, (experience, email), confirm, now).await,
        None => Ok(()),
    }
}

/// The address of an experience that has none.
pub(super) async fn add(
    transaction: &Aside,
    ids: &dyn IdSource,
    (experience, email): (Uuid, &Email),
    confirm: Option<&Confirm>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let contact = ActiveModel {
        experience_id: Set(experience),
        email: Set(email.as_str().to_owned()),
        confirmed_at: Set(None),
        confirm_hash: Set(confirm.map(|confirm| confirm.hash.to_vec())),
        link_secret: Set(confirm.map(|confirm| confirm.link_secret.clone())),
    };
    Entity::insert(contact).exec_without_returning(transaction).await?;
    match confirm {
        // Beyond that the sender can ask for it later, on their own page.
        Some(confirm) if asked_since(transaction, experience, now - WINDOW).await? < MOST => {
            ask(transaction, ids, (experience, email.as_str()), confirm, now).await
        }
        _ => Ok(()),
    }
}

/// Forgets an address, and what was to be sent there; what waited for its confirmation goes to the next
/// one, if there is one.
async fn leave(transaction: &Aside, experience: Uuid, next: Option<&Email>) -> Result<(), StoreError> {
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
    transaction: &Aside,
    ids: &dyn IdSource,
    (experience, email): (Uuid, &str),
    confirm: &Confirm,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let mail = NewMail {
        cause: &cause(experience, &confirm.hash, now),
        about: Some(Subject::Experience(experience)),
        to: email,
        text: &confirm.mail,
        not_before: now,
        waits_for_opt_in: false,
    };
    enqueue(transaction, ids, &mail, now).await?;
    Ok(())
}

/// How many mails that ask were written for an experience after a moment.
async fn asked_since(
    transaction: &Aside,
    experience: Uuid,
    since: OffsetDateTime,
) -> Result<u64, StoreError> {
    let asked = outbox::Entity::find()
        .filter(outbox::Column::ExperienceId.eq(experience))
        .filter(outbox::Column::Cause.starts_with(causes(experience)))
        .filter(outbox::Column::CreatedAt.gt(kept(since)));
    Ok(asked.count(transaction).await?)
}

/// There is no address any more, and so no consent to write there.
pub(crate) async fn forget(transaction: &Aside, experience: Uuid) -> Result<(), StoreError> {
    leave(transaction, experience, None).await?;
    experience::Entity::update_many()
        .col_expr(experience::Column::MayContactAt, Option::<OffsetDateTime>::None.into())
        .filter(experience::Column::Id.eq(experience))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Each time one asks is a cause of its own, named by the secret that is asked with and the second.
fn cause(experience: Uuid, hash: &Hash, now: OffsetDateTime) -> String {
    let named = u64::from_be_bytes(std::array::from_fn(|at| hash[at]));
    format!("{}{named:016x}:{}", causes(experience), now.unix_timestamp())
}

fn causes(experience: Uuid) -> String {
    format!("confirm:{experience}:")
}
