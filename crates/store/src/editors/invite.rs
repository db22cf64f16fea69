//! Somebody is invited, or gets a new link.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Lang;
use weerklank_domain::desk::{Action, Role};
use weerklank_domain::experience::Email;

use super::{Editor, address};
use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::corrupt;
use crate::entity::{editor, set_up_link};
use crate::experiences::Hash;
use crate::store::kept;
use crate::{Store, StoreError};

/// Whom to invite.
#[derive(Debug, Clone)]
pub struct Invitation<'a> {
    pub email: &'a Email,
    pub name: &'a str,
    pub role: Role,
    pub lang: Lang,
    /// Of the token in the link that is made for them.
    pub link: Hash,
    /// Until when it works.
    pub until: OffsetDateTime,
    /// Who invites; `None` from the command line.
    pub by: Option<Uuid>,
}

/// What became of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    New(Editor),
    /// They were at the desk already, with this role and name, which stay. The link is theirs: it sets
    /// another password.
    Known(Editor),
}

impl Store {
    /// Invites somebody, or makes a new set-up link for who is there. Links made before stop working.
    /// Who is disabled stays so.
    pub async fn invite(
        &self,
        invitation: &Invitation<'_>,
        now: OffsetDateTime,
    ) -> Result<Invited, StoreError> {
        let transaction = self.write_aside().await?;
        let email = address(invitation.email);
        let id = self.ids.next(now);
        let row = editor::ActiveModel {
            id: Set(id),
            email: Set(email.clone()),
            name: Set(invitation.name.to_owned()),
            role: Set(invitation.role.to_string()),
            lang: Set(invitation.lang.to_string()),
            password_hash: Set(None),
            totp_secret: Set(None),
            totp_step: Set(None),
            made_at: Set(kept(now)),
            disabled_at: Set(None),
        };
        let unless_there = OnConflict::column(editor::Column::Email).do_nothing().to_owned();
        let made = editor::Entity::insert(row)
            .on_conflict(unless_there)
            .exec_without_returning(&transaction)
            .await?;
        let there = editor::Entity::find().filter(editor::Column::Email.eq(email)).one(&transaction).await?;
        let editor = Editor::of(there.ok_or_else(|| corrupt("an editor went while they were invited"))?)?;
        self.link_for(&transaction, editor.id, invitation.link, invitation.until).await?;
        let action = if made > 0 { Action::Invited } else { Action::Linked };
        let about = format!("{} ({})", editor.email.as_str(), editor.role);
        let deed =
            Deed { editor: invitation.by, subject: Some(editor.id), about: Some(about), ..Deed::default() };
        self.note(&transaction, action, deed, now).await?;
        transaction.commit().await?;
        Ok(if made > 0 { Invited::New(editor) } else { Invited::Known(editor) })
    }

    async fn link_for(
        &self,
        transaction: &Aside,
        editor: Uuid,
        link: Hash,
        until: OffsetDateTime,
    ) -> Result<(), StoreError> {
        set_up_link::Entity::delete_many()
            .filter(set_up_link::Column::EditorId.eq(editor))
            .exec(transaction)
            .await?;
        let row = set_up_link::ActiveModel {
            hash: Set(link.to_vec()),
            editor_id: Set(editor),
            expires_at: Set(kept(until)),
        };
        set_up_link::Entity::insert(row).exec_without_returning(transaction).await?;
        Ok(())
    }
}
