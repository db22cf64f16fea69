//! Markdown to HTML that is safe by construction.

pub(crate) mod callout;
mod escape;
pub(crate) mod guard;
mod headings;
mod ids;
mod links;
mod media;
mod notes;
mod quote;
mod table;
pub(crate) mod words;
mod writer;

use weerklank_domain::Date;

pub(crate) use escape::is_unshown;

/// The words that appear inside a rendered text, in the language of the column.
#[derive(Clone, Copy)]
pub struct Labels<'a> {
    /// Title of `[!ADVICE]`: what the shop should do.
    pub advice: &'a str,
    /// Title of `[!LAW]`.
    pub law: &'a str,
    /// Before the date of a law box: “Checked on”.
    pub checked_on: &'a str,
    /// Title of `[!UPDATE]`.
    pub update: &'a str,
    /// Title of `[!NOTE]`.
    pub note: &'a str,
    /// Heading over the footnotes.
    pub footnotes: &'a str,
    /// Before the number, for who hears the link: “Back to reference”.
    pub footnote_back: &'a str,
    /// Said after a link that leaves the site; empty for none.
    pub external_link: &'a str,
    /// Before its number, the name of a table's scroll region: “Table”.
    pub table: &'a str,
    /// How a day is written: `1 november 2026`.
    pub date: &'a dyn Fn(Date) -> String,
}

/// How to draw.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    pub labels: &'a Labels<'a>,
    /// `https://board.example`, without a path: links to it stay inside.
    pub site_origin: Option<&'a str>,
    /// The level of `#` and `##` in a text: 2 under the title of a page. 1 to 5.
    pub heading_base: u8,
    /// Ids that the page around the text uses and that look like a heading's (only `a-z0-9-`).
    pub reserved_ids: &'a [&'a str],
    /// Width and height in CSS pixels of the image at an address as it stands in the text, where known.
    /// Markdown says no sizes: who has the file can look, for others there is no honest answer.
    pub image_size: &'a dyn Fn(&str) -> Option<(u32, u32)>,
    /// In which other sizes the image at an address can be had, where it can: `srcset` and `sizes` (HTML, 4.8.4.2).
    pub image_sources: &'a dyn Fn(&str) -> Option<(String, &'static str)>,
}

/// A text as HTML, and what was learned on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe to place in a page as it is.
    pub html: String,
    /// Headings of the first two levels that stand in no quote or list, in order.
    pub toc: Vec<TocEntry>,
    /// Footnotes and callout titles included.
    pub words: u32,
}

/// A heading that a table of contents links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TocEntry {
    /// As drawn: `heading_base` or one more.
    pub level: u8,
    /// The `id` of the heading.
    pub id: String,
    /// Plain text, not escaped.
    pub text: String,
}

/// Draws a column's Markdown: `CommonMark` with tables, footnotes, strikethrough, task lists, heading
/// attributes (`{#slug .positive}`) and the callouts of the house.
///
/// Raw HTML becomes visible text, and only listed schemes become links or images, so the result is
/// safe whatever the text. Time grows linearly with the text. The HTML is at most twice as long as
/// the text, or 64 KiB where that is more: a text that would draw more than that (tens of thousands of
/// tiny table cells, say) is shown as it was typed instead.
pub fn render(markdown: &str, options: &Options<'_>) -> Rendered {
    let bounded = guard::bound(markdown);
    let limit = markdown.len().saturating_mul(2).max(SMALL_OUTPUT);
    writer::Writer::new(&bounded.text, bounded.dialect, options, limit)
        .run()
        .unwrap_or_else(|writer::TooLong| as_typed(markdown))
}

/// Bytes of HTML that every text may draw.
const SMALL_OUTPUT: usize = 64 * 1024;

fn as_typed(markdown: &str) -> Rendered {
    let mut html = String::with_capacity(2 * markdown.len() + 64);
    html.push_str("<pre class=\"source\" tabindex=\"0\">");
    escape::sparing(&mut html, markdown);
    html.push_str("</pre>\n");
    let mut words = words::Words::default();
    words.feed(markdown);
    Rendered { html, toc: Vec::new(), words: words.count() }
}
