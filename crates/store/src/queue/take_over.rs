//! Of two decisions that remove the same, only the first is mailed to who wrote it: once it is undone, the other is.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Kind, Verdict};

use super::decide::causes;
use super::{Addressed, about, list};
use crate::aside::Aside;
use crate::entity::{appeal, decision, report};
use crate::outbox::enqueue::enqueue_to_sender;
use crate::voice::next;
use crate::{Store, StoreError};

/// What removes the same as a decision that is undone, and the mails that nobody got because of that one.
#[derive(Debug, Clone, Copy)]
pub struct Instead<'a> {
    /// The report or appeal that was decided on.
    pub item: Uuid,
    pub mails: &'a [Addressed],
}

impl Store {
    /// Whether a decision that can still be undone takes a column off the board.
    pub async fn is_leaving(&self, column: Uuid) -> Result<bool, StoreError> {
        Ok(next(&self.reader, (column, false), None).await?.is_some())
    }

    /// The report or appeal that removes by itself what a decision removes; `None` where that removes nothing, or
    /// nothing else does.
    pub async fn removed_besides(&self, decision: Uuid) -> Result<Option<Uuid>, StoreError> {
        let snapshot = self.snapshot().await?;
        let Some(made) = decision::Entity::find_by_id(decision).one(&snapshot).await? else {
            return Ok(None);
        };
        let Some((_, kind)) = list::row(&snapshot, made.item_id).await? else { return Ok(None) };
        let report = match (kind, made.verdict.parse()) {
            (Kind::Report, Ok(Verdict::Remove)) => Some(made.item_id),
            (Kind::Appeal, Ok(Verdict::Overturn)) => {
                appeal::Entity::find_by_id(made.item_id).one(&snapshot).await?.and_then(|row| row.report_id)
            }
            _ => None,
        };
        let Some(report) = report else { return Ok(None) };
        let Some(row) = report::Entity::find_by_id(report).one(&snapshot).await? else { return Ok(None) };
        if let Some(words) = row.comment_id.or(row.reply_id) {
            let other = about::standing::another(&snapshot, words, Some(report)).await?;
            return Ok(other.map(|other| other.by));
        }
        let other = next(&snapshot, (row.column_id, false), Some(made.item_id)).await?;
        Ok(other.map(|turn| turn.id))
    }
}

/// Writes the mails of the other decision, unless that was undone as well, or has been mailed.
pub(super) async fn tell(
    store: &Store,
    transaction: &Aside,
    instead: &Instead<'_>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let made = decision::Entity::find()
        .filter(decision::Column::ItemId.eq(instead.item))
        .order_by_desc(decision::Column::Id);
    let Some(made) = made.one(transaction).await? else { return Ok(()) };
    for mail in instead.mails {
        let cause = format!("{}{}", causes(made.id), mail.to);
        let not_before = made.final_at.max(now);
        enqueue_to_sender(transaction, &*store.ids, (mail.to, &cause), &mail.text, not_before, now).await?;
    }
    Ok(())
}
