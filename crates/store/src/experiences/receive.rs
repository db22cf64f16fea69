//! An experience comes in.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Kind;
use weerklank_domain::experience::Experience;

use super::arrival::{self, Admitted};
use super::{Arrival, Confirm, Hash, contact, row};
use crate::entity::{experience, receipt};
use crate::queue::wait;
use crate::store::kept;
use crate::{Store, StoreError};

/// What is to be stored for a sender.
#[derive(Debug, Clone, Copy)]
pub struct NewExperience<'a> {
    pub experience: &'a Experience,
    /// Of the secret in the sender's link, which is made from the idempotency key.
    pub secret: Hash,
    /// Of the idempotency key.
    pub key: Hash,
    /// Of what was sent with it.
    pub request: Hash,
    /// For the address that it gives, if it gives one. Without, nobody is asked whether it is theirs.
    pub confirm: Option<&'a Confirm>,
    pub arrival: Arrival<'a>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is stored.
    New(Uuid),
    /// It was stored before: the same, with the same key.
    Again(Uuid),
    /// The key came before with something else; nothing is stored.
    KeyTaken,
    /// Too much came from that address; nothing is stored.
    TooOften {
        /// When more is taken from there.
        again_at: OffsetDateTime,
    },
}

impl Store {
    /// Stores an experience, once for each idempotency key, with what is to be noted of how it came in
    /// ([`Store::experience_hints`]). Refuses it only where too much came from the same address; a retry
    /// of what is stored is never refused and counts for nothing.
    pub async fn receive_experience(
        &self,
        new: &NewExperience<'_>,
        now: OffsetDateTime,
    ) -> Result<Received, StoreError> {
        // A retry is common where lines are bad, and needs no turn to write.
        if let Some(receipt) = receipt::Entity::find_by_id(new.key).one(&self.reader).await? {
            return Ok(compared(&receipt, new));
        }
        if let Some(again_at) = new.arrival.refused(self, now).await? {
            return Ok(Received::TooOften { again_at });
        }
        let transaction = self.write_aside().await?;
        let marks = match new.arrival.admit(&transaction, now).await? {
            Admitted::With(marks) => marks,
            Admitted::TooOften { again_at } => {
                transaction.rollback().await?;
                return Ok(Received::TooOften { again_at });
            }
        };
        let id = self.ids.next(now);
        if row::insert(&transaction, id, new, kept(now)).await? {
            let address = (id, new.experience.email.as_ref());
            contact::replace(&transaction, &*self.ids, address, new.confirm, now).await?;
            arrival::note(&transaction, id, new, marks).await?;
            let receipt = receipt::ActiveModel {
                key_hash: Set(new.key.to_vec()),
                request_hash: Set(new.request.to_vec()),
                experience_id: Set(id),
            };
            receipt::Entity::insert(receipt).exec_without_returning(&transaction).await?;
            wait::begin(&transaction, (Kind::Experience, id), kept(now)).await?;
            transaction.commit().await?;
            return Ok(Received::New(id));
        }
        // The same key came twice at once, and the other was first. What is said of it holds once that
        // is on disk, which may be with the commit that this one would have been part of.
        let receipt = receipt::Entity::find_by_id(new.key).one(&transaction).await?;
        transaction.rollback().await?;
        Ok(receipt.map_or(Received::KeyTaken, |receipt| compared(&receipt, new)))
    }
}

fn compared(receipt: &receipt::Model, new: &NewExperience<'_>) -> Received {
    if receipt.request_hash == new.request {
        Received::Again(receipt.experience_id)
    } else {
        Received::KeyTaken
    }
}

/// The id of the experience whose sender's link has that secret.
pub(crate) async fn id_of(
    connection: &impl ConnectionTrait,
    secret: &Hash,
) -> Result<Option<Uuid>, StoreError> {
    Ok(find(connection, secret).await?.map(|row| row.id))
}

/// The experience whose sender's link has that secret.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    secret: &Hash,
) -> Result<Option<experience::Model>, StoreError> {
    let found = experience::Entity::find().filter(experience::Column::SecretHash.eq(secret.as_slice()));
    Ok(found.one(connection).await?)
}
