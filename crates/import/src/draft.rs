//! What an export says about one column, made into a column.

use weerklank_domain::{Column, Comments, Date, Image, Lang, Sentiment, Slug, Source, Status, is_invisible};
use weerklank_markdown::{MAX_ENTRIES, parse_file, tidy_body, to_file};

use crate::html::{self, Newlines, Notes};
use crate::markdown_file::clean_body;
use crate::prose::{self, Block};
use crate::{Options, Outcome, Problem, language};

/// One item of an export.
pub(crate) struct Draft {
    /// As text, without markup.
    pub title: String,
    /// The address it had; empty where it never had one.
    pub slug: String,
    /// What its number was there.
    pub id: String,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
    pub summary: Option<String>,
    pub image: Option<Image>,
    pub comments: Comments,
    pub status: Status,
    pub text: Vec<Block>,
    /// The language that the site as a whole was in.
    pub site_lang: Option<Lang>,
    /// The line of the file at which it begins.
    pub line: Option<usize>,
}

impl Draft {
    /// Makes the column, writes it as a file and reads that back: whatever comes out is a column
    /// that an editor could have written by hand, and its export is what was imported.
    pub fn finish(mut self, options: Options, mut notes: Notes) -> Outcome {
        let plain = prose::plain_blocks(&self.text);
        if self.title.is_empty() && plain.is_empty() {
            return Outcome::Skipped { reason: "it has neither a title nor text".to_owned() };
        }
        let refuse = |message: &str| Outcome::Refused { problems: vec![Problem::new(self.line, message)] };
        let Some(date) = self.date else {
            return refuse("it has no date; give it one where it comes from and export again");
        };
        if self.title.is_empty() {
            self.title = first_words(&plain);
            notes.add(None, format!("it had no title; its first words serve: “{}”", self.title));
        }
        let Some(slug) = self.find_slug(&mut notes) else {
            return refuse("neither its address, its title nor its number makes a slug");
        };
        let lang = self.find_lang(&plain, options, &mut notes);
        let image = std::mem::take(&mut self.image);
        let mut column = Column {
            slug,
            title: spoken(&self.title, "title", &mut notes),
            date,
            updated: self.updated.filter(|updated| *updated > date),
            authors: names(&self.authors, &mut notes),
            lang,
            sentiment: Sentiment::Mixed,
            moments: Vec::new(),
            shops: Vec::new(),
            series: None,
            guest: None,
            first_published: None,
            summary: self
                .summary
                .as_ref()
                .map(|text| spoken(text, "summary", &mut notes))
                .filter(|text| !text.is_empty()),
            tags: tags(&self.tags, &mut notes),
            image,
            source: Source::Own,
            comments: self.comments,
            status: self.status,
            incomplete: false,
            body: tidy_body(&without_controls(&prose::markdown(&self.text), &mut notes)),
        };
        let changes = if options.as_is { Vec::new() } else { clean_body(&mut column.body, 1) };
        match parse_file("", &to_file(&column)) {
            Ok(column) => {
                Outcome::Column { column: Box::new(column), line: self.line, changes, notes: notes.finish() }
            }
            Err(problems) => {
                // Their lines are those of a file that nobody has seen.
                let problem = |problem| Problem { line: self.line, ..Problem::from(problem) };
                Outcome::Refused { problems: problems.into_iter().map(problem).collect() }
            }
        }
    }

    fn find_slug(&self, notes: &mut Notes) -> Option<Slug> {
        let wished = percent_decoded(&self.slug);
        let number = format!("post-{}", self.id);
        let slug =
            [wished.as_str(), &self.title, &number].iter().find_map(|name| Slug::from_name(name).ok())?;
        if !self.slug.is_empty() && slug.as_str() != self.slug {
            notes.add(None, format!("its address was `{wished}` and is `{slug}` now"));
        }
        Some(slug)
    }

    fn find_lang(&self, plain: &str, options: Options, notes: &mut Notes) -> Lang {
        let guess = || language::guess(&format!("{} {plain}", self.title));
        let (lang, how) = match (options.lang, guess) {
            (Some(lang), _) => (lang, "as chosen"),
            (None, guess) => match (guess(), self.site_lang) {
                (Some(lang), _) => (lang, "guessed from its words"),
                (None, Some(lang)) => (lang, "as its site says"),
                (None, None) => (Lang::Nl, "assumed"),
            },
        };
        notes.add(None, format!("lang `{lang}` {how}, sentiment `mixed` assumed: an export has neither"));
        lang
    }
}

/// The words of a text that may hold HTML, on one line.
pub(crate) fn words(html: &str, notes: &mut Notes) -> String {
    prose::plain_blocks(&html::read(html, Newlines::Spaces, None, notes))
}

/// At most 60 characters, cut between words.
fn first_words(text: &str) -> String {
    const MOST: usize = 60;
    let Some((at, _)) = text.char_indices().nth(MOST) else { return text.to_owned() };
    let cut = text[..at].rfind(' ').unwrap_or(at);
    format!("{}…", &text[..cut])
}

/// A text of the front matter without what would turn or hide the text around it (UAX 9).
fn spoken(text: &str, key: &str, notes: &mut Notes) -> String {
    let kept: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    if kept != text {
        notes.add(None, format!("invisible characters taken out of the {key}"));
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters are no text in Markdown nor in a database (C0 and C1 without tab and line end).
fn without_controls(text: &str, notes: &mut Notes) -> String {
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let count = text.chars().filter(|c| bad(*c)).count();
    if count == 0 {
        return text.to_owned();
    }
    notes.add(None, format!("{count} control characters taken out of the text"));
    text.chars().filter(|c| !bad(*c)).collect()
}

/// Names with an address of their own, no two with the same one.
fn names(names: &[String], notes: &mut Notes) -> Vec<String> {
    let mut slugs = Vec::new();
    let mut out = Vec::new();
    for name in names {
        let name = spoken(name, "author", notes);
        match Slug::from_name(&name) {
            Ok(slug) if slugs.contains(&slug) => {}
            Ok(slug) => {
                slugs.push(slug);
                out.push(name);
            }
            Err(error) => notes.add(None, format!("author “{name}” left out: {error}")),
        }
    }
    out
}

fn tags(tags: &[String], notes: &mut Notes) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for tag in tags {
        let tag = spoken(tag, "tags", notes);
        if !tag.is_empty() && !out.contains(&tag) {
            out.push(tag);
        }
    }
    if out.len() > MAX_ENTRIES {
        let rest = out.split_off(MAX_ENTRIES);
        notes.add(None, format!("a column has at most {MAX_ENTRIES} tags; left out: {}", rest.join(", ")));
    }
    out
}

/// Addresses outside ASCII are stored as `%d0%bf…`.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (first, hex(0), hex(1)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_decoded() {
        assert_eq!(percent_decoded("caf%c3%a9-%zz%4"), "café-%zz%4");
    }

    #[test]
    fn a_long_text_gives_a_short_title() {
        assert_eq!(first_words("kort"), "kort");
        let long = "woord ".repeat(20);
        assert_eq!(first_words(&long), format!("{}…", ["woord"; 10].join(" ")));
    }
}
