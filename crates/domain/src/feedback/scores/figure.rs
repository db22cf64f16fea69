//! The figures, one for each question.

use super::interval::Interval;
use super::{Mean, Nps, Share, Standing, Tally};
use crate::feedback::{Question, Regard};

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::Csat {}
    impl Sealed for super::Stars {}
    impl Sealed for super::Thumbs {}
    impl Sealed for super::Nps {}
    impl Sealed for super::Ces {}
}

/// What is made of all answers to one question. There is one for each.
pub trait Figure: sealed::Sealed + Copy {
    const QUESTION: Question;

    /// `None` of no answers.
    fn of(tally: &Tally<Self>) -> Option<Self>;

    /// How many answers it rests on, 1 or more.
    fn n(self) -> u64;

    /// A share of 0 to 1; for the NPS −100 to 100.
    fn estimate(self) -> f64;

    /// In the unit of the estimate.
    fn interval(self) -> Interval;

    fn standing(self) -> Standing {
        Standing::of(self.n())
    }
}

macro_rules! of_share {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name {
            pub share: Share,
        }

        impl Figure for $name {
            const QUESTION: Question = Question::$name;

            fn of(tally: &Tally<Self>) -> Option<Self> {
                Share::new(tally.regarded(Regard::Favourable), tally.n()).map(|share| Self { share })
            }

            fn n(self) -> u64 {
                self.share.n()
            }

            fn estimate(self) -> f64 {
                self.share.estimate()
            }

            fn interval(self) -> Interval {
                self.share.interval()
            }
        }
    };
}

of_share! {
    /// The share of smileys 4 and 5.
    Csat
}

of_share! {
    /// The share of 4 and 5 stars.
    Stars
}

of_share! {
    /// The share of thumbs up.
    Thumbs
}

/// The share of 5 to 7, with the mean beside it, which tells apart who all but agree from who agree strongly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ces {
    pub share: Share,
    /// 1 to 7.
    pub mean: Mean,
}

impl Figure for Ces {
    const QUESTION: Question = Question::Ces;

    fn of(tally: &Tally<Self>) -> Option<Self> {
        let share = Share::new(tally.regarded(Regard::Favourable), tally.n())?;
        let mean = Mean::of(&tally.counts().collect::<Vec<_>>(), Self::QUESTION.scale().into_inner())?;
        Some(Self { share, mean })
    }

    fn n(self) -> u64 {
        self.share.n()
    }

    fn estimate(self) -> f64 {
        self.share.estimate()
    }

    fn interval(self) -> Interval {
        self.share.interval()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally<F: Figure>(counts: &[(u8, u64)]) -> Tally<F> {
        let mut tally = Tally::default();
        for &(value, times) in counts {
            tally.add(value, times).unwrap();
        }
        tally
    }

    #[test]
    fn each_question_has_its_favourable_answers() {
        let five = [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16)];
        assert_eq!(Csat::of(&tally(&five)).map(|csat| csat.share), Share::new(24, 31));
        assert_eq!(Stars::of(&tally(&five)).map(|stars| stars.share), Share::new(24, 31));
        assert_eq!(Thumbs::of(&tally(&[(0, 3), (1, 7)])).map(|thumbs| thumbs.share), Share::new(7, 10));
        let nps = Nps::of(&tally(&[(0, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32)]));
        assert_eq!(nps, Nps::new(48, 12, 3));
        let ces = Ces::of(&tally(&[(1, 1), (4, 2), (5, 4), (7, 8)])).unwrap();
        assert_eq!(Some(ces.share), Share::new(12, 15));
        assert!((ces.mean.value - 85.0 / 15.0).abs() < 1e-12);
        assert_eq!(Csat::of(&Tally::default()), None);
    }

    /// The example of docs/scores.md.
    #[test]
    fn effort_as_in_the_documentation() {
        let ces = Ces::of(&tally(&[(1, 1), (2, 1), (3, 2), (4, 4), (5, 10), (6, 14), (7, 8)])).unwrap();
        let close = |value: f64, expected: f64| assert!((value - expected).abs() < 5e-5, "{value}");
        close(ces.estimate(), 0.8);
        close(ces.interval().low, 0.6524);
        close(ces.interval().high, 0.8950);
        close(ces.mean.value, 5.3750);
        let interval = ces.mean.interval.unwrap();
        close(interval.low, 4.9245);
        close(interval.high, 5.8255);
    }
}
