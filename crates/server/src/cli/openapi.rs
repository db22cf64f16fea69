//! `weerklank openapi`.

use std::process::ExitCode;

pub fn run() -> anyhow::Result<ExitCode> {
    use std::io::Write as _;
    std::io::stdout().write_all(crate::openapi::document().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
