//! Elements that are one thing: a link, a picture, a break; and those that are left out.

use std::rc::Rc;

use super::Builder;
use crate::html::elements::{Tag, is_void, may_link, scheme};
use crate::html::notes::excerpt;
use crate::prose::{Link, Piece, Style, What};

impl Builder<'_> {
    pub(super) fn link(&mut self, tag: &Tag) {
        self.style.link = None;
        let Some(href) = tag.get("href") else { return };
        if may_link(href) {
            let title = tag.get("title").unwrap_or_default().to_owned();
            self.style.link = Some(Rc::new(Link { href: href.to_owned(), title }));
        } else {
            let scheme = scheme(href).unwrap_or_default();
            self.notes
                .add(self.line, format!("link with `{}:` left out; its text is kept", excerpt(&scheme)));
        }
    }

    pub(super) fn image(&mut self, tag: &Tag) {
        let usable = |src: &&str| scheme(src).is_none_or(|scheme| scheme == "http" || scheme == "https");
        // Pictures that load late keep their real address elsewhere.
        let sources = ["src", "data-src", "data-lazy-src", "data-original"];
        let found = sources.iter().filter_map(|name| tag.get(name)).find(usable);
        let alt = tag.get("alt").unwrap_or_default().to_owned();
        let Some(src) = found else {
            let why = match tag.get("src").and_then(scheme) {
                Some(scheme) => format!("its address begins with `{}:`", excerpt(&scheme)),
                None => "it has no address".to_owned(),
            };
            return self.notes.add(self.line, format!("picture “{}” left out: {why}", excerpt(&alt)));
        };
        let title = tag.get("title").filter(|title| *title != alt).unwrap_or_default().to_owned();
        self.take_white();
        if scheme(src).as_deref() == Some("http") {
            self.notes.add(
                self.line,
                format!("picture `{}` became a link: pages show pictures over https only", excerpt(src)),
            );
            let link = Rc::new(Link { href: src.to_owned(), title });
            let text = if alt.is_empty() { src.to_owned() } else { alt };
            let style = Style { link: Some(link), ..self.style.clone() };
            self.run.push(Piece::text(text, style));
        } else {
            let what = What::Image { src: src.to_owned(), alt, title };
            self.run.push(Piece { what, style: self.style.clone() });
        }
    }

    pub(super) fn line_break(&mut self) {
        if let Some((_, text)) = &mut self.preformatted {
            text.push('\n');
            return;
        }
        // A line end in the text on either side of the tag is that same break.
        if self.white.is_none_or(|newlines| newlines < 2) {
            self.white = None;
        }
        self.take_white();
        self.run.push(Piece { what: What::Break, style: self.style.clone() });
    }

    pub(super) fn unmarked(&mut self, tag: &Tag) {
        match tag.get("title") {
            Some(title) if matches!(tag.name.as_str(), "abbr" | "acronym") => {
                self.notes
                    .add(self.line, format!("explanation “{}” of `<{}>` left out", excerpt(title), tag.name));
            }
            None if matches!(tag.name.as_str(), "abbr" | "acronym") => {}
            _ => self.notes.add(self.line, format!("`<{}>` left out; its text is kept", tag.name)),
        }
    }

    pub(super) fn drop_element(&mut self, tag: &Tag) {
        let address = ["src", "data", "href", "action"].iter().find_map(|name| tag.get(name));
        let what = match address {
            Some(address) => format!("`<{}>` left out: {}", tag.name, excerpt(address)),
            None => format!("`<{}>` left out", tag.name),
        };
        if is_void(&tag.name) {
            self.notes.add(self.line, what);
        } else {
            self.dropped = Some((tag.name.clone(), 1, what, self.line, String::new()));
        }
    }

    pub(super) fn finish_dropped(&mut self) {
        let Some((name, _, mut what, line, text)) = self.dropped.take() else { return };
        let text = text.trim();
        if !text.is_empty() && !matches!(name.as_str(), "style") {
            what = format!("{what}, “{}”", excerpt(text));
        }
        self.notes.add(line, what);
    }
}
