//! The languages of the form, and words in several of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FeedbackFault;
use crate::UnknownWord;
use crate::experience::text;

vocabulary! {
    /// A language that the form speaks: more of them than the board, since it comes into the pages of others.
    FormLang { Nl = "nl", En = "en", De = "de", Fr = "fr", Ar = "ar" }
}

impl FormLang {
    /// Whether it is written from right to left.
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Ar)
    }
}

/// A line of words in one language or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken(BTreeMap<FormLang, String>);

impl Spoken {
    /// The words in a language; else those in the site's own, in English, or in the first there are, with the
    /// language that they are in, so that a page can say so to a screen reader.
    pub fn in_lang(&self, lang: FormLang, otherwise: FormLang) -> (FormLang, &str) {
        let known = [lang, otherwise, FormLang::En].into_iter().find_map(|lang| self.0.get_key_value(&lang));
        known.or_else(|| self.0.first_key_value()).map_or((lang, ""), |(lang, words)| (*lang, words))
    }

    /// What was typed per language: each at most `max` characters, none asked for, one at least.
    pub(super) fn check(
        typed: &BTreeMap<String, String>,
        max: usize,
        mut fault: impl FnMut(Option<FormLang>, FeedbackFault),
    ) -> Option<Self> {
        let mut words = BTreeMap::new();
        for (lang, typed) in typed {
            let Ok(lang) = lang.parse::<FormLang>() else {
                fault(None, FeedbackFault::UnknownWord);
                continue;
            };
            let line = text::line(typed);
            let found = line.chars().count();
            if found > max {
                fault(Some(lang), FeedbackFault::TooLong { max, found });
            }
            if !line.is_empty() {
                words.insert(lang, line);
            }
        }
        if words.is_empty() {
            fault(None, FeedbackFault::Missing);
        }
        (!words.is_empty()).then_some(Self(words))
    }

    /// As they would be typed.
    pub(super) fn typed(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|(lang, words)| (lang.to_string(), words.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(words: &[(&str, &str)]) -> Result<Spoken, Vec<(Option<FormLang>, FeedbackFault)>> {
        let typed = words.iter().map(|(lang, words)| ((*lang).to_owned(), (*words).to_owned())).collect();
        let mut faults = Vec::new();
        let spoken = Spoken::check(&typed, 5, |lang, fault| faults.push((lang, fault)));
        if faults.is_empty() { Ok(spoken.unwrap()) } else { Err(faults) }
    }

    #[test]
    fn words_fall_back_and_say_to_what() {
        let three = spoken(&[("nl", " Ja\u{202e} "), ("en", "Yes"), ("ar", "نعم"), ("fr", "")]).unwrap();
        assert_eq!(three.in_lang(FormLang::Nl, FormLang::En), (FormLang::Nl, "Ja"));
        assert_eq!(three.in_lang(FormLang::Fr, FormLang::Ar), (FormLang::Ar, "نعم"));
        assert_eq!(three.in_lang(FormLang::Fr, FormLang::De), (FormLang::En, "Yes"));
        let german = spoken(&[("de", "Ja")]).unwrap();
        assert_eq!(german.in_lang(FormLang::Nl, FormLang::Fr), (FormLang::De, "Ja"));
    }

    #[test]
    fn words_are_there_and_have_an_end() {
        assert_eq!(spoken(&[("nl", " \u{200b}")]), Err(vec![(None, FeedbackFault::Missing)]));
        let long = FeedbackFault::TooLong { max: 5, found: 6 };
        assert_eq!(spoken(&[("nl", "zessss")]), Err(vec![(Some(FormLang::Nl), long)]));
        let known = spoken(&[("nl", "ja"), ("xx", "ja")]);
        assert_eq!(known, Err(vec![(None, FeedbackFault::UnknownWord)]));
    }
}
