//! Tables for a reader, on the terminal and in Markdown.

use std::fmt::Write as _;

/// A table of text: the first row is the heading.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new<const N: usize>(heading: [&str; N]) -> Self {
        Self { rows: vec![heading.map(str::to_owned).into()] }
    }

    /// Adds a row with as many cells as the heading has.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        debug_assert_eq!(N, self.rows[0].len(), "a row is as wide as its heading");
        self.rows.push(cells.into());
    }

    /// Columns aligned by spaces.
    pub fn plain(&self) -> String {
        let widths = self.widths();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let _ = write!(line, "{cell:<width$}  ");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// As a Markdown table.
    pub fn markdown(&self) -> String {
        let widths = self.widths();
        let mut text = String::new();
        for (number, row) in self.rows.iter().enumerate() {
            for (cell, width) in row.iter().zip(&widths) {
                let _ = write!(text, "| {:<width$} ", cell.replace('|', "\\|"));
            }
            text.push_str("|\n");
            if number == 0 {
                text.push_str(&"|---".repeat(row.len()));
                text.push_str("|\n");
            }
        }
        text
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows[0].len();
        (0..columns)
            .map(|column| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
            .collect()
    }
}

/// A count with its thousands told apart: `130,000`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::new(["What", "Budget"]);
        table.row(["fonts".into(), "≤ 45,000".into()]);
        assert_eq!(table.plain(), "What   Budget\nfonts  ≤ 45,000\n");
        assert_eq!(table.markdown(), "| What  | Budget   |\n|---|---|\n| fonts | ≤ 45,000 |\n");
    }

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(
            [0, 999, 1000, 130_000, 1_234_567].map(thousands),
            ["0", "999", "1,000", "130,000", "1,234,567"]
        );
    }
}
