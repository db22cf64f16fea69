//! Who is signed in.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::desk::limits;

use super::Editor;
use crate::aside::Aside;
use crate::entity::{editor, session};
use crate::experiences::Hash;
use crate::store::kept;
use crate::{Store, StoreError};

/// How much older than the last use a session may look before it is written down again.
const SEEN_EVERY: Duration = Duration::minutes(5);

/// A session to be.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// Of the token in the cookie.
    pub hash: Hash,
    /// Of the token that the browser showed until now: that session ends.
    pub instead_of: Option<Hash>,
    /// What the browser calls itself, at most 300 characters.
    pub agent: &'a str,
}

/// Where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: Uuid,
    pub agent: String,
    pub began_at: OffsetDateTime,
    pub seen_at: OffsetDateTime,
}

/// Who asks, and by which session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub session: Uuid,
    pub editor: Editor,
    /// Whether [`Store::session_seen`] has something to write.
    pub is_stale: bool,
}

impl Store {
    /// Who has the session of that hash, if it has not ended by itself and its owner is not disabled.
    pub async fn signed_in(&self, hash: &Hash, now: OffsetDateTime) -> Result<Option<Signed>, StoreError> {
        let found = session::Entity::find()
            .find_also_related(editor::Entity)
            .filter(session::Column::Hash.eq(hash.as_slice()))
            .one(&self.reader)
            .await?;
        let Some((session, Some(editor))) = found else { return Ok(None) };
        if !is_alive(&session, now) || editor.disabled_at.is_some() {
            return Ok(None);
        }
        let is_stale = now - session.seen_at >= SEEN_EVERY;
        Ok(Some(Signed { session: session.id, editor: Editor::of(editor)?, is_stale }))
    }

    /// The session was used.
    pub async fn session_seen(&self, session: Uuid, now: OffsetDateTime) -> Result<(), StoreError> {
        let transaction = self.write_aside().await?;
        session::Entity::update_many()
            .col_expr(session::Column::SeenAt, kept(now).into())
            .filter(session::Column::Id.eq(session))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Where an editor is signed in, the latest first.
    pub async fn sessions(&self, editor: Uuid, now: OffsetDateTime) -> Result<Vec<Session>, StoreError> {
        let rows = session::Entity::find()
            .filter(session::Column::EditorId.eq(editor))
            .order_by_desc(session::Column::BeganAt)
            .order_by_desc(session::Column::Id)
            .all(&self.reader)
            .await?;
        let alive = rows.into_iter().filter(|row| is_alive(row, now));
        Ok(alive
            .map(|row| Session { id: row.id, agent: row.agent, began_at: row.began_at, seen_at: row.seen_at })
            .collect())
    }

    /// Ends one session of an editor. `false` where they have no such one.
    pub async fn end_session(&self, editor: Uuid, session: Uuid) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let ended = session::Entity::delete_many()
            .filter(session::Column::EditorId.eq(editor))
            .filter(session::Column::Id.eq(session))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(ended.rows_affected == 1)
    }

    pub(super) async fn begin_session(
        &self,
        transaction: &Aside,
        editor: Uuid,
        new: &NewSession<'_>,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        if let Some(before) = new.instead_of {
            session::Entity::delete_many()
                .filter(session::Column::Hash.eq(before.as_slice()))
                .exec(transaction)
                .await?;
        }
        // Those that ended by themselves are of no use to anyone.
        session::Entity::delete_many()
            .filter(session::Column::BeganAt.lt(kept(now - Duration::days(limits::SESSION_DAYS))))
            .exec(transaction)
            .await?;
        let row = session::ActiveModel {
            id: Set(self.ids.next(now)),
            hash: Set(new.hash.to_vec()),
            editor_id: Set(editor),
            agent: Set(new.agent.chars().take(300).collect()),
            began_at: Set(kept(now)),
            seen_at: Set(kept(now)),
        };
        session::Entity::insert(row).exec_without_returning(transaction).await?;
        Ok(())
    }

    pub(super) async fn end_sessions(transaction: &Aside, editor: Uuid) -> Result<(), StoreError> {
        let theirs = session::Entity::delete_many().filter(session::Column::EditorId.eq(editor));
        theirs.exec(transaction).await?;
        Ok(())
    }
}

/// A clock that was turned back makes no session older than it is.
fn is_alive(session: &session::Model, now: OffsetDateTime) -> bool {
    now - session.began_at < Duration::days(limits::SESSION_DAYS)
        && now - session.seen_at < Duration::hours(limits::IDLE_HOURS)
}
