//! POST `/api/v1/columns/{slug}/comments`: comments on a column; an editor reads it before readers do. 422
//! `invalid-comment` says what is wrong with which field, 409 `comments-closed` where the column takes none, 422
//! `idempotency-key-reused` where the key came before with something else.

use serde::{Deserialize, Serialize};

pub use crate::experiences::Response;

pub const PATH: &str = "/api/v1/columns/{slug}/comments";

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Comment))]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// Markdown, 1 to 4,000 characters.
    pub text: String,
    /// Under which it stands, at most 80 characters; empty: anonymously.
    pub name: String,
    /// Where the decision is mailed to, once confirmed; never public.
    pub email: String,
    /// `nl` or `en`.
    pub lang: String,
    /// The id of the comment that it answers, which answers none itself.
    pub answers: Option<String>,
}
