//! Mails, written in the transaction that causes them and sent by whoever takes them: one file per
//! use case.
//!
//! A row is exactly what will be sent. It is taken for a while (a lease), so that of two programs on one
//! database one alone sends it; a program that dies in between leaves it to the next when the lease
//! ends, with the same Message-ID.

mod dead;
pub(crate) mod enqueue;
mod take;
mod tell;

use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Lang;

/// The words of a mail, as they will be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailText {
    pub lang: Lang,
    /// One line.
    pub subject: String,
    pub text: String,
    /// A whole document.
    pub html: String,
    /// The host that the Message-ID is of.
    pub host: String,
}

/// A mail that was taken, to be sent before the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueMail {
    pub id: Uuid,
    /// Without its brackets; the same at each attempt.
    pub message_id: String,
    pub to: String,
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// How often it was taken, with this time; from 1.
    pub attempts: u32,
    pub created_at: OffsetDateTime,
    /// When it could be sent first: its patience is counted from here.
    pub not_before: OffsetDateTime,
    pub leased_until: OffsetDateTime,
}

/// A mail that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadMail {
    pub id: Uuid,
    /// What it was to be sent for: `confirm:…`, `decision:…`.
    pub cause: String,
    pub to: String,
    pub subject: String,
    pub attempts: u32,
    /// What the other side said, or what else was in the way.
    pub last_error: String,
    pub created_at: OffsetDateTime,
    pub dead_at: OffsetDateTime,
}

/// A mail that is to be sent, now or later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingMail {
    pub id: Uuid,
    pub subject: String,
    pub attempts: u32,
    /// What was in the way of the last attempt.
    pub last_error: Option<String>,
    pub created_at: OffsetDateTime,
}

/// How many mails are not with their readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MailCounts {
    /// To be sent, now or later.
    pub waiting: u64,
    /// Of these, those whose address nobody has confirmed.
    pub unconfirmed: u64,
    /// Given up.
    pub dead: u64,
}
