//! Drafts as the fields of a form, since the form works without a script.

use super::{FirstDraft, RestDraft};
use crate::{Moment, Slug};

impl FirstDraft {
    /// Takes a field of a form: `score`, `lang`, `ticket`, `moment`, `agent`, `team`, or `tags` with commas between
    /// them. `false` where there is no such field.
    pub fn set(&mut self, name: &str, value: String) -> bool {
        let place = match name {
            "score" => &mut self.score,
            "lang" => &mut self.lang,
            "ticket" => &mut self.ticket,
            "moment" => &mut self.moment,
            "agent" => &mut self.agent,
            "team" => &mut self.team,
            "tags" => {
                self.tags = Self::split_tags(&value);
                return true;
            }
            _ => return false,
        };
        *place = value;
        true
    }
}

impl RestDraft {
    /// Takes a field of a form: `score`, `ratings.delivery`, `answers.NAME`, `comment`, or `story`, which is `yes` where
    /// it is allowed. A box that is not ticked sends nothing, so a form that has it sends `story` with `no` before it;
    /// the last one counts. `false` where there is no such field.
    pub fn set(&mut self, name: &str, value: String) -> bool {
        match name {
            "score" => self.score = Some(value),
            "comment" => self.comment = Some(value),
            "story" => self.story = Some(value == "yes"),
            _ => match name.split_once('.') {
                Some(("ratings", moment)) if moment.parse::<Moment>().is_ok() => {
                    self.ratings.insert(moment.to_owned(), value);
                }
                Some(("answers", question)) if question.parse::<Slug>().is_ok() => {
                    self.answers.insert(question.to_owned(), value);
                }
                _ => return false,
            },
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_the_same_as_json() {
        let mut first = FirstDraft::default();
        for (name, value) in [("score", "4"), ("lang", "nl"), ("ticket", "T-1"), ("moment", "contact")] {
            assert!(first.set(name, value.to_owned()), "{name}");
        }
        assert!(first.set("agent", "Kim".to_owned()) && first.set("team", "Noord".to_owned()));
        assert!(first.set("tags", "a, b".to_owned()));
        let json = r#"{"score":"4","lang":"nl","ticket":"T-1","moment":"contact","agent":"Kim","team":"Noord",
            "tags":["a","b"]}"#;
        assert_eq!(first, serde_json::from_str(json).unwrap());

        let mut rest = RestDraft::default();
        for (name, value) in [
            ("score", "2"),
            ("ratings.delivery", "1"),
            ("answers.why", "x"),
            ("comment", ""),
            ("story", "no"),
            ("story", "yes"),
        ] {
            assert!(rest.set(name, value.to_owned()), "{name}");
        }
        let json =
            r#"{"score":"2","ratings":{"delivery":"1"},"answers":{"why":"x"},"comment":"","story":true}"#;
        assert_eq!(rest, serde_json::from_str(json).unwrap());
    }

    #[test]
    fn fields_that_there_are_not_are_said() {
        for name in ["", "Score", "story", "score.x", "key"] {
            assert!(!FirstDraft::default().set(name, String::new()), "{name}");
        }
        for name in
            ["", "lang", "ratings", "ratings.", "ratings.koffie", "answers.", "answers.\"><b>", "x.why"]
        {
            assert!(!RestDraft::default().set(name, String::new()), "{name}");
        }
    }
}
