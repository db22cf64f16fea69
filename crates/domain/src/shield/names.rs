//! Likely names of people who work at the shop: after a title, after a word that introduces a name, in
//! apposition, under a greeting, and given names anywhere.

use super::PersonalData;
use super::people::{
    FIRMS, FUNCTIONS, GIVEN, GREETINGS, HONORIFICS, INTRODUCTIONS, NAMED_BY, NO_NAMES, PARTICLES, SHORTENED,
    WORDS_AS_WELL,
};
use super::scan::{Kind, Scan};

/// A name has at most so many words.
const WORDS: usize = 5;

pub(super) fn find(scan: &mut Scan) {
    let mut at = 0;
    while at < scan.len() {
        at = match name_after(scan, at) {
            Some((from, to)) => {
                scan.found(PersonalData::StaffName, from, to);
                to
            }
            None => at + 1,
        };
    }
}

/// The name that the word at a token introduces, or is.
fn name_after(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    let word = scan.word(at).filter(|_| scan.is_start(at))?.to_lowercase();
    if GREETINGS.contains(&&*word) {
        return under_greeting(scan, at + 1);
    }
    introduced(scan, at, &word).or_else(|| given(scan, at, &word))
}

fn introduced(scan: &Scan, at: usize, word: &str) -> Option<(usize, usize)> {
    let stop = at + 1 + usize::from(scan.says(at + 1, ".") && SHORTENED.contains(&word));
    let from = scan.after_space(stop);
    if is_function(word) {
        // `De monteur, Kees, liet`, `de manager (Joris Bakker)`.
        let set_apart = match scan.text(from) {
            "," => Some((scan.after_space(from + 1), [",", "."])),
            "(" => Some((from + 1, [")", ","])),
            _ => None,
        };
        if let Some((first, closers)) = set_apart {
            let whole = name(scan, first, at)?;
            return closers.contains(&scan.text(whole.1)).then_some(whole);
        }
        return (from > stop && scan.is_capitalised(from)).then(|| name(scan, from, at)).flatten();
    }
    if from == stop {
        return None;
    }
    if HONORIFICS.contains(&word) {
        return name(scan, from, at);
    }
    if INTRODUCTIONS.contains(&word) {
        let skip = |at: usize, words: &[&str]| {
            if words.contains(&scan.text(at)) { scan.after_space(at + 1) } else { at }
        };
        return name(scan, skip(skip(from, &[":"]), &["is", "was"]), at);
    }
    None
}

/// A given name at a token, with what follows it. Whose it is does not matter: it is somebody's.
fn given(scan: &Scan, at: usize, word: &str) -> Option<(usize, usize)> {
    GIVEN.binary_search(&word).ok()?;
    let is_word_as_well = WORDS_AS_WELL.contains(&word);
    if !scan.is_capitalised(at) {
        let before = scan.before_space(at).and_then(|before| scan.word(before))?;
        return (!is_word_as_well && NAMED_BY.contains(&&*before.to_lowercase())).then_some((at, at + 1));
    }
    // `Sint-Maarten` is a day.
    let is_joined = at > 0 && scan.says(at - 1, "-");
    if is_joined || is_word_as_well && begins_sentence(scan, at) {
        return None;
    }
    let whole = name(scan, at, at)?;
    let is_firm = FIRMS.iter().any(|firm| scan.slice(whole.0, whole.1).to_lowercase().starts_with(firm));
    (!is_firm).then_some(whole)
}

fn is_function(word: &str) -> bool {
    FUNCTIONS.iter().any(|function| word.ends_with(function))
}

fn begins_sentence(scan: &Scan, at: usize) -> bool {
    scan.before_space(at).is_none_or(|before| {
        matches!(scan.kind_of_any(before), Some(Kind::LineEnd))
            || matches!(scan.text(before), "." | "!" | "?" | ":")
    })
}

/// A name that begins at a token: words with capitals, particles between them, initials.
fn name(scan: &Scan, from: usize, title: usize) -> Option<(usize, usize)> {
    let first = scan.after_space(from + usize::from(matches!(scan.text(from), "'" | "\"" | "‘" | "“")));
    let mut at = first;
    let mut end = None;
    for _ in 0..WORDS {
        let Some(word) = scan.word(at) else { break };
        if scan.is_capitalised(at) {
            if end.is_none() && is_no_name(scan, at) {
                return None;
            }
            at += 1;
            // `J.`, `J.P.`, `A-M`, `O'Brien`.
            while matches!(scan.text(at), "-" | "'" | "’") && scan.is(at + 1, Kind::Word)
                || word.chars().count() == 1 && scan.says(at, ".")
            {
                at += if scan.says(at, ".") { 1 } else { 2 };
                if scan.says(at - 1, ".") && !scan.is_capitalised(at) {
                    break;
                }
            }
            end = Some(at);
        } else if PARTICLES.contains(&word) || matches!(word, "t" | "s") {
            at += 1;
        } else {
            break;
        }
        let next = scan.after_space(at);
        if next == at && !scan.is_capitalised(at) && !scan.says(at, "'") && !scan.says(at, "’") {
            break;
        }
        at = next + usize::from(matches!(scan.text(next), "'" | "’" | "‘"));
    }
    let end = end?;
    // A particle belongs to what comes after it: `mevrouw van Dalen`.
    let all_capitals = scan.slice(first, end).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    // Whoever writes in capitals throughout introduces nobody by them, and neither does a firm's brand.
    let shouted =
        all_capitals && scan.text(title).chars().all(char::is_uppercase) && scan.text(title).len() > 3;
    (!shouted).then_some((first, end))
}

/// Who signed: one to four words with capitals on the line of a greeting, or the next that is not empty.
fn under_greeting(scan: &Scan, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    let mut parted = false;
    for _ in 0..6 {
        match scan.kind(at)? {
            Kind::LineEnd => parted = true,
            Kind::Space => {}
            Kind::Sign if matches!(scan.text(at), "," | "-" | "–") => parted = true,
            Kind::Sign if matches!(scan.text(at), "." | "!") => {}
            Kind::Word => break,
            _ => return None,
        }
        at += 1;
    }
    let (first, end) = name(scan, at, from - 1)?;
    // A sentence that begins there is no signature.
    let after = scan.kind_of_any(scan.after_space(end));
    let closes = matches!(after, None | Some(Kind::LineEnd)) || matches!(scan.text(end), "," | "." | "(");
    (first > from && (closes && parted || is_given(scan, first))).then_some((first, end))
}

fn is_given(scan: &Scan, at: usize) -> bool {
    scan.is_capitalised(at)
        && scan.word(at).is_some_and(|word| GIVEN.binary_search(&&*word.to_lowercase()).is_ok())
}

/// A word that stands behind a title and begins no name: a department, a verb, the next title.
fn is_no_name(scan: &Scan, at: usize) -> bool {
    let word = scan.text(at).to_lowercase();
    NO_NAMES.contains(&&*word) || HONORIFICS.contains(&&*word) || is_function(&word)
}
