//! The question that comes first, and its score.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::field::number;
use crate::UnknownWord;

vocabulary! {
    /// What a customer is asked first.
    Question {
        /// Satisfaction, as smileys with words: 1 to 5.
        Csat = "csat",
        /// 1 to 5.
        Stars = "stars",
        /// Down 0, up 1.
        Thumbs = "thumbs",
        /// Whether they would recommend the shop, 0 to 10 (Reichheld 2003, “The One Number You Need to Grow”,
        /// Harvard Business Review 81(12)).
        Nps = "nps",
        /// Whether it was made easy for them, 1 to 7 (Customer Effort Score 2.0; Dixon, Toman and `DeLisi` 2013,
        /// “The Effortless Experience”). Not the one of 2010, 1 to 5, of which the low end is good.
        Ces = "ces",
    }
}

vocabulary! {
    /// What a score says of the contact.
    Regard {
        /// CSAT and stars 4 and 5, thumb up, NPS 9 and 10 (a promoter), CES 5 to 7.
        Favourable = "favourable",
        /// CSAT and stars 3, NPS 7 and 8 (a passive), CES 4.
        Neutral = "neutral",
        /// CSAT and stars 1 and 2, thumb down, NPS 0 to 6 (a detractor), CES 1 to 3.
        Unfavourable = "unfavourable",
    }
}

impl Question {
    /// The values that a score can have, both ends included.
    pub const fn scale(self) -> RangeInclusive<u8> {
        match self {
            Self::Csat | Self::Stars => 1..=5,
            Self::Thumbs => 0..=1,
            Self::Nps => 0..=10,
            Self::Ces => 1..=7,
        }
    }

    /// Every score, the lowest first.
    pub fn scores(self) -> impl DoubleEndedIterator<Item = Score> {
        self.scale().map(move |value| Score { question: self, value })
    }

    /// What a value on its scale says. Off the scale the nearest end counts.
    const fn regard(self, value: u8) -> Regard {
        let (neutral, favourable) = match self {
            Self::Csat | Self::Stars => (3, 4),
            Self::Thumbs => (1, 1),
            Self::Nps => (7, 9),
            Self::Ces => (4, 5),
        };
        if value >= favourable {
            Regard::Favourable
        } else if value >= neutral {
            Regard::Neutral
        } else {
            Regard::Unfavourable
        }
    }
}

/// A value on the scale of its question. As text: `csat4`, `nps10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Given", into = "Given")]
pub struct Score {
    question: Question,
    value: u8,
}

/// A text or a value that is no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no score on the scale of its question, such as csat4")]
pub struct NoScore;

/// A score as it stands in JSON: `{"question": "csat", "value": 4}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    question: Question,
    value: u8,
}

impl Score {
    /// `None` where the value is not on the question's scale.
    pub fn new(question: Question, value: u8) -> Option<Self> {
        question.scale().contains(&value).then_some(Self { question, value })
    }

    pub const fn question(self) -> Question {
        self.question
    }

    /// On the scale of its question.
    pub const fn value(self) -> u8 {
        self.value
    }

    pub const fn regard(self) -> Regard {
        self.question.regard(self.value)
    }

    /// Whether the form asks what went wrong, and the shop is alerted.
    pub const fn is_low(self) -> bool {
        matches!(self.regard(), Regard::Unfavourable)
    }
}

impl TryFrom<Given> for Score {
    type Error = NoScore;

    fn try_from(given: Given) -> Result<Self, NoScore> {
        Self::new(given.question, given.value).ok_or(NoScore)
    }
}

impl From<Score> for Given {
    fn from(score: Score) -> Self {
        Self { question: score.question, value: score.value }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.question, self.value)
    }
}

impl std::str::FromStr for Score {
    type Err = NoScore;

    /// A score has one text: nothing else than what `Display` writes is one.
    fn from_str(text: &str) -> Result<Self, NoScore> {
        let digits = text.find(|c: char| c.is_ascii_digit()).ok_or(NoScore)?;
        let (question, value) = text.split_at(digits);
        let question = question.parse().map_err(|_| NoScore)?;
        number(value).and_then(|value| Self::new(question, value)).ok_or(NoScore)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_on_its_scale() {
        for &question in Question::ALL {
            let on = (0..=u8::MAX).filter(|&value| Score::new(question, value).is_some());
            assert_eq!(on.collect::<Vec<_>>(), question.scale().collect::<Vec<_>>(), "{question}");
            for score in question.scores() {
                assert_eq!(score.to_string().parse(), Ok(score));
                let json = serde_json::to_string(&score).unwrap();
                assert_eq!(serde_json::from_str::<Score>(&json).unwrap(), score);
            }
        }
        assert!(serde_json::from_str::<Score>(r#"{"question":"thumbs","value":2}"#).is_err());
        for text in
            ["", "csat", "4", "csat6", "csat04", "csat+4", "csat 4", "Csat4", "nps-1", "nps11", "csat4x"]
        {
            assert!(text.parse::<Score>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_scores_say() {
        let said = |question: Question| -> Vec<Regard> { question.scores().map(Score::regard).collect() };
        let (up, mid, down) = (Regard::Favourable, Regard::Neutral, Regard::Unfavourable);
        assert_eq!(said(Question::Csat), [down, down, mid, up, up]);
        assert_eq!(said(Question::Stars), said(Question::Csat));
        assert_eq!(said(Question::Thumbs), [down, up]);
        assert_eq!(said(Question::Nps), [[down; 7].as_slice(), &[mid, mid, up, up]].concat());
        assert_eq!(said(Question::Ces), [down, down, down, mid, up, up, up]);
    }

    #[test]
    fn a_low_score_is_an_unfavourable_one() {
        let low: Vec<String> = Question::ALL
            .iter()
            .filter_map(|question| question.scores().rfind(|score| score.is_low()))
            .map(|highest| highest.to_string())
            .collect();
        assert_eq!(low, ["csat2", "stars2", "thumbs0", "nps6", "ces3"]);
    }
}
