//! Which column a discussion belongs to.

use std::collections::HashMap;

use weerklank_domain::Slug;

use super::Thread;
use crate::draft::percent_decoded;

/// What an operator says of discussions whose address tells nothing.
#[derive(Debug, Clone, Default)]
pub struct DisqusMap(HashMap<String, Slug>);

impl DisqusMap {
    /// Reads lines of an address (or of what the site called the page) and a column's slug, with white space or a
    /// comma between them. Empty lines and those that begin with `#` are passed over. Else it says which line is
    /// wrong, and how to mend it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut map = HashMap::new();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((address, slug)) = line.rsplit_once(|c: char| c == ',' || c.is_whitespace()) else {
                return Err(format!("line {number}: an address and a slug, with a space between them"));
            };
            let slug = slug.parse().map_err(|error| format!("line {number}: `{slug}`: {error}"))?;
            map.insert(key(address.trim_end_matches(|c: char| c == ',' || c.is_whitespace())), slug);
        }
        Ok(Self(map))
    }

    /// What the column of a discussion may be called, the likeliest first: what the operator says; else the last part
    /// of its address, and of what the site called the page.
    pub(super) fn columns(&self, thread: &Thread) -> Vec<Slug> {
        let said = [&thread.link, &thread.id].into_iter().find_map(|text| self.0.get(&key(text)));
        if let Some(said) = said {
            return vec![said.clone()];
        }
        let mut columns: Vec<Slug> =
            [&thread.link, &thread.id].into_iter().filter_map(|at| last_part(at)).collect();
        columns.dedup();
        columns
    }
}

/// An address without what differs from copy to copy.
fn key(address: &str) -> String {
    let address = address.trim();
    let rest =
        ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
    rest.trim_end_matches('/').to_owned()
}

/// `een-bank` of `https://winkel.example/2015/12/een-bank.html?page=2#comments`.
fn last_part(address: &str) -> Option<Slug> {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        // Not an address of a site: a path, or a name of the site's own.
        None => address,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.rsplit('/').filter(|part| !part.is_empty()).map(|part| {
        let ending = part.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "html" | "htm" | "php"));
        ending.map_or(part, |(name, _)| name)
    });
    let part = parts.find(|part| *part != "index")?;
    // A number says which page it was there, and nothing here.
    let is_name = part.chars().any(char::is_alphabetic) && !part.contains([' ', '=']);
    is_name.then(|| Slug::from_name(&percent_decoded(part)).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(map: &str, link: &str, id: &str) -> Vec<String> {
        let thread = Thread { link: link.to_owned(), id: id.to_owned(), ..Thread::default() };
        let map = DisqusMap::parse(map).unwrap();
        map.columns(&thread).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_address_names_its_column_by_its_last_part() {
        for (link, slug) in [
            ("https://winkel.example/een-bank", "een-bank"),
            ("http://winkel.example/2015/12/Een-Bank.html?page=2#comments", "een-bank"),
            ("https://winkel.example/een-bank/index.html", "een-bank"),
            ("https://winkel.example/caf%C3%A9/", "cafe"),
        ] {
            assert_eq!(columns("", link, ""), [slug], "{link}");
        }
        for link in
            ["https://winkel.example", "https://winkel.example/?p=12", "https://winkel.example/12/", ""]
        {
            assert!(columns("", link, "12 https://winkel.example/?p=12").is_empty(), "{link}");
        }
        assert_eq!(columns("", "https://winkel.example/a", "/oud/b"), ["a", "b"]);
    }

    #[test]
    fn the_operator_knows_better() {
        let map = "\u{feff}# oud, nieuw\n\nhttp://winkel.example/?p=12, een-bank\nb\tandere\n";
        assert_eq!(columns(map, "https://winkel.example/?p=12", ""), ["een-bank"]);
        assert_eq!(columns(map, "https://winkel.example/a/", "b"), ["andere"]);
        assert!(DisqusMap::parse("een").unwrap_err().starts_with("line 1: "));
        assert!(
            DisqusMap::parse("\nhttps://winkel.example/a Een Bank")
                .unwrap_err()
                .starts_with("line 2: `Bank`")
        );
    }
}
