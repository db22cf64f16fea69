//! How much a figure may say, and in which order figures stand.

use super::Figure;
use crate::UnknownWord;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How much may be said by so many answers.
    Standing {
        /// Fewer than [`Standing::INDICATIVE_FROM`]: no figure is shown, only how many answers there are.
        TooFew = "too-few",
        /// Shown, and marked so.
        Indicative = "indicative",
        /// [`Standing::RANKED_FROM`] or more: it may stand in an order with others.
        Ranked = "ranked",
    }
}

impl Standing {
    pub const INDICATIVE_FROM: u64 = 10;
    pub const RANKED_FROM: u64 = 30;

    pub const fn of(n: u64) -> Self {
        if n < Self::INDICATIVE_FROM {
            Self::TooFew
        } else if n < Self::RANKED_FROM {
            Self::Indicative
        } else {
            Self::Ranked
        }
    }
}

/// Those of whom enough is known, the best first: by the lower end of the interval, so that few answers do not
/// come out on top by chance. Where that is the same, by the estimate, by how many answers there are, and then by
/// key; so the order does not hang on that in which they come. Keys should differ.
pub fn rank<K: Ord, F: Figure>(figures: impl IntoIterator<Item = (K, F)>) -> Vec<(K, F)> {
    let mut ranked: Vec<(K, F)> =
        figures.into_iter().filter(|(_, figure)| figure.standing() == Standing::Ranked).collect();
    ranked.sort_by(|(key, figure), (other_key, other)| {
        let low = other.interval().low.total_cmp(&figure.interval().low);
        let estimate = || other.estimate().total_cmp(&figure.estimate());
        low.then_with(estimate).then_with(|| other.n().cmp(&figure.n())).then_with(|| key.cmp(other_key))
    });
    ranked
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::feedback::scores::{Csat, Nps, Share};

    fn csat(hits: u64, n: u64) -> Csat {
        Csat { share: Share::new(hits, n).unwrap() }
    }

    #[test]
    fn few_answers_say_little() {
        let standings = [0, 9, 10, 29, 30, 1_000_000].map(Standing::of);
        let (few, some, many) = (Standing::TooFew, Standing::Indicative, Standing::Ranked);
        assert_eq!(standings, [few, few, some, some, many, many]);
    }

    #[test]
    fn the_lower_end_decides() {
        let ranked = rank([("few", csat(29, 29)), ("all of 30", csat(30, 30)), ("95 of 100", csat(95, 100))]);
        assert_eq!(ranked.iter().map(|(key, _)| *key).collect::<Vec<_>>(), ["95 of 100", "all of 30"]);
        let nps = |up, down| Nps::new(up, 0, down).unwrap();
        let ranked = rank([(1, nps(20, 10)), (2, nps(200, 100)), (3, nps(10, 20))]);
        assert_eq!(ranked.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [2, 1, 3]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        #[test]
        fn the_order_does_not_hang_on_that_of_coming(
            shares in proptest::collection::vec((0_u64..40, 0_u64..10), 0..30), turn in 0_usize..30,
        ) {
            let mut figures: Vec<(usize, Csat)> =
                shares.iter().map(|(hits, misses)| csat(*hits, hits + misses + 1)).enumerate().collect();
            let ranked = rank(figures.clone());
            let turn = turn.min(figures.len());
            figures.rotate_left(turn);
            prop_assert_eq!(rank(figures.clone()), ranked.clone());
            figures.reverse();
            prop_assert_eq!(rank(figures), ranked.clone());
            prop_assert!(ranked.is_sorted_by(|(_, one), (_, next)| one.interval().low >= next.interval().low));
            prop_assert!(ranked.iter().all(|(_, figure)| figure.n() >= 30));
        }
    }
}
