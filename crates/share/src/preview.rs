//! A story as its page will show it.

use weerklank_domain::Date;
use weerklank_markdown::{Labels, Options, render};

/// A text as HTML, by the renderer that draws it on its page: safe by construction. `word` gives the texts of the
/// interface by name, `origin` is the board's.
pub fn draw(text: &str, origin: &str, word: &dyn Fn(&str) -> String) -> String {
    let names = [
        "advice",
        "law",
        "checked_on",
        "update",
        "note",
        "footnotes",
        "footnote_back",
        "external_link",
        "table",
    ];
    let [advice, law, checked_on, update, note, footnotes, footnote_back, external_link, table] =
        &names.map(word);
    // `12 mei 2026`: the words for a month, in a pattern.
    let (months, pattern) = (word("months"), word("date"));
    let date = |date: Date| {
        let month = months.split('|').nth(usize::from(date.month()) - 1).unwrap_or_default();
        let written = pattern.replace("{day}", &date.day().to_string()).replace("{month}", month);
        written.replace("{year}", &date.year().to_string())
    };
    let labels = Labels {
        advice,
        law,
        checked_on,
        update,
        note,
        footnotes,
        footnote_back,
        external_link,
        table,
        date: &date,
    };
    let options = Options {
        labels: &labels,
        site_origin: Some(origin),
        heading_base: 2,
        reserved_ids: &[],
        image_size: &|_| None,
        image_sources: &|_| None,
    };
    render(text, &options).html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_drawn_with_the_words_of_the_page() {
        let word = |name: &str| match name {
            "months" => "januari|februari|maart".to_owned(),
            "date" => "{day} {month} {year}".to_owned(),
            name => format!("het woord {name}"),
        };
        let html =
            draw("*Echt* <b>\n\n> [!UPDATE] 2026-03-01\n> Opgelost.\n", "https://board.example", &word);
        for part in ["<em>Echt</em> &lt;b>", "het woord update", "1 maart 2026", "Opgelost."] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
