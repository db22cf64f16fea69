//! Lines of plain text, shown on one.

/// What stands between a line and the one after it when both are shown on one line: a space where
/// the first ends as a sentence does or leads on to what follows, else a middle dot, so that a
/// heading or an item of a list does not run into what comes next.
pub fn between_lines(before: &str) -> &'static str {
    let closed = before.trim_end_matches(['’', '”', '\'', '"', ')', '»', ']']);
    let ended = closed.ends_with(['.', '!', '?', '…', ':', ';', ',', '–', '—', '·']);
    if closed.is_empty() || ended { " " } else { " · " }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_end_is_parted() {
        for (before, between) in [
            ("Een kop", " · "),
            ("Een ‘kop’", " · "),
            ("Een kop (2)", " · "),
            ("Een zin.", " "),
            ("Zei hij: ‘Nee!’", " "),
            ("Een vraag?)", " "),
            ("Er zijn drie:", " "),
            ("eerst,", " "),
            ("Een kop ·", " "),
            ("", " "),
        ] {
            assert_eq!(between_lines(before), between, "{before}");
        }
    }
}
