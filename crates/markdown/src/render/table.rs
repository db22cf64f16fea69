//! Tables, each in a region that scrolls on its own.

use std::fmt::Write as _;

use pulldown_cmark::Alignment;

use super::escape;
use super::writer::{Open, Writer};

#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Where in the HTML the current cell starts.
    cell_at: usize,
    flat: bool,
    /// How many came by, for the names of their regions.
    count: u32,
}

impl Writer<'_> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.block();
        self.table.alignments = alignments;
        // Its region, itself, a section, a row and a cell.
        self.table.flat = !self.has_room(5);
        if self.table.flat {
            self.out.push_str("<p>");
            return self.push(Open::FlatTable);
        }
        self.table.count += 1;
        // It may scroll sideways, so the keyboard must reach it and speech must name it (WCAG 2.1.1, 4.1.2).
        self.out.push_str("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        escape::attribute(&mut self.out, self.options.labels.table);
        let _ = writeln!(self.out, " {}\">\n<table>", self.table.count);
        self.push(Open::Table);
    }

    pub(super) fn end_table(&mut self) {
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    pub(super) fn start_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.start_part("<thead>\n<tr>", Open::Head);
    }

    pub(super) fn end_head(&mut self) {
        self.table.in_head = false;
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
    }

    pub(super) fn start_row(&mut self) {
        self.table.column = 0;
        self.start_part("<tr>", Open::Row);
    }

    pub(super) fn end_row(&mut self) {
        self.out.push_str("</tr>\n");
    }

    /// In a table that is not drawn, cells are words and rows are lines.
    fn start_part(&mut self, tag: &str, open: Open) {
        self.words.boundary();
        if self.table.flat {
            self.out.push('\n');
            return self.push(Open::Flat);
        }
        self.out.push_str(tag);
        self.push(open);
    }

    pub(super) fn start_cell(&mut self) {
        self.words.boundary();
        if self.table.flat {
            self.out.push(' ');
            return self.push(Open::Flat);
        }
        self.table.cell_at = self.out.len();
        let alignment = self.table.alignments.get(self.table.column).copied().unwrap_or(Alignment::None);
        self.out.push_str(match (self.table.in_head, alignment) {
            (true, Alignment::None) => "<th scope=\"col\">",
            (true, Alignment::Left) => "<th scope=\"col\" class=\"align-left\">",
            (true, Alignment::Center) => "<th scope=\"col\" class=\"align-center\">",
            (true, Alignment::Right) => "<th scope=\"col\" class=\"align-right\">",
            (false, Alignment::None) => "<td>",
            (false, Alignment::Left) => "<td class=\"align-left\">",
            (false, Alignment::Center) => "<td class=\"align-center\">",
            (false, Alignment::Right) => "<td class=\"align-right\">",
        });
        self.push(Open::Cell);
    }

    pub(super) fn end_cell(&mut self) {
        self.words.boundary();
        self.table.column += 1;
        if !self.table.in_head {
            self.out.push_str("</td>");
        } else if self.out.ends_with('>') && !self.out[self.table.cell_at + 1..].contains('<') {
            // A corner without a text heads nothing.
            self.out.truncate(self.table.cell_at);
            self.out.push_str("<td></td>");
        } else {
            self.out.push_str("</th>");
        }
    }
}
