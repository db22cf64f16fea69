//! What helps in the browser while an experience is told (`crates/share`) finds its texts in the page.

use serde_json::{Map, Value};
use weerklank_domain::Lang;
use weerklank_domain::shield::PersonalData;

use super::wording::masked_words;
use crate::board::markdown_words;
use crate::words::Words;

/// The texts by name, as JSON.
pub(super) fn words(ui: Lang) -> String {
    let words = Words::new(ui);
    let markdown = markdown_words(ui);
    let of = |name: &str, text: &str| (name.to_owned(), Value::from(text));
    let mut all: Map<String, Value> = [
        of("preview", words.telling_preview()),
        of("shield", words.telling_shield()),
        of("restored", words.telling_restored()),
        of("discard", words.telling_discard()),
        of("offline", words.telling_offline()),
        of("offline_sent", words.telling_offline_sent()),
        of("months", &words.date_months().join("|")),
        of("date", &words.date_written("{day}", "{month}", "{year}")),
        of("advice", markdown.advice),
        of("law", markdown.law),
        of("checked_on", markdown.checked_on),
        of("update", markdown.update),
        of("note", markdown.note),
        of("footnotes", markdown.footnotes),
        of("footnote_back", markdown.footnote_back),
        of("external_link", markdown.external_link),
        of("table", markdown.table),
    ]
    .into_iter()
    .collect();
    for kind in PersonalData::ALL {
        let hide = words.share_shield_hide(words.personal(*kind));
        all.extend([
            of(&format!("hide.{kind}"), &hide),
            of(&format!("masked.{kind}"), &masked_words(ui, *kind)),
        ]);
    }
    Value::Object(all).to_string()
}
