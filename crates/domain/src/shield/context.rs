//! A place in a text, with a few words around it.

use super::Finding;

/// What stands before a finding, the place itself, and what stands after it: whole words, at most `within`
/// characters on either side, with `…` where the text goes on. Line ends are spaces.
///
/// # Panics
/// When the finding is of another text.
pub fn context(text: &str, finding: &Finding, within: usize) -> (String, String, String) {
    let (start, end) = (finding.range.start, finding.range.end);
    let before: Vec<char> = text[..start].chars().rev().take(within + 1).collect();
    let after: Vec<char> = text[end..].chars().take(within + 1).collect();
    let before: String = cut(&before, within).into_iter().rev().collect();
    (before, text[start..end].to_owned(), cut(&after, within).into_iter().collect())
}

/// Up to the last word that is whole; the words go away from the finding.
fn cut(away: &[char], within: usize) -> Vec<char> {
    let mut kept: Vec<char> =
        away.iter().map(|c| if c.is_whitespace() { ' ' } else { *c }).take(within).collect();
    if away.len() > within {
        // A word longer than all of it is cut all the same.
        if away[within] != ' '
            && let Some(gap) = kept.iter().rposition(|c| *c == ' ').filter(|gap| *gap > 0)
        {
            kept.truncate(gap);
        }
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(text: &str, within: usize) -> (String, String, String) {
        let findings = crate::shield::find(text);
        assert_eq!(findings.len(), 1, "{text}");
        context(text, &findings[0], within)
    }

    #[test]
    fn words_around_a_place_are_whole() {
        for (text, within, before, after) in [
            ("Bel 06-12345678.", 20, "Bel ", "."),
            ("Één bericht:\nbel 06-12345678 of kom langs", 8, "…bel ", " of kom…"),
            ("Één bericht:\nbel 06-12345678 of kom langs", 100, "Één bericht: bel ", " of kom langs"),
            ("Hottentottententen 06-12345678", 4, "…ten ", ""),
            ("06-12345678", 0, "", ""),
        ] {
            let (found_before, found, found_after) = around(text, within);
            assert_eq!((&*found_before, &*found, &*found_after), (before, "06-12345678", after), "{text}");
        }
    }
}
