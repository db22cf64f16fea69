//! Who works at the desk, and how they sign in: one file per use case. Passwords and tokens come as
//! hashes; nobody is deleted, so what they wrote and decided keeps its name.

mod invite;
mod passkeys;
mod people;
mod session;
mod set_up;
mod sign_in;

use sea_orm::{EntityTrait, QuerySelect};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Lang;
use weerklank_domain::desk::Role;
use weerklank_domain::experience::Email;

use crate::StoreError;
use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::editor;

pub use invite::{Invitation, Invited};
pub use passkeys::{
    NewPasskey, Passkey, PasskeyAdded, PasskeyChallenge, PasskeyEntry, PasskeyFacts, PasskeyUse,
};
pub use people::PeopleChange;
pub use session::{NewSession, Session, Signed};
pub use sign_in::{SecondFactor, SignIn};

/// Somebody at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    pub id: Uuid,
    /// In small letters.
    pub email: Email,
    pub name: String,
    pub role: Role,
    /// That the desk speaks to them.
    pub lang: Lang,
    /// Whether they have used their set-up link.
    pub has_password: bool,
    /// Whether they show a code of a device when they sign in.
    pub has_totp: bool,
    pub made_at: OffsetDateTime,
    /// From when on they cannot sign in.
    pub disabled_at: Option<OffsetDateTime>,
}

impl Editor {
    fn of(row: editor::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            email: row.email.parse().map_err(corrupt)?,
            name: row.name,
            role: row.role.parse().map_err(corrupt)?,
            lang: row.lang.parse().map_err(corrupt)?,
            has_password: row.password_hash.is_some(),
            has_totp: row.totp_secret.is_some(),
            made_at: row.made_at,
            disabled_at: row.disabled_at,
        })
    }
}

/// As addresses are compared at the desk. Only ASCII letters: others have no one small form.
fn address(email: &Email) -> String {
    email.as_str().to_ascii_lowercase()
}

/// Somebody who may come in; nobody else changes what is theirs until the end of the transaction.
pub(crate) async fn locked(transaction: &Aside, editor: Uuid) -> Result<Option<editor::Model>, StoreError> {
    let row = editor::Entity::find_by_id(editor).lock_exclusive().one(transaction).await?;
    Ok(row.filter(|row| row.disabled_at.is_none()))
}
