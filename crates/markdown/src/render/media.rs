//! Links and images.

use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event, LinkType};

use super::escape;
use super::links::{self, Target};
use super::writer::{Open, Writer};

pub(super) struct Image<'a> {
    src: CowStr<'a>,
    title: CowStr<'a>,
    /// Plain text, not escaped.
    alt: String,
}

impl<'a> Writer<'a> {
    pub(super) fn start_link(&mut self, link_type: LinkType, url: &str, title: &str) {
        let target = if link_type == LinkType::Email {
            Target::Internal
        } else {
            links::link(url, self.options.site_origin)
        };
        if target == Target::Refused || !self.has_room(1) {
            return self.push(Open::Flat);
        }
        self.out.push_str("<a href=\"");
        if link_type == LinkType::Email {
            self.out.push_str("mailto:");
        }
        escape::url(&mut self.out, url);
        self.out.push('"');
        self.title(title);
        self.in_link = true;
        if target == Target::External {
            self.out.push_str(" class=\"external\" rel=\"noopener external\">");
            self.push(Open::ExternalLink);
        } else {
            self.out.push('>');
            self.push(Open::Link);
        }
    }

    /// `note` is said after the link's text, and seen where styles do not reach.
    pub(super) fn end_link(&mut self, note: &str) {
        self.in_link = false;
        if !note.is_empty() {
            self.out.push_str("<span class=\"visually-hidden\"> (");
            escape::text(&mut self.out, note);
            self.out.push_str(")</span>");
        }
        self.out.push_str("</a>");
    }

    /// Takes the events up to the image's end; what they say is the alternative text.
    pub(super) fn read_image(&mut self, src: CowStr<'a>, title: CowStr<'a>) -> Image<'a> {
        let mut alt = String::new();
        let mut depth = 0_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        Image { src, title, alt }
    }

    /// An image in a line; its alternative text where its address is refused. One on another
    /// site becomes a link to it: fetching it would tell that site who reads this.
    pub(super) fn image(&mut self, image: &Image<'_>) {
        match links::image(&image.src, self.options.site_origin) {
            Target::Refused => self.text(&image.alt),
            Target::External => self.linked_image(image),
            Target::Internal => {
                if let Some(heading) = &mut self.heading {
                    heading.text.push_str(&image.alt);
                }
                self.img(image, &image.title);
            }
        }
    }

    /// An image that is a paragraph of its own, its title below it. Says whether it was drawn.
    pub(super) fn figure(&mut self, image: &Image<'_>) -> bool {
        if links::image(&image.src, self.options.site_origin) != Target::Internal {
            return false;
        }
        self.out.push_str("<figure class=\"image\">\n");
        self.img(image, "");
        if !image.title.is_empty() {
            self.out.push_str("\n<figcaption>");
            self.text(&image.title);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("\n</figure>\n");
        true
    }

    fn linked_image(&mut self, image: &Image<'_>) {
        let name = if image.alt.trim().is_empty() { &*image.src } else { image.alt.as_str() };
        if self.in_link {
            return self.text(name);
        }
        self.out.push_str("<a href=\"");
        escape::url(&mut self.out, &image.src);
        self.out.push('"');
        self.title(&image.title);
        self.out.push_str(" class=\"external\" rel=\"noopener external\">");
        self.text(name);
        self.end_link(self.options.labels.external_link);
    }

    fn img(&mut self, image: &Image<'_>, title: &str) {
        self.out.push_str("<img src=\"");
        escape::url(&mut self.out, &image.src);
        self.out.push_str("\" alt=\"");
        escape::attribute(&mut self.out, &image.alt);
        self.out.push('"');
        self.title(title);
        // Known before it arrives, so that the text below does not jump.
        if let Some((width, height)) = (self.options.image_size)(&image.src) {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        }
        self.out.push_str(" loading=\"lazy\" decoding=\"async\"");
        if let Some((sources, sizes)) = (self.options.image_sources)(&image.src) {
            self.out.push_str(" srcset=\"");
            escape::attribute(&mut self.out, &sources);
            self.out.push_str("\" sizes=\"");
            escape::attribute(&mut self.out, sizes);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::attribute(&mut self.out, title);
            self.out.push('"');
        }
    }
}
