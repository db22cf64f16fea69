//! How an experience came in, and what an editor should know of that.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, EntityTrait};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::experience::Mark;

use super::Hash;
use crate::aside::Aside;
use crate::batch::Batch;
use crate::entity::{experience_mark, experience_sender};
use crate::limits::{self, Counted, Limit};
use crate::{Store, StoreError};

/// How often an experience without proof of work counts against the limit.
pub const WITHOUT_PROOF: u32 = 3;

/// How an experience came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival<'a> {
    /// Keyed hash of the address that it came from.
    pub sender: Hash,
    /// How often one address may.
    pub limit: Limit,
    /// What was seen before anything was looked up.
    pub marks: &'a [Mark],
    pub proof: Option<Proof>,
}

/// A proof of work, checked; it counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// Of the challenge that it solves.
    pub challenge: Hash,
    /// When the challenge expires.
    pub expires_at: OffsetDateTime,
}

/// Whether it may come in.
pub(crate) enum Admitted {
    /// With what is to be noted of it.
    With(BTreeSet<Mark>),
    TooOften {
        again_at: OffsetDateTime,
    },
}

impl Arrival<'_> {
    /// When it may come again, where it cannot come in now. Writes nothing.
    pub(crate) async fn refused(
        &self,
        store: &Store,
        now: OffsetDateTime,
    ) -> Result<Option<OffsetDateTime>, StoreError> {
        limits::reached(&store.reader, &self.limit, &self.sender, weight(self.proof.is_some()), now).await
    }

    /// Counts it and uses up its proof.
    pub(crate) async fn admit(
        &self,
        transaction: &Aside,
        now: OffsetDateTime,
    ) -> Result<Admitted, StoreError> {
        let is_proven = match self.proof {
            Some(proof) => limits::spend(transaction, "proof", &proof.challenge, proof.expires_at).await?,
            None => false,
        };
        let mut marks: BTreeSet<Mark> = self.marks.iter().copied().collect();
        if !is_proven {
            marks.insert(Mark::NoProof);
        }
        match limits::count(transaction, &self.limit, &self.sender, weight(is_proven), now).await? {
            Counted::Within => {}
            Counted::Often => {
                marks.insert(Mark::Often);
            }
            Counted::TooOften { again_at } => return Ok(Admitted::TooOften { again_at }),
        }
        Ok(Admitted::With(marks))
    }
}

fn weight(is_proven: bool) -> u32 {
    if is_proven { 1 } else { WITHOUT_PROOF }
}

/// Notes beside a stored experience how it came in.
pub(super) fn note(batch: &mut Batch, id: Uuid, sender: &Hash, marks: BTreeSet<Mark>) {
    // No statement for nothing.
    if !marks.is_empty() {
        batch.add(&experience_mark::Entity::insert_many(marks.into_iter().map(|mark| {
            experience_mark::ActiveModel { experience_id: Set(id), mark: Set(mark.to_string()) }
        })));
    }
    batch.add(&experience_sender::Entity::insert(experience_sender::ActiveModel {
        experience_id: Set(id),
        address_hash: Set(sender.to_vec()),
    }));
}
