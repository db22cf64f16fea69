//! WordPress exports (WXR, "WordPress eXtended RSS", versions 1.0 to 1.2).

mod item;
mod xml;

use std::collections::BTreeMap;
use std::path::Path;

use weerklank_domain::{Lang, Status};

use crate::discover::Found;
use crate::draft::{Draft, words};
use crate::html::{self, Newlines, Notes, expand_shortcodes};
use crate::{Entry, Options, Outcome, Problem};
use item::Item;
use xml::{Part, Stop, Wxr};

/// HTML of one item; what is longer cannot become a body anyway.
const MAX_HTML: usize = 8_000_000;

/// Reads the file twice, one item at a time: pictures come after the posts that show them.
pub(crate) fn read(found: &Found, options: Options) -> Vec<Entry> {
    let file = found.shown();
    let site = match Site::read(found.path()) {
        Ok(site) => site,
        Err(Stop::Other(what)) => return vec![Entry::skipped(file, what)],
        // What could be read before that point is read all the same.
        Err(Stop::Broken(_)) => Site::default(),
    };
    let mut wxr = match Wxr::open(found.path()) {
        Ok(wxr) => wxr,
        Err(problem) => return vec![Entry::refused(file, problem)],
    };
    let mut entries = Vec::new();
    let mut number = 0;
    let mut others = BTreeMap::<String, usize>::new();
    loop {
        match wxr.next() {
            Ok(Some(Part::Item(item))) => {
                number += 1;
                if !matches!(item.kind.as_str(), "post" | "page") {
                    *others.entry(item.kind).or_default() += 1;
                    continue;
                }
                let mut notes = Notes::default();
                let title = words(&item.title, &mut Notes::default());
                let name = if title.is_empty() { format!("item {number}") } else { title.clone() };
                let outcome = match draft(&item, title, &site, &mut notes) {
                    Ok(draft) => draft.finish(options, notes),
                    Err(outcome) => outcome,
                };
                entries.push(Entry { file: file.to_owned(), item: Some(name), outcome });
            }
            Ok(Some(Part::Author { .. } | Part::Language(_))) => {}
            Ok(None) => break,
            Err(Stop::Other(what)) => {
                entries.push(Entry::skipped(file, what));
                break;
            }
            Err(Stop::Broken(mut problem)) => {
                if number > 0 {
                    problem.message = format!("{}; the {number} items before it were read", problem.message);
                }
                entries.push(Entry::refused(file, problem));
                break;
            }
        }
    }
    if !others.is_empty() {
        let kinds = others
            .iter()
            .map(|(kind, n)| format!("{n} {}", if kind.is_empty() { "without a kind" } else { kind }));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        let outcome = Outcome::Skipped { reason: format!("only posts become columns: {kinds}") };
        entries.push(Entry { file: file.to_owned(), item: Some("other items".to_owned()), outcome });
    }
    if entries.is_empty() {
        entries.push(Entry::skipped(file, "a WordPress export without items"));
    }
    entries
}

/// What holds for the export as a whole.
#[derive(Default)]
struct Site {
    /// Login to the name that is shown.
    authors: BTreeMap<String, String>,
    /// Number to address and description.
    pictures: BTreeMap<String, (String, String)>,
    lang: Option<Lang>,
}

impl Site {
    fn read(path: &Path) -> Result<Self, Stop> {
        let mut site = Self::default();
        let mut wxr = Wxr::open(path).map_err(Stop::Broken)?;
        while let Some(part) = wxr.next()? {
            match part {
                Part::Author { login, name } => {
                    site.authors.insert(login, name);
                }
                Part::Language(code) => {
                    site.lang = code.get(..2).and_then(|code| code.to_ascii_lowercase().parse().ok());
                }
                Part::Item(item) if item.kind == "attachment" && !item.attachment.is_empty() => {
                    let alt = item.meta("_wp_attachment_image_alt").unwrap_or_default().to_owned();
                    site.pictures.insert(item.id, (item.attachment, alt));
                }
                Part::Item(_) => {}
            }
        }
        Ok(site)
    }

    fn author(&self, login: &str) -> String {
        let name = self.authors.get(login).filter(|name| !name.trim().is_empty());
        name.map_or(login, String::as_str).to_owned()
    }
}

fn draft(item: &Item, title: String, site: &Site, notes: &mut Notes) -> Result<Draft, Outcome> {
    let skip = |reason: &str| Err(Outcome::Skipped { reason: reason.to_owned() });
    if item.kind == "page" {
        return skip("a page: only posts become columns");
    }
    let status = match item.status.as_str() {
        "publish" => Status::Published,
        "future" => Status::Scheduled,
        "trash" => return skip("it is in the bin"),
        "draft" | "pending" | "auto-draft" => Status::Draft,
        other => {
            notes.add(None, format!("status `{other}` became `draft`"));
            Status::Draft
        }
    };
    if item.content.text.len() > MAX_HTML {
        let message = format!("its text has {} bytes, at most {MAX_HTML} are read", item.content.text.len());
        return Err(Outcome::Refused { problems: vec![Problem::new(Some(item.line), message)] });
    }
    let status = item.access(status, notes);
    item.left_out(notes);
    let html = expand_shortcodes(&item.content.text, Some(item.content.line), notes);
    // Block editor: the markup is complete. Classic editor: line ends are markup (`wpautop`).
    let blocks = html.contains("<!-- wp:");
    let newlines = if blocks { Newlines::Spaces } else { Newlines::Paragraphs };
    let text = html::read(&html, newlines, Some(item.content.line), notes);
    let excerpt = words(&item.excerpt, notes);
    Ok(Draft {
        title,
        slug: item.slug.clone(),
        id: item.id.clone(),
        date: item.date(),
        updated: item.updated(),
        authors: item.authors(site),
        tags: item.tags(notes),
        summary: Some(excerpt).filter(|text| !text.is_empty()),
        image: item.image(site, notes),
        comments: item.comments(),
        status,
        text,
        site_lang: site.lang,
        line: Some(item.line),
    })
}
