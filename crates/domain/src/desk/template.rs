//! The first words of a statement of reasons: an editor begins with them and writes on.

use serde::{Deserialize, Serialize};

use super::{Ground, Verdict};
use crate::Lang;

/// What first words are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Template {
    /// Of who reads them.
    pub lang: Lang,
    pub verdict: Verdict,
    /// For a verdict that names one, and for no other.
    pub ground: Option<Ground>,
}

impl Template {
    /// `None` where nothing is said like that: an acceptance, or a ground that is missing or too many.
    pub fn new(lang: Lang, verdict: Verdict, ground: Option<Ground>) -> Option<Self> {
        let is_one = verdict.needs_words() && verdict.needs_ground() == ground.is_some();
        is_one.then_some(Self { lang, verdict, ground })
    }

    /// Every one there is: by verdict, then by ground, then by language.
    pub fn all() -> impl Iterator<Item = Self> {
        let grounds = || std::iter::once(None).chain(Ground::ALL.iter().copied().map(Some));
        let kinds =
            Verdict::ALL.iter().flat_map(move |verdict| grounds().map(move |ground| (*verdict, ground)));
        kinds.flat_map(|(verdict, ground)| {
            Lang::ALL.iter().filter_map(move |lang| Self::new(*lang, verdict, ground))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_first_words_for_all_that_needs_words() {
        let all: Vec<_> = Template::all().collect();
        assert_eq!(all.len(), Lang::ALL.len() * (5 + 2 * Ground::ALL.len()));
        assert!(all.iter().all(|template| template.verdict != Verdict::Accept));
        assert_eq!(Template::new(Lang::Nl, Verdict::Ask, Some(Ground::Law)), None);
        assert_eq!(Template::new(Lang::Nl, Verdict::Reject, None), None);
    }
}
