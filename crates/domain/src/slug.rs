//! Names that are safe in a path, on every file system and in every mail.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::is_invisible;

/// 1 to 80 characters of `a-z`, `0-9` and single `-` between them. ASCII only, so that two slugs
/// that look alike are alike (UTS 39) and none can leave its folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is no slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    #[error("a slug needs at least one letter or digit")]
    Empty,
    #[error("a slug is at most {max} characters long, this one has {0}", max = Slug::MAX_LEN)]
    TooLong(usize),
    #[error("a slug has only a-z, 0-9 and single hyphens between them, not `{0}`")]
    Form(String),
}

impl Slug {
    pub const MAX_LEN: usize = 80;

    /// Makes a slug of a name: forms that differ in their looks alone made one (`Ｗ`, `ﬁ`: NFKC,
    /// UAX 15), accents folded, what nobody sees left out, everything else that is not a letter or a
    /// digit becomes a hyphen, cut at a hyphen to at most 80 characters.
    pub fn from_name(name: &str) -> Result<Self, SlugError> {
        if name.is_ascii() {
            Self::from_plain(name.chars())
        } else {
            // `™` says something of the name and is no part of it; NFKC would spell it out.
            let shown = |c: &char| !is_invisible(*c) && !matches!(c, '™' | '℠' | '\u{fe00}'..='\u{fe0f}');
            Self::from_plain(name.chars().filter(shown).nfkc())
        }
    }

    fn from_plain(name: impl Iterator<Item = char>) -> Result<Self, SlugError> {
        let mut slug = String::new();
        let mut gap = false;
        for folded in name.flat_map(fold) {
            if folded.is_ascii_alphanumeric() {
                if gap && !slug.is_empty() {
                    slug.push('-');
                }
                gap = false;
                slug.push(folded.to_ascii_lowercase());
            } else if folded != '\'' && folded != '’' {
                gap = true;
            }
        }
        if slug.len() > Self::MAX_LEN {
            let cut = slug[..=Self::MAX_LEN].rfind('-').unwrap_or(Self::MAX_LEN);
            slug.truncate(cut);
        }
        if slug.is_empty() { Err(SlugError::Empty) } else { Ok(Self(slug)) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Folds the accented Latin letters of European names to ASCII, in small letters; others pass
/// unchanged. A combining accent is nothing.
pub fn fold(c: char) -> impl Iterator<Item = char> {
    if c.is_ascii() && c != '&' {
        return Folded::One(Some(c));
    }
    let folded: &str = match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'ă' | 'ą' | 'Ā' | 'Ă' | 'Ą' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' | 'ć' | 'č' | 'Ć' | 'Č' => "c",
        'ď' | 'đ' | 'Ď' | 'Đ' | 'ð' | 'Ð' => "d",
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => "e",
        'ğ' | 'Ğ' => "g",
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'į' | 'ı' | 'Ī' | 'Į' | 'İ' => "i",
        'ĳ' | 'Ĳ' => "ij",
        'ł' | 'Ł' | 'ľ' | 'Ľ' => "l",
        'ñ' | 'Ñ' | 'ń' | 'ň' | 'Ń' | 'Ň' => "n",
        'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' | 'ō' | 'ő' | 'Ō' | 'Ő' => "o",
        'œ' | 'Œ' => "oe",
        'ř' | 'Ř' | 'ŕ' | 'Ŕ' => "r",
        'ß' => "ss",
        'ś' | 'š' | 'ş' | 'ș' | 'Ś' | 'Š' | 'Ş' | 'Ș' => "s",
        'ť' | 'ț' | 'Ť' | 'Ț' => "t",
        'þ' | 'Þ' => "th",
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'Ū' | 'Ů' | 'Ű' | 'Ų' => "u",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => "y",
        'ź' | 'ž' | 'ż' | 'Ź' | 'Ž' | 'Ż' => "z",
        '&' => "-",
        // A combining accent vanishes: `e` + U+0301 is `é` as well.
        '\u{300}'..='\u{36f}' => "",
        _ => return Folded::One(Some(c)),
    };
    Folded::Many(folded.chars())
}

enum Folded {
    One(Option<char>),
    Many(std::str::Chars<'static>),
}

impl Iterator for Folded {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::One(c) => c.take(),
            Self::Many(chars) => chars.next(),
        }
    }
}

impl std::str::FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        if text.is_empty() {
            return Err(SlugError::Empty);
        }
        if text.len() > Self::MAX_LEN {
            return Err(SlugError::TooLong(text.chars().count()));
        }
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !text.bytes().all(allowed) || text.starts_with('-') || text.ends_with('-') || text.contains("--") {
            return Err(SlugError::Form(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        for (name, slug) in [
            ("Een titel", "een-titel"),
            ("Vonk & Zoon", "vonk-zoon"),
            ("  Café 't Hoekje — één!  ", "cafe-t-hoekje-een"),
            ("Cafe\u{301}", "cafe"),
            ("ĲSSEL", "ijssel"),
            ("Ｗｉｎｋｅｌ", "winkel"),
            ("𝐖inkel ﬁets ²", "winkel-fiets-2"),
            ("Wi\u{200b}n\u{ad}k\u{2060}el\u{fe0f}", "winkel"),
            ("Winkel™", "winkel"),
            ("../../etc/passwd", "etc-passwd"),
        ] {
            assert_eq!(Slug::from_name(name).unwrap().as_str(), slug, "{name}");
        }
    }

    #[test]
    fn what_a_name_makes_is_always_a_slug() {
        for name in ["a".repeat(200), "ab ".repeat(60), format!("{} b", "a".repeat(79))] {
            let slug = Slug::from_name(&name).unwrap();
            assert_eq!(slug.as_str().parse::<Slug>(), Ok(slug.clone()), "{name}");
        }
        assert_eq!(Slug::from_name("Пример"), Err(SlugError::Empty));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "A", "a b", "a--b", "-a", "a-", "..", "a/b", "é", "a\u{202e}b"] {
            assert!(text.parse::<Slug>().is_err(), "{text:?}");
        }
    }
}
