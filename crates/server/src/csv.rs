//! Tables for spreadsheets (RFC 4180), in which no cell is a formula.

/// A file that grows by rows.
#[derive(Debug)]
pub struct Csv(String);

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Somebody's words.
    Text(String),
    /// A number of ours, which may be below zero and is to be reckoned with.
    Number(String),
}

impl Cell {
    pub fn number(number: impl Into<Number>) -> Self {
        Self::Number(number.into().0)
    }
}

/// A number as it is written, so that nothing else can pass for one.
#[derive(Debug)]
pub struct Number(String);

macro_rules! number {
    ($($kind:ty)+) => {$(
        impl From<$kind> for Number {
            fn from(number: $kind) -> Self {
                Self(number.to_string())
            }
        }
    )+};
}

number!(u8 u16 u64 f64);

impl Csv {
    /// Begins with the names of the columns.
    pub fn new(names: &[&str]) -> Self {
        let mut csv = Self(String::new());
        csv.row(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        csv
    }

    /// A row of texts.
    pub fn row(&mut self, cells: &[String]) {
        self.cells(&cells.iter().cloned().map(Cell::Text).collect::<Vec<_>>());
    }

    /// A row: each cell between quotation marks. What a spreadsheet would reckon with instead of showing
    /// it (`= + - @`, a tab, the end of a line) gets an apostrophe in front (OWASP, CSV Injection).
    pub fn cells(&mut self, cells: &[Cell]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            self.0.push('"');
            match cell {
                Cell::Text(text) => {
                    if text.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
                        self.0.push('\'');
                    }
                    self.0.push_str(&text.replace('"', "\"\""));
                }
                Cell::Number(number) => self.0.push_str(number),
            }
            self.0.push('"');
        }
        self.0.push_str("\r\n");
    }

    pub fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_ends_early() {
        let mut csv = Csv::new(&["a", "b"]);
        for cell in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "a\"b,c\r\nd"] {
            csv.row(&[cell.to_owned(), "rest".to_owned()]);
        }
        let text = csv.into_text();
        assert_eq!(
            text,
            "\"a\",\"b\"\r\n\"'=1+1\",\"rest\"\r\n\"'+1\",\"rest\"\r\n\"'-1\",\"rest\"\r\n\"'@x\",\"rest\"\r\n\
             \"'\t=1\",\"rest\"\r\n\"'\r=1\",\"rest\"\r\n\"' =1\",\"rest\"\r\n\"a\"\"b,c\r\nd\",\"rest\"\r\n"
        );
    }

    #[test]
    fn a_number_of_ours_stays_one() {
        let mut csv = Csv::new(&["nps"]);
        csv.cells(&[Cell::number(-12.5)]);
        assert_eq!(csv.into_text(), "\"nps\"\r\n\"-12.5\"\r\n");
    }
}
