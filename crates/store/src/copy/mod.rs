//! The whole content goes from one database to another: backup, restore, transfer.

mod backup;
mod restore;
mod table;
mod transfer;

pub use restore::check_backup;
