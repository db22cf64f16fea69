//! How long an editor waits for the next item, in a real browser that is slowed down.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Subject;
use super::report::Row;
use crate::process;

/// Items in the queue.
const WAITING: &str = "5000";
/// Decisions of each kind; the list is not read on meanwhile.
const ROUNDS: &str = "20";
/// Milliseconds.
const BUDGET: f64 = 100.0;

pub fn measure(subject: &Subject) -> Result<Vec<Row>> {
    let line =
        process::output(Command::new(&subject.deciding).arg(subject.project.dist()).args([WAITING, ROUNDS]))?;
    let found: Value = serde_json::from_str(&line).with_context(|| format!("deciding said {line}"))?;
    Ok(rows(&found))
}

fn rows(found: &Value) -> Vec<Row> {
    let row = |what: &str, kind: &str| {
        let time = |index: usize| found[kind][index].as_f64().unwrap_or(f64::NAN);
        Row {
            what: format!("{what}, from the key to the next item on screen, with 5,000 waiting"),
            budget: format!("≤ {BUDGET} ms"),
            measured: format!("{:.0} ms", time(0)),
            is_met: time(0) <= BUDGET,
            note: format!(
                "median of n = {} ({:.0} to {:.0} ms), at a quarter of the speed",
                found["rounds"],
                time(1),
                time(2)
            ),
        }
    };
    vec![row("accepting", "accept"), row("rejecting on a ground", "reject")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_judged() {
        let found = serde_json::json!({
            "waiting": 5000, "rounds": 20, "accept": [64.4, 50.0, 180.0], "reject": [100.6, 70.0, 120.0],
        });
        let rows = rows(&found);
        let verdicts: Vec<_> = rows.iter().map(|row| (row.measured.as_str(), row.is_met)).collect();
        assert_eq!(verdicts, [("64 ms", true), ("101 ms", false)]);
        assert_eq!(rows[0].note, "median of n = 20 (50 to 180 ms), at a quarter of the speed");
    }
}
