//! Tables, which in Markdown have cells of one line.

use crate::prose::{Block, Piece, Style, What};

/// A table that is being read.
#[derive(Default)]
pub(super) struct TableBuilder {
    rows: Vec<Vec<Vec<Piece>>>,
}

impl TableBuilder {
    pub fn start_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// A cell outside of any row begins one.
    pub fn add_cell(&mut self, blocks: Vec<Block>) {
        if self.rows.is_empty() {
            self.start_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(one_line(blocks));
        }
    }

    /// `None` where the table has no cell.
    pub fn finish(mut self) -> Option<Block> {
        self.rows.retain(|row| !row.is_empty());
        (!self.rows.is_empty()).then_some(Block::Table(self.rows))
    }
}

/// Blocks as pieces of one line, a space between them.
fn one_line(blocks: Vec<Block>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for block in blocks {
        let pieces = match block {
            Block::Paragraph(text) | Block::Heading { text, .. } => text,
            Block::Quote(blocks) | Block::Callout { blocks, .. } => one_line(blocks),
            Block::List { items, .. } => {
                let mut line = Vec::new();
                for item in items {
                    if !line.is_empty() {
                        line.push(Piece::text("; ", Style::default()));
                    }
                    line.extend(one_line(item));
                }
                line
            }
            Block::Code { text, .. } => vec![Piece { what: What::Code(text), style: Style::default() }],
            Block::Table(rows) => rows.into_iter().flatten().flat_map(spaced).collect(),
            Block::Rule => Vec::new(),
            Block::Markdown(text) => vec![Piece::text(text, Style::default())],
        };
        out.extend(spaced(pieces));
    }
    out
}

fn spaced(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.push(Piece::text(" ", Style::default()));
    pieces
}
