//! Comments come in that were made elsewhere.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::{Builder, Uuid};
use weerklank_domain::Slug;
use weerklank_domain::desk::{Action, Kind};
use weerklank_domain::experience::State;
use weerklank_domain::voice::{Earlier, EarlierComment};

use super::due::due_at;
use crate::audit::Deed;
use crate::columns::corrupt;
use crate::entity::{column, comment};
use crate::queue::wait;
use crate::store::kept;
use crate::{Store, StoreError};

/// Where they were made.
const SOURCE: &str = "disqus";
/// How many are looked up and written together: below what a statement takes of values.
const TOGETHER: usize = 500;

/// What was said about one page elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct EarlierThread<'a> {
    /// What its column may be called, the likeliest first.
    pub columns: &'a [Slug],
    pub comments: &'a [EarlierComment],
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenOver {
    Into {
        column: Slug,
        made: u64,
        /// Of those: how many wait for an editor.
        waiting: u64,
        /// How many were there.
        unchanged: u64,
    },
    /// There is no such column.
    NoColumn,
}

impl Store {
    /// Takes over what was said elsewhere, all or nothing. What is there already stays as it is, so the same a second
    /// time changes nothing. Readers see it at once with its own date, but for what waits. `origin` names the file in the
    /// audit log. The answer is in the order of the threads.
    pub async fn import_comments(
        &self,
        threads: &[EarlierThread<'_>],
        origin: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<TakenOver>, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let mut done = Vec::with_capacity(threads.len());
        let (mut all_made, mut all_waiting) = (0, 0);
        for thread in threads {
            let Some(about) = column_of(&*transaction, thread).await? else {
                done.push(TakenOver::NoColumn);
                continue;
            };
            let column: Slug = about.slug.parse().map_err(corrupt)?;
            let mut known = known(&*transaction, thread).await?;
            let (mut rows, mut waiting) = (Vec::new(), Vec::new());
            for said in thread.comments {
                let id = id_of(&said.place);
                // The same twice in one file is one as well.
                if !known.insert(id) {
                    continue;
                }
                if said.waits {
                    waiting.push(id);
                }
                rows.push(row(&about, id, said, now));
            }
            let made = rows.len() as u64;
            let mut rows = rows.into_iter().peekable();
            while rows.peek().is_some() {
                let chunk = rows.by_ref().take(TOGETHER);
                // Two who import at the same time make one.
                let unless_there = OnConflict::column(comment::Column::Id).do_nothing().to_owned();
                let insert = comment::Entity::insert_many(chunk).on_conflict(unless_there);
                insert.exec_without_returning(&transaction).await?;
            }
            for id in &waiting {
                wait::begin(&transaction, (Kind::Comment, *id), now).await?;
            }
            if made > 0 {
                due_at(&transaction, about.id, now).await?;
            }
            let waiting = waiting.len() as u64;
            all_made += made;
            all_waiting += waiting;
            let unchanged = thread.comments.len() as u64 - made;
            done.push(TakenOver::Into { column, made, waiting, unchanged });
        }
        if all_made == 0 {
            transaction.rollback().await?;
            return Ok(done);
        }
        let about = Some(format!("{origin}: {all_made}, {all_waiting} of them to be read first"));
        let deed = Deed { kind: Some(Kind::Comment), about, ..Deed::default() };
        self.note(&transaction, Action::CommentsImported, deed, now).await?;
        transaction.commit().await?;
        Ok(done)
    }

    /// What [`Self::import_comments`] would do; writes nothing.
    pub async fn would_import_comments(
        &self,
        threads: &[EarlierThread<'_>],
    ) -> Result<Vec<TakenOver>, StoreError> {
        let snapshot = self.snapshot().await?;
        let mut done = Vec::with_capacity(threads.len());
        for thread in threads {
            let Some(about) = column_of(&snapshot, thread).await? else {
                done.push(TakenOver::NoColumn);
                continue;
            };
            let mut known = known(&snapshot, thread).await?;
            let new: Vec<_> =
                thread.comments.iter().filter(|said| known.insert(id_of(&said.place))).collect();
            done.push(TakenOver::Into {
                column: about.slug.parse().map_err(corrupt)?,
                made: new.len() as u64,
                waiting: new.iter().filter(|said| said.waits).count() as u64,
                unchanged: (thread.comments.len() - new.len()) as u64,
            });
        }
        Ok(done)
    }
}

async fn column_of(
    connection: &impl ConnectionTrait,
    thread: &EarlierThread<'_>,
) -> Result<Option<column::Model>, StoreError> {
    let slugs = thread.columns.iter().map(Slug::as_str);
    let found = column::Entity::find().filter(column::Column::Slug.is_in(slugs)).all(connection).await?;
    let mut by_slug: HashMap<_, _> = found.into_iter().map(|row| (row.slug.clone(), row)).collect();
    Ok(thread.columns.iter().find_map(|slug| by_slug.remove(slug.as_str())))
}

/// Those that are there.
async fn known(
    connection: &impl ConnectionTrait,
    thread: &EarlierThread<'_>,
) -> Result<HashSet<Uuid>, StoreError> {
    let mut known = HashSet::new();
    for chunk in thread.comments.chunks(TOGETHER) {
        let ids = chunk.iter().map(|said| id_of(&said.place));
        let found: Vec<Uuid> = comment::Entity::find()
            .select_only()
            .column(comment::Column::Id)
            .filter(comment::Column::Id.is_in(ids))
            .into_tuple()
            .all(connection)
            .await?;
        known.extend(found);
    }
    Ok(known)
}

/// An id that follows from its number there, and sorts by when it was written as all ids do (RFC 9562, version 7, whose
/// random bits are those of a hash here).
fn id_of(place: &Earlier) -> Uuid {
    let hash = Sha256::digest(format!("{SOURCE}\0{}", place.number));
    let mut bits = [0; 10];
    bits.copy_from_slice(&hash[..10]);
    let millis = u64::try_from(place.written_at.unix_timestamp_nanos() / 1_000_000).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &bits).into_uuid()
}

fn row(about: &column::Model, id: Uuid, said: &EarlierComment, now: OffsetDateTime) -> comment::ActiveModel {
    let state = if said.waits { State::Received } else { State::Accepted };
    comment::ActiveModel {
        id: Set(id),
        column_id: Set(about.id),
        parent_id: Set(said.answers.as_ref().map(id_of)),
        // No secret leads to it: a hash of one is longer.
        secret_hash: Set(id.as_bytes().to_vec()),
        request_hash: Set(id.as_bytes().to_vec()),
        state: Set(state.to_string()),
        lang: Set(about.lang.clone()),
        name: Set(said.name.clone()),
        text: Set(said.text.clone()),
        marks: Set(String::new()),
        received_at: Set(kept(said.place.written_at)),
        changed_at: Set(now),
        public_from: Set((!said.waits).then_some(now)),
        removed_at: Set(None),
        removed_by: Set(None),
        source: Set(Some(SOURCE.to_owned())),
        answers_name: Set(said.answers_name.clone()),
    }
}
