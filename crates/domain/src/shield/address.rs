//! Where somebody lives: a street with a number, a Dutch postcode with a house number, a Belgian one
//! behind a street.

use super::PersonalData;
use super::scan::{Kind, Scan, is_hyphen};

/// How names of streets end.
const STREETS: [&str; 34] = [
    "straat",
    "straatje",
    "laan",
    "weg",
    "plein",
    "dijk",
    "kade",
    "gracht",
    "singel",
    "hof",
    "hofje",
    "pad",
    "steeg",
    "plantsoen",
    "dreef",
    "baan",
    "markt",
    "lei",
    "boulevard",
    "wal",
    "dam",
    "haven",
    "oord",
    "stede",
    "veld",
    "kamp",
    "horst",
    "akker",
    "tuin",
    "zoom",
    "burg",
    "park",
    "kaai",
    "wegel",
];
/// Endings that other words have as well: a number behind these needs a postcode.
const DOUBTFUL: [&str; 11] =
    ["haven", "oord", "stede", "veld", "kamp", "horst", "akker", "tuin", "zoom", "burg", "dam"];
/// Endings that nothing but a street has, however it is written.
const SURE: [&str; 8] = ["straat", "laan", "plein", "gracht", "singel", "steeg", "dreef", "kade"];
/// Letters that no Dutch postcode ends in.
const NO_LETTERS: [&str; 3] = ["SA", "SD", "SS"];
/// Words before a street that are no part of its name.
const LEADING: [&str; 15] =
    ["op", "bij", "in", "naar", "aan", "van", "de", "het", "die", "dat", "adres", "at", "to", "is", "uit"];
/// Words that say that the number of a house follows.
const HOUSE: [&str; 5] = ["huisnummer", "nummer", "nr", "huisnr", "number"];

pub(super) fn find(scan: &mut Scan) {
    let mut at = 0;
    while at < scan.len() {
        at = match street(scan, at).or_else(|| by_postcode(scan, at)) {
            Some((from, to)) => {
                scan.found(PersonalData::Address, from, to);
                to
            }
            None => at + 1,
        };
    }
}

/// A street whose last word is at a token, its house number, and the postcode and place behind.
fn street(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    let word = scan.word(at).filter(|_| scan.is_start(at))?.to_lowercase();
    let shortened = word.len() > 5 && word.ends_with("str") && scan.says(at + 1, ".");
    let ending = STREETS.iter().filter(|ending| word.ends_with(*ending)).max_by_key(|ending| ending.len());
    let is_name = scan.is_capitalised(at)
        || ending.is_some_and(|ending| SURE.contains(ending) && word.len() > ending.len() + 2);
    if !shortened && (ending.is_none() || !is_name) {
        return None;
    }
    let end_of_name = named_after(scan, at).unwrap_or(at + 1 + usize::from(shortened));
    let number = scan.after_space(end_of_name);
    let number = if HOUSE.contains(&scan.text(number)) { scan.after_space(number + 1) } else { number };
    let after_number = house(scan, number).filter(|_| number > end_of_name)?;
    let place = place(scan, after_number);
    let is_doubtful = ending.is_some_and(|ending| DOUBTFUL.contains(ending)) && !leads_there(scan, at);
    if place.is_none() && (is_doubtful || is_counted(scan, after_number)) {
        return None;
    }
    Some((beginning(scan, at), place.unwrap_or(after_number)))
}

/// The end of a name that goes on behind its kind of street: `Laan van Rozenhagen`, `Plein van de Vrede`.
fn named_after(scan: &Scan, at: usize) -> Option<usize> {
    let mut end = scan.after_space(at + 1);
    if !matches!(scan.text(end), "van" | "der" | "de" | "den") {
        return None;
    }
    for _ in 0..4 {
        let is_last = scan.is_capitalised(end);
        if !is_last && !is_particle(scan.text(end)) {
            return None;
        }
        if is_last && !scan.is_capitalised(scan.after_space(end + 1)) {
            return Some(end + 1);
        }
        end = scan.after_space(end + 1);
    }
    None
}

/// Where the name of a street begins whose last word is at a token: `Lange Nieuwstraat`, `Burg. van
/// Rijnlaan`, `Sint-Jansplein`, `2e Dwarsstraat`: at most so many words more.
fn beginning(scan: &Scan, at: usize) -> usize {
    let mut from = at;
    for _ in 0..3 {
        let joined = from > 1 && is_hyphen(scan.text(from - 1));
        let before =
            if joined { Some(from - 2) } else { scan.before_space(from).filter(|before| before + 2 == from) };
        let stop = before.filter(|stop| scan.says(*stop, ".") && *stop > 0 && scan.text(stop - 1).len() <= 5);
        let Some(before) = stop.map(|stop| stop - 1).or(before).filter(|before| belongs(scan, *before))
        else {
            break;
        };
        from = before;
    }
    while is_particle(scan.text(from)) {
        from = scan.after_space(from + 1);
    }
    let ordinal =
        from >= 3 && scan.is(from - 3, Kind::Digits) && matches!(scan.text(from - 2), "e" | "de" | "ste");
    if ordinal { from - 3 } else { from }
}

/// A Dutch postcode at a token with a house number before or behind it, or either country's after
/// the word itself.
fn by_postcode(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    if !scan.is_start(at) {
        return None;
    }
    let named = scan.follows_word(at, 4, &["postcode"]);
    let end = dutch(scan, at).or_else(|| four_digits(scan, at).filter(|_| named).map(|_| at + 1))?;
    let is_dutch = end > at + 1;
    if let Some(to) = house_behind(scan, end) {
        return Some((at, to));
    }
    // `12, 1234 AB`.
    let before = scan.before_space(at).map(|before| if scan.says(before, ",") { before - 1 } else { before });
    let number = before.filter(|before| scan.digits(*before).is_some_and(|digits| digits.len() <= 4));
    if let Some(number) = number.filter(|number| is_dutch && scan.is_start(*number) && *number + 3 >= at) {
        // Whatever it is called, it is a street.
        let street = scan.before_space(number).filter(|street| scan.is_capitalised(*street));
        let place = scan.after_space(end);
        let to = if scan.is_capitalised(place) { place + 1 } else { end };
        return Some((street.map_or(number, |street| beginning(scan, street)), to));
    }
    (named && is_dutch).then_some((at, end))
}

/// The end of a Dutch postcode.
fn dutch(scan: &Scan, at: usize) -> Option<usize> {
    four_digits(scan, at)?;
    let letters = scan.after_space(at + 1);
    let word = scan.word(letters).filter(|word| word.len() == 2 && scan.is_end(letters + 1))?;
    let glued = letters == at + 1;
    let written = word.bytes().all(|byte| byte.is_ascii_uppercase())
        || glued
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !matches!(word, "km" | "kg" | "mb" | "gb" | "mm" | "cm" | "ml" | "wh" | "kw");
    (written && !NO_LETTERS.contains(&&*word.to_uppercase())).then_some(letters + 1)
}

fn four_digits<'t>(scan: &Scan<'t>, at: usize) -> Option<&'t str> {
    scan.digits(at).filter(|digits| digits.len() == 4 && !digits.starts_with('0'))
}

/// The end of a house number behind a postcode, with what may stand between.
fn house_behind(scan: &Scan, end: usize) -> Option<usize> {
    let mut at = end;
    for _ in 0..3 {
        let word = scan.after_space(at + usize::from(matches!(scan.text(at), "," | ":" | ".")));
        let is_filler = scan.word(word).is_some_and(|text| {
            let text = text.to_lowercase();
            HOUSE.contains(&&*text) || matches!(&*text, "en" | "met" | "op" | "and")
        });
        let number = scan.digits(word).filter(|digits| digits.len() <= 4 && word > end);
        if number.is_some() {
            return house(scan, word).filter(|after| !is_counted(scan, *after));
        }
        if !is_filler {
            return None;
        }
        at = word + 1;
    }
    None
}

/// The end of a house number and what belongs to it: `12`, `12a`, `12-2`, `12 bis`, `12 bus 3`.
fn house(scan: &Scan, at: usize) -> Option<usize> {
    scan.digits(at).filter(|digits| digits.len() <= 4)?;
    let mut end = at + 1;
    if scan.word(end).is_some_and(|letter| letter.len() == 1 || matches!(letter, "bis" | "hs")) {
        end += 1;
    }
    let apart = scan.after_space(end);
    if apart > end
        && scan.word(apart).is_some_and(|letter| letter.len() == 1 && scan.is_capitalised(apart))
        && scan.is_end(apart + 1)
    {
        end = apart + 1;
    }
    if matches!(scan.text(end), "-" | "/") && !scan.is_end(end + 1) && scan.text(end + 1).len() <= 3 {
        end += 2;
    }
    let more = scan.after_space(end);
    match scan.word(more).unwrap_or_default() {
        "bis" | "hs" | "huis" => Some(more + 1),
        "bus" | "boîte" => {
            let box_number = scan.after_space(more + 1);
            Some(if scan.is(box_number, Kind::Digits) { box_number + 1 } else { end })
        }
        _ => scan.is_end(end).then_some(end),
    }
}

/// The end of a postcode and the place behind it, or of the place alone.
fn place(scan: &Scan, at: usize) -> Option<usize> {
    let comma = scan.says(at, ",");
    let mut at = scan.after_space(at + usize::from(comma));
    if scan.kind(at) == Some(Kind::LineEnd) {
        at += 1;
    }
    let inside = matches!(scan.text(at), "in" | "te");
    if inside {
        at = scan.after_space(at + 1);
    }
    if scan.says(at, "B") && is_hyphen(scan.text(at + 1)) {
        at += 2;
    }
    let end = dutch(scan, at).or_else(|| four_digits(scan, at).map(|_| at + 1));
    let name = end.map_or(at, |end| scan.after_space(end));
    match (end, scan.is_capitalised(name)) {
        (Some(_), true) => Some(name + 1),
        (None, true) if comma || inside => Some(name + 1),
        // Four digits alone may be a year.
        (Some(end), false) if end > at + 1 => Some(end),
        _ => None,
    }
}

/// Whether a number counts something: `Marktplein 3 keer`.
fn is_counted(scan: &Scan, after: usize) -> bool {
    let next = scan.word(scan.after_space(after)).unwrap_or_default();
    matches!(
        next,
        "keer"
            | "dagen"
            | "dag"
            | "weken"
            | "week"
            | "uur"
            | "uren"
            | "minuten"
            | "maanden"
            | "maand"
            | "jaar"
            | "euro"
            | "procent"
            | "stuks"
            | "mensen"
            | "kilometer"
            | "km"
            | "meter"
            | "times"
            | "days"
            | "weeks"
    )
}

fn is_particle(word: &str) -> bool {
    matches!(word, "van" | "de" | "der" | "den" | "het" | "ten" | "ter" | "op" | "aan" | "in")
}

/// Whether a word may be an earlier part of the name of a street.
fn belongs(scan: &Scan, at: usize) -> bool {
    let Some(word) = scan.word(at) else { return false };
    is_particle(word) || scan.is_capitalised(at) && !LEADING.contains(&&*word.to_lowercase())
}

/// Whether the word before says that a place comes.
fn leads_there(scan: &Scan, at: usize) -> bool {
    let before = scan.before_space(at).and_then(|before| scan.word(before));
    before.is_some_and(|word| LEADING.contains(&&*word.to_lowercase()))
}
