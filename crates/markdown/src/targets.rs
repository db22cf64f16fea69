//! What a text points to.

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::render::guard;

/// A link or a picture of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Of the text, from 1.
    pub line: usize,
    pub is_picture: bool,
    /// As it was written.
    pub url: String,
}

impl Target {
    /// Whether the address depends on that of the page: `photo.jpg`, `../other.md`. Addresses from the
    /// root, parts of the same page and those with a scheme or a host do not (RFC 3986, 4.2).
    pub fn is_relative(&self) -> bool {
        let start = self.url.split(['/', '?', '#']).next().unwrap_or_default();
        !self.url.is_empty() && !self.url.starts_with(['/', '#', '?']) && !start.contains(':')
    }

    /// Whether the address has a host of its own.
    pub fn is_elsewhere(&self) -> bool {
        self.url.starts_with("//") || self.url.contains("://")
    }
}

/// The links and pictures of a column's Markdown, in the order of the text; addresses in angle
/// brackets that stand for a mail address are none.
pub fn targets(markdown: &str) -> Vec<Target> {
    let bounded = guard::bound(markdown);
    let (mut found, mut line, mut counted) = (Vec::new(), 1, 0);
    for (event, range) in Parser::new_ext(&bounded.text, bounded.dialect).into_offset_iter() {
        let (is_picture, url) = match event {
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => continue,
            Event::Start(Tag::Link { dest_url, .. }) => (false, dest_url),
            Event::Start(Tag::Image { dest_url, .. }) => (true, dest_url),
            _ => continue,
        };
        // Footnotes come where they are defined, so the text is walked once; a nested one may begin
        // where it was counted already.
        if let Some(between) = bounded.text.get(counted..range.start) {
            line += between.bytes().filter(|byte| *byte == b'\n').count();
            counted = range.start;
        }
        found.push(Target { line, is_picture, url: url.into_string() });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_pictures_are_found_with_their_lines() {
        let found =
            targets("[a](b.md)\n\n![c](/d.png) <mail@shop.example>\n[![e](f.jpg)](https://g.example/)\n");
        let short: Vec<_> =
            found.iter().map(|target| (target.line, target.is_picture, target.url.as_str())).collect();
        assert_eq!(
            short,
            [(1, false, "b.md"), (3, true, "/d.png"), (4, false, "https://g.example/"), (4, true, "f.jpg")]
        );
    }

    #[test]
    fn relative_addresses_are_told_from_others() {
        let is = |url: &str| {
            let target = Target { line: 1, is_picture: false, url: url.to_owned() };
            (target.is_relative(), target.is_elsewhere())
        };
        for url in ["a.md", "./a.md", "../a", "a/b:c.png"] {
            assert_eq!(is(url), (true, false), "{url}");
        }
        for url in ["", "/a", "#a", "?a", "mailto:a@b.example"] {
            assert_eq!(is(url), (false, false), "{url}");
        }
        for url in ["//a.example/b", "https://a.example"] {
            assert_eq!(is(url), (false, true), "{url}");
        }
    }
}
