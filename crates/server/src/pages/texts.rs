//! The house's own pages (`/about` and below), written as Markdown.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use weerklank::board;
use weerklank_api::pages::TextPage;
use weerklank_domain::Lang;

use super::markdown;
use crate::{
    assets::Assets,
    config::{Contact, PublicUrl},
};

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../content/pages"]
#[include = "*.md"]
struct Files;

/// Every text page in every language, rendered once at the start.
pub struct HouseTexts(HashMap<(Lang, String), TextPage>);

impl HouseTexts {
    /// `contact` is what they name where they send readers to who runs the board.
    pub fn load(public_url: &PublicUrl, contact: Option<&Contact>, assets: &Assets) -> anyhow::Result<Self> {
        let mut pages = HashMap::new();
        for lang in Lang::ALL {
            for part in std::iter::once(&"about").chain(weerklank::routes::ABOUT_PARTS) {
                let name = format!("{lang}/{part}.md");
                let file = Files::get(&name).with_context(|| format!("content/pages/{name} is not there"))?;
                let text = std::str::from_utf8(&file.data).with_context(|| name.clone())?;
                let path = if *part == "about" { "about".to_owned() } else { format!("about/{part}") };
                let text = with_contact(text, contact, board::contact_missing(*lang));
                let page = page(path.clone(), &text, *lang, public_url.as_str(), assets)
                    .with_context(|| format!("content/pages/{name}"))?;
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
fn page(path: String, text: &str, lang: Lang, origin: &str, assets: &Assets) -> anyhow::Result<TextPage> {
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
    Ok(TextPage { path, title, summary, body_html: markdown::render_text(body, lang, origin, assets) })
}

/// Says after every `[who that is](contact:)` how to reach them; without an address, what is said
/// where one is missing.
fn with_contact(markdown: &str, contact: Option<&Contact>, missing: &str) -> String {
    // A contact holds nothing that could end an autolink, or mean something in one.
    let how = contact.map_or_else(|| missing.to_owned(), |contact| format!("<{}>", contact.as_str()));
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once("](contact:)") {
        let (before, who) = before.rsplit_once('[').unwrap_or((before, ""));
        out.extend([before, who, " (", &how, ")"]);
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(contact: Option<&str>) -> HouseTexts {
        let url = "https://board.example".parse().unwrap();
        let contact: Option<Contact> = contact.map(|contact| contact.parse().unwrap());
        HouseTexts::load(&url, contact.as_ref(), &Assets::none()).unwrap()
    }

    #[test]
    fn every_text_page_is_there_in_every_language() {
        let texts = texts(None);
        for lang in Lang::ALL {
            let page = texts.get(*lang, "about/method").unwrap();
            assert!(!page.title.is_empty() && page.body_html.contains("<p>"), "{page:?}");
        }
        assert!(texts.get(Lang::Nl, "about/../x").is_none());
    }

    /// The pages that send readers to who runs the board.
    const SENDING: [&str; 4] = ["about", "about/privacy", "about/moderation", "about/accessibility"];

    #[test]
    fn who_runs_the_board_can_be_reached() {
        let (mail, page) = ("redactie+bord@board.example", "https://board.example/contact?a=1&b=2");
        for (contact, link) in [
            (mail, "(<a href=\"mailto:redactie+bord@board.example\">redactie+bord@board.example</a>)"),
            // A page of the board's own is no other site.
            (
                page,
                "(<a href=\"https://board.example/contact?a=1&amp;b=2\">https://board.example/contact?a=1&amp;b=2</a>)",
            ),
        ] {
            let texts = texts(Some(contact));
            for (lang, path) in Lang::ALL.iter().flat_map(|lang| SENDING.map(|path| (*lang, path))) {
                let html = &texts.get(lang, path).unwrap().body_html;
                assert_eq!(html.matches(link).count(), 1, "{lang} {path}: {html}");
                assert!(!html.contains(board::contact_missing(lang)), "{lang} {path}");
            }
        }
    }

    #[test]
    fn a_missing_address_is_said_to_be_missing() {
        let texts = texts(None);
        for (lang, path) in Lang::ALL.iter().flat_map(|lang| SENDING.map(|path| (*lang, path))) {
            let html = &texts.get(lang, path).unwrap().body_html;
            let missing = format!("({})", board::contact_missing(lang));
            assert_eq!(html.matches(&missing).count(), 1, "{lang} {path}: {html}");
            assert!(!html.contains("contact:"), "{lang} {path}");
        }
    }
}
