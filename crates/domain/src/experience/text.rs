//! What is done to every typed text before it is looked at.

/// Whether a character shows nothing and can make two texts look alike or one look like another:
/// control characters, direction (U+202A to U+202E, U+2066 to U+2069; UAX 9), zero width, the soft
/// hyphen.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text of several lines: without what is hidden, line ends as `\n`, nothing blank around it.
/// Joiners stay, since emoji and some scripts need them.
pub(crate) fn lines(typed: &str) -> String {
    let unix = typed.replace("\r\n", "\n").replace('\r', "\n");
    let shown: String = unix.chars().filter(|&c| !is_hidden(c)).collect();
    shown.trim().to_owned()
}

/// A text of one line, such as a name, without what shows nothing or turns it around: white space of any kind is one space, and joiners go too.
pub fn line(typed: &str) -> String {
    let shown: String = typed
        .chars()
        .filter(|&c| c.is_whitespace() || !(is_hidden(c) || matches!(c, '\u{200c}' | '\u{200d}')))
        .collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
