//! Mails, in the words and looks of the board. All have one shape, a [`Letter`]; what becomes of it is
//! the same in HTML and in plain text.
//!
//! Nothing in them is loaded from anywhere: no picture, no font, no pixel that tells that they were read.

mod column;
mod html;
mod plain;
mod reply;

use weerklank_domain::desk::{Ground, Kind, Verdict};
use weerklank_domain::voice::Away;
use weerklank_domain::{Date, Lang};

use crate::words::Words;

pub use column::{TakenOff, approval_asked, parted, published, taken_off, turned};
pub use reply::{replied, reply_asked};

/// What every mail consists of. All of it is text: nothing is markup, whatever it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub lang: Lang,
    /// One line; stands above the mail as well.
    pub subject: String,
    pub paragraphs: Vec<String>,
    /// Somebody else's words, which may have more than one paragraph.
    pub quote: Option<String>,
    /// What comes after the quote.
    pub after: Vec<String>,
    /// The one thing to do: its words, and the whole address it leads to.
    pub button: Option<(String, String)>,
    /// Why one gets this mail.
    pub why: String,
}

/// A mail as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    /// A whole document.
    pub html: String,
}

impl Letter {
    pub fn render(&self) -> Rendered {
        Rendered {
            lang: self.lang,
            subject: self.subject.clone(),
            text: plain::draw(self),
            html: html::draw(self),
        }
    }
}

/// Asks who reads it whether the address is theirs. `site` is how the board is called
/// (`board.example`), `url` the whole address of the page that asks.
pub fn confirm(lang: Lang, site: &str, url: String) -> Rendered {
    let words = Words::new(lang);
    Letter {
        lang,
        subject: words.mail_confirm_subject().to_owned(),
        paragraphs: vec![words.mail_confirm_lead().to_owned()],
        quote: None,
        after: vec![words.mail_confirm_other().to_owned()],
        button: Some((words.mail_confirm_button().to_owned(), url)),
        why: words.mail_confirm_why(site),
    }
    .render()
}

/// What is asked about an address beside [`confirm`]'s experience.
#[derive(Debug, Clone, Copy)]
pub enum Confirms<'a> {
    Comment,
    /// What was reported, as people call it. The mail is the receipt as well (Regulation (EU) 2022/2065, article
    /// 16(4)).
    Report(&'a str),
}

/// As [`confirm`], of who wrote a comment or a report.
pub fn confirm_words(lang: Lang, site: &str, what: Confirms<'_>, url: String) -> Rendered {
    let words = Words::new(lang);
    let (subject, lead) = match what {
        Confirms::Comment => (words.mail_confirm_subject(), words.voice_mail_confirm_comment().to_owned()),
        Confirms::Report(about) => {
            (words.voice_mail_report_subject(), words.voice_mail_report_confirm(about, site))
        }
    };
    Letter {
        lang,
        subject: subject.to_owned(),
        paragraphs: vec![lead],
        quote: None,
        after: vec![words.mail_confirm_other().to_owned()],
        button: Some((words.mail_confirm_button().to_owned(), url)),
        why: words.mail_confirm_why(site),
    }
    .render()
}

/// For whom a decision is put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Who sent in what was decided on.
    Sender,
    /// The same of a shop: its reply, or its appeal.
    Shop,
    /// Who wrote what somebody else's report or appeal removed.
    Removed,
    /// The same of a shop's reply.
    ReplyRemoved,
    /// Who reported what somebody else's appeal put back.
    Overruled,
}

/// What was decided on something that was sent in.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    pub lang: Lang,
    /// How the board is called: `board.example`.
    pub site: &'a str,
    pub to: To,
    /// Of what was sent in.
    pub kind: Kind,
    pub verdict: Verdict,
    /// The rule or law that a rejection or removal rests on.
    pub ground: Option<Ground>,
    /// The question, what has to be mended, the facts.
    pub statement: Option<&'a str>,
    pub automated: bool,
    /// Whether its reader can appeal against it.
    pub may_appeal: bool,
    /// Why what was removed does not come back, where that is reversed.
    pub away: Option<Away>,
    /// Whether a column that is made of it stands on the board, and stays there.
    pub column_stays: bool,
    /// On which it came in.
    pub received: Date,
    /// The whole address of the sender's own page.
    pub url: &'a str,
}

/// Tells a sender what was decided, and why (Regulation (EU) 2022/2065, article 17(3)).
pub fn decided(decided: &Decided<'_>) -> Rendered {
    let words = Words::new(decided.lang);
    let received = words.date(decided.received);
    let (subject, lead) = match decided.to {
        To::Sender | To::Shop => opening(words, decided.kind, decided.verdict, &received),
        To::Removed => {
            (words.voice_mail_author_removed_subject(), words.voice_mail_author_removed(&received))
        }
        To::ReplyRemoved => (words.reply_mail_removed_subject(), words.reply_mail_removed(&received)),
        To::Overruled if decided.away.is_some() => {
            (words.away_overruled_subject(), words.away_overruled(&received))
        }
        To::Overruled => {
            (words.voice_mail_reporter_back_subject(), words.voice_mail_reporter_back(&received))
        }
    };
    let mut paragraphs = vec![lead];
    paragraphs.extend(decided.ground.map(|ground| words.ground(ground).to_owned()));
    let mut after = Vec::new();
    after.extend(decided.away.map(|why| {
        let why = if decided.to == To::Overruled { words.away_reporter() } else { words.away(why) };
        why.to_owned()
    }));
    if decided.column_stays {
        after.push(words.away_column_stays().to_owned());
    }
    if decided.ground.is_some() {
        let machine = if decided.automated { words.mine_automated_yes() } else { words.mine_automated_no() };
        after.push(machine.to_owned());
    }
    if decided.may_appeal {
        after.push(words.voice_mail_appeal().to_owned());
    }
    let (more, button) = if decided.kind == Kind::Experience {
        (words.mail_decided_more(), words.mail_decided_button())
    } else {
        (words.voice_mail_more(), words.voice_mail_button())
    };
    after.push(more.to_owned());
    Letter {
        lang: decided.lang,
        subject: subject.to_owned(),
        paragraphs,
        quote: decided.statement.map(ToOwned::to_owned),
        after,
        button: Some((button.to_owned(), decided.url.to_owned())),
        why: if matches!(decided.to, To::Shop | To::ReplyRemoved) {
            words.reply_mail_decided_why(decided.site)
        } else {
            words.mail_sender_why(decided.site)
        },
    }
    .render()
}

/// Subject and first words.
fn opening(words: Words, kind: Kind, verdict: Verdict, received: &str) -> (&'static str, String) {
    match (kind, verdict) {
        (Kind::Comment, Verdict::Accept) => {
            (words.voice_mail_published_subject(), words.voice_mail_published(received))
        }
        (Kind::Comment, Verdict::Reject) => {
            (words.voice_mail_rejected_subject(), words.voice_mail_rejected(received))
        }
        (Kind::Reply, Verdict::Accept) => {
            (words.reply_mail_published_subject(), words.reply_mail_published(received))
        }
        (Kind::Reply, Verdict::Return) => {
            (words.reply_mail_returned_subject(), words.reply_mail_returned(received))
        }
        (Kind::Reply, Verdict::Reject) => {
            (words.reply_mail_rejected_subject(), words.reply_mail_rejected(received))
        }
        (_, Verdict::Accept) => (words.mail_accept_subject(), words.mail_accept_lead(received)),
        (_, Verdict::Ask) => (words.mail_ask_subject(), words.mail_ask_lead(received)),
        (_, Verdict::Return) => (words.mail_return_subject(), words.mail_return_lead(received)),
        (_, Verdict::Reject) => (words.mail_reject_subject(), words.mail_reject_lead(received)),
        (_, Verdict::Keep) => (words.voice_mail_kept_subject(), words.voice_mail_kept(received)),
        (_, Verdict::Remove) => (words.voice_mail_removed_subject(), words.voice_mail_removed(received)),
        (_, Verdict::Uphold) => (words.voice_mail_upheld_subject(), words.voice_mail_upheld(received)),
        (_, Verdict::Overturn) => {
            (words.voice_mail_overturned_subject(), words.voice_mail_overturned(received))
        }
    }
}

/// The paragraphs of a text of more than one.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(|paragraph| paragraph.trim_matches('\n')).filter(|paragraph| !paragraph.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://board.example/nl/mine/geheim/confirm";

    #[test]
    fn both_forms_say_the_same_in_either_language() {
        for lang in Lang::ALL {
            let mail = confirm(*lang, "board.example", URL.to_owned());
            let words = Words::new(*lang);
            for said in [words.mail_confirm_lead(), words.mail_confirm_other(), URL, "board.example"] {
                assert!(mail.text.contains(said), "{lang}: {said}\n{}", mail.text);
                assert!(mail.html.contains(said), "{lang}: {said}\n{}", mail.html);
            }
            assert!(mail.html.contains(&format!("<html lang=\"{lang}\"")), "{}", mail.html);
            assert_eq!(mail.subject, words.mail_confirm_subject());
        }
    }

    #[test]
    fn nothing_in_a_mail_is_fetched_and_nothing_said_is_markup() {
        let mail = decided(&Decided {
            lang: Lang::En,
            site: "board.example",
            to: To::Sender,
            kind: Kind::Experience,
            verdict: Verdict::Reject,
            ground: Some(Ground::Privacy),
            statement: Some(
                "First <script>alert(1)</script>.\nSame paragraph.\n\nSecond <img src=x onerror=y>.",
            ),
            automated: false,
            may_appeal: true,
            away: None,
            column_stays: false,
            received: Date::new(2026, 11, 21).unwrap(),
            url: "https://board.example/mine/a\"b",
        });
        let html = &mail.html;
        for element in ["<script", "<img", "<link", "<b>", "url(", "@import", "src="] {
            assert!(!html.replace("&lt;img src=x", "").contains(element), "{element}: {html}");
        }
        assert!(html.contains("First &lt;script&gt;alert(1)&lt;/script&gt;.<br>Same paragraph."), "{html}");
        assert!(html.contains("href=\"https://board.example/mine/a&quot;b\""), "{html}");
        assert_eq!(html.matches("<p ").count(), html.matches("</p>").count());
        assert!(mail.text.contains("> Same paragraph.\n>\n> Second <img"), "{}", mail.text);
        for said in ["21 November 2026", "Rule 1: personal data", "without automated help"] {
            assert!(mail.text.contains(said) && html.contains(said), "{said}: {}", mail.text);
        }
    }
}
