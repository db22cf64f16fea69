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
use weerklank_domain::experience::{Mark, ShopAs, ShopGiven, Side, State};

use super::{Holder, QueueItem};
use crate::columns::corrupt;
use crate::entity::{editor, experience, experience_half, experience_mark, experience_rating, queue_item};
use crate::{Store, StoreError};

/// Characters of a text that a list is made from.
const START: usize = 600;

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
            .add_option(self.lang.map(|lang| {
                of(experience::Entity::find()
                    .select_only()
                    .column(experience::Column::Id)
                    .filter(experience::Column::Lang.eq(lang.as_str()))
                    .into_query())
            }))
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
            // What its sender took back is theirs alone.
            all.add(C::WaitsSince.is_null()).add(of(experience::Entity::find()
                .select_only()
                .column(experience::Column::Id)
                .filter(experience::Column::State.ne(State::Withdrawn.as_str()))
                .into_query()))
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

pub(super) async fn waits_since(
    connection: &impl ConnectionTrait,
    item: Uuid,
) -> Result<Option<OffsetDateTime>, StoreError> {
    let row = queue_item::Entity::find_by_id(item).one(connection).await?;
    Ok(row.and_then(|row| row.waits_since))
}

/// The name of somebody at the desk.
pub(super) async fn name_of(
    connection: &impl ConnectionTrait,
    editor: Uuid,
) -> Result<Option<String>, StoreError> {
    Ok(editor::Entity::find_by_id(editor).one(connection).await?.map(|editor| editor.name))
}

/// Rows with what lists show of what they are about: five statements, however many they are.
async fn items(
    connection: &impl ConnectionTrait,
    rows: Vec<queue_item::Model>,
) -> Result<Vec<QueueItem>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.experience_id).collect();
    let experiences: HashMap<Uuid, experience::Model> = experience::Entity::find()
        .filter(experience::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let mut halves: HashMap<Uuid, Vec<experience_half::Model>> = HashMap::new();
    let found = experience_half::Entity::find()
        .filter(experience_half::Column::ExperienceId.is_in(ids.iter().copied()));
    for half in found.all(connection).await? {
        halves.entry(half.experience_id).or_default().push(half);
    }
    let mut moments: HashMap<Uuid, Vec<Moment>> = HashMap::new();
    let found = experience_rating::Entity::find()
        .filter(experience_rating::Column::ExperienceId.is_in(ids.iter().copied()));
    for rating in found.all(connection).await? {
        let moment = rating.moment.parse().map_err(corrupt)?;
        moments.entry(rating.experience_id).or_default().push(moment);
    }
    let mut marks: HashMap<Uuid, Vec<Mark>> = HashMap::new();
    let found = experience_mark::Entity::find()
        .filter(experience_mark::Column::ExperienceId.is_in(ids.iter().copied()));
    for row in found.all(connection).await? {
        let mark = row.mark.parse().map_err(corrupt)?;
        marks.entry(row.experience_id).or_default().push(mark);
    }
    let holders: Vec<Uuid> = rows.iter().filter_map(|row| row.holder_id).collect();
    let names: HashMap<Uuid, String> = if holders.is_empty() {
        HashMap::new()
    } else {
        let found = editor::Entity::find().filter(editor::Column::Id.is_in(holders));
        found.all(connection).await?.into_iter().map(|row| (row.id, row.name)).collect()
    };
    rows.into_iter()
        .map(|row| {
            let id = row.experience_id.ok_or_else(|| corrupt("an item of the queue is about nothing"))?;
            let about =
                experiences.get(&id).ok_or_else(|| corrupt("an item of the queue is about nothing"))?;
            let mut halves = halves.remove(&id).unwrap_or_default();
            // `positive` stands first, which is not the order of the letters.
            halves.sort_by_key(|half| half.side.parse::<Side>().ok());
            let mut moments = moments.remove(&id).unwrap_or_default();
            moments.sort_unstable();
            moments.dedup();
            let mut marks = marks.remove(&id).unwrap_or_default();
            marks.sort_unstable();
            item(&row, about, &halves, (moments, marks), &names)
        })
        .collect()
}

fn item(
    row: &queue_item::Model,
    about: &experience::Model,
    halves: &[experience_half::Model],
    (moments, marks): (Vec<Moment>, Vec<Mark>),
    names: &HashMap<Uuid, String>,
) -> Result<QueueItem, StoreError> {
    let text = halves.first().map(|half| half.story.as_str()).or(about.suggestion.as_deref());
    let shop = halves.iter().find_map(|half| {
        let text = half.shop.clone()?;
        match half.shop_as.parse() {
            Ok(ShopAs::Named) => Some(ShopGiven::Named(text)),
            Ok(ShopAs::Described) => Some(ShopGiven::Described(text)),
            _ => None,
        }
    });
    let holder = match (row.holder_id, row.held_until) {
        (Some(editor), Some(until)) => {
            Some(Holder { editor, name: names.get(&editor).cloned().unwrap_or_default(), until })
        }
        _ => None,
    };
    Ok(QueueItem {
        id: row.id,
        kind: row.kind.parse().map_err(corrupt)?,
        came_at: row.came_at,
        waits_since: row.waits_since,
        holder,
        version: row.version,
        changed_at: row.changed_at,
        state: about.state.parse().map_err(corrupt)?,
        lang: about.lang.parse().map_err(corrupt)?,
        start: text.unwrap_or_default().chars().take(START).collect(),
        sides: halves.iter().map(|half| half.side.parse().map_err(corrupt)).collect::<Result<_, _>>()?,
        shop,
        marks,
        moments,
    })
}
