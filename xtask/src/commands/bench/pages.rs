//! When a reader sees the text: a column page beside a bare file and beside an empty shell, in a real
//! browser that is slowed down to a cheap telephone on a slow line.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Subject;
use super::report::Row;
use super::running::{Folder, Server};
use super::server::{PAGE, number};
use crate::process;

/// Each takes some twenty seconds.
const ROUNDS: &str = "9";

pub fn measure(subject: &Subject) -> Result<Vec<Row>> {
    let folder = Folder::new(subject, "pages")?;
    subject.weerklank(&["demo", "--database", &folder.database()])?;
    let server = Server::start(subject, &folder)?;
    let line = process::output(
        Command::new(&subject.paint)
            .args([&server.address.to_string(), PAGE])
            .arg(subject.project.dist())
            .arg(ROUNDS),
    )?;
    let found: Value = serde_json::from_str(&line).with_context(|| format!("paint said {line}"))?;
    Ok(rows(&found))
}

fn rows(found: &Value) -> Vec<Row> {
    let ratio = |what: &str, other: &str, time: &str, budget: f64| {
        let ratio = middle(&found["page"][time]) / middle(&found[other][time]);
        Row {
            what: what.to_owned(),
            budget: format!("≤ {budget}×"),
            measured: format!("{ratio:.2}×"),
            is_met: ratio <= budget,
            note: format!(
                "{} beside {} ms, n = {} each",
                spread(&found["page"][time]),
                spread(&found[other][time]),
                found["rounds"]
            ),
        }
    };
    let count = |what: &str, value: f64, budget: f64, note: String| Row {
        what: what.to_owned(),
        budget: format!("≤ {budget}").replace("≤ 0", "0"),
        measured: value.to_string(),
        is_met: value <= budget,
        note,
    };
    vec![
        ratio("largest contentful paint, against the same text as a bare HTML file", "bare", "lcp", 1.15),
        ratio("the same, against the same text with its picture", "pictured", "lcp", 1.15),
        ratio("first contentful paint, against an empty shell of the same app", "shell", "fcp", 0.35),
        count(
            "cumulative layout shift",
            number(found, "shift"),
            0.0,
            format!("highest of n = {}, fonts and take-over included", found["rounds"]),
        ),
        count(
            "tasks over 50 ms, take-over included",
            number(found, "long_tasks"),
            2.0,
            format!(
                "highest of n = {}, median {}; the longest took {:.0} ms",
                found["rounds"],
                found["long_tasks_median"],
                number(found, "longest_task")
            ),
        ),
    ]
}

fn middle(times: &Value) -> f64 {
    times[0].as_f64().unwrap_or(f64::NAN)
}

/// `1200 (1150 to 1300)`.
fn spread(times: &Value) -> String {
    let time = |index: usize| times[index].as_f64().unwrap_or(f64::NAN);
    format!("{:.0} ({:.0} to {:.0})", time(0), time(1), time(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_compared() {
        let found = serde_json::json!({
            "rounds": 3, "shift": 0, "long_tasks": 3, "long_tasks_median": 1, "longest_task": 70.0,
            "page": { "fcp": [300, 290, 310], "lcp": [300, 290, 310] },
            "bare": { "fcp": [250, 240, 260], "lcp": [250, 240, 260] },
            "pictured": { "fcp": [250, 240, 260], "lcp": [280, 240, 290] },
            "shell": { "fcp": [1000, 900, 1100], "lcp": [1000, 900, 1100] },
        });
        let rows = rows(&found);
        let verdicts: Vec<_> = rows.iter().map(|row| (row.measured.as_str(), row.is_met)).collect();
        assert_eq!(verdicts, [("1.20×", false), ("1.07×", true), ("0.30×", true), ("0", true), ("3", false)]);
        assert_eq!(rows[0].note, "300 (290 to 310) beside 250 (240 to 260) ms, n = 3 each");
    }
}
