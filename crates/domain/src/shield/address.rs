//! Where somebody lives: a street with a number, a Dutch postcode with a house number, a Belgian one
//! behind a street.

use super::PersonalData;
use super::places::{CLOSING, COUNTED, DOUBTFUL, HOUSE, LEADING, NO_LETTERS, STREETS, SURE};
use super::scan::{Kind, Scan, is_hyphen};
use super::uncalled::{behind_number, led_to};

pub(super) fn find(scan: &mut Scan) {
    let mut at = 0;
    while at < scan.len() {
        let found = street(scan, at)
            .or_else(|| by_postcode(scan, at))
            .or_else(|| led_to(scan, at))
            .or_else(|| behind_number(scan, at));
        at = match found {
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
    // `Plein 1813 nr. 4`
    let next = scan.after_space(number + 1);
    let second = scan.after_space(next + 1 + usize::from(scan.says(next + 1, ".")));
    let is_second = next > number + 1 && HOUSE.contains(&scan.text(next)) && scan.is(second, Kind::Digits);
    let after_number =
        house(scan, if is_second { second } else { number }).filter(|_| number > end_of_name)?;
    let place = place(scan, after_number);
    let first = beginning(scan, at);
    let is_doubtful = ending.is_some_and(|ending| DOUBTFUL.contains(ending))
        && !((leads_there(scan, first) || LEADING.contains(&&*scan.text(first).to_lowercase()))
            && closes(scan, after_number)
            && !is_place(scan, first, after_number));
    if place.is_none() && (is_doubtful || is_counted(scan, after_number)) {
        return None;
    }
    Some((first, place.unwrap_or(after_number)))
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
    // `J.P. Coenplein`
    while from >= 2
        && scan.says(from - 1, ".")
        && scan.text(from - 2).len() == 1
        && scan.is_capitalised(from - 2)
    {
        from -= 2;
    }
    while is_particle(scan.text(from)) {
        from = scan.after_space(from + 1);
    }
    let ordinal =
        from >= 3 && scan.is(from - 3, Kind::Digits) && matches!(scan.text(from - 2), "e" | "de" | "ste");
    if ordinal {
        return from - 3;
    }
    // `’s-Gravelandseweg`, `'t Achterom`, `de Wuiverd`: it may be part of the name.
    let elided =
        |word: usize| word > 0 && matches!(scan.text(word), "t" | "s") && is_apostrophe(scan.text(word - 1));
    if from > 2 && is_hyphen(scan.text(from - 1)) && elided(from - 2) {
        return from - 3;
    }
    match scan.before_space(from) {
        Some(before) if elided(before) => before - 1,
        Some(before) if matches!(scan.text(before), "de" | "het" | "De" | "Het") && before + 2 == from => {
            before
        }
        _ => from,
    }
}

pub(super) fn is_apostrophe(sign: &str) -> bool {
    matches!(sign, "'" | "’" | "‘" | "`")
}

/// Whether what ends like a street is where somebody was: `in Middelburg 3`.
fn is_place(scan: &Scan, first: usize, after_number: usize) -> bool {
    let before = scan.before_space(first).map(|before| scan.text(before)).unwrap_or_default();
    before.eq_ignore_ascii_case("in") && !closes(scan, after_number)
}

/// A Dutch postcode at a token with a house number before or behind it, or either country's after
/// the word itself.
fn by_postcode(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    if !scan.is_start(at) {
        return None;
    }
    four_digits(scan, at)?;
    let named = scan.follows_word(at, 6, &["postcode", "pc", "adres", "postcode/huisnummer"]);
    let numbered = scan.digits(scan.after_space(scan.after_space(at + 1) + 1)).is_some();
    let end = dutch(scan, at, named || numbered)
        .or_else(|| four_digits(scan, at).filter(|_| named).map(|_| at + 1))?;
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
    // `Achterom 12 (2345 BC)`, `1234 AB Zuiddorp`
    let stands_alone = !scan.text(end - 1).bytes().any(|byte| byte.is_ascii_lowercase())
        && (at > 0 && scan.says(at - 1, "(") && scan.says(end, ")")
            || scan.is_capitalised(scan.after_space(end)));
    (is_dutch && (named || stands_alone)).then_some((at, end))
}

/// The end of a Dutch postcode.
fn dutch(scan: &Scan, at: usize, named: bool) -> Option<usize> {
    four_digits(scan, at)?;
    let letters = scan.after_space(at + 1);
    let word = scan.word(letters).filter(|word| word.len() == 2 && scan.is_end(letters + 1))?;
    let glued = letters == at + 1;
    let written = word.bytes().all(|byte| byte.is_ascii_uppercase())
        || (glued || named)
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !matches!(
                word,
                "en" | "in"
                    | "is"
                    | "op"
                    | "te"
                    | "of"
                    | "om"
                    | "al"
                    | "je"
                    | "we"
                    | "ze"
                    | "ik"
                    | "er"
                    | "nu"
                    | "zo"
                    | "na"
                    | "uw"
                    | "ca"
                    | "eu"
                    | "or"
                    | "at"
                    | "to"
                    | "by"
                    | "ct"
                    | "km"
                    | "kg"
                    | "mb"
                    | "gb"
                    | "mm"
                    | "cm"
                    | "ml"
                    | "wh"
                    | "kw"
            );
    (written && !NO_LETTERS.contains(&&*word.to_uppercase())).then_some(letters + 1)
}

pub(super) fn four_digits<'t>(scan: &Scan<'t>, at: usize) -> Option<&'t str> {
    scan.digits(at).filter(|digits| digits.len() == 4 && !digits.starts_with('0'))
}

/// The end of a house number behind a postcode, with what may stand between.
fn house_behind(scan: &Scan, end: usize) -> Option<usize> {
    let mut at = end;
    for _ in 0..3 {
        let sign = scan.after_space(at);
        let word = scan
            .after_space(sign + usize::from(matches!(scan.text(sign), "," | ":" | "." | "-" | "/" | "+")));
        let is_filler = scan.word(word).is_some_and(|text| {
            let text = text.to_lowercase();
            HOUSE.contains(&&*text) || matches!(&*text, "en" | "met" | "op" | "and" | "is")
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

/// The end of a house number and what belongs to it: `12`, `12a`, `12-2`, `12 bis`, `12-III`, `12 2hoog`,
/// `12 bus 3`.
pub(super) fn house(scan: &Scan, at: usize) -> Option<usize> {
    scan.digits(at).filter(|digits| digits.len() <= 4)?;
    let mut end = at + 1;
    if scan.word(end).is_some_and(is_addition) {
        end += 1;
    }
    if matches!(scan.text(end), "-" | "/") && !scan.is_end(end + 1) && scan.text(end + 1).len() <= 3 {
        end += 2;
        // `17-2hoog`
        end += usize::from(scan.word(end).is_some_and(is_addition));
    }
    let apart = scan.after_space(end);
    if apart > end {
        let word = scan.word(apart).unwrap_or_default();
        let is_letter = word.len() == 1
            && scan.is_end(apart + 1)
            && (scan.is_capitalised(apart)
                || matches!(word, "a" | "b" | "c" | "d") && closes(scan, apart + 1));
        let is_high = || {
            let word = scan.after_space(apart + 1);
            scan.digits(apart).is_some_and(|floor| floor.len() == 1)
                && scan.word(word).is_some_and(|word| matches!(word, "hoog" | "hg"))
        };
        if is_letter || word.len() > 1 && is_addition(word) {
            end = apart + 1;
        } else if is_high() {
            end = scan.after_space(apart + 1) + 1;
        } else if matches!(word, "bus" | "boîte" | "bte" | "app" | "apt" | "toevoeging" | "box" | "unit") {
            let number = scan.after_space(apart + 1 + usize::from(scan.says(apart + 1, ".")));
            let is_number =
                |at: usize| scan.is(at, Kind::Digits) || scan.word(at).is_some_and(|word| word.len() == 1);
            if is_number(number) {
                end = number + 1;
                end += usize::from(is_number(end));
            }
        }
    }
    scan.is_end(end).then_some(end)
}

/// What stands behind the number of a house: a letter, a floor, or which of two colours of plate (Haarlem).
fn is_addition(word: &str) -> bool {
    let small = word.to_lowercase();
    let is_roman = || small.len() <= 4 && small.bytes().all(|byte| matches!(byte, b'i' | b'v'));
    small.len() == 1 && small != "x" && word.is_ascii()
        || matches!(&*small, "bis" | "hs" | "huis" | "hg" | "hoog" | "rd" | "zw" | "boven" | "beneden")
        || is_roman()
}

/// The end of a postcode and the place behind it, or of the place alone.
pub(super) fn place(scan: &Scan, at: usize) -> Option<usize> {
    let comma = scan.says(at, ",");
    let mut at = scan.after_space(at + usize::from(comma));
    if scan.kind(at) == Some(Kind::LineEnd) {
        at += 1;
    }
    let inside = matches!(scan.text(at), "in" | "te" | "à");
    if inside {
        at = scan.after_space(at + 1);
    }
    if scan.says(at, "B") && is_hyphen(scan.text(at + 1)) {
        at += 2;
    }
    let end = dutch(scan, at, true).or_else(|| four_digits(scan, at).map(|_| at + 1));
    let name = end.map_or(at, |end| scan.after_space(end));
    match (end, scan.is_capitalised(name)) {
        (Some(_), true) => Some(place_name(scan, name)),
        (None, true) if comma || inside => Some(place_name(scan, name)),
        // Four digits alone may be a year.
        (Some(end), false) if end > at + 1 => Some(end),
        _ => None,
    }
}

/// The end of the name of a place: `Krimpen aan den IJssel`, `Den Haag`, `Alphen a/d Rijn`.
fn place_name(scan: &Scan, from: usize) -> usize {
    let mut end = from + 1;
    while is_hyphen(scan.text(end)) && scan.is(end + 1, Kind::Word) {
        end += 2;
    }
    let mut at = scan.after_space(end);
    for _ in 0..3 {
        if scan.is_capitalised(at)
            && matches!(scan.text(at.saturating_sub(2)), "aan" | "op" | "de" | "den" | "Den" | "Sint" | "St")
        {
            return at + 1;
        }
        if !matches!(scan.text(at), "aan" | "op" | "de" | "den") {
            break;
        }
        at = scan.after_space(at + 1);
    }
    end
}

/// Whether a number counts something: `Marktplein 3 keer`.
pub(super) fn is_counted(scan: &Scan, after: usize) -> bool {
    COUNTED.contains(&scan.word(scan.after_space(after)).unwrap_or_default())
}

/// Whether the sentence goes on behind a number as it does behind that of a house.
pub(super) fn closes(scan: &Scan, after: usize) -> bool {
    let next = scan.after_space(after);
    match scan.kind_of_any(next) {
        None | Some(Kind::LineEnd) => true,
        Some(Kind::Sign) => {
            !matches!(scan.text(next), "%" | "€" | "$" | "+" | "°" | "\u{bd}" | "=" | "×" | "/")
        }
        Some(Kind::Word) => next > after && CLOSING.contains(&&*scan.text(next).to_lowercase()),
        _ => false,
    }
}

pub(super) fn is_particle(word: &str) -> bool {
    matches!(word, "van" | "de" | "der" | "den" | "het" | "ten" | "ter" | "op" | "aan" | "in")
}

/// Whether a word may be an earlier part of the name of a street.
fn belongs(scan: &Scan, at: usize) -> bool {
    let Some(word) = scan.word(at) else { return false };
    is_particle(word) || word == "Van" || scan.is_capitalised(at) && !LEADING.contains(&&*word.to_lowercase())
}

/// Whether the word before says that a place comes.
fn leads_there(scan: &Scan, at: usize) -> bool {
    let before = scan.before_space(at).and_then(|before| scan.word(before));
    before.is_some_and(|word| LEADING.contains(&&*word.to_lowercase()))
}
