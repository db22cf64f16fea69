//! What shops and senders are told of a reply.

use weerklank_domain::{Date, Lang};

use super::{Letter, Rendered};
use crate::words::Words;

/// Asks a shop for a reply. `site` is how the board is called, `until` the last day, `url` the whole address of the
/// shop's page; `question` is an editor's.
pub fn reply_asked(
    lang: Lang,
    site: &str,
    shop: &str,
    question: Option<&str>,
    (until, url): (Date, String),
) -> Rendered {
    let words = Words::new(lang);
    Letter {
        lang,
        subject: words.reply_mail_asked_subject(shop),
        paragraphs: vec![words.reply_mail_asked(&words.date(until), shop, site)],
        quote: question.map(ToOwned::to_owned),
        after: vec![words.reply_mail_asked_after().to_owned()],
        button: Some((words.reply_mail_asked_button().to_owned(), url)),
        why: words.reply_mail_asked_why(shop, site),
    }
    .render()
}

/// Tells a sender that a shop replied to what was made of their experience; `url` is the whole address of their own
/// page.
pub fn replied(lang: Lang, site: &str, shop: &str, url: String) -> Rendered {
    let words = Words::new(lang);
    Letter {
        lang,
        subject: words.reply_mail_replied_subject(shop),
        paragraphs: vec![words.reply_mail_replied(shop)],
        quote: None,
        after: Vec::new(),
        button: Some((words.mail_decided_button().to_owned(), url)),
        why: words.mail_sender_why(site),
    }
    .render()
}
