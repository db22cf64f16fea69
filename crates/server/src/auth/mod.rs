//! Who works at the desk proves it here.

mod code;
mod cookie;
mod door;
mod passkey;
mod password;
mod same_site;
mod signed;

pub use code::{Codes, new_secret};
pub use cookie::Jar;
pub use door::{knock, knock_for_passkey};
pub use passkey::{Asked, Checked, Passkeys};
pub use password::Passwords;
pub use same_site::{is_own, same_site};
pub use signed::SignedIn;
