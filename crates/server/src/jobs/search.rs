//! Where the search index is, what it holds, and how it keeps up with the database. Whatever befalls
//! it, pages go on by themselves.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use arc_swap::ArcSwap;
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;
use weerklank_search::{Hold, SearchError, SearchIndex, remove_abandoned};
use weerklank_store::{DatabaseUrl, Store};

use super::index::{self, CatchUpError};
use crate::app::Edition;

/// Where the index is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchIn {
    /// In a folder of its own in this one, which other boards may use as well.
    Folder(PathBuf),
    Memory,
    /// Nobody will search: none is made.
    Nowhere,
}

/// The index of the content, always of the present one.
pub struct Search {
    place: SearchIn,
    /// How the folders of this database begin.
    mark: String,
    index: ArcSwap<SearchIndex>,
    turn: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What the index holds; `None` where that is not known.
    holds: Option<Edition>,
    /// The folder that the index is in; `None` in memory.
    hold: Option<Hold>,
    /// It is in memory for want of its folder.
    astray: bool,
}

impl Search {
    /// An empty index for a database that was opened; [`Self::keep_up`] fills it.
    pub fn new(place: SearchIn, database: &DatabaseUrl) -> Result<Self, SearchError> {
        let index = ArcSwap::from_pointee(SearchIndex::open(None)?.index);
        Ok(Self { place, mark: mark(database), index, turn: AtomicU64::new(0), state: Mutex::default() })
    }

    pub fn index(&self) -> Arc<SearchIndex> {
        self.index.load_full()
    }

    /// How often what searches find has changed: what was drawn in one turn is not of the next.
    pub fn turn(&self) -> u64 {
        self.turn.load(Ordering::Acquire)
    }

    /// Brings the index to an edition. Where its folder cannot be used (a full disk, most likely) it
    /// is kept in memory, and its folder tried again when `again` says so; where the folder is gone,
    /// it is made again. Gives whether the index is where it is to be.
    pub async fn keep_up(&self, store: &Store, edition: Edition, again: bool) -> Result<bool, CatchUpError> {
        if self.place == SearchIn::Nowhere {
            return Ok(true);
        }
        let state = &mut *self.state.lock().await;
        if state.holds == Some(edition) && !(state.astray && again) {
            return Ok(!state.astray);
        }
        if let Some(home) = self.home(edition)
            && (again || !state.astray)
        {
            match self.bring(store, state, Some(&home), edition).await {
                Ok(()) if state.astray => {
                    state.astray = false;
                    tracing::info!("the search index is in its folder again");
                }
                Err(CatchUpError::Search(error)) => {
                    if !state.astray {
                        tracing::error!(%error, "the search index is kept in memory until its folder can be used");
                    }
                    state.astray = true;
                }
                done => done?,
            }
        }
        if state.holds != Some(edition) {
            self.bring(store, state, None, edition).await?;
        }
        Ok(!state.astray)
    }

    /// The folder for the index of a content. Each content has one of its own: the index of one is
    /// never taken for that of another, whatever happens to the database. A content that could not be
    /// named yet, since it cannot be written, has none.
    fn home(&self, edition: Edition) -> Option<PathBuf> {
        match (&self.place, edition.epoch) {
            (SearchIn::Folder(folder), Some(epoch)) => {
                Some(folder.join(format!("{}{}", self.mark, epoch.simple())))
            }
            _ => None,
        }
    }

    /// Feeds the index in `home`, or in memory without one, what it lacks; opens or builds it first
    /// if need be. When that fails, what is searched stays as it is.
    async fn bring(
        &self,
        store: &Store,
        state: &mut State,
        home: Option<&Path>,
        edition: Edition,
    ) -> Result<(), CatchUpError> {
        let is_there = match (home, &state.hold) {
            (None, None) => true,
            (Some(home), Some(hold)) => hold.folder() == home && hold.has_index(),
            _ => false,
        };
        let goes_on = |held: &Edition| held.epoch == edition.epoch && held.sequence <= edition.sequence;
        if let Some(held) = state.holds.filter(|held| is_there && goes_on(held)) {
            let index = self.index();
            if held.sequence != edition.sequence {
                index::catch_up(store, &index, held.sequence, edition).await?;
            }
            if held.today != edition.today {
                index::index_due(store, &index, edition).await?;
            }
        } else {
            if state.hold.as_ref().is_some_and(|hold| Some(hold.folder()) == home) {
                // Its files are not what they were: it is opened anew.
                (state.holds, state.hold) = (None, None);
            }
            let hold = home.map(Hold::take).transpose()?;
            let index = index::open(store, home, edition).await?;
            self.index.store(index);
            state.hold = hold;
            if let Some(home) = home {
                forget_former(home, &self.mark);
            }
        }
        state.holds = Some(edition);
        self.turn.fetch_add(1, Ordering::Release);
        Ok(())
    }
}

/// Removes the indexes of contents that this database had before, unless a process uses them; one
/// that stays only takes room. Those of other databases are not ours to judge.
fn forget_former(home: &Path, mark: &str) {
    let Some(entries) = home.parent().and_then(|folder| std::fs::read_dir(folder).ok()) else { return };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path != home) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(epoch) = name.strip_prefix(mark) else { continue };
        if epoch.len() == 32 && epoch.bytes().all(|b| b.is_ascii_hexdigit()) {
            match remove_abandoned(&path) {
                Ok(_) | Err(SearchError::Locked { .. }) => {}
                Err(error) => tracing::warn!(%error, "the search index of a former content stays"),
            }
        }
    }
}

/// How the folders of a database begin. It holds no name and no password.
fn mark(database: &DatabaseUrl) -> String {
    let address = match database.path() {
        // From whichever folder it is called.
        Some(path) => {
            path.canonicalize().unwrap_or_else(|_| path.to_owned()).into_os_string().into_encoded_bytes()
        }
        None => database.to_string().into_bytes(),
    };
    let digest = Sha256::digest(address);
    let start = digest.first_chunk().copied().map_or(0, u64::from_be_bytes);
    format!("{start:016x}-")
}
