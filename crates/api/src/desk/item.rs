//! GET `/api/v1/desk/queue/{id}`: everything that somebody who decides on an item has to see.

use serde::{Deserialize, Serialize};
use weerklank_domain::experience::Draft;
use weerklank_domain::shield::PersonalData;

use super::{Answer, Item, PastDecision};

pub const PATH: &str = "/api/v1/desk/queue/{id}";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = WholeItem))]
pub struct Response {
    pub item: Item,
    /// As it was sent in, without the address of its sender.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub experience: Draft,
    /// Whether there is an address that its sender may be written at.
    pub has_address: bool,
    /// What the privacy shield finds in it.
    pub findings: Vec<Finding>,
    /// The oldest first.
    pub decisions: Vec<PastDecision>,
    /// The oldest first.
    pub answers: Vec<Answer>,
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
