//! What each element of HTML means for running text.

/// A start tag.
pub(super) struct Tag {
    /// In lower case.
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute without white around it; `None` where it is absent or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|c| c == class))
    }
}

/// What an element does with its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Strong,
    Emphasis,
    Strike,
    Code,
    Link,
    /// Quotation marks around it.
    Quotation,
    /// A block with no meaning of its own.
    Block,
    /// A block of strong text: a term, the line that opens a fold.
    StrongBlock,
    /// A block of emphasised text: what stands under a picture.
    Caption,
    Heading(u8),
    Preformatted,
    Quote,
    List,
    Item,
    Table,
    Row,
    Cell,
    /// Nothing of its text is read.
    Dropped,
    /// No text and nothing said about it.
    Silent,
    Image,
    Break,
    Rule,
    /// The text stays, the element is gone, and that is worth a note.
    Unmarked,
    /// The text stays; the element concerned looks alone.
    Plain,
    /// Not an element of HTML.
    Unknown,
}

pub(super) fn role(name: &str) -> Role {
    match name {
        "b" | "strong" => Role::Strong,
        "i" | "em" | "cite" | "dfn" | "var" => Role::Emphasis,
        "s" | "strike" | "del" => Role::Strike,
        "code" | "kbd" | "samp" | "tt" => Role::Code,
        "a" => Role::Link,
        "q" => Role::Quotation,
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav" | "address"
        | "details" | "figure" | "center" | "dl" | "dd" | "hgroup" | "body" | "html" | "menu" | "dir"
        | "fieldset" | "search" => Role::Block,
        "dt" | "summary" | "legend" => Role::StrongBlock,
        "figcaption" | "caption" => Role::Caption,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "pre" | "listing" | "xmp" | "plaintext" => Role::Preformatted,
        "blockquote" => Role::Quote,
        "ul" | "ol" => Role::List,
        "li" => Role::Item,
        "table" => Role::Table,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "script" | "style" | "iframe" | "form" | "object" | "embed" | "video" | "audio" | "canvas"
        | "svg" | "math" | "applet" | "noscript" | "template" | "head" | "title" | "button" | "select"
        | "textarea" | "input" | "map" | "frameset" | "noframes" | "noembed" | "datalist" | "dialog" => {
            Role::Dropped
        }
        "meta" | "link" | "base" | "source" | "track" | "param" | "col" | "colgroup" | "area" | "wbr" => {
            Role::Silent
        }
        "img" => Role::Image,
        "br" => Role::Break,
        "hr" => Role::Rule,
        "sub" | "sup" | "u" | "ins" | "mark" | "ruby" | "rt" | "rp" | "bdo" | "abbr" | "acronym" => {
            Role::Unmarked
        }
        "span" | "font" | "small" | "big" | "bdi" | "time" | "label" | "data" | "output" | "picture"
        | "tbody" | "thead" | "tfoot" | "nobr" | "slot" | "rb" | "rtc" => Role::Plain,
        _ => Role::Unknown,
    }
}

/// Elements without an end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether a link may lead there: a place of the site itself, the web, a mail or a phone.
pub(crate) fn may_link(href: &str) -> bool {
    scheme(href).is_none_or(|scheme| matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel"))
}

/// The scheme of an address as a browser reads it: in lower case, without what browsers ignore in
/// front of it and inside it (WHATWG URL, basic parser: C0 controls and spaces, tabs and newlines).
pub(super) fn scheme(address: &str) -> Option<String> {
    let cleaned: String = address
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .take(64)
        .collect();
    let (scheme, _) = cleaned.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}
