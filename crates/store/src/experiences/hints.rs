//! What an editor should know of an experience beside what it says.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Query,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::experience::{Mark, State};

use super::alike;
use crate::columns::corrupt;
use crate::entity::{experience, experience_contact, experience_mark, experience_sender};
use crate::{Store, StoreError};

/// How many others of a sender are named.
const OTHERS: u64 = 20;

/// How an experience came in, and which others may have to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hints {
    /// In the order of [`Mark::ALL`].
    pub marks: Vec<Mark>,
    /// Much like it in their words, the most alike first; of as many as share something, the newest 50 are
    /// looked at.
    pub alike: Vec<Alike>,
    /// From the same e-mail address, or from the same address of the network on the same day; the newest
    /// 20, the newest first.
    pub same_sender: Vec<SameSender>,
}

/// Another experience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other {
    pub id: Uuid,
    pub state: State,
    pub received_at: OffsetDateTime,
}

/// An experience that is much like the one looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    pub other: Other,
    /// 60 to 100; 100 is a copy ([`weerklank_domain::experience::Sketch::likeness`]).
    pub likeness: u8,
}

/// An experience of who sent the one looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameSender {
    pub other: Other,
    /// Both give the same e-mail address.
    pub by_email: bool,
    /// Both came from the same address of the network on the same day: perhaps one household or office.
    pub by_address: bool,
}

impl Store {
    /// Everything that an editor is told beside an experience. `None` where there is none of that id.
    pub async fn experience_hints(&self, id: Uuid) -> Result<Option<Hints>, StoreError> {
        let snapshot = self.snapshot().await?;
        if experience::Entity::find_by_id(id).one(&snapshot).await?.is_none() {
            return Ok(None);
        }
        Ok(Some(hints(&snapshot, id).await?))
    }
}

/// Of an experience that is there.
pub(crate) async fn hints(connection: &impl ConnectionTrait, id: Uuid) -> Result<Hints, StoreError> {
    let marks = experience_mark::Entity::find().filter(experience_mark::Column::ExperienceId.eq(id));
    let marks = marks.all(connection).await?;
    let mut marks: Vec<Mark> =
        marks.iter().map(|row| row.mark.parse().map_err(corrupt)).collect::<Result<_, _>>()?;
    marks.sort_unstable();

    let sketches = alike::sketches(connection, id).await?;
    let likeness = alike::find(connection, id, &sketches).await?;
    let found = experience::Entity::find().filter(experience::Column::Id.is_in(likeness.keys().copied()));
    let mut alike: Vec<Alike> = others(connection, found)
        .await?
        .into_iter()
        .map(|other| Alike { other, likeness: likeness.get(&other.id).copied().unwrap_or_default() })
        .collect();
    // Stable: what is as much alike stays newest first.
    alike.sort_by_key(|alike| std::cmp::Reverse(alike.likeness));
    Ok(Hints { marks, alike, same_sender: same_sender(connection, id).await? })
}

async fn same_sender(connection: &impl ConnectionTrait, id: Uuid) -> Result<Vec<SameSender>, StoreError> {
    let email = experience_contact::Entity::find_by_id(id).one(connection).await?;
    let by_email = match email {
        Some(contact) => {
            let theirs = Query::select()
                .column(experience_contact::Column::ExperienceId)
                .from(experience_contact::Entity)
                .and_where(experience_contact::Column::Email.eq(contact.email))
                .take();
            let found = experience::Entity::find().filter(experience::Column::Id.in_subquery(theirs));
            others(connection, found.filter(experience::Column::Id.ne(id)).limit(OTHERS)).await?
        }
        None => Vec::new(),
    };
    let address = experience_sender::Entity::find_by_id(id).one(connection).await?;
    let by_address = match address {
        Some(sender) => {
            let theirs = Query::select()
                .column(experience_sender::Column::ExperienceId)
                .from(experience_sender::Entity)
                .and_where(experience_sender::Column::AddressHash.eq(sender.address_hash))
                .take();
            let found = experience::Entity::find().filter(experience::Column::Id.in_subquery(theirs));
            others(connection, found.filter(experience::Column::Id.ne(id)).limit(OTHERS)).await?
        }
        None => Vec::new(),
    };
    let mut all: Vec<Other> = by_email.iter().chain(&by_address).copied().collect();
    all.sort_unstable_by_key(|other| std::cmp::Reverse(other.id));
    all.dedup();
    all.truncate(usize::try_from(OTHERS).unwrap_or(usize::MAX));
    let same = |other: Other| SameSender {
        other,
        by_email: by_email.contains(&other),
        by_address: by_address.contains(&other),
    };
    Ok(all.into_iter().map(same).collect())
}

/// The newest first: ids follow the time.
async fn others(
    connection: &impl ConnectionTrait,
    found: sea_orm::Select<experience::Entity>,
) -> Result<Vec<Other>, StoreError> {
    // What its sender took back is theirs alone.
    let found = found.filter(experience::Column::State.ne(State::Withdrawn.as_str()));
    let rows = found.order_by_desc(experience::Column::Id).all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let state = row.state.parse().map_err(corrupt)?;
            Ok(Other { id: row.id, state, received_at: row.received_at })
        })
        .collect()
}
