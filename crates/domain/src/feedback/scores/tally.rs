//! How often each score was given.

use std::marker::PhantomData;

use super::Figure;
use crate::feedback::{Question, Regard, Score};

/// Places for the longest scale, 0 to 10.
const PLACES: usize = 11;

/// How often each value of a question was given: what a `GROUP BY` of the database gives. It belongs to the
/// figure that is made of it, and adds up with its own kind alone.
///
/// ```
/// use weerklank_domain::feedback::scores::{Csat, Figure, Tally};
///
/// let mut tally = Tally::<Csat>::default();
/// tally.add(5, 41).unwrap();
/// tally.add(1, 9).unwrap();
/// assert_eq!(Csat::of(&tally).unwrap().estimate(), 0.82);
/// ```
///
/// ```compile_fail,E0308
/// use weerklank_domain::feedback::scores::{Csat, Stars, Tally};
///
/// let mut tally = Tally::<Csat>::default();
/// tally.merge(&Tally::<Stars>::default());
/// ```
pub struct Tally<F> {
    counts: [u64; PLACES],
    figure: PhantomData<fn() -> F>,
}

/// A value that is not on the question's scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{value} is not on the scale of {question}")]
pub struct OffScale {
    pub question: Question,
    pub value: u8,
}

impl<F: Figure> Tally<F> {
    /// Counts a value so many times more.
    pub fn add(&mut self, value: u8, times: u64) -> Result<(), OffScale> {
        let question = F::QUESTION;
        let score = Score::new(question, value).ok_or(OffScale { question, value })?;
        self.counts[usize::from(score.value())] += times;
        Ok(())
    }

    /// Adds another one, such as that of the next day.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }

    /// How many answers there are.
    pub fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Every value of the scale with how often it was given, the lowest first.
    pub fn counts(&self) -> impl DoubleEndedIterator<Item = (u8, u64)> + Clone + '_ {
        F::QUESTION.scale().map(|value| (value, self.counts[usize::from(value)]))
    }

    /// How many answers say so of the contact.
    pub fn regarded(&self, regard: Regard) -> u64 {
        let scores = F::QUESTION.scores().filter(|score| score.regard() == regard);
        scores.map(|score| self.counts[usize::from(score.value())]).sum()
    }
}

// By hand, since derives would ask the same of the figure, of which there is none inside.
impl<F> Clone for Tally<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Tally<F> {}

impl<F> Default for Tally<F> {
    fn default() -> Self {
        Self { counts: [0; PLACES], figure: PhantomData }
    }
}

impl<F> PartialEq for Tally<F> {
    fn eq(&self, other: &Self) -> bool {
        self.counts == other.counts
    }
}

impl<F> Eq for Tally<F> {}

impl<F: Figure> std::fmt::Debug for Tally<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ", F::QUESTION)?;
        f.debug_map().entries(self.counts()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::scores::{Ces, Nps};

    #[test]
    fn values_are_counted_on_their_scale() {
        let mut tally = Tally::<Nps>::default();
        tally.add(10, 2).unwrap();
        tally.add(0, 1).unwrap();
        let mut other = Tally::<Nps>::default();
        other.add(10, 3).unwrap();
        other.add(7, 4).unwrap();
        tally.merge(&other);
        assert_eq!(tally.n(), 10);
        assert_eq!(
            tally.counts().filter(|(_, count)| *count > 0).collect::<Vec<_>>(),
            [(0, 1), (7, 4), (10, 5)]
        );
        assert_eq!(tally.regarded(Regard::Favourable), 5);
        assert_eq!(tally.add(11, 1), Err(OffScale { question: Question::Nps, value: 11 }));
        assert_eq!(
            Tally::<Ces>::default().add(0, 1).unwrap_err().to_string(),
            "0 is not on the scale of ces"
        );
        assert_eq!(tally.n(), 10, "what is off the scale was not counted");
    }
}
