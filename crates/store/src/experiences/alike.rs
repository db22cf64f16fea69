//! Which experiences are much alike.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sea_query::{Condition, IntoCondition, Order, Query, SelectStatement, UnionType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;
use weerklank_domain::experience::Sketch;

use crate::StoreError;
use crate::aside::Aside;
use crate::batch::Batch;
use crate::entity::{experience_band, experience_sketch};

/// How many are looked at to show them: where a thousand say the same, fifty will do.
const LOOKED_AT: u64 = 50;
/// How many are looked at to know whether there is any, which everybody who writes waits for.
const FEW: u64 = 8;

/// Keeps the sketches of the texts of an experience.
pub(super) fn insert(batch: &mut Batch, id: Uuid, sketches: &[Sketch]) {
    // No statement for nothing.
    if sketches.is_empty() {
        return;
    }
    let bands: BTreeSet<i64> = sketches.iter().flat_map(Sketch::bands).collect();
    let bands = bands
        .into_iter()
        .map(|band| experience_band::ActiveModel { band: Set(band), experience_id: Set(id) });
    batch.add(&experience_band::Entity::insert_many(bands));
    let sketches = (0..).zip(sketches).map(|(number, sketch)| experience_sketch::ActiveModel {
        experience_id: Set(id),
        number: Set(number),
        sketch: Set(sketch.to_bytes()),
    });
    batch.add(&experience_sketch::Entity::insert_many(sketches));
}

pub(super) async fn delete(transaction: &Aside, id: Uuid) -> Result<(), StoreError> {
    let bands = experience_band::Entity::delete_many();
    bands.filter(experience_band::Column::ExperienceId.eq(id)).exec(transaction).await?;
    let sketches = experience_sketch::Entity::delete_many();
    sketches.filter(experience_sketch::Column::ExperienceId.eq(id)).exec(transaction).await?;
    Ok(())
}

/// Those of an experience.
pub(super) async fn sketches(connection: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Sketch>, StoreError> {
    let rows = experience_sketch::Entity::find().filter(experience_sketch::Column::ExperienceId.eq(id));
    Ok(rows.all(connection).await?.iter().filter_map(|row| Sketch::from_bytes(&row.sketch)).collect())
}

/// Whether a text of an experience is much like one of `sketches`.
pub(super) async fn is_any(transaction: &Aside, sketches: &[Sketch]) -> Result<bool, StoreError> {
    Ok(!among(transaction, sharing(None, sketches, FEW), sketches).await?.is_empty())
}

/// Experiences, other than `but`, of which a text is much like one of `sketches`, with the likeness of the two
/// that are most alike ([`Sketch::likeness`]). Of many, the newest.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    but: Uuid,
    sketches: &[Sketch],
) -> Result<BTreeMap<Uuid, u8>, StoreError> {
    among(connection, sharing(Some(but), sketches, LOOKED_AT), sketches).await
}

/// Those of `sharing` that are much alike.
async fn among(
    connection: &impl ConnectionTrait,
    sharing: Option<SelectStatement>,
    sketches: &[Sketch],
) -> Result<BTreeMap<Uuid, u8>, StoreError> {
    let Some(sharing) = sharing else { return Ok(BTreeMap::new()) };
    let theirs = experience_sketch::Entity::find()
        .filter(experience_sketch::Column::ExperienceId.in_subquery(sharing))
        .all(connection)
        .await?;
    let mut found = BTreeMap::new();
    for row in theirs {
        let Some(their) = Sketch::from_bytes(&row.sketch) else { continue };
        let likeness = sketches.iter().map(|own| own.likeness(&their)).max().unwrap_or(0);
        if likeness >= Sketch::ALIKE {
            let known = found.entry(row.experience_id).or_insert(likeness);
            *known = likeness.max(*known);
        }
    }
    Ok(found)
}

/// The newest, `most` at most, that share a band with one of `sketches`; `None` where there are no sketches. Each band is
/// followed back by its index and no further than needed: where ten thousand say the same, the next one costs
/// no more than the hundredth.
fn sharing(but: Option<Uuid>, sketches: &[Sketch], most: u64) -> Option<SelectStatement> {
    const ID: experience_band::Column = experience_band::Column::ExperienceId;
    let bands: BTreeSet<i64> = sketches.iter().flat_map(Sketch::bands).collect();
    let of_bands = bands.into_iter().map(|band| {
        let others = but.map_or_else(Condition::all, |but| ID.ne(but).into_condition());
        let newest = experience_band::Entity::find()
            .select_only()
            .column(ID)
            .filter(experience_band::Column::Band.eq(band))
            .filter(others)
            .order_by_desc(ID)
            .limit(most)
            .into_query();
        // SQLite takes an order and a limit in a part of a union in this form alone.
        Query::select().column(ID).from_subquery(newest, "of_band").take()
    });
    let all = of_bands.reduce(|mut all, next| all.union(UnionType::Distinct, next).take())?;
    let newest = Query::select().column(ID).from_subquery(all, "sharing").order_by(ID, Order::Desc).take();
    Some({ newest }.limit(most).take())
}
