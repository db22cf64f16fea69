//! A mail is written, and unwritten as long as nobody took it.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};
use time::OffsetDateTime;
use uuid::Uuid;

use super::MailText;
use crate::StoreError;
use crate::aside::Aside;
use crate::entity::{experience_contact, outbox, reply_request, voice_contact};
use crate::ids::IdSource;
use crate::store::kept;

/// A mail to be written beside what causes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewMail<'a> {
    /// Names what it is sent for, as `decision:{id}`: a second mail of that cause is not written.
    pub cause: &'a str,
    /// With which it goes when that is erased.
    pub about: Option<Subject>,
    pub to: &'a str,
    pub text: &'a MailText,
    pub not_before: OffsetDateTime,
    /// Whether it waits until the address is confirmed.
    pub waits_for_opt_in: bool,
}

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Experience(Uuid),
    /// A comment or a report, as an item of the queue.
    Item(Uuid),
}

/// `false` where there is, or was, a mail of that cause.
pub(crate) async fn enqueue(
    transaction: &Aside,
    ids: &dyn IdSource,
    mail: &NewMail<'_>,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let id = ids.next(now);
    let row = outbox::ActiveModel {
        id: Set(id),
        cause: Set(mail.cause.to_owned()),
        message_id: Set(format!("{id}@{}", mail.text.host)),
        experience_id: Set(match mail.about {
            Some(Subject::Experience(id)) => Some(id),
            _ => None,
        }),
        item_id: Set(match mail.about {
            Some(Subject::Item(id)) => Some(id),
            _ => None,
        }),
        to_email: Set(mail.to.to_owned()),
        lang: Set(mail.text.lang.to_string()),
        subject: Set(mail.text.subject.clone()),
        text: Set(mail.text.text.clone()),
        html: Set(mail.text.html.clone()),
        created_at: Set(kept(now)),
        not_before: Set(kept(mail.not_before)),
        waits_for_opt_in: Set(mail.waits_for_opt_in),
        attempts: Set(0),
        next_at: Set(kept(mail.not_before)),
        leased_until: Set(None),
        last_error: Set(None),
        sent_at: Set(None),
        dead_at: Set(None),
    };
    let unless_there = OnConflict::column(outbox::Column::Cause).do_nothing().to_owned();
    let written =
        outbox::Entity::insert(row).on_conflict(unless_there).exec_without_returning(transaction).await?;
    Ok(written == 1)
}

/// A mail to who sent in an experience, a comment or a report, once their address is confirmed, or to a shop that
/// was asked for a reply. `false` where they gave none, or where there is a mail of that cause.
pub(crate) async fn enqueue_to_sender(
    transaction: &Aside,
    ids: &dyn IdSource,
    (sent_in, cause): (Uuid, &str),
    text: &MailText,
    not_before: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    // Ids are of one thing alone, whatever it is.
    let (about, to, waits_for_opt_in) =
        if let Some(contact) = experience_contact::Entity::find_by_id(sent_in).one(transaction).await? {
            (Subject::Experience(sent_in), contact.email, true)
        } else if let Some(contact) = voice_contact::Entity::find_by_id(sent_in).one(transaction).await? {
            (Subject::Item(sent_in), contact.email, true)
        } else {
            let asked = reply_request::Entity::find_by_id(sent_in).one(transaction).await?;
            let Some(to) = asked.and_then(|row| row.email) else { return Ok(false) };
            // An editor gave the address, and the link that was sent there was used.
            (Subject::Item(sent_in), to, false)
        };
    let mail = NewMail { cause, about: Some(about), to: &to, text, not_before, waits_for_opt_in };
    enqueue(transaction, ids, &mail, now).await
}

/// Takes back the mails whose causes begin so. `false` where somebody has taken one to send: it may be on its
/// way.
pub(crate) async fn unsend(transaction: &Aside, causes: &str) -> Result<bool, StoreError> {
    // Locked, so that nobody takes one between looking and deleting: all of them go, or none.
    let mails = outbox::Entity::find().filter(outbox::Column::Cause.starts_with(causes)).lock_exclusive();
    let mails = mails.all(transaction).await?;
    if mails.iter().any(|mail| mail.leased_until.is_some() || mail.sent_at.is_some()) {
        return Ok(false);
    }
    outbox::Entity::delete_many()
        .filter(outbox::Column::Id.is_in(mails.into_iter().map(|mail| mail.id)))
        .exec(transaction)
        .await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DatabaseUrl, PoolOptions, Store};
    use time::Duration;
    use weerklank_domain::Lang;

    #[tokio::test]
    async fn a_mail_is_taken_back_until_somebody_takes_it_to_send() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::file(folder.path().join("test.db"));
        let store = Store::open(&url, &PoolOptions::default()).await.unwrap();
        store.migrate().await.unwrap();
        let now = OffsetDateTime::UNIX_EPOCH;
        let text = MailText {
            lang: Lang::Nl,
            subject: "Onderwerp".to_owned(),
            text: String::new(),
            html: String::new(),
            host: "board.example".to_owned(),
        };
        let mail = NewMail {
            cause: "decision:1",
            about: None,
            to: "a@board.example",
            text: &text,
            not_before: now + Duration::MINUTE,
            waits_for_opt_in: false,
        };
        let transaction = store.write_aside().await.unwrap();
        assert!(enqueue(&transaction, &*store.ids, &mail, now).await.unwrap());
        assert!(!enqueue(&transaction, &*store.ids, &mail, now).await.unwrap(), "one for each cause");
        assert!(unsend(&transaction, mail.cause).await.unwrap());
        assert!(unsend(&transaction, mail.cause).await.unwrap(), "there is none");
        assert!(enqueue(&transaction, &*store.ids, &mail, now).await.unwrap());
        // To nobody: there is no such experience.
        let nobody = (store.ids.next(now), "decision:2");
        assert!(!enqueue_to_sender(&transaction, &*store.ids, nobody, &text, now, now).await.unwrap());
        transaction.commit().await.unwrap();

        assert_eq!(store.take_due_mails(9, Duration::MINUTE, now).await.unwrap(), []);
        let due = store.take_due_mails(9, Duration::MINUTE, now + Duration::MINUTE).await.unwrap();
        assert_eq!(due.len(), 1);
        let transaction = store.write_aside().await.unwrap();
        assert!(!unsend(&transaction, mail.cause).await.unwrap());
    }
}
