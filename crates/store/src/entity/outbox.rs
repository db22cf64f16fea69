//! Mails: what waits to be sent, was sent, or was given up.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is sent for: one mail for each.
    #[sea_orm(column_type = "Text", unique)]
    pub cause: String,
    /// Without its brackets.
    #[sea_orm(column_type = "Text")]
    pub message_id: String,
    /// Whose experience it is about, and with which it goes.
    pub experience_id: Option<Uuid>,
    /// Or whose comment or report, as an item of the queue.
    pub item_id: Option<Uuid>,
    /// Emptied once it is sent, as are subject, text and HTML.
    #[sea_orm(column_type = "Text")]
    pub to_email: String,
    #[sea_orm(column_type = "Text")]
    pub lang: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(column_type = "Text")]
    pub html: String,
    pub created_at: TimeDateTimeWithTimeZone,
    pub not_before: TimeDateTimeWithTimeZone,
    pub waits_for_opt_in: bool,
    pub attempts: i32,
    pub next_at: TimeDateTimeWithTimeZone,
    /// Until then it is somebody's to send; `None`: nobody ever took it.
    pub leased_until: Option<TimeDateTimeWithTimeZone>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    pub sent_at: Option<TimeDateTimeWithTimeZone>,
    pub dead_at: Option<TimeDateTimeWithTimeZone>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
