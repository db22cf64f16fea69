//! A customer says more, or something else.

use time::OffsetDateTime;
use weerklank_domain::feedback::Rest;

use super::{CHANGEABLE, changes, give};
use crate::limits::Counted;
use crate::store::kept;
use crate::{Hash, Store, StoreError};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is stored; what was there is kept in the history.
    Done,
    /// The token opens nothing.
    Nobody,
    /// [`CHANGEABLE`] is over.
    TooLate,
    /// It was changed too often.
    TooOften {
        /// When it can be changed again.
        again_at: OffsetDateTime,
    },
}

impl Store {
    /// Adds to the answer that a token opens, or changes it. What says nothing new changes nothing.
    pub async fn add_feedback(
        &self,
        edit: &Hash,
        rest: &Rest,
        now: OffsetDateTime,
    ) -> Result<Added, StoreError> {
        let now = kept(now);
        let Some(receipt) = give::opened(&self.reader, edit).await? else { return Ok(Added::Nobody) };
        let transaction = self.write_aside().await?;
        let Some(row) = give::locked(&transaction, receipt.feedback_id).await? else {
            transaction.rollback().await?;
            return Ok(Added::Nobody);
        };
        if now >= row.first_at + CHANGEABLE {
            transaction.rollback().await?;
            return Ok(Added::TooLate);
        }
        if let Counted::TooOften { again_at } = changes::write(&transaction, &row, rest, now).await? {
            transaction.rollback().await?;
            return Ok(Added::TooOften { again_at });
        }
        transaction.commit().await?;
        Ok(Added::Done)
    }
}
