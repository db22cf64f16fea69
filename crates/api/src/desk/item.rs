//! GET `/api/v1/desk/queue/{id}`: everything that somebody who decides on an item has to see.

use serde::{Deserialize, Serialize};
use weerklank_domain::Lang;
use weerklank_domain::experience::{Consents, Side, State};
use weerklank_domain::shield::PersonalData;

use super::{Answer, Item, PastDecision};

pub const PATH: &str = "/api/v1/desk/queue/{id}";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct Query {
    /// In which what was told besides the story is put into words; one's own without it.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub lang: Option<Lang>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = WholeItem))]
pub struct Response {
    pub item: Item,
    /// Under which it may be published; absent: anonymously. Of a report or an appeal, what it is called.
    pub name: Option<String>,
    /// Of what is no experience: all that there is to see of it, drawn in the language that was asked for. HTML,
    /// safe to place as it is. What stands from `consents` to `same_sender` says nothing then.
    pub html: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub consents: Consents,
    /// The positive first; none for a suggestion alone.
    pub halves: Vec<Half>,
    /// HTML, safe to place as it is.
    pub suggestion_html: Option<String>,
    /// Whether there is an address that its sender may be written at.
    pub has_address: bool,
    /// What the privacy shield finds in it.
    pub findings: Vec<Finding>,
    /// Much like it in their words, the most alike first.
    pub alike: Vec<Related>,
    /// From the same e-mail address, or the same address of the network on the same day; the newest first.
    pub same_sender: Vec<Related>,
    /// The oldest first.
    pub decisions: Vec<PastDecision>,
    /// The oldest first.
    pub answers: Vec<Answer>,
}

/// What happened, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = DeskHalf))]
pub struct Half {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub side: Side,
    /// The story as HTML, safe to place as it is.
    pub story_html: String,
    /// What was told besides, as questions and answers in the language that was asked for.
    pub given: Vec<(String, String)>,
}

/// Another experience that may have to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Related {
    pub id: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    pub received_at: String,
    /// How much alike their words are, 60 to 100; 100 is a copy. Absent where that is not why it is named.
    pub likeness: Option<u8>,
    /// Whether it gives the same e-mail address.
    pub same_email: bool,
}

/// Likely personal data in a text of the experience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// `positive.story`, `negative.story` or `suggestion`.
    pub field: String,
    /// `email`, `phone`, `iban` and so on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: PersonalData,
    pub text: String,
}
