//! From where to where a figure can be taken to lie.

/// The 97.5th percentile of the standard normal distribution: two sides of it leave 95%.
/// In a spreadsheet `NORM.S.INV(0.975)`.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// A 95% interval, in the unit of its figure. `low <= high`, and neither leaves the figure's range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// In a range; and never without its estimate, which an interval that is not built round it can miss where
    /// there are very few answers.
    pub(super) fn within((least, most): (f64, f64), low: f64, high: f64, estimate: f64) -> Self {
        Self { low: low.clamp(least, most).min(estimate), high: high.clamp(least, most).max(estimate) }
    }

    pub fn width(self) -> f64 {
        self.high - self.low
    }

    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// A count as a number to calculate with.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts are far below 2^53, where every whole number is exact"
)]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}
