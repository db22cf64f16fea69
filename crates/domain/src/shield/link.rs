//! Addresses of pages. A plain one is what a story may well point to; one with a secret in it opens
//! somebody's order, parcel or account to whoever reads it.

use super::PersonalData;
use super::scan::{Kind, Scan};

/// A number of so many digits in an address is that of one order, parcel or person.
const NUMBER: usize = 7;
/// The name of a host has at most so many tokens.
const LABELS: usize = 16;
/// Keys of a query whose value is somebody's, however short.
#[rustfmt::skip]
const KEYS: [&str; 35] = [
    "token",
    "key",
    "code",
    "sig",
    "signature",
    "auth",
    "session",
    "sid",
    "email",
    "mail",
    "order",
    "orderid",
    "customer",
    "klant",
    "hash",
    "postcode",
    "pin",
    "uid",
    "user",
    "invite",
    "ticket",
    "parcel",
    "zip", "tel", "phone", "name", "naam", "bestelling", "bestelnummer", "ordernummer", "factuur", "klantnummer",
    "lidnummer", "reset", "tk",
];
/// The part of an address after which a person's name stands.
#[rustfmt::skip]
const PEOPLE: [&str; 14] = [
    "in", "gebruiker", "gebruikers", "user", "users", "profiel", "profile", "profielen", "profiles", "member",
    "members", "lid", "leden", "people",
];
/// Sites on which a page is a person's more often than a firm's; only where its name looks like one.
const SOCIAL: [&str; 6] =
    ["facebook.com", "instagram.com", "tiktok.com", "twitter.com", "x.com", "snapchat.com"];

pub(super) fn find(scan: &mut Scan) {
    let mut at = 0;
    while at < scan.len() {
        if let Some(end) = end_of_link(scan, at) {
            if is_personal(scan.slice(at, end)) {
                scan.found(PersonalData::Link, at, end);
            } else {
                // Its numbers are no telephone numbers.
                scan.take(at, end);
            }
            at = end;
        } else {
            at += 1;
        }
    }
}

fn end_of_link(scan: &Scan, at: usize) -> Option<usize> {
    let word = scan.word(at)?.to_ascii_lowercase();
    let begins = match &*word {
        "http" | "https" => scan.says(at + 1, ":") && scan.says(at + 2, "/") && scan.says(at + 3, "/"),
        "www" => scan.says(at + 1, "."),
        _ => is_host(scan, at),
    };
    if !begins || !scan.is_start(at) {
        return None;
    }
    let mut end = at;
    while !matches!(scan.kind(end), None | Some(Kind::Space | Kind::LineEnd))
        && !matches!(scan.text(end), ")" | "]" | ">" | "<" | "\"")
    {
        end += 1;
    }
    // The sentence's own signs at the end.
    while matches!(scan.text(end - 1), "." | "," | "!" | "?" | ";" | ":") {
        end -= 1;
    }
    Some(end)
}

/// A host without `https://` or `www.`, known by the path behind it: `winkel.example/retour`.
fn is_host(scan: &Scan, at: usize) -> bool {
    let mut end = at;
    let mut dots = 0;
    let mut last = at;
    while end < at + LABELS {
        match scan.kind(end) {
            Some(Kind::Word | Kind::Digits) => last = end,
            Some(Kind::Sign) if scan.says(end, ".") && !scan.is_end(end + 1) => dots += 1,
            Some(Kind::Sign) if scan.says(end, "-") && !scan.is_end(end + 1) => {}
            _ => break,
        }
        end += 1;
    }
    // `a.u.b./alstublieft` has no last part of two letters, `3.5/5` none of letters.
    let is_last = scan.word(last).is_some_and(|word| word.len() >= 2 && word.is_ascii());
    let before = at.checked_sub(1).map(|before| scan.text(before)).unwrap_or_default();
    dots > 0
        && is_last
        && scan.says(last - 1, ".")
        && scan.says(end, "/")
        && !scan.is_end(end + 1)
        && !matches!(before, "." | "-" | "@" | "/")
}

fn is_personal(link: &str) -> bool {
    let (address, rest) = link.split_once(['?', '#']).unwrap_or((link, ""));
    let host_and_path = address.split_once("://").map_or(address, |(_, after)| after);
    let mut parts = host_and_path.split('/');
    let host = parts.next().unwrap_or_default();
    let has_user = host.contains('@');
    let is_person = || {
        let mut path = host_and_path.split('/').skip(1);
        let named = path
            .clone()
            .zip(path.clone().skip(1))
            .any(|(before, name)| !name.is_empty() && PEOPLE.contains(&&*before.to_ascii_lowercase()));
        let host = host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
        let social = SOCIAL.contains(&&*host)
            && path.next().is_some_and(|name| {
                name.contains(['.', '_', '@']) || name.bytes().any(|c| c.is_ascii_digit())
            });
        named || social
    };
    has_user
        || is_person()
        || parts.any(is_secret)
        || rest.split(['&', '?', '#', ';']).any(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or(("", pair));
            let is_theirs = !value.is_empty() && KEYS.contains(&&*key.to_ascii_lowercase());
            is_theirs || is_secret(value) || value.contains('@') || value.contains("%40")
        })
}

/// Whether no word and no title is spelled like this: letters and digits in turns, or a long number.
fn is_secret(part: &str) -> bool {
    // A date has eight at most.
    if part.bytes().filter(u8::is_ascii_digit).count() > 8 {
        return true;
    }
    // `K4X9-TT72-0BQM`
    let mixed = |piece: &&str| {
        piece.bytes().any(|c| c.is_ascii_digit()) && piece.bytes().any(|c| c.is_ascii_uppercase())
    };
    if part.split('-').filter(mixed).count() > 1 {
        return true;
    }
    // `kTvQpLwXzbNm`: capitals in the middle, over and over.
    let cases = part.as_bytes().windows(2).filter(|pair| {
        pair.iter().all(u8::is_ascii_alphabetic)
            && pair[0].is_ascii_lowercase() != pair[1].is_ascii_lowercase()
    });
    if part.len() >= 10 && cases.count() * 2 >= part.len() {
        return true;
    }
    // Titles in addresses are words between signs.
    part.split(['-', '.', '_', '~', ',']).any(|piece| {
        let turns = piece
            .as_bytes()
            .windows(2)
            .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
            .count();
        let digits = piece.bytes().filter(u8::is_ascii_digit).count();
        turns >= 3 && piece.len() >= 6
            || turns >= 1 && piece.len() >= 16
            || turns >= 2 && piece.len() >= 10
            || digits >= NUMBER
    })
}
