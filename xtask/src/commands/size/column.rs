//! The weight of a column page: drawn by the real server, exported as a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Weight, brotli_of};
use crate::process;
use crate::project::Project;
use crate::report::thousands;

/// The text that the budget speaks of, in bytes.
const TEXT: usize = 9_000;
const SLUG: &str = "negen-kilobyte";

/// Imports one column of 9 kB, exports the site and weighs that column's page and its styles.
pub fn weigh(project: &Project, server: &Path) -> Result<Weight> {
    let folder = project.target().join("size");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let columns = folder.join("columns");
    fs::create_dir_all(&columns)?;
    fs::write(columns.join(format!("{SLUG}.md")), column(&text(project)?))?;
    let database = format!("sqlite://{}", folder.join("size.db").display());
    let site = folder.join("site");
    for words in [["import", &columns.to_string_lossy()], ["export", &site.to_string_lossy()]] {
        process::quiet(
            Command::new(server)
                .current_dir(&folder)
                .args(words)
                .args(["--database", &database])
                .env("WEERKLANK_ASSETS", project.dist()),
        )?;
    }
    let page = page(&site)?;
    let html = fs::read_to_string(&page)?;
    let mut css = 0;
    for href in stylesheets(&html) {
        css += brotli_of(&site.join(href.trim_start_matches('/')))?;
    }
    let html = crate::assets::brotli_size(html.as_bytes())?;
    Ok(Weight {
        what: "column page of 9 kB text: HTML and CSS, brotli",
        budget: 14_000,
        measured: html + css,
        parts: format!("HTML {}, CSS {}", thousands(html), thousands(css)),
    })
}

/// Prose of the sample columns, as compressible as a real column is: whole paragraphs up to 9 kB.
fn text(project: &Project) -> Result<String> {
    let samples = project.root.join("content/columns");
    let mut text = String::new();
    for path in crate::assets::files(&samples)? {
        let sample = fs::read_to_string(&path)?;
        let body = sample.splitn(3, "---\n").nth(2).unwrap_or_default();
        for paragraph in body.split("\n\n").map(str::trim).filter(|block| is_prose(block)) {
            let room = TEXT - text.len();
            if room <= paragraph.len() + 2 {
                text.extend(paragraph.chars().take(room / 2));
                return Ok(text);
            }
            text.push_str(paragraph);
            text.push_str("\n\n");
        }
    }
    anyhow::bail!("the sample columns hold less than {TEXT} bytes of prose")
}

fn is_prose(block: &str) -> bool {
    block.starts_with(char::is_alphabetic) && !block.contains("[^")
}

fn column(text: &str) -> String {
    format!(
        "---\ntitle: Negen kilobyte\nslug: {SLUG}\ndate: 2026-05-01\nauthors: [Redactie]\nlang: nl\n\
         sentiment: mixed\nmoments: [delivery, contact]\nsummary: Een column van gewone lengte.\n---\n\n{text}\n"
    )
}

/// The exported file of the column, whichever way the mirror spells its folder.
fn page(site: &Path) -> Result<PathBuf> {
    crate::assets::files(site)?
        .into_iter()
        .find(|path| {
            let path = path.to_string_lossy().replace('\\', "/");
            path.ends_with(&format!("{SLUG}/index.html")) || path.ends_with(&format!("{SLUG}.html"))
        })
        .with_context(|| format!("the export in {} has no page for {SLUG}", site.display()))
}

/// What the page's `<link rel="stylesheet">` name.
fn stylesheets(html: &str) -> Vec<&str> {
    html.split("<link")
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| tag.contains("stylesheet"))
        .filter_map(|tag| tag.split_once("href=\"")?.1.split_once('"').map(|(href, _)| href))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_its_styles() {
        let html = r#"<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/a-1.css" media="all">"#;
        assert_eq!(stylesheets(html), ["/a-1.css"]);
    }

    #[test]
    fn lists_headings_and_notes_are_no_prose() {
        assert!(is_prose("Het was dinsdag."));
        assert!(["- een", "## Kop", "> citaat", "Een noot.[^1]"].iter().all(|block| !is_prose(block)));
    }
}
