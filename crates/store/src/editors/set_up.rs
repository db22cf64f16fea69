//! A set-up link is used.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Action;

use super::{Editor, NewSession};
use crate::aside::Aside;
use crate::audit::Deed;
use crate::entity::{editor, set_up_link};
use crate::experiences::Hash;
use crate::{Store, StoreError};

impl Store {
    /// Whose link that is, if it still works.
    pub async fn set_up_link(&self, link: &Hash, now: OffsetDateTime) -> Result<Option<Editor>, StoreError> {
        let Some(found) = set_up_link::Entity::find_by_id(link.to_vec()).one(&self.reader).await? else {
            return Ok(None);
        };
        if found.expires_at <= now {
            return Ok(None);
        }
        let editor = editor::Entity::find_by_id(found.editor_id).one(&self.reader).await?;
        editor.filter(|editor| editor.disabled_at.is_none()).map(Editor::of).transpose()
    }

    /// Sets the password of whom the link belongs to, ends their sessions and begins a new one; a
    /// second factor and passkeys that they had are gone, since who lost a device asks for such a link. The link
    /// works once. `None` where it does not.
    pub async fn set_up(
        &self,
        link: &Hash,
        password_hash: &str,
        session: &NewSession<'_>,
        now: OffsetDateTime,
    ) -> Result<Option<Editor>, StoreError> {
        let transaction = self.write_aside().await?;
        let Some(found) = set_up_link::Entity::find_by_id(link.to_vec()).one(&transaction).await? else {
            return Ok(None);
        };
        // Used by two at once, only one deletes it.
        let used = set_up_link::Entity::delete_by_id(link.to_vec()).exec(&transaction).await?;
        if used.rows_affected == 0 || found.expires_at <= now {
            return Ok(None);
        }
        let Some(mut editor) = change_password(&transaction, found.editor_id, password_hash).await? else {
            return Ok(None);
        };
        if editor.totp_secret.is_some() {
            let without = editor::ActiveModel {
                id: Set(editor.id),
                totp_secret: Set(None),
                totp_step: Set(None),
                ..Default::default()
            };
            editor = without.update(&transaction).await?;
        }
        Self::remove_passkeys(&transaction, editor.id).await?;
        Self::end_sessions(&transaction, editor.id).await?;
        self.begin_session(&transaction, editor.id, session, now).await?;
        let deed = Deed { editor: Some(editor.id), subject: Some(editor.id), ..Deed::default() };
        self.note(&transaction, Action::SetUp, deed, now).await?;
        transaction.commit().await?;
        Ok(Some(Editor::of(editor)?))
    }

    /// Somebody who is signed in changes their password; their sessions end, and a new one begins.
    pub async fn change_password(
        &self,
        editor: Uuid,
        password_hash: &str,
        session: &NewSession<'_>,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        if change_password(&transaction, editor, password_hash).await?.is_none() {
            return Ok(false);
        }
        Self::end_sessions(&transaction, editor).await?;
        self.begin_session(&transaction, editor, session, now).await?;
        let deed = Deed { editor: Some(editor), subject: Some(editor), ..Deed::default() };
        self.note(&transaction, Action::PasswordChanged, deed, now).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// `None` for who is not there, or disabled.
async fn change_password(
    transaction: &Aside,
    editor: Uuid,
    password_hash: &str,
) -> Result<Option<editor::Model>, StoreError> {
    let there = editor::Entity::find_by_id(editor).one(transaction).await?;
    let Some(there) = there.filter(|editor| editor.disabled_at.is_none()) else { return Ok(None) };
    let changed = editor::ActiveModel {
        id: Set(there.id),
        password_hash: Set(Some(password_hash.to_owned())),
        ..Default::default()
    };
    Ok(Some(changed.update(transaction).await?))
}
