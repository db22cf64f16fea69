//! The average of a scale, beside a share.

use super::interval::{Interval, real};

/// The mean of numbers on a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// On the scale.
    pub value: f64,
    /// By Student's t; `None` where it cannot be worked out: of one answer, or where all are the same, since
    /// answers that do not differ say nothing of how far others would.
    pub interval: Option<Interval>,
}

impl Mean {
    /// Of how often each value was given. `None` of nothing. `ends` are those of the scale.
    pub(super) fn of(counts: &[(u8, u64)], ends: (u8, u8)) -> Option<Self> {
        let sum_of = |power: u32| -> u128 {
            counts.iter().map(|&(value, count)| u128::from(value).pow(power) * u128::from(count)).sum()
        };
        let (n, sum, squares) = (sum_of(0), sum_of(1), sum_of(2));
        let n_small = u64::try_from(n).ok().filter(|n| *n > 0)?;
        let value = exact(sum) / real(n_small);
        // n Σx² − (Σx)² in whole numbers: the difference of two large roundings would be noise.
        let spread = n * squares - sum * sum;
        let interval = (spread > 0).then(|| {
            let variance = exact(spread) / (real(n_small) * real(n_small - 1));
            let reach = student(n_small - 1) * (variance / real(n_small)).sqrt();
            Interval::within((ends.0.into(), ends.1.into()), value - reach, value + reach, value)
        });
        Some(Self { value, interval })
    }
}

#[expect(clippy::cast_precision_loss, reason = "the sixteenth digit does not matter to a mean")]
const fn exact(whole: u128) -> f64 {
    whole as f64
}

/// The 97.5th percentile of Student's t with so many degrees of freedom, 1 or more, to four decimals.
/// In a spreadsheet `T.INV.2T(0.05, df)`.
///
/// A table up to nine; from there the expansion of Abramowitz and Stegun (1964, Handbook of Mathematical
/// Functions, 26.7.5), whose error is below 0.0001 by then.
fn student(df: u64) -> f64 {
    const FEW: [f64; 9] = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622];
    let few = usize::try_from(df).ok().and_then(|df| FEW.get(df.wrapping_sub(1)));
    few.copied().unwrap_or_else(|| {
        let (x, v) = (super::interval::Z, real(df));
        let (x3, x5, x7, x9) = (x.powi(3), x.powi(5), x.powi(7), x.powi(9));
        x + (x3 + x) / (4.0 * v)
            + (5.0 * x5 + 16.0 * x3 + 3.0 * x) / (96.0 * v.powi(2))
            + (3.0 * x7 + 19.0 * x5 + 17.0 * x3 - 15.0 * x) / (384.0 * v.powi(3))
            + (79.0 * x9 + 776.0 * x7 + 1482.0 * x5 - 1920.0 * x3 - 945.0 * x) / (92160.0 * v.powi(4))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mean(counts: &[(u8, u64)]) -> Option<Mean> {
        Mean::of(counts, (1, 7))
    }

    /// Table of percentiles of t in any textbook, such as table 26.10 of Abramowitz and Stegun.
    #[test]
    fn student_as_in_the_tables() {
        for (df, t) in
            [(1, 12.7062), (9, 2.2622), (10, 2.2281), (15, 2.1314), (29, 2.0452), (60, 2.0003), (120, 1.9799)]
        {
            assert!((student(df) - t).abs() < 1e-4, "{df}: {}", student(df));
        }
        assert!((student(1_000_000) - 1.959_966).abs() < 1e-5);
    }

    /// 2, 4, 4, 4, 5, 5, 7, of which the mean is 31/7 and the variance (151 − 31²/7)/6 = 2.2857 = 16/7;
    /// ± 2.4469 · √(16/7/7).
    #[test]
    fn as_worked_by_hand() {
        let mean = mean(&[(2, 1), (4, 3), (5, 2), (7, 1)]).unwrap();
        assert!((mean.value - 31.0 / 7.0).abs() < 1e-12);
        let interval = mean.interval.unwrap();
        let reach = 2.4469 * 4.0 / 7.0;
        assert!((interval.low - (mean.value - reach)).abs() < 1e-9, "{interval:?}");
        assert!((interval.high - (mean.value + reach)).abs() < 1e-9);
    }

    #[test]
    fn where_nothing_differs_there_is_no_interval() {
        assert_eq!(mean(&[(1, 0)]), None);
        assert_eq!(mean(&[(6, 1)]), Some(Mean { value: 6.0, interval: None }));
        assert_eq!(mean(&[(6, 500)]), Some(Mean { value: 6.0, interval: None }));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        #[test]
        fn an_interval_holds_its_mean(counts in proptest::array::uniform7(0_u64..1_000_000), times in 2_u64..9) {
            let by_value = |times: u64| -> Vec<(u8, u64)> { (1..).zip(counts.map(|count| count * times)).collect() };
            let Some(mean) = Mean::of(&by_value(1), (1, 7)) else { return Ok(()) };
            prop_assert!((1.0..=7.0).contains(&mean.value));
            if let Some(interval) = mean.interval {
                prop_assert!(interval.contains(mean.value) && interval.low >= 1.0 && interval.high <= 7.0);
                let more = Mean::of(&by_value(times), (1, 7)).and_then(|mean| mean.interval).unwrap();
                prop_assert!(more.width() < interval.width());
            }
            let mirrored: Vec<(u8, u64)> = (1..).zip(counts.into_iter().rev()).collect();
            let mirrored = Mean::of(&mirrored, (1, 7));
            prop_assert!((mirrored.unwrap().value - (8.0 - mean.value)).abs() < 1e-9);
        }
    }
}
