//! What somebody sees and does of what they said.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::desk::{Action, Kind};
use weerklank_domain::experience::State;
use weerklank_domain::voice::{Comment, Party, limits};

use super::appeal::{OwnAppeal, appeals, open_to_appeal, told_reporter, told_writer};
use super::contact;
use super::due::due_at;
use super::read::{whole_comment, whole_report};
use super::{StoredComment, StoredReport};
use crate::audit::Deed;
use crate::entity::{comment, report, voice_contact};
use crate::queue::{decisions, overtake, wait};
use crate::store::kept;
use crate::{Changed, Hash, PastDecision, Store, StoreError};

/// A comment or a report as who said it sees it. A decision that can still be undone is not told of yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWords {
    pub words: Words,
    /// On it, the oldest first; what led to the removal of a comment is the last.
    pub decisions: Vec<PastDecision>,
    /// The oldest first.
    pub appeals: Vec<OwnAppeal>,
    /// The decision that they may appeal against now.
    pub may_appeal: Option<Uuid>,
    /// Whether it can be changed now.
    pub may_change: bool,
    /// The address that they gave, and when they said that it is theirs.
    pub address: Option<(String, Option<OffsetDateTime>)>,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    Comment(StoredComment),
    Report(StoredReport),
}

impl Store {
    /// What was said under a secret of that hash.
    pub async fn words_by_secret(
        &self,
        secret: &Hash,
        now: OffsetDateTime,
    ) -> Result<Option<OwnWords>, StoreError> {
        let snapshot = self.snapshot().await?;
        if let Some(row) = comment_of(&snapshot, secret).await? {
            return Ok(Some(own_comment(&snapshot, row, now).await?));
        }
        match report_of(&snapshot, secret).await? {
            Some(row) => Ok(Some(own_report(&snapshot, row, now).await?)),
            None => Ok(None),
        }
    }

    /// Replaces the words and the name of a comment, as long as nobody was told of a decision and for
    /// [`limits::EDIT_HOURS`]; it waits on. The address stays.
    pub async fn change_comment(
        &self,
        secret: &Hash,
        said: &Comment,
        now: OffsetDateTime,
    ) -> Result<Changed, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let Some(row) = comment_of(&transaction, secret).await? else {
            transaction.rollback().await?;
            return Ok(Changed::Nobody);
        };
        wait::lock(&transaction, row.id).await?;
        let is_told = decisions(&transaction, row.id).await?.iter().any(|made| made.final_at <= now);
        if is_told || now >= row.received_at + Duration::hours(limits::EDIT_HOURS) {
            transaction.rollback().await?;
            return Ok(Changed::NotNow);
        }
        if let Some(overtaken) = overtake(&transaction, row.id, now).await? {
            self.note(&transaction, Action::Undone, overtaken.deed, now).await?;
        } else if row.state != State::Received.as_str() {
            // Its mail may be on its way.
            transaction.rollback().await?;
            return Ok(Changed::NotNow);
        }
        comment::Entity::update_many()
            .set(comment::ActiveModel {
                name: Set(said.name.clone()),
                text: Set(said.text.clone()),
                changed_at: Set(now),
                ..Default::default()
            })
            .filter(comment::Column::Id.eq(row.id))
            .exec(&transaction)
            .await?;
        wait::again(&transaction, row.id, now).await?;
        self.note(&transaction, Action::Corrected, deed(Kind::Comment, row.id), now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    /// Deletes a comment with all that belongs to it; what answers it stays. `false` where the secret is
    /// nobody's. A report stays: what was decided on somebody else's words rests on it.
    pub async fn erase_comment(&self, secret: &Hash, now: OffsetDateTime) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let Some(row) = comment_of(&transaction, secret).await? else {
            transaction.rollback().await?;
            return Ok(false);
        };
        wait::lock(&transaction, row.id).await?;
        let erased = comment::Entity::delete_by_id(row.id).exec(&transaction).await?;
        // Erased by two requests at once, it is told of once.
        if erased.rows_affected > 0 {
            self.note(&transaction, Action::Erased, deed(Kind::Comment, row.id), now).await?;
            due_at(&transaction, row.column_id, now).await?;
        }
        transaction.commit().await?;
        self.empty_log().await?;
        Ok(true)
    }

    /// Who wrote a comment or a report takes their address away, with what was to be sent there; what they said stays.
    /// `false` where the secret is nobody's.
    pub async fn forget_words_address(&self, secret: &Hash) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let item = match comment_of(&transaction, secret).await? {
            Some(comment) => Some(comment.id),
            None => report_of(&transaction, secret).await?.map(|report| report.id),
        };
        let Some(item) = item else {
            transaction.rollback().await?;
            return Ok(false);
        };
        contact::forget(&transaction, item).await?;
        transaction.commit().await?;
        self.empty_log().await?;
        Ok(true)
    }
}

/// Something that who said it did.
pub(super) fn deed(kind: Kind, id: Uuid) -> Deed {
    Deed { kind: Some(kind), subject: Some(id), ..Deed::default() }
}

pub(super) async fn comment_of(
    connection: &impl ConnectionTrait,
    secret: &Hash,
) -> Result<Option<comment::Model>, StoreError> {
    let found = comment::Entity::find().filter(comment::Column::SecretHash.eq(secret.as_slice()));
    Ok(found.one(connection).await?)
}

async fn report_of(
    connection: &impl ConnectionTrait,
    secret: &Hash,
) -> Result<Option<report::Model>, StoreError> {
    let found = report::Entity::find().filter(report::Column::SecretHash.eq(secret.as_slice()));
    Ok(found.one(connection).await?)
}

async fn own_comment(
    connection: &impl ConnectionTrait,
    row: comment::Model,
    now: OffsetDateTime,
) -> Result<OwnWords, StoreError> {
    let decisions = told(connection, &row, now).await?;
    let is_young = now < row.received_at + Duration::hours(limits::EDIT_HOURS);
    let address = address(connection, row.id).await?;
    let stored = whole_comment(connection, row).await?;
    Ok(OwnWords {
        appeals: appeals(connection, &decisions, Party::Sender, now).await?,
        may_appeal: open_to_appeal(connection, &decisions, Party::Sender, now).await?,
        may_change: decisions.is_empty() && is_young,
        words: Words::Comment(stored),
        decisions,
        address,
    })
}

/// What its writer was told of that was decided on a comment.
pub(super) async fn told(
    connection: &impl ConnectionTrait,
    row: &comment::Model,
    now: OffsetDateTime,
) -> Result<Vec<PastDecision>, StoreError> {
    told_writer(connection, (row.id, row.removed_by), now).await
}

async fn own_report(
    connection: &impl ConnectionTrait,
    row: report::Model,
    now: OffsetDateTime,
) -> Result<OwnWords, StoreError> {
    let decisions = told_reporter(connection, row.id, now).await?;
    let address = address(connection, row.id).await?;
    Ok(OwnWords {
        words: Words::Report(whole_report(connection, row).await?),
        appeals: appeals(connection, &decisions, Party::Reporter, now).await?,
        may_appeal: open_to_appeal(connection, &decisions, Party::Reporter, now).await?,
        may_change: false,
        decisions,
        address,
    })
}

async fn address(
    connection: &impl ConnectionTrait,
    item: Uuid,
) -> Result<Option<(String, Option<OffsetDateTime>)>, StoreError> {
    let contact = voice_contact::Entity::find_by_id(item).one(connection).await?;
    Ok(contact.map(|contact| (contact.email, contact.confirmed_at)))
}
