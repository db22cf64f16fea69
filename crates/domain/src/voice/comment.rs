//! A comment below a column.

use serde::{Deserialize, Serialize};

use super::{VoiceFaults, VoiceField, email, name, said, word};
use crate::Lang;
use crate::experience::Email;

/// What was typed, right or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CommentDraft {
    pub text: String,
    pub name: String,
    pub email: String,
    /// A word of [`Lang`].
    pub lang: String,
}

/// A comment that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Markdown, 1 to [`super::limits::TEXT`] characters.
    pub text: String,
    /// 1 to [`super::limits::NAME`] characters on one line; `None`: anonymous.
    pub name: Option<String>,
    pub email: Option<Email>,
    /// That its writer is spoken to in.
    pub lang: Lang,
}

impl CommentDraft {
    /// The one place where it becomes a comment.
    pub fn check(&self) -> Result<Comment, VoiceFaults> {
        let mut faults = VoiceFaults::new();
        let text = said(&self.text, &mut faults);
        let name = name(&self.name, &mut faults);
        let email = email(&self.email, &mut faults);
        match word(VoiceField::Lang, &self.lang, &mut faults) {
            Some(lang) if faults.is_empty() => Ok(Comment { text, name, email, lang }),
            _ => Err(faults),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{VoiceFault, limits};
    use super::*;

    fn draft(text: &str) -> CommentDraft {
        CommentDraft { text: text.to_owned(), lang: "nl".to_owned(), ..CommentDraft::default() }
    }

    #[test]
    fn a_comment_is_stored_without_what_nobody_sees() {
        let typed = CommentDraft {
            name: "J\u{202e}.\tKw\u{200b}al ".to_owned(),
            email: " lezer@voorbeeld.example ".to_owned(),
            ..draft("\r\nHerken ik.\u{2066}\r\nEcht. ")
        };
        let comment = typed.check().unwrap();
        assert_eq!(comment.text, "Herken ik.\nEcht.");
        assert_eq!(comment.name.as_deref(), Some("J. Kwal"));
        assert_eq!(comment.email.unwrap().as_str(), "lezer@voorbeeld.example");
        assert_eq!(draft("Ja.").check().unwrap().name, None);
    }

    #[test]
    fn every_field_says_what_is_wrong_with_it() {
        let wrong = CommentDraft {
            text: String::new(),
            name: "n".repeat(limits::NAME + 1),
            email: "a@b\r\nBcc: c@d.example".to_owned(),
            lang: "xx".to_owned(),
        };
        let faults = wrong.check().unwrap_err();
        let max = limits::NAME;
        assert_eq!(
            faults,
            [
                (VoiceField::Text, VoiceFault::Missing),
                (VoiceField::Name, VoiceFault::TooLong { max, found: max + 1 }),
                (VoiceField::Email, VoiceFault::NotAnEmail),
                (VoiceField::Lang, VoiceFault::UnknownWord),
            ]
        );
        let faults = draft(&"a".repeat(limits::TEXT + 1)).check().unwrap_err();
        assert_eq!(faults.len(), 1);
        assert!(draft(&"a".repeat(limits::TEXT)).check().is_ok());
    }
}
