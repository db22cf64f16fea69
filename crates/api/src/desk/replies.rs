//! `/api/v1/desk/drafts/{id}/replies`: the shops that were asked for a reply to what a draft says. GET lists them; POST
//! asks one: 409 `asked-already` where it can still answer, `not-for-shop` where the text does not stand on the board
//! and its sender does not let the shop see it, `empty-draft` without title or text; 422 `invalid-reply` with what is
//! wrong with which field. DELETE [`ONE`] calls it off: 409 `answered-already`.

use serde::{Deserialize, Serialize};
use weerklank_domain::experience::State;

pub use weerklank_domain::voice::ReplyRequestDraft as Request;

pub const PATH: &str = "/api/v1/desk/drafts/{id}/replies";
/// By the id of the request, which is that of the reply.
pub const ONE: &str = "/api/v1/desk/replies/{id}";

/// The first one asked comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    pub replies: Vec<Line>,
}

/// A shop that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub id: String,
    pub shop: String,
    /// The whole address at which it answers. Whoever has it can.
    pub link: String,
    /// Name of the editor.
    pub asked_by: String,
    /// The last day on which it can answer, in the editor's language.
    pub until: String,
    /// Whether that day is over.
    pub is_late: bool,
    /// What became of its answer; absent before there is one.
    pub state: Option<State>,
}
