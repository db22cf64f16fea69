//! A comment that was made elsewhere, before this board.

use time::OffsetDateTime;

use super::limits;
use crate::experience::text;
use crate::shield::{self, Finding, PersonalData};

/// A comment that is taken over. It has no address and no link: who wrote it is known by name alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierComment {
    /// What it is known by there.
    pub place: Earlier,
    /// 1 to [`limits::NAME`] characters on one line; `None`: anonymous.
    pub name: Option<String>,
    /// Markdown, 1 to [`limits::EARLIER_TEXT`] characters.
    pub text: String,
    /// The comment at the head of its thread, unless it is that itself. It may not come along.
    pub answers: Option<Earlier>,
    /// Who wrote what it answers, where that is not the head of its thread.
    pub answers_name: Option<String>,
    /// An editor reads it before readers do.
    pub waits: bool,
}

/// What a comment is known by, there and for ever.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Earlier {
    /// Its number there.
    pub number: String,
    pub written_at: OffsetDateTime,
}

/// Who wrote it, as it may be shown: without what is hidden, and no longer than other names.
pub fn earlier_name(typed: &str) -> Option<String> {
    let name: String = text::line(typed).chars().take(limits::NAME).collect();
    let name = name.trim_end();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Its words without what is hidden; `None` where nothing is left, or more than is taken.
pub fn earlier_text(typed: &str) -> Option<String> {
    let text = text::lines(typed);
    (1..=limits::EARLIER_TEXT).contains(&text.chars().count()).then_some(text)
}

/// Whether what readers would see could lead to a person.
pub fn leads_to_somebody(name: Option<&str>, text: &str) -> bool {
    // A given name alone is what many are called.
    let is_more = |name: &str| {
        let is_one = |mark: Finding| mark.kind == PersonalData::StaffName && !name[mark.range].contains(' ');
        !shield::find(name).into_iter().all(is_one)
    };
    !shield::find(text).is_empty() || name.is_some_and(is_more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_as_it_reads_and_has_an_end() {
        assert_eq!(earlier_name("Kim\u{202e}\tde\u{200b} Vries ").as_deref(), Some("Kim de Vries"));
        assert_eq!(earlier_name(" \u{2066}\n"), None);
        let long = earlier_name(&"é".repeat(limits::NAME + 1));
        assert_eq!(long.map(|name| name.chars().count()), Some(limits::NAME));
    }

    #[test]
    fn words_have_an_end_further_away_than_those_of_today() {
        assert_eq!(earlier_text("\r\nJa.\u{202e}\r\n").as_deref(), Some("Ja."));
        assert_eq!(earlier_text(" \u{200b}"), None);
        assert!(earlier_text(&"é".repeat(limits::EARLIER_TEXT)).is_some());
        assert!(earlier_text(&"é".repeat(limits::EARLIER_TEXT + 1)).is_none());
    }

    #[test]
    fn a_name_can_lead_to_somebody_as_well() {
        assert!(leads_to_somebody(None, "Mail me: kim@voorbeeld.example"));
        assert!(leads_to_somebody(Some("kim@voorbeeld.example"), "Herken ik."));
        assert!(leads_to_somebody(Some("Anna van den Zandstrooier"), "Herken ik."));
        assert!(!leads_to_somebody(Some("Kim"), "Herken ik."));
        assert!(!leads_to_somebody(Some("Anna"), "Herken ik."));
    }
}
