//! Turns the files of `locales/` into `Words`: one method per text, checked against each other.
//!
//! A file is nested tables of texts. A text is a string with `{name}` placeholders, a table of the
//! plural forms `one` and `other` (the method takes `count`), or a list of strings. Every language
//! has the same keys, of the same kind, with the same placeholders.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The texts of one language by dotted key (`nav.home`).
pub struct Locale {
    /// `nl`
    pub lang: String,
    /// `locales/nl.toml`, for messages.
    pub file: String,
    pub texts: BTreeMap<String, Text>,
}

/// What stands behind a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Text {
    Plain(String),
    Plural { one: String, other: String },
    List(Vec<String>),
}

impl Text {
    fn kind(&self) -> &'static str {
        match self {
            Self::Plain(_) => "a string",
            Self::Plural { .. } => "a plural (`one` and `other`)",
            Self::List(_) => "a list",
        }
    }

    /// The names between braces, over all plural forms; `count` belongs to every plural.
    fn placeholders(&self) -> Result<BTreeSet<String>, String> {
        let mut names = BTreeSet::new();
        match self {
            Self::Plain(text) => {
                collect_placeholders(text, &mut names)?;
                if names.contains("count") {
                    return Err("`{count}` needs the plural forms `one` and `other`".to_owned());
                }
            }
            Self::Plural { one, other } => {
                collect_placeholders(one, &mut names)?;
                collect_placeholders(other, &mut names)?;
                names.insert("count".to_owned());
            }
            Self::List(_) => {}
        }
        Ok(names)
    }
}

/// Reads one file. The error names the file, and the key where there is one.
pub fn parse(lang: &str, file: &str, source: &str) -> Result<Locale, String> {
    let table: toml::Table = source.parse().map_err(|error| format!("{file}: {error}"))?;
    let mut texts = BTreeMap::new();
    flatten(file, "", table, &mut texts)?;
    Ok(Locale { lang: lang.to_owned(), file: file.to_owned(), texts })
}

/// The Rust source of the methods of a type, or everything that is wrong.
pub fn generate(locales: &[Locale], of: &str) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let Some(first) = locales.first() else {
        return Err(vec!["locales/ holds no language".to_owned()]);
    };
    for locale in locales {
        compare(first, locale, &mut problems);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut source = format!(
        "#[allow(clippy::match_same_arms, clippy::if_same_then_else, reason = \"languages may share a text\")]\n\
         impl {of} {{\n",
    );
    for key in first.texts.keys() {
        method(&mut source, key, locales).map_err(|problem| vec![problem])?;
    }
    source.push_str("}\n");
    Ok(source)
}

fn flatten(
    file: &str,
    prefix: &str,
    table: toml::Table,
    texts: &mut BTreeMap<String, Text>,
) -> Result<(), String> {
    for (name, value) in table {
        let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        let well_formed = key.split('.').all(|part| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        });
        if !well_formed {
            return Err(format!("{file}: `{key}`: a key has only a-z, 0-9 and _, and starts with a letter"));
        }
        let text = match value {
            toml::Value::String(text) => Text::Plain(text),
            toml::Value::Array(items) => Text::List(strings(items).ok_or_else(|| {
                format!("{file}: `{key}`: a list has at least one string and nothing else")
            })?),
            toml::Value::Table(table) if table.contains_key("other") => {
                let form = |name: &str| table.get(name).and_then(toml::Value::as_str).map(str::to_owned);
                match (form("one"), form("other"), table.len()) {
                    (Some(one), Some(other), 2) => Text::Plural { one, other },
                    _ => return Err(format!("{file}: `{key}`: a plural has the strings `one` and `other`")),
                }
            }
            toml::Value::Table(table) => {
                flatten(file, &key, table, texts)?;
                continue;
            }
            other => return Err(format!("{file}: `{key}`: expected a text, found {}", other.type_str())),
        };
        text.placeholders().map_err(|problem| format!("{file}: `{key}`: {problem}"))?;
        texts.insert(key, text);
    }
    Ok(())
}

fn strings(items: Vec<toml::Value>) -> Option<Vec<String>> {
    if items.is_empty() {
        return None;
    }
    items.into_iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

fn collect_placeholders(text: &str, names: &mut BTreeSet<String>) -> Result<(), String> {
    let mut rest = text;
    while let Some(start) = rest.find(['{', '}']) {
        let name = rest[start..]
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
            .map(|(name, _)| name)
            .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            .ok_or_else(|| format!("a placeholder is `{{name}}` with a-z and _, not as in `{text}`"))?;
        names.insert(name.to_owned());
        rest = &rest[start + name.len() + 2..];
    }
    Ok(())
}

fn compare(first: &Locale, other: &Locale, problems: &mut Vec<String>) {
    for (here, there) in [(first, other), (other, first)] {
        for key in here.texts.keys().filter(|key| !there.texts.contains_key(*key)) {
            problems.push(format!("{}: `{key}` is missing; {} has it", there.file, here.file));
        }
    }
    for (key, a) in &first.texts {
        let Some(b) = other.texts.get(key) else { continue };
        let file = &other.file;
        if std::mem::discriminant(a) != std::mem::discriminant(b) {
            problems.push(format!("{file}: `{key}` is {}, in {} it is {}", b.kind(), first.file, a.kind()));
        } else if let (Text::List(a), Text::List(b)) = (a, b)
            && a.len() != b.len()
        {
            problems.push(format!(
                "{file}: `{key}` has {} items, in {} it has {}",
                b.len(),
                first.file,
                a.len()
            ));
        } else if a.placeholders() != b.placeholders() {
            problems.push(format!("{file}: `{key}` has other placeholders than in {}", first.file));
        }
    }
}

/// Writes the method of one key. Its documentation is its text in every language.
fn method(source: &mut String, key: &str, locales: &[Locale]) -> Result<(), String> {
    let name = key.replace('.', "_");
    let texts: Vec<(String, &Text)> =
        locales.iter().map(|locale| (variant(&locale.lang), &locale.texts[key])).collect();
    let placeholders = texts[0].1.placeholders()?;
    let mut arguments = String::new();
    for placeholder in placeholders.iter().filter(|name| *name != "count") {
        let _ = write!(arguments, ", {placeholder}: &str");
    }
    let mut body = String::new();
    let output = match texts[0].1 {
        Text::Plain(_) if placeholders.is_empty() => "&'static str".to_owned(),
        Text::Plain(_) => "String".to_owned(),
        Text::Plural { .. } => {
            arguments.insert_str(0, ", count: u64");
            body.push_str("        let one = count == 1;\n        let count = self.number(count);\n");
            "String".to_owned()
        }
        Text::List(items) => format!("&'static [&'static str; {}]", items.len()),
    };
    body.push_str("        match self.0 {\n");
    for (variant, text) in &texts {
        let expression = match text {
            Text::Plain(text) if placeholders.is_empty() => format!("{text:?}"),
            Text::Plain(text) => format!("format!({text:?})"),
            Text::Plural { one, other } => {
                format!("if one {{ format!({one:?}) }} else {{ format!({other:?}) }}")
            }
            Text::List(items) => format!("&{items:?}"),
        };
        let _ = writeln!(body, "            Lang::{variant} => {expression},");
    }
    body.push_str("        }\n");
    let _ = writeln!(source, "    /// `{key}`");
    let _ = writeln!(source, "    pub(crate) fn {name}(self{arguments}) -> {output} {{\n{body}    }}");
    Ok(())
}

/// `nl` is `Lang::Nl`.
fn variant(lang: &str) -> String {
    let (head, tail) = lang.split_at(1);
    head.to_uppercase() + tail
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(lang: &str, source: &str) -> Locale {
        parse(lang, &format!("locales/{lang}.toml"), source).unwrap()
    }

    fn problems(nl: &str, en: &str) -> String {
        generate(&[locale("nl", nl), locale("en", en)], "Words").unwrap_err().join("\n")
    }

    #[test]
    fn a_text_becomes_a_method() {
        let source = generate(
            &[locale("nl", "[nav]\nhome = \"Thuis\""), locale("en", "nav.home = \"Home\"")],
            "Words",
        );
        let source = source.unwrap();
        assert!(source.contains("pub(crate) fn nav_home(self) -> &'static str"), "{source}");
        assert!(source.contains("Lang::Nl => \"Thuis\",") && source.contains("Lang::En => \"Home\","));
    }

    #[test]
    fn placeholders_and_plurals_become_arguments() {
        let source = generate(
            &[locale("en", "n = { one = \"one by {who}\", other = \"{count} by {who}\" }")],
            "Words",
        );
        let source = source.unwrap();
        assert!(source.contains("fn n(self, count: u64, who: &str) -> String"), "{source}");
        let source = generate(&[locale("en", "months = [\"January\", \"February\"]")], "Words").unwrap();
        assert!(source.contains("&'static [&'static str; 2]"), "{source}");
    }

    #[test]
    fn a_key_missing_in_either_language_names_file_and_key() {
        assert_eq!(problems("a = \"x\"", ""), "locales/en.toml: `a` is missing; locales/nl.toml has it");
        assert_eq!(
            problems("", "[a]\nb = \"x\""),
            "locales/nl.toml: `a.b` is missing; locales/en.toml has it"
        );
    }

    #[test]
    fn texts_that_differ_in_kind_or_placeholders_are_refused() {
        assert!(problems("a = \"{x}\"", "a = \"{y}\"").contains("`a` has other placeholders"));
        assert!(problems("a = \"x\"", "a = [\"x\"]").contains("`a` is a list"));
        assert!(problems("a = [\"x\"]", "a = [\"x\", \"y\"]").contains("`a` has 2 items"));
    }

    #[test]
    fn malformed_files_name_file_and_key() {
        for (source, expected) in [
            ("a = ", "locales/nl.toml: "),
            ("a = 1", "`a`: expected a text, found integer"),
            ("A = \"x\"", "`A`: a key has only"),
            ("a = \"{x\"", "`a`: a placeholder is"),
            ("a = \"x}\"", "`a`: a placeholder is"),
            ("a = \"{count}\"", "`a`: `{count}` needs the plural"),
            ("a = { other = \"x\" }", "`a`: a plural has"),
            ("a = []", "`a`: a list has"),
        ] {
            let error = parse("nl", "locales/nl.toml", source).err().unwrap_or_default();
            assert!(error.contains(expected), "{source}: {error}");
        }
    }
}
