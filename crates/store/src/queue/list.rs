//! What waits, in order.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Moment;
use weerklank_domain::desk::Kind;
use weerklank_domain::experience::Side;

use super::about::Outline;
use super::{Holder, QueueItem, about};
use crate::columns::corrupt;
use crate::entity::{editor, experience_half, experience_rating, queue_item};
use crate::{Store, StoreError};

/// Which items. What is `None` or `false` restricts nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueFilter {
    pub kind: Option<Kind>,
    pub lang: Option<weerklank_domain::Lang>,
    pub side: Option<Side>,
    pub moment: Option<Moment>,
    /// Held by this editor.
    pub held_by: Option<Uuid>,
    /// Held by nobody else than this editor at this moment.
    pub free_for: Option<(Uuid, OffsetDateTime)>,
    /// What has been decided, the last first, in the place of what waits.
    pub decided: bool,
}

/// Where a page of the queue ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueCursor {
    /// `waits_since`, or `changed_at` of what was decided.
    pub at: OffsetDateTime,
    pub id: Uuid,
}

/// A page of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePage {
    /// What waits longest comes first.
    pub items: Vec<QueueItem>,
    /// Where to go on; `None` at the end.
    pub next: Option<QueueCursor>,
    /// How many there are with this filter, on all pages.
    pub count: u64,
}

impl Store {
    /// A page of what waits.
    pub async fn queue(
        &self,
        filter: &QueueFilter,
        after: Option<QueueCursor>,
        limit: u64,
    ) -> Result<QueuePage, StoreError> {
        let snapshot = self.snapshot().await?;
        let found = queue_item::Entity::find().filter(filter.condition());
        let count = found.clone().count(&snapshot).await?;
        let mut page = found.limit(limit + 1);
        page = if filter.decided {
            page.filter(
                Condition::all().add_option(after.map(|after| earlier(queue_item::Column::ChangedAt, after))),
            )
            .order_by_desc(queue_item::Column::ChangedAt)
            .order_by_desc(queue_item::Column::Id)
        } else {
            page.filter(
                Condition::all().add_option(after.map(|after| later(queue_item::Column::WaitsSince, after))),
            )
            .order_by_asc(queue_item::Column::WaitsSince)
            .order_by_asc(queue_item::Column::Id)
        };
        let mut rows = page.all(&snapshot).await?;
        let more = rows.len() as u64 > limit;
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let items = items(&snapshot, rows).await?;
        let next = items.last().filter(|_| more).map(|last| QueueCursor {
            at: if filter.decided { last.changed_at } else { last.waits_since.unwrap_or(last.changed_at) },
            id: last.id,
        });
        Ok(QueuePage { items, next, count })
    }

    /// What changed last after a moment, at most `limit`, oldest change first; whether it waits or not.
    pub async fn queue_changes(
        &self,
        after: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<QueueItem>, StoreError> {
        let snapshot = self.snapshot().await?;
        let rows = queue_item::Entity::find()
            .filter(queue_item::Column::ChangedAt.gt(after))
            .order_by_desc(queue_item::Column::ChangedAt)
            .order_by_desc(queue_item::Column::Id)
            .limit(limit)
            .all(&snapshot)
            .await?;
        items(&snapshot, rows.into_iter().rev().collect()).await
    }

    /// How many wait.
    pub async fn waiting(&self) -> Result<u64, StoreError> {
        let waiting = queue_item::Entity::find().filter(queue_item::Column::WaitsSince.is_not_null());
        Ok(waiting.count(&self.reader).await?)
    }
}

impl QueueFilter {
    fn condition(&self) -> Condition {
        use queue_item::Column as C;
        let of = |table: sea_orm::sea_query::SelectStatement| C::ExperienceId.in_subquery(table);
        let mut all = Condition::all()
            .add_option(self.kind.map(|kind| C::Kind.eq(kind.as_str())))
            .add_option(self.held_by.map(|editor| C::HolderId.eq(editor)))
            .add_option(self.free_for.map(|(editor, now)| {
                Condition::any()
                    .add(C::HolderId.is_null())
                    .add(C::HolderId.eq(editor))
                    .add(C::HeldUntil.lte(now))
            }))
            .add_option(self.lang.map(about::of_lang))
            .add_option(self.side.map(|side| {
                of(experience_half::Entity::find()
                    .select_only()
                    .column(experience_half::Column::ExperienceId)
                    .filter(experience_half::Column::Side.eq(side.as_str()))
                    .into_query())
            }))
            .add_option(self.moment.map(|moment| {
                of(experience_rating::Entity::find()
                    .select_only()
                    .column(experience_rating::Column::ExperienceId)
                    .filter(experience_rating::Column::Moment.eq(moment.as_str()))
                    .into_query())
            }));
        all = if self.decided {
            all.add(C::WaitsSince.is_null()).add(about::not_withdrawn())
        } else {
            all.add(C::WaitsSince.is_not_null())
        };
        all
    }
}

fn later(column: queue_item::Column, than: QueueCursor) -> Condition {
    Condition::any()
        .add(column.gt(than.at))
        .add(Condition::all().add(column.eq(than.at)).add(queue_item::Column::Id.gt(than.id)))
}

fn earlier(column: queue_item::Column, than: QueueCursor) -> Condition {
    Condition::any()
        .add(column.lt(than.at))
        .add(Condition::all().add(column.eq(than.at)).add(queue_item::Column::Id.lt(than.id)))
}

pub(super) async fn one(
    connection: &impl ConnectionTrait,
    item: Uuid,
) -> Result<Option<QueueItem>, StoreError> {
    let row = queue_item::Entity::find_by_id(item).one(connection).await?;
    Ok(items(connection, row.into_iter().collect()).await?.pop())
}

/// The item itself, and of what kind it is.
pub(super) async fn row(
    connection: &impl ConnectionTrait,
    item: Uuid,
) -> Result<Option<(queue_item::Model, Kind)>, StoreError> {
    let row = queue_item::Entity::find_by_id(item).one(connection).await?;
    row.map(|row| row.kind.parse().map_err(corrupt).map(|kind| (row, kind))).transpose()
}

/// The name of somebody at the desk.
pub(super) async fn name_of(
    connection: &impl ConnectionTrait,
    editor: Uuid,
) -> Result<Option<String>, StoreError> {
    Ok(editor::Entity::find_by_id(editor).one(connection).await?.map(|editor| editor.name))
}

/// Rows with what lists show of what they are about.
async fn items(
    connection: &impl ConnectionTrait,
    rows: Vec<queue_item::Model>,
) -> Result<Vec<QueueItem>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut outlines = about::outlines(connection, &rows).await?;
    let holders: Vec<Uuid> = rows.iter().filter_map(|row| row.holder_id).collect();
    let names: HashMap<Uuid, String> = if holders.is_empty() {
        HashMap::new()
    } else {
        let found = editor::Entity::find().filter(editor::Column::Id.is_in(holders));
        found.all(connection).await?.into_iter().map(|row| (row.id, row.name)).collect()
    };
    rows.into_iter()
        .map(|row| {
            let outline =
                outlines.remove(&row.id).ok_or_else(|| corrupt("an item of the queue is about nothing"))?;
            item(&row, outline, &names)
        })
        .collect()
}

fn item(
    row: &queue_item::Model,
    outline: Outline,
    names: &HashMap<Uuid, String>,
) -> Result<QueueItem, StoreError> {
    let holder = match (row.holder_id, row.held_until) {
        (Some(editor), Some(until)) => {
            Some(Holder { editor, name: names.get(&editor).cloned().unwrap_or_default(), until })
        }
        _ => None,
    };
    let Outline { state, lang, start, sides, shop, marks, moments } = outline;
    Ok(QueueItem {
        id: row.id,
        kind: row.kind.parse().map_err(corrupt)?,
        came_at: row.came_at,
        waits_since: row.waits_since,
        holder,
        version: row.version,
        changed_at: row.changed_at,
        state,
        lang,
        start,
        sides,
        shop,
        marks,
        moments,
    })
}
