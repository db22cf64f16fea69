//! Names that look like others: what UTS 39 calls confusable.

use std::collections::BTreeMap;

use unicode_security::{MixedScript as _, skeleton};
use weerklank_domain::{Column, Named, Slug};

use crate::Note;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    Author,
    Shop,
    Series,
}

impl NameKind {
    const ALL: [Self; 3] = [Self::Author, Self::Shop, Self::Series];

    /// Where it stands in the front matter.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Author => "authors",
            Self::Shop => "shops",
            Self::Series => "series",
        }
    }

    fn of(self, column: &Column) -> Vec<&str> {
        match self {
            Self::Author => column.authors.iter().map(String::as_str).collect(),
            Self::Shop => column.shops.iter().map(String::as_str).collect(),
            Self::Series => column.series.iter().map(|part| part.name.as_str()).collect(),
        }
    }
}

/// The names that are known, by what they look like.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// To each skeleton the names that have it, one for each slug.
    known: BTreeMap<(NameKind, String), Vec<Named>>,
}

impl Names {
    /// A note for each name of a column that readers could take for another one; from now on they
    /// are known. `line` is where the names of a kind stand.
    pub fn check(&mut self, column: &Column, line: impl Fn(NameKind) -> Option<usize>) -> Vec<Note> {
        let mut notes = Vec::new();
        for kind in NameKind::ALL {
            for name in kind.of(column) {
                let Ok(slug) = Slug::from_name(name) else { continue };
                let key = kind.key();
                if let Some(odd) = odd_letter(name) {
                    let message = format!(
                        "{key}: “{name}” mixes scripts in a word: is “{odd}” (U+{:04X}) the letter that it looks like?",
                        u32::from(odd)
                    );
                    notes.push(Note { line: line(kind), message });
                }
                if let Some(other) = self.like(kind, name, &slug) {
                    let message = format!(
                        "{key}: “{name}” (`{slug}`) looks like “{}” (`{}`), which is another one: readers \
                         could take it for that",
                        other.name, other.slug
                    );
                    notes.push(Note { line: line(kind), message });
                }
                self.learn(kind, &Named { slug, name: name.to_owned() });
            }
        }
        notes
    }

    pub fn learn(&mut self, kind: NameKind, named: &Named) {
        for look in looks(&named.name) {
            let same = self.known.entry((kind, look)).or_default();
            if !same.iter().any(|known| known.slug == named.slug) {
                same.push(named.clone());
            }
        }
    }

    /// A known name that looks the same and has another slug.
    fn like(&self, kind: NameKind, name: &str, slug: &Slug) -> Option<&Named> {
        looks(name)
            .into_iter()
            .filter_map(|look| self.known.get(&(kind, look)))
            .flatten()
            .find(|known| known.slug != *slug)
    }
}

/// What a name looks like, as it is written and in small letters (UTS 39, 4): `IKEA` is like `lKEA`,
/// `WІNKEL` like `winkel`.
fn looks(name: &str) -> [String; 2] {
    [skeleton(name).collect(), skeleton(&name.to_lowercase()).collect()]
}

/// A letter in a word of another script (UTS 39, 5.1); of two scripts, one of that with fewer letters.
/// Japanese, Korean and the like, which write with several, count as one.
fn odd_letter(name: &str) -> Option<char> {
    let word = name.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_single_script())?;
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let first = letters().next()?;
    let (like, unlike): (Vec<char>, Vec<char>) =
        letters().partition(|c| String::from_iter([first, *c]).as_str().is_single_script());
    if unlike.len() <= like.len() { unlike.first().copied() } else { like.first().copied() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(shops: &[&str]) -> Column {
        let text = "---\ntitle: T\ndate: 2026-05-01\nlang: nl\nsentiment: mixed\n---\n";
        let mut column = weerklank_markdown::parse_file("a.md", text).unwrap();
        column.shops = shops.iter().map(|name| (*name).to_owned()).collect();
        column
    }

    fn told(names: &mut Names, shops: &[&str]) -> Vec<String> {
        let notes = names.check(&column(shops), |kind| (kind == NameKind::Shop).then_some(6));
        assert!(notes.iter().all(|note| note.line == Some(6)));
        notes.into_iter().map(|note| note.message).collect()
    }

    #[test]
    fn a_name_in_two_scripts_is_noted() {
        for (name, odd) in
            [("Wіnkel", "“і” (U+0456)"), ("Сoffee", "“С” (U+0421)"), ("Vonk & Zοon", "“ο” (U+03BF)")]
        {
            let notes = told(&mut Names::default(), &[name]);
            assert!(notes.len() == 1 && notes[0].contains(odd), "{notes:?}");
        }
        for name in [
            "Café ’t Hoekje",
            "Vonk & Zoon",
            "Winkel 東京",
            "24µm",
            "Ångström № 1",
            "Ｗｉｎｋｅｌ",
            "A 東京タワー",
        ] {
            assert_eq!(told(&mut Names::default(), &[name]), [] as [&str; 0]);
        }
    }

    #[test]
    fn a_name_that_looks_like_a_known_one_is_noted() {
        for (known, name) in [
            ("Winkel", "WinkeI"),
            ("IKEA", "lKEA"),
            ("winkel", "Wіnkel"),
            ("Modern", "Modem"),
            ("Bol 10", "Bol lO"),
        ] {
            let mut names = Names::default();
            names.learn(
                NameKind::Shop,
                &Named { slug: Slug::from_name(known).unwrap(), name: known.to_owned() },
            );
            let notes = told(&mut names, &[name]);
            assert!(notes.last().unwrap().contains(&format!("looks like “{known}”")), "{notes:?}");
        }
    }

    #[test]
    fn names_that_are_no_others_are_not() {
        let mut names = Names::default();
        let author = Named { slug: Slug::from_name("Winkel").unwrap(), name: "Winkel".to_owned() };
        names.learn(NameKind::Author, &author);
        let shops = ["WinkeI", "Vonk & Zoon", "Vonk en Zoon", "Vonk", "Zoon", "Winkel 1", "Winkel 2"];
        for _ in 0..2 {
            assert_eq!(told(&mut names, &shops), [] as [&str; 0]);
        }
        assert_eq!(told(&mut names, &["vonk zoon", "Vonk - Zoon", "VONK"]), [] as [&str; 0]);
    }
}
