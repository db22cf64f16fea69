//! What was tapped and typed, and what becomes of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::{Faults, number};
use super::{
    FeedbackFault, FeedbackFaults, First, FormLang, Label, Own, Question, Rest, Score, Tags, Ticket, limits,
};
use crate::Moment;
use crate::experience::{Rating, text};
use crate::once::once;

/// The first tap as it comes, right or wrong. Only the score is the customer's; the rest comes from the page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FirstDraft {
    /// The value: a whole number on the scale of the site's question.
    pub score: String,
    /// A word of [`FormLang`].
    pub lang: String,
    pub ticket: String,
    /// A word of [`Moment`].
    pub moment: String,
    pub agent: String,
    pub team: String,
    pub tags: Vec<String>,
}

/// What follows, as it comes. What is left out stays as it is, what is empty is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RestDraft {
    /// As in [`FirstDraft`]; a score can be changed and not taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    /// Of a word of [`Moment`], `1` to `5`.
    #[serde(deserialize_with = "once")]
    pub ratings: BTreeMap<String, String>,
    /// By the names of the shop's own questions.
    #[serde(deserialize_with = "once")]
    pub answers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The customer allows it to be used as a story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<bool>,
}

impl FirstDraft {
    /// What `data-tags="a, b"` says.
    pub fn split_tags(tags: &str) -> Vec<String> {
        tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
    }

    /// What came as a first answer, or everything that is wrong with it: where another program sent it, which
    /// can be told so.
    pub fn check(&self, question: Question, otherwise: FormLang) -> Result<First, FeedbackFaults> {
        match self.keep(question, otherwise) {
            Ok((first, faults)) if faults.is_empty() => Ok(first),
            Ok((_, faults)) | Err(faults) => Err(faults),
        }
    }

    /// As [`Self::check`], where a customer tapped: a slip of the shop's in its page does not lose the answer.
    /// What is wrong beside the score is left out and said in the second part, for the shop to read; the
    /// error is a score that is none.
    ///
    /// `otherwise` is the language of a form that says none.
    pub fn keep(
        &self,
        question: Question,
        otherwise: FormLang,
    ) -> Result<(First, FeedbackFaults), FeedbackFaults> {
        let mut faults = Faults::default();
        let score = score(&self.score, question, &mut faults);
        let lang = word("lang", &self.lang, &mut faults).unwrap_or(otherwise);
        let ticket = Ticket::typed(&self.ticket).unwrap_or_else(|found| {
            faults.add("ticket", FeedbackFault::TooLong { max: limits::TICKET, found });
            None
        });
        let moment = word("moment", &self.moment, &mut faults);
        let agent = label("agent", &self.agent, &mut faults);
        let team = label("team", &self.team, &mut faults);
        let tags = self.check_tags(&mut faults);
        match score {
            Some(score) => Ok((First { score, lang, ticket, moment, agent, team, tags }, faults.0)),
            None => Err(faults.0),
        }
    }

    fn check_tags(&self, faults: &mut Faults) -> Tags {
        // What a page could send beyond any use is not looked at one by one.
        const LOOKED_AT: usize = 10 * limits::TAGS;
        let typed = self.tags.iter().take(LOOKED_AT);
        let mut labels: Vec<Label> = typed.filter_map(|tag| label("tags", tag, faults)).collect();
        let tags = Tags::try_from(labels.clone());
        tags.unwrap_or_else(|too_many| {
            faults.add("tags", FeedbackFault::TooMany { max: limits::TAGS, found: too_many.0 });
            // The first ones, each once, are those of the first so many that differ.
            while Tags::try_from(labels.clone()).is_err() {
                labels.pop();
            }
            Tags::try_from(labels).unwrap_or_default()
        })
    }
}

impl RestDraft {
    /// What came as additions, or everything that is wrong with it.
    pub fn check(&self, question: Question, own: &Own) -> Result<Rest, FeedbackFaults> {
        let mut faults = Faults::default();
        let score = self.score.as_ref().and_then(|typed| score(typed, question, &mut faults));
        let mut ratings = BTreeMap::new();
        for (moment, typed) in &self.ratings {
            let Ok(moment) = moment.parse::<Moment>() else {
                faults.add("ratings", FeedbackFault::UnknownWord);
                continue;
            };
            match typed.trim() {
                "" => drop(ratings.insert(moment, None)),
                typed => match number(typed).and_then(Rating::new) {
                    Some(rating) => drop(ratings.insert(moment, Some(rating))),
                    None => {
                        faults.add(format!("ratings.{moment}"), FeedbackFault::OutOfRange { min: 1, max: 5 });
                    }
                },
            }
        }
        let answers = own.check(&self.answers, &mut faults);
        let comment = self.comment.as_ref().map(|typed| {
            let comment = text::lines(typed);
            faults.length("comment", &comment, limits::COMMENT);
            (!comment.is_empty()).then_some(comment)
        });
        faults.none_or(|| Some(Rest { score, ratings, answers, comment, story: self.story }))
    }
}

fn score(typed: &str, question: Question, faults: &mut Faults) -> Option<Score> {
    let typed = typed.trim();
    let score = number(typed).and_then(|value| Score::new(question, value));
    if score.is_none() {
        let (min, max) = question.scale().into_inner();
        let out = FeedbackFault::OutOfRange { min: min.into(), max: max.into() };
        faults.add("score", if typed.is_empty() { FeedbackFault::Missing } else { out });
    }
    score
}

/// A word of a list; nothing typed is nothing chosen.
fn word<W: std::str::FromStr>(field: &str, typed: &str, faults: &mut Faults) -> Option<W> {
    let typed = typed.trim();
    let word = typed.parse().ok();
    if word.is_none() && !typed.is_empty() {
        faults.add(field, FeedbackFault::UnknownWord);
    }
    word
}

fn label(field: &str, typed: &str, faults: &mut Faults) -> Option<Label> {
    Label::typed(typed).unwrap_or_else(|found| {
        faults.add(field, FeedbackFault::TooLong { max: limits::LABEL, found });
        None
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::feedback::{OwnAnswer, OwnDraft};

    fn draft(score: &str) -> FirstDraft {
        FirstDraft { score: score.to_owned(), ..FirstDraft::default() }
    }

    fn codes(faults: FeedbackFaults) -> Vec<(String, &'static str)> {
        faults.into_iter().map(|fault| (fault.field, fault.fault.code())).collect()
    }

    fn one(field: &str, code: &'static str) -> Vec<(String, &'static str)> {
        vec![(field.to_owned(), code)]
    }

    #[test]
    fn one_tap_is_enough() {
        let first = draft("4").check(Question::Csat, FormLang::De).unwrap();
        assert_eq!(
            (first.score.to_string(), first.lang, first.ticket),
            ("csat4".to_owned(), FormLang::De, None)
        );
        let faults = |score: &str, question| codes(draft(score).check(question, FormLang::Nl).unwrap_err());
        assert_eq!(faults("", Question::Nps), one("score", "missing"));
        for (wrong, question) in [
            ("0", Question::Csat),
            ("6", Question::Stars),
            ("2", Question::Thumbs),
            ("11", Question::Nps),
            ("8", Question::Ces),
            ("+4", Question::Ces),
            ("04", Question::Ces),
            ("4.0", Question::Ces),
        ] {
            assert_eq!(faults(wrong, question), one("score", "out-of-range"), "{wrong}");
        }
    }

    #[test]
    fn a_page_tells_whose_ticket_it_was() {
        let said = FirstDraft {
            lang: "ar".to_owned(),
            ticket: " T-1001\u{202e} ".to_owned(),
            moment: "contact".to_owned(),
            agent: "Kim \u{2066}de\tVries".to_owned(),
            team: "Noord".to_owned(),
            tags: FirstDraft::split_tags("a, b,,a ,"),
            ..draft("5")
        };
        let first = said.check(Question::Csat, FormLang::Nl).unwrap();
        assert_eq!((first.lang, first.moment), (FormLang::Ar, Some(Moment::Contact)));
        assert_eq!(first.ticket.as_ref().map(Ticket::as_str), Some("T-1001"));
        assert_eq!(first.agent.as_ref().map(Label::as_str), Some("Kim de Vries"));
        assert_eq!(first.tags.as_slice().iter().map(Label::as_str).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_slip_in_the_page_does_not_lose_the_answer() {
        let said = FirstDraft {
            lang: "xx".to_owned(),
            ticket: "T".repeat(65),
            moment: "koffie".to_owned(),
            agent: "a".repeat(81),
            team: "Noord".to_owned(),
            tags: (0..12).map(|n| n.to_string()).collect(),
            ..draft("5")
        };
        let (first, faults) = said.keep(Question::Csat, FormLang::Nl).unwrap();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["lang", "ticket", "moment", "agent", "tags"]);
        assert_eq!((first.lang, first.ticket.is_none(), first.agent.is_none()), (FormLang::Nl, true, true));
        assert_eq!(first.team.as_ref().map(Label::as_str), Some("Noord"));
        assert_eq!(first.tags.as_slice().len(), limits::TAGS);
        assert_eq!(said.check(Question::Csat, FormLang::Nl), Err(faults));
    }

    fn own() -> Own {
        let words = || [("nl".to_owned(), "Waarom?".to_owned())].into();
        OwnDraft::check(&[OwnDraft {
            name: "why".to_owned(),
            shape: "text".to_owned(),
            words: words(),
            most: "9".to_owned(),
            ..OwnDraft::default()
        }])
        .unwrap()
    }

    #[test]
    fn the_rest_is_added_and_taken_back() {
        let json = r#"{"score":"1","ratings":{"delivery":"2","contact":""},"answers":{"why":"Traag"},
            "comment":" Te\r\nlaat\u202e ","story":true}"#;
        let rest = serde_json::from_str::<RestDraft>(json).unwrap().check(Question::Csat, &own()).unwrap();
        assert_eq!(rest.score.map(Score::value), Some(1));
        assert_eq!(rest.ratings, [(Moment::Delivery, Rating::new(2)), (Moment::Contact, None)].into());
        let why = Some(OwnAnswer::Text("Traag".to_owned()));
        assert_eq!(rest.answers, [("why".parse().unwrap(), why)].into());
        assert_eq!((rest.comment, rest.story), (Some(Some("Te\nlaat".to_owned())), Some(true)));
        let nothing = serde_json::from_str::<RestDraft>("{}").unwrap();
        assert_eq!(nothing.check(Question::Csat, &own()), Ok(Rest::default()));
        let emptied = RestDraft { comment: Some(" ".to_owned()), ..RestDraft::default() };
        assert_eq!(emptied.check(Question::Csat, &own()).unwrap().comment, Some(None));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let wrong = RestDraft {
            score: Some("9".to_owned()),
            ratings: [("contact", "6"), ("koffie", "3")].map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
            answers: [("why", "tien tekens"), ("\"><b>", "x")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into(),
            comment: Some("é".repeat(limits::COMMENT + 1)),
            story: None,
        };
        let faults = codes(wrong.check(Question::Csat, &own()).unwrap_err());
        let expected = [
            ("score", "out-of-range"),
            ("ratings.contact", "out-of-range"),
            ("ratings", "unknown-word"),
            ("answers", "unknown-word"),
            ("answers.why", "too-long"),
            ("comment", "too-long"),
        ];
        assert_eq!(faults, expected.map(|(field, code)| (field.to_owned(), code)));
        let empty = RestDraft { score: Some(String::new()), ..RestDraft::default() };
        assert_eq!(codes(empty.check(Question::Csat, &own()).unwrap_err()), one("score", "missing"));
        for json in
            [r#"{"ratings":{"contact":"1","contact":"5"}}"#, r#"{"opmerking":"x"}"#, r#"{"story":"ja"}"#]
        {
            assert!(serde_json::from_str::<RestDraft>(json).is_err(), "{json}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

        #[test]
        fn whatever_a_page_says_a_score_is_kept(
            texts in proptest::array::uniform5("\\PC{0,90}"),
            tags in proptest::collection::vec("\\PC{0,3}", 0..150),
        ) {
            let [lang, ticket, moment, agent, team] = texts;
            let draft = FirstDraft { lang, ticket, moment, agent, team, tags, ..draft("10") };
            let (first, _) = draft.keep(Question::Nps, FormLang::Nl).unwrap();
            prop_assert_eq!(first.score.value(), 10);
            prop_assert!(first.tags.as_slice().len() <= limits::TAGS);
        }
    }
}
