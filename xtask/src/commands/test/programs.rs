//! The parts that run compiled tests.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::session::{Session, TestProgram};
use crate::{process, tools};

/// Crates whose tests run on every database.
const STORE: &[&str] = &["weerklank-store", "weerklank-migration"];
/// The crate whose files in `tests` speak HTTP, and the one whose drive a browser.
const SERVER: &str = "weerklank-server";
const VIEWS: &str = "weerklank";
/// The file in `tests` that looks at pages as assistive software does.
const A11Y: &str = "a11y";

/// Everything that belongs to no other part, and the examples in the documentation.
pub fn unit(session: &Session) -> Result<Option<usize>> {
    let ran = run_all(session, |program| part_of(program) == "unit", &[])?;
    let mut cargo = session.cargo()?;
    cargo.args(["test", "--workspace", "--features", "weerklank/ssr", "--doc", "--quiet"]);
    Ok(Some(ran + counted(&mut cargo)?))
}

/// The store and its migrations, on `SQLite` and `PostgreSQL`.
pub fn store(session: &Session) -> Result<Option<usize>> {
    some(run_all(session, |program| part_of(program) == "store", &[])?)
}

/// The server over HTTP.
pub fn api(session: &Session) -> Result<Option<usize>> {
    some(run_all(session, |program| part_of(program) == "api", &[])?)
}

/// Journeys in a real browser.
pub fn browser(session: &Session) -> Result<Option<usize>> {
    in_browser(session, "browser")
}

/// Accessibility in a real browser.
pub fn a11y(session: &Session) -> Result<Option<usize>> {
    in_browser(session, "a11y")
}

/// With the server and the pages as they are shipped: `WEERKLANK_BIN` and `WEERKLANK_ASSETS` tell where,
/// and `WEERKLANK_AXE` where axe-core is.
fn in_browser(session: &Session, part: &str) -> Result<Option<usize>> {
    session.assets()?;
    let server = session.server()?.to_string_lossy().into_owned();
    let assets = session.project.dist().to_string_lossy().into_owned();
    let axe = tools::axe::script(session.project).to_string_lossy().into_owned();
    let environment = [
        ("WEERKLANK_BIN", server.as_str()),
        ("WEERKLANK_ASSETS", assets.as_str()),
        ("WEERKLANK_AXE", axe.as_str()),
    ];
    some(run_all(session, |program| part_of(program) == part, &environment)?)
}

fn part_of(program: &TestProgram) -> &'static str {
    match program.package.as_str() {
        package if STORE.contains(&package) => "store",
        SERVER if program.is_integration => "api",
        VIEWS if program.is_integration && program.target == A11Y => "a11y",
        VIEWS if program.is_integration => "browser",
        _ => "unit",
    }
}

/// A part without a test shows a wrong name, not success.
pub fn some(ran: usize) -> Result<Option<usize>> {
    if ran == 0 {
        bail!("no test ran");
    }
    Ok(Some(ran))
}

/// Runs the chosen programs, all of them even when one fails; returns how many tests passed.
fn run_all(
    session: &Session,
    choose: impl Fn(&TestProgram) -> bool,
    environment: &[(&str, &str)],
) -> Result<usize> {
    let mut ran = 0;
    let mut failed = Vec::new();
    for program in session.programs()?.iter().filter(|program| choose(program)) {
        println!("\n-- {}: {}", program.package, program.target);
        let mut command = Command::new(&program.path);
        command
            .current_dir(&program.folder)
            .env("CARGO_MANIFEST_DIR", &program.folder)
            .env("INSTA_WORKSPACE_ROOT", &session.project.root)
            // A snapshot that differs is a failure, and writes nothing.
            .env("INSTA_UPDATE", "no")
            .envs(environment.iter().copied());
        match counted(&mut command) {
            Ok(passed) => ran += passed,
            Err(error) => {
                println!("{error:#}");
                failed.push(format!("{} {}", program.package, program.target));
            }
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(ran)
}

/// Runs tests whose output the reader sees, and counts those that passed.
pub fn counted(command: &mut Command) -> Result<usize> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {}", process::words(command)))?;
    let mut passed = 0;
    for line in BufReader::new(child.stdout.take().context("the output is piped")?).lines() {
        let line = line?;
        passed += passed_in(&line).unwrap_or(0);
        println!("{line}");
    }
    process::check(command, child.wait()?)?;
    Ok(passed)
}

/// `test result: ok. 12 passed; 0 failed; …` is 12.
fn passed_in(line: &str) -> Option<usize> {
    line.strip_prefix("test result: ")?.split_once(". ")?.1.split_once(" passed")?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_harness_tells_how_many_passed() {
        assert_eq!(passed_in("test result: ok. 12 passed; 0 failed; 1 ignored"), Some(12));
        assert_eq!(passed_in("test result: FAILED. 3 passed; 1 failed;"), Some(3));
        assert_eq!(passed_in("test a_test ... ok"), None);
    }

    #[test]
    fn every_file_of_tests_has_its_part() {
        let part = |package: &str, target: &str, is_integration| {
            let (package, target) = (package.to_owned(), target.to_owned());
            part_of(&TestProgram { package, target, is_integration, folder: "".into(), path: "".into() })
        };
        assert_eq!(part("weerklank-store", "weerklank_store", false), "store");
        assert_eq!(part("weerklank-server", "weerklank", false), "unit");
        assert_eq!(part("weerklank-server", "pages", true), "api");
        assert_eq!(part("weerklank", "weerklank", false), "unit");
        assert_eq!(part("weerklank", "reading", true), "browser");
        assert_eq!(part("weerklank", "a11y", true), "a11y");
    }
}
