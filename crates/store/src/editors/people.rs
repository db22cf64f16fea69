//! Who is at the desk, and what becomes of them.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Expr,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Role};

use super::Editor;
use crate::aside::Aside;
use crate::audit::Deed;
use crate::entity::{editor, passkey, queue_item, set_up_link};
use crate::store::kept;
use crate::{Store, StoreError};

/// What became of a change to somebody at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleChange {
    Done(Editor),
    Nobody,
    /// Without them nobody could invite anyone any more.
    LastAdmin,
}

impl Store {
    /// Everybody at the desk, by name; the disabled as well.
    pub async fn editors(&self) -> Result<Vec<Editor>, StoreError> {
        let rows = editor::Entity::find().all(&self.reader).await?;
        let mut editors: Vec<Editor> = rows.into_iter().map(Editor::of).collect::<Result<_, _>>()?;
        // Here, since the databases know other alphabets.
        editors.sort_by_cached_key(|editor| (editor.name.to_lowercase(), editor.id));
        Ok(editors)
    }

    /// Gives somebody another role, and ends their sessions: what was begun as one goes on as none other.
    pub async fn change_role(
        &self,
        editor: Uuid,
        role: Role,
        by: Uuid,
        now: OffsetDateTime,
    ) -> Result<PeopleChange, StoreError> {
        let transaction = self.write_aside().await?;
        let Some(before) = locked(&transaction, editor).await? else { return Ok(PeopleChange::Nobody) };
        if before.role == Role::Admin
            && role != Role::Admin
            && before.disabled_at.is_none()
            && is_last_admin(&transaction, editor).await?
        {
            return Ok(PeopleChange::LastAdmin);
        }
        editor::Entity::update_many()
            .col_expr(editor::Column::Role, role.as_str().into())
            .filter(editor::Column::Id.eq(editor))
            .exec(&transaction)
            .await?;
        if role != before.role {
            Self::end_sessions(&transaction, editor).await?;
        }
        let about = format!("{}: {} → {role}", before.email.as_str(), before.role);
        self.tell_of(&transaction, Action::RoleChanged, by, editor, about, now).await?;
        transaction.commit().await?;
        Ok(PeopleChange::Done(Editor { role, ..before }))
    }

    /// Ends all sessions and links of somebody and lets go of what they hold; they cannot sign in any
    /// more. What they wrote and decided stays.
    pub async fn disable(
        &self,
        editor: Uuid,
        by: Uuid,
        now: OffsetDateTime,
    ) -> Result<PeopleChange, StoreError> {
        let transaction = self.write_aside().await?;
        // First, as whoever decides does: items, then editors.
        queue_item::Entity::update_many()
            .col_expr(queue_item::Column::HolderId, Expr::val(None::<Uuid>))
            .col_expr(queue_item::Column::HeldUntil, Expr::val(None::<OffsetDateTime>))
            .col_expr(queue_item::Column::ChangedAt, kept(now).into())
            .filter(queue_item::Column::HolderId.eq(editor))
            .exec(&transaction)
            .await?;
        let Some(before) = locked(&transaction, editor).await? else { return Ok(PeopleChange::Nobody) };
        if before.disabled_at.is_some() {
            return Ok(PeopleChange::Done(before));
        }
        if before.role == Role::Admin && is_last_admin(&transaction, editor).await? {
            return Ok(PeopleChange::LastAdmin);
        }
        set_disabled(&transaction, editor, Some(kept(now))).await?;
        Self::end_sessions(&transaction, editor).await?;
        set_up_link::Entity::delete_many()
            .filter(set_up_link::Column::EditorId.eq(editor))
            .exec(&transaction)
            .await?;
        self.tell_of(&transaction, Action::Disabled, by, editor, before.email.as_str().to_owned(), now)
            .await?;
        transaction.commit().await?;
        Ok(PeopleChange::Done(Editor { disabled_at: Some(kept(now)), ..before }))
    }

    /// Lets somebody in again.
    pub async fn enable(
        &self,
        editor: Uuid,
        by: Uuid,
        now: OffsetDateTime,
    ) -> Result<PeopleChange, StoreError> {
        let transaction = self.write_aside().await?;
        let Some(before) = locked(&transaction, editor).await? else { return Ok(PeopleChange::Nobody) };
        if before.disabled_at.is_some() {
            set_disabled(&transaction, editor, None).await?;
            self.tell_of(&transaction, Action::Enabled, by, editor, before.email.as_str().to_owned(), now)
                .await?;
        }
        transaction.commit().await?;
        Ok(PeopleChange::Done(Editor { disabled_at: None, ..before }))
    }

    async fn tell_of(
        &self,
        transaction: &Aside,
        action: Action,
        by: Uuid,
        subject: Uuid,
        about: String,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let deed = Deed { editor: Some(by), subject: Some(subject), about: Some(about), ..Deed::default() };
        self.note(transaction, action, deed, now).await
    }
}

/// Somebody, while all admins are locked: two who disable each other at once wait for one another.
async fn locked(transaction: &Aside, editor: Uuid) -> Result<Option<Editor>, StoreError> {
    editor::Entity::find()
        .filter(editor::Column::Role.eq(Role::Admin.as_str()))
        .order_by_asc(editor::Column::Id)
        .lock_exclusive()
        .all(transaction)
        .await?;
    let row = editor::Entity::find_by_id(editor).lock_exclusive().one(transaction).await?;
    row.map(Editor::of).transpose()
}

/// Whether no other admin could come in: who was invited and has neither password nor passkey yet may never.
async fn is_last_admin(transaction: &Aside, but: Uuid) -> Result<bool, StoreError> {
    let keys = passkey::Entity::find().select_only().column(passkey::Column::EditorId);
    let comes_in = Condition::any()
        .add(editor::Column::PasswordHash.is_not_null())
        .add(editor::Column::Id.in_subquery(keys.into_query()));
    let others = editor::Entity::find()
        .filter(editor::Column::Id.ne(but))
        .filter(editor::Column::Role.eq(Role::Admin.as_str()))
        .filter(editor::Column::DisabledAt.is_null())
        .filter(comes_in);
    Ok(others.count(transaction).await? == 0)
}

async fn set_disabled(
    transaction: &Aside,
    editor: Uuid,
    at: Option<OffsetDateTime>,
) -> Result<(), StoreError> {
    editor::Entity::update_many()
        .col_expr(editor::Column::DisabledAt, Expr::val(at))
        .filter(editor::Column::Id.eq(editor))
        .exec(transaction)
        .await?;
    Ok(())
}
