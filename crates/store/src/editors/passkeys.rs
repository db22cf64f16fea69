//! Keys of devices by which editors come in: what was asked of one, which there are, and coming in by one.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, sea_query::OnConflict,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::desk::{Action, limits};

use super::{Editor, NewSession, locked};
use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::corrupt;
use crate::entity::{editor, passkey, passkey_challenge};
use crate::experiences::Hash;
use crate::store::kept;
use crate::{Store, StoreError};

/// One of an editor's keys, as they see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    pub id: Uuid,
    /// As its owner calls it.
    pub name: String,
    /// By which a device names it.
    pub credential_id: Vec<u8>,
    pub made_at: OffsetDateTime,
    /// When somebody came in by it last.
    pub used_at: Option<OffsetDateTime>,
}

/// A key to be.
#[derive(Debug, Clone, Copy)]
pub struct NewPasskey<'a> {
    pub name: &'a str,
    pub credential_id: &'a [u8],
    /// The public key and what is known of the device; the store reads nothing in it.
    pub credential: &'a str,
    /// Signatures that the device says it has made.
    pub counter: u32,
}

/// What became of adding one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasskeyAdded {
    Done(Passkey),
    /// Somebody has it, them or another.
    Known,
    /// They have [`limits::PASSKEYS`].
    TooMany,
    /// They are not there, or disabled.
    Nobody,
}

/// What there is to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyFacts {
    pub passkey: Uuid,
    pub editor: Uuid,
    /// As it was given.
    pub credential: String,
}

/// A signature that was found right.
#[derive(Debug, Clone, Copy)]
pub struct PasskeyUse<'a> {
    /// As it counts now; 0 for a device that does not count.
    pub counter: u32,
    /// What is known of the device now.
    pub credential: &'a str,
}

/// What became of coming in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasskeyEntry {
    Done(Editor),
    /// The device has counted back, or as somebody else did at the same moment; it is in the audit log.
    Suspected,
    /// The key was removed, or its owner disabled.
    Refused,
}

/// What a device was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyChallenge {
    /// Who adds a key; `None` where somebody signs in.
    pub editor: Option<Uuid>,
    /// As it was given.
    pub state: String,
}

impl Store {
    /// Keeps what a device is asked for [`limits::PASSKEY_MINUTES`], under the hash of a token that only the
    /// browser has which asked.
    pub async fn ask_passkey(
        &self,
        hash: &Hash,
        challenge: &PasskeyChallenge,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let expires_at = kept(now + Duration::minutes(limits::PASSKEY_MINUTES));
        let row = passkey_challenge::ActiveModel {
            hash: Set(hash.to_vec()),
            editor_id: Set(challenge.editor),
            state: Set(challenge.state.clone()),
            expires_at: Set(expires_at),
        };
        let transaction = self.write_aside().await?;
        // Those that nobody answered; what ends later was asked by a clock that was ahead.
        let ends_at = passkey_challenge::Column::ExpiresAt;
        let over = Condition::any().add(ends_at.lte(kept(now))).add(ends_at.gt(expires_at));
        passkey_challenge::Entity::delete_many().filter(over).exec(&transaction).await?;
        passkey_challenge::Entity::insert(row).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What was asked of the browser with the token of that hash. It is answered once, rightly or not.
    pub async fn answer_passkey(
        &self,
        hash: &Hash,
        now: OffsetDateTime,
    ) -> Result<Option<PasskeyChallenge>, StoreError> {
        let Some(asked) = passkey_challenge::Entity::find_by_id(hash.to_vec()).one(&self.reader).await?
        else {
            return Ok(None);
        };
        let transaction = self.write_aside().await?;
        // Answered by two at once, only one deletes it.
        let answered = passkey_challenge::Entity::delete_by_id(hash.to_vec()).exec(&transaction).await?;
        transaction.commit().await?;
        let stands = answered.rows_affected == 1 && asked.expires_at > now;
        Ok(stands.then_some(PasskeyChallenge { editor: asked.editor_id, state: asked.state }))
    }

    /// An editor's keys, the latest first.
    pub async fn passkeys(&self, editor: Uuid) -> Result<Vec<Passkey>, StoreError> {
        let rows = passkey::Entity::find()
            .filter(passkey::Column::EditorId.eq(editor))
            .order_by_desc(passkey::Column::Id)
            .all(&self.reader)
            .await?;
        Ok(rows.into_iter().map(Passkey::of).collect())
    }

    /// Adds a key to an editor's.
    pub async fn add_passkey(
        &self,
        editor: Uuid,
        new: &NewPasskey<'_>,
        now: OffsetDateTime,
    ) -> Result<PasskeyAdded, StoreError> {
        let transaction = self.write_aside().await?;
        if locked(&transaction, editor).await?.is_none() {
            return Ok(PasskeyAdded::Nobody);
        }
        let theirs = passkey::Entity::find().filter(passkey::Column::EditorId.eq(editor));
        let count = usize::try_from(theirs.count(&transaction).await?).unwrap_or(usize::MAX);
        if count >= limits::PASSKEYS {
            return Ok(PasskeyAdded::TooMany);
        }
        let row = passkey::Model {
            id: self.ids.next(now),
            editor_id: editor,
            credential_id: new.credential_id.to_vec(),
            credential: new.credential.to_owned(),
            counter: new.counter.into(),
            name: new.name.to_owned(),
            made_at: kept(now),
            used_at: None,
        };
        let unless_there = OnConflict::column(passkey::Column::CredentialId).do_nothing().to_owned();
        let made = passkey::Entity::insert(passkey::ActiveModel::from(row.clone()).reset_all())
            .on_conflict(unless_there)
            .exec_without_returning(&transaction)
            .await?;
        if made == 0 {
            return Ok(PasskeyAdded::Known);
        }
        self.tell_of_passkey(&transaction, Action::PasskeyAdded, Some(editor), &row, now).await?;
        transaction.commit().await?;
        Ok(PasskeyAdded::Done(Passkey::of(row)))
    }

    /// Removes one of an editor's keys. `false` where they have no such one.
    pub async fn remove_passkey(
        &self,
        editor: Uuid,
        passkey: Uuid,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let there = passkey::Entity::find_by_id(passkey).one(&transaction).await?;
        let Some(row) = there.filter(|row| row.editor_id == editor) else { return Ok(false) };
        let gone = passkey::Entity::delete_by_id(passkey).exec(&transaction).await?;
        if gone.rows_affected == 0 {
            return Ok(false);
        }
        self.tell_of_passkey(&transaction, Action::PasskeyRemoved, Some(editor), &row, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// What a signature of that key is compared with; `None` where nobody has it, or who has it is disabled.
    pub async fn passkey_facts(&self, credential_id: &[u8]) -> Result<Option<PasskeyFacts>, StoreError> {
        let found = passkey::Entity::find()
            .find_also_related(editor::Entity)
            .filter(passkey::Column::CredentialId.eq(credential_id))
            .one(&self.reader)
            .await?;
        let Some((row, Some(editor))) = found else { return Ok(None) };
        let facts = PasskeyFacts { passkey: row.id, editor: row.editor_id, credential: row.credential };
        Ok(editor.disabled_at.is_none().then_some(facts))
    }

    /// Begins a session for who has shown a signature of that key, which has to count further than any
    /// before (Web Authentication, 7.2, step 22).
    pub async fn sign_in_by_passkey(
        &self,
        shown: &PasskeyFacts,
        made: &PasskeyUse<'_>,
        session: &NewSession<'_>,
        now: OffsetDateTime,
    ) -> Result<PasskeyEntry, StoreError> {
        let transaction = self.write_aside().await?;
        let Some(editor) = locked(&transaction, shown.editor).await? else {
            return Ok(PasskeyEntry::Refused);
        };
        let counter = i64::from(made.counter);
        let stored = passkey::Column::Counter;
        let counts_on = if counter == 0 { stored.eq(0) } else { stored.lt(counter) };
        let used = passkey::Entity::update_many()
            .col_expr(passkey::Column::Counter, counter.into())
            .col_expr(passkey::Column::Credential, made.credential.into())
            .col_expr(passkey::Column::UsedAt, kept(now).into())
            .filter(passkey::Column::Id.eq(shown.passkey))
            .filter(counts_on)
            .exec(&transaction)
            .await?;
        if used.rows_affected == 0 {
            return self.suspect(transaction, shown.passkey, now).await;
        }
        self.begin_session(&transaction, editor.id, session, now).await?;
        transaction.commit().await?;
        Ok(PasskeyEntry::Done(Editor::of(editor)?))
    }

    /// Writes down that a key has signed rightly but counted back: there may be two of it.
    pub async fn suspect_passkey(
        &self,
        shown: &PasskeyFacts,
        now: OffsetDateTime,
    ) -> Result<PasskeyEntry, StoreError> {
        let transaction = self.write_aside().await?;
        self.suspect(transaction, shown.passkey, now).await
    }

    async fn suspect(
        &self,
        transaction: Aside,
        passkey: Uuid,
        now: OffsetDateTime,
    ) -> Result<PasskeyEntry, StoreError> {
        let Some(row) = passkey::Entity::find_by_id(passkey).one(&transaction).await? else {
            return Ok(PasskeyEntry::Refused);
        };
        // By nobody: who tried is not known.
        self.tell_of_passkey(&transaction, Action::PasskeySuspected, None, &row, now).await?;
        transaction.commit().await?;
        Ok(PasskeyEntry::Suspected)
    }

    async fn tell_of_passkey(
        &self,
        transaction: &Aside,
        action: Action,
        by: Option<Uuid>,
        row: &passkey::Model,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let whose = editor::Entity::find_by_id(row.editor_id).one(transaction).await?;
        let whose = whose.ok_or_else(|| corrupt("a passkey is nobody's"))?;
        let about = format!("{}: {}", whose.email, row.name);
        let deed = Deed { editor: by, subject: Some(row.editor_id), about: Some(about), ..Deed::default() };
        self.note(transaction, action, deed, now).await
    }

    pub(super) async fn remove_passkeys(transaction: &Aside, editor: Uuid) -> Result<(), StoreError> {
        let theirs = passkey::Entity::delete_many().filter(passkey::Column::EditorId.eq(editor));
        theirs.exec(transaction).await?;
        Ok(())
    }
}

impl Passkey {
    fn of(row: passkey::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            credential_id: row.credential_id,
            made_at: row.made_at,
            used_at: row.used_at,
        }
    }
}
