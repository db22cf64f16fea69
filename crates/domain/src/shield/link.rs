//! Addresses of pages. A plain one is what a story may well point to; one with a secret in it opens
//! somebody's order, parcel or account to whoever reads it.

use super::PersonalData;
use super::scan::{Kind, Scan};

/// A number of so many digits in an address is that of one order, parcel or person.
const NUMBER: usize = 7;
/// Keys of a query whose value is somebody's, however short.
const KEYS: [&str; 22] = [
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
];

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
        _ => false,
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

fn is_personal(link: &str) -> bool {
    let (address, rest) = link.split_once(['?', '#']).unwrap_or((link, ""));
    let host_and_path = address.split_once("://").map_or(address, |(_, after)| after);
    let mut parts = host_and_path.split('/');
    let has_user = parts.next().is_some_and(|host| host.contains('@'));
    has_user
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
