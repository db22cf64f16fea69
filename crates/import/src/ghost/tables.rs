//! The tables of an export, as far as columns are made of them.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{Entry, Outcome};

/// Tells a Ghost export from other JSON without keeping it.
#[derive(Deserialize)]
pub(super) struct Probe {
    pub db: Option<IgnoredAny>,
    pub data: Option<IgnoredAny>,
}

#[derive(Deserialize)]
pub(super) struct Export {
    #[serde(default)]
    pub db: Vec<Db>,
    pub data: Option<Data>,
}

#[derive(Deserialize)]
pub(super) struct Db {
    pub data: Data,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Data {
    pub posts: Vec<Row<Post>>,
    pub users: Vec<Row<Named>>,
    pub tags: Vec<Row<Named>>,
    pub settings: Vec<Row<Setting>>,
    pub posts_meta: Vec<Row<PostMeta>>,
    pub posts_authors: Vec<Row<Link>>,
    pub posts_tags: Vec<Row<Link>>,
}

impl Data {
    /// What is said of the rows, posts aside, that cannot be read: the others stand without them.
    pub fn odd_rows(&self, file: &str) -> Vec<Entry> {
        fn odd<T: DeserializeOwned>(file: &str, table: &str, rows: &[Row<T>], out: &mut Vec<Entry>) {
            for (number, row) in (1..).zip(rows) {
                let Row::Odd(row) = row else { continue };
                let reason = format!("it cannot be read: {}; the posts do without it", what_is_odd::<T>(row));
                let item = Some(format!("{table}, row {number}"));
                let outcome = Outcome::Skipped { reason };
                out.push(Entry { file: file.to_owned(), item, outcome });
            }
        }
        let mut out = Vec::new();
        odd(file, "users", &self.users, &mut out);
        odd(file, "tags", &self.tags, &mut out);
        odd(file, "settings", &self.settings, &mut out);
        odd(file, "posts_meta", &self.posts_meta, &mut out);
        odd(file, "posts_authors", &self.posts_authors, &mut out);
        odd(file, "posts_tags", &self.posts_tags, &mut out);
        out
    }
}

/// A row of a table: one that cannot be read stops none of the others.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Row<T> {
    Read(T),
    Odd(Value),
}

pub(super) fn read_rows<T>(rows: &[Row<T>]) -> impl Iterator<Item = &T> {
    rows.iter().filter_map(|row| match row {
        Row::Read(row) => Some(row),
        Row::Odd(_) => None,
    })
}

/// What of a row does not fit, with its key.
pub(super) fn what_is_odd<T: DeserializeOwned>(row: &Value) -> String {
    let Value::Object(fields) = row else { return format!("`{row}` is no row of a table") };
    let odd = fields.iter().find_map(|(key, value)| {
        let alone = Value::Object([(key.clone(), value.clone())].into_iter().collect());
        let error = serde_json::from_value::<T>(alone).err()?;
        // A row that lacks something says so whichever of its fields stands alone.
        (!error.to_string().starts_with("missing field")).then(|| format!("`{key}`: {error}"))
    });
    odd.unwrap_or_else(|| match serde_json::from_value::<T>(row.clone()) {
        Err(error) => error.to_string(),
        Ok(_) => "its fields do not fit together".to_owned(),
    })
}

/// What an editor knows a post by that cannot be read.
pub(super) fn row_name(row: &Value, number: usize) -> String {
    let text = |key| row.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    text("title").or_else(|| text("slug")).map_or_else(|| format!("post {number}"), str::to_owned)
}

#[derive(Deserialize)]
pub(super) struct Post {
    #[serde(default)]
    pub id: Id,
    /// A number where the whole title is one.
    #[serde(default, deserialize_with = "text_or_number")]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub slug: Option<String>,
    pub html: Option<String>,
    pub lexical: Option<String>,
    pub mobiledoc: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// How Ghost 1 and 2 said that it is a page.
    pub page: Option<Value>,
    pub status: Option<String>,
    pub visibility: Option<String>,
    pub published_at: Option<Value>,
    pub created_at: Option<Value>,
    pub updated_at: Option<Value>,
    pub custom_excerpt: Option<String>,
    pub feature_image: Option<String>,
    pub author_id: Option<Id>,
}

#[derive(Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    pub id: Id,
    pub name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Setting {
    pub key: String,
    pub value: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct PostMeta {
    #[serde(default)]
    pub post_id: Id,
    pub feature_image_alt: Option<String>,
    pub feature_image_caption: Option<String>,
}

/// A row that joins a post to an author or a tag.
#[derive(Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    pub post_id: Id,
    pub author_id: Option<Id>,
    pub tag_id: Option<Id>,
    pub sort_order: Option<i64>,
}

fn text_or_number<'de, D: Deserializer<'de>>(source: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "neither a text nor a number")]
    enum Text {
        Text(String),
        Number(serde_json::Number),
    }
    Ok(Option::<Text>::deserialize(source)?.map(|text| match text {
        Text::Text(text) => text,
        Text::Number(number) => number.to_string(),
    }))
}

/// A number in older exports, 24 hexadecimal digits in newer ones.
#[derive(Deserialize)]
#[serde(untagged, expecting = "neither a text nor a whole number")]
pub(super) enum Id {
    Text(String),
    Number(i64),
    None(()),
}

impl Id {
    pub fn key(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::None(()) => String::new(),
        }
    }
}

impl Default for Id {
    fn default() -> Self {
        Self::None(())
    }
}
