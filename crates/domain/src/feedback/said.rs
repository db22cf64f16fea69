//! What a page or an invitation says beside a score: whose ticket, and who helped.

use serde::{Deserialize, Serialize};

use super::limits;
use crate::experience::text;
use crate::is_invisible;

/// A text that is none of these: nothing that shows, too long, or not as it would be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "it has to be {max} characters at most on one line, without spaces around it or characters that do not show"
)]
pub struct NotSaid {
    /// Characters that there may be.
    pub max: usize,
}

/// One line without what nobody sees or what turns it around: white space is one space, nothing around it.
/// Stricter than a name, in which joiners and fillers do no harm: two tickets that look alike are alike.
fn shown(typed: &str) -> String {
    text::line(&text::line(typed).chars().filter(|c| !is_invisible(*c)).collect::<String>())
}

macro_rules! said {
    ($(#[$doc:meta])* $name:ident, $max:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes what was typed, without what does not show. `Ok(None)` where nothing is left, else
            /// how many characters too many there are.
            pub(super) fn typed(typed: &str) -> Result<Option<Self>, usize> {
                let shown = shown(typed);
                let found = shown.chars().count();
                match found {
                    0 => Ok(None),
                    _ if found > $max => Err(found),
                    _ => Ok(Some(Self(shown))),
                }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotSaid;

            /// Changes nothing: what is not as it would be shown is refused, so that each has one spelling.
            fn from_str(text: &str) -> Result<Self, NotSaid> {
                match Self::typed(text) {
                    Ok(Some(said)) if said.0 == text => Ok(said),
                    _ => Err(NotSaid { max: $max }),
                }
            }
        }

        as_text!($name, NotSaid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

said! {
    /// What the shop knows a ticket by: 1 to [`limits::TICKET`] characters on one line.
    Ticket, limits::TICKET
}

said! {
    /// What the shop calls an agent, a team or a tag: 1 to [`limits::LABEL`] characters on one line.
    Label, limits::LABEL
}

/// At most [`limits::TAGS`] labels, each once, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Label>", into = "Vec<Label>")]
pub struct Tags(Vec<Label>);

/// More tags than there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there can be at most {max} tags, and there are {0}", max = limits::TAGS)]
pub struct TooManyTags(pub usize);

impl Tags {
    pub fn as_slice(&self) -> &[Label] {
        &self.0
    }
}

impl TryFrom<Vec<Label>> for Tags {
    type Error = TooManyTags;

    fn try_from(labels: Vec<Label>) -> Result<Self, TooManyTags> {
        let mut tags: Vec<Label> = Vec::new();
        for label in labels {
            if !tags.contains(&label) {
                tags.push(label);
            }
        }
        if tags.len() > limits::TAGS { Err(TooManyTags(tags.len())) } else { Ok(Self(tags)) }
    }
}

impl From<Tags> for Vec<Label> {
    fn from(tags: Tags) -> Self {
        tags.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_ticket_is_what_shows_of_it() {
        let typed = |text: &str| Ticket::typed(text).map(|ticket| ticket.map(String::from));
        assert_eq!(typed(" T-1001\u{202e}\u{200d}\t#2 "), Ok(Some("T-1001 #2".to_owned())));
        assert_eq!(typed("\u{3164} \u{e0041}\u{200b}"), Ok(None));
        assert_eq!(typed("a \u{3164} b"), Ok(Some("a b".to_owned())));
        assert_eq!(typed(&"é".repeat(limits::TICKET)), Ok(Some("é".repeat(limits::TICKET))));
        assert_eq!(typed(&"é".repeat(limits::TICKET + 1)), Err(limits::TICKET + 1));
        for text in ["", " T", "T ", "T\n1", "T  1", "T\u{200b}", "T\u{3164}"] {
            assert!(text.parse::<Ticket>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn tags_come_once_and_have_an_end() {
        let label = |n: usize| format!("tag {n}").parse::<Label>().unwrap();
        let tags: Tags = vec![label(2), label(1), label(2)].try_into().unwrap();
        assert_eq!(tags.as_slice(), [label(2), label(1)]);
        assert!(Tags::try_from((0..10).chain(0..10).map(label).collect::<Vec<_>>()).is_ok());
        assert_eq!(Tags::try_from((0..11).map(label).collect::<Vec<_>>()), Err(TooManyTags(11)));
        assert!(serde_json::from_str::<Tags>(r#"["a", " b"]"#).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn what_was_taken_stays_as_it_is(text in "\\PC{0,20}|[a \u{202e}\u{3164}\u{200d}\u{feff}\t\r\n]{0,20}") {
            if let Ok(Some(ticket)) = Ticket::typed(&text) {
                prop_assert_eq!(ticket.as_str().parse::<Ticket>(), Ok(ticket.clone()));
                prop_assert!(!ticket.as_str().chars().any(is_invisible));
            }
        }
    }
}
