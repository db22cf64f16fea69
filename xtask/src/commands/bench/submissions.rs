//! What readers send in, beside Isso's comments: how many a second are stored for good.

use anyhow::Result;
use serde_json::Value;

use super::Subject;
use super::isso::Isso;
use super::report::Row;
use super::running::{Folder, Server};
use super::server::number;
use crate::tools::isso;

/// Times as many as Isso.
const BUDGET: f64 = 25.0;
/// Experiences are taken, and none is marked or refused for being one of many.
const FLAGS: [&str; 5] = ["--take-experiences", "--mark-after", "0", "--refuse-after", "0"];

pub fn measure(subject: &Subject) -> Result<Vec<Row>> {
    let folder = Folder::new(subject, "submissions")?;
    let theirs = Isso::start(subject, &folder)?;
    let ours = Server::start_with(subject, &folder, &FLAGS)?;
    let found = subject.bench(&["submissions", &ours.address.to_string(), &theirs.address.to_string()])?;
    Ok(vec![row(&found)])
}

fn row(found: &Value) -> Row {
    let ratio = number(found, "ratio");
    Row {
        what: format!("durable submissions on SQLite against Isso {}, acknowledged/s", isso::VERSION),
        budget: format!("≥ {BUDGET}×"),
        measured: format!("{ratio:.1}×"),
        is_met: ratio >= BUDGET,
        note: format!(
            "medians of {} rounds of {} s in turns, {} clients on the same cores, same disk; {} beside {}/s; Isso by gunicorn {} `-w 2 --threads 4`",
            found["rounds"],
            found["seconds"],
            found["clients"],
            spread(&found["subject_per_second"]),
            spread(&found["isso_per_second"]),
            isso::GUNICORN,
        ),
    }
}

/// `1200 (1150 to 1300)`.
fn spread(rates: &Value) -> String {
    let rate = |index: usize| rates[index].as_f64().unwrap_or(f64::NAN);
    format!("{:.0} ({:.0} to {:.0})", rate(0), rate(1), rate(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(ratio: f64) -> Value {
        serde_json::json!({
            "ratio": ratio, "subject_per_second": [2500.4, 2000.0, 3000.0],
            "isso_per_second": [100.0, 90.0, 110.0], "rounds": 7, "seconds": 3, "clients": 16,
        })
    }

    #[test]
    fn the_ratio_is_judged_and_both_rates_are_told() {
        let row = row(&found(25.004));
        assert_eq!((row.measured.as_str(), row.is_met), ("25.0×", true));
        assert!(row.note.contains("2500 (2000 to 3000) beside 100 (90 to 110)/s"), "{}", row.note);
    }

    #[test]
    fn less_than_the_budget_is_missed_and_so_is_nothing() {
        assert!(!row(&found(24.99)).is_met);
        assert!(!row(&Value::Null).is_met);
    }
}
