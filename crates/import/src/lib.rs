//! Turns files into columns and what readers said about them: Markdown with front matter, WordPress exports
//! (WXR), Ghost exports; Disqus exports.
//!
//! Reading order: [`discover()`] finds the files under the paths an operator named; [`Import::read`]
//! turns one of them into entries, one per column or discussion; [`Report`] says in plain text what became of
//! each. No database and no HTTP: the caller stores the columns.
//!
//! Two rules hold everywhere. Nothing is lost silently: whatever does not become part of a column
//! is a note that says what and where. And the same files give the same columns, so that a second
//! import changes nothing. A column made of an export is written as a Markdown file and read back
//! before it is handed over: what an export cannot express as a file never reaches the store.

mod discover;
mod disqus;
mod draft;
mod entry;
mod file;
mod ghost;
mod html;
mod language;
mod lookalike;
mod markdown_file;
mod pointing;
mod prose;
mod remarks;
mod report;
mod wordpress;
mod xml;

pub use discover::{Found, discover};
pub use disqus::{Discussion, DisqusMap};
pub use entry::{Change, Entry, Note, Outcome, Problem};
pub use lookalike::NameKind;
pub use report::{Report, Stored, visible};

use std::collections::{BTreeMap, BTreeSet};

use weerklank_domain::{Lang, Named, Slug};

use lookalike::Names;
use remarks::{Lines, remarks};

/// What the operator chose.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Keeps every character of a text as it is: nothing is cleaned.
    pub as_is: bool,
    /// The language of what comes out of WordPress and Ghost, which do not say; `None` guesses it
    /// from the text of each. Markdown files carry their own `lang`.
    pub lang: Option<Lang>,
}

/// One run over any number of files. Holds which slugs were given out, since two columns of one
/// import cannot share one.
#[derive(Debug, Default)]
pub struct Import {
    options: Options,
    disqus: DisqusMap,
    pictures: Option<BTreeSet<String>>,
    names: Names,
    /// Slug to the place it was first used.
    taken: BTreeMap<Slug, String>,
}

impl Import {
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// Tells it which columns discussions belong to whose address does not.
    #[must_use]
    pub fn with_disqus_map(self, disqus: DisqusMap) -> Self {
        Self { disqus, ..self }
    }

    /// Tells it where the board has files (`/images/a.svg`): pictures at other paths of the board are
    /// noted then.
    #[must_use]
    pub fn with_pictures(self, paths: BTreeSet<String>) -> Self {
        Self { pictures: Some(paths), ..self }
    }

    /// Tells it which pictures the board keeps, besides those; where nobody knows those, nothing is missing.
    #[must_use]
    pub fn with_more_pictures(mut self, paths: impl IntoIterator<Item = String>) -> Self {
        if let Some(pictures) = &mut self.pictures {
            pictures.extend(paths);
        }
        self
    }

    /// Tells it which names the board knows: those that only look like one are noted then.
    #[must_use]
    pub fn with_names(mut self, kind: NameKind, names: impl IntoIterator<Item = Named>) -> Self {
        for named in names {
            self.names.learn(kind, &named);
        }
        self
    }

    /// Reads one file. Never fails as a whole: what could not be read is an entry that says why.
    /// An export gives one entry per item, in the order of the file. What was said is for columns of any file
    /// that is imported with it, so it is stored last.
    pub fn read(&mut self, found: &Found) -> Vec<Entry> {
        let mut entries = match found.kind() {
            discover::Kind::Markdown => {
                vec![markdown_file::read(found, self.options, self.pictures.as_ref(), &mut self.names)]
            }
            discover::Kind::Xml if disqus::is_one(found) => disqus::read(found, &self.disqus),
            discover::Kind::Xml => wordpress::read(found, self.options),
            discover::Kind::Ghost => ghost::read(found, self.options),
            discover::Kind::Skipped(reason) => vec![Entry::skipped(found.shown(), reason.clone())],
            discover::Kind::Refused(reason) => {
                vec![Entry::refused(found.shown(), Problem::new(None, reason.clone()))]
            }
        };
        for entry in &mut entries {
            if matches!(found.kind(), discover::Kind::Xml | discover::Kind::Ghost)
                && let Outcome::Column { column, notes, .. } = &mut entry.outcome
            {
                notes.extend(remarks(column, Lines::default(), self.pictures.as_ref()));
                notes.extend(self.names.check(column, |_| None));
            }
            self.claim_slug(entry);
        }
        entries
    }

    /// Refuses a column whose slug another column of this import has.
    fn claim_slug(&mut self, entry: &mut Entry) {
        let Outcome::Column { column, line, .. } = &entry.outcome else { return };
        if let Some(first) = self.taken.get(&column.slug) {
            let message =
                format!("`{}` is already the slug of {first}; give one of them another slug", column.slug);
            let problem = Problem { line: *line, key: Some("slug".to_owned()), message };
            entry.outcome = Outcome::Refused { problems: vec![problem] };
        } else {
            self.taken.insert(column.slug.clone(), entry.origin());
        }
    }
}
