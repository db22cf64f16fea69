//! The Net Promoter Score.

use super::interval::{Interval, Z, real};
use super::{Figure, Tally};
use crate::feedback::{Question, Regard};

/// The percentage of promoters (9 and 10) less that of detractors (0 to 6), −100 to 100 (Reichheld 2003).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nps {
    promoters: u64,
    passives: u64,
    detractors: u64,
}

/// Answers that are thought to be there beside those that are, and how many of them each side gets.
const ADDED: f64 = 3.0;
const ADDED_A_SIDE: f64 = ADDED / 4.0;

impl Nps {
    /// `None` of nothing.
    pub const fn new(promoters: u64, passives: u64, detractors: u64) -> Option<Self> {
        if promoters == 0 && passives == 0 && detractors == 0 {
            None
        } else {
            Some(Self { promoters, passives, detractors })
        }
    }

    pub const fn promoters(self) -> u64 {
        self.promoters
    }

    pub const fn passives(self) -> u64 {
        self.passives
    }

    pub const fn detractors(self) -> u64 {
        self.detractors
    }
}

impl Figure for Nps {
    const QUESTION: Question = Question::Nps;

    fn of(tally: &Tally<Self>) -> Option<Self> {
        let count = |regard| tally.regarded(regard);
        Self::new(count(Regard::Favourable), count(Regard::Neutral), count(Regard::Unfavourable))
    }

    fn n(self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    fn estimate(self) -> f64 {
        100.0 * (real(self.promoters) - real(self.detractors)) / real(self.n())
    }

    /// The adjusted Wald interval for the NPS: three answers are added, spread over detractors, passives and
    /// promoters as 1/4, 1/2, 1/4 (so ¾, 1½ and ¾); the estimate of those is what it is built round, with
    /// the variance p + d − (p − d)² of a difference of two shares of one whole.
    ///
    /// Rocks (2016, “Interval estimation for the Net Promoter Score”, The American Statistician 70(4), pages
    /// 365 to 372; preprint arXiv:1601.07235) compares such intervals on the answers of many firms and finds
    /// variations of the adjusted Wald among the best; which one is meant is spelled out by Lewis and Sauro
    /// (2021, “Evaluating NPS confidence intervals with real-world data”, MeasuringU). Agresti and Coull
    /// (1998, The American Statistician 52(2)) had the idea for a single share, with four.
    fn interval(self) -> Interval {
        let n = real(self.n()) + ADDED;
        let promoters = (real(self.promoters) + ADDED_A_SIDE) / n;
        let detractors = (real(self.detractors) + ADDED_A_SIDE) / n;
        let middle = promoters - detractors;
        let reach = Z * ((promoters + detractors - middle * middle) / n).sqrt();
        let range = (-100.0, 100.0);
        Interval::within(range, 100.0 * (middle - reach), 100.0 * (middle + reach), self.estimate())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rounded(promoters: u64, passives: u64, detractors: u64) -> (f64, f64, f64) {
        let nps = Nps::new(promoters, passives, detractors).unwrap();
        let round = |value: f64| (value * 10.0).round() / 10.0;
        (round(nps.estimate()), round(nps.interval().low), round(nps.interval().high))
    }

    /// 18 promoters, 9 passives, 9 detractors: p = 18.75/39, d = 9.75/39, so the middle is 9/39 = 0.230769,
    /// the variance 28.5/39 − 0.230769² = 0.677515, its error √(0.677515/39) = 0.131804.
    /// Ten passives alone: ± 1.96 √((1.5/13)/13), which is nowhere near nothing.
    #[test]
    #[expect(clippy::float_cmp, reason = "both were rounded to one decimal in the same way")]
    fn as_worked_by_hand() {
        assert_eq!(rounded(18, 9, 9), (25.0, -2.8, 48.9));
        assert_eq!(rounded(0, 10, 0), (0.0, -18.5, 18.5));
        assert_eq!(rounded(10, 0, 0), (100.0, 47.5, 100.0));
        assert_eq!(rounded(50, 30, 20), (30.0, 14.1, 44.2), "the example of docs/scores.md");
        assert_eq!(rounded(1, 0, 0).2, 100.0, "one answer lies within its own interval");
        assert_eq!(Nps::new(0, 0, 0), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        #[test]
        fn an_interval_holds_what_it_should(
            up in 0_u64..500_000, mid in 0_u64..500_000, down in 0_u64..500_000,
            few in proptest::array::uniform3(0_u64..4), times in 2_u64..50,
        ) {
            for [up, mid, down] in [[up, mid, down], few] {
                let Some(nps) = Nps::new(up, mid, down) else { continue };
                let interval = nps.interval();
                prop_assert!(interval.contains(nps.estimate()));
                prop_assert!(-100.0 <= interval.low && interval.high <= 100.0 && interval.width() > 0.0);
                let more = Nps::new(up * times, mid * times, down * times).unwrap();
                prop_assert!(more.interval().width() < interval.width());
                let swapped = Nps::new(down, mid, up).unwrap();
                prop_assert!((swapped.estimate() + nps.estimate()).abs() < 1e-9);
                prop_assert!((swapped.interval().low + interval.high).abs() < 1e-9);
                prop_assert!((swapped.interval().high + interval.low).abs() < 1e-9);
            }
        }
    }
}
