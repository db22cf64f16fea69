//! All that a shop sets of a site.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Looks, LooksDraft, Origin, Words};
use crate::feedback::field::{Faults, FieldFault};
use crate::feedback::{FeedbackFault, FeedbackFaults, FormLang, Own, OwnDraft, Question};
use crate::once::once;

/// What is asked on a site, where, and how that looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// 1 to [`Site::ORIGINS`], each once.
    pub origins: Vec<Origin>,
    pub question: Question,
    /// That the form is in where a page says none.
    pub lang: FormLang,
    pub own: Own,
    pub looks: Looks,
    pub words: Words,
}

impl Site {
    /// Origins at most: all of them stand in a header of each form.
    pub const ORIGINS: usize = 20;

    /// Whether a page of this origin may frame the form.
    pub fn is_at(&self, origin: &Origin) -> bool {
        self.origins.contains(origin)
    }
}

/// What was typed of a site, right or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteDraft {
    /// As [`Origin`]s; empty ones are left out.
    pub origins: Vec<String>,
    /// A word of [`Question`].
    pub question: String,
    /// A word of [`FormLang`].
    pub lang: String,
    pub own: Vec<OwnDraft>,
    pub looks: LooksDraft,
    /// By language and by word of [`super::WordKey`].
    #[serde(deserialize_with = "words_once")]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

fn words_once<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, D::Error> {
    let words: BTreeMap<String, crate::once::Once<String>> = once(deserializer)?;
    Ok(words.into_iter().map(|(lang, words)| (lang, words.0)).collect())
}

impl SiteDraft {
    /// The one place where it becomes a site. Fields are named `origins.0`, `looks.accent`, `own.0.name`,
    /// `words.nl.question`.
    pub fn check(&self) -> Result<Site, FeedbackFaults> {
        let mut faults = Faults::default();
        let origins = self.check_origins(&mut faults);
        let question = faults.word("question", &self.question);
        let lang = faults.word("lang", &self.lang);
        let own = taken(OwnDraft::check(&self.own), "", &mut faults);
        let looks = taken(self.looks.check(Looks::default()), "looks.", &mut faults);
        let words = taken(Words::check(&self.words), "", &mut faults);
        faults.none_or(|| {
            Some(Site { origins, question: question?, lang: lang?, own: own?, looks: looks?, words: words? })
        })
    }

    fn check_origins(&self, faults: &mut Faults) -> Vec<Origin> {
        let mut origins: Vec<Origin> = Vec::new();
        let typed = self.origins.iter().enumerate().filter(|(_, typed)| !typed.trim().is_empty());
        for (at, typed) in typed {
            match typed.parse() {
                Ok(origin) if origins.contains(&origin) => {}
                Ok(origin) => origins.push(origin),
                Err(error) => {
                    faults.add(format!("origins.{at}"), FeedbackFault::NotAnOrigin { why: error.code() });
                }
            }
        }
        let (max, found) = (Site::ORIGINS, origins.len());
        if found > max {
            faults.add("origins", FeedbackFault::TooMany { max, found });
        } else if self.origins.iter().all(|typed| typed.trim().is_empty()) {
            faults.add("origins", FeedbackFault::Missing);
        }
        origins
    }
}

/// A part that was checked by itself; its faults become those of the whole.
fn taken<T>(part: Result<T, FeedbackFaults>, before: &str, faults: &mut Faults) -> Option<T> {
    part.map_err(|of_part| {
        faults.0.extend(
            of_part
                .into_iter()
                .map(|FieldFault { field, fault }| FieldFault { field: format!("{before}{field}"), fault }),
        );
    })
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> SiteDraft {
        SiteDraft {
            origins: vec![
                "https://shop.example".to_owned(),
                String::new(),
                "https://Shop.example:443".to_owned(),
            ],
            question: "csat".to_owned(),
            lang: "nl".to_owned(),
            ..SiteDraft::default()
        }
    }

    #[test]
    fn a_site_is_where_it_may_be_framed() {
        let site = draft().check().unwrap();
        assert_eq!(site.origins.len(), 1, "both are the same");
        assert!(site.is_at(&"https://shop.example".parse().unwrap()));
        assert!(!site.is_at(&"https://www.shop.example".parse().unwrap()));
        assert!(!site.is_at(&"https://shop.example:8443".parse().unwrap()));
        assert_eq!((site.looks, site.own, site.words), (Looks::default(), Own::default(), Words::default()));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let wrong: SiteDraft = serde_json::from_str(
            r#"{"origins":["https://a.example/","*"],"question":"","lang":"es","own":[{}],
                "looks":{"accent":"red"},"words":{"nl":{"consent":"Ja"}}}"#,
        )
        .unwrap();
        let faults = wrong.check().unwrap_err();
        let faults: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.fault.code())).collect();
        let expected = [
            ("origins.0", "origin-path"),
            ("origins.1", "origin-wildcard"),
            ("question", "missing"),
            ("lang", "unknown-word"),
            ("own.0.name", "missing"),
            ("own.0.words", "missing"),
            ("own.0.shape", "missing"),
            ("looks.accent", "not-a-colour"),
            ("words.nl", "unknown-word"),
        ];
        assert_eq!(faults, expected);
        let origins = |origins| SiteDraft { origins, ..draft() }.check().unwrap_err()[0].fault;
        assert_eq!(origins(vec![" ".to_owned()]), FeedbackFault::Missing);
        let many = (0..21).map(|n| format!("https://{n}.shop.example")).collect();
        assert_eq!(origins(many), FeedbackFault::TooMany { max: 20, found: 21 });
        assert!(serde_json::from_str::<SiteDraft>(r#"{"words":{"nl":{},"nl":{}}}"#).is_err());
    }
}
