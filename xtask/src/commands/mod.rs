//! One command, one file.

pub mod bench;
pub mod dist;
pub mod run;
pub mod setup;
pub mod size;
pub mod test;
pub mod tidy;
pub mod torture;

use anyhow::{Result, ensure};

/// Fails when a command that takes no words got some.
fn no_words(words: &[String]) -> Result<()> {
    ensure!(words.is_empty(), "this command takes no words, but got `{}`", words.join(" "));
    Ok(())
}
