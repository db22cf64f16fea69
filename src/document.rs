//! The whole HTML document around a view: text first, everything a reader needs in one answer.

use leptos::prelude::*;
use weerklank_api::pages::Envelope;
use weerklank_domain::Lang;

use crate::board;
use crate::head::Head;
use crate::words::Words;

/// The style of every page, bundled and minified. It stands in each page, so that the first paint
/// waits for nothing.
pub const CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));

/// The SHA-256 of [`CSS`] in base64, for `style-src 'sha256-…'` in the content security policy.
pub const fn css_sha256_base64() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/style.sha256"))
}

/// The style that pages with a form of more than a line have beside that of every page.
const FORM_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/forms.css"));

/// As [`css_sha256_base64`], for the style of forms.
pub const fn form_css_sha256_base64() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/forms.sha256"))
}

/// The style of the desk, beside that of every page.
const DESK_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/desk.css"));

/// As [`css_sha256_base64`], for the style of the desk.
pub const fn desk_css_sha256_base64() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/desk.sha256"))
}

/// The paper and the ink of `style/tokens.css`, for the browser's own bars.
const THEME_COLORS: [(&str, &str); 2] = [("light", "#fbf5ea"), ("dark", "#1d1511")];

/// What the build adds to every page.
#[derive(Debug, Clone, Default)]
pub struct DocumentAssets {
    /// The tags that start the app in the browser, as the bundler wrote them; empty for pages
    /// without script. Placed last in `body`.
    pub scripts_html: String,
}

/// The document of a page, from `<!doctype html>` on.
///
/// The envelope travels along in `<script type="application/json" id="page">`, from which the
/// browser draws the same page again. Neither it nor the JSON-LD can end its element early.
pub fn html(envelope: &Envelope, assets: &DocumentAssets) -> String {
    let view = view_html(envelope);
    // Serialising plain structs with string keys cannot fail.
    let data = serde_json::to_string(envelope).unwrap_or_default();
    let mut out = String::with_capacity(CSS.len() + view.len() + data.len() + 4096);
    push_start(&mut out, envelope.ui);
    push_head(&mut out, &Head::of(envelope));
    out.push_str("<style>");
    out.push_str(CSS);
    out.push_str("</style></head><body><div id=\"app\" class=\"sent\">");
    out.push_str(&view);
    out.push_str("</div><script type=\"application/json\" id=\"page\">");
    push_json(&mut out, &data);
    out.push_str("</script>");
    out.push_str(&assets.scripts_html);
    out.push_str("</body></html>\n");
    out
}

/// What helps in the browser with a form.
pub(crate) struct Help<'a> {
    /// Its texts, as JSON; in the page as `<script type="application/json" id="words">`.
    pub words: &'a str,
    /// What loads it.
    pub tags: &'a str,
}

/// The document of a page of one person's own, around its view: without data, and without script unless
/// it helps with a form. Unless it may be found, it says nothing of itself that would lead others to it.
pub(crate) fn form(envelope: &Envelope, may_be_found: bool, view: &str, help: Option<&Help<'_>>) -> String {
    let mut head = Head::of(envelope);
    if !may_be_found {
        head.robots = Some("noindex");
        head.canonical = None;
        head.alternates.clear();
        head.open_graph.clear();
        head.json_ld = None;
    }
    let mut out = String::with_capacity(CSS.len() + FORM_CSS.len() + view.len() + 4096);
    push_start(&mut out, envelope.ui);
    push_head(&mut out, &head);
    for css in [CSS, FORM_CSS] {
        out.push_str("<style>");
        out.push_str(css);
        out.push_str("</style>");
    }
    out.push_str("</head><body><div id=\"app\" class=\"sent\">");
    out.push_str(view);
    out.push_str("</div>");
    if let Some(Help { words, tags }) = help {
        out.push_str("<script type=\"application/json\" id=\"words\">");
        push_json(&mut out, words);
        out.push_str("</script>");
        out.push_str(tags);
    }
    out.push_str("</body></html>\n");
    out
}

/// The document of the desk, which the browser fills.
pub fn desk(ui: Lang, assets: &DocumentAssets) -> String {
    let words = Words::new(ui);
    let mut out = String::with_capacity(CSS.len() + DESK_CSS.len() + 4096);
    push_start(&mut out, ui);
    out.push_str("<title>");
    push_escaped(&mut out, words.desk_page_title());
    out.push_str("</title>");
    meta(&mut out, "name", "color-scheme", "light dark");
    meta(&mut out, "name", "robots", "noindex");
    link(&mut out, "icon", "/icon.svg", &[("type", "image/svg+xml")]);
    for css in [CSS, DESK_CSS] {
        out.push_str("<style>");
        out.push_str(css);
        out.push_str("</style>");
    }
    out.push_str("</head><body><div id=\"desk\"></div><noscript><p class=\"alone\">");
    push_escaped(&mut out, words.desk_page_script());
    out.push_str("</p></noscript>");
    out.push_str(&assets.scripts_html);
    out.push_str("</body></html>\n");
    out
}

fn push_start(out: &mut String, ui: Lang) {
    out.push_str("<!doctype html><html dir=\"ltr\" lang=\"");
    out.push_str(ui.as_str());
    out.push_str("\"><head><meta charset=\"utf-8\">");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
}

/// The view as text, as it stands in `<div id="app">`.
pub fn view_html(envelope: &Envelope) -> String {
    let html = Owner::new().with(|| board::draw(envelope).to_html());
    // Markers between text nodes serve hydration; this app draws anew. In text and in rendered
    // Markdown a `<` is always written `&lt;`, so nothing else can look like one.
    html.replace("<!>", "")
}

fn push_head(out: &mut String, head: &Head) {
    out.push_str("<title>");
    push_escaped(out, &head.title);
    out.push_str("</title>");
    meta(out, "name", "description", &head.description);
    meta(out, "name", "color-scheme", "light dark");
    for (scheme, color) in THEME_COLORS {
        out.push_str("<meta name=\"theme-color\" media=\"(prefers-color-scheme:");
        out.push_str(scheme);
        out.push_str(")\" content=\"");
        out.push_str(color);
        out.push_str("\">");
    }
    if let Some(robots) = head.robots {
        meta(out, "name", "robots", robots);
    }
    if let Some(canonical) = &head.canonical {
        link(out, "canonical", canonical, &[]);
    }
    for (lang, href) in &head.alternates {
        link(out, "alternate", href, &[("hreflang", lang)]);
    }
    for feed in &head.feeds {
        link(out, "alternate", &feed.href, &[("type", feed.media_type), ("title", &feed.title)]);
    }
    for (rel, href) in [("prev", &head.previous), ("next", &head.next)] {
        if let Some(href) = href {
            link(out, rel, href, &[]);
        }
    }
    for (property, content) in &head.open_graph {
        meta(out, "property", property, content);
    }
    link(out, "icon", "/icon.svg", &[("type", "image/svg+xml")]);
    link(out, "apple-touch-icon", "/apple-touch-icon.png", &[]);
    if let Some(json_ld) = &head.json_ld {
        out.push_str("<script type=\"application/ld+json\">");
        push_json(out, json_ld);
        out.push_str("</script>");
    }
}

fn meta(out: &mut String, key: &str, name: &str, content: &str) {
    out.push_str("<meta ");
    out.push_str(key);
    out.push_str("=\"");
    out.push_str(name);
    out.push_str("\" content=\"");
    push_escaped(out, content);
    out.push_str("\">");
}

fn link(out: &mut String, rel: &str, href: &str, more: &[(&str, &str)]) {
    out.push_str("<link rel=\"");
    out.push_str(rel);
    out.push_str("\" href=\"");
    push_escaped(out, href);
    for (name, value) in more {
        out.push_str("\" ");
        out.push_str(name);
        out.push_str("=\"");
        push_escaped(out, value);
    }
    out.push_str("\">");
}

/// For text and for values between double quotes.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// JSON inside a `script` element. The characters that could end the element, open a comment or
/// break a line of script occur in JSON only within strings, where an escape means the same.
fn push_json(out: &mut String, json: &str) {
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
