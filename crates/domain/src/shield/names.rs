//! Likely names of people who work at the shop: after a title, after a word that introduces a name, in
//! apposition, under a greeting, and given names anywhere.

use super::PersonalData;
use super::people::{
    CONTACTS, DEEDS, FAMILIES, FAMILY_ENDINGS, FIRMS, FUNCTIONS, GREETINGS, HONORIFICS, INTRODUCTIONS,
    NAMED_BY, NO_NAMES, PARTICLES, SHORTENED, WORDS_AS_WELL, WORKPLACES, is_given,
};
use super::scan::{Kind, Scan};

/// A name has at most so many words.
const WORDS: usize = 5;
/// So many tokens before or behind a name may stand what was done with whoever bears it.
const NEAR: usize = 8;
/// A given name of so many letters is no other word, if it is not one of [`WORDS_AS_WELL`].
const OWN: usize = 4;

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
    introduced(scan, at, &word)
        .or_else(|| given(scan, at, &word))
        .or_else(|| met(scan, at))
        .or_else(|| placed(scan, at))
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
        return name(scan, from, at).or_else(|| family_in_small(scan, from, SHORTENED.contains(&word)));
    }
    if matches!(word, "ene" | "zekere") && scan.word(from).is_some_and(|name| !is_known_word(name)) {
        // `een zekere mo aan de telefoon`.
        let end = from + 1;
        if workplace_behind(scan, end) {
            return Some((from, end));
        }
    }
    if INTRODUCTIONS.contains(&word) {
        let skip = |at: usize, words: &[&str]| {
            if words.contains(&scan.text(at)) { scan.after_space(at + 1) } else { at }
        };
        return name(scan, skip(skip(from, &[":"]), &["is", "was"]), at);
    }
    None
}

/// A family name behind a title, written small: `meneer de groot`, `mevr jansen`.
fn family_in_small(scan: &Scan, from: usize, shortened: bool) -> Option<(usize, usize)> {
    let first = scan.word(from)?;
    let mut at = from;
    let mut last = None;
    while scan.word(at).is_some_and(|word| PARTICLES.contains(&word)) && at < from + 6 {
        last = scan.word(at);
        at = scan.after_space(at + 1);
    }
    let word = scan.word(at).filter(|word| word.len() > 2)?;
    let is_family = FAMILIES.contains(&word)
        || FAMILY_ENDINGS.iter().any(|ending| word.len() > 5 && word.ends_with(ending));
    let is_one = match last {
        // A firm or a place has them too, but then not after these.
        Some("der" | "den" | "ter" | "ten" | "el" | "al") => true,
        Some("de") if first == "de" => !is_known_word(word) && !is_workplace(word),
        Some(_) => is_family,
        // Nobody shortens the title of somebody without a name.
        None => is_family || shortened && !is_known_word(word),
    };
    is_one.then_some((from, at + 1))
}

/// A given name at a token, with what follows it. Whose it is does not matter: it is somebody's.
fn given(scan: &Scan, at: usize, word: &str) -> Option<(usize, usize)> {
    if !is_given(word) {
        return None;
    }
    let is_word_as_well = WORDS_AS_WELL.contains(&word);
    // `Sint-Maarten` is a day, `Max-uitvoering` a model.
    if at > 0 && scan.says(at - 1, "-") {
        return None;
    }
    if !scan.is_capitalised(at) {
        let is_said = || {
            let before = scan.before_space(at).and_then(|before| scan.word(before)).unwrap_or_default();
            let before = before.to_lowercase();
            NAMED_BY.contains(&&*before) || HONORIFICS.contains(&&*before) || is_function(&before)
        };
        let is_own = !is_word_as_well && (word.chars().count() >= OWN || is_said());
        return (is_own || workplace_behind(scan, at + 1)).then(|| (at, joined_in_small(scan, at + 1)));
    }
    let whole = name(scan, at, at)?;
    let does = || {
        let next = scan.word(scan.after_space(at + 1)).unwrap_or_default();
        DEEDS.contains(&next)
            || workplace_behind(scan, at + 1)
            || scan.is_capitalised(scan.after_space(at + 1))
    };
    if is_word_as_well && begins_sentence(scan, at) && !does() {
        return None;
    }
    // `de Pro Max`
    let is_model = scan.before_space(at).is_some_and(|before| {
        matches!(scan.text(before), "merk" | "model" | "type" | "brand")
            || is_word_as_well
                && scan.is_capitalised(before)
                && !begins_sentence(scan, before)
                && before + 2 == at
    });
    let goes_on = scan.says(whole.1, "-") && !scan.is_end(whole.1 + 1);
    let is_firm = FIRMS.iter().any(|firm| scan.slice(whole.0, whole.1).to_lowercase().starts_with(firm));
    (!is_firm && !goes_on && !is_model).then_some(whole)
}

/// The end of `gert-jan` after its first part.
fn joined_in_small(scan: &Scan, end: usize) -> usize {
    let joins = scan.says(end, "-") && scan.word(end + 1).is_some_and(|word| is_given(&word.to_lowercase()));
    if joins { end + 2 } else { end }
}

/// A name that no list has, of somebody who was spoken to: `gesproken met Tjeu`, `door Wiebren geholpen`.
fn met(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    let before = scan.before_space(at).and_then(|before| scan.word(before))?;
    if !matches!(before, "met" | "door" | "naar" | "with" | "by" | "to" | "for") || !may_be_name(scan, at) {
        return None;
    }
    let whole = name(scan, at, at)?;
    let happens = (at.saturating_sub(NEAR)..at)
        .chain(whole.1..whole.1 + NEAR)
        .filter_map(|near| scan.word(near))
        .any(|word| CONTACTS.contains(&&*word.to_lowercase()));
    happens.then_some(whole)
}

/// A name that no list has, with what its bearer does behind it: `volgens Tjeu van de werkplaats`,
/// `Dieuw (teamleider)`.
fn placed(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    if !may_be_name(scan, at) {
        return None;
    }
    let whole = name(scan, at, at)?;
    let open = scan.after_space(whole.1);
    let set_apart = scan.says(open, "(") && {
        let first = scan.word(open + 1).unwrap_or_default();
        let second = scan.word(scan.after_space(open + 2)).unwrap_or_default();
        is_function(&first.to_lowercase()) || is_function(&second.to_lowercase())
    };
    if set_apart {
        return Some(whole);
    }
    // `De Batavus van de winkel` is a thing, `Iemand van de winkel` nobody in particular.
    let before = scan.before_space(at).and_then(|before| scan.word(before)).unwrap_or_default();
    let is_thing = matches!(
        &*before.to_lowercase(),
        "de" | "het" | "een" | "mijn" | "onze" | "ons" | "the" | "a" | "my" | "bij" | "in" | "deze" | "die"
    );
    let may_begin = !begins_sentence(scan, at)
        || scan.says(scan.after_space(whole.1), "van") && !is_known_word(scan.text(at));
    (!is_thing && may_begin && workplace_behind(scan, whole.1)).then_some(whole)
}

/// Whether a word looks like a name: one capital, and that in front, and no word that is known.
fn may_be_name(scan: &Scan, at: usize) -> bool {
    let plain = |word: &str| word.chars().skip(1).all(|c| !c.is_uppercase()) && word.chars().count() > 1;
    scan.is_capitalised(at) && scan.is_start(at) && scan.word(at).is_some_and(plain) && !is_no_name(scan, at)
}

/// Whether behind a name it says where its bearer works: `van de klantenservice`, `aan de balie`.
fn workplace_behind(scan: &Scan, end: usize) -> bool {
    let mut at = scan.after_space(end);
    if at == end || !matches!(scan.text(at), "van" | "aan" | "bij" | "achter" | "from" | "at" | "in" | "of") {
        return false;
    }
    // An article and a word before it at most: `van de technische dienst`.
    for _ in 0..3 {
        at = scan.after_space(at + 1);
        if scan.word(at).is_some_and(|word| is_workplace(&word.to_lowercase())) {
            return true;
        }
    }
    false
}

fn is_workplace(word: &str) -> bool {
    WORKPLACES.iter().any(|workplace| word.ends_with(workplace))
}

/// A word that is nobody's name, however it is written.
fn is_known_word(word: &str) -> bool {
    let word = word.to_lowercase();
    NO_NAMES.contains(&&*word)
        || HONORIFICS.contains(&&*word)
        || PARTICLES.contains(&&*word)
        || is_function(&word)
        || matches!(
            &*word,
            "keer"
                | "mate"
                | "dag"
                | "week"
                | "moment"
                | "kant"
                | "klant"
                | "meisje"
                | "jongen"
                | "knul"
                | "iets"
                | "alles"
                | "man"
                | "vrouw"
                | "dame"
        )
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
            while (scan.says(at, "-") && scan.is_capitalised(at + 1)
                || matches!(scan.text(at), "'" | "’") && scan.is(at + 1, Kind::Word))
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
    (first > from && (closes && parted || is_given_at(scan, first))).then_some((first, end))
}

fn is_given_at(scan: &Scan, at: usize) -> bool {
    scan.is_capitalised(at) && scan.word(at).is_some_and(|word| is_given(&word.to_lowercase()))
}

/// A word that stands behind a title and begins no name: a department, a verb, the next title.
fn is_no_name(scan: &Scan, at: usize) -> bool {
    let word = scan.text(at).to_lowercase();
    NO_NAMES.contains(&&*word) || HONORIFICS.contains(&&*word) || is_function(&word) || is_workplace(&word)
}
