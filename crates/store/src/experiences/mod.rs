//! What readers send in: one file per use case.
//!
//! None of it is on a public page, so none of it moves the change sequence.

mod alike;
mod arrival;
mod change;
pub(crate) mod contact;
mod erase;
mod hints;
mod key;
mod read;
mod receive;
mod row;

use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::experience::{Experience, State};

pub(crate) use arrival::Admitted;
pub use arrival::{Arrival, Proof, WITHOUT_PROOF};
pub use change::Changed;
pub use contact::{Asked, AskedAddress, Confirm};
pub(crate) use hints::hints;
pub use hints::{Alike, Hints, Other, SameSender};
pub use read::OwnExperience;
pub(crate) use read::whole_by_id;
pub(crate) use receive::id_of;
pub use receive::{NewExperience, Received};

/// A SHA-256.
pub type Hash = [u8; 32];

/// An experience and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredExperience {
    pub id: Uuid,
    pub state: State,
    pub experience: Experience,
    pub received_at: OffsetDateTime,
    /// When its sender or an editor changed it last.
    pub changed_at: OffsetDateTime,
    /// When its sender said that the address is theirs, if they gave one.
    pub confirmed_at: Option<OffsetDateTime>,
}
