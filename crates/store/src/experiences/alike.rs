//! Which experiences are much alike.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sea_query::{Query, UnionType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;
use weerklank_domain::experience::{Experience, Sketch};

use crate::StoreError;
use crate::aside::Aside;
use crate::entity::{experience_band, experience_sketch};

/// How many are looked at: where a thousand say the same, fifty will do.
const LOOKED_AT: u64 = 50;

/// Keeps the sketches of the texts of an experience.
pub(super) async fn insert(transaction: &Aside, id: Uuid, experience: &Experience) -> Result<(), StoreError> {
    let sketches = Sketch::all(experience);
    // No statement for nothing.
    if sketches.is_empty() {
        return Ok(());
    }
    let bands: BTreeSet<i64> = sketches.iter().flat_map(Sketch::bands).collect();
    let bands = bands
        .into_iter()
        .map(|band| experience_band::ActiveModel { band: Set(band), experience_id: Set(id) });
    experience_band::Entity::insert_many(bands).exec_without_returning(transaction).await?;
    let sketches = (0..).zip(&sketches).map(|(number, sketch)| experience_sketch::ActiveModel {
        experience_id: Set(id),
        number: Set(number),
        sketch: Set(sketch.to_bytes()),
    });
    experience_sketch::Entity::insert_many(sketches).exec_without_returning(transaction).await?;
    Ok(())
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

/// Other experiences of which a text is much like one of `sketches`, with the likeness of the two that are
/// most alike ([`Sketch::likeness`]). Of many, the newest.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    id: Uuid,
    sketches: &[Sketch],
) -> Result<BTreeMap<Uuid, u8>, StoreError> {
    if sketches.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sharing = sharing(connection, id, sketches).await?;
    // As mostly: no statement for nothing.
    if sharing.is_empty() {
        return Ok(BTreeMap::new());
    }
    let theirs = experience_sketch::Entity::find();
    let theirs =
        theirs.filter(experience_sketch::Column::ExperienceId.is_in(sharing)).all(connection).await?;
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

/// The newest that share a band with one of `sketches`. Each band is followed back by its index and no
/// further than needed: where ten thousand say the same, the next costs no more than the tenth.
async fn sharing(
    connection: &impl ConnectionTrait,
    id: Uuid,
    sketches: &[Sketch],
) -> Result<Vec<Uuid>, StoreError> {
    let bands: BTreeSet<i64> = sketches.iter().flat_map(Sketch::bands).collect();
    let newest = bands.into_iter().map(|band| {
        let of_band = experience_band::Entity::find()
            .select_only()
            .column(experience_band::Column::ExperienceId)
            .filter(experience_band::Column::Band.eq(band))
            .filter(experience_band::Column::ExperienceId.ne(id))
            .order_by_desc(experience_band::Column::ExperienceId)
            .limit(LOOKED_AT)
            .into_query();
        // SQLite takes an order and a limit in a part of a union in this form alone.
        Query::select().column(experience_band::Column::ExperienceId).from_subquery(of_band, "of_band").take()
    });
    let Some(all) = newest.reduce(|mut all, next| all.union(UnionType::Distinct, next).take()) else {
        return Ok(Vec::new());
    };
    let rows = connection.query_all(&all).await?;
    let ids: Result<BTreeSet<Uuid>, _> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
    let most = usize::try_from(LOOKED_AT).unwrap_or(usize::MAX);
    Ok(ids?.into_iter().rev().take(most).collect())
}
