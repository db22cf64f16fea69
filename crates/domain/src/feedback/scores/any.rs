//! Tallies and figures where the question is data.

use super::interval::Interval;
use super::{Ces, Csat, Figure, Nps, Standing, Stars, Tally, Thumbs};
use crate::feedback::{Question, Score};

/// An answer to another question than the one that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an answer to {found} cannot be counted with those to {counted}")]
pub struct OtherQuestion {
    pub counted: Question,
    pub found: Question,
}

macro_rules! any {
    ($($name:ident),+) => {
        /// The [`Tally`] of some question.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum AnyTally { $($name(Tally<$name>)),+ }

        /// The [`Figure`] of some question.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub enum AnyFigure { $($name($name)),+ }

        impl AnyTally {
            /// With nothing in it.
            pub fn new(question: Question) -> Self {
                match question { $(Question::$name => Self::$name(Tally::default())),+ }
            }

            pub const fn question(&self) -> Question {
                match self { $(Self::$name(_) => Question::$name),+ }
            }

            /// Counts a score so many times more.
            pub fn add(&mut self, score: Score, times: u64) -> Result<(), OtherQuestion> {
                let refused = OtherQuestion { counted: self.question(), found: score.question() };
                if refused.counted != refused.found {
                    return Err(refused);
                }
                // A score is on the scale of its question.
                match self { $(Self::$name(tally) => tally.add(score.value(), times).map_err(|_| refused)),+ }
            }

            /// Adds one of the same question.
            pub fn merge(&mut self, other: &Self) -> Result<(), OtherQuestion> {
                match (self, other) {
                    $((Self::$name(tally), Self::$name(other)) => tally.merge(other),)+
                    (counted, other) => {
                        return Err(OtherQuestion { counted: counted.question(), found: other.question() });
                    }
                }
                Ok(())
            }

            pub fn n(&self) -> u64 {
                match self { $(Self::$name(tally) => tally.n()),+ }
            }

            /// Every value of the scale with how often it was given, the lowest first.
            pub fn counts(&self) -> Vec<(u8, u64)> {
                match self { $(Self::$name(tally) => tally.counts().collect()),+ }
            }

            /// `None` of no answers.
            pub fn figure(&self) -> Option<AnyFigure> {
                match self { $(Self::$name(tally) => $name::of(tally).map(AnyFigure::$name)),+ }
            }
        }

        impl AnyFigure {
            pub const fn question(&self) -> Question {
                match self { $(Self::$name(_) => Question::$name),+ }
            }

            /// As [`Figure::n`].
            pub fn n(&self) -> u64 {
                match self { $(Self::$name(figure) => figure.n()),+ }
            }

            /// As [`Figure::estimate`].
            pub fn estimate(&self) -> f64 {
                match self { $(Self::$name(figure) => figure.estimate()),+ }
            }

            /// As [`Figure::interval`].
            pub fn interval(&self) -> Interval {
                match self { $(Self::$name(figure) => figure.interval()),+ }
            }

            pub fn standing(&self) -> Standing {
                Standing::of(self.n())
            }
        }
    };
}

any!(Csat, Stars, Thumbs, Nps, Ces);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_data_counts_as_its_type_does() {
        for &question in Question::ALL {
            let mut tally = AnyTally::new(question);
            assert_eq!((tally.question(), tally.figure()), (question, None));
            for (times, score) in (1..).zip(question.scores()) {
                tally.add(score, times).unwrap();
            }
            let n = question.scores().count() as u64;
            assert_eq!(tally.n(), n * (n + 1) / 2);
            tally.merge(&tally.clone()).unwrap();
            let figure = tally.figure().unwrap();
            assert_eq!((figure.question(), figure.n()), (question, n * (n + 1)));
            assert!(figure.interval().contains(figure.estimate()));
            assert_eq!(tally.counts().len() as u64, n);
        }
    }

    #[test]
    fn scales_are_never_added_up() {
        let mut tally = AnyTally::new(Question::Csat);
        let refused = OtherQuestion { counted: Question::Csat, found: Question::Stars };
        assert_eq!(tally.add(Score::new(Question::Stars, 5).unwrap(), 1), Err(refused));
        assert_eq!(tally.merge(&AnyTally::new(Question::Stars)), Err(refused));
        assert_eq!(tally.n(), 0);
    }
}
