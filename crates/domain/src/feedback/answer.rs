//! A customer's answer, as it stands and as it comes about.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(doc)]
use super::limits;
use super::{FormLang, Label, OwnAnswer, Score, Tags, Ticket};
use crate::experience::Rating;
use crate::{Moment, Slug};

/// The first tap, with what the page or the invitation says beside it. This alone is a whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    pub score: Score,
    /// That the form was in.
    pub lang: FormLang,
    pub ticket: Option<Ticket>,
    /// What the contact was about.
    pub moment: Option<Moment>,
    /// Who helped.
    pub agent: Option<Label>,
    pub team: Option<Label>,
    pub tags: Tags,
}

/// What is added or changed later. What is not mentioned stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rest {
    pub score: Option<Score>,
    /// `None` takes a rating back.
    pub ratings: BTreeMap<Moment, Option<Rating>>,
    /// By the names of the shop's own questions; `None` takes an answer back.
    pub answers: BTreeMap<Slug, Option<OwnAnswer>>,
    /// Plain text, 1 to [`limits::COMMENT`] characters; `Some(None)` takes it back.
    pub comment: Option<Option<String>>,
    /// Whether it may be used as a story. Never given by silence.
    pub story: Option<bool>,
}

/// An answer as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub score: Score,
    pub ratings: BTreeMap<Moment, Rating>,
    /// By the names of the shop's own questions.
    pub answers: BTreeMap<Slug, OwnAnswer>,
    /// Plain text, 1 to [`limits::COMMENT`] characters.
    pub comment: Option<String>,
    /// The customer allows it to be used as a story.
    pub story: bool,
}

/// One thing that became different. An answer's history is a list of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum Change {
    Score { from: Score, to: Score },
    Rating { moment: Moment, from: Option<Rating>, to: Option<Rating> },
    Answer { question: Slug, from: Option<OwnAnswer>, to: Option<OwnAnswer> },
    Comment { from: Option<String>, to: Option<String> },
    Story { from: bool, to: bool },
}

impl Answer {
    /// What the first tap says.
    pub fn of(score: Score) -> Self {
        Self { score, ratings: BTreeMap::new(), answers: BTreeMap::new(), comment: None, story: false }
    }

    /// The answer with what was added, and what became different by it: nothing where the same was sent again.
    ///
    /// A score of another question than the first is left out: scales never mix.
    #[must_use]
    pub fn merge(&self, rest: &Rest) -> (Self, Vec<Change>) {
        let mut changes = Vec::new();
        if let Some(to) = rest.score.filter(|to| to.question() == self.score.question() && *to != self.score)
        {
            changes.push(Change::Score { from: self.score, to });
        }
        for (&moment, &to) in &rest.ratings {
            let from = self.ratings.get(&moment).copied();
            if from != to {
                changes.push(Change::Rating { moment, from, to });
            }
        }
        for (question, to) in &rest.answers {
            let from = self.answers.get(question);
            if from != to.as_ref() {
                changes.push(Change::Answer {
                    question: question.clone(),
                    from: from.cloned(),
                    to: to.clone(),
                });
            }
        }
        if let Some(to) = rest.comment.as_ref().filter(|to| **to != self.comment) {
            changes.push(Change::Comment { from: self.comment.clone(), to: to.clone() });
        }
        if let Some(to) = rest.story.filter(|to| *to != self.story) {
            changes.push(Change::Story { from: self.story, to });
        }
        let mut answer = self.clone();
        for change in &changes {
            answer.apply(change);
        }
        (answer, changes)
    }

    /// The answer as it was before these changes, which lead to it.
    #[must_use]
    pub fn before(&self, changes: &[Change]) -> Self {
        let mut answer = self.clone();
        for change in changes.iter().rev() {
            answer.apply(&change.back());
        }
        answer
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Score { to, .. } => self.score = *to,
            Change::Rating { moment, to, .. } => put(&mut self.ratings, *moment, *to),
            Change::Answer { question, to, .. } => put(&mut self.answers, question.clone(), to.clone()),
            Change::Comment { to, .. } => self.comment.clone_from(to),
            Change::Story { to, .. } => self.story = *to,
        }
    }
}

impl Change {
    /// What takes it back.
    #[must_use]
    pub fn back(&self) -> Self {
        match self.clone() {
            Self::Score { from, to } => Self::Score { from: to, to: from },
            Self::Rating { moment, from, to } => Self::Rating { moment, from: to, to: from },
            Self::Answer { question, from, to } => Self::Answer { question, from: to, to: from },
            Self::Comment { from, to } => Self::Comment { from: to, to: from },
            Self::Story { from, to } => Self::Story { from: to, to: from },
        }
    }
}

fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::btree_map;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::feedback::Question;

    fn rating() -> impl Strategy<Value = Rating> {
        select(Rating::all().collect::<Vec<_>>())
    }

    fn rest() -> impl Strategy<Value = Rest> {
        let slug = select(vec!["how", "why"]).prop_map(|name| name.parse::<Slug>().unwrap());
        let own = (1_u8..4).prop_map(OwnAnswer::Scale);
        (
            option::of(select(Question::Csat.scores().collect::<Vec<_>>())),
            btree_map(select(Moment::ALL[..3].to_vec()), option::of(rating()), 0..4),
            btree_map(slug, option::of(own), 0..3),
            option::of(option::of(select(vec!["Goed".to_owned(), "Slecht".to_owned()]))),
            option::of(any::<bool>()),
        )
            .prop_map(|(score, ratings, answers, comment, story)| Rest {
                score,
                ratings,
                answers,
                comment,
                story,
            })
    }

    fn start() -> Answer {
        Answer::of(Score::new(Question::Csat, 2).unwrap())
    }

    #[test]
    fn what_is_not_mentioned_stays() {
        let rest = Rest { comment: Some(Some("Traag".to_owned())), story: Some(true), ..Rest::default() };
        let (answer, changes) = start().merge(&rest);
        assert_eq!(changes.len(), 2);
        let better = Rest { score: Score::new(Question::Csat, 5), ..Rest::default() };
        let (answer, changes) = answer.merge(&better);
        assert_eq!((answer.comment.as_deref(), answer.story, answer.score.value()), (Some("Traag"), true, 5));
        assert_eq!(changes, [Change::Score { from: start().score, to: answer.score }]);
        let json = serde_json::to_string(&changes).unwrap();
        assert_eq!(
            json,
            r#"[{"what":"score","from":{"question":"csat","value":2},"to":{"question":"csat","value":5}}]"#
        );
    }

    #[test]
    fn scales_never_mix() {
        let other = Rest { score: Score::new(Question::Stars, 5), ..Rest::default() };
        assert_eq!(start().merge(&other), (start(), Vec::new()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn what_was_added_is_there_once_and_can_be_taken_back(first in rest(), second in rest()) {
            let (before, _) = start().merge(&first);
            let (after, changes) = before.merge(&second);
            prop_assert_eq!(after.merge(&second), (after.clone(), Vec::new()), "sent again");
            prop_assert_eq!(after.before(&changes), before.clone());
            prop_assert_eq!(changes.is_empty(), after == before);
            for (moment, rating) in &second.ratings {
                prop_assert_eq!(after.ratings.get(moment), rating.as_ref());
            }
            let kept: Answer = serde_json::from_str(&serde_json::to_string(&after).unwrap()).unwrap();
            prop_assert_eq!(kept, after);
            let history: Vec<Change> = serde_json::from_str(&serde_json::to_string(&changes).unwrap()).unwrap();
            prop_assert_eq!(history, changes);
        }
    }
}
