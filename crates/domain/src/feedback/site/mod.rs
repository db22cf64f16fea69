//! A site: a place where a shop asks. Its settings, its key, the origins it may be framed by, its looks and its words.

mod colour;
mod key;
mod looks;
mod origin;
mod settings;
mod words;

pub use colour::{Colour, Contrast, NoColour};
pub use key::{KeyId, NoKey, SiteKey};
pub use looks::{Looks, LooksDraft, Paint, Surface, Theme};
pub use origin::{Origin, OriginError};
pub use settings::{Site, SiteDraft};
pub use words::{WordKey, Words};
