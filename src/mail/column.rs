//! What a sender is told of the column that is made of what they sent in.

use weerklank_domain::Lang;
use weerklank_domain::desk::Ground;
use weerklank_domain::voice::Away;

use super::{Letter, Rendered};
use crate::words::Words;

/// Asks whether the text may be published. `site` is how the board is called, `url` the whole address of the
/// sender's own page.
pub fn approval_asked(lang: Lang, site: &str, url: String) -> Rendered {
    let words = Words::new(lang);
    Letter {
        lang,
        subject: words.edited_ask_subject().to_owned(),
        paragraphs: vec![words.edited_ask_lead().to_owned()],
        quote: None,
        after: vec![words.edited_ask_silent().to_owned()],
        button: Some((words.edited_ask_button().to_owned(), url)),
        why: words.mail_sender_why(site),
    }
    .render()
}

/// Tells that it stands on the board, at `url`; `mine` is the whole address of the sender's own page.
pub fn published(lang: Lang, site: &str, title: &str, url: String, mine: &str) -> Rendered {
    let words = Words::new(lang);
    Letter {
        lang,
        subject: words.edited_published_subject().to_owned(),
        paragraphs: vec![words.edited_published_lead(title)],
        quote: None,
        after: vec![words.edited_published_later(mine)],
        button: Some((words.edited_published_button().to_owned(), url)),
        why: words.mail_sender_why(site),
    }
    .render()
}

/// Why a column left the board.
#[derive(Debug, Clone, Copy)]
pub struct TakenOff<'a> {
    /// Of the column.
    pub title: &'a str,
    /// Plain text.
    pub reason: &'a str,
    /// Where it rests on one.
    pub ground: Option<Ground>,
    pub may_appeal: bool,
}

/// Tells that it left the board, and why.
pub fn taken_off(lang: Lang, site: &str, why: &TakenOff<'_>, url: String) -> Rendered {
    let words = Words::new(lang);
    let mut paragraphs = vec![words.edited_taken_off_lead(why.title)];
    paragraphs.extend(why.ground.map(|ground| words.ground(ground).to_owned()));
    let appeal = why.may_appeal.then(|| words.voice_mail_appeal().to_owned());
    Letter {
        lang,
        subject: words.edited_taken_off_subject().to_owned(),
        paragraphs,
        quote: Some(why.reason.to_owned()),
        after: appeal.into_iter().chain([words.mail_decided_more().to_owned()]).collect(),
        button: Some((words.mail_decided_button().to_owned(), url)),
        why: words.mail_sender_why(site),
    }
    .render()
}

/// Tells that its removal was reversed by the appeal of somebody else whose part it holds, and whether it is back.
pub fn turned(lang: Lang, site: &str, title: &str, away: Option<Away>, url: String) -> Rendered {
    let words = Words::new(lang);
    let subject = if away.is_none() { words.away_back_subject() } else { words.away_turned_subject() };
    Letter {
        lang,
        subject: subject.to_owned(),
        paragraphs: vec![
            words.away_turned(title),
            away.map_or_else(|| words.away_back(), |why| words.away(why)).to_owned(),
        ],
        quote: None,
        after: vec![words.away_settled().to_owned()],
        button: Some((words.mail_decided_button().to_owned(), url)),
        why: words.mail_sender_why(site),
    }
    .render()
}

/// Tells that it left the board, since somebody took back what stood there with it.
pub fn parted(lang: Lang, site: &str, title: &str, url: String) -> Rendered {
    let words = Words::new(lang);
    Letter {
        lang,
        subject: words.edited_taken_off_subject().to_owned(),
        paragraphs: vec![words.parted_lead(title)],
        quote: None,
        after: vec![words.parted_after().to_owned()],
        button: Some((words.mail_decided_button().to_owned(), url)),
        why: words.mail_sender_why(site),
    }
    .render()
}
