//! Settings: flag, then `WEERKLANK_*` variable, then `weerklank.toml`, then default.
//!
//! Each section owns its variables, its defaults and its documentation. clap reads flags and
//! variables; what they leave open comes from the file.

mod contact;
mod database;
mod file;
mod hidden;
mod logging;
mod mail;
mod sending;
mod server;

pub use contact::Contact;
pub use database::{DatabaseArgs, DatabaseConfig};
pub use file::{ConfigFile, FileArgs};
pub use hidden::Hidden;
pub use logging::{LogArgs, LogConfig, LogFormat};
pub use mail::{MailArgs, MailConfig, MailTls, SmtpUrl};
pub use sending::{ProxyConfig, SendingArgs, SendingConfig};
pub use server::{AssetsArgs, PublicUrl, ServerArgs, ServerConfig};
