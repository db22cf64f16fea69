//! Streets whose name does not say that they are one: known by what leads to them, by what comes behind
//! their number, or by a number before them.

use super::address::{closes, four_digits, house, is_apostrophe, is_counted, is_particle, place};
use super::places::{CLOSING, COUNTED, ENGLISH, HOUSE, IN_FRONT, LIVING, NO_STREETS, SURE};
use super::scan::{Kind, Scan, is_hyphen};

/// A name of a street has at most so many words.
const WORDS: usize = 5;
/// So many tokens before a street may stand what was brought there.
const NEAR: usize = 14;

/// A street that is not called one, known by what leads to it, or by what comes behind its number: `woon
/// op het Spui 2`, `Hof ter Schelde 8, 2050 Antwerpen`. Its name begins at a token.
pub(super) fn led_to(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    // Most words have no number near.
    if !(at..at + 4 * WORDS).any(|near| scan.is(near, Kind::Digits)) {
        return None;
    }
    let elided = is_apostrophe(scan.text(at)) && matches!(scan.text(at + 1), "t" | "s");
    let begins = elided || scan.word(at).is_some();
    // Past the first word of the sentence the rule has looked at the name already.
    let before = scan.before_space(at);
    let previous = before.map(|before| scan.text(before).to_lowercase()).unwrap_or_default();
    if !begins || !scan.is_start(at) && !elided {
        return None;
    }
    let is_led = matches!(
        &*previous,
        "op" | "aan" | "naar" | "bij" | "at" | "to" | "is" | ":" | "te" | "in" | "on" | "the"
    ) || LIVING
        .iter()
        .any(|word| previous.starts_with(word) || previous.ends_with("adres") && *word == "adres");
    let opens =
        before.is_none_or(|before| !matches!(scan.kind_of_any(before), Some(Kind::Word | Kind::Digits)));
    let lives = || is_led && near_living(scan, at);
    // In small letters only right behind the word: `mijn adres de kromme elleboog 17`.
    let direct = ["adres", "woon", "wonen", "woont", "adres:"].iter().any(|word| previous.ends_with(word))
        || matches!(&*previous, ":" | "is" | "op" | "aan")
            && scan.follows_word(at, 5, &["adres", "woon", "wonen", "woont", "leveradres", "bezorgadres"]);
    if !is_led && !opens && !scan.is_capitalised(at) {
        return None;
    }
    let (number, last) = number_behind(scan, at + if elided { 2 } else { 0 }, direct)?;
    let after = house(scan, number)?;
    let is_long = after > number + 1 || HOUSE.contains(&scan.text(number.saturating_sub(2)));
    let is_long =
        is_long || scan.says(number - 2, ".") && HOUSE.contains(&scan.text(number.saturating_sub(3)));
    let place = place(scan, after);
    let is_year = matches!(scan.text(number).get(..2), Some("19" | "20")) && scan.text(number).len() == 4;
    // `ergens in 9000` is a place.
    let is_vague = !scan.is_capitalised(last) && scan.text(number).len() > 3;
    if is_counted(scan, after) || is_vague || is_year && place.is_none() || is_no_street(scan, last) {
        return None;
    }
    let coded = place.is_some_and(|_| four_behind(scan, after));
    let in_front = IN_FRONT.contains(&&*scan.text(at).to_lowercase()) && scan.is_capitalised(at);
    let is_one = coded
        || closes(scan, after)
            && (lives() && (scan.is_capitalised(last) || direct)
                || is_led && is_long && scan.is_capitalised(last) && &*previous != "in"
                || is_led && (elided || matches!(scan.text(at), "De" | "Het" | "Den") && last > at)
                || in_front && (is_french(scan, at) || is_long || is_led && last > at));
    is_one.then(|| (at, place.filter(|_| coded || lives()).unwrap_or(after)))
}

/// The number behind a name that begins at a token, and the last word of the name.
fn number_behind(scan: &Scan, from: usize, in_small: bool) -> Option<(usize, usize)> {
    let mut at = scan.after_space(from);
    let mut last = None;
    for _ in 0..WORDS {
        let word = scan.word(at)?;
        let is_part =
            scan.is_capitalised(at) || is_particle(word) || matches!(word, "la" | "du" | "des" | "t");
        let may_be_part = in_small && word.len() > 2 && !CLOSING.contains(&word) && !COUNTED.contains(&word);
        if !is_part && !may_be_part {
            return None;
        }
        last = if is_part && !scan.is_capitalised(at) { last } else { Some(at) };
        // `J.P. Coenplein`, `St. Jansplein`.
        at = scan.after_space(at + 1 + usize::from(scan.says(at + 1, ".")));
        while is_hyphen(scan.text(at)) || is_apostrophe(scan.text(at)) {
            at += 1;
        }
        let named = HOUSE.contains(&&*scan.text(at).to_lowercase());
        if named {
            at = scan.after_space(at + 1 + usize::from(scan.says(at + 1, ".")));
        }
        if scan.is(at, Kind::Digits) {
            // `Plein 1945 nr. 8`
            let next = scan.after_space(at + 1);
            let more = HOUSE.contains(&&*scan.text(next).to_lowercase()) && next > at + 1;
            let second = scan.after_space(next + 1 + usize::from(scan.says(next + 1, ".")));
            let number = if more && scan.is(second, Kind::Digits) { second } else { at };
            return last.filter(|_| scan.is_start(number)).map(|last| (number, last));
        }
    }
    None
}

/// A number before its street: `12 Larch Close`, `nr 33 Vogelkersstraat`.
pub(super) fn behind_number(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    scan.digits(at).filter(|digits| digits.len() <= 4 && scan.is_start(at))?;
    let first =
        scan.after_space(at + 1 + usize::from(scan.word(at + 1).is_some_and(|letter| letter.len() == 1)));
    let named = scan
        .before_space(at)
        .map(|before| if scan.says(before, ".") { before.saturating_sub(1) } else { before });
    let named = named.filter(|before| HOUSE.contains(&&*scan.text(*before).to_lowercase()));
    let mut word = first;
    for _ in 0..3 {
        let text = scan.word(word).filter(|_| scan.is_capitalised(word))?.to_lowercase();
        if named.is_some() && SURE.iter().any(|ending| text.ends_with(ending)) {
            return named.map(|named| (named, word + 1));
        }
        if word > first && ENGLISH.contains(&&*text) {
            return Some((at, town(scan, word + 1).unwrap_or(word + 1)));
        }
        word = scan.after_space(word + 1);
    }
    None
}

/// The end of an English town and its postcode behind a street: `, Ipswich IP4 2QT`.
fn town(scan: &Scan, end: usize) -> Option<usize> {
    let name =
        scan.says(end, ",").then(|| scan.after_space(end + 1)).filter(|name| scan.is_capitalised(*name))?;
    let code = scan.after_space(name + 1);
    let inward = scan.after_space(code + 2);
    let is_code = scan.word(code).is_some_and(|area| area.len() <= 2)
        && scan.is(code + 1, Kind::Digits)
        && scan.is(inward, Kind::Digits)
        && scan.word(inward + 1).is_some_and(|unit| unit.len() == 2);
    Some(if is_code { inward + 2 } else { name + 1 })
}

/// A word that stands before the name of a street in Brussels and Wallonia.
fn is_french(scan: &Scan, at: usize) -> bool {
    IN_FRONT[..8].contains(&&*scan.text(at).to_lowercase())
}

/// Whether near before a token it says that something is brought, or that somebody lives there.
fn near_living(scan: &Scan, at: usize) -> bool {
    (at.saturating_sub(NEAR)..at)
        .rev()
        .take_while(|before| !matches!(scan.text(*before), "." | "!" | "?") && !scan.says(*before, "\n"))
        .filter(|before| scan.kind_of_any(*before) == Some(Kind::Word))
        .any(|before| {
            let word = scan.text(before).to_lowercase();
            LIVING.iter().any(|living| word.starts_with(living))
        })
}

/// Whether a postcode stands behind a house number.
fn four_behind(scan: &Scan, after: usize) -> bool {
    (after..after + 5).any(|at| four_digits(scan, at).is_some())
}

/// A word with a capital and a number behind it that is no street: a day, a table, a thing one buys.
fn is_no_street(scan: &Scan, at: usize) -> bool {
    let word = scan.text(at);
    let is_brand = word.chars().skip(1).any(char::is_uppercase) || word.chars().count() < 3;
    is_brand || NO_STREETS.contains(&&*word.to_lowercase())
}
