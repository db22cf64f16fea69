//! What lists need to know of every column, in memory: which there are, newest first, and what they
//! can be filtered by. Not their texts.
//!
//! It is as of a change of the database. Every list compares the number of that change with the
//! database's and reads the columns that were written since, so a program keeps nothing that another
//! could miss. One pass over 100,000 entries answers a list with all its facets; the same in SQL
//! took seconds for the broad filters (`examples/timing.rs`).

mod count;
mod load;
mod register;
mod scope;

pub(crate) use count::Counts;
pub(crate) use scope::Scope;

use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use tokio::sync::Mutex;
use uuid::Uuid;
use weerklank_domain::{Balance, Date, Lang, Moment, Sentiment, Slug};

use crate::store::change_row;
use crate::{Store, StoreError};
use register::Register;

/// The last catalogue that a program read.
#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<Arc<Catalogue>>);

/// Columns that readers see, or will once their day comes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Catalogue {
    epoch: Uuid,
    /// The last change that is in it.
    change: i64,
    /// Newest first; of one day, by slug.
    pub entries: Arc<Vec<Arc<Entry>>>,
    pub shops: Arc<Register>,
    pub authors: Arc<Register>,
    pub series: Arc<Register>,
}

/// A column, as far as lists choose by it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub id: Uuid,
    pub slug: Slug,
    pub date: Date,
    /// Its update, or its date.
    pub lastmod: Date,
    visible_from: time::Date,
    pub sentiment: Sentiment,
    pub lang: Lang,
    pub moments: Moments,
    /// Numbers in the registers of the catalogue.
    pub shops: Box<[u32]>,
    pub authors: Box<[u32]>,
    pub series: Option<u32>,
    /// A hash of each: they are only ever compared.
    pub tags: Box<[u64]>,
}

impl Entry {
    pub fn is_visible(&self, today: Date) -> bool {
        self.visible_from <= today.as_time()
    }

    /// Whether it was scheduled and its day has come.
    pub fn is_due(&self, today: Date) -> bool {
        self.visible_from > crate::columns::ALWAYS && self.is_visible(today)
    }

    /// Its place in the order of lists.
    pub fn place(&self) -> (Reverse<Date>, &Slug) {
        (Reverse(self.date), &self.slug)
    }
}

/// A set of service moments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Moments(u64);

impl Moments {
    pub fn of(moments: impl IntoIterator<Item = Moment>) -> Self {
        Self(moments.into_iter().fold(0, |set, moment| set | 1 << moment as u64))
    }

    pub fn has(self, moment: Moment) -> bool {
        self.0 & (1 << moment as u64) != 0
    }

    /// In the order of the vocabulary.
    pub fn iter(self) -> impl Iterator<Item = Moment> {
        Moment::ALL.iter().copied().filter(move |moment| self.has(*moment))
    }

    /// How many are in both.
    pub fn common(self, other: Self) -> u32 {
        (self.0 & other.0).count_ones()
    }
}

/// Stands for a tag wherever tags are only compared.
pub(crate) fn tag_hash(tag: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    tag.hash(&mut hasher);
    hasher.finish()
}

/// Adds one to what a sentiment counts.
pub(crate) fn count_in(balance: &mut Balance, sentiment: Sentiment) {
    *match sentiment {
        Sentiment::Positive => &mut balance.positive,
        Sentiment::Negative => &mut balance.negative,
        Sentiment::Mixed => &mut balance.mixed,
    } += 1;
}

impl Store {
    /// The catalogue as of now. Ask for it before a transaction is begun: a database in memory has
    /// one connection for both.
    pub(crate) async fn catalogue(&self) -> Result<Arc<Catalogue>, StoreError> {
        let row = change_row(&self.reader).await?;
        let mut last = self.shelf.0.lock().await;
        if last.epoch == row.epoch && last.change >= row.value {
            return Ok(Arc::clone(&last));
        }
        // Held while reading: others want the same and wait for it.
        let caught_up = Arc::new(last.caught_up(&self.snapshot().await?).await?);
        *last = Arc::clone(&caught_up);
        Ok(caught_up)
    }
}
