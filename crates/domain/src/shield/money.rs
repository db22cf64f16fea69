//! Bank accounts, and amounts of money, which are no numbers of anybody.

use super::PersonalData;
use super::scan::{Kind, Scan, is_hyphen};

/// How long the account numbers of a country are (SWIFT, IBAN registry).
const LENGTHS: [(&str, usize); 45] = [
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("TR", 26),
];
/// Words beside an account number that was mistyped, which leads to its owner all the same.
const WORDS: [&str; 5] = ["iban", "rekeningnummer", "bankrekening", "rekening", "account"];

pub(super) fn find(scan: &mut Scan) {
    for at in 0..scan.len() {
        if let Some(end) = account(scan, at) {
            scan.found(PersonalData::Iban, at, end);
        } else if let Some(end) = amount(scan, at) {
            scan.take(at, end);
        }
    }
}

fn account(scan: &Scan, at: usize) -> Option<usize> {
    let country = scan.word(at).filter(|word| word.len() == 2 && scan.is_start(at))?.to_ascii_uppercase();
    let length = LENGTHS.iter().find(|(known, _)| *known == country)?.1;
    let mut characters = String::with_capacity(length);
    let mut end = at;
    while characters.len() < length {
        match scan.kind(end)? {
            Kind::Word | Kind::Digits => characters.push_str(scan.text(end)),
            // One sign or space between groups.
            _ if end == at || matches!(scan.kind(end - 1), Some(Kind::Space | Kind::Sign)) => return None,
            Kind::Space if scan.text(end).chars().count() == 1 => {}
            Kind::Sign if is_hyphen(scan.text(end)) || scan.says(end, ".") => {}
            _ => return None,
        }
        end += 1;
    }
    let fits = characters.len() == length
        && characters.is_ascii()
        && characters.as_bytes()[2..4].iter().all(u8::is_ascii_digit)
        && scan.is_end(end);
    let is_one = fits && (checks(&characters) || scan.follows_word(at, 8, &WORDS));
    is_one.then_some(end)
}

/// ISO 13616: the first four characters at the end, letters as 10 to 35, modulo 97 is 1.
fn checks(account: &str) -> bool {
    let (front, back) = account.split_at(4);
    let rest = back.chars().chain(front.chars()).fold(0, |rest, character| {
        let value = character.to_digit(36).unwrap_or(0);
        (rest * if value < 10 { 10 } else { 100 } + value) % 97
    });
    rest == 1
}

/// The number of an amount: a currency before it, or after it.
fn amount(scan: &Scan, at: usize) -> Option<usize> {
    if !scan.is(at, Kind::Digits) || !scan.is_start(at) {
        return None;
    }
    let is_currency = |at: usize| {
        matches!(
            &*scan.text(at).to_lowercase(),
            "€" | "$" | "£" | "eur" | "euro" | "euro's" | "cent" | "dollar" | "pond"
        )
    };
    let before = scan.before_space(at).is_some_and(is_currency);
    let mut end = at + 1;
    // Thousands, millions, cents.
    while end < at + 9 && matches!(scan.text(end), "." | ",") && scan.is(end + 1, Kind::Digits) {
        end += 2;
    }
    let after = is_currency(scan.after_space(end));
    (before || after).then_some(end)
}
