//! Columns while they are written.
//!
//! Reading order: `list` (what is being written), `editor` (one of them), `writing` (what is shared there),
//! `save` (nothing typed is lost), `merge` (two who write at once), then what stands beside the text.

mod editor;
mod fields;
mod list;
mod merge;
mod picture;
mod preview;
mod publish;
mod replies;
mod save;
mod senders;
mod text;
mod versions;
mod writing;

pub(super) use editor::Editor;
pub(super) use list::{Columns, begin};
