//! Somebody signs in, or adds a second factor.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Action;
use weerklank_domain::experience::Email;

use super::{Editor, NewSession, address};
use crate::aside::Aside;
use crate::audit::Deed;
use crate::entity::editor;
use crate::{Store, StoreError};

/// What there is to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub editor: Uuid,
    /// A PHC string.
    pub password_hash: String,
    pub second: Option<SecondFactor>,
}

/// A device that shows codes by the time (RFC 6238).
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecondFactor")
    }
}

impl Store {
    /// What somebody with that address has to show; `None` for who is not there, is disabled, or has
    /// no password yet.
    pub async fn sign_in_facts(&self, email: &Email) -> Result<Option<SignIn>, StoreError> {
        let row = editor::Entity::find()
            .filter(editor::Column::Email.eq(address(email)))
            .filter(editor::Column::DisabledAt.is_null())
            .one(&self.reader)
            .await?;
        Ok(row.and_then(|row| {
            Some(SignIn {
                editor: row.id,
                password_hash: row.password_hash?,
                second: row.totp_secret.map(|secret| SecondFactor { secret }),
            })
        }))
    }

    /// Begins a session for who has shown that; `step` is the time step of their code, which is taken once.
    /// `None` where it was taken before, or where something else is asked for by now.
    pub async fn sign_in(
        &self,
        shown: &SignIn,
        step: Option<i64>,
        session: &NewSession<'_>,
        now: OffsetDateTime,
    ) -> Result<Option<Editor>, StoreError> {
        let transaction = self.write_aside().await?;
        if let Some(step) = step
            && !take_step(&transaction, shown.editor, step).await?
        {
            return Ok(None);
        }
        let row = editor::Entity::find_by_id(shown.editor).lock_exclusive().one(&transaction).await?;
        // Looking at a password takes a while, in which it may have been changed.
        let stands = |row: &editor::Model| {
            row.disabled_at.is_none()
                && row.password_hash.as_ref() == Some(&shown.password_hash)
                && row.totp_secret.as_ref() == shown.second.as_ref().map(|second| &second.secret)
        };
        let Some(row) = row.filter(stands) else { return Ok(None) };
        self.begin_session(&transaction, shown.editor, session, now).await?;
        transaction.commit().await?;
        Ok(Some(Editor::of(row)?))
    }

    /// From now on a code of this device is asked for as well; `step` is that of the code which shows
    /// that the device has the secret.
    pub async fn add_second_factor(
        &self,
        editor: Uuid,
        factor: &SecondFactor,
        step: i64,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.second_factor(editor, Some((factor, step)), Action::TotpAdded, now).await
    }

    /// From now on the password is enough again.
    pub async fn remove_second_factor(&self, editor: Uuid, now: OffsetDateTime) -> Result<(), StoreError> {
        self.second_factor(editor, None, Action::TotpRemoved, now).await
    }

    async fn second_factor(
        &self,
        editor: Uuid,
        factor: Option<(&SecondFactor, i64)>,
        action: Action,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let transaction = self.write_aside().await?;
        let (secret, step) = match factor {
            Some((factor, step)) => (Some(factor.secret.clone()), Some(step)),
            None => (None, None),
        };
        editor::Entity::update_many()
            .col_expr(editor::Column::TotpSecret, secret.into())
            .col_expr(editor::Column::TotpStep, step.into())
            .filter(editor::Column::Id.eq(editor))
            .exec(&transaction)
            .await?;
        let deed = Deed { editor: Some(editor), subject: Some(editor), ..Deed::default() };
        self.note(&transaction, action, deed, now).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// `false` where that step or a later one was taken before.
async fn take_step(transaction: &Aside, editor: Uuid, step: i64) -> Result<bool, StoreError> {
    let not_yet =
        Condition::any().add(editor::Column::TotpStep.is_null()).add(editor::Column::TotpStep.lt(step));
    let taken = editor::Entity::update_many()
        .col_expr(editor::Column::TotpStep, step.into())
        .filter(editor::Column::Id.eq(editor))
        .filter(not_yet)
        .exec(transaction)
        .await?;
    Ok(taken.rows_affected == 1)
}
