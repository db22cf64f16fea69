//! A small strict reader of our own HTML: it takes what our pages consist of and panics at anything
//! else, so that a text that broke out of its place cannot go unseen.

use weerklank_api::pages::Envelope;

/// An element as its start tag wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// Up to the next tag; of `script`, `style` and `title` everything inside.
    pub text: String,
}

impl Element {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn is(&self, name: &str, attribute: &str, value: &str) -> bool {
        self.name == name && self.get(attribute) == Some(value)
    }
}

/// What a page's markup consists of, apart from its words: names of elements and of attributes.
pub fn shape(html: &str) -> Vec<String> {
    elements(html)
        .into_iter()
        .map(|element| {
            let names: Vec<String> = element.attributes.into_iter().map(|(name, _)| name).collect();
            format!("{} {}", element.name, names.join(" "))
        })
        .collect()
}

/// The data that stands in a page.
pub fn embedded(html: &str) -> Envelope {
    let elements = elements(html);
    let data = elements.iter().find(|element| element.is("script", "id", "page")).expect("data in the page");
    serde_json::from_str(&data.text).expect("the data is an envelope")
}

/// Every start tag, in order.
pub fn elements(html: &str) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    let mut rest = html.strip_prefix("<!doctype html>").unwrap_or(html);
    while let Some(at) = rest.find('<') {
        if let Some(last) = found.last_mut().filter(|last| last.text.is_empty()) {
            last.text = decoded(&rest[..at]);
        }
        rest = &rest[at + 1..];
        if let Some(end_tag) = rest.strip_prefix('/') {
            rest = &end_tag[end_tag.find('>').expect("an end tag ends") + 1..];
            continue;
        }
        let (mut element, after) = start_tag(rest);
        rest = after;
        if ["script", "style", "title"].contains(&element.name.as_str()) {
            // As a browser does it: in any case of letters.
            let end = rest.to_ascii_lowercase().find(&format!("</{}", element.name)).expect("it is closed");
            let (text, after) = rest.split_at(end);
            text.clone_into(&mut element.text);
            rest = after;
        }
        found.push(element);
    }
    found
}

fn start_tag(text: &str) -> (Element, &str) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    let start: String = text.chars().take(60).collect();
    assert!(name.starts_with(|c: char| c.is_ascii_lowercase()), "no element starts as <{start}");
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            return (Element { name: name.to_owned(), attributes, text: String::new() }, after);
        }
        let end = rest.find(|c: char| "= />\n".contains(c)).expect("a tag ends");
        let (key, after) = rest.split_at(end);
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_:".contains(c);
        assert!(!key.is_empty() && key.chars().all(is_name), "`{key}` is no attribute, in <{start}");
        let mut value = "";
        rest = after;
        if let Some(quoted) = after.strip_prefix('=') {
            let quoted = quoted.strip_prefix('"').unwrap_or_else(|| {
                panic!("values stand in double quotes: <{}", &start[..start.len().min(200)])
            });
            (value, rest) = quoted.split_once('"').expect("a value ends");
        }
        attributes.push((key.to_owned(), decoded(value)));
    }
}

/// The character references that we write.
fn decoded(text: &str) -> String {
    let references =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    references.into_iter().fold(text.to_owned(), |text, (reference, c)| text.replace(reference, c))
}
