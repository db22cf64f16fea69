//! One request and its reply, whole.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Verdict;
use weerklank_domain::experience::{Solved, State};
use weerklank_domain::voice::Party;
use weerklank_domain::{Lang, Status};

use super::{RepliedTo, ReplyAnswer, ShopsReply, StoredReply, ToldSender};
use crate::columns::corrupt;
use crate::entity::{
    column, draft, draft_experience, editor, experience, reply, reply_outcome, reply_request,
};
use crate::store::kept;
use crate::voice::{AboutColumn, appeals, open_to_appeal, told_writer};
use crate::{Hash, PastDecision, Store, StoreError};

impl Store {
    /// The shops that were asked about a draft, the first one first.
    pub async fn replies(&self, draft: Uuid) -> Result<Vec<StoredReply>, StoreError> {
        let snapshot = self.snapshot().await?;
        let asked = reply_request::Entity::find()
            .filter(reply_request::Column::DraftId.eq(draft))
            .order_by_asc(reply_request::Column::Id);
        let mut replies = Vec::new();
        for row in asked.all(&snapshot).await? {
            replies.push(whole(&snapshot, row).await?);
        }
        Ok(replies)
    }

    /// What a shop is asked, and what it answered, under a secret of that hash.
    pub async fn shops_reply(
        &self,
        secret: &Hash,
        now: OffsetDateTime,
    ) -> Result<Option<ShopsReply>, StoreError> {
        let now = kept(now);
        let snapshot = self.snapshot().await?;
        let Some(asked) = by_secret(&snapshot, secret).await? else { return Ok(None) };
        let answered = reply::Entity::find_by_id(asked.id).one(&snapshot).await?;
        let decisions = told(&snapshot, asked.id, now).await?;
        Ok(Some(ShopsReply {
            may_write: may_write(&asked, answered.as_ref(), &decisions, now),
            appeals: appeals(&snapshot, &decisions, Party::Sender, now).await?,
            may_appeal: open_to_appeal(&snapshot, &decisions, Party::Sender, now).await?,
            reply: whole(&snapshot, asked).await?,
            decisions,
        }))
    }
}

/// Whether a shop can write: before it is closed, and after it was returned; not once it was told that it is
/// accepted or rejected.
pub(super) fn may_write(
    asked: &reply_request::Model,
    answered: Option<&reply::Model>,
    told: &[PastDecision],
    now: OffsetDateTime,
) -> bool {
    if answered.is_some_and(|reply| reply.removed_at.is_some()) {
        return false;
    }
    match (told.last().map(|made| made.verdict), answered) {
        (Some(Verdict::Return), _) | (None, Some(_)) => true,
        (Some(_), _) => false,
        (None, None) => now < asked.closes_at,
    }
}

/// What a shop was told of that was decided on its reply.
pub(crate) async fn told(
    connection: &impl ConnectionTrait,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<PastDecision>, StoreError> {
    let row = reply::Entity::find_by_id(id).one(connection).await?;
    told_writer(connection, (id, row.and_then(|row| row.removed_by)), now).await
}

pub(crate) async fn by_secret(
    connection: &impl ConnectionTrait,
    secret: &Hash,
) -> Result<Option<reply_request::Model>, StoreError> {
    let found = reply_request::Entity::find()
        .filter(reply_request::Column::SecretHash.eq(secret.as_slice()))
        .one(connection)
        .await?;
    Ok(found)
}

/// `None` where it is gone, or the shop did not answer.
pub(crate) async fn reply_by_id(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<StoredReply>, StoreError> {
    match reply_request::Entity::find_by_id(id).one(connection).await? {
        Some(row) => Ok(Some(whole(connection, row).await?).filter(|found| found.answer.is_some())),
        None => Ok(None),
    }
}

pub(super) async fn draft_of(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<Uuid>, StoreError> {
    Ok(reply_request::Entity::find_by_id(id).one(connection).await?.map(|row| row.draft_id))
}

/// Below which it stands; `None` before that stands on the board.
pub(crate) async fn column_of(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<Uuid>, StoreError> {
    let Some(draft) = draft_of(connection, id).await? else { return Ok(None) };
    Ok(draft::Entity::find_by_id(draft).one(connection).await?.and_then(|row| row.column_id))
}

/// Whether somebody whose experience a draft is made of does not let the shop see it, or took it back.
pub(super) async fn hidden_by_sender(
    connection: &impl ConnectionTrait,
    draft: Uuid,
) -> Result<bool, StoreError> {
    let senders = made_of(connection, draft).await?;
    Ok(senders.iter().any(|row| row.may_show_shop_at.is_none() || row.state == State::Withdrawn.as_str()))
}

async fn made_of(
    connection: &impl ConnectionTrait,
    draft: Uuid,
) -> Result<Vec<experience::Model>, StoreError> {
    let ties = draft_experience::Entity::find()
        .filter(draft_experience::Column::DraftId.eq(draft))
        .order_by_asc(draft_experience::Column::Position);
    let ids = ties.all(connection).await?.into_iter().map(|tie| tie.experience_id);
    let found = experience::Entity::find().filter(experience::Column::Id.is_in(ids));
    Ok(found.order_by_asc(experience::Column::Id).all(connection).await?)
}

/// What senders said of a reply.
pub(super) async fn outcomes(
    connection: &impl ConnectionTrait,
    reply: Uuid,
) -> Result<Vec<Solved>, StoreError> {
    let rows = reply_outcome::Entity::find()
        .filter(reply_outcome::Column::ReplyId.eq(reply))
        .order_by_asc(reply_outcome::Column::SaidAt)
        .order_by_asc(reply_outcome::Column::ExperienceId);
    rows.all(connection).await?.into_iter().map(|row| row.solved.parse().map_err(corrupt)).collect()
}

async fn whole(
    connection: &impl ConnectionTrait,
    row: reply_request::Model,
) -> Result<StoredReply, StoreError> {
    let asked_by = editor::Entity::find_by_id(row.asked_by).one(connection).await?;
    let answer = match reply::Entity::find_by_id(row.id).one(connection).await? {
        Some(reply) => Some(ReplyAnswer {
            state: reply.state.parse().map_err(corrupt)?,
            name: reply.name,
            text: reply.text,
            received_at: reply.received_at,
            changed_at: reply.changed_at,
            public_from: reply.public_from,
            removed_at: reply.removed_at,
            outcomes: outcomes(connection, row.id).await?,
        }),
        None => None,
    };
    let column = stands(connection, row.draft_id).await?;
    // What left the board, or was changed before it stood there, is nobody's to read.
    let is_hidden = match &column {
        Some(_) => true,
        None => hidden_by_sender(connection, row.draft_id).await?,
    };
    let mut senders = Vec::new();
    for sender in made_of(connection, row.draft_id).await? {
        if sender.state == State::Accepted.as_str() {
            senders.push(ToldSender {
                experience: sender.id,
                lang: sender.lang.parse().map_err(corrupt)?,
                received_at: sender.received_at,
            });
        }
    }
    Ok(StoredReply {
        id: row.id,
        draft: row.draft_id,
        shop: row.shop,
        lang: row.lang.parse().map_err(corrupt)?,
        question: row.question,
        has_address: row.email.is_some(),
        asked_by: asked_by.map(|editor| editor.name).unwrap_or_default(),
        asked_at: row.asked_at,
        closes_at: row.closes_at,
        about: RepliedTo {
            title: row.title,
            body: (!is_hidden).then_some(row.body),
            lang: row.body_lang.parse::<Lang>().map_err(corrupt)?,
            column,
        },
        senders,
        answer,
    })
}

/// Where a draft stands on the board.
async fn stands(
    connection: &impl ConnectionTrait,
    draft: Uuid,
) -> Result<Option<(AboutColumn, Status)>, StoreError> {
    let found = draft::Entity::find_by_id(draft).one(connection).await?;
    let Some(id) = found.and_then(|row| row.column_id) else { return Ok(None) };
    let Some(row) = column::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
    let about = AboutColumn {
        id,
        slug: row.slug.parse().map_err(corrupt)?,
        title: row.title,
        lang: row.lang.parse().map_err(corrupt)?,
    };
    Ok(Some((about, row.status.parse().map_err(corrupt)?)))
}
