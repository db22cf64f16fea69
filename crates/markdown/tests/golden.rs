//! The same bytes come out natively and in wasm: both read these files.
//!
//! `UPDATE_GOLDEN=1 cargo test -p weerklank-markdown --test golden` writes them anew; look at the
//! difference before you commit it.

mod common;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

struct Golden {
    name: &'static str,
    markdown: &'static str,
    html: &'static str,
}

macro_rules! golden {
    ($($name:literal),+ $(,)?) => {
        &[$(Golden {
            name: $name,
            markdown: include_str!(concat!("golden/", $name, ".md")),
            html: include_str!(concat!("golden/", $name, ".html")),
        }),+]
    };
}

const FILES: &[Golden] = golden!(
    "blocks",
    "callouts",
    "flattened",
    "footnotes",
    "headings",
    "images",
    "inline",
    "links",
    "raw-html",
    "tables",
    "tasks",
);

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn every_file_is_drawn_as_kept() {
    for Golden { name, markdown, html } in FILES {
        let drawn = drawn(markdown);
        #[cfg(not(target_arch = "wasm32"))]
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let path = format!("{}/tests/golden/{name}.html", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(path, &drawn).unwrap();
            continue;
        }
        assert_eq!(drawn, *html, "{name}");
    }
}

/// The HTML, and in a comment what was learned on the way.
fn drawn(markdown: &str) -> String {
    let rendered = common::render(markdown);
    let toc: Vec<String> =
        rendered.toc.iter().map(|entry| format!("{} {} {}", entry.level, entry.id, entry.text)).collect();
    let plain = weerklank_markdown::plain_text(markdown);
    let summary = weerklank_markdown::summary(markdown, 80);
    format!(
        "{}<!--\nwords: {}\ntoc: {toc:#?}\nsummary: {summary}\nplain:\n{plain}\n-->\n",
        rendered.html, rendered.words
    )
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn every_file_is_well_formed_and_leads_somewhere() {
    for Golden { name, markdown, .. } in FILES {
        let rendered = common::render(markdown);
        let seen = common::html::check(&rendered.html).unwrap_or_else(|error| panic!("{name}: {error}"));
        for target in seen.targets.iter().filter(|target| *target != "elders") {
            assert!(seen.ids.contains(target), "{name}: #{target} is not there");
        }
        for entry in &rendered.toc {
            assert!(seen.ids.contains(&entry.id), "{name}: {} is not there", entry.id);
        }
        assert_eq!(rendered.words, weerklank_markdown::word_count(markdown), "{name}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn a_column_file_is_read_and_written_alike() {
    let file = include_str!("golden/column-file.md");
    let column = weerklank_markdown::parse_file("column-file.md", file).expect("the file is a column");
    assert_eq!(weerklank_markdown::to_file(&column), file);
}
