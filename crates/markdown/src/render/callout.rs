//! `> [!LAW] rule, checked 2026-11-01`: what a callout is and what its first line says.

use weerklank_domain::Date;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Quote,
    Advice,
    Law,
    Update,
    Note,
}

/// The callout that a quote whose text starts like `source` is, and the bytes that its mark takes.
/// Unknown words make no callout: such a quote stays a quote, with its mark to be seen.
pub(crate) fn mark(source: &str) -> Option<(Kind, usize)> {
    let word_on = source.strip_prefix("[!")?;
    let word = &word_on[..word_on.bytes().take_while(u8::is_ascii_alphabetic).count()];
    if word_on.as_bytes().get(word.len()) != Some(&b']') {
        return None;
    }
    let kinds = [
        ("QUOTE", Kind::Quote),
        ("ADVICE", Kind::Advice),
        ("LAW", Kind::Law),
        ("UPDATE", Kind::Update),
        ("NOTE", Kind::Note),
    ];
    let (_, kind) = kinds.into_iter().find(|(known, _)| word.eq_ignore_ascii_case(known))?;
    Some((kind, word.len() + 3))
}

/// `Artikel 6:230o BW, checked 2026-11-01`: the rule and the day; all of it is the rule where it does
/// not end so.
pub(super) fn checked(title: &str) -> (&str, Option<Date>) {
    let parsed = title.rfind("checked ").and_then(|at| {
        let date = title[at + "checked ".len()..].trim().parse().ok()?;
        Some((title[..at].trim_end().trim_end_matches(',').trim_end(), Some(date)))
    });
    parsed.unwrap_or((title, None))
}

/// `2018-02-01 and a title`: the day and the rest.
pub(super) fn dated(title: &str) -> (Option<Date>, &str) {
    let (first, rest) = title.split_once(char::is_whitespace).unwrap_or((title, ""));
    match first.parse() {
        Ok(date) => (Some(date), rest.trim_start()),
        Err(_) => (None, title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        assert_eq!(mark("[!QUOTE] who"), Some((Kind::Quote, 8)));
        assert_eq!(mark("[!law]"), Some((Kind::Law, 6)));
        for other in ["[!TIP] a", "[!]", "[!NOTE", "[! NOTE]", "!NOTE]", "[!NOTÉ]", ""] {
            assert_eq!(mark(other), None, "{other}");
        }
    }

    #[test]
    fn days_are_found() {
        let day = Date::new(2026, 11, 1);
        assert_eq!(checked("Artikel 1, checked 2026-11-01"), ("Artikel 1", day));
        assert_eq!(checked("checked 2026-11-01"), ("", day));
        assert_eq!(checked("Artikel 1, checked gisteren"), ("Artikel 1, checked gisteren", None));
        assert_eq!(dated("2026-11-01 later"), (day, "later"));
        assert_eq!(dated("2026-11-01"), (day, ""));
        assert_eq!(dated("ooit eens"), (None, "ooit eens"));
    }
}
