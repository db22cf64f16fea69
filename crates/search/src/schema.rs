//! What the index holds of a column.

use std::collections::BTreeMap;

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use weerklank_domain::{Date, Lang, Moment, Named, Sentiment, Slug};

use crate::{Public, analysis};

/// Raise it when the same columns would make another index: it is then built anew.
pub const VERSION: u32 = 3;

pub const SLUG: &str = "slug";
pub const FACTS: &str = "facts";
pub const SHOPS: &str = "shops";
pub const SERIES: &str = "series";
pub const AUTHORS: &str = "authors";

/// The fields of one language; a column fills those of its own language only.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    /// Stems of everything below, in one list with positions: what decides whether a column matches.
    pub all: Field,
    /// Stems again, per part of the column: what decides how well it matches.
    pub title: Field,
    /// Shops, series, authors, and the labels.
    pub labels: Field,
    pub summary: Field,
    /// Surface words: the vocabulary for compounds and typing errors.
    pub words: Field,
}

#[derive(Debug, Clone)]
pub struct Fields {
    pub schema: Schema,
    pub slug: Field,
    pub title: Field,
    pub summary: Field,
    pub body: Field,
    facts: Field,
    shops: Field,
    series: Field,
    authors: Field,
    texts: [Texts; 2],
}

impl Fields {
    pub fn new() -> Self {
        let mut schema = Schema::builder();
        let text = |tokenizer: &str, option, norms| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option)
                .set_fieldnorms(norms);
            TextOptions::default().set_indexing_options(indexing)
        };
        let mut texts = |lang: Lang| {
            let (freqs, positions) = (IndexRecordOption::WithFreqs, IndexRecordOption::WithFreqsAndPositions);
            let stems = analysis::stems(lang);
            Texts {
                all: schema.add_text_field(&format!("all_{lang}"), text(stems, positions, true)),
                title: schema.add_text_field(&format!("title_{lang}"), text(stems, positions, true)),
                labels: schema.add_text_field(&format!("labels_{lang}"), text(stems, freqs, true)),
                summary: schema.add_text_field(&format!("summary_{lang}"), text(stems, freqs, true)),
                words: schema.add_text_field(
                    &format!("words_{lang}"),
                    text(analysis::SURFACE, IndexRecordOption::Basic, false),
                ),
            }
        };
        let texts = [texts(Lang::Nl), texts(Lang::En)];
        let stored = TextOptions::from(STORED);
        let fast = || TextOptions::default().set_fast("raw");
        Self {
            slug: schema.add_text_field(SLUG, STRING | FAST),
            title: schema.add_text_field("title", stored.clone()),
            summary: schema.add_text_field("summary", stored.clone()),
            body: schema.add_text_field("body", stored),
            facts: schema.add_u64_field(FACTS, NumericOptions::default().set_fast()),
            shops: schema.add_text_field(SHOPS, fast()),
            series: schema.add_text_field(SERIES, fast()),
            authors: schema.add_text_field(AUTHORS, fast()),
            texts,
            schema: schema.build(),
        }
    }

    pub fn texts(&self, lang: Lang) -> Texts {
        self.texts[lang as usize]
    }

    pub fn document(&self, slug: &Slug, public: &Public) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.slug, slug.as_str());
        document.add_text(self.title, &public.title);
        document.add_text(self.summary, &public.summary);
        document.add_text(self.body, &public.body);
        let facts = Facts {
            date: public.date,
            lang: public.lang,
            sentiment: public.sentiment,
            moments: public.moments.iter().fold(0, |mask, moment| mask | moment_bit(*moment)),
        };
        document.add_u64(self.facts, facts.pack());
        for (field, things) in [
            (self.shops, public.shops.as_slice()),
            (self.series, public.series.as_slice()),
            (self.authors, public.authors.as_slice()),
        ] {
            let unique: BTreeMap<_, _> = things.iter().map(|thing| (&thing.slug, thing)).collect();
            for thing in unique.into_values() {
                document.add_text(field, pack_named(thing));
            }
        }

        let texts = self.texts(public.lang);
        let named = public.shops.iter().chain(&public.series).chain(&public.authors);
        let labels = named.map(|thing| thing.name.as_str()).chain(public.labels.iter().map(String::as_str));
        let parts = [(texts.title, public.title.as_str()), (texts.summary, public.summary.as_str())];
        let parts = parts.into_iter().chain(labels.map(|label| (texts.labels, label)));
        for (field, text) in parts {
            document.add_text(field, text);
            document.add_text(texts.all, text);
            document.add_text(texts.words, text);
        }
        document.add_text(texts.all, &public.body);
        document.add_text(texts.words, &public.body);
        document
    }
}

/// What facets and order need of a column, in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub date: Date,
    pub lang: Lang,
    pub sentiment: Sentiment,
    /// One bit per service moment, see [`moment_bit`].
    pub moments: u32,
}

pub fn moment_bit(moment: Moment) -> u32 {
    1 << moment as u32
}

impl Facts {
    /// Year, month and day from the top, so that a later day is a larger number; then the rest.
    fn pack(self) -> u64 {
        let day = (u64::from(self.date.year().unsigned_abs()) << 9)
            | (u64::from(self.date.month()) << 5)
            | u64::from(self.date.day());
        day << 40 | (self.lang as u64) << 36 | (self.sentiment as u64) << 32 | u64::from(self.moments)
    }
}

/// [`Facts`] as they are read, without a detour through the calendar.
#[derive(Debug, Clone, Copy)]
pub struct PackedFacts(pub u64);

impl PackedFacts {
    /// A later day is a larger number.
    pub fn day(self) -> u32 {
        (self.0 >> 40) as u32
    }

    /// Index into `Lang::ALL`.
    pub fn lang(self) -> usize {
        usize::from(self.0 >> 36 & 0xf != 0)
    }

    /// Index into `Sentiment::ALL`.
    pub fn sentiment(self) -> usize {
        (self.0 >> 32 & 0x3) as usize
    }

    #[expect(clippy::cast_possible_truncation, reason = "the moments are the low 32 bits")]
    pub fn moments(self) -> u32 {
        self.0 as u32
    }
}

fn pack_named(named: &Named) -> String {
    format!("{}\t{}", named.slug, named.name)
}

/// The inverse of what the index stores for something named; `None` where that is damaged.
pub fn unpack_named(packed: &str) -> Option<Named> {
    let (slug, name) = packed.split_once('\t')?;
    Some(Named { slug: slug.parse().ok()?, name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_out_as_they_went_in() {
        let mut previous = 0;
        for (date, lang, sentiment) in [
            ("1900-01-01", Lang::En, Sentiment::Mixed),
            ("2026-04-30", Lang::Nl, Sentiment::Positive),
            ("2026-05-01", Lang::En, Sentiment::Negative),
            ("2199-12-31", Lang::Nl, Sentiment::Mixed),
        ] {
            let moments = moment_bit(Moment::Orientation) | moment_bit(Moment::Aftercare);
            let packed = PackedFacts(Facts { date: date.parse().unwrap(), lang, sentiment, moments }.pack());
            assert_eq!(Lang::ALL[packed.lang()], lang);
            assert_eq!(Sentiment::ALL[packed.sentiment()], sentiment);
            assert_eq!(packed.moments(), moments);
            assert!(packed.day() > previous);
            previous = packed.day();
        }
    }
}
