//! Rendering and searching without a server: the crates' own examples measure, this reads them.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::Subject;
use super::report::Row;
use crate::process;

/// Drawing Markdown: the samples beside pulldown-cmark's own writer, and the hostile ladder.
pub fn render(subject: &Subject) -> Result<Vec<Row>> {
    let text =
        process::output(Command::new(&subject.ladder).arg(subject.project.root.join("content/columns")))?;
    let ratio = after(&text, "ratio").context("the ladder names no ratio")?;
    let slowest = after(&text, "slowest").context("the ladder names no slowest step")?;
    let steepest = after(&text, "steepest").context("the ladder names no steepest growth")?;
    let steps = text.lines().filter(|line| line.trim_end().contains('×')).count().saturating_sub(1);
    let row = |what: &str, budget: &str, measured: String, is_met, note: String| Row {
        what: what.to_owned(),
        budget: budget.to_owned(),
        measured,
        is_met,
        note,
    };
    Ok(vec![
        row(
            "render, whole sample content, against bare pulldown-cmark `push_html`",
            "≤ 1.5×",
            format!("{ratio:.2}×"),
            ratio <= 1.5,
            "best of 200 turns each".to_owned(),
        ),
        row(
            "rendering 64 kB of any hostile Markdown in the ladder",
            "≤ 10 ms",
            format!("{slowest:.2} ms"),
            slowest <= 10.0,
            format!("slowest of {steps} kinds, best of 9 each"),
        ),
        row(
            "growth exponent from 16 to 64 kB",
            "< 1.3",
            format!("{steepest:.2}"),
            steepest < 1.3,
            "steepest of those that take over 0.5 ms".to_owned(),
        ),
    ])
}

/// Searching in 100,000 generated columns.
pub fn search(subject: &Subject) -> Result<Vec<Row>> {
    let folder = subject.project.target().join("bench/search");
    remove(&folder)?;
    let text = process::output(Command::new(&subject.searching).arg(&folder).arg("100000"))?;
    let line = text.lines().find(|line| line.starts_with("| all |")).context("the search names no total")?;
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let p95: f64 = cell(5).parse().context("the search names no p95")?;
    let kinds = text.lines().filter(|line| line.starts_with("| ")).count().saturating_sub(2);
    remove(&folder)?;
    Ok(vec![Row {
        what: "search p95 over 100,000 generated columns".to_owned(),
        budget: "≤ 15 ms".to_owned(),
        measured: format!("{p95:.1} ms"),
        is_met: p95 <= 15.0,
        note: format!("n = {} queries of {kinds} kinds; p50 {} ms, longest {} ms", cell(3), cell(4), cell(6)),
    }])
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// The number that follows a word.
fn after(text: &str, word: &str) -> Option<f64> {
    let rest = text.split_once(word)?.1;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_follows_its_word() {
        let text = "  ratio                         1.42    budget 1.5\n\nslowest 3.20 ms (budget 10)";
        assert_eq!(super::after(text, "ratio"), Some(1.42));
        assert_eq!(super::after(text, "slowest"), Some(3.2));
        assert_eq!(super::after(text, "steepest"), None);
    }
}
