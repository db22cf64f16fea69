//! What mail protectors left in the place of an address.

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
    if let Some(unmasked) = replaced(&text) {
        text = unmasked;
        changed = true;
    }
    changed.then_some(text)
}

/// With [`MASKED`] for each [`SHIELD`] but those that are shown as code.
fn replaced(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SHIELD) {
        let (before, after) = (&rest[..at], &rest[at + SHIELD.len()..]);
        let is_code = before.ends_with('`') && after.starts_with('`');
        out.push_str(before);
        out.push_str(if is_code { SHIELD } else { MASKED });
        rest = after;
    }
    out.push_str(rest);
    (out != text).then_some(out)
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
