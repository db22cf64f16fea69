//! What several tests share.
#![allow(dead_code, reason = "each test file takes what it needs")]

pub mod hostile;
pub mod html;

use weerklank_domain::Date;
use weerklank_markdown::{Labels, Options, Rendered};

fn day(date: Date) -> String {
    let months = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    format!("{} {} {}", date.day(), months[usize::from(date.month()) - 1], date.year())
}

pub const LABELS: Labels<'static> = Labels {
    advice: "Wat de winkel moet doen",
    law: "De wet",
    checked_on: "Nagekeken op",
    update: "Bijgewerkt",
    note: "Noot",
    footnotes: "Voetnoten",
    footnote_back: "Terug naar verwijzing",
    external_link: "andere site",
    table: "Tabel",
    date: &day,
};

fn size(src: &str) -> Option<(u32, u32)> {
    (src == "/images/doos.svg").then_some((640, 480))
}

fn sources(src: &str) -> Option<(String, &'static str)> {
    (src == "/images/doos.svg").then(|| ("/images/doos.svg 640w".to_owned(), "auto, 100vw"))
}

pub const OPTIONS: Options<'static> = Options {
    labels: &LABELS,
    site_origin: Some("https://board.example"),
    heading_base: 2,
    reserved_ids: &["main"],
    image_size: &size,
    image_sources: &sources,
};

pub fn render(markdown: &str) -> Rendered {
    weerklank_markdown::render(markdown, &OPTIONS)
}

pub fn draw(markdown: &str) -> String {
    render(markdown).html
}
