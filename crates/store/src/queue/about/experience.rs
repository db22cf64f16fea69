//! Experiences in the queue.

use std::collections::HashMap;

use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::experience::{Mark, ShopAs, ShopGiven, Side, State};
use weerklank_domain::{Lang, Moment};

use super::super::About;
use super::{Outline, start};
use crate::StoreError;
use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::{experience, experience_half, experience_mark, experience_rating, queue_item};
use crate::experiences::{hints, whole_by_id};

pub(super) async fn outlines(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
    into: &mut HashMap<Uuid, Outline>,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let ids = || ids.iter().copied();
    let found = experience::Entity::find().filter(experience::Column::Id.is_in(ids()));
    let experiences = found.all(connection).await?;
    let mut halves: HashMap<Uuid, Vec<experience_half::Model>> = HashMap::new();
    let found = experience_half::Entity::find().filter(experience_half::Column::ExperienceId.is_in(ids()));
    for half in found.all(connection).await? {
        halves.entry(half.experience_id).or_default().push(half);
    }
    let mut moments: HashMap<Uuid, Vec<Moment>> = HashMap::new();
    let found =
        experience_rating::Entity::find().filter(experience_rating::Column::ExperienceId.is_in(ids()));
    for rating in found.all(connection).await? {
        let moment = rating.moment.parse().map_err(corrupt)?;
        moments.entry(rating.experience_id).or_default().push(moment);
    }
    let mut marks: HashMap<Uuid, Vec<Mark>> = HashMap::new();
    let found = experience_mark::Entity::find().filter(experience_mark::Column::ExperienceId.is_in(ids()));
    for row in found.all(connection).await? {
        let mark = row.mark.parse().map_err(corrupt)?;
        marks.entry(row.experience_id).or_default().push(mark);
    }
    for about in experiences {
        let id = about.id;
        let mut halves = halves.remove(&id).unwrap_or_default();
        // `positive` stands first, which is not the order of the letters.
        halves.sort_by_key(|half| half.side.parse::<Side>().ok());
        let mut moments = moments.remove(&id).unwrap_or_default();
        moments.sort_unstable();
        moments.dedup();
        let mut marks = marks.remove(&id).unwrap_or_default();
        marks.sort_unstable();
        into.insert(id, outline(&about, &halves, moments, marks)?);
    }
    Ok(())
}

fn outline(
    about: &experience::Model,
    halves: &[experience_half::Model],
    moments: Vec<Moment>,
    marks: Vec<Mark>,
) -> Result<Outline, StoreError> {
    let text = halves.first().map(|half| half.story.as_str()).or(about.suggestion.as_deref());
    let shop = halves.iter().find_map(|half| {
        let text = half.shop.clone()?;
        match half.shop_as.parse() {
            Ok(ShopAs::Named) => Some(ShopGiven::Named(text)),
            Ok(ShopAs::Described) => Some(ShopGiven::Described(text)),
            _ => None,
        }
    });
    Ok(Outline {
        state: about.state.parse().map_err(corrupt)?,
        lang: about.lang.parse().map_err(corrupt)?,
        start: start(text.unwrap_or_default()),
        sides: halves.iter().map(|half| half.side.parse().map_err(corrupt)).collect::<Result<_, _>>()?,
        shop,
        marks,
        moments,
    })
}

pub(super) async fn whole(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<About>, StoreError> {
    let Some(stored) = whole_by_id(connection, id).await? else { return Ok(None) };
    let hints = hints(connection, id).await?;
    Ok(Some(About::Experience { stored: Box::new(stored), hints }))
}

pub(super) async fn state(transaction: &Aside, id: Uuid) -> Result<Option<String>, StoreError> {
    Ok(experience::Entity::find_by_id(id).one(transaction).await?.map(|row| row.state))
}

pub(super) async fn set_state(
    transaction: &Aside,
    id: Uuid,
    state: State,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    experience::Entity::update_many()
        .col_expr(experience::Column::State, state.as_str().into())
        .col_expr(experience::Column::ChangedAt, now.into())
        .filter(experience::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

pub(super) fn of_lang(lang: Lang) -> SimpleExpr {
    those(experience::Column::Lang.eq(lang.as_str()))
}

pub(super) fn not_withdrawn() -> SimpleExpr {
    those(experience::Column::State.ne(State::Withdrawn.as_str()))
}

fn those(which: SimpleExpr) -> SimpleExpr {
    let ids = experience::Entity::find().select_only().column(experience::Column::Id).filter(which);
    queue_item::Column::ExperienceId.in_subquery(ids.into_query())
}
