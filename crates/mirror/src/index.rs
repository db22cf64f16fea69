//! What the browser gets to answer from: one file for the whole mirror.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use weerklank_domain::Card;

use crate::words::words;

/// Every public column: its card, and the words of its text, each spelled once for all columns. The
/// texts themselves are not in it; what a search shows of a column is its summary.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// Newest first; of one day, by slug.
    pub(crate) cards: Vec<Card>,
    /// Of each card: its tags, and other words under which it is looked for.
    pub(crate) tags: Vec<Vec<String>>,
    /// The words of all texts, folded, in order, each behind the one before and a space.
    pub(crate) words: String,
    /// Of each card, which words its summary and text have: the number of the first in `words`, then
    /// the distance of each from the one before. Small numbers, which compress well.
    pub(crate) texts: Vec<Vec<u32>>,
}

impl Index {
    /// Of the public columns, in any order: each one's card, tags and plain text.
    pub fn of(columns: impl IntoIterator<Item = (Card, Vec<String>, String)>) -> Self {
        let mut columns: Vec<_> = columns.into_iter().collect();
        columns.sort_by(|(one, ..), (other, ..)| {
            (Reverse(one.date), &one.slug).cmp(&(Reverse(other.date), &other.slug))
        });
        let texts: Vec<BTreeSet<String>> = columns
            .iter()
            .map(|(card, _, text)| {
                let all = words(&card.summary).into_iter().chain(words(text));
                // A single letter finds everything and says nothing.
                all.map(|(word, _)| word).filter(|word| word.len() > 1).collect()
            })
            .collect();
        let vocabulary: BTreeSet<&str> = texts.iter().flatten().map(String::as_str).collect();
        let numbers: BTreeMap<&str, u32> = vocabulary.iter().copied().zip(0..).collect();
        let steps = |text: &BTreeSet<String>| {
            let mut before = 0;
            let numbers = text.iter().map(|word| numbers[word.as_str()]);
            numbers.map(|number| number - std::mem::replace(&mut before, number)).collect()
        };
        let texts = texts.iter().map(steps).collect();
        let words = vocabulary.into_iter().collect::<Vec<_>>().join(" ");
        let (cards, tags) = columns.into_iter().map(|(card, tags, _)| (card, tags)).unzip();
        Self { cards, tags, words, texts }
    }
}
