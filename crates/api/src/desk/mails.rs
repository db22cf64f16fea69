//! `/api/v1/desk/mails`: what has not left (GET). `/api/v1/desk/mails/{id}/retry`: tries a mail again that was
//! given up (POST); 404 `not-found` for any other. For chiefs and admins.

use serde::{Deserialize, Serialize};

pub const PATH: &str = "/api/v1/desk/mails";
pub const RETRY: &str = "/api/v1/desk/mails/{id}/retry";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Mails))]
pub struct Response {
    /// Whether there is a mail server to send by; without one all mails wait.
    pub has_server: bool,
    /// To be sent, now or later.
    pub waiting: u64,
    /// Of these, those whose address nobody has confirmed.
    pub unconfirmed: u64,
    /// Given up: how many there are.
    pub dead: u64,
    /// The last that were given up, at most 100.
    pub mails: Vec<Mail>,
    /// The oldest that wait, at most 100.
    pub queued: Vec<Queued>,
}

/// A mail that waits. To whom it goes, nobody at the desk needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = QueuedMail))]
pub struct Queued {
    pub id: String,
    pub subject: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What was in the way the last time.
    pub last_error: Option<String>,
    pub created_at: String,
}

/// A mail that was given up. To whom it was to go, nobody at the desk needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mail {
    pub id: String,
    pub subject: String,
    pub attempts: u32,
    /// What the other side said, or what else was in the way.
    pub last_error: String,
    pub created_at: String,
    pub dead_at: String,
}
