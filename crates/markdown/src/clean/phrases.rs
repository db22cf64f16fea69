//! Lines and words that programs left in a text: mail protectors, comment systems, share bars, names
//! of picture files.

use super::MASKED;

/// Cloudflare puts this in the place of an address.
const SHIELD: &str = "[email protected]";
/// … and links it to this path.
const SHIELD_PATH: &str = "/cdn-cgi/l/email-protection";

/// Bytes of a line in which links are looked for: each takes another look at the whole line.
const MAX_LINE: usize = 64 * 1024;

/// Puts [`MASKED`] where an address was hidden. Links that only a protector's script could follow
/// become their text and the marker.
pub(super) fn masked_addresses(line: &str) -> Option<String> {
    // Converters escape the brackets.
    let escaped =
        line.contains("\\[email protected\\]").then(|| line.replace("\\[email protected\\]", SHIELD));
    let mut text = escaped.as_deref().unwrap_or(line).to_owned();
    let mut changed = escaped.is_some();
    while text.len() <= MAX_LINE
        && let Some((start, end, words)) = shielded_link(&text).or_else(|| shielded_tag(&text))
    {
        let words = words.replace(SHIELD, "").trim().to_owned();
        let gap = if words.is_empty() { "" } else { " " };
        text.replace_range(start..end, &format!("{words}{gap}{MASKED}"));
        changed = true;
    }
    if text.contains(SHIELD) {
        text = text.replace(SHIELD, MASKED);
        changed = true;
    }
    changed.then_some(text)
}

/// `[words](…/cdn-cgi/l/email-protection#…)`: where, and the words.
fn shielded_link(text: &str) -> Option<(usize, usize, String)> {
    let path = text.find(SHIELD_PATH)?;
    let end = path + text[path..].find(')')? + 1;
    let middle = text[..path].rfind("](")?;
    // The bracket that opens the link's text: the text may hold brackets in pairs.
    let mut depth = 0_usize;
    let start = text[..middle].char_indices().rev().find_map(|(at, c)| match c {
        ']' => {
            depth += 1;
            None
        }
        '[' if depth == 0 => Some(at),
        '[' => {
            depth -= 1;
            None
        }
        _ => None,
    })?;
    let url = &text[middle + 2..end - 1];
    (!url.contains(char::is_whitespace)).then(|| (start, end, text[start + 1..middle].to_owned()))
}

/// `<a href="…/cdn-cgi/l/email-protection…">words</a>`, `<span class="__cf_email__" …>words</span>`.
fn shielded_tag(text: &str) -> Option<(usize, usize, String)> {
    let sign = text.find(SHIELD_PATH).or_else(|| text.find("__cf_email__"))?;
    let start = text[..sign].rfind('<')?;
    let name = if text[start..].starts_with("<a ") {
        "</a>"
    } else if text[start..].starts_with("<span ") {
        "</span>"
    } else {
        return None;
    };
    let inner = sign + text[sign..].find('>')? + 1;
    let close = inner + text[inner..].find(name)?;
    let words = &text[inner..close];
    // A tag inside: `<a …><span class="__cf_email__" …>[email protected]</span></a>`.
    let words: String =
        words.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    Some((start, close + name.len(), words))
}

/// Starts of lines that comment systems put where a script should draw comments.
const COMMENT_LINES: &[&str] = &[
    "blog comments powered by",
    "comments powered by",
    "please enable javascript to view the",
    "discussion powered by disqus",
    "view the discussion thread",
    "view the entire comment thread",
    "share this:",
    "click to share on",
    "click to email",
    "like this: like loading",
    "deel dit artikel via",
    "klik om te delen",
];

/// What a share bar consists of.
const SHARE_WORDS: &[&str] = &[
    "share",
    "tweet",
    "like",
    "pin",
    "pin it",
    "email",
    "e-mail",
    "mail",
    "print",
    "facebook",
    "twitter",
    "x",
    "linkedin",
    "whatsapp",
    "pinterest",
    "reddit",
    "tumblr",
    "google+",
    "+1",
    "telegram",
    "pocket",
    "delen",
    "deel",
    "deel dit",
    "tweeten",
    "vind ik leuk",
    "share this",
    "tweet this",
    "afdrukken",
    "instagram",
];

/// Whether a line is the work of a comment system or a share bar.
pub(super) fn is_comment_system(line: &str) -> bool {
    if line.len() > 400 || line.trim_start().starts_with('#') {
        return false;
    }
    let text = visible(line).to_lowercase();
    let text = text.trim();
    if COMMENT_LINES.iter().any(|phrase| text.starts_with(phrase)) {
        return true;
    }
    let words: Vec<&str> =
        text.split(['|', '·', '•', ',', '/', '\t']).map(str::trim).filter(|word| !word.is_empty()).collect();
    let parts: Vec<&str> = if words.len() > 1 { words } else { text.split_whitespace().collect() };
    parts.len() > 1 && parts.iter().all(|part| SHARE_WORDS.contains(part))
}

/// The text of a line without its tags, the addresses of its links and its emphasis.
fn visible(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '<' => drop(chars.find(|&c| c == '>')),
            ']' if chars.as_str().starts_with('(') => {
                chars.find(|&c| c == ')');
                text.push(' ');
            }
            '[' | ']' | '!' | '*' | '_' | '>' => {}
            c => text.push(c),
        }
    }
    text
}

/// Whether a line is only the name of a picture file, as an editor's clipboard leaves it.
pub(super) fn is_asset_name(line: &str) -> bool {
    let Some((stem, kind)) = line.trim().rsplit_once('.') else { return false };
    let kinds =
        ["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "svg", "wmf", "emf", "wmz", "emz"];
    let known = kinds.iter().any(|known| kind.eq_ignore_ascii_case(known));
    let name =
        !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-+.()%@".contains(&b));
    known && name
}
