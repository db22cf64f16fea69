//! Telephone numbers, payment cards and citizen service numbers: digits in groups, told apart by how
//! many there are, how they begin, and their checksums.

use super::PersonalData;
use super::scan::{Kind, Scan, is_hyphen};

/// Numbers are looked for in at most so many groups of digits.
const GROUPS: usize = 12;
/// Words beside a citizen service number, whose checksum then need not hold: it may be mistyped.
const CITIZEN: [&str; 4] = ["bsn", "burgerservicenummer", "sofinummer", "sofi"];
/// Words beside a telephone number.
#[rustfmt::skip]
const TELEPHONE: [&str; 25] = [
    "tel", "telefoon", "telefoonnummer", "whatsapp", "app", "bel", "bellen", "mobiel", "gsm", "phone", "telefoonnr",
    "telnr", "belt", "gebeld", "appen", "sms", "bereikbaar", "bereiken", "call", "text", "mobile", "whatsappen",
    "thuisnummer", "mobieltje", "vast",
];
/// Numbers that firms answer, by how they begin in the Netherlands or Belgium.
const OF_FIRMS: [&str; 3] = ["088", "070", "078"];

pub(super) fn find(scan: &mut Scan) {
    let mut at = 0;
    while at < scan.len() {
        at = match Groups::at(scan, at) {
            Some(groups) => match groups.meaning(scan) {
                Some((Some(kind), end)) => {
                    scan.found(kind, groups.start, end);
                    end
                }
                Some((None, end)) => {
                    scan.take(groups.start, end);
                    end
                }
                None => at + 1,
            },
            None => at + 1,
        };
    }
}

/// Groups of digits with one sign or space between them.
struct Groups {
    start: usize,
    /// Written with `+` or `00` before the country's number.
    is_international: bool,
    /// After each group: the digits so far, and where it ends.
    after: Vec<(String, usize)>,
    is_date: bool,
}

impl Groups {
    fn at(scan: &Scan, at: usize) -> Option<Self> {
        let plus = scan.is(at, Kind::Sign) && scan.says(at, "+");
        let bracket = scan.is(at, Kind::Sign) && scan.says(at, "(");
        let first = at + usize::from(plus || bracket);
        if !scan.is(first, Kind::Digits) || !scan.is_start(first) || !scan.is_start(at) {
            return None;
        }
        // The middle of a number that was already looked at.
        let before = at.checked_sub(1).is_some_and(|before| {
            matches!(scan.text(before), "." | ",") && before > 0 && scan.is(before - 1, Kind::Digits)
        });
        // `klantenkaart 2620 0417 8839 4` has a telephone number in it by chance.
        let goes_on = scan.before_space(at).is_some_and(|before| {
            before + 2 == at
                && scan.digits(before).is_some_and(|digits| digits.len() > 3)
                && scan.is_start(before)
        });
        if before || goes_on {
            return None;
        }
        let mut digits = String::new();
        let mut after = Vec::new();
        let mut signs = Vec::new();
        let mut end = first;
        while let Some(group) = scan.digits(end).filter(|_| after.len() < GROUPS) {
            digits.push_str(group);
            end += 1;
            after.push((digits.clone(), end));
            match separator(scan, end) {
                Some(next) => {
                    signs.push(scan.text(end));
                    end = next;
                }
                None => break,
            }
        }
        let lengths: Vec<usize> = after
            .iter()
            .scan(0, |before, (digits, _)| Some(digits.len() - std::mem::replace(before, digits.len())))
            .collect();
        let is_date = matches!(*lengths, [1 | 2, 1 | 2, 2 | 4, ..] | [4, 1 | 2, 1 | 2, ..])
            && signs[0] == signs[1]
            // A telephone number in pairs goes on.
            && signs.get(2) != Some(&signs[0])
            && signs[0] != " "
            && plausible_date(&after);
        let is_international = plus || digits.starts_with("00");
        Some(Self { start: at, is_international, after, is_date })
    }

    /// What the longest run of groups is that means something, and where it ends; `None` as a kind
    /// where it is a number of nobody in particular.
    fn meaning(&self, scan: &Scan) -> Option<(Option<PersonalData>, usize)> {
        if self.is_date && !self.is_international {
            return Some((None, self.after[2].1));
        }
        let whole = || self.after.iter().rev().filter(|(_, end)| scan.is_end(*end));
        for (digits, end) in whole() {
            let end = *end;
            if is_card(digits) && !self.is_international {
                return Some((Some(PersonalData::Card), end));
            }
            if let Some(is_firm) = self.telephone(digits, scan.follows_word(self.start, 6, &TELEPHONE)) {
                return Some(((!is_firm).then_some(PersonalData::Phone), end));
            }
            if is_citizen(digits, scan.follows_word(self.start, 8, &CITIZEN)) {
                return Some((Some(PersonalData::Bsn), end));
            }
        }
        None
    }

    /// Whether a telephone number is a firm's; `None` where it is no telephone number.
    fn telephone(&self, digits: &str, named: bool) -> Option<bool> {
        if self.is_international {
            let number = digits.strip_prefix("00").unwrap_or(digits);
            let national = number.strip_prefix("31").or_else(|| number.strip_prefix("32"));
            return match national {
                Some(national) => {
                    let national = national.strip_prefix('0').unwrap_or(national);
                    matches!(national.len(), 8 | 9).then(|| is_firm(&format!("0{national}")))
                }
                None => (8..=15).contains(&number.len()).then_some(false),
            };
        }
        let is_national = digits.starts_with('0') && !digits.starts_with("00");
        // `(212) 555-0143`, `212-555-0143`: the plan of North America.
        let is_american = || {
            let ends: Vec<_> = self.after.iter().map(|(digits, _)| digits.len()).collect();
            matches!(*ends, [3, 6, 10, ..]) && digits.len() == 10 && !digits.starts_with(['0', '1'])
        };
        if is_american() {
            return Some(false);
        }
        // As one group: `09 061 85 29` is somebody in Gent.
        if ["0800", "0900", "0906", "0909"].iter().any(|begin| self.after[0].0.starts_with(begin)) {
            return (7..=11).contains(&digits.len()).then_some(true);
        }
        // The plus was left out.
        if digits.len() == 11 && (digits.starts_with("316") || digits.starts_with("324")) {
            return Some(false);
        }
        // The 0 was left out.
        if digits.len() == 9 && digits.starts_with('6') && named {
            return Some(false);
        }
        // Nine digits in one piece are told by their checksum instead.
        let is_in_groups = self.after.len() > 1;
        // Eleven in Britain, and in German cities.
        let fits = digits.len() == 10
            || digits.len() == 9 && (is_in_groups || named)
            || digits.len() == 11 && (is_in_groups || named || digits.starts_with("07"));
        (is_national && fits).then(|| is_firm(digits))
    }
}

/// Where the next group begins.
fn separator(scan: &Scan, at: usize) -> Option<usize> {
    let kind = scan.kind(at)?;
    let is_single =
        kind == Kind::Space || is_hyphen(scan.text(at)) || matches!(scan.text(at), "." | "/" | ")" | "_");
    let mut next = at;
    if is_single {
        next += 1;
        // `06 - 12 34` and `(020) 123`.
        if kind == Kind::Space && (is_hyphen(scan.text(next)) || scan.says(next, "/")) {
            next += 1;
        }
        next = scan.after_space(next);
        // `+31 (0)6`.
        if scan.says(next, "(") && scan.says(next + 1, "0") && scan.says(next + 2, ")") {
            next += 1;
        }
    } else if scan.says(at, "(") && scan.says(at + 1, "0") && scan.says(at + 2, ")") {
        next += 1;
    }
    (next > at && scan.is(next, Kind::Digits)).then_some(next)
}

/// With ten digits, 070 and 078 are The Hague and Dordrecht.
fn is_firm(national: &str) -> bool {
    OF_FIRMS.iter().any(|begin| national.starts_with(begin) && (national.len() == 9 || *begin == "088"))
}

/// Thirteen to nineteen digits with a check digit by Luhn's formula (ISO/IEC 7812-1, annex B).
fn is_card(digits: &str) -> bool {
    let value = |byte: u8| u32::from(byte - b'0');
    let sum = || {
        digits.bytes().rev().enumerate().fold(0, |sum, (place, byte)| {
            let doubled = value(byte) * 2;
            sum + if place % 2 == 0 { value(byte) } else { doubled / 10 + doubled % 10 }
        })
    };
    (13..=19).contains(&digits.len()) && digits.starts_with(['2', '3', '4', '5', '6']) && sum() % 10 == 0
}

/// Nine digits of which nine times the first, eight times the second and so on, less the last, is a
/// multiple of eleven. Of eight digits the first, a 0, was left out.
fn is_citizen(digits: &str, is_named: bool) -> bool {
    if is_named {
        return matches!(digits.len(), 8 | 9);
    }
    let weighed = || {
        let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
        digits.bytes().zip(weights).map(|(byte, weight)| i32::from(byte - b'0') * weight).sum::<i32>()
    };
    digits.len() == 9 && digits.bytes().any(|byte| byte != b'0') && weighed() % 11 == 0
}

fn plausible_date(after: &[(String, usize)]) -> bool {
    let number = |from: usize, to: usize| after[2].0[from..to].parse::<u32>().unwrap_or(0);
    let (first, second) = (after[0].0.len(), after[1].0.len());
    let (a, b) = (number(0, first), number(first, second));
    let c = number(second, after[2].0.len());
    let (day, month) = if first == 4 { (c, b) } else { (a, b) };
    (1..=31).contains(&day) && (1..=12).contains(&month)
        || first != 4 && (1..=31).contains(&b) && (1..=12).contains(&a)
}
