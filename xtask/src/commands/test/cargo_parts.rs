//! The parts that are a cargo command of their own.

use anyhow::Result;

use super::programs::{counted, some};
use super::session::Session;
use crate::commands::size as size_command;
use crate::{process, tools};

const WASM: &str = "wasm32-unknown-unknown";

/// The layout of the source.
pub fn fmt(session: &Session) -> Result<Option<usize>> {
    process::run(session.project.cargo().args(["fmt", "--all", "--check"]))?;
    Ok(None)
}

/// Lints, with warnings denied: everything natively, then what runs in the browser as it runs there.
pub fn clippy(session: &Session) -> Result<Option<usize>> {
    let deny = ["--", "--deny", "warnings"];
    let everything = ["clippy", "--workspace", "--all-targets", "--features", "weerklank/ssr"];
    process::run(session.cargo()?.args(everything).args(deny))?;
    for (package, feature) in
        [("weerklank", "desk"), ("weerklank-mirror", "browser"), ("weerklank-share", "browser")]
    {
        let browser =
            ["clippy", "--package", package, "--features", feature, "--target", WASM, "--lib", "--bins"];
        process::run(session.cargo()?.args(browser).args(deny))?;
    }
    Ok(None)
}

/// Licences, bans and sources of dependencies. Advisories need the network, and change by themselves.
pub fn deny(session: &Session) -> Result<Option<usize>> {
    let mut cargo = session.project.cargo();
    tools::on_path(session.project, &mut cargo)?;
    process::run(cargo.args(["deny", "--offline", "--workspace", "check", "licenses", "bans", "sources"]))?;
    Ok(None)
}

/// Documentation that links to nothing that is not there.
pub fn docs(session: &Session) -> Result<Option<usize>> {
    let mut cargo = session.cargo()?;
    cargo.args(["doc", "--workspace", "--no-deps", "--features", "weerklank/ssr", "--quiet"]);
    process::run(cargo.args(["--document-private-items"]).env("RUSTDOCFLAGS", "--deny warnings"))?;
    Ok(None)
}

/// The renderer gives the same bytes in wasm as natively.
pub fn wasm(session: &Session) -> Result<Option<usize>> {
    let mut cargo = session.cargo()?;
    tools::on_path(session.project, &mut cargo)?;
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    cargo.args(["test", "--package", "weerklank-markdown", "--target", WASM, "--tests"]);
    some(counted(&mut cargo)?)
}

/// Byte budgets, on the optimised build.
pub fn size(session: &Session) -> Result<Option<usize>> {
    session.assets()?;
    size_command::check(session.project, session.server()?)?;
    Ok(None)
}
