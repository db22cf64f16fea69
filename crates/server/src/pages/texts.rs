//! The house's own pages (`/about` and below), written as Markdown.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use weerklank_api::pages::TextPage;
use weerklank_domain::Lang;

use super::markdown;

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../content/pages"]
#[include = "*.md"]
struct Files;

/// Every text page in every language, rendered once at the start.
pub struct HouseTexts(HashMap<(Lang, String), TextPage>);

impl HouseTexts {
    pub fn load() -> anyhow::Result<Self> {
        let mut pages = HashMap::new();
        for lang in Lang::ALL {
            for part in std::iter::once(&"about").chain(weerklank::routes::ABOUT_PARTS) {
                let name = format!("{lang}/{part}.md");
                let file = Files::get(&name).with_context(|| format!("content/pages/{name} is not there"))?;
                let text = std::str::from_utf8(&file.data).with_context(|| name.clone())?;
                let path = if *part == "about" { "about".to_owned() } else { format!("about/{part}") };
                let page =
                    page(path.clone(), text, *lang).with_context(|| format!("content/pages/{name}"))?;
                pages.insert((*lang, path), page);
            }
        }
        Ok(Self(pages))
    }

    /// `path` is `about` or `about/…`.
    pub fn get(&self, lang: Lang, path: &str) -> Option<&TextPage> {
        self.0.get(&(lang, path.to_owned()))
    }
}

/// The front matter of a text page is two lines, `title:` and `summary:`.
fn page(path: String, text: &str, lang: Lang) -> anyhow::Result<TextPage> {
    let Some((head, body)) = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")) else {
        bail!("does not start with front matter between `---` lines");
    };
    let value = |key: &str| {
        head.lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))
            .map(|value| value.trim().trim_matches('"').to_owned())
            .with_context(|| format!("`{key}:` is missing"))
    };
    let (title, summary) = (value("title")?, value("summary")?);
    Ok(TextPage { path, title, summary, body_html: markdown::render_text(body, lang) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_page_is_there_in_every_language() {
        let texts = HouseTexts::load().unwrap();
        for lang in Lang::ALL {
            let page = texts.get(*lang, "about/method").unwrap();
            assert!(!page.title.is_empty() && page.body_html.contains("<p>"), "{page:?}");
        }
        assert!(texts.get(Lang::Nl, "about/../x").is_none());
    }
}
