//! GET `/api/v1/feedback`: a shop's own answers, newest first. 401 `api-key-needed` or `wrong-api-key`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use weerklank_domain::{
    Date, Moment, Slug,
    feedback::{FormLang, OwnAnswer, Question},
};

pub const PATH: &str = "/api/v1/feedback";
/// Answers that a program may ask for at once.
pub const MOST: u32 = 1_000;

/// Filters combine; all are optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct Query {
    /// The first day in the Netherlands, such as `2026-11-01`.
    pub from: Option<String>,
    /// The last day, itself included.
    pub to: Option<String>,
    /// What the contact was about, such as `contact`.
    #[cfg_attr(feature = "openapi", param(value_type = Option<crate::schema::Moment>, inline))]
    pub moment: Option<String>,
    /// Who helped, as the page or the shop's server named them.
    pub agent: Option<String>,
    /// The same of a team.
    pub team: Option<String>,
    /// One that the answer has, whatever others it has.
    pub tag: Option<String>,
    /// `nl`, `en`, `de`, `fr` or `ar`: that the form was in.
    pub lang: Option<String>,
    /// `true`: a token proved the ticket; `false`: it did not.
    pub verified: Option<String>,
    /// `csat`, `stars`, `thumbs`, `nps` or `ces`.
    pub question: Option<String>,
    /// `json` or `csv`; without, what `Accept` asks for.
    pub format: Option<String>,
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// How many to return, 1 to 1000; 100 if absent.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 1000, default = 100))]
    pub limit: Option<u32>,
}

/// A page of answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FeedbackPage))]
pub struct Response {
    pub items: Vec<Item>,
    /// The cursor of the page after; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// An answer as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Feedback))]
pub struct Item {
    /// A UUID.
    pub id: String,
    /// The key of the site where it was asked.
    pub site: String,
    pub ticket: Option<String>,
    /// How often the ticket was opened, from 1.
    pub round: u16,
    /// Whether a token proved the ticket.
    pub verified: bool,
    /// `csat`, `stars`, `thumbs`, `nps` or `ces`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub question: Question,
    /// On the scale of the question.
    pub score: u8,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub lang: FormLang,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub moment: Option<Moment>,
    pub agent: Option<String>,
    pub team: Option<String>,
    pub tags: Vec<String>,
    /// 1 to 5, of single moments.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, u8>))]
    pub ratings: BTreeMap<Moment, u8>,
    /// To the shop's own questions, by their names: `{"choice": …}`, `{"scale": …}` or `{"text": …}`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: BTreeMap<Slug, OwnAnswer>,
    /// Plain text.
    pub comment: Option<String>,
    /// Whether the customer allows it to be used as a story.
    pub story: bool,
    /// The day on which it came in the Netherlands, by which it is filtered and counted.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub day: Date,
    /// RFC 3339.
    pub first_at: String,
    /// RFC 3339.
    pub changed_at: String,
}
