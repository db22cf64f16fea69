//! What readers and senders see of replies.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Lang;
use weerklank_domain::experience::Solved;

use super::read::outcomes;
use crate::StoreError;
use crate::columns::corrupt;
use crate::entity::{draft, reply, reply_outcome, reply_request};

/// A reply that readers see, or saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicReply {
    pub id: Uuid,
    pub shop: String,
    /// Who wrote it and the words, as Markdown; `None` where it was removed.
    pub said: Option<(Option<String>, String)>,
    pub lang: Lang,
    /// When the shop wrote it.
    pub received_at: OffsetDateTime,
    /// What senders said of it since.
    pub outcomes: Vec<Solved>,
}

/// A reply to what was made of an experience, as its sender sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnReply {
    pub reply: PublicReply,
    /// What they said themselves.
    pub outcome: Option<Solved>,
}

/// Below a column, the oldest first.
pub(crate) async fn of_column(
    connection: &impl ConnectionTrait,
    column: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<PublicReply>, StoreError> {
    let Some(draft) =
        draft::Entity::find().filter(draft::Column::ColumnId.eq(column)).one(connection).await?
    else {
        return Ok(Vec::new());
    };
    public(connection, draft.id, now).await
}

/// The same of a text that an experience is a part of, for its sender.
pub(crate) async fn of_draft(
    connection: &impl ConnectionTrait,
    (draft, experience): (Uuid, Uuid),
    now: OffsetDateTime,
) -> Result<Vec<OwnReply>, StoreError> {
    let mut own = Vec::new();
    for reply in public(connection, draft, now).await? {
        let said = reply_outcome::Entity::find_by_id((reply.id, experience)).one(connection).await?;
        let outcome = said.map(|row| row.solved.parse().map_err(corrupt)).transpose()?;
        own.push(OwnReply { reply, outcome });
    }
    Ok(own)
}

async fn public(
    connection: &impl ConnectionTrait,
    draft: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<PublicReply>, StoreError> {
    let asked = reply_request::Entity::find().filter(reply_request::Column::DraftId.eq(draft));
    let shops: HashMap<Uuid, String> =
        asked.all(connection).await?.into_iter().map(|row| (row.id, row.shop)).collect();
    if shops.is_empty() {
        return Ok(Vec::new());
    }
    let rows = reply::Entity::find()
        .filter(reply::Column::Id.is_in(shops.keys().copied()))
        .filter(
            // What was removed had been published.
            Condition::any().add(reply::Column::PublicFrom.lte(now)).add(reply::Column::RemovedAt.lte(now)),
        )
        .order_by_asc(reply::Column::Id);
    let mut replies = Vec::new();
    for row in rows.all(connection).await? {
        let is_removed = row.removed_at.is_some_and(|at| at <= now);
        replies.push(PublicReply {
            id: row.id,
            shop: shops.get(&row.id).cloned().unwrap_or_default(),
            said: (!is_removed).then_some((row.name, row.text)),
            lang: row.lang.parse().map_err(corrupt)?,
            received_at: row.received_at,
            outcomes: outcomes(connection, row.id).await?,
        });
    }
    Ok(replies)
}
