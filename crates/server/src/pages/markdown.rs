//! Columns' Markdown with the words of their language around it.

use weerklank::{
    board::{RESERVED_IDS, markdown_words},
    routes::picture,
};
use weerklank_domain::Lang;
use weerklank_markdown::{Labels, Options, Rendered};

use crate::assets::Assets;

/// A column for its own page.
pub fn render_column(markdown: &str, lang: Lang, origin: &str, assets: &Assets) -> Rendered {
    render(markdown, lang, origin, assets, &sources)
}

/// A column for a feed reader or a program, where the board's own addresses are absolute.
pub fn render_for_feed(markdown: &str, lang: Lang, origin: &str, assets: &Assets) -> String {
    // A reader of feeds shows a picture in one size.
    let html = render(markdown, lang, origin, assets, &|_| None).html;
    absolute(&html, origin)
}

/// A text of the house, or of who sends one in.
pub fn render_text(markdown: &str, lang: Lang, origin: &str, assets: &Assets) -> String {
    render(markdown, lang, origin, assets, &sources).html
}

/// How wide a picture in a text is: `style/components/column.css`. Where a browser knows better, it says so itself.
const SIZES: &str = "auto, (min-width: 44rem) 42rem, 100vw";

fn sources(src: &str) -> Option<(String, &'static str)> {
    Some((picture::srcset(src)?, SIZES))
}

fn render(
    markdown: &str,
    lang: Lang,
    origin: &str,
    assets: &Assets,
    image_sources: &dyn Fn(&str) -> Option<(String, &'static str)>,
) -> Rendered {
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
        image_sources: &|src| image_sources(src.strip_prefix(origin).unwrap_or(src)),
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
    fn a_kept_picture_keeps_its_room_and_can_be_had_in_every_size() {
        let large = "/pictures/000102030405060708090a0b0c0d0eff-1600x900.webp";
        let origin = "https://board.example";
        for src in [large.to_owned(), format!("{origin}{large}")] {
            let markdown = format!("![een *doos*]({src})\n");
            let html = render_column(&markdown, Lang::Nl, origin, &Assets::none()).html;
            for part in [" width=\"1600\" height=\"900\"", "-480x270.webp 480w, ", " sizes=\"auto, "] {
                assert!(html.contains(part), "{part}: {html}");
            }
            let fed = render_for_feed(&markdown, Lang::Nl, origin, &Assets::none());
            assert!(!fed.contains("srcset") && fed.contains(&format!("src=\"{origin}{large}\"")), "{fed}");
        }
    }

    #[test]
    fn feeds_have_absolute_addresses() {
        let markdown = "[a](/columns/a) ![b](/images/b.svg)\n";
        let html = render_for_feed(markdown, Lang::En, "https://board.example", &Assets::none());
        assert!(html.contains("href=\"https://board.example/columns/a\""), "{html}");
        assert!(html.contains("src=\"https://board.example/images/b.svg\""), "{html}");
    }
}
