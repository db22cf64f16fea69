//! Licence plates, Dutch and Belgian.

use super::PersonalData;
use super::scan::{Kind, Scan, is_hyphen};

/// Words that say that a plate follows.
const WORDS: [&str; 13] = [
    "kenteken",
    "kentekens",
    "nummerplaat",
    "nrplaat",
    "plaat",
    "auto",
    "wagen",
    "busje",
    "bestelbus",
    "voertuig",
    "ingeschreven",
    "registration",
    "plate",
];
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
    let named = scan.follows_word(at, 6, &WORDS);
    let mut shape = String::new();
    let mut is_small = false;
    let mut end = at;
    while shape.len() < 10 {
        let text = scan.text(end);
        match scan.kind(end) {
            Some(Kind::Digits) => shape.extend(std::iter::repeat_n('9', text.len())),
            Some(Kind::Word) if text.is_ascii() => {
                is_small |= text.bytes().any(|byte| byte.is_ascii_lowercase());
                shape.extend(std::iter::repeat_n('X', text.len()));
            }
            Some(Kind::Sign) if (is_hyphen(text) || named && text == ".") && !scan.is_end(end + 1) => {
                shape.push('-');
            }
            // People leave the hyphens out.
            Some(Kind::Space) if named && shape.len() < 8 && !scan.is_end(end + 1) => {
                let ahead = scan.text(end + 1);
                if ahead.len() > 3 || ahead.bytes().any(|byte| byte.is_ascii_lowercase()) {
                    break;
                }
                shape.push('-');
            }
            _ => break,
        }
        end += 1;
    }
    let plain = |shape: &str| shape.replace('-', "");
    let is_known = DUTCH.contains(&&*shape) || BELGIAN[0] == shape;
    let is_bare = || {
        let known = || DUTCH.iter().chain(&BELGIAN).any(|known| plain(known) == plain(&shape));
        named && known() && shape.contains('9') && shape.contains('X')
    };
    let in_one_piece = !is_small && WITHOUT_HYPHENS.contains(&&*shape);
    let is_plate = scan.is_end(end) && (is_known && (named || !is_small) || in_one_piece || is_bare());
    is_plate.then_some(end)
}
