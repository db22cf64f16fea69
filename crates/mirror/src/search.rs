//! Search without a server: simpler than the board's own, and by the same promise that a query is
//! never wrong.

use std::cmp::Reverse;

use weerklank_api::pages::SearchHit;
use weerklank_domain::{Card, ColumnFilter};

use crate::Index;
use crate::list::Counted;
use crate::words::{Wanted, words};

/// How many words of a query count.
const MAX_WORDS: usize = 16;

/// Where a word was found; better is greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Text = 1,
    /// Shops, series, authors and tags.
    Label = 2,
    Title = 3,
}

/// The words of a query.
#[derive(Debug)]
pub(crate) struct Query(Vec<Wanted>);

/// A column that has some of the words.
struct Found<'a> {
    card: &'a Card,
    words: usize,
    worth: usize,
}

impl Index {
    /// The columns that have the words of a query, in whatever form: whole, as a beginning (from three
    /// letters on) and as a part of a compound (from four); a word from five letters on that nothing is
    /// spelled like may be one typing error away from what was meant. Where no column has all words, those with half of them, or else with
    /// any. More words before fewer, title before labels before text, newer before older.
    ///
    /// The filter narrows the answer; it never changes which words count as found.
    pub(crate) fn search(&self, query: &str, filter: &ColumnFilter) -> (Query, Counted<'_>) {
        let vocabulary: Vec<&str> = self.words.split(' ').collect();
        let names: Vec<_> =
            self.cards.iter().zip(&self.tags).map(|(card, tags)| Names::of(card, tags)).collect();
        let known = vocabulary.iter().copied();
        let wanted = Query::new(query, &known.chain(names.iter().flat_map(Names::all)));

        let mut found: Vec<Found> =
            self.cards.iter().map(|card| Found { card, words: 0, worth: 0 }).collect();
        for wanted in &wanted.0 {
            let in_vocabulary: Vec<bool> = vocabulary.iter().map(|word| wanted.finds(word)).collect();
            for ((found, names), text) in found.iter_mut().zip(&names).zip(&self.texts) {
                if let Some(part) = names.part(wanted).or_else(|| in_text(text, &in_vocabulary)) {
                    found.words += 1;
                    found.worth += part as usize;
                }
            }
        }
        let all = wanted.0.len();
        let has = |least: usize| move |found: &Found| found.words >= least.max(1);
        let least = [all, all.div_ceil(2)].into_iter().find(|least| found.iter().any(has(*least)));
        found.retain(has(least.unwrap_or(1)));
        // The cards are newest first, and the sort keeps the order of equals.
        found.sort_by_key(|found| Reverse((found.words, found.worth)));
        if found.is_empty() {
            return (wanted, Counted::default());
        }
        let counted = self.count(found.iter().map(|found| found.card), filter);
        (wanted, counted)
    }
}

/// Whether one of a text's words is among those that are found.
fn in_text(text: &[u32], found: &[bool]) -> Option<Part> {
    let mut number = 0;
    let mut numbers = text.iter().map(|step| {
        number += *step as usize;
        number
    });
    numbers.any(|number| found.get(number) == Some(&true)).then_some(Part::Text)
}

/// The words of a title and of the labels.
struct Names {
    title: Vec<String>,
    labels: Vec<String>,
}

impl Names {
    fn of(card: &Card, tags: &[String]) -> Self {
        let folded = |text: &str| words(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        let series = card.series.iter().map(|part| &part.series);
        let named = card.shops.iter().chain(&card.authors).chain(series).map(|named| &named.name);
        Self { title: folded(&card.title), labels: named.chain(tags).flat_map(|text| folded(text)).collect() }
    }

    fn all(&self) -> impl Iterator<Item = &str> + Clone {
        self.title.iter().chain(&self.labels).map(String::as_str)
    }

    fn part(&self, wanted: &Wanted) -> Option<Part> {
        let any = |words: &[String]| words.iter().any(|word| wanted.finds(word));
        if any(&self.title) { Some(Part::Title) } else { any(&self.labels).then_some(Part::Label) }
    }
}

impl Query {
    fn new<'a>(query: &str, known: &(impl Iterator<Item = &'a str> + Clone)) -> Self {
        let mut typed: Vec<String> = Vec::new();
        for (word, _) in words(query) {
            if typed.len() < MAX_WORDS && !typed.contains(&word) {
                typed.push(word);
            }
        }
        Self(typed.into_iter().map(|word| Wanted::new(word, known.clone())).collect())
    }

    /// A card with what was looked for marked in its title and its summary.
    pub fn hit(&self, card: &Card) -> SearchHit {
        SearchHit { card: card.clone(), title: self.marked(&card.title), snippet: self.marked(&card.summary) }
    }

    /// The text in pieces; whole words are marked, also where only a part of one matches.
    fn marked(&self, text: &str) -> Vec<(String, bool)> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for (word, range) in words(text) {
            if self.0.iter().any(|wanted| wanted.finds(&word)) {
                if at < range.start {
                    pieces.push((text[at..range.start].to_owned(), false));
                }
                pieces.push((text[range.clone()].to_owned(), true));
                at = range.end;
            }
        }
        if at < text.len() {
            pieces.push((text[at..].to_owned(), false));
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use weerklank_domain::{Lang, Named, Sentiment};

    /// A column of one day, younger with each letter of the alphabet.
    fn column(slug: &str, title: &str, tag: &str, text: &str) -> (Card, Vec<String>, String) {
        let day = slug.as_bytes()[0] - b'a' + 1;
        let card = Card {
            slug: slug.parse().unwrap(),
            title: title.to_owned(),
            summary: format!("Over {text}"),
            date: format!("2026-05-{day:02}").parse().unwrap(),
            lang: Lang::Nl,
            sentiment: Sentiment::Mixed,
            moments: Vec::new(),
            shops: vec![Named { slug: "knispervel".parse().unwrap(), name: "Knispervel".to_owned() }],
            authors: Vec::new(),
            series: None,
            reading_minutes: 1,
            image: None,
        };
        (card, vec![tag.to_owned()], text.to_owned())
    }

    fn index() -> Index {
        Index::of([
            column("a", "Een webwinkelretour", "geduld", "wachten"),
            column("b", "De bezorging", "retouren", "een pakket"),
            column("c", "Café Één", "koffie", "retour termijn en nog een pakket"),
            column("d", "Het pakket", "warmte", "buren"),
        ])
    }

    fn found(query: &str) -> String {
        let index = index();
        let (_, counted) = index.search(query, &ColumnFilter::default());
        counted.cards.iter().map(|card| card.slug.as_str()).collect()
    }

    #[test]
    fn words_are_found_in_every_form_best_first() {
        for (query, expected) in [
            ("retour", "abc"),
            ("pakket", "dcb"),
            // In the title of one column only are both.
            ("CAFE een", "c"),
            ("bezorg", "b"),
            ("winkel", "a"),
            ("knispervel", "dcba"),
            ("zzzz", ""),
            ("!? ' \u{301}", ""),
        ] {
            assert_eq!(found(query), expected, "{query}");
        }
    }

    #[test]
    fn one_typing_error_is_forgiven_where_nothing_else_is_found() {
        assert_eq!(found("bezroging"), "b");
        assert_eq!(found("paket"), "dcb");
        assert_eq!(found("wermte"), "d");
        assert_eq!(found("burn"), "", "four letters are too few");
    }

    #[test]
    fn half_of_the_words_will_do_where_nothing_has_all() {
        assert_eq!(found("pakket bezorging"), "b");
        assert_eq!(found("koffie buren"), "cd", "a label before the text");
        assert_eq!(found("termijn zzzz xxxx"), "c");
    }

    #[test]
    fn what_matches_is_marked() {
        let index = index();
        let (wanted, counted) = index.search("winkel wachten", &ColumnFilter::default());
        let hit = wanted.hit(counted.cards[0]);
        assert_eq!(hit.title, [("Een ".to_owned(), false), ("webwinkelretour".to_owned(), true)]);
        assert_eq!(hit.snippet, [("Over ".to_owned(), false), ("wachten".to_owned(), true)]);
    }

    #[test]
    fn an_index_comes_back_from_its_file() {
        let index = index();
        let file = serde_json::to_string(&index).unwrap();
        assert_eq!(serde_json::from_str::<Index>(&file).unwrap(), index);
        assert_eq!(file.matches("pakket").count(), 4, "a text's words are spelled once: {file}");
    }
}
