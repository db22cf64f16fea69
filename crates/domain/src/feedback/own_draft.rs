//! What a shop typed of its own questions, and what becomes of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::{Faults, number};
use super::{FeedbackFault, FeedbackFaults, Own, OwnOption, OwnQuestion, Shape, Spoken, When, limits};
use crate::once::once;
use crate::{Slug, UnknownWord};

vocabulary! {
    /// What a question of a shop's own is answered with.
    ShapeWord { Choice = "choice", Scale = "scale", Text = "text" }
}

/// What was typed of one question, right or wrong. What its shape has no use for is not looked at, and kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnDraft {
    /// As a [`Slug`].
    pub name: String,
    /// A word of [`When`]; empty: always.
    pub when: String,
    /// `choice`, `scale` or `text`.
    pub shape: String,
    /// By word of [`super::FormLang`].
    #[serde(deserialize_with = "once")]
    pub words: BTreeMap<String, String>,
    /// Of a choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionDraft>,
    /// Of a scale.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub points: String,
    /// What the first point means, by language.
    #[serde(deserialize_with = "once", skip_serializing_if = "BTreeMap::is_empty")]
    pub low: BTreeMap<String, String>,
    /// What the last point means.
    #[serde(deserialize_with = "once", skip_serializing_if = "BTreeMap::is_empty")]
    pub high: BTreeMap<String, String>,
    /// Characters at most, of an answer in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub most: String,
}

/// What was typed of an option.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OptionDraft {
    /// As a [`Slug`].
    pub name: String,
    /// By word of [`super::FormLang`].
    #[serde(deserialize_with = "once")]
    pub words: BTreeMap<String, String>,
}

impl OwnDraft {
    /// The one place where what was typed becomes questions. Fields are named `own.0.words.nl`, counted from 0.
    pub fn check(drafts: &[Self]) -> Result<Own, FeedbackFaults> {
        let mut faults = Faults::default();
        if drafts.len() > limits::OWN {
            faults.add("own", FeedbackFault::TooMany { max: limits::OWN, found: drafts.len() });
            return Err(faults.0);
        }
        let mut questions: Vec<OwnQuestion> = Vec::new();
        for (at, draft) in drafts.iter().enumerate() {
            let question = draft.check_one(&format!("own.{at}"), &mut faults);
            if let Some(question) = question {
                if questions.iter().any(|known| known.name == question.name) {
                    faults.add(format!("own.{at}.name"), FeedbackFault::Twice);
                }
                questions.push(question);
            }
        }
        faults.none_or(|| Some(Own(questions)))
    }

    fn check_one(&self, at: &str, faults: &mut Faults) -> Option<OwnQuestion> {
        let name = name(&self.name, at, faults);
        let when = match self.when.as_str() {
            "" => Some(When::Always),
            when => faults.word(&format!("{at}.when"), when),
        };
        let words = spoken(&self.words, limits::OWN_WORDS, &format!("{at}.words"), faults);
        let shape = faults
            .word(&format!("{at}.shape"), &self.shape)
            .and_then(|shape| self.check_shape(shape, at, faults));
        Some(OwnQuestion { name: name?, when: when?, words: words?, shape: shape? })
    }

    fn check_shape(&self, shape: ShapeWord, at: &str, faults: &mut Faults) -> Option<Shape> {
        match shape {
            ShapeWord::Choice => self.check_options(at, faults).map(Shape::Choice),
            ShapeWord::Scale => {
                let (min, max) = (*limits::POINTS.start(), *limits::POINTS.end());
                let points = number(self.points.trim()).filter(|points| limits::POINTS.contains(points));
                if points.is_none() {
                    let fault = FeedbackFault::OutOfRange { min: min.into(), max: max.into() };
                    faults.add(format!("{at}.points"), fault);
                }
                let low = spoken(&self.low, limits::OPTION_WORDS, &format!("{at}.low"), faults);
                let high = spoken(&self.high, limits::OPTION_WORDS, &format!("{at}.high"), faults);
                Some(Shape::Scale { points: points?, ends: (low?, high?) })
            }
            ShapeWord::Text => {
                let (min, max) = (*limits::OWN_TEXT.start(), *limits::OWN_TEXT.end());
                let most = number(self.most.trim()).filter(|most| limits::OWN_TEXT.contains(most));
                if most.is_none() {
                    faults.add(format!("{at}.most"), FeedbackFault::OutOfRange { min, max });
                }
                Some(Shape::Text { most: most? })
            }
        }
    }

    fn check_options(&self, at: &str, faults: &mut Faults) -> Option<Vec<OwnOption>> {
        let (min, max, found) = (*limits::OPTIONS.start(), *limits::OPTIONS.end(), self.options.len());
        if !limits::OPTIONS.contains(&found) {
            let fault = if found < min {
                FeedbackFault::TooFew { min, found }
            } else {
                FeedbackFault::TooMany { max, found }
            };
            faults.add(format!("{at}.options"), fault);
            return None;
        }
        let mut options: Vec<OwnOption> = Vec::new();
        for (number, option) in self.options.iter().enumerate() {
            let at = format!("{at}.options.{number}");
            let name = name(&option.name, &at, faults);
            let words = spoken(&option.words, limits::OPTION_WORDS, &format!("{at}.words"), faults);
            if let (Some(name), Some(words)) = (name, words) {
                if options.iter().any(|known| known.name == name) {
                    faults.add(format!("{at}.name"), FeedbackFault::Twice);
                }
                options.push(OwnOption { name, words });
            }
        }
        Some(options)
    }

    /// A question, ready to be changed.
    pub fn of(question: &OwnQuestion) -> Self {
        let mut draft = Self {
            name: question.name.to_string(),
            when: question.when.to_string(),
            words: question.words.typed(),
            ..Self::default()
        };
        let shape = match &question.shape {
            Shape::Choice(options) => {
                draft.options = options
                    .iter()
                    .map(|option| OptionDraft { name: option.name.to_string(), words: option.words.typed() })
                    .collect();
                ShapeWord::Choice
            }
            Shape::Scale { points, ends: (low, high) } => {
                draft.points = points.to_string();
                (draft.low, draft.high) = (low.typed(), high.typed());
                ShapeWord::Scale
            }
            Shape::Text { most } => {
                draft.most = most.to_string();
                ShapeWord::Text
            }
        };
        draft.shape = shape.to_string();
        draft
    }
}

fn name(typed: &str, at: &str, faults: &mut Faults) -> Option<Slug> {
    let name = typed.trim().parse().ok();
    if name.is_none() {
        let fault = if typed.trim().is_empty() { FeedbackFault::Missing } else { FeedbackFault::NotAName };
        faults.add(format!("{at}.name"), fault);
    }
    name
}

fn spoken(typed: &BTreeMap<String, String>, max: usize, at: &str, faults: &mut Faults) -> Option<Spoken> {
    Spoken::check(typed, max, |lang, fault| match lang {
        Some(lang) => faults.add(format!("{at}.{lang}"), fault),
        None => faults.add(at, fault),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::{FormLang, OwnAnswer, Question, Score};

    fn words(nl: &str) -> BTreeMap<String, String> {
        [("nl".to_owned(), nl.to_owned())].into()
    }

    fn option(name: &str) -> OptionDraft {
        OptionDraft { name: name.to_owned(), words: words(name) }
    }

    fn draft(name: &str, shape: &str) -> OwnDraft {
        let common = OwnDraft {
            name: name.to_owned(),
            shape: shape.to_owned(),
            words: words("Hoe?"),
            ..OwnDraft::default()
        };
        match shape {
            "choice" => OwnDraft { options: vec![option("chat"), option("phone")], ..common },
            "scale" => {
                OwnDraft { points: "5".to_owned(), low: words("Slecht"), high: words("Goed"), ..common }
            }
            _ => OwnDraft { most: "10".to_owned(), ..common },
        }
    }

    fn faults(drafts: &[OwnDraft]) -> Vec<(String, &'static str)> {
        let faults = OwnDraft::check(drafts).expect_err("something is wrong");
        faults.into_iter().map(|fault| (fault.field, fault.fault.code())).collect()
    }

    fn one(field: &str, code: &'static str) -> Vec<(String, &'static str)> {
        vec![(field.to_owned(), code)]
    }

    #[test]
    fn questions_survive_being_kept() {
        let low = OwnDraft { when: "low".to_owned(), ..draft("why", "text") };
        let own = OwnDraft::check(&[draft("how", "choice"), draft("grade", "scale"), low]).unwrap();
        let json = serde_json::to_string(&own).unwrap();
        assert_eq!(serde_json::from_str::<Own>(&json).unwrap(), own);
        assert_eq!(own.questions()[0].words.in_lang(FormLang::Fr, FormLang::En), (FormLang::Nl, "Hoe?"));
        let wrong = json.replace("\"low\":{", "\"wol\":{");
        assert!(serde_json::from_str::<Own>(&wrong).is_err());
        let many = serde_json::from_str::<Own>(&json.replace("\"5\"", "\"11\"")).unwrap_err().to_string();
        assert!(many.starts_with("own.1.points: out-of-range"), "{many}");
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let text = draft("why", "text");
        let with = |change: &dyn Fn(&mut OwnDraft), shape: &str| {
            let mut draft = draft("why", shape);
            change(&mut draft);
            faults(&[draft])
        };
        assert_eq!(faults(&vec![text.clone(); 6]), one("own", "too-many"));
        assert_eq!(faults(&[text.clone(), text]), one("own.1.name", "twice"));
        assert_eq!(with(&|d| d.name.clear(), "text"), one("own.0.name", "missing"));
        assert_eq!(with(&|d| d.name = "a b".into(), "text"), one("own.0.name", "not-a-name"));
        assert_eq!(with(&|d| d.when = "soms".into(), "text"), one("own.0.when", "unknown-word"));
        assert_eq!(with(&|d| d.shape = "radio".into(), "text"), one("own.0.shape", "unknown-word"));
        assert_eq!(with(&|d| d.shape.clear(), "text"), one("own.0.shape", "missing"));
        assert_eq!(with(&|d| d.words.clear(), "text"), one("own.0.words", "missing"));
        assert_eq!(with(&|d| d.words = words(&"é".repeat(161)), "text"), one("own.0.words.nl", "too-long"));
        for most in ["", "0", "1001", "x"] {
            assert_eq!(with(&|d| d.most = most.into(), "text"), one("own.0.most", "out-of-range"));
        }
        for points in ["", "1", "11", "2.5"] {
            assert_eq!(with(&|d| d.points = points.into(), "scale"), one("own.0.points", "out-of-range"));
        }
        assert_eq!(with(&|d| d.high.clear(), "scale"), one("own.0.high", "missing"));
        assert_eq!(with(&|d| drop(d.options.pop()), "choice"), one("own.0.options", "too-few"));
        assert_eq!(with(&|d| d.options = vec![option("a"); 11], "choice"), one("own.0.options", "too-many"));
        assert_eq!(
            with(&|d| d.options = vec![option("a"); 2], "choice"),
            one("own.0.options.1.name", "twice")
        );
        let unnamed = with(&|d| d.options[0].words.clear(), "choice");
        assert_eq!(unnamed, one("own.0.options.0.words", "missing"));
    }

    #[test]
    fn a_question_is_asked_at_its_scores() {
        let when = |word: &str| OwnDraft { when: word.to_owned(), ..draft(&format!("q-{word}"), "text") };
        let own = OwnDraft::check(&[when("always"), when("low"), when("high")]).unwrap();
        let asked = |value| -> Vec<&str> {
            let score = Score::new(Question::Csat, value).unwrap();
            own.asked(score).map(|question| question.when.as_str()).collect()
        };
        assert_eq!((asked(1), asked(2)), (vec!["always", "low"], vec!["always", "low"]));
        assert_eq!((asked(3), asked(4)), (vec!["always"], vec!["always", "high"]));
    }

    #[test]
    fn an_answer_fits_its_question() {
        let own = OwnDraft::check(&[draft("how", "choice"), draft("grade", "scale"), draft("why", "text")])
            .unwrap();
        let [choice, scale, text] = own.questions() else { panic!("three questions") };
        let check =
            |question: &OwnQuestion, typed: &str| question.shape.check(typed).map_err(FeedbackFault::code);
        assert_eq!(check(choice, "phone"), Ok(Some(OwnAnswer::Choice("phone".parse().unwrap()))));
        assert_eq!(check(choice, "fax"), Err("unknown-word"));
        assert_eq!(check(scale, "5"), Ok(Some(OwnAnswer::Scale(5))));
        for wrong in ["0", "6", "05", "vijf"] {
            assert_eq!(check(scale, wrong), Err("out-of-range"), "{wrong}");
        }
        assert_eq!(check(text, " Zo\u{202e}\r\nmaar "), Ok(Some(OwnAnswer::Text("Zo\nmaar".to_owned()))));
        assert_eq!(check(text, "elf letters"), Err("too-long"));
        for question in own.questions() {
            assert_eq!(check(question, " \u{200b}"), Ok(None), "taken back");
        }
    }
}
