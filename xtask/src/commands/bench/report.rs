//! `docs/benchmarks.md`: a table for each part, and notes by hand that a new run keeps.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result};

use crate::report::Table;

/// One measurement beside its budget.
pub struct Row {
    pub what: String,
    pub budget: String,
    pub measured: String,
    pub is_met: bool,
    /// How the figure came about, or what it consists of.
    pub note: String,
}

/// The rows as a table.
pub fn section(rows: &[Row]) -> String {
    let mut table = Table::new(["What", "Budget", "Measured", "", "Note"]);
    for row in rows {
        let verdict = if row.is_met { "met" } else { "**missed**" };
        table.row([
            row.what.clone(),
            row.budget.clone(),
            row.measured.clone(),
            verdict.to_owned(),
            row.note.clone(),
        ]);
    }
    table.markdown()
}

/// The report's sections in their order. The last, `Notes`, is written by hand.
pub struct Report {
    sections: Vec<(String, String)>,
    notes: String,
}

const TITLE: &str = "# Benchmarks";
const MACHINE: &str = "The machine";
const NOTES: &str = "Notes";

impl Report {
    /// What an earlier run left; empty where there was none.
    pub fn read(path: &Path) -> Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::parse("")),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    fn parse(text: &str) -> Self {
        let mut report = Self { sections: Vec::new(), notes: String::new() };
        for section in text.split("\n## ").skip(1) {
            let (title, body) = section.split_once('\n').unwrap_or((section, ""));
            match title.trim() {
                MACHINE => {}
                NOTES => body.trim().clone_into(&mut report.notes),
                title => report.sections.push((title.to_owned(), body.trim().to_owned())),
            }
        }
        report
    }

    /// Puts a section in the place of the one with that title, or behind all others.
    pub fn set(&mut self, title: &str, body: &str) {
        let body = body.trim().to_owned();
        match self.sections.iter_mut().find(|(known, _)| known == title) {
            Some((_, old)) => *old = body,
            None => self.sections.push((title.to_owned(), body)),
        }
    }

    /// Writes the whole file. `machine` says where the figures were taken.
    pub fn write(&self, path: &Path, machine: &str) -> Result<()> {
        fs::write(path, self.text(machine)).with_context(|| format!("cannot write {}", path.display()))
    }

    fn text(&self, machine: &str) -> String {
        let mut text =
            format!("{TITLE}\n\nWritten by `cargo xtask bench`; only the notes are kept by hand.\n");
        let machine = (MACHINE, machine);
        let sections = self.sections.iter().map(|(title, body)| (title.as_str(), body.as_str()));
        for (title, body) in [machine].into_iter().chain(sections).chain([(NOTES, self.notes.as_str())]) {
            let _ = write!(text, "\n## {title}\n");
            if !body.is_empty() {
                let _ = write!(text, "\n{}\n", body.trim_end());
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_run_keeps_other_parts_and_the_notes() {
        let old = "# Benchmarks\n\n## The machine\n\nold\n\n## Size\n\n| 1 |\n\n## Speed\n\n| 2 |\n\n## Notes\n\nWhy.\n";
        let mut report = Report::parse(old);
        report.set("Size", "| 3 |\n");
        let text = report.text("new");
        assert!(text.contains(
            "## The machine\n\nnew\n\n## Size\n\n| 3 |\n\n## Speed\n\n| 2 |\n\n## Notes\n\nWhy.\n"
        ));
        assert_eq!(Report::parse(&text).text("new"), text);
    }
}
