//! The ids of headings.

use std::collections::BTreeMap;

use weerklank_domain::Slug;

/// Gives every heading an id that no other has.
///
/// An id is the slug of the heading's text (`a-z0-9-`), or the one its editor chose; a second of the
/// same gets `-2`, and so on in the order of the text, so ids stay when text is added below. Every
/// other id that this crate writes holds an underscore (`fn_1`, `fnref_1_2`, `law_1`,
/// `footnotes_title`), so none of them can be a heading's. Ids of the page around the text hold a
/// capital or an underscore too, or are handed in as reserved.
pub(super) struct Ids<'a> {
    reserved: &'a [&'a str],
    /// Ids in use, each with the number that its next namesake tries.
    used: BTreeMap<String, u32>,
}

/// The id of a heading whose text holds nothing that a slug can.
const NAMELESS: &str = "section";

impl<'a> Ids<'a> {
    pub fn new(reserved: &'a [&'a str]) -> Self {
        Self { reserved, used: BTreeMap::new() }
    }

    /// `chosen` counts only where it is a slug.
    pub fn take(&mut self, chosen: Option<&str>, text: &str) -> String {
        let slug = chosen.and_then(|id| id.parse::<Slug>().ok()).or_else(|| Slug::from_name(text).ok());
        let base = slug.map_or_else(|| NAMELESS.to_owned(), String::from);
        if self.is_free(&base) {
            self.used.insert(base.clone(), 2);
            return base;
        }
        let mut number = self.used.get(&base).copied().unwrap_or(2);
        loop {
            let id = format!("{base}-{number}");
            number += 1;
            if self.is_free(&id) {
                self.used.insert(base, number);
                self.used.insert(id.clone(), 2);
                return id;
            }
        }
    }

    fn is_free(&self, id: &str) -> bool {
        !self.used.contains_key(id) && !self.reserved.contains(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_headings_share_an_id() {
        let mut ids = Ids::new(&["main"]);
        let mut take = |text| ids.take(None, text);
        assert_eq!(take("Hoe het kan"), "hoe-het-kan");
        assert_eq!(take("Hoe het kan 2"), "hoe-het-kan-2");
        assert_eq!(take("Hoe het kan"), "hoe-het-kan-3");
        assert_eq!(take("Hoe het kan"), "hoe-het-kan-4");
        assert_eq!(take("Main"), "main-2");
        assert_eq!(take("Main"), "main-3");
        assert_eq!(take("Пример"), "section");
        assert_eq!(take("fn_1"), "fn-1");
    }

    #[test]
    fn an_editor_chooses_only_slugs() {
        let mut ids = Ids::new(&[]);
        assert_eq!(ids.take(Some("wet"), "Wat de wet zegt"), "wet");
        assert_eq!(ids.take(Some("fn_1"), "Een"), "een");
        assert_eq!(ids.take(Some("\" onclick=\""), "Twee"), "twee");
    }
}
