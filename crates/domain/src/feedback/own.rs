//! The questions that a shop adds of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::{Faults, number};
#[cfg(doc)]
use super::limits;
use super::{FeedbackFault, FeedbackFaults, OwnDraft, Regard, Score, Spoken};
use crate::experience::text;
use crate::{Slug, UnknownWord};

vocabulary! {
    /// At which first score a question is asked.
    When {
        Always = "always",
        /// [`Score::is_low`].
        Low = "low",
        /// [`Regard::Favourable`].
        High = "high",
    }
}

impl When {
    pub fn is_asked(self, score: Score) -> bool {
        match self {
            Self::Always => true,
            Self::Low => score.is_low(),
            Self::High => score.regard() == Regard::Favourable,
        }
    }
}

/// Up to [`limits::OWN`] questions, in the order in which they are asked. Each has a name of its own.
///
/// As JSON it is a list of [`OwnDraft`], so that what is read back is checked again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<OwnDraft>", into = "Vec<OwnDraft>")]
pub struct Own(pub(super) Vec<OwnQuestion>);

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnQuestion {
    /// What answers are kept under. It stays when the words change; another one is another question.
    pub name: Slug,
    pub when: When,
    /// 1 to [`limits::OWN_WORDS`] characters.
    pub words: Spoken,
    pub shape: Shape,
}

/// What is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// [`limits::OPTIONS`] of which one is chosen; each has a name of its own.
    Choice(Vec<OwnOption>),
    /// A number of 1 to `points`, which are [`limits::POINTS`].
    Scale {
        points: u8,
        /// What the first point means, and the last: 1 to [`limits::OPTION_WORDS`] characters.
        ends: (Spoken, Spoken),
    },
    /// Words, so many characters at most as [`limits::OWN_TEXT`] lets a shop choose.
    Text { most: u16 },
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnOption {
    /// What the choice is kept as.
    pub name: Slug,
    /// 1 to [`limits::OPTION_WORDS`] characters.
    pub words: Spoken,
}

/// An answer to such a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwnAnswer {
    /// The name of an option.
    Choice(Slug),
    /// From 1 on.
    Scale(u8),
    /// Plain text, never empty.
    Text(String),
}

impl Own {
    pub fn questions(&self) -> &[OwnQuestion] {
        &self.0
    }

    /// Those that are asked after such a score.
    pub fn asked(&self, score: Score) -> impl Iterator<Item = &OwnQuestion> {
        self.0.iter().filter(move |question| question.when.is_asked(score))
    }

    /// Checks typed answers by the names of their questions; an empty one takes an answer back (`None`).
    ///
    /// An answer counts also where its question is not asked at the score of the moment: who changes the score
    /// afterwards did answer it.
    pub(super) fn check(
        &self,
        typed: &BTreeMap<String, String>,
        faults: &mut Faults,
    ) -> BTreeMap<Slug, Option<OwnAnswer>> {
        let mut answers = BTreeMap::new();
        for (name, typed) in typed {
            match self.0.iter().find(|question| question.name.as_str() == name) {
                None => faults.add("answers", FeedbackFault::UnknownWord),
                Some(question) => match question.shape.check(typed) {
                    Ok(answer) => drop(answers.insert(question.name.clone(), answer)),
                    Err(fault) => faults.add(format!("answers.{name}"), fault),
                },
            }
        }
        answers
    }
}

impl Shape {
    /// What was typed as an answer; nothing typed is none.
    pub fn check(&self, typed: &str) -> Result<Option<OwnAnswer>, FeedbackFault> {
        let typed = text::lines(typed);
        if typed.is_empty() {
            return Ok(None);
        }
        let answer = match self {
            Self::Choice(options) => {
                let chosen = options.iter().find(|option| option.name.as_str() == typed);
                OwnAnswer::Choice(chosen.ok_or(FeedbackFault::UnknownWord)?.name.clone())
            }
            Self::Scale { points, .. } => {
                let point = number(&typed).filter(|point| (1..=*points).contains(point));
                OwnAnswer::Scale(point.ok_or(FeedbackFault::OutOfRange { min: 1, max: (*points).into() })?)
            }
            Self::Text { most } => {
                let (max, found) = (usize::from(*most), typed.chars().count());
                if found > max {
                    return Err(FeedbackFault::TooLong { max, found });
                }
                OwnAnswer::Text(typed)
            }
        };
        Ok(Some(answer))
    }
}

/// Why a stored list is none: a field of [`OwnDraft`] and a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.fault.code())).collect::<Vec<_>>().join(", "))]
pub struct NoOwn(pub FeedbackFaults);

impl TryFrom<Vec<OwnDraft>> for Own {
    type Error = NoOwn;

    fn try_from(drafts: Vec<OwnDraft>) -> Result<Self, NoOwn> {
        OwnDraft::check(&drafts).map_err(NoOwn)
    }
}

impl From<Own> for Vec<OwnDraft> {
    fn from(own: Own) -> Self {
        own.0.iter().map(OwnDraft::of).collect()
    }
}
