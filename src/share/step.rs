//! The steps in which an experience is told, and what stands in each.

use weerklank_domain::experience::{Draft, Field, FieldFault, HalfField, Intent, Side};

/// A step of the form: never more on screen than it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What to tell.
    What,
    Story(Side),
    Details(Side),
    Suggestion,
    /// Name, contact, consents.
    You,
    /// One more look at what may lead to somebody. Not counted.
    Shield,
}

impl Step {
    /// Those that a draft goes through, in order. Only the first where nothing is chosen yet.
    pub fn of(draft: &Draft) -> Vec<Self> {
        let side = |side| [Self::Story(side), Self::Details(side)];
        let middle = match draft.intent() {
            None => return vec![Self::What],
            Some(Intent::Positive) => side(Side::Positive).to_vec(),
            Some(Intent::Negative) => side(Side::Negative).to_vec(),
            Some(Intent::Pair) => [side(Side::Positive), side(Side::Negative)].concat(),
            Some(Intent::Suggestion) => vec![Self::Suggestion],
        };
        [vec![Self::What], middle, vec![Self::You]].concat()
    }

    /// As the form says it in its field `step`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Story(Side::Positive) => "story-positive",
            Self::Story(Side::Negative) => "story-negative",
            Self::Details(Side::Positive) => "details-positive",
            Self::Details(Side::Negative) => "details-negative",
            Self::Suggestion => "suggestion",
            Self::You => "you",
            Self::Shield => "shield",
        }
    }

    /// `None` for a word that is no step.
    pub fn parse(word: &str) -> Option<Self> {
        use Side::{Negative, Positive};
        let all = [
            Self::What,
            Self::Story(Positive),
            Self::Story(Negative),
            Self::Details(Positive),
            Self::Details(Negative),
            Self::Suggestion,
            Self::You,
            Self::Shield,
        ];
        all.into_iter().find(|step| step.as_str() == word)
    }

    /// The step that a draft shows a field in.
    pub fn showing(field: Field, draft: &Draft) -> Self {
        match field {
            Field::Intent => Self::What,
            Field::Half(side, HalfField::Story | HalfField::ShopAs | HalfField::Shop) => Self::Story(side),
            Field::Half(side, _) => Self::Details(side),
            Field::Suggestion => match draft.intent() {
                Some(Intent::Positive) => Self::Details(Side::Positive),
                Some(Intent::Negative | Intent::Pair) => Self::Details(Side::Negative),
                _ => Self::Suggestion,
            },
            Field::Name | Field::Email | Field::Lang => Self::You,
        }
    }

    /// What is wrong in this step.
    pub fn faults(self, draft: &Draft, all: &[FieldFault]) -> Vec<FieldFault> {
        all.iter().copied().filter(|fault| Self::showing(fault.field, draft) == self).collect()
    }

    /// Whether the field of that name stands on the screen in this step; the others travel unseen.
    pub fn shows(self, name: &str, draft: &Draft) -> bool {
        let of_side = |side: Side| name.strip_prefix(side.as_str()).and_then(|rest| rest.strip_prefix('.'));
        let is_story = |field: &str| matches!(field, "story" | "shop_as" | "shop");
        match self {
            Self::What => name == "intent",
            Self::Story(side) => of_side(side).is_some_and(is_story),
            Self::Details(side) => {
                of_side(side).is_some_and(|field| !is_story(field))
                    || (name == "suggestion" && Self::showing(Field::Suggestion, draft) == self)
            }
            Self::Suggestion => name == "suggestion",
            Self::You => matches!(name, "name" | "email" | "lang") || name.starts_with("consents."),
            Self::Shield => false,
        }
    }
}
