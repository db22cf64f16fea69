//! Replies of shops in the queue.

use uuid::Uuid;

use super::Outline;
use super::by_table::{rows_that_are_read, rows_that_wait};
use crate::StoreError;
use crate::aside::Aside;
use crate::entity::reply;

rows_that_wait!(reply, ReplyId);
rows_that_are_read!(reply);

fn outline(row: &reply::Model) -> Result<Outline, StoreError> {
    Outline::plain(&row.state, &row.lang, &row.text, Vec::new())
}

/// `None` before it stands on the board: publishing draws the page anew.
async fn column_of(transaction: &Aside, row: &reply::Model) -> Result<Option<Uuid>, StoreError> {
    crate::replies::column_of(transaction, row.id).await
}
