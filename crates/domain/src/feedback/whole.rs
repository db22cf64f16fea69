//! An answer in one go, as programs send it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FirstDraft, RestDraft};
use crate::once::once;

/// All that can be answered at once: a [`FirstDraft`], what a [`RestDraft`] has beside the score, and the token that proves
/// the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WholeDraft {
    pub score: String,
    pub lang: String,
    pub ticket: String,
    pub moment: String,
    pub agent: String,
    pub team: String,
    pub tags: Vec<String>,
    #[serde(deserialize_with = "once")]
    pub ratings: BTreeMap<String, String>,
    #[serde(deserialize_with = "once")]
    pub answers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<bool>,
    /// As [`super::token`] has it; empty: nothing proves the ticket.
    pub token: String,
}

impl WholeDraft {
    /// The first tap, what follows, and the token.
    pub fn split(self) -> (FirstDraft, RestDraft, String) {
        let Self { score, lang, ticket, moment, agent, team, tags, ratings, answers, comment, story, token } =
            self;
        let first = FirstDraft { score, lang, ticket, moment, agent, team, tags };
        (first, RestDraft { score: None, ratings, answers, comment, story }, token)
    }
}
