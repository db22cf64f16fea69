//! An experience comes in.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, SqlErr};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Kind;
use weerklank_domain::experience::{Experience, Mark, Sketch};

use super::arrival::{self, Admitted};
use super::{Arrival, Confirm, Hash, alike, contact, row};
use crate::aside::Aside;
use crate::batch::Batch;
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
        // Before it is this one's turn.
        let sketches = Sketch::all(new.experience);
        let transaction = self.write_aside().await?;
        let mut marks = match new.arrival.admit(&transaction, now).await? {
            Admitted::With(marks) => marks,
            Admitted::TooOften { again_at } => {
                transaction.rollback().await?;
                return Ok(Received::TooOften { again_at });
            }
        };
        if alike::is_any(&transaction, &sketches).await? {
            marks.insert(Mark::Duplicate);
        }
        let id = self.ids.next(now);
        let written = insert(&transaction, id, (new, &sketches), marks, kept(now)).await;
        if let Err(error) = written {
            let is_there = matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)));
            transaction.rollback().await?;
            // The same key came twice at once, and the other was first. It is on disk by now: on SQLite
            // the commit that this one would have been part of has ended, PostgreSQL waited for it.
            let receipt = receipt::Entity::find_by_id(new.key).one(&self.reader).await?;
            return match receipt.filter(|_| is_there) {
                Some(receipt) => Ok(compared(&receipt, new)),
                None => Err(error.into()),
            };
        }
        if let Some(email) = &new.experience.email {
            contact::add(&transaction, &*self.ids, (id, email), new.confirm, now).await?;
        }
        transaction.commit().await?;
        Ok(Received::New(id))
    }
}

/// All of it but the address. Fails where the key or the secret is there.
async fn insert(
    transaction: &Aside,
    id: Uuid,
    (new, sketches): (&NewExperience<'_>, &[Sketch]),
    marks: BTreeSet<Mark>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let mut batch = Batch::on(transaction);
    row::insert(&mut batch, id, (new, sketches), now);
    arrival::note(&mut batch, id, &new.arrival.sender, marks);
    batch.add(&receipt::Entity::insert(receipt::ActiveModel {
        key_hash: Set(new.key.to_vec()),
        request_hash: Set(new.request.to_vec()),
        experience_id: Set(id),
    }));
    batch.add(&wait::beginning((Kind::Experience, id), now));
    batch.run(transaction).await
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
