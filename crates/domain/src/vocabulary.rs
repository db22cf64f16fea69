//! The closed lists of the glossary. The spelling here is the spelling in files, URLs and JSON.

use serde::{Deserialize, Serialize};

/// A word that is not in its list; says which words are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not one of {expected}")]
pub struct UnknownWord {
    pub found: String,
    /// The words of the list, separated by `, `.
    pub expected: String,
}

/// Declares a closed list: the enum, its spelling, `ALL`, `FromStr`, `Display` and serde.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every word, in the order in which people are shown them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in files, URLs and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word).ok_or_else(|| UnknownWord {
                    found: word.to_owned(),
                    expected: [$($word),+].join(", "),
                })
            }
        }
    };
}

/// For what is a text outside: `TryFrom<String>` and `Into<String>`, which serde takes, as `FromStr` and `Display`.
macro_rules! as_text {
    ($name:ty, $error:ty) => {
        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    };
}

vocabulary! {
    /// A language that the interface speaks and a column is written in.
    Lang { Nl = "nl", En = "en" }
}

vocabulary! {
    /// How a column looks back on an experience.
    Sentiment { Positive = "positive", Negative = "negative", Mixed = "mixed" }
}

vocabulary! {
    /// A service moment: where in the course of a purchase it happened.
    Moment {
        Orientation = "orientation",
        Ordering = "ordering",
        Payment = "payment",
        Delivery = "delivery",
        Assembly = "assembly",
        Contact = "contact",
        Return = "return",
        Refund = "refund",
        Warranty = "warranty",
        Outage = "outage",
        Billing = "billing",
        Aftercare = "aftercare",
    }
}

vocabulary! {
    /// Whether readers see a column.
    Status {
        Draft = "draft",
        /// Seen from the start of its `date` on.
        Scheduled = "scheduled",
        Published = "published",
        /// Was published; a tombstone stands in its place.
        Withdrawn = "withdrawn",
    }
}

vocabulary! {
    /// Where a column's facts come from.
    Source { Own = "own", SecondHand = "second-hand", Research = "research" }
}

vocabulary! {
    /// Whether readers may comment.
    Comments { Open = "open", Closed = "closed" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_a_round_trip() {
        for moment in Moment::ALL {
            assert_eq!(moment.as_str().parse::<Moment>(), Ok(*moment));
            assert_eq!(serde_json::to_string(moment).unwrap(), format!("\"{moment}\""));
        }
    }

    #[test]
    fn an_unknown_word_names_the_known_ones() {
        let error = "blij".parse::<Sentiment>().unwrap_err();
        assert_eq!(error.to_string(), "`blij` is not one of positive, negative, mixed");
    }
}
