//! E-mail addresses, also those written so that machines do not see them.

use super::PersonalData;
use super::scan::{Kind, Scan};

/// The longest part before the `@` (RFC 5321, 4.5.3.1.1), and the longest domain, in tokens.
const REACH: usize = 64;

pub(super) fn find(scan: &mut Scan) {
    let mut at = 0;
    while at < scan.len() {
        at = match address_around(scan, at) {
            Some((from, to)) => {
                scan.found(PersonalData::Email, from, to);
                to
            }
            None => at + 1,
        };
    }
}

/// An address whose `@` begins at a token.
fn address_around(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    let (left, right) = at_sign(scan, at)?;
    let from = local_part(scan, left)?;
    let to = domain(scan, right)?;
    Some((from, to))
}

/// Where the parts before and after an `@` meet it: `@`, `(at)`, `[at]`, with spaces around or not.
fn at_sign(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    if scan.says(at, "@") && scan.is(at, Kind::Sign) {
        // `info @ winkel.example`: no handle of anybody, since a domain follows.
        let spaced = at > 0 && scan.is(at - 1, Kind::Space);
        return Some((at - usize::from(spaced), scan.after_space(at + 1)));
    }
    // `jan apenstaartje post punt example`
    let spelled =
        scan.word(at).is_some_and(|word| matches!(&*word.to_lowercase(), "apenstaartje" | "apenstaart"));
    if spelled && scan.is_start(at) && at > 0 {
        return Some((at - 1, scan.after_space(at + 1)));
    }
    let inside = |at: usize| scan.after_space(at);
    let word = inside(at + 1);
    let close = inside(word + 1);
    let in_brackets = matches!(scan.text(at), "(" | "[" | "{")
        && scan.word(word).is_some_and(|word| matches!(&*word.to_lowercase(), "at" | "apenstaartje"))
        && matches!(scan.text(close), ")" | "]" | "}");
    let left = at - usize::from(at > 0 && scan.is(at - 1, Kind::Space));
    in_brackets.then(|| (left, scan.after_space(close + 1)))
}

fn local_part(scan: &Scan, end: usize) -> Option<usize> {
    let belongs = |at: usize| match scan.kind(at) {
        Some(Kind::Word | Kind::Digits) => true,
        Some(Kind::Sign) => matches!(scan.text(at), "." | "_" | "-" | "+" | "%" | "'" | "&"),
        _ => false,
    };
    let mut from = end;
    while from > 0 && end - from < REACH && belongs(from - 1) {
        from -= 1;
    }
    // What opens a quotation or a list is not part of it.
    while from < end && matches!(scan.kind(from), Some(Kind::Sign)) {
        from += 1;
    }
    (from < end).then_some(from)
}

/// The end of a domain with at least one dot and a last part of letters. A dot may be written
/// `punt` or `dot`, between spaces or brackets.
fn domain(scan: &Scan, start: usize) -> Option<usize> {
    let mut at = start;
    let mut end = None;
    let mut dots = 0;
    while at - start < REACH {
        let label = at;
        while matches!(scan.kind(at), Some(Kind::Word | Kind::Digits)) || (at > label && scan.says(at, "-")) {
            at += 1;
        }
        if at == label {
            break;
        }
        if dots > 0 && scan.is(at - 1, Kind::Word) && scan.text(at - 1).len() >= 2 {
            end = Some(at);
        }
        match dot(scan, at) {
            Some(after) => at = after,
            None => break,
        }
        dots += 1;
    }
    end
}

fn dot(scan: &Scan, at: usize) -> Option<usize> {
    if scan.says(at, ".") {
        return Some(at + 1);
    }
    let open = scan.after_space(at);
    let word = open + usize::from(matches!(scan.text(open), "(" | "["));
    let spelled = scan.word(word).is_some_and(|word| matches!(&*word.to_lowercase(), "punt" | "dot"));
    let close = word + 1 + usize::from(matches!(scan.text(word + 1), ")" | "]"));
    (spelled && word > at).then(|| scan.after_space(close))
}
