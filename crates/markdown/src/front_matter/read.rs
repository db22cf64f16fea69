//! From the tree to a column: which keys there are and what they hold.

use weerklank_domain::{Column, Comments, FirstPublished, Guest, Image, SeriesPart, Slug, Source, Status};

use super::fields::Fields;
use super::tree::Entry;
use super::{MAX_SUMMARY, MAX_TEXT, MAX_TITLE, Problem};

pub(super) const KEYS: &[&str] = &[
    "title",
    "slug",
    "date",
    "updated",
    "authors",
    "lang",
    "sentiment",
    "moments",
    "shops",
    "series",
    "guest",
    "first_published",
    "summary",
    "tags",
    "image",
    "source",
    "comments",
    "status",
    "incomplete",
];

/// `None` only where a problem was noted.
pub(super) fn column(
    file_name: &str,
    entries: Vec<Entry>,
    body: String,
    problems: &mut Vec<Problem>,
) -> Option<Column> {
    let mut fields = Fields::new("", 1, entries, problems);
    let title = fields.required_text("title", MAX_TITLE).map(|(text, _)| text);
    let slug = slug(&mut fields, file_name);
    let date = fields.required_word("date");
    let updated = fields.word("updated");
    let authors = fields.names("authors");
    let lang = fields.required_word("lang");
    let sentiment = fields.required_word("sentiment");
    let moments = fields.words("moments");
    let shops = fields.names("shops");
    let series = fields.map("series", &["name", "number"], series);
    let guest = fields.map("guest", &["name", "role", "organisation"], guest);
    let first_published = fields.map("first_published", &["in", "issue", "date", "url"], first_published);
    let summary = fields.text_at("summary", MAX_SUMMARY, true).map(|(text, _)| text);
    let tags = fields.texts("tags");
    let image = fields.map("image", &["src", "alt", "credit"], image);
    let source = fields.word("source").unwrap_or(Source::Own);
    let comments = fields.word("comments").unwrap_or(Comments::Open);
    let status = fields.word("status").unwrap_or(Status::Published);
    let incomplete = fields.truth("incomplete").unwrap_or(false);
    fields.finish(KEYS);
    Some(Column {
        slug: slug?,
        title: title?,
        date: date?,
        updated,
        authors,
        lang: lang?,
        sentiment: sentiment?,
        moments,
        shops,
        series,
        guest,
        first_published,
        summary,
        tags,
        image,
        source,
        comments,
        status,
        incomplete,
        body,
    })
}

fn slug(fields: &mut Fields<'_>, file_name: &str) -> Option<Slug> {
    if let Some(text) = fields.present("slug") {
        return text;
    }
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    // In any case: file systems that do not tell `A.MD` from `a.md` write either.
    let stem = match name.rsplit_once('.') {
        Some((stem, kind)) if ["md", "markdown"].iter().any(|known| kind.eq_ignore_ascii_case(known)) => stem,
        _ => name,
    };
    match Slug::from_name(stem) {
        Ok(slug) => Some(slug),
        Err(error) => {
            fields.problem(1, "slug", format!("cannot be made of the file name `{name}`: {error}"));
            None
        }
    }
}

fn series(fields: &mut Fields<'_>) -> Option<SeriesPart> {
    let name = name(fields, "name");
    let number = fields.required_text("number", MAX_TEXT).and_then(|(text, line)| {
        // What a 32-bit column of a database holds.
        const MOST: u32 = i32::MAX.unsigned_abs();
        let number = text.parse().ok().filter(|&number: &u32| number <= MOST);
        if number.is_none() {
            fields.problem(line, "number", format!("`{text}` is not a whole number from 0 to {MOST}"));
        }
        number
    });
    Some(SeriesPart { name: name?, number: number? })
}

fn guest(fields: &mut Fields<'_>) -> Option<Guest> {
    let name = fields.required_name("name").map(|(name, _)| name);
    let role = fields.name("role").map(|(name, _)| name);
    let organisation = fields.name("organisation").map(|(name, _)| name);
    Some(Guest { name: name?, role, organisation })
}

fn first_published(fields: &mut Fields<'_>) -> Option<FirstPublished> {
    let medium = fields.required_text("in", MAX_TEXT).map(|(text, _)| text);
    let issue = fields.text("issue");
    let date = fields.word("date");
    let url = fields.text_at("url", MAX_TEXT, false).and_then(|(url, line)| {
        let web = url.starts_with("https://") || url.starts_with("http://");
        if !web || !is_address(&url) {
            fields.problem(
                line,
                "url",
                format!("`{url}` is not an address that starts with https:// or http://"),
            );
            return None;
        }
        Some(url)
    });
    Some(FirstPublished { medium: medium?, issue, date, url })
}

fn image(fields: &mut Fields<'_>) -> Option<Image> {
    let src = fields.required_text("src", MAX_TEXT).and_then(|(src, line)| {
        let own_path = src.starts_with('/') && !src.starts_with("//");
        if !(own_path || src.starts_with("https://")) || !is_address(&src) {
            fields.problem(
                line,
                "src",
                format!("`{src}` is neither a path that starts with / nor an https:// address"),
            );
            return None;
        }
        Some(src)
    });
    let alt = fields.text_or_empty("alt", MAX_TEXT);
    let credit = fields.text("credit");
    Some(Image { src: src?, alt: alt?, credit })
}

/// A name that has a page of its own.
fn name(fields: &mut Fields<'_>, key: &str) -> Option<String> {
    let (name, line) = fields.required_name(key)?;
    if let Err(error) = Slug::from_name(&name) {
        fields.problem(line, key, format!("`{name}` makes no address: {error}"));
        return None;
    }
    Some(name)
}

/// Nothing in it that a browser would drop or turn into something else.
fn is_address(url: &str) -> bool {
    !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>'))
}
