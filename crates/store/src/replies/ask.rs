//! An editor asks a shop for a reply, or calls that off.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::compose::SheetKey;
use weerklank_domain::desk::{Action, Kind};
use weerklank_domain::voice::ReplyRequest;
use weerklank_domain::{Lang, Status};

use super::read::hidden_by_sender;
use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::corrupt;
use crate::drafts::sheet;
use crate::entity::{column, draft, draft_revision, reply, reply_request};
use crate::outbox::enqueue::{NewMail, enqueue, unsend};
use crate::store::kept;
use crate::{Hash, MailText, Store, StoreError};

/// What is to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewReplyRequest<'a> {
    /// From [`Store::new_id`]: the secret of the shop's link is made from it.
    pub id: Uuid,
    pub secret: Hash,
    /// About which text: its last version.
    pub draft: Uuid,
    pub request: &'a ReplyRequest,
    /// For the shop; it is sent where there is an address.
    pub mail: &'a MailText,
}

/// What became of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedShop {
    Done,
    /// That shop was asked already, and can still answer.
    Already,
    /// It does not stand on the board, and who sent it in does not let the shop see it.
    NotForShop,
    /// It has no title or no text yet.
    Empty,
    Nothing,
}

impl Store {
    /// An id that nothing else has.
    pub fn new_id(&self, now: OffsetDateTime) -> Uuid {
        self.ids.next(now)
    }

    /// Asks a shop for a reply to what a draft says now.
    pub async fn ask_shop(
        &self,
        new: &NewReplyRequest<'_>,
        by: Uuid,
        now: OffsetDateTime,
    ) -> Result<AskedShop, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let found = draft::Entity::find_by_id(new.draft).lock_exclusive().one(&transaction).await?;
        let Some(draft) = found else { return Ok(AskedShop::Nothing) };
        let asked = reply_request::Entity::find()
            .filter(reply_request::Column::DraftId.eq(draft.id))
            .filter(reply_request::Column::ClosesAt.gt(now));
        let name = new.request.shop.to_lowercase();
        if asked.all(&transaction).await?.iter().any(|row| row.shop.to_lowercase() == name) {
            return Ok(AskedShop::Already);
        }
        let stands = match draft.column_id {
            Some(id) => column::Entity::find_by_id(id).one(&transaction).await?,
            None => None,
        };
        let is_public = stands.is_some_and(|row| row.status == Status::Published.as_str());
        if !is_public && hidden_by_sender(&*transaction, draft.id).await? {
            return Ok(AskedShop::NotForShop);
        }
        let revision =
            draft_revision::Entity::find_by_id((draft.id, draft.version)).one(&transaction).await?;
        let revision = revision.ok_or_else(|| corrupt("a draft has no last revision"))?;
        let text = sheet(&revision.front, revision.body)?;
        let title = text.get(SheetKey::Title).trim();
        if title.is_empty() || text.body.trim().is_empty() {
            return Ok(AskedShop::Empty);
        }
        let request = new.request;
        let row = reply_request::ActiveModel {
            id: Set(new.id),
            draft_id: Set(draft.id),
            secret_hash: Set(new.secret.to_vec()),
            shop: Set(request.shop.clone()),
            lang: Set(request.lang.to_string()),
            email: Set(request.email.as_ref().map(|email| email.as_str().to_owned())),
            question: Set(request.question.clone()),
            title: Set(title.to_owned()),
            // What is no language yet is read as the shop's.
            body_lang: Set(text.get(SheetKey::Lang).parse::<Lang>().unwrap_or(request.lang).to_string()),
            body: Set(text.body),
            asked_by: Set(by),
            asked_at: Set(now),
            closes_at: Set(now + Duration::days(i64::from(request.days))),
        };
        reply_request::Entity::insert(row).exec_without_returning(&transaction).await?;
        if let Some(email) = &request.email {
            let cause = cause(new.id);
            let mail = NewMail {
                cause: &cause,
                // It waits at the desk only once it is answered.
                about: None,
                to: email.as_str(),
                text: new.mail,
                not_before: now,
                waits_for_opt_in: false,
            };
            enqueue(&transaction, &*self.ids, &mail, now).await?;
        }
        let deed = Deed {
            editor: Some(by),
            kind: Some(Kind::Reply),
            subject: Some(new.id),
            about: Some(request.shop.clone()),
            ..Deed::default()
        };
        self.note(&transaction, Action::ReplyAsked, deed, now).await?;
        transaction.commit().await?;
        Ok(AskedShop::Done)
    }

    /// Takes back that a shop was asked, as long as it did not answer. `false` where it did, or was not asked.
    pub async fn call_off_reply(&self, id: Uuid, by: Uuid, now: OffsetDateTime) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let found = reply_request::Entity::find_by_id(id).lock_exclusive().one(&transaction).await?;
        let Some(row) = found else { return Ok(false) };
        if reply::Entity::find_by_id(id).count(&transaction).await? > 0 {
            return Ok(false);
        }
        // What is on its way cannot be held; its link leads nowhere then.
        unsend(&transaction, &cause(id)).await?;
        reply_request::Entity::delete_by_id(id).exec(&transaction).await?;
        let deed = Deed {
            editor: Some(by),
            kind: Some(Kind::Reply),
            subject: Some(id),
            about: Some(row.shop),
            ..Deed::default()
        };
        self.note(&transaction, Action::ReplyCalledOff, deed, now).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Takes back that shops were asked about a draft, as far as their letters wait. `false` where one has answered.
pub(crate) async fn call_off_all(transaction: &Aside, draft: Uuid) -> Result<bool, StoreError> {
    let asked = reply_request::Entity::find()
        .filter(reply_request::Column::DraftId.eq(draft))
        // Nobody answers until this is done.
        .lock_exclusive();
    let mut is_answered = false;
    for row in asked.all(transaction).await? {
        is_answered |= reply::Entity::find_by_id(row.id).count(transaction).await? > 0;
        // What is on its way cannot be held; its link leads nowhere then.
        unsend(transaction, &cause(row.id)).await?;
    }
    Ok(!is_answered)
}

/// Of the mail that asks.
pub(super) fn cause(request: Uuid) -> String {
    format!("reply-asked:{request}")
}
