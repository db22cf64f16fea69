//! Between rows and the domain's types.

use std::collections::HashMap;
use std::str::FromStr;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::experience::{
    Consents, Email, Experience, Gesture, Half, Month, Promise, Rating, ShopAs, ShopGiven, Side, Sketch,
    State,
};
use weerklank_domain::{Date, Moment};

use super::{NewExperience, StoredExperience, alike};
use crate::StoreError;
use crate::aside::Aside;
use crate::batch::Batch;
use crate::columns::corrupt;
use crate::entity::{experience, experience_contact, experience_gesture, experience_half, experience_rating};

/// What a sender gave, but for the address.
pub(super) fn insert(
    batch: &mut Batch,
    id: Uuid,
    (new, sketches): (&NewExperience<'_>, &[Sketch]),
    now: OffsetDateTime,
) {
    let Experience { name, suggestion, lang, consents, .. } = new.experience;
    let row = experience::ActiveModel {
        id: Set(id),
        secret_hash: Set(new.secret.to_vec()),
        state: Set(State::Received.to_string()),
        lang: Set(lang.to_string()),
        name: Set(name.clone()),
        suggestion: Set(suggestion.clone()),
        may_publish_at: Set(consents.publish.then_some(now)),
        may_contact_at: Set(consents.contact.then_some(now)),
        may_show_shop_at: Set(consents.shop.then_some(now)),
        received_at: Set(now),
        changed_at: Set(now),
        parted_at: Set(None),
    };
    batch.add(&experience::Entity::insert(row));
    insert_parts(batch, id, new.experience, sketches);
}

/// A consent that was given before keeps its date.
pub(super) async fn replace(
    transaction: &Aside,
    id: Uuid,
    experience: &Experience,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let Some(before) = experience::Entity::find_by_id(id).one(transaction).await? else {
        return Err(StoreError::Corrupt("an experience went while it was changed".to_owned()));
    };
    let since = |given: bool, before: Option<OffsetDateTime>| given.then_some(before.unwrap_or(now));
    let Experience { name, suggestion, lang, consents, .. } = experience;
    let row = experience::ActiveModel {
        id: Set(id),
        lang: Set(lang.to_string()),
        name: Set(name.clone()),
        suggestion: Set(suggestion.clone()),
        may_publish_at: Set(since(consents.publish, before.may_publish_at)),
        may_contact_at: Set(since(consents.contact, before.may_contact_at)),
        may_show_shop_at: Set(since(consents.shop, before.may_show_shop_at)),
        changed_at: Set(now),
        ..Default::default()
    };
    row.update(transaction).await?;
    delete_parts(transaction, id).await?;
    let mut batch = Batch::on(transaction);
    insert_parts(&mut batch, id, experience, &Sketch::all(experience));
    Ok(batch.run(transaction).await?)
}

async fn delete_parts(transaction: &Aside, id: Uuid) -> Result<(), StoreError> {
    experience_half::Entity::delete_many()
        .filter(experience_half::Column::ExperienceId.eq(id))
        .exec(transaction)
        .await?;
    experience_rating::Entity::delete_many()
        .filter(experience_rating::Column::ExperienceId.eq(id))
        .exec(transaction)
        .await?;
    experience_gesture::Entity::delete_many()
        .filter(experience_gesture::Column::ExperienceId.eq(id))
        .exec(transaction)
        .await?;
    alike::delete(transaction, id).await
}

/// What was told of its halves, and the sketches of its texts.
fn insert_parts(batch: &mut Batch, id: Uuid, experience: &Experience, sketches: &[Sketch]) {
    let (mut halves, mut ratings, mut gestures) = (Vec::new(), Vec::new(), Vec::new());
    for half in &experience.halves {
        let side = half.side.to_string();
        ratings.extend(half.ratings.iter().map(|(moment, rating)| experience_rating::ActiveModel {
            experience_id: Set(id),
            side: Set(side.clone()),
            moment: Set(moment.to_string()),
            rating: Set(rating.get().into()),
        }));
        gestures.extend(half.gestures.iter().map(|gesture| experience_gesture::ActiveModel {
            experience_id: Set(id),
            side: Set(side.clone()),
            gesture: Set(gesture.to_string()),
        }));
        halves.push(half_row(id, side, half));
    }
    // No statement for nothing.
    if !halves.is_empty() {
        batch.add(&experience_half::Entity::insert_many(halves));
    }
    if !ratings.is_empty() {
        batch.add(&experience_rating::Entity::insert_many(ratings));
    }
    if !gestures.is_empty() {
        batch.add(&experience_gesture::Entity::insert_many(gestures));
    }
    alike::insert(batch, id, sketches);
}

fn half_row(id: Uuid, side: String, half: &Half) -> experience_half::ActiveModel {
    let (shop_as, shop) = match &half.shop {
        ShopGiven::Named(shop) => (ShopAs::Named, Some(shop.clone())),
        ShopGiven::Described(shop) => (ShopAs::Described, Some(shop.clone())),
        ShopGiven::Unnamed => (ShopAs::Unnamed, None),
    };
    let (mut on, mut days) = ((None, None), (None, None));
    match half.promise {
        Some(Promise::Dates { promised, actual }) => {
            on = (Some(promised.as_time()), actual.map(Date::as_time));
        }
        Some(Promise::Days { promised, actual }) => days = (Some(promised.into()), actual.map(i32::from)),
        None => {}
    }
    experience_half::ActiveModel {
        experience_id: Set(id),
        side: Set(side),
        shop_as: Set(shop_as.to_string()),
        shop: Set(shop),
        channel: Set(half.channel.map(|word| word.to_string())),
        promised_on: Set(on.0),
        actual_on: Set(on.1),
        promised_days: Set(days.0),
        actual_days: Set(days.1),
        solved: Set(half.solved.map(|word| word.to_string())),
        again: Set(half.again.map(|word| word.to_string())),
        witness: Set(half.witness.map(|word| word.to_string())),
        happened_in: Set(half.when.map(|month| month.first_day().as_time())),
        story: Set(half.story.clone()),
    }
}

/// An experience with all that belongs to it.
pub(super) async fn whole(
    connection: &impl ConnectionTrait,
    row: experience::Model,
) -> Result<StoredExperience, StoreError> {
    let id = row.id;
    let mut ratings: HashMap<String, Vec<(Moment, Rating)>> = HashMap::new();
    let rated = experience_rating::Entity::find().filter(experience_rating::Column::ExperienceId.eq(id));
    for rating in rated.all(connection).await? {
        let value = u8::try_from(rating.rating).ok().and_then(Rating::new);
        let value = value.ok_or_else(|| corrupt("a rating is none"))?;
        ratings.entry(rating.side).or_default().push((word(&rating.moment)?, value));
    }
    let mut gestures: HashMap<String, Vec<Gesture>> = HashMap::new();
    let made = experience_gesture::Entity::find().filter(experience_gesture::Column::ExperienceId.eq(id));
    for gesture in made.all(connection).await? {
        gestures.entry(gesture.side).or_default().push(word(&gesture.gesture)?);
    }
    let halves = experience_half::Entity::find().filter(experience_half::Column::ExperienceId.eq(id));
    let mut halves: Vec<Half> = halves
        .all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let mut ratings = ratings.remove(&row.side).unwrap_or_default();
            let mut gestures = gestures.remove(&row.side).unwrap_or_default();
            ratings.sort_unstable();
            gestures.sort_unstable();
            half(row, ratings, gestures)
        })
        .collect::<Result<_, _>>()?;
    halves.sort_by_key(|half| half.side);
    let contact = experience_contact::Entity::find_by_id(id).one(connection).await?;
    let confirmed_at = contact.as_ref().and_then(|contact| contact.confirmed_at);
    let email: Option<Email> =
        contact.map(|contact| Email::try_from(contact.email)).transpose().map_err(corrupt)?;
    Ok(StoredExperience {
        id,
        state: word(&row.state)?,
        experience: Experience {
            halves,
            suggestion: row.suggestion,
            name: row.name,
            email,
            lang: word(&row.lang)?,
            consents: Consents {
                publish: row.may_publish_at.is_some(),
                contact: row.may_contact_at.is_some(),
                shop: row.may_show_shop_at.is_some(),
            },
        },
        received_at: row.received_at,
        changed_at: row.changed_at,
        confirmed_at,
    })
}

fn half(
    row: experience_half::Model,
    ratings: Vec<(Moment, Rating)>,
    gestures: Vec<Gesture>,
) -> Result<Half, StoreError> {
    let day = |date: time::Date| Date::try_from(date).map_err(corrupt);
    let days = |days: i32| u16::try_from(days).map_err(corrupt);
    let shop = row.shop.unwrap_or_default();
    Ok(Half {
        side: word::<Side>(&row.side)?,
        story: row.story,
        shop: match word(&row.shop_as)? {
            ShopAs::Named => ShopGiven::Named(shop),
            ShopAs::Described => ShopGiven::Described(shop),
            ShopAs::Unnamed => ShopGiven::Unnamed,
        },
        channel: choice(row.channel)?,
        ratings,
        promise: match (row.promised_on, row.promised_days) {
            (Some(promised), _) => {
                Some(Promise::Dates { promised: day(promised)?, actual: row.actual_on.map(day).transpose()? })
            }
            (None, Some(promised)) => Some(Promise::Days {
                promised: days(promised)?,
                actual: row.actual_days.map(days).transpose()?,
            }),
            (None, None) => None,
        },
        gestures,
        solved: choice(row.solved)?,
        again: choice(row.again)?,
        witness: choice(row.witness)?,
        when: row.happened_in.map(|date| day(date).map(Month::of)).transpose()?,
    })
}

fn word<W: FromStr<Err: std::fmt::Display>>(word: &str) -> Result<W, StoreError> {
    word.parse().map_err(corrupt)
}

fn choice<W: FromStr<Err: std::fmt::Display>>(chosen: Option<String>) -> Result<Option<W>, StoreError> {
    chosen.map(|chosen| word(&chosen)).transpose()
}
