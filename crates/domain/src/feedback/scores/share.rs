//! How many of all: the share of favourable answers.

use super::interval::{Interval, Z, real};

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    hits: u64,
    n: u64,
}

impl Share {
    /// `None` of nothing, and for more than all.
    pub const fn new(hits: u64, n: u64) -> Option<Self> {
        if n == 0 || hits > n { None } else { Some(Self { hits, n }) }
    }

    pub const fn hits(self) -> u64 {
        self.hits
    }

    /// 1 or more.
    pub const fn n(self) -> u64 {
        self.n
    }

    /// 0 to 1.
    pub fn estimate(self) -> f64 {
        real(self.hits) / real(self.n)
    }

    /// The score interval of Wilson (1927, “Probable inference, the law of succession, and statistical
    /// inference”, Journal of the American Statistical Association 22(158), pages 209 to 212), without a correction
    /// for continuity. Brown, Cai and DasGupta (2001, “Interval estimation for a binomial proportion”,
    /// Statistical Science 16(2), pages 101 to 133) recommend it also where there are few answers, and show
    /// that the common `p ± 1.96 √(p(1−p)/n)` holds far less often than it says.
    ///
    /// 0 to 1. It is not symmetric round the estimate but at one half.
    pub fn interval(self) -> Interval {
        let (hits, misses, n) = (real(self.hits), real(self.n - self.hits), real(self.n));
        let z2 = Z * Z;
        let middle = (hits + z2 / 2.0) / (n + z2);
        let reach = Z / (n + z2) * (hits * misses / n + z2 / 4.0).sqrt();
        // Where all or none are hits, one end is the estimate; rounding must not say anything else.
        let low = if self.hits == 0 { 0.0 } else { middle - reach };
        let high = if self.hits == self.n { 1.0 } else { middle + reach };
        Interval::within((0.0, 1.0), low, high, self.estimate())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rounded(hits: u64, n: u64) -> (f64, f64) {
        let Interval { low, high } = Share::new(hits, n).unwrap().interval();
        let round = |value: f64| (value * 1e4).round() / 1e4;
        (round(low), round(high))
    }

    /// Newcombe 1998, “Two-sided confidence intervals for the single proportion: comparison of seven methods”,
    /// Statistics in Medicine 17, pages 857 to 872, table I, method 3.
    #[test]
    fn as_in_the_table_of_newcombe() {
        assert_eq!(rounded(81, 263), (0.2553, 0.3662));
        assert_eq!(rounded(15, 148), (0.0624, 0.1605));
        assert_eq!(rounded(0, 20), (0.0, 0.1611));
        assert_eq!(rounded(1, 29), (0.0061, 0.1718));
    }

    /// With hits = misses the formula is 1/2 ± z / (2 √(n + z²)): for 5 of 10, 1/2 ± 1.96 / (2 · 3.7205).
    /// With 10 of 10 it begins at n / (n + z²) = 10 / 13.8415.
    #[test]
    fn as_worked_by_hand() {
        assert_eq!(rounded(5, 10), (0.2366, 0.7634));
        assert_eq!(rounded(10, 10), (0.7225, 1.0));
        assert_eq!(rounded(41, 50), (0.692, 0.9023), "the example of docs/scores.md");
    }

    #[test]
    fn of_nothing_there_is_no_share() {
        assert_eq!((Share::new(0, 0), Share::new(2, 1)), (None, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        #[test]
        fn an_interval_holds_what_it_should(n in 1_u64..2_000_000, part in 0_u64..=1_000_000, times in 2_u64..50) {
            let hits = n * part / 1_000_000;
            let share = Share::new(hits, n).unwrap();
            let interval = share.interval();
            prop_assert!(interval.contains(share.estimate()));
            prop_assert!(0.0 <= interval.low && interval.high <= 1.0 && interval.width() > 0.0);
            let more = Share::new(hits * times, n * times).unwrap();
            prop_assert!(more.interval().width() < interval.width());
            let swapped = Share::new(n - hits, n).unwrap().interval();
            prop_assert!((swapped.low - (1.0 - interval.high)).abs() < 1e-9);
            prop_assert!((swapped.high - (1.0 - interval.low)).abs() < 1e-9);
            if hits < n {
                prop_assert!(Share::new(hits + 1, n).unwrap().interval().low > interval.low);
            }
        }
    }
}
