//! Ghost exports: JSON with the tables of its database (Ghost 1 to 6).

mod cards;
mod lexical;
mod mobiledoc;
mod tables;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};

use serde_json::Value;
use weerklank_domain::{Comments, Date, Image, Lang, Status};

use crate::discover::Found;
use crate::draft::Draft;
use crate::file::{MAX_EXPORT, open, other_encoding};
use crate::html::{self, Newlines, Notes};
use crate::prose::Block;
use crate::{Entry, Options, Outcome, Problem};

use tables::{Data, Export, Id, Link, Named, Post, PostMeta, Probe, Row, read_rows, row_name, what_is_odd};

/// Text of one post in its stored form; what is longer cannot become a body anyway.
const MAX_SOURCE: usize = 8_000_000;
/// Stands in addresses for that of the site.
const SITE: &str = "__GHOST_URL__";

pub(crate) fn read(found: &Found, options: Options) -> Vec<Entry> {
    let file = found.shown();
    let data = match load(found) {
        Ok(Some(data)) => data,
        Ok(None) => {
            return vec![Entry::skipped(file, "JSON, but no Ghost export: it has no `db` with `posts`")];
        }
        Err(problem) => return vec![Entry::refused(file, problem)],
    };
    let mut entries = data.odd_rows(file);
    let index = Index::new(&data);
    for (number, post) in (1..).zip(&data.posts) {
        let post = match post {
            Row::Read(post) => post,
            Row::Odd(row) => {
                let problem = Problem::new(None, format!("it cannot be read: {}", what_is_odd::<Post>(row)));
                let outcome = Outcome::Refused { problems: vec![problem] };
                entries.push(Entry { file: file.to_owned(), item: Some(row_name(row, number)), outcome });
                continue;
            }
        };
        let mut notes = Notes::default();
        let title = post.title.as_deref().unwrap_or_default().trim();
        let item = if title.is_empty() { format!("post {number}") } else { title.to_owned() };
        let outcome = match draft(post, title, &index, &mut notes) {
            Ok(draft) => draft.finish(options, notes),
            Err(outcome) => outcome,
        };
        entries.push(Entry { file: file.to_owned(), item: Some(item), outcome });
    }
    if data.posts.is_empty() {
        entries.push(Entry::skipped(file, "a Ghost export without posts"));
    }
    entries
}

/// The tables, or `None` where the JSON is of something else.
fn load(found: &Found) -> Result<Option<Data>, Problem> {
    let source = || -> Result<BufReader<File>, Problem> {
        let cannot = |error| Problem::new(None, format!("cannot be read: {error}"));
        let mut reader = BufReader::new(open(found.path(), MAX_EXPORT, "a Ghost export")?);
        let start = reader.fill_buf().map_err(cannot)?;
        if let Some(name) = other_encoding(start) {
            let message = format!("the file is {name}; convert it with `iconv -f {name} -t UTF-8 OLD > NEW`");
            return Err(Problem::new(Some(1), message));
        }
        if start.starts_with(b"\xef\xbb\xbf") {
            reader.consume(3);
        }
        Ok(reader)
    };
    let broken = |error: &serde_json::Error| {
        Problem::new(Some(error.line()), format!("not a Ghost export that can be read: {error}"))
    };
    match serde_json::from_reader::<_, Probe>(source()?) {
        Ok(Probe { db: None, data: None }) => return Ok(None),
        Err(error) if error.is_data() => return Ok(None),
        Err(error) => return Err(broken(&error)),
        Ok(_) => {}
    }
    let export: Export = serde_json::from_reader(source()?).map_err(|error| broken(&error))?;
    let data = export.data.or_else(|| export.db.into_iter().next().map(|db| db.data));
    Ok(data)
}

fn draft(post: &Post, title: &str, index: &Index<'_>, notes: &mut Notes) -> Result<Draft, Outcome> {
    let skip = |reason: &str| Err(Outcome::Skipped { reason: reason.to_owned() });
    if post.kind.as_deref() == Some("page")
        || post.page.as_ref().is_some_and(|page| *page == 1 || *page == true)
    {
        return skip("a page: only posts become columns");
    }
    let id = post.id.key();
    let mut status = match post.status.as_deref() {
        Some("published") => Status::Published,
        Some("scheduled") => Status::Scheduled,
        Some("draft") | None => Status::Draft,
        Some(other) => {
            notes.add(None, format!("status `{other}` became `draft`"));
            Status::Draft
        }
    };
    if let Some(visibility) = post.visibility.as_deref().filter(|visibility| *visibility != "public") {
        notes.add(None, format!("it was for readers of the kind `{visibility}` only and became a draft"));
        status = Status::Draft;
    }
    let text = text(post, notes)?;
    let date = [&post.published_at, &post.created_at].into_iter().find_map(|value| day(value.as_ref()?));
    Ok(Draft {
        title: title.to_owned(),
        slug: post.slug.clone().unwrap_or_default(),
        date,
        updated: post.updated_at.as_ref().and_then(day).filter(|_| status == Status::Published),
        authors: index.authors(post, &id),
        tags: index.tags(&id, notes),
        summary: post.custom_excerpt.clone().filter(|text| !text.trim().is_empty()),
        image: index.image(post, &id, notes),
        comments: Comments::Open,
        status,
        text,
        site_lang: index.lang,
        line: None,
        id,
    })
}

/// HTML first: it is what readers saw. The other two are what editors of different times stored.
fn text(post: &Post, notes: &mut Notes) -> Result<Vec<Block>, Outcome> {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let refuse = |message: String| Outcome::Refused { problems: vec![Problem::new(None, message)] };
    let forms = [
        (filled(&post.html), "html"),
        (filled(&post.lexical), "lexical"),
        (filled(&post.mobiledoc), "mobiledoc"),
    ];
    let Some((source, form)) = forms.into_iter().find_map(|(source, form)| Some((source?, form))) else {
        return Ok(Vec::new());
    };
    if source.len() > MAX_SOURCE {
        return Err(refuse(format!("its text has {} bytes, at most {MAX_SOURCE} are read", source.len())));
    }
    let source = if source.contains(SITE) {
        notes.add(None, "addresses on the old site became paths of this one, which may not have them");
        source.replace(SITE, "")
    } else {
        source
    };
    let parsed = || {
        serde_json::from_str::<Value>(&source)
            .map_err(|error| refuse(format!("its {form} is no JSON: {error}")))
    };
    Ok(match form {
        "html" => html::read(&source, Newlines::Spaces, None, notes),
        "lexical" => lexical::read(&parsed()?, notes),
        _ => mobiledoc::read(&parsed()?, notes),
    })
}

/// The day in UTC of `2025-01-01T00:00:00.000Z`, of the same with a space, or of milliseconds since
/// 1970.
fn day(value: &Value) -> Option<Date> {
    match value {
        Value::String(text) => text.get(..10)?.parse().ok(),
        Value::Number(number) => {
            let seconds = number.as_i64()?.div_euclid(1000);
            time::OffsetDateTime::from_unix_timestamp(seconds).ok()?.date().try_into().ok()
        }
        _ => None,
    }
}

/// What posts refer to, by number.
struct Index<'a> {
    users: BTreeMap<String, &'a str>,
    tags: BTreeMap<String, &'a str>,
    meta: BTreeMap<String, &'a PostMeta>,
    posts_authors: BTreeMap<String, Vec<&'a Link>>,
    posts_tags: BTreeMap<String, Vec<&'a Link>>,
    lang: Option<Lang>,
}

impl<'a> Index<'a> {
    fn new(data: &'a Data) -> Self {
        let named = |all: &'a [Row<Named>]| {
            read_rows(all).filter_map(|one| Some((one.id.key(), one.name.as_deref()?))).collect()
        };
        let links = |all: &'a [Row<Link>]| {
            let mut out = BTreeMap::<String, Vec<&Link>>::new();
            for link in read_rows(all) {
                out.entry(link.post_id.key()).or_default().push(link);
            }
            for links in out.values_mut() {
                links.sort_by_key(|link| link.sort_order);
            }
            out
        };
        let lang =
            read_rows(&data.settings).find(|setting| matches!(setting.key.as_str(), "locale" | "lang"));
        let lang = lang.and_then(|setting| setting.value.as_ref()?.as_str()?.get(..2)?.parse().ok());
        Self {
            users: named(&data.users),
            tags: named(&data.tags),
            meta: read_rows(&data.posts_meta).map(|meta| (meta.post_id.key(), meta)).collect(),
            posts_authors: links(&data.posts_authors),
            posts_tags: links(&data.posts_tags),
            lang,
        }
    }

    fn authors(&self, post: &Post, id: &str) -> Vec<String> {
        let listed =
            self.posts_authors.get(id).into_iter().flatten().filter_map(|link| link.author_id.as_ref());
        let ids: Vec<_> = listed.chain(&post.author_id).map(Id::key).collect();
        let names = ids.iter().filter_map(|id| self.users.get(id));
        let mut out: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
        // The older field repeats the first of the list.
        out.dedup();
        out
    }

    fn tags(&self, id: &str, notes: &mut Notes) -> Vec<String> {
        let mut out = Vec::new();
        for link in self.posts_tags.get(id).into_iter().flatten() {
            let Some(name) = link.tag_id.as_ref().and_then(|id| self.tags.get(&id.key())) else { continue };
            // Ghost shows a tag with `#` to editors alone.
            if name.starts_with('#') {
                notes.add(None, format!("internal tag `{name}` left out"));
            } else {
                out.push(name.trim().to_owned());
            }
        }
        out
    }

    fn image(&self, post: &Post, id: &str, notes: &mut Notes) -> Option<Image> {
        let src = post.feature_image.as_deref().filter(|src| !src.is_empty())?.replace(SITE, "");
        if !(src.starts_with("https://") || (src.starts_with('/') && !src.starts_with("//"))) {
            notes.add(None, format!("picture above the text left out: `{src}` is not an https address"));
            return None;
        }
        let meta = self.meta.get(id);
        let text =
            |text: Option<&Option<String>>| text.cloned().flatten().filter(|text| !text.trim().is_empty());
        let alt = text(meta.map(|meta| &meta.feature_image_alt)).unwrap_or_default();
        let caption = text(meta.map(|meta| &meta.feature_image_caption));
        let credit =
            caption.map(|caption| crate::draft::words(&caption, notes)).filter(|text| !text.is_empty());
        Some(Image { src, alt, credit })
    }
}
