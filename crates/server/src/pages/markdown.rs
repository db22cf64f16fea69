//! Columns' Markdown with the words of their language around it.

use weerklank::{
    board::{RESERVED_IDS, markdown_words},
    routes::picture,
};
use weerklank_domain::Lang;
use weerklank_markdown::{Labels, Options, Rendered};

use crate::{app::App, assets::Assets};

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

/// What a reader says below a column.
pub fn render_remark(markdown: &str, lang: Lang, app: &App) -> String {
    render_from(REMARK, markdown, (lang, app.public_url.as_str()), &app.assets, &sources).html
}

/// The same, on a page with others: `prefix` stands before each of its ids.
pub fn render_among(markdown: &str, lang: Lang, app: &App, prefix: &str) -> String {
    prefixed(&render_remark(markdown, lang, app), prefix)
}

/// The level of a comment's headings: below that of what stands around it.
const REMARK: u8 = 4;

fn render(
    markdown: &str,
    lang: Lang,
    origin: &str,
    assets: &Assets,
    image_sources: &dyn Fn(&str) -> Option<(String, &'static str)>,
) -> Rendered {
    render_from(2, markdown, (lang, origin), assets, image_sources)
}

fn render_from(
    heading_base: u8,
    markdown: &str,
    (lang, origin): (Lang, &str),
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
        heading_base,
        reserved_ids: RESERVED_IDS,
        image_size: &|src| assets.image_size(src.strip_prefix(origin).unwrap_or(src)),
        image_sources: &|src| image_sources(src.strip_prefix(origin).unwrap_or(src)),
    };
    weerklank_markdown::render(markdown, &options)
}

/// Puts `prefix` before each id and each link to one. The renderer writes every attribute in double quotes, and
/// in a text no `<`.
fn prefixed(html: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        // A `>` ends the tag where an even number of quotation marks came before it.
        let end = rest
            .match_indices('>')
            .map(|(at, _)| at)
            .find(|at| rest[..*at].matches('"').count().is_multiple_of(2));
        let (tag, after) = rest.split_at(end.map_or(rest.len(), |at| at + 1));
        // Parts of an odd number lie between quotation marks.
        let mut parts = tag.split('"').peekable();
        while let Some(part) = parts.next() {
            out.push_str(part);
            let Some(value) = parts.next() else { break };
            out.push('"');
            if part.ends_with(" id=") || part.ends_with(" aria-labelledby=") {
                out.push_str(prefix);
                out.push_str(value);
            } else if let (true, Some(place)) = (part.ends_with(" href="), value.strip_prefix('#')) {
                out.push('#');
                out.push_str(prefix);
                out.push_str(place);
            } else {
                out.push_str(value);
            }
            out.push('"');
        }
        rest = after;
    }
    out.push_str(rest);
    out
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
    fn ids_of_one_text_are_not_those_of_another() {
        let markdown = "## Kop\n\nTekst id=\"x\" met een noot[^1] en [a > b](/x \"y > z\").\n\n[^1]: Noot.\n";
        let html = render_text(markdown, Lang::Nl, "https://board.example", &Assets::none());
        let prefixed = prefixed(&html, "in_");
        for wanted in ["id=\"in_kop\"", "href=\"#in_fn_1\"", "id=\"in_fn_1\"", "Tekst id=\"x\" met"] {
            assert!(prefixed.contains(wanted), "{wanted}: {prefixed}");
        }
        assert_eq!(prefixed.replace("in_", ""), html);
        assert_eq!(html.matches(" id=").count() - 1, prefixed.matches("id=\"in_").count());
    }

    #[test]
    fn feeds_have_absolute_addresses() {
        let markdown = "[a](/columns/a) ![b](/images/b.svg)\n";
        let html = render_for_feed(markdown, Lang::En, "https://board.example", &Assets::none());
        assert!(html.contains("href=\"https://board.example/columns/a\""), "{html}");
        assert!(html.contains("src=\"https://board.example/images/b.svg\""), "{html}");
    }
}
