//! Licence plates, Dutch and Belgian.

use super::PersonalData;
use super::scan::{Kind, Scan, is_hyphen};

/// How the words begin or end that say that a plate follows.
#[rustfmt::skip]
const WORDS: [&str; 29] = [
    "kenteken", "nummerplaat", "nrplaat", "plate", "parkeren", "auto", "wagen", "busje", "bestelbus", "bus",
    "voertuig", "ingeschreven", "registration", "plaat", "parkeer", "geparkeerd", "motor", "scooter", "aanhanger", "caravan", "camper", "car",
    "opel", "volvo", "toyota", "volkswagen", "ford", "renault", "fiat",
];
/// The first so many of them are about the plate itself.
const PLATES: usize = 5;
/// So many tokens before a plate may stand what it is on.
const NEAR: usize = 12;
/// Letters that stand on no Dutch plate of these shapes (RDW): vowels, and what looks like something else.
const NOT_ON_PLATES: [char; 9] = ['A', 'E', 'I', 'O', 'U', 'C', 'Q', 'M', 'W'];
/// The shapes of Dutch plates (RDW, sidecodes 1 to 14): letters as `X`, digits as `9`.
const DUTCH: [&str; 14] = [
    "XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9", "9-XXX-99",
    "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
];
/// Those of them that nothing else has when the hyphens are left out: product names end in digits.
const WITHOUT_HYPHENS: [&str; 8] =
    ["XX999X", "X999XX", "XXX99X", "X99XXX", "99XXX9", "9XXX99", "9XX999", "999XX9"];
/// The shape of Belgian plates since 2010, then the two before that.
const BELGIAN: [&str; 3] = ["9-XXX-999", "XXX-999", "999-XXX"];

pub(super) fn find(scan: &mut Scan) {
    let mut at = 0;
    while at < scan.len() {
        at = match plate(scan, at) {
            Some(end) => {
                scan.found(PersonalData::LicencePlate, at, end);
                end
            }
            None => at + 1,
        };
    }
}

fn plate(scan: &Scan, at: usize) -> Option<usize> {
    if !matches!(scan.kind(at), Some(Kind::Word | Kind::Digits)) || !scan.is_start(at) {
        return None;
    }
    // Most words are longer than any part of a plate, and have no digits near.
    if scan.text(at).len() > 6 || !(at..at + 5).any(|near| scan.is(near, Kind::Digits)) {
        return None;
    }
    let named = match is_named(scan, at, &WORDS) {
        false => Named::No,
        true if is_named(scan, at, &WORDS[..PLATES]) => Named::Well,
        true => Named::Near,
    };
    let mut shape = String::new();
    let (mut is_small, mut is_spaced, mut is_plain) = (false, false, true);
    let mut end = at;
    let mut found = None;
    while shape.len() < 10 {
        let text = scan.text(end);
        match scan.kind(end) {
            Some(Kind::Digits) => shape.extend(std::iter::repeat_n('9', text.len())),
            Some(Kind::Word) if text.is_ascii() => {
                is_small |= text.bytes().any(|byte| byte.is_ascii_lowercase());
                is_plain &= !text.contains(NOT_ON_PLATES);
                shape.extend(std::iter::repeat_n('X', text.len()));
            }
            Some(Kind::Sign)
                if (is_hyphen(text) || named != Named::No && text == ".") && !scan.is_end(end + 1) =>
            {
                shape.push('-');
            }
            // People leave the hyphens out.
            Some(Kind::Space)
                if shape.len() < 8 && !scan.is_end(end + 1) && scan.text(end + 1).len() <= 3 =>
            {
                is_spaced = true;
                shape.push('-');
            }
            _ => break,
        }
        end += 1;
        let is_whole = scan.is_end(end) && !shape.ends_with('-');
        if is_whole && is_plate(&shape, &Looks { named, is_small, is_spaced, is_plain }) {
            found = Some(end);
        }
    }
    found
}

/// Whether something near says that a plate comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    No,
    /// What bears plates.
    Near,
    /// The plate itself.
    Well,
}

/// How what may be a plate is written.
struct Looks {
    named: Named,
    is_small: bool,
    is_spaced: bool,
    /// Without a letter that no plate has.
    is_plain: bool,
}

fn is_plate(shape: &str, looks: &Looks) -> bool {
    let plain = |shape: &str| shape.replace('-', "");
    let is_known = DUTCH.contains(&shape) || BELGIAN[0] == shape;
    // `1300 kg`, `27 in de`: with spaces the groups have to be those of a plate, and no words.
    if looks.named != Named::No
        && looks.is_spaced
        && !(is_known && (!looks.is_small || looks.named == Named::Well))
    {
        return false;
    }
    if looks.named != Named::No {
        let known = || DUTCH.iter().chain(&BELGIAN).any(|known| plain(known) == plain(shape));
        return is_known || known() && shape.contains('9') && shape.contains('X');
    }
    if looks.is_small {
        return false;
    }
    if looks.is_spaced {
        // As many groups as a plate has, and no `MX 500 S`.
        return looks.is_plain && is_known && WITHOUT_HYPHENS.contains(&&*plain(shape));
    }
    is_known || WITHOUT_HYPHENS.contains(&shape)
}

fn is_named(scan: &Scan, at: usize, words: &[&str]) -> bool {
    (at.saturating_sub(NEAR)..at).filter(|before| scan.kind_of_any(*before) == Some(Kind::Word)).any(
        |before| {
            let word = scan.text(before).to_lowercase();
            words.iter().any(|known| {
                word == *known
                    || known.len() > 3
                        && word != "plaats"
                        && (word.starts_with(known) || word.ends_with(known))
            })
        },
    )
}
