//! A shop's public answer to a column, and how it is asked for (right of reply).

use serde::{Deserialize, Serialize};

use super::{VoiceFault, VoiceFaults, VoiceField, email, limits, name, said, word};
use crate::Lang;
use crate::experience::{Email, text};

/// What an editor typed to ask a shop for a reply, right or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReplyRequestDraft {
    pub shop: String,
    /// May be empty: the editor hands over the link then.
    pub email: String,
    /// A word of [`Lang`].
    pub lang: String,
    /// Markdown, may be empty.
    pub question: String,
    /// Days in which the shop can answer.
    pub days: String,
}

/// A shop is asked for a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyRequest {
    /// As readers will see it: 1 to [`limits::NAME`] characters on one line.
    pub shop: String,
    pub email: Option<Email>,
    /// That the shop is spoken to in.
    pub lang: Lang,
    /// Markdown, 1 to [`limits::TEXT`] characters.
    pub question: Option<String>,
    /// 1 to [`limits::REPLY_DAYS_MOST`].
    pub days: u16,
}

impl ReplyRequestDraft {
    /// The one place where it becomes a request.
    pub fn check(&self) -> Result<ReplyRequest, VoiceFaults> {
        let mut faults = VoiceFaults::new();
        let shop = text::line(&self.shop);
        let found = shop.chars().count();
        if shop.is_empty() {
            faults.push((VoiceField::Shop, VoiceFault::Missing));
        } else if found > limits::NAME {
            faults.push((VoiceField::Shop, VoiceFault::TooLong { max: limits::NAME, found }));
        }
        let email = email(&self.email, &mut faults);
        let lang = word(VoiceField::Lang, &self.lang, &mut faults);
        let question = text::lines(&self.question);
        let found = question.chars().count();
        if found > limits::TEXT {
            faults.push((VoiceField::Question, VoiceFault::TooLong { max: limits::TEXT, found }));
        }
        let days = self.days.trim().parse().ok().filter(|days| (1..=limits::REPLY_DAYS_MOST).contains(days));
        if days.is_none() {
            faults.push((VoiceField::Days, VoiceFault::UnknownWord));
        }
        match (lang, days) {
            (Some(lang), Some(days)) if faults.is_empty() => Ok(ReplyRequest {
                shop,
                email,
                lang,
                question: (!question.is_empty()).then_some(question),
                days,
            }),
            _ => Err(faults),
        }
    }
}

/// What a shop typed, right or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplyDraft {
    pub text: String,
    /// Who writes, with what they do there if they wish.
    pub name: String,
}

/// A reply that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Markdown, 1 to [`limits::TEXT`] characters.
    pub text: String,
    /// 1 to [`limits::NAME`] characters on one line; `None`: the shop as a whole.
    pub name: Option<String>,
}

impl ReplyDraft {
    /// The one place where it becomes a reply.
    pub fn check(&self) -> Result<Reply, VoiceFaults> {
        let mut faults = VoiceFaults::new();
        let text = said(&self.text, &mut faults);
        let name = name(&self.name, &mut faults);
        if faults.is_empty() { Ok(Reply { text, name }) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> ReplyRequestDraft {
        ReplyRequestDraft {
            shop: " De\tGele Kwast ".to_owned(),
            lang: "nl".to_owned(),
            days: "14".to_owned(),
            ..ReplyRequestDraft::default()
        }
    }

    #[test]
    fn a_shop_is_asked_by_name_and_for_a_while() {
        let request = asked().check().unwrap();
        assert_eq!((request.shop.as_str(), request.days), ("De Gele Kwast", 14));
        assert_eq!((request.email, request.question), (None, None));
        let fields = |draft: ReplyRequestDraft| -> Vec<VoiceField> {
            draft.check().unwrap_err().into_iter().map(|(field, _)| field).collect()
        };
        for days in ["0", "", "-1", "1.5", "61", "70000"] {
            assert_eq!(fields(ReplyRequestDraft { days: days.to_owned(), ..asked() }), [VoiceField::Days]);
        }
        let wrong = ReplyRequestDraft {
            shop: "\u{200b}".to_owned(),
            email: "a@b\nBcc: c@d.example".to_owned(),
            lang: "fr".to_owned(),
            question: "é".repeat(limits::TEXT + 1),
            days: "x".to_owned(),
        };
        let all =
            [VoiceField::Shop, VoiceField::Email, VoiceField::Lang, VoiceField::Question, VoiceField::Days];
        assert_eq!(fields(wrong), all);
    }

    #[test]
    fn a_reply_says_something() {
        let draft = ReplyDraft { text: " Het spijt ons.\u{202e}".to_owned(), name: String::new() };
        let reply = draft.check().unwrap();
        assert_eq!((reply.text.as_str(), reply.name), ("Het spijt ons.", None));
        let long = ReplyDraft { text: String::new(), name: "n".repeat(limits::NAME + 1) };
        assert_eq!(long.check().unwrap_err().len(), 2);
    }
}
