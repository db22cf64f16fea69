//! Comments in the queue.

use uuid::Uuid;

use super::Outline;
use super::by_table::{rows_that_are_read, rows_that_wait};
use crate::StoreError;
use crate::aside::Aside;
use crate::entity::comment;
use crate::voice::marks;

rows_that_wait!(comment, CommentId);
rows_that_are_read!(comment);

fn outline(row: &comment::Model) -> Result<Outline, StoreError> {
    Outline::plain(&row.state, &row.lang, &row.text, marks(&row.marks)?)
}

#[expect(clippy::unused_async, reason = "of a reply it is looked up")]
async fn column_of(_: &Aside, row: &comment::Model) -> Result<Option<Uuid>, StoreError> {
    Ok(Some(row.column_id))
}
