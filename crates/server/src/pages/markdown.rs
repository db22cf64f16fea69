//! Columns' Markdown with the words of their language around it.

use weerklank::board::{RESERVED_IDS, markdown_words};
use weerklank_domain::Lang;
use weerklank_markdown::{Labels, Options, Rendered};

use crate::assets::Assets;

/// A column for its own page.
pub fn render_column(markdown: &str, lang: Lang, origin: &str, assets: &Assets) -> Rendered {
    render(markdown, lang, origin, assets)
}

/// A column for a feed reader or a program, where the board's own addresses are absolute.
pub fn render_for_feed(markdown: &str, lang: Lang, origin: &str, assets: &Assets) -> String {
    let html = render(markdown, lang, origin, assets).html;
    absolute(&html, origin)
}

/// A text of the house, or of who sends one in.
pub fn render_text(markdown: &str, lang: Lang, origin: &str, assets: &Assets) -> String {
    render(markdown, lang, origin, assets).html
}

fn render(markdown: &str, lang: Lang, origin: &str, assets: &Assets) -> Rendered {
    let words = markdown_words(lang);
    let labels = Labels {
        advice: words.advice,
        law: words.law,
        checked_on: words.checked_on,
        update: words.update,
        note: words.note,
        footnotes: words.footnotes,
        footnote_back: words.footnote_back,
        external_link: words.external_link,
        table: words.table,
        date: &|date| words.date(date),
    };
    let options = Options {
        labels: &labels,
        site_origin: Some(origin),
        heading_base: 2,
        reserved_ids: RESERVED_IDS,
        image_size: &|src| assets.image_size(src.strip_prefix(origin).unwrap_or(src)),
    };
    weerklank_markdown::render(markdown, &options)
}

/// The renderer writes every attribute in double quotes, so a path in one starts with `="/`.
fn absolute(html: &str, origin: &str) -> String {
    html.replace("href=\"/", &format!("href=\"{origin}/")).replace("src=\"/", &format!("src=\"{origin}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_have_absolute_addresses() {
        let markdown = "[a](/columns/a) ![b](/images/b.svg)\n";
        let html = render_for_feed(markdown, Lang::En, "https://board.example", &Assets::none());
        assert!(html.contains("href=\"https://board.example/columns/a\""), "{html}");
        assert!(html.contains("src=\"https://board.example/images/b.svg\""), "{html}");
    }
}
