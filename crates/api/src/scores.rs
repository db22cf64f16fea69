//! GET `/api/v1/scores`: a shop's own scores. 401 `api-key-needed` or `wrong-api-key`. How they are worked out stands in
//! `docs/scores.md`.

use serde::{Deserialize, Serialize};
use weerklank_domain::feedback::{
    Question,
    scores::{Grouping, Standing},
};

pub const PATH: &str = "/api/v1/scores";

/// All are optional; the filters are those of the answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct Query {
    /// The first day in the Netherlands, such as `2026-11-01`.
    pub from: Option<String>,
    /// The last day, itself included.
    pub to: Option<String>,
    /// `week` (named by its Monday), `month`, `moment`, `agent`, `team`, `tag` or `lang`. By tag, an answer counts once
    /// for each of its tags.
    pub group_by: Option<String>,
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
    /// `true` or `false`.
    pub verified: Option<String>,
    /// `csat`, `stars`, `thumbs`, `nps` or `ces`.
    pub question: Option<String>,
    /// `json` or `csv`; without, what `Accept` asks for.
    pub format: Option<String>,
}

/// Scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Scores))]
pub struct Response {
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub group_by: Option<Grouping>,
    /// Groups in the order of their names, that of answers without one at the end.
    pub scores: Vec<Line>,
}

/// The answers to one question in one group, verified ones and others apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Score))]
pub struct Line {
    /// `null` where nothing is grouped, and for answers that say nothing of it.
    pub group: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub question: Question,
    pub verified: bool,
    /// How many answers there are.
    pub n: u64,
    /// How often each value of the scale was given, the lowest first.
    pub tally: Vec<Count>,
    /// `too-few` (under 10 answers: no figure), `indicative` (under 30) or `ranked`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub standing: Standing,
    pub figure: Option<Figure>,
}

/// How often a value was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ScoreCount))]
pub struct Count {
    pub value: u8,
    pub times: u64,
}

/// A figure with its 95% interval: a share of 0 to 1, for the NPS -100 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ScoreFigure))]
pub struct Figure {
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
    /// Of the CES alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<Mean>,
}

/// The mean of the answers; without an interval where they are all the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ScoreMean))]
pub struct Mean {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}
