//! Which words are compounds of which, without a dictionary: the words of the index are its own.

use std::collections::HashMap;

use weerklank_domain::Lang;

use crate::vocabulary::Vocabulary;

/// Letters that a part must have, or it stands in half of all words by chance.
const MIN_PART: usize = 4;
/// Letters that what remains of the compound must have, on either side.
const MIN_REST: usize = 3;
/// At most in how many ways a compound is taken apart.
const MAX_SPLITS: usize = 4;

/// How much is done to find the compounds of a word: a word among others gets its share.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Words of the vocabulary that have the part and are judged; a part in more says nothing.
    judged: usize,
    /// Compounds that are kept.
    kept: usize,
}

impl Effort {
    pub const NONE: Self = Self { judged: 0, kept: 0 };

    pub fn for_clauses(clauses: usize) -> Self {
        let clauses = clauses.max(1);
        Self { judged: 3_000 / clauses, kept: (96 / clauses).min(64) }
    }
}

/// How sure it is that a word is a compound, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Everything else in it is a word of its own.
    Known,
    /// What stands on one side of the part is.
    HalfKnown,
    /// Nothing else in it is, but it looks like words.
    Plausible,
}

/// The compounds in the vocabulary that have `word` (or its `stem`) as a part: at the beginning,
/// in the middle or at the end. The surest first, then the shortest.
pub fn compounds_of(
    vocabulary: &Vocabulary,
    lang: Lang,
    word: &str,
    stem: &str,
    effort: Effort,
) -> Vec<(String, Rank)> {
    // Every place of the word is one of the stem when the stem is how the word begins.
    let stem = if stem.len() >= MIN_PART && word.starts_with(stem) { stem } else { word };
    if stem.len() < MIN_PART || stem.bytes().all(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found: HashMap<&str, Rank> = HashMap::new();
    for (candidate, at) in vocabulary.containing(stem).take(effort.judged) {
        let (left, right) = (&candidate[..at], &candidate[at..]);
        let as_word = right.strip_prefix(word).map(|right| judge(vocabulary, lang, left, right));
        let as_stem = (stem != word).then(|| judge(vocabulary, lang, left, &right[stem.len()..]));
        if let Some(rank) = as_word.into_iter().chain(as_stem).flatten().min() {
            let known = found.entry(candidate).or_insert(rank);
            *known = rank.min(*known);
        }
    }
    found.remove(word);
    found.remove(stem);
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable_by_key(|(candidate, rank)| (*rank, candidate.len(), *candidate));
    found.truncate(effort.kept);
    found.into_iter().map(|(candidate, rank)| (candidate.to_owned(), rank)).collect()
}

/// The ways in which `word` is two known words, one after the other: `retourtermijn` is `retour`
/// and `termijn`. The most even ones first.
pub fn parts_of(vocabulary: &Vocabulary, lang: Lang, word: &str) -> Vec<(String, String)> {
    let middle = word.len() / 2;
    let mut places: Vec<usize> = (MIN_REST..word.len().saturating_sub(MIN_REST - 1)).collect();
    places.sort_by_key(|place| place.abs_diff(middle));
    let mut splits = Vec::new();
    for place in places {
        let Some((left, right)) = word.split_at_checked(place) else { continue };
        if left.len().max(right.len()) < MIN_PART || !vocabulary.contains(right) {
            continue;
        }
        if let Some(left) = known_before(vocabulary, lang, left) {
            splits.push((left.to_owned(), right.to_owned()));
            if splits.len() == MAX_SPLITS {
                break;
            }
        }
    }
    splits
}

/// The compound that two words make when written as one, where it is known.
pub fn joined(vocabulary: &Vocabulary, lang: Lang, left: &str, right: &str) -> Vec<String> {
    let links: &[&str] = if lang == Lang::Nl { &["", "s", "en", "e", "n"] } else { &[""] };
    let joined = links.iter().map(|link| format!("{left}{link}{right}"));
    joined.filter(|word| vocabulary.contains(word)).collect()
}

fn judge(vocabulary: &Vocabulary, lang: Lang, left: &str, right: &str) -> Option<Rank> {
    let before = side(lang, left, prefixes(lang), |left| known_before(vocabulary, lang, left).is_some())?;
    let after = if inflections(lang).contains(&right) {
        true
    } else {
        side(lang, right, suffixes(lang), |right| known_after(vocabulary, lang, right))?
    };
    let sides = |known: bool, rest: &str| known && !rest.is_empty();
    match (before, after) {
        (true, true) => Some(Rank::Known),
        // English writes compounds apart; what is half known is a derivation more often than not.
        _ if lang == Lang::En => None,
        _ if sides(before, left) || sides(after, right) => Some(Rank::HalfKnown),
        _ => Some(Rank::Plausible),
    }
}

/// `None` when it cannot be the rest of a compound, else whether it is known.
fn side(lang: Lang, rest: &str, refused: &[&str], known: impl Fn(&str) -> bool) -> Option<bool> {
    if rest.is_empty() {
        return Some(true);
    }
    let letters = rest.chars().count() >= MIN_REST && rest.chars().any(|c| "aeiouy".contains(c));
    if !letters || refused.contains(&rest) {
        return None;
    }
    let known = known(rest);
    (known || lang == Lang::Nl).then_some(known)
}

/// The word before a linking letter (`bezorging-s-dienst`), or without one.
fn known_before<'a>(vocabulary: &Vocabulary, lang: Lang, rest: &'a str) -> Option<&'a str> {
    let links: &[&str] = if lang == Lang::Nl { &["", "s", "en", "e", "n"] } else { &[""] };
    let mut bare = links.iter().filter_map(|link| rest.strip_suffix(link));
    bare.find(|bare| bare.len() >= MIN_REST && vocabulary.contains(bare))
}

fn known_after(vocabulary: &Vocabulary, lang: Lang, rest: &str) -> bool {
    let links: &[&str] = if lang == Lang::Nl { &["", "s", "en", "e", "n"] } else { &["", "s"] };
    let mut bare = links.iter().filter_map(|link| rest.strip_prefix(link));
    bare.any(|bare| bare.len() >= MIN_REST && vocabulary.contains(bare))
}

/// Endings that leave the word what it is, which the stemmer may not take off.
fn inflections(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Nl => &["s", "en", "n", "e", "je", "jes", "tje", "tjes", "pje", "pjes", "etje", "etjes"],
        Lang::En => &["s", "es"],
    }
}

/// Endings that make another word of it, not a compound.
fn suffixes(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Nl => &[
            "aar", "aars", "achtig", "achtige", "atie", "aties", "baar", "baarheid", "bare", "eerd", "eerde",
            "end", "ende", "eren", "erig", "erij", "erijen", "erin", "heden", "heid", "ier", "iers", "ing",
            "ingen", "isch", "ische", "iseren", "isme", "ist", "iste", "isten", "iteit", "loos", "loze",
            "lijk", "lijke", "lijks", "matig", "matige", "ring", "ringen", "schap", "schappen", "ster",
            "sters", "zaam", "zame",
        ],
        Lang::En => &[
            "able", "ably", "age", "ance", "ant", "ate", "ation", "dom", "ence", "ent", "ers", "ery", "ess",
            "ful", "fully", "hood", "ible", "ing", "ings", "ion", "ions", "ise", "ish", "ism", "ist", "ity",
            "ive", "ize", "less", "ment", "ments", "ness", "ous", "ship", "tion", "ure",
        ],
    }
}

/// Beginnings that make another word of it: `koop` is not asked for in `verkoop`.
fn prefixes(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Nl => &["her", "ont", "ver"],
        Lang::En => &["dis", "mis", "non", "pre", "pro"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Lines;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut lines = Lines::default();
        for word in words {
            lines.push(word.as_bytes());
        }
        Vocabulary::new(lines)
    }

    fn found(lang: Lang, words: &[&str], word: &str, stem: &str) -> Vec<(String, Rank)> {
        compounds_of(&vocabulary(words), lang, word, stem, Effort::for_clauses(1))
    }

    #[test]
    fn a_part_finds_the_compound_wherever_it_stands() {
        for part in ["retour", "winkel"] {
            assert_eq!(
                found(Lang::Nl, &["webwinkelretour", "winkel"], part, part),
                [("webwinkelretour".to_owned(), Rank::Plausible)],
                "{part}"
            );
        }
        let words = ["web", "webwinkelretour", "retour"];
        assert_eq!(found(Lang::Nl, &words, "winkel", "winkel")[0].1, Rank::Known);
    }

    #[test]
    fn linking_letters_and_inflections_are_understood() {
        let words =
            ["klantenservice", "service", "bezorgingsdienst", "dienst", "webwinkels", "web", "pakketje"];
        assert_eq!(found(Lang::Nl, &words, "klanten", "klant"), [("klantenservice".into(), Rank::Known)]);
        assert_eq!(
            found(Lang::Nl, &words, "bezorging", "bezorg"),
            [("bezorgingsdienst".into(), Rank::Known)]
        );
        assert_eq!(found(Lang::Nl, &words, "winkel", "winkel"), [("webwinkels".into(), Rank::Known)]);
        assert_eq!(found(Lang::Nl, &words, "pakket", "pakket"), [("pakketje".into(), Rank::Known)]);
    }

    #[test]
    fn derivations_and_chance_are_refused() {
        let words = ["winkelier", "verkoop", "retourbaar", "koopwst", "onkoop"];
        for word in ["winkel", "koop", "retour"] {
            assert_eq!(found(Lang::Nl, &words, word, word), [], "{word}");
        }
        let english = ["department", "house", "warehouse", "ware", "partly"];
        assert_eq!(found(Lang::En, &english, "part", "part"), []);
        assert_eq!(found(Lang::En, &english, "house", "hous"), [("warehouse".into(), Rank::Known)]);
    }

    #[test]
    fn the_surest_come_first_and_their_number_is_bounded() {
        let mut words: Vec<String> = (b'a'..=b'z')
            .flat_map(|a| (b'a'..=b'z').map(move |b| format!("{}o{}retour", a as char, b as char)))
            .collect();
        words.extend(["geldigretour".to_owned(), "geldig".to_owned()]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let found = found(Lang::Nl, &words, "retour", "retour");
        assert_eq!(found.len(), 64);
        assert_eq!(found[0], ("geldigretour".to_owned(), Rank::Known));
    }

    #[test]
    fn compounds_come_apart_and_together() {
        let words = vocabulary(&["retour", "termijn", "dienst", "bezorging", "webwinkel", "web", "winkel"]);
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(parts_of(&words, Lang::Nl, "retourtermijn"), [pair("retour", "termijn")]);
        assert_eq!(parts_of(&words, Lang::Nl, "bezorgingsdienst"), [pair("bezorging", "dienst")]);
        assert_eq!(parts_of(&words, Lang::Nl, "ééé"), []);
        assert_eq!(joined(&words, Lang::Nl, "web", "winkel"), ["webwinkel"]);
    }
}
