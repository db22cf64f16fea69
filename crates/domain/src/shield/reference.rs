//! Numbers under which a firm keeps somebody: of an order, a customer, an invoice, a parcel.

use super::PersonalData;
use super::scan::{Kind, Scan, is_hyphen};

/// How many tokens may stand between the word and its number.
const REACH: usize = 12;
/// A code has at most so many tokens.
const TOKENS: usize = 24;
/// Digits in one piece that are too many for a count or a year.
const LONG: usize = 7;

/// What the word before a number promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// `bestelnummer`, `reference`: whatever comes is the number.
    Number,
    /// `bestelling`, `ticket`: what comes may be a number.
    Thing,
}

pub(super) fn find(scan: &mut Scan) {
    let mut at = 0;
    while at < scan.len() {
        if let Some((from, to)) = promise(scan, at).and_then(|promise| promised(scan, at + 1, promise)) {
            scan.found(PersonalData::Reference, from, to);
            at = to;
            // `88121 en 88122`
            while let Some((from, to)) = another(scan, at, scan.slice(from, to)) {
                scan.found(PersonalData::Reference, from, to);
                at = to;
            }
        } else if let Some(to) = bare(scan, at) {
            scan.found(PersonalData::Reference, at, to);
            at = to;
        } else {
            at += 1;
        }
    }
}

/// A number like the one that ended at a token, in a row with it.
fn another(scan: &Scan, end: usize, like: &str) -> Option<(usize, usize)> {
    let mut at = end;
    for _ in 0..5 {
        match scan.text(at) {
            " " | "," | "/" | "+" | "&" | "en" | "of" | "and" | "or" | "nr" | "." | "#" => at += 1,
            _ => break,
        }
    }
    let (to, ..) = code(scan, at).filter(|_| at > end)?;
    let shape =
        |text: &str| text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect::<String>();
    let alike =
        like.len() > 3 && like.len() == scan.slice(at, to).len() && shape(like) == shape(scan.slice(at, to));
    (alike && !is_counted(scan, to)).then_some((at, to))
}

fn promise(scan: &Scan, at: usize) -> Option<Promise> {
    let word = scan.word(at)?.to_lowercase();
    // Numbers of things that many people have.
    let common = [
        "artikel",
        "cartridge",
        "model",
        "type",
        "product",
        "huis",
        "telefoon",
        "kamer",
        "rug",
        "pagina",
        "isbn",
        "versie",
    ];
    let is_number =
        ["nummer", "nummers", "nr", "nrs", "numbers", "number", "kenmerk", "referentie", "reference"]
            .iter()
            .any(|ending| word.ends_with(ending))
            || word == "ref";
    if is_number {
        let before = scan.before_space(at).and_then(|before| scan.word(before)).unwrap_or_default();
        let is_common = |word: &str| common.iter().any(|begin| word.starts_with(begin));
        return (!is_common(&word)
            && !is_common(&before.to_lowercase())
            && !before.eq_ignore_ascii_case("phone"))
        .then_some(Promise::Number);
    }
    let is_trace = word == "trace" && scan.follows_word(at, 4, &["track"]);
    let things = [
        "bestelling",
        "order",
        "orders",
        "factuur",
        "klant",
        "customer",
        "betreft",
        "zaak",
        "dossier",
        "contract",
        "abonnement",
        "polis",
        "melding",
        "retour",
        "pakket",
        "pakje",
        "zending",
        "barcode",
        "trackingcode",
        "trackcode",
        "tracking",
        "ticket",
        "case",
        "invoice",
        "parcel",
        "policy",
        "claim",
        "shipment",
        "lidnr",
        "klantcode",
        "ordercode",
        "bestelcode",
        "boeking",
        "boekingscode",
        "reservering",
        "reserveringscode",
        "booking",
        "klacht",
        "offerte",
        "klantenkaart",
        "lidmaatschap",
        "ledenkaart",
        "spaarkaart",
        "klantenpas",
        "cadeaubon",
        "cadeaukaart",
        "voucher",
        "schade",
        "aanvraag",
        "membership",
        "quote",
        "incident",
        "giftcard",
    ];
    let code = word.ends_with("code") && !matches!(&*word, "postcode" | "kortingscode" | "code" | "pincode");
    if is_trace {
        return Some(Promise::Number);
    }
    // `werkbon`, `klantenkaart`, `webbestelling`.
    let ends =
        ["bestelling", "order", "factuur", "bon", "kaart", "pas", "polis", "zending", "dossier", "boeking"];
    let is_kind = || ends.iter().any(|ending| word.ends_with(ending));
    (code || things.contains(&&*word) || is_kind()).then_some(Promise::Thing)
}

/// The number that a word promised, from a token on.
fn promised(scan: &Scan, from: usize, promise: Promise) -> Option<(usize, usize)> {
    let mut at = from;
    while at < from + REACH {
        match scan.kind(at)? {
            Kind::Space => at += 1,
            Kind::Sign
                if matches!(
                    scan.text(at),
                    ":" | "#" | "." | "(" | "=" | "\"" | "'" | "№" | "`" | "*" | "‘" | "“" | "[" | ","
                ) =>
            {
                at += 1;
            }
            Kind::Sign if is_hyphen(scan.text(at)) => at += 1,
            Kind::Word if is_filler(scan.word(at).unwrap_or_default()) && scan.is_end(at + 1) => at += 1,
            Kind::Word | Kind::Digits => break,
            Kind::LineEnd | Kind::Sign => return None,
        }
    }
    // `SN 4418 2290`.
    let prefix =
        scan.word(at).filter(|word| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
    let first = if prefix.is_some() && scan.is(at + 1, Kind::Space) { at + 2 } else { at };
    let (mut to, mut digits, letters) = code(scan, first)?;
    // `12 34 56`, but not the year or the amount that comes next.
    if letters == 0 {
        while scan.is(to, Kind::Space)
            && scan.digits(to + 1).is_some_and(|group| group.len() <= 4)
            && scan.is_end(to + 2)
            && !is_counted(scan, to + 2)
            && digits < 24
        {
            digits += scan.text(to + 1).len();
            to += 2;
        }
    }
    // Numbers that firms answer.
    if matches!(scan.slice(at, to), "0800" | "0900" | "0906" | "0909" | "112" | "088") {
        return None;
    }
    let is_year = digits == 4 && letters == 0 && matches!(scan.text(at).get(..2), Some("19" | "20"));
    // What airlines and hotels call a booking.
    let is_capital = !scan.slice(at, to).bytes().any(|byte| byte.is_ascii_lowercase());
    let is_one = match promise {
        Promise::Number => digits >= 3 || digits >= 1 && letters >= 1 && digits + letters >= 5,
        Promise::Thing => {
            digits + letters == 6 && digits >= 1 && is_capital
                || digits >= 5
                || digits >= 3 && letters >= 1
                || digits == 4 && !is_year && has_number_sign(scan, at)
        }
    };
    (is_one && !is_time(scan, at, to)).then_some((at, to))
}

/// A code that says by itself what it is: many digits in one piece, or letters with them.
fn bare(scan: &Scan, at: usize) -> Option<usize> {
    // Nor is the number of a thing that many people have.
    if !scan.is_start(at) || scan.follows_word(at, 4, &["ean", "gtin", "isbn"]) {
        return None;
    }
    let (to, digits, letters) = code(scan, at)?;
    let first = scan.slice(at, to);
    let pieces = first.split(|c: char| !c.is_ascii_alphanumeric());
    let in_one_piece =
        pieces.map(|piece| piece.bytes().filter(u8::is_ascii_digit).count()).max().unwrap_or(0);
    let capitals = !first.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_code = if letters == 0 {
        in_one_piece >= LONG && !first.ends_with("00000") && !is_counted(scan, to)
    } else {
        digits >= 6 && in_one_piece >= 5 && capitals
    };
    is_code.then_some(to)
}

/// The end of a code without spaces, and how many digits and letters it has.
fn code(scan: &Scan, at: usize) -> Option<(usize, usize, usize)> {
    let (mut digits, mut letters, mut end) = (0, 0, at);
    while end < at + TOKENS {
        let text = scan.text(end);
        match scan.kind(end) {
            Some(Kind::Digits) => digits += text.len(),
            Some(Kind::Word) if text.is_ascii() => letters += text.len(),
            Some(Kind::Sign)
                if end > at
                    && (is_hyphen(text) || matches!(text, "/" | "_" | "."))
                    && !scan.is_end(end + 1) => {}
            _ => break,
        }
        end += 1;
    }
    (digits > 0 && letters <= 2 * digits + 4).then_some((end, digits, letters))
}

fn has_number_sign(scan: &Scan, at: usize) -> bool {
    at > 0 && scan.says(at - 1, "#")
}

fn is_time(scan: &Scan, at: usize, to: usize) -> bool {
    scan.slice(at, to).len() <= 5 && scan.says(to, ":") || is_counted(scan, to)
}

fn is_counted(scan: &Scan, after: usize) -> bool {
    let after = scan.word(scan.after_space(after)).unwrap_or_default();
    matches!(
        after,
        "uur" | "euro" | "procent" | "dagen" | "keer" | "stuks" | "times" | "days" | "mensen" | "punten"
    )
}

fn is_filler(word: &str) -> bool {
    matches!(
        &*word.to_lowercase(),
        "is" | "was"
            | "nummer"
            | "nr"
            | "no"
            | "number"
            | "van"
            | "mijn"
            | "het"
            | "de"
            | "met"
            | "onder"
            | "code"
            | "id"
            | "my"
            | "the"
            | "with"
            | "ons"
            | "onze"
            | "uw"
            | "je"
            | "luidt"
            | "dat"
            | "volgende"
            | "als"
            | "had"
            | "heeft"
    )
}
