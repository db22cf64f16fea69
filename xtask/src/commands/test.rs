//! `cargo xtask test`: everything that must hold, part by part.

mod cargo_parts;
mod programs;
mod session;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::project::{Project, is_ci};
use crate::report::Table;
use crate::steps::seconds;
use crate::tools::{self, Missing, Need};
use session::Session;

pub const ABOUT: &str = "runs everything that must hold, or the parts that are named";

/// One part: what it needs, and what it does. It returns how many tests ran, where it counts them.
struct Part {
    name: &'static str,
    needs: &'static [Need],
    run: fn(&Session) -> Result<Option<usize>>,
}

const BROWSER: &[Need] = &[
    Need::WasmTarget,
    Need::Node,
    Need::Chromium,
    Need::ChromeDriver,
    Need::PostgreSql,
    Need::Axe,
    Need::Trunk,
    Need::WasmBindgen,
    Need::WasmOpt,
];

/// In the order in which they run: what fails soonest comes first.
const PARTS: &[Part] = &[
    Part { name: "fmt", needs: &[], run: cargo_parts::fmt },
    Part { name: "tidy", needs: &[], run: |session| super::tidy::check(session.project).map(Some) },
    Part { name: "deny", needs: &[Need::CargoDeny], run: cargo_parts::deny },
    Part { name: "clippy", needs: &[Need::WasmTarget], run: cargo_parts::clippy },
    Part { name: "unit", needs: &[], run: programs::unit },
    Part { name: "store", needs: &[Need::PostgreSql], run: programs::store },
    Part { name: "api", needs: &[Need::PostgreSql, Need::Strace], run: programs::api },
    Part { name: "docs", needs: &[], run: cargo_parts::docs },
    Part { name: "wasm", needs: &[Need::WasmTarget, Need::Node, Need::WasmBindgen], run: cargo_parts::wasm },
    Part { name: "size", needs: Need::RELEASE, run: cargo_parts::size },
    Part { name: "browser", needs: BROWSER, run: programs::browser },
    Part { name: "a11y", needs: BROWSER, run: programs::a11y },
];

/// How a part ended.
enum Outcome {
    Passed(Option<usize>),
    Failed,
    /// What is missing.
    CouldNotRun(String),
}

/// The parts' names, in their order.
pub fn names() -> Vec<&'static str> {
    PARTS.iter().map(|part| part.name).collect()
}

pub fn main(project: &Project, words: &[String]) -> Result<()> {
    let parts = chosen(words)?;
    let mut needs: Vec<Need> = Need::ALL.to_vec();
    needs.retain(|need| parts.iter().any(|part| part.needs.contains(need)));
    let missing = tools::install(project, &needs)?;

    let session = Session::start(project);
    let mut done = Vec::new();
    for part in parts {
        println!("\n== {}", part.name);
        let started = Instant::now();
        let outcome = run(part, &session, &missing);
        done.push((part.name, outcome, started.elapsed()));
    }
    finish(&done)
}

fn chosen(words: &[String]) -> Result<Vec<&'static Part>> {
    if words.is_empty() {
        return Ok(PARTS.iter().collect());
    }
    for word in words {
        if !PARTS.iter().any(|part| part.name == word) {
            bail!("there is no part `{word}`; the parts are {}", names().join(", "));
        }
    }
    Ok(PARTS.iter().filter(|part| words.iter().any(|word| word == part.name)).collect())
}

fn run(part: &Part, session: &Session, missing: &[Missing]) -> Outcome {
    let missing: Vec<&str> = missing
        .iter()
        .filter(|missing| part.needs.contains(&missing.need))
        .map(|missing| missing.advice.as_str())
        .collect();
    if !missing.is_empty() {
        let advice = missing.join("; ");
        println!("could not run: {advice}");
        return Outcome::CouldNotRun(advice);
    }
    match (part.run)(session) {
        Ok(tests) => Outcome::Passed(tests),
        Err(error) => {
            println!("FAILED: {error:#}");
            Outcome::Failed
        }
    }
}

/// Prints the table of parts and the closing line. Under CI a part that could not run has failed.
fn finish(done: &[(&str, Outcome, Duration)]) -> Result<()> {
    let mut table = Table::new(["Part", "Result", "Tests", "Time"]);
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, outcome, time) in done {
        let (result, tests) = match outcome {
            Outcome::Passed(tests) => {
                passed += 1;
                ("passed".to_owned(), tests.map(|tests| tests.to_string()).unwrap_or_default())
            }
            Outcome::Failed => {
                failed += 1;
                ("FAILED".to_owned(), String::new())
            }
            Outcome::CouldNotRun(advice) => {
                if is_ci() {
                    failed += 1;
                } else {
                    skipped += 1;
                }
                (format!("could not run: {advice}"), String::new())
            }
        };
        table.row([(*name).to_owned(), result, tests, seconds(*time)]);
    }
    println!("\n{}", table.plain());
    if skipped > 0 {
        println!("{passed} passed, {failed} failed, {skipped} skipped");
    } else {
        println!("{passed} passed, {failed} failed");
    }
    if failed > 0 {
        bail!("not everything holds");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_run_in_their_own_order_and_unknown_ones_are_named() {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let order: Vec<_> = chosen(&words(&["unit", "fmt"])).unwrap().iter().map(|part| part.name).collect();
        assert_eq!(order, ["fmt", "unit"]);
        assert!(chosen(&words(&["units"])).err().unwrap().to_string().contains("no part `units`"));
    }
}
