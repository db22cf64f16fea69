//! Lines that programs left: comment systems, share bars, names of picture files.

use super::above::ends_block;
use super::blocks::{fence, start};
use super::{ChangeKind, Line, bullet};

/// Bytes of a line that is looked at: what programs leave is short.
const MAX_LINE: usize = 400;

/// How many of `lines`, from the first, are a paragraph of leftovers and nothing else; 0 where they
/// are not.
pub(super) fn paragraph(lines: &[Line<'_>]) -> usize {
    let quotes = lines.first().map_or(0, |line| start(&line.shape).quotes);
    let ends = |line: &Line<'_>| {
        let start = start(&line.shape);
        // `---` below a line makes a heading of it.
        let heading_or_fence =
            ends_block(start.text) && start.text.starts_with('#') || fence(start.text).is_some();
        start.text.is_empty() || start.quotes > quotes || heading_or_fence
    };
    let is_in = |line: &&Line<'_>| !ends(line) && kind(&line.shape).is_some();
    let length = lines.iter().take_while(is_in).count();
    if lines.get(length).is_none_or(ends) { length } else { 0 }
}

/// What a line is the leftover of.
pub(super) fn kind(line: &str) -> Option<ChangeKind> {
    if line.len() > MAX_LINE || bullet::read(start(line).text).is_some() {
        None
    } else if is_comment_system(line) {
        Some(ChangeKind::CommentSystem)
    } else {
        is_asset_name(line).then_some(ChangeKind::AssetName)
    }
}

/// What follows the start of a phrase.
#[derive(Clone, Copy)]
enum Then {
    Nothing,
    /// The name of a comment system.
    System,
    /// The name of a network, and where it opens.
    Network,
}

/// What comment systems and share bars put where their script should draw something, in small
/// letters.
const PHRASES: &[(&str, Then)] = &[
    ("blog comments powered by ", Then::System),
    ("comments powered by ", Then::System),
    ("discussion powered by ", Then::System),
    ("please enable javascript to view the comments powered by ", Then::System),
    ("please enable javascript to view the comments", Then::Nothing),
    ("view the discussion thread", Then::Nothing),
    ("view the entire comment thread", Then::Nothing),
    ("share this:", Then::Nothing),
    ("click to share on ", Then::Network),
    ("click to email this to a friend (opens in new window)", Then::Nothing),
    ("click to email a link to a friend (opens in new window)", Then::Nothing),
    ("click to print (opens in new window)", Then::Nothing),
    ("like this: like loading", Then::Nothing),
    ("like loading", Then::Nothing),
    ("deel dit artikel via", Then::Nothing),
    ("klik om te delen op ", Then::Network),
    ("klik om te delen met ", Then::Network),
    ("klik om dit te e-mailen naar een vriend (wordt in een nieuw venster geopend)", Then::Nothing),
    ("klik om een link te e-mailen naar een vriend (wordt in een nieuw venster geopend)", Then::Nothing),
    ("klik om af te drukken (wordt in een nieuw venster geopend)", Then::Nothing),
];

const SYSTEMS: &[&str] = &[
    "disqus",
    "livefyre",
    "intensedebate",
    "intense debate",
    "facebook comments",
    "facebook",
    "isso",
    "remark42",
    "commento",
    "hyvor talk",
    "utterances",
    "giscus",
    "coral",
];

const NEW_WINDOW: &[&str] = &["(opens in new window)", "(wordt in een nieuw venster geopend)"];

/// What a share bar consists of, and what each word says of the bar. A longer one stands before the
/// shorter one that it begins with.
const SHARE_WORDS: &[(&str, Word)] = &[
    ("share this", Word::Act),
    ("share", Word::Act),
    ("tweet this", Word::Act),
    ("tweeten", Word::Act),
    ("tweet", Word::Act),
    ("pin it", Word::Act),
    ("vind ik leuk", Word::Act),
    ("deel dit", Word::Act),
    ("delen", Word::Act),
    ("deel", Word::Act),
    ("afdrukken", Word::Act),
    ("print", Word::Act),
    ("+1", Word::Act),
    ("facebook", Word::Network),
    ("twitter", Word::Network),
    ("linkedin", Word::Network),
    ("whatsapp", Word::Network),
    ("pinterest", Word::Network),
    ("reddit", Word::Network),
    ("tumblr", Word::Network),
    ("google+", Word::Network),
    ("telegram", Word::Network),
    ("pocket", Word::Network),
    ("instagram", Word::Network),
    ("like", Word::Other),
    ("pin", Word::Other),
    ("email", Word::Other),
    ("e-mail", Word::Other),
    ("mail", Word::Other),
    ("x", Word::Other),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Says that something is to be shared.
    Act,
    Network,
    /// Stands in other texts as well.
    Other,
}

/// Whether a line is the work of a comment system or a share bar: nothing in it is anything else.
fn is_comment_system(line: &str) -> bool {
    let text = start(line).text;
    if text.starts_with('#') {
        return false;
    }
    let Visible { text, links, sharing } = visible(text);
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    let mut words: Vec<(&str, Word)> = Vec::new();
    let (mut phrases, mut bars, mut points) = (0, 0, 0);
    loop {
        let after = rest.trim_start_matches([' ', '\t', '|', '·', '•', ',', '.', '…', ':', '/']);
        let signs = &rest[..rest.len() - after.len()];
        bars += usize::from(signs.contains(['|', '·', '•']));
        points += usize::from(signs.contains([',', '.', '…', ':', '/']));
        rest = after;
        if rest.is_empty() {
            break;
        }
        if let Some(after) = phrase(rest) {
            phrases += 1;
            rest = after;
        } else if let Some((word, what, after)) = share_word(rest) {
            if !words.iter().any(|(known, _)| *known == word) {
                words.push((word, what));
            }
            rest = after;
        } else {
            return false;
        }
    }
    if phrases > 0 {
        return true;
    }
    // Buttons stand side by side: commas and full stops are those of a sentence.
    if words.len() < 2 || points > 0 {
        return false;
    }
    let count = |what: Word| words.iter().filter(|(_, is)| *is == what).count();
    // Names alone may be the ways to reach a shop: those lead elsewhere, or have signs between them.
    sharing || count(Word::Act) > 0 || (links == 0 && count(Word::Network) >= if bars == 0 { 2 } else { 3 })
}

/// Whether a text consists of the words of a share bar.
pub(super) fn is_share_words(text: &str) -> bool {
    if text.len() > MAX_LINE {
        return false;
    }
    let text = visible(start(text).text).text.to_lowercase();
    let mut rest = text.trim();
    let any = !rest.is_empty();
    while let Some((.., after)) = share_word(rest) {
        rest = after.trim_start();
    }
    any && rest.is_empty()
}

/// What is left of a text behind the phrase that it starts with.
fn phrase(text: &str) -> Option<&str> {
    PHRASES.iter().find_map(|(phrase, then)| {
        let after = text.strip_prefix(phrase)?;
        let after = match then {
            Then::Nothing => after,
            Then::System => SYSTEMS.iter().find_map(|system| after.strip_prefix(system))?,
            Then::Network => {
                let (.., after) = share_word(after).filter(|(_, what, _)| *what != Word::Act)?;
                let place = after.trim_start();
                NEW_WINDOW.iter().find_map(|window| place.strip_prefix(window)).unwrap_or(after)
            }
        };
        ends_word(after).then_some(after)
    })
}

/// The word of a share bar that a text starts with, and what is left behind it.
fn share_word(text: &str) -> Option<(&'static str, Word, &str)> {
    SHARE_WORDS.iter().find_map(|(word, what)| {
        let after = text.strip_prefix(word)?;
        ends_word(after).then_some((*word, *what, after))
    })
}

fn ends_word(after: &str) -> bool {
    !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '@' | '+'))
}

/// A line as readers see it.
#[derive(Default)]
struct Visible {
    /// Without tags, the addresses of links and emphasis.
    text: String,
    links: usize,
    /// One of the links leads to where something is shared.
    sharing: bool,
}

fn visible(line: &str) -> Visible {
    let mut seen = Visible::default();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let tag = c == '<' && after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if tag && let Some(end) = after.find('>') {
            seen.link(&after[..end], after.starts_with("a "));
            rest = &after[end + 1..];
            continue;
        }
        if c == ']'
            && after.starts_with('(')
            && let Some(end) = after.find(')')
        {
            seen.link(&after[1..end], true);
            seen.text.push(' ');
            rest = &after[end + 1..];
            continue;
        }
        if !(matches!(c, '[' | ']' | '*' | '_') || (c == '!' && after.starts_with('['))) {
            seen.text.push(c);
        }
        rest = after;
    }
    seen
}

impl Visible {
    fn link(&mut self, address: &str, is_link: bool) {
        const SHARING: &[&str] =
            &["/share", "/intent/", "sharearticle", "pin/create", "/submit?", "://wa.me/?", "mailto:?"];
        let address = address.to_lowercase();
        self.links += usize::from(is_link);
        self.sharing |= is_link && SHARING.iter().any(|part| address.contains(part));
    }
}

/// Whether a line is only the name of a picture file, as an editor's clipboard leaves it.
fn is_asset_name(line: &str) -> bool {
    const KINDS: &[&str] =
        &["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "svg", "wmf", "emf", "wmz", "emz"];
    let Some((stem, kind)) = start(line).text.trim_end().rsplit_once('.') else { return false };
    let name =
        !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-+.()%@".contains(&b));
    name && KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known))
}
