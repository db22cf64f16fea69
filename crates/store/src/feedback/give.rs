//! A customer answers.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, SqlErr,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Date;
use weerklank_domain::feedback::token::Round;
use weerklank_domain::feedback::{Answer, First, Rest};

use super::{CHANGEABLE, StoredSite, changes, row};
use crate::aside::Aside;
use crate::batch::Batch;
use crate::entity::{feedback, feedback_receipt};
use crate::limits::{self, Counted, Limit};
use crate::store::kept;
use crate::{Hash, Store, StoreError};

/// What is to be stored for a customer.
#[derive(Debug, Clone, Copy)]
pub struct NewFeedback<'a> {
    /// Where it was asked.
    pub site: &'a StoredSite,
    /// With the ticket of the token, where there is one.
    pub first: &'a First,
    /// What came in the same go; its score is not looked at.
    pub rest: &'a Rest,
    /// How often the ticket was opened: of a token, else [`Round::FIRST`].
    pub round: Round,
    /// Whether a token proved the ticket.
    pub verified: bool,
    /// Of the token with which it is changed, which is made from the idempotency key.
    pub edit: Hash,
    /// Of the idempotency key.
    pub key: Hash,
    /// Of what was sent with it.
    pub request: Hash,
    /// The day in the Netherlands.
    pub day: Date,
    /// From where, to be counted. `None` for what a token proved: there is one for each ticket anyway.
    pub sender: Option<SentBy>,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentBy {
    /// Keyed hash of the address.
    pub address: Hash,
    /// How many answers are taken from one address.
    pub limit: Limit,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gave {
    /// It is stored.
    New(Uuid),
    /// The question had been answered for that ticket and round: that answer says this now, and what it said is kept.
    Joined(Uuid),
    /// It was stored before: the same, with the same key.
    Again(Uuid),
    /// The key came before with something else; nothing is stored.
    KeyTaken,
    /// That ticket was answered, and [`CHANGEABLE`] ago; nothing is stored.
    TooLate,
    /// Too much came from that address, or that answer was changed too often; nothing is stored.
    TooOften {
        /// When more is taken.
        again_at: OffsetDateTime,
    },
}

impl Store {
    /// Stores an answer, once for each idempotency key, and once for each question, ticket and round: whoever comes
    /// second changes the first. An answer that a token proved and one whose ticket the page only named are two.
    pub async fn give_feedback(
        &self,
        new: &NewFeedback<'_>,
        now: OffsetDateTime,
    ) -> Result<Gave, StoreError> {
        let now = kept(now);
        // A retry is common where lines are bad, and needs no turn to write.
        if let Some(receipt) = feedback_receipt::Entity::find_by_id(new.key).one(&self.reader).await? {
            return Ok(compared(&receipt, new));
        }
        match self.add_answer(new, now).await? {
            Some(gave) => Ok(gave),
            None => self.join_answer(new, now).await,
        }
    }

    /// `None` where the ticket was answered before, maybe a moment ago.
    async fn add_answer(
        &self,
        new: &NewFeedback<'_>,
        now: OffsetDateTime,
    ) -> Result<Option<Gave>, StoreError> {
        let mut refused = None;
        if let Some(SentBy { address, limit }) = &new.sender {
            // Without a turn to write where it is plain already.
            refused = limits::reached(&self.reader, limit, address, 1, now).await?;
        }
        if let Some(again_at) = refused {
            return self.unless_there(new, again_at).await;
        }
        let (id, (answer, _)) = (self.ids.next(now), Answer::of(new.first.score).merge(&unscored(new.rest)));
        let transaction = self.write_aside().await?;
        if let Some(SentBy { address, limit }) = &new.sender
            && let Counted::TooOften { again_at } =
                limits::count(&transaction, limit, address, 1, now).await?
        {
            transaction.rollback().await?;
            return self.unless_there(new, again_at).await;
        }
        let mut batch = Batch::on(&transaction);
        row::insert(&mut batch, id, new, &answer, now)?;
        batch.add(&feedback_receipt::Entity::insert(receipt(new, id, true)));
        if let Err(error) = batch.run(&transaction).await {
            let is_there = matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)));
            transaction.rollback().await?;
            if !is_there {
                return Err(error.into());
            }
            // The same key came twice at once, and the other was first; or it is the ticket that is there. Either is on
            // disk by now: on SQLite the commit that this one would have been part of has ended, PostgreSQL waited
            // for it.
            let receipt = feedback_receipt::Entity::find_by_id(new.key).one(&self.reader).await?;
            return match receipt {
                Some(receipt) => Ok(Some(compared(&receipt, new))),
                None if new.first.ticket.is_some() => Ok(None),
                None => Err(error.into()),
            };
        }
        transaction.commit().await?;
        Ok(Some(Gave::New(id)))
    }

    /// Too many answers are too many, but one that is there may be changed.
    async fn unless_there(
        &self,
        new: &NewFeedback<'_>,
        again_at: OffsetDateTime,
    ) -> Result<Option<Gave>, StoreError> {
        let is_there = match there(new) {
            Some(found) => found.one(&self.reader).await?.is_some(),
            None => false,
        };
        Ok(if is_there { None } else { Some(Gave::TooOften { again_at }) })
    }

    async fn join_answer(&self, new: &NewFeedback<'_>, now: OffsetDateTime) -> Result<Gave, StoreError> {
        let transaction = self.write_aside().await?;
        let found = match there(new) {
            Some(found) => found.lock_exclusive().one(&transaction).await?,
            None => None,
        };
        let Some(row) = found else {
            // It went between two statements: the next try makes it.
            return Err(StoreError::Busy("an answer went while it was changed".to_owned()));
        };
        if now >= row.first_at + CHANGEABLE {
            transaction.rollback().await?;
            return Ok(Gave::TooLate);
        }
        let id = row.id;
        let rest = Rest { score: Some(new.first.score), ..new.rest.clone() };
        if let Counted::TooOften { again_at } = changes::write(&transaction, &row, &rest, now).await? {
            transaction.rollback().await?;
            return Ok(Gave::TooOften { again_at });
        }
        let written = feedback_receipt::Entity::insert(receipt(new, id, false));
        if let Err(error) = written.exec_without_returning(&transaction).await {
            let is_there = matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)));
            transaction.rollback().await?;
            let receipt = feedback_receipt::Entity::find_by_id(new.key).one(&self.reader).await?;
            return match receipt.filter(|_| is_there) {
                Some(receipt) => Ok(compared(&receipt, new)),
                None => Err(error.into()),
            };
        }
        transaction.commit().await?;
        Ok(Gave::Joined(id))
    }
}

/// The answer that there may be for its ticket.
fn there(new: &NewFeedback<'_>) -> Option<sea_orm::Select<feedback::Entity>> {
    use feedback::Column as C;
    let ticket = new.first.ticket.as_ref()?;
    Some(
        feedback::Entity::find()
            .filter(C::SiteId.eq(new.site.id))
            .filter(C::Ticket.eq(ticket.as_str()))
            .filter(C::Round.eq(row::round(new.round)))
            .filter(C::Question.eq(new.first.score.question().as_str()))
            .filter(C::Verified.eq(new.verified)),
    )
}

fn unscored(rest: &Rest) -> Rest {
    Rest { score: None, ..rest.clone() }
}

fn receipt(new: &NewFeedback<'_>, id: Uuid, was_first: bool) -> feedback_receipt::ActiveModel {
    feedback_receipt::ActiveModel {
        key_hash: Set(new.key.to_vec()),
        request_hash: Set(new.request.to_vec()),
        edit_hash: Set(new.edit.to_vec()),
        was_first: Set(was_first),
        feedback_id: Set(id),
    }
}

fn compared(receipt: &feedback_receipt::Model, new: &NewFeedback<'_>) -> Gave {
    if receipt.request_hash == new.request { Gave::Again(receipt.feedback_id) } else { Gave::KeyTaken }
}

/// What a token opens: the receipt that it was given with, and the answer.
pub(super) async fn opened(
    connection: &impl ConnectionTrait,
    edit: &Hash,
) -> Result<Option<feedback_receipt::Model>, StoreError> {
    let found =
        feedback_receipt::Entity::find().filter(feedback_receipt::Column::EditHash.eq(edit.as_slice()));
    Ok(found.one(connection).await?)
}

/// The answer, kept from others until the end of the transaction.
pub(super) async fn locked(transaction: &Aside, id: Uuid) -> Result<Option<feedback::Model>, StoreError> {
    Ok(feedback::Entity::find_by_id(id).lock_exclusive().one(transaction).await?)
}
