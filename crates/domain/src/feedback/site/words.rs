//! The words of the form that a shop can put in place of ours.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::UnknownWord;
use crate::experience::text;
use crate::feedback::field::Faults;
use crate::feedback::{FeedbackFault, FeedbackFaults, FormLang};
use crate::once::Once;

vocabulary! {
    /// A text of the form that a shop can word itself. What is said of privacy and consent is not among them.
    WordKey {
        /// The first question.
        Question = "question",
        /// What the low end of its scale means.
        Low = "low",
        /// What the high end means.
        High = "high",
        /// What is asked after a low score.
        WentWrong = "went-wrong",
        /// What is asked after any other.
        WentWell = "went-well",
        /// The button that opens the form, in a page that has it as one.
        Open = "open",
        /// The button that sends the rest.
        Send = "send",
        /// What is said when all was sent.
        Thanks = "thanks",
    }
}

impl WordKey {
    /// Characters at most.
    pub const fn limit(self) -> usize {
        match self {
            Self::Question | Self::WentWrong | Self::WentWell => 160,
            Self::Thanks => 240,
            Self::Low | Self::High => 60,
            Self::Open | Self::Send => 40,
        }
    }
}

/// A shop's own words. What is not among them is said in ours.
///
/// As JSON `{"nl": {"question": "…"}}`, checked again when it is read back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Once<Once<String>>", into = "Typed")]
pub struct Words(BTreeMap<FormLang, BTreeMap<WordKey, String>>);

/// As it is typed, by language and by key.
type Typed = BTreeMap<String, BTreeMap<String, String>>;

impl Words {
    /// The shop's words in just this language: ours in it are better than theirs in another.
    pub fn get(&self, lang: FormLang, key: WordKey) -> Option<&str> {
        self.0.get(&lang)?.get(&key).map(String::as_str)
    }

    /// What was typed by word of [`FormLang`] and of [`WordKey`]; what is empty is said in our words. Fields are named
    /// `words.nl.question`.
    pub fn check(typed: &BTreeMap<String, BTreeMap<String, String>>) -> Result<Self, FeedbackFaults> {
        let mut faults = Faults::default();
        let mut words: BTreeMap<FormLang, BTreeMap<WordKey, String>> = BTreeMap::new();
        for (lang, typed) in typed {
            let Ok(lang) = lang.parse::<FormLang>() else {
                faults.add("words", FeedbackFault::UnknownWord);
                continue;
            };
            for (key, typed) in typed {
                let Ok(key) = key.parse::<WordKey>() else {
                    faults.add(format!("words.{lang}"), FeedbackFault::UnknownWord);
                    continue;
                };
                let line = text::line(typed);
                if faults.length(&format!("words.{lang}.{key}"), &line, key.limit()) && !line.is_empty() {
                    words.entry(lang).or_default().insert(key, line);
                }
            }
        }
        faults.none_or(|| Some(Self(words)))
    }
}

/// Why stored words are none: a field and a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.fault.code())).collect::<Vec<_>>().join(", "))]
pub struct NoWords(pub FeedbackFaults);

impl TryFrom<Once<Once<String>>> for Words {
    type Error = NoWords;

    fn try_from(typed: Once<Once<String>>) -> Result<Self, NoWords> {
        let typed: Typed = typed.0.into_iter().map(|(lang, words)| (lang, words.0)).collect();
        Self::check(&typed).map_err(NoWords)
    }
}

impl From<Words> for Typed {
    fn from(words: Words) -> Self {
        let by_key = |words: BTreeMap<WordKey, String>| {
            words.into_iter().map(|(key, words)| (key.to_string(), words)).collect()
        };
        words.0.into_iter().map(|(lang, words)| (lang.to_string(), by_key(words))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_words_what_it_may() {
        let json = r#"{"nl":{"question":" Hoe\u202e ging het? ","send":""},"ar":{"thanks":"شكرا"}}"#;
        let words: Words = serde_json::from_str(json).unwrap();
        assert_eq!(words.get(FormLang::Nl, WordKey::Question), Some("Hoe ging het?"));
        assert_eq!(words.get(FormLang::Nl, WordKey::Send), None);
        assert_eq!(words.get(FormLang::En, WordKey::Question), None, "no Dutch in an English form");
        let kept = serde_json::to_string(&words).unwrap();
        assert_eq!(serde_json::from_str::<Words>(&kept).unwrap(), words);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let long = "é".repeat(41);
        for (json, said) in [
            (r#"{"nl":{"privacy":"x"}}"#.to_owned(), "words.nl: unknown-word"),
            (r#"{"xx":{"send":"x"}}"#.to_owned(), "words: unknown-word"),
            (format!(r#"{{"nl":{{"send":"{long}"}}}}"#), "words.nl.send: too-long"),
        ] {
            assert_eq!(serde_json::from_str::<Words>(&json).unwrap_err().to_string(), said);
        }
        assert!(
            serde_json::from_str::<Words>(r#"{"nl":{"send":"a","send":"b"}}"#).is_err(),
            "which of the two?"
        );
    }
}
