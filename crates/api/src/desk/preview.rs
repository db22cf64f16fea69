//! POST `/api/v1/desk/preview`: Markdown as its page will show it, byte for byte: the same code draws both.

use serde::{Deserialize, Serialize};
use weerklank_domain::Lang;

pub const PATH: &str = "/api/v1/desk/preview";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub lang: Lang,
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// Safe to place as it is.
    pub html: String,
    pub words: u32,
    pub reading_minutes: u32,
}
