//! A comment or a report comes in.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::OnConflict,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Kind};
use weerklank_domain::experience::{Email, Mark, State};
use weerklank_domain::voice::{Comment, Report};
use weerklank_domain::{Comments, Date, Slug, Status};

use super::{Spot, contact, own};
use crate::aside::Aside;
use crate::entity::{column, comment, report};
use crate::experiences::Admitted;
use crate::queue::wait;
use crate::replies::of_column;
use crate::store::kept;
use crate::{Arrival, Confirm, Hash, Store, StoreError};

/// What is to be stored for who said it.
#[derive(Debug, Clone, Copy)]
pub struct NewWords<'a> {
    /// Below which column, or about which.
    pub column: &'a Slug,
    /// Of the secret in the link of who said it, which is made from the idempotency key.
    pub secret: Hash,
    /// Of all that was sent with that key.
    pub request: Hash,
    /// For the address that is given, if one is.
    pub confirm: Option<&'a Confirm>,
    pub arrival: Arrival<'a>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
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
    /// That column takes no comments.
    Closed,
    /// There is no such column for readers, or no such comment below it.
    Nothing,
}

impl Store {
    /// Stores a comment, once for each secret; it waits for an editor. It answers `parent`, a comment that readers
    /// see below the same column and that answers none itself.
    pub async fn receive_comment(
        &self,
        new: &NewWords<'_>,
        (said, parent): (&Comment, Option<Uuid>),
        today: Date,
        now: OffsetDateTime,
    ) -> Result<Said, StoreError> {
        // A retry is common where lines are bad, and needs no turn to write.
        if let Some(before) = comment_before(&self.reader, new).await? {
            return Ok(before);
        }
        let (transaction, mut marks) = match self.admitted(new, now).await? {
            Ok(admitted) => admitted,
            Err(refused) => return Ok(refused),
        };
        let Some(about) = public_column(&transaction, new.column, today).await? else {
            return refused(transaction, Said::Nothing).await;
        };
        if about.comments != Comments::Open.as_str() {
            return refused(transaction, Said::Closed).await;
        }
        if let Some(parent) = parent {
            let parent = public_comment(&transaction, (about.id, parent), now).await?;
            if parent.is_none_or(|parent| parent.parent_id.is_some()) {
                return refused(transaction, Said::Nothing).await;
            }
        }
        let same = comment::Entity::find()
            .filter(comment::Column::ColumnId.eq(about.id))
            .filter(comment::Column::Text.eq(&said.text));
        if same.count(&transaction).await? > 0 {
            marks.insert(Mark::Duplicate);
        }
        let id = self.ids.next(now);
        let row = comment::ActiveModel {
            id: Set(id),
            column_id: Set(about.id),
            parent_id: Set(parent),
            secret_hash: Set(new.secret.to_vec()),
            request_hash: Set(new.request.to_vec()),
            state: Set(State::Received.to_string()),
            lang: Set(said.lang.to_string()),
            name: Set(said.name.clone()),
            text: Set(said.text.clone()),
            marks: Set(written(&marks)),
            received_at: Set(kept(now)),
            changed_at: Set(kept(now)),
            public_from: Set(None),
            removed_at: Set(None),
            removed_by: Set(None),
            source: Set(None),
            answers_name: Set(None),
        };
        let unless_there = OnConflict::column(comment::Column::SecretHash).do_nothing().to_owned();
        let insert = comment::Entity::insert(row).on_conflict(unless_there);
        if insert.exec_without_returning(&transaction).await? == 0 {
            // The same key came twice at once, and the other was first.
            let before = comment_before(&*transaction, new).await?;
            return refused(transaction, before.unwrap_or(Said::KeyTaken)).await;
        }
        self.begin_words(transaction, new, (Kind::Comment, id), said.email.as_ref(), now).await
    }

    /// Stores a report, once for each secret; it waits for an editor. It is about the column, or about what
    /// readers see below it.
    pub async fn receive_report(
        &self,
        new: &NewWords<'_>,
        (said, spot): (&Report, Spot),
        today: Date,
        now: OffsetDateTime,
    ) -> Result<Said, StoreError> {
        if let Some(before) = report_before(&self.reader, new).await? {
            return Ok(before);
        }
        let (transaction, marks) = match self.admitted(new, now).await? {
            Ok(admitted) => admitted,
            Err(refused) => return Ok(refused),
        };
        let Some(about) = public_column(&transaction, new.column, today).await? else {
            return refused(transaction, Said::Nothing).await;
        };
        let is_there = match spot {
            Spot::Column => true,
            Spot::Comment(id) => public_comment(&transaction, (about.id, id), now).await?.is_some(),
            Spot::Reply(id) => {
                let replies = of_column(&*transaction, about.id, kept(now)).await?;
                replies.iter().any(|reply| reply.id == id && reply.said.is_some())
            }
        };
        if !is_there {
            return refused(transaction, Said::Nothing).await;
        }
        let (word, comment, reply) = match spot {
            Spot::Column => ("column", None, None),
            Spot::Comment(id) => ("comment", Some(id), None),
            Spot::Reply(id) => ("reply", None, Some(id)),
        };
        let id = self.ids.next(now);
        let row = report::ActiveModel {
            id: Set(id),
            secret_hash: Set(new.secret.to_vec()),
            request_hash: Set(new.request.to_vec()),
            state: Set(State::Received.to_string()),
            lang: Set(said.lang.to_string()),
            about: Set(word.to_owned()),
            column_id: Set(about.id),
            comment_id: Set(comment),
            reply_id: Set(reply),
            ground: Set(said.ground.to_string()),
            text: Set(said.text.clone()),
            name: Set(said.name.clone()),
            marks: Set(written(&marks)),
            received_at: Set(kept(now)),
            changed_at: Set(kept(now)),
        };
        let unless_there = OnConflict::column(report::Column::SecretHash).do_nothing().to_owned();
        let insert = report::Entity::insert(row).on_conflict(unless_there);
        if insert.exec_without_returning(&transaction).await? == 0 {
            let before = report_before(&*transaction, new).await?;
            return refused(transaction, before.unwrap_or(Said::KeyTaken)).await;
        }
        self.note(&transaction, Action::Reported, own::deed(Kind::Report, id), now).await?;
        self.begin_words(transaction, new, (Kind::Report, id), said.email.as_ref(), now).await
    }

    /// A turn to write, counted; or why there is none.
    async fn admitted(
        &self,
        new: &NewWords<'_>,
        now: OffsetDateTime,
    ) -> Result<Result<(Aside, BTreeSet<Mark>), Said>, StoreError> {
        if let Some(again_at) = new.arrival.refused(self, now).await? {
            return Ok(Err(Said::TooOften { again_at }));
        }
        let transaction = self.write_aside().await?;
        match new.arrival.admit(&transaction, now).await? {
            Admitted::With(marks) => Ok(Ok((transaction, marks))),
            Admitted::TooOften { again_at } => {
                transaction.rollback().await?;
                Ok(Err(Said::TooOften { again_at }))
            }
        }
    }

    async fn begin_words(
        &self,
        transaction: Aside,
        new: &NewWords<'_>,
        (kind, id): (Kind, Uuid),
        email: Option<&Email>,
        now: OffsetDateTime,
    ) -> Result<Said, StoreError> {
        wait::begin(&transaction, (kind, id), kept(now)).await?;
        if let (Some(email), Some(confirm)) = (email, new.confirm) {
            contact::insert(&transaction, &*self.ids, (id, email), confirm, now).await?;
        }
        transaction.commit().await?;
        Ok(Said::New(id))
    }
}

async fn refused(transaction: Aside, why: Said) -> Result<Said, StoreError> {
    transaction.rollback().await?;
    Ok(why)
}

async fn comment_before(
    connection: &impl ConnectionTrait,
    new: &NewWords<'_>,
) -> Result<Option<Said>, StoreError> {
    let found = comment::Entity::find().filter(comment::Column::SecretHash.eq(new.secret.as_slice()));
    Ok(found.one(connection).await?.map(|row| compared(row.id, &row.request_hash, new)))
}

async fn report_before(
    connection: &impl ConnectionTrait,
    new: &NewWords<'_>,
) -> Result<Option<Said>, StoreError> {
    let found = report::Entity::find().filter(report::Column::SecretHash.eq(new.secret.as_slice()));
    Ok(found.one(connection).await?.map(|row| compared(row.id, &row.request_hash, new)))
}

fn compared(id: Uuid, request_hash: &[u8], new: &NewWords<'_>) -> Said {
    if request_hash == new.request { Said::Again(id) } else { Said::KeyTaken }
}

/// A column that readers see.
pub(super) async fn public_column(
    connection: &impl ConnectionTrait,
    slug: &Slug,
    today: Date,
) -> Result<Option<column::Model>, StoreError> {
    let found = column::Entity::find().filter(column::Column::Slug.eq(slug.as_str())).one(connection).await?;
    Ok(found.filter(|row| match row.status.parse() {
        Ok(Status::Published) => true,
        Ok(Status::Scheduled) => row.date <= today.as_time(),
        _ => false,
    }))
}

/// A comment that readers see below a column.
async fn public_comment(
    connection: &impl ConnectionTrait,
    (column, id): (Uuid, Uuid),
    now: OffsetDateTime,
) -> Result<Option<comment::Model>, StoreError> {
    let found = comment::Entity::find_by_id(id)
        .filter(comment::Column::ColumnId.eq(column))
        .filter(comment::Column::PublicFrom.lte(kept(now)));
    let found = found.one(connection).await?;
    Ok(found.filter(|row| row.removed_at.is_none_or(|at| at > now)))
}

/// As a row keeps them.
fn written(marks: &BTreeSet<Mark>) -> String {
    marks.iter().map(|mark| mark.as_str()).collect::<Vec<_>>().join(" ")
}
