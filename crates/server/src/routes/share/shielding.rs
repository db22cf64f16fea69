//! What in a draft may lead to somebody, and how it is hidden.

use weerklank::share::{Spot, masked_words};
use weerklank_domain::{
    Lang,
    experience::{Draft, Intent, Side},
    shield::{self, Finding},
};

/// Characters shown on either side of what may lead to somebody.
const CONTEXT: usize = 40;

/// The texts of a draft that will be sent, by the names of their fields.
fn texts(draft: &Draft) -> Vec<(&'static str, &str)> {
    let story = |side| match side {
        Side::Positive => ("positive.story", &*draft.positive.story),
        Side::Negative => ("negative.story", &*draft.negative.story),
    };
    let mut texts = match draft.intent() {
        Some(Intent::Positive) => vec![story(Side::Positive)],
        Some(Intent::Negative) => vec![story(Side::Negative)],
        Some(Intent::Pair) => vec![story(Side::Positive), story(Side::Negative)],
        Some(Intent::Suggestion) | None => Vec::new(),
    };
    texts.push(("suggestion", &draft.suggestion));
    texts
}

/// What in a draft may lead to somebody; all of it is meant to be hidden, until its sender says otherwise.
pub(super) fn spots(draft: &Draft) -> Vec<Spot> {
    texts(draft)
        .into_iter()
        .flat_map(|(name, text)| {
            shield::find(text).into_iter().map(move |finding| Spot {
                value: value(name, &finding),
                kind: finding.kind,
                is_chosen: true,
                context: shield::context(text, &finding, CONTEXT),
            })
        })
        .collect()
}

/// The same as its sender left them: `named` are to be hidden.
pub(super) fn spots_as_chosen(draft: &Draft, named: &[String]) -> Vec<Spot> {
    let chosen = |spot: Spot| Spot { is_chosen: named.contains(&spot.value), ..spot };
    spots(draft).into_iter().map(chosen).collect()
}

/// Names a finding in a form.
fn value(name: &str, finding: &Finding) -> String {
    format!("{name}:{}-{}", finding.range.start, finding.range.end)
}

/// Puts words in the place of the findings that are named; what is named and was not found is not
/// hidden, since nothing says what it would be.
pub(super) fn hide(draft: &mut Draft, named: &[String], ui: Lang) {
    let hidden: Vec<(&str, String)> = texts(draft)
        .into_iter()
        .map(|(name, text)| {
            let chosen: Vec<Finding> = shield::find(text)
                .into_iter()
                .filter(|finding| named.contains(&value(name, finding)))
                .collect();
            let words: Vec<String> = chosen.iter().map(|finding| masked_words(ui, finding.kind)).collect();
            let said = |kind| {
                let at = chosen.iter().position(|finding| finding.kind == kind);
                at.map_or("", |at| words[at].as_str())
            };
            (name, shield::mask(text, &chosen, said))
        })
        .collect();
    for (name, text) in hidden {
        draft.set(name, text);
    }
}
