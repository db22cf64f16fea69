//! POST `/api/v1/reports`: reports what should not be there (Regulation (EU) 2022/2065, article 16). 422
//! `invalid-report` says what is wrong with which field, 422 `idempotency-key-reused` where the key came before with
//! something else.

use serde::{Deserialize, Serialize};

pub use crate::experiences::Response;

pub const PATH: &str = "/api/v1/reports";

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Report))]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// The address of a column, or of a comment below it (`…#comment-ID`); whole, or as a path.
    pub r#where: String,
    /// `privacy`, `invented`, `hatred`, `accusation`, `advertising`, `law` or `unusable`: the rules of
    /// `/about/moderation`.
    pub ground: String,
    /// Why, in Markdown, 1 to 4,000 characters.
    pub text: String,
    pub name: String,
    /// Where the receipt and, once confirmed, the decision are mailed to.
    pub email: String,
    /// `nl` or `en`.
    pub lang: String,
    /// That it is accurate and complete to the best of one's knowledge; has to be `true`.
    pub good_faith: bool,
}
