//! What readers say about what is published: comments, reports, appeals.
//!
//! As with what they send in, a draft holds what was typed, and one function makes of it what may be
//! stored, or says what is wrong with which field.

mod comment;
mod earlier;
mod reply;
mod report;

use serde::{Deserialize, Serialize};

use crate::UnknownWord;
use crate::experience::{Email, text};

pub use comment::{Comment, CommentDraft};
pub use earlier::{Earlier, EarlierComment, earlier_name, earlier_text, leads_to_somebody};
pub use reply::{Reply, ReplyDraft, ReplyRequest, ReplyRequestDraft};
pub use report::{Report, ReportDraft};

/// How much is taken, and for how long.
pub mod limits {
    /// Characters of a comment, a report or an appeal.
    pub const TEXT: usize = 4_000;
    /// Characters of a comment that was made elsewhere, before this board.
    pub const EARLIER_TEXT: usize = 25_000;
    /// Characters of a name.
    pub const NAME: usize = crate::experience::limits::NAME;
    /// Hours in which a comment can be changed, as long as nobody has decided on it.
    pub const EDIT_HOURS: i64 = 24;
    /// Days in which somebody can appeal against a decision: six months (Regulation (EU) 2022/2065, article 20(1)),
    /// however long these are.
    pub const APPEAL_DAYS: i64 = 184;
    /// "Recognisable" from one address of the network for one column in a day: a household, an office.
    pub const REACTIONS: u32 = 10;
    /// The same for all columns.
    pub const REACTIONS_IN_ALL: u32 = 100;
    /// Days in which a shop can answer, where an editor says nothing else; and the most.
    pub const REPLY_DAYS: u16 = 14;
    pub const REPLY_DAYS_MOST: u16 = 60;
    /// Days after which the e-mail address of a shop is forgotten: since it could answer last, and since anything was
    /// decided on what it said. So it can appeal as long as it may.
    pub const SHOP_ADDRESS_DAYS: i64 = APPEAL_DAYS;
}

vocabulary! {
    /// Who appeals against a decision.
    Party {
        /// Who wrote what was decided on.
        Sender = "sender",
        /// Who reported it.
        Reporter = "reporter",
    }
}

vocabulary! {
    /// Why what was removed does not come back to the board, although that decision is reversed.
    Away {
        /// Whose experience a part of the column is took it back, or does not let it be published.
        TakenBack = "taken-back",
        /// Such an experience was changed, and not accepted again.
        Changed = "changed",
        /// Another decision keeps it away as well.
        Other = "other",
        /// What the column was made of is erased, and the column with it.
        Erased = "erased",
    }
}

vocabulary! {
    /// A field of a comment, a report, an appeal or a reply.
    VoiceField {
        Text = "text",
        Name = "name",
        Email = "email",
        Lang = "lang",
        Ground = "ground",
        GoodFaith = "good_faith",
        Shop = "shop",
        Question = "question",
        Days = "days",
    }
}

/// What is wrong with a field. The words for it are in `locales/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoiceFault {
    Missing,
    /// Characters that there may be, and that there are.
    TooLong {
        max: usize,
        found: usize,
    },
    NotAnEmail,
    /// Not a word of its list.
    UnknownWord,
}

/// A field and what is wrong with it.
pub type VoiceFaults = Vec<(VoiceField, VoiceFault)>;

/// The words of an appeal: Markdown, 1 to [`limits::TEXT`] characters.
pub fn appeal(typed: &str) -> Result<String, VoiceFault> {
    let mut faults = VoiceFaults::new();
    let text = said(typed, &mut faults);
    match faults.pop() {
        Some((_, fault)) => Err(fault),
        None => Ok(text),
    }
}

/// The one thing that is asked for.
fn said(typed: &str, faults: &mut VoiceFaults) -> String {
    let text = text::lines(typed);
    let found = text.chars().count();
    if text.is_empty() {
        faults.push((VoiceField::Text, VoiceFault::Missing));
    } else if found > limits::TEXT {
        faults.push((VoiceField::Text, VoiceFault::TooLong { max: limits::TEXT, found }));
    }
    text
}

fn name(typed: &str, faults: &mut VoiceFaults) -> Option<String> {
    let name = text::line(typed);
    let found = name.chars().count();
    if found > limits::NAME {
        faults.push((VoiceField::Name, VoiceFault::TooLong { max: limits::NAME, found }));
    }
    (!name.is_empty()).then_some(name)
}

fn email(typed: &str, faults: &mut VoiceFaults) -> Option<Email> {
    let typed = text::line(typed);
    let email = typed.parse().ok();
    if email.is_none() && !typed.is_empty() {
        faults.push((VoiceField::Email, VoiceFault::NotAnEmail));
    }
    email
}

/// A word of a list.
fn word<W: std::str::FromStr>(field: VoiceField, typed: &str, faults: &mut VoiceFaults) -> Option<W> {
    let word = typed.parse().ok();
    if word.is_none() {
        faults.push((field, if typed.is_empty() { VoiceFault::Missing } else { VoiceFault::UnknownWord }));
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appeal_says_something_and_has_an_end() {
        assert_eq!(appeal(" \u{200b}\r\n"), Err(VoiceFault::Missing));
        assert_eq!(appeal(" Dat klopt\r\nniet.\u{202e}"), Ok("Dat klopt\nniet.".to_owned()));
        let long = "é".repeat(limits::TEXT + 1);
        let fault = VoiceFault::TooLong { max: limits::TEXT, found: limits::TEXT + 1 };
        assert_eq!(appeal(&long), Err(fault));
    }
}
