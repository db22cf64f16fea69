//! Likely names of people who work at the shop: after a title, after a word that introduces a name,
//! under a greeting, and given names after `met`, `door` or `van`.

use super::PersonalData;
use super::scan::{Kind, Scan};

/// A name has at most so many words.
const WORDS: usize = 5;

/// How people are addressed.
const HONORIFICS: [&str; 15] = [
    "mevrouw",
    "mevr",
    "mw",
    "meneer",
    "mijnheer",
    "dhr",
    "heer",
    "juffrouw",
    "mr",
    "mrs",
    "ms",
    "miss",
    "sir",
    "madam",
    "mejuffrouw",
];
/// Those of them that are written with a full stop.
const SHORTENED: [&str; 6] = ["mevr", "mw", "dhr", "mr", "mrs", "ms"];
/// What people do. A particle after these begins no name: `de verkoper van Voorbeeldwinkel`.
const FUNCTIONS: [&str; 37] = [
    "medewerker",
    "medewerkster",
    "collega",
    "monteur",
    "chauffeur",
    "bezorger",
    "bezorgster",
    "manager",
    "verkoper",
    "verkoopster",
    "winkelmedewerker",
    "servicemedewerker",
    "klantenservicemedewerker",
    "baliemedewerker",
    "filiaalmanager",
    "bedrijfsleider",
    "bedrijfsleidster",
    "teamleider",
    "adviseur",
    "adviseuse",
    "consulent",
    "caissière",
    "kassière",
    "koerier",
    "installateur",
    "agent",
    "employee",
    "colleague",
    "driver",
    "technician",
    "courier",
    "supervisor",
    "advisor",
    "adviser",
    "assistant",
    "clerk",
    "receptionist",
];
/// Words after which somebody is named who then is not a firm.
const INTRODUCTIONS: [&str; 10] =
    ["ene", "genaamd", "heet", "heette", "genoemd", "named", "called", "noemde", "heten", "naam"];
/// Ends of letters and chats, above whoever wrote them.
const GREETINGS: [&str; 10] =
    ["groet", "groeten", "groetjes", "regards", "hoogachtend", "sincerely", "wishes", "cheers", "gr", "mvg"];
/// Words before a given name that somebody was dealt with by.
const BY: [&str; 14] =
    ["met", "door", "van", "aan", "met:", "by", "with", "from", "to", "en", "and", "volgens", "is", "was"];
/// Between the parts of a Dutch name.
const PARTICLES: [&str; 16] =
    ["van", "de", "der", "den", "het", "ten", "ter", "te", "in", "op", "von", "el", "al", "da", "di", "le"];
/// What stands with a capital after a title and is nobody's name.
const NO_NAMES: [&str; 26] = [
    "klantenservice",
    "service",
    "support",
    "helpdesk",
    "servicedesk",
    "verkoop",
    "winkel",
    "online",
    "team",
    "afdeling",
    "nederland",
    "belgië",
    "ik",
    "hij",
    "zij",
    "ze",
    "de",
    "het",
    "een",
    "dat",
    "die",
    "i",
    "he",
    "she",
    "the",
    "customer",
];
/// Given names that are common in the Netherlands, in Flanders, or in English, and are no common word,
/// place or firm in either language.
const GIVEN: &[&str] = &[
    "ahmed",
    "aisha",
    "albert",
    "alex",
    "alexander",
    "ali",
    "alice",
    "amber",
    "amina",
    "amy",
    "an",
    "andrea",
    "anita",
    "anja",
    "anke",
    "ann",
    "anna",
    "anne",
    "annelies",
    "annemarie",
    "annemiek",
    "anouk",
    "anton",
    "arjan",
    "arjen",
    "arnold",
    "astrid",
    "barbara",
    "bart",
    "bas",
    "bastiaan",
    "ben",
    "bianca",
    "björn",
    "bob",
    "bram",
    "brenda",
    "brian",
    "carla",
    "caroline",
    "chantal",
    "charlotte",
    "chris",
    "christiaan",
    "claudia",
    "cor",
    "corine",
    "daan",
    "daniel",
    "daniëlle",
    "danny",
    "david",
    "dennis",
    "diana",
    "dick",
    "dirk",
    "dylan",
    "ed",
    "edwin",
    "eline",
    "elise",
    "ellen",
    "els",
    "emily",
    "emma",
    "eric",
    "erik",
    "erwin",
    "esmee",
    "esther",
    "eva",
    "evelien",
    "fatima",
    "fatma",
    "femke",
    "fleur",
    "floor",
    "floris",
    "frank",
    "frans",
    "fred",
    "frederik",
    "freek",
    "gerard",
    "gerben",
    "gert",
    "gijs",
    "greet",
    "guido",
    "hannah",
    "hanneke",
    "hans",
    "harm",
    "harry",
    "hassan",
    "heleen",
    "henk",
    "herman",
    "hilde",
    "hugo",
    "ibrahim",
    "ilse",
    "inge",
    "ingrid",
    "irene",
    "iris",
    "isa",
    "ivo",
    "jaap",
    "jack",
    "jacqueline",
    "jake",
    "james",
    "jan",
    "jane",
    "janneke",
    "jasmijn",
    "jasper",
    "jelle",
    "jens",
    "jeroen",
    "jessica",
    "jim",
    "jip",
    "joey",
    "johan",
    "johanna",
    "john",
    "jolanda",
    "joost",
    "joris",
    "joyce",
    "judith",
    "julia",
    "jurgen",
    "karel",
    "karim",
    "karin",
    "kate",
    "katrien",
    "kees",
    "kelly",
    "kevin",
    "kim",
    "klaas",
    "koen",
    "kristof",
    "lars",
    "laura",
    "leen",
    "lena",
    "leo",
    "lies",
    "liesbeth",
    "lieve",
    "linda",
    "lisa",
    "lotte",
    "lucas",
    "luuk",
    "maaike",
    "maarten",
    "manon",
    "marc",
    "marcel",
    "margriet",
    "maria",
    "marieke",
    "marijke",
    "marjan",
    "mark",
    "marleen",
    "marloes",
    "martijn",
    "martin",
    "mary",
    "mathijs",
    "maud",
    "max",
    "melissa",
    "merel",
    "mia",
    "michael",
    "michel",
    "michelle",
    "mieke",
    "mike",
    "milan",
    "milou",
    "mira",
    "miranda",
    "mohamed",
    "mohammed",
    "monique",
    "mustafa",
    "myrthe",
    "nadia",
    "nathalie",
    "nick",
    "niels",
    "nina",
    "noah",
    "noor",
    "omar",
    "oscar",
    "pascal",
    "patricia",
    "patrick",
    "paul",
    "paula",
    "peter",
    "petra",
    "piet",
    "pieter",
    "pim",
    "priscilla",
    "quinten",
    "rachel",
    "ramon",
    "raymond",
    "rebecca",
    "remco",
    "rené",
    "richard",
    "rick",
    "rik",
    "rob",
    "robert",
    "robin",
    "roel",
    "roger",
    "ron",
    "ronald",
    "rosa",
    "ruben",
    "rutger",
    "ruud",
    "ryan",
    "sabine",
    "samir",
    "samira",
    "sander",
    "sandra",
    "sanne",
    "sara",
    "sarah",
    "saskia",
    "sebastiaan",
    "selma",
    "simone",
    "sjoerd",
    "sofie",
    "sophie",
    "stef",
    "stefan",
    "steven",
    "stijn",
    "susan",
    "suzanne",
    "sven",
    "sylvia",
    "tamara",
    "teun",
    "theo",
    "thijs",
    "thomas",
    "tim",
    "tineke",
    "tom",
    "truus",
    "veerle",
    "vera",
    "vincent",
    "wendy",
    "wesley",
    "wilma",
    "wim",
    "wouter",
    "yara",
    "youssef",
    "yvonne",
    "zoë",
];

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

/// The name that the word at a token introduces.
fn name_after(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    let word = scan.word(at).filter(|_| scan.is_start(at))?.to_lowercase();
    if GREETINGS.contains(&&*word) {
        return under_greeting(scan, at + 1);
    }
    let mut from = at + 1;
    if scan.says(from, ".") && SHORTENED.contains(&&*word) {
        from += 1;
    }
    let spaced = scan.after_space(from);
    if spaced == from {
        return None;
    }
    let from = spaced;
    if HONORIFICS.contains(&&*word) || FUNCTIONS.contains(&&*word) && scan.is_capitalised(from) {
        return name(scan, from, at);
    }
    if INTRODUCTIONS.contains(&&*word) {
        let from = if scan.says(from, ":") { scan.after_space(from + 1) } else { from };
        let from =
            if scan.says(from, "is") || scan.says(from, "was") { scan.after_space(from + 1) } else { from };
        return name(scan, from, at);
    }
    // A quoted name is introduced as well.
    let is_given = is_given(scan, from);
    (BY.contains(&&*word) && is_given).then(|| name(scan, from, at)).flatten()
}

/// A name that begins at a token: words with capitals, particles between them, initials.
fn name(scan: &Scan, from: usize, title: usize) -> Option<(usize, usize)> {
    let first = scan.after_space(from + usize::from(matches!(scan.text(from), "'" | "\"" | "‘" | "“")));
    let mut at = first;
    let mut end = None;
    for _ in 0..WORDS {
        let Some(word) = scan.word(at) else { break };
        if scan.is_capitalised(at) {
            if end.is_none() && NO_NAMES.contains(&&*word.to_lowercase()) {
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
    (first > from && closes && (parted || is_given(scan, first))).then_some((first, end))
}

fn is_given(scan: &Scan, at: usize) -> bool {
    scan.is_capitalised(at)
        && scan.word(at).is_some_and(|word| GIVEN.binary_search(&&*word.to_lowercase()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_in_the_order_in_which_they_are_searched() {
        let mut sorted = GIVEN.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted, GIVEN);
    }
}
