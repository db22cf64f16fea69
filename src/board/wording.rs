//! Words that others need: feeds, rendered Markdown, and the script in the browser.

use weerklank_domain::{Date, Lang, Moment, Sentiment};

use crate::words::Words;

/// The title of a feed: `names` are the names of what its filter chooses (a moment, a shop, …), in
/// the order in which they are said; none for the feed of everything.
pub fn feed_title(lang: Lang, names: &[&str]) -> String {
    let words = Words::new(lang);
    if names.is_empty() { words.feed_title().to_owned() } else { words.feed_filtered(&words.listed(names)) }
}

/// What a moment is called: `Bezorging`, `Delivery`.
pub fn moment_name(lang: Lang, moment: Moment) -> &'static str {
    Words::new(lang).moment(moment)
}

/// What a feeling is called: `negatief`, `negative`.
pub fn sentiment_name(lang: Lang, sentiment: Sentiment) -> &'static str {
    Words::new(lang).sentiment(sentiment)
}

/// What the language `of` is called in `lang`: `Nederlands`, `Dutch`.
pub fn lang_name(lang: Lang, of: Lang) -> &'static str {
    Words::new(lang).lang(of)
}

/// What the board is about, in a sentence.
pub fn site_description(lang: Lang) -> &'static str {
    Words::new(lang).site_description()
}

/// What stands where a text would say how to reach who runs the board, if there were an address.
pub fn contact_missing(lang: Lang) -> &'static str {
    Words::new(lang).contact_missing()
}

/// What the Markdown renderer says of its own, in the language of the column; the fields bear the
/// names that the renderer gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkdownWords {
    words: Words,
    pub advice: &'static str,
    pub law: &'static str,
    pub checked_on: &'static str,
    pub update: &'static str,
    pub note: &'static str,
    pub footnotes: &'static str,
    pub footnote_back: &'static str,
    pub external_link: &'static str,
    pub table: &'static str,
}

impl MarkdownWords {
    /// `1 november 2026`, `1 November 2026`.
    pub fn date(&self, date: Date) -> String {
        self.words.date(date)
    }
}

/// The words for a column in `lang`.
pub fn markdown_words(lang: Lang) -> MarkdownWords {
    let words = Words::new(lang);
    MarkdownWords {
        words,
        advice: words.callout_advice(),
        law: words.callout_law(),
        checked_on: words.callout_checked_on(),
        update: words.callout_update(),
        note: words.callout_note(),
        footnotes: words.callout_footnotes(),
        footnote_back: words.callout_footnote_back(),
        external_link: words.callout_external_link(),
        table: words.callout_table(),
    }
}

/// What the script in the browser says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientWords {
    /// After the address of a page went to the clipboard.
    pub copied: &'static str,
    pub not_copied: &'static str,
    /// When the next page could not be fetched.
    pub loading_failed: &'static str,
    pub retry: &'static str,
    /// The name of the button that puts a message away.
    pub close: &'static str,
}

/// The words for an interface in `lang`.
pub fn client_words(lang: Lang) -> ClientWords {
    let words = Words::new(lang);
    ClientWords {
        copied: words.client_copied(),
        not_copied: words.client_not_copied(),
        loading_failed: words.client_loading_failed(),
        retry: words.client_retry(),
        close: words.client_close(),
    }
}
