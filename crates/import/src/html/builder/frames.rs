//! What gathers blocks: quotes, lists, tables and their parts.

use super::{Builder, TableBuilder};
use crate::html::elements::{Role, Tag};
use crate::prose::{Block, MAX_NESTING, plain};

/// Something that gathers blocks.
pub(super) enum Frame {
    Blocks(Vec<Block>),
    Quote { pull: bool, by: String, blocks: Vec<Block> },
    List { start: Option<u64>, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
    Table(TableBuilder),
    Cell(Vec<Block>),
}

impl Builder<'_> {
    pub(super) fn enter_frame(&mut self, role: Role, tag: &Tag) -> bool {
        self.end_paragraph();
        let deep = self.frames.len() >= MAX_NESTING;
        let frame = match role {
            Role::Quote if !deep => {
                let pull = self.open.last().is_some_and(|open| open.pull);
                Frame::Quote {
                    pull: pull || tag.has_class("pullquote"),
                    by: String::new(),
                    blocks: Vec::new(),
                }
            }
            Role::List if !deep => {
                let first = || tag.get("start").and_then(|n| n.parse().ok()).unwrap_or(1);
                Frame::List { start: (tag.name == "ol").then(first), items: Vec::new() }
            }
            Role::Item if matches!(self.frames.last(), Some(Frame::List { .. })) => Frame::Item(Vec::new()),
            Role::Table if !deep && !self.frames.iter().any(|frame| matches!(frame, Frame::Table(_))) => {
                Frame::Table(TableBuilder::default())
            }
            Role::Row => {
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.start_row();
                }
                return false;
            }
            Role::Cell if matches!(self.frames.last(), Some(Frame::Table(_))) => {
                for span in ["colspan", "rowspan"] {
                    if tag.get(span).is_some_and(|n| n != "1") {
                        self.notes.add(self.line, format!("`{span}` of a table cell left out"));
                    }
                }
                Frame::Cell(Vec::new())
            }
            Role::Table if !deep => {
                self.notes.add(self.line, "a table inside a table became text of its cell");
                return false;
            }
            Role::Item | Role::Cell => return false,
            _ => {
                let message = format!("lists, quotes and tables nest deeper than {MAX_NESTING}: flattened");
                self.notes.add(self.line, message);
                return false;
            }
        };
        self.frames.push(frame);
        true
    }

    pub(super) fn close_frame(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame {
            Frame::Blocks(blocks) => {
                for block in blocks {
                    self.push_block(block);
                }
            }
            Frame::Quote { pull: true, by, blocks } => {
                self.push_block(Block::Callout { kind: "QUOTE", label: by, blocks });
            }
            Frame::Quote { blocks, .. } if blocks.is_empty() => {}
            Frame::Quote { blocks, .. } => self.push_block(Block::Quote(blocks)),
            Frame::List { items, .. } if items.is_empty() => {}
            Frame::List { start, items } => self.push_block(Block::List { start, items }),
            Frame::Item(blocks) => {
                if let Some(Frame::List { items, .. }) = self.frames.last_mut()
                    && !blocks.is_empty()
                {
                    items.push(blocks);
                }
            }
            Frame::Cell(blocks) => {
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.add_cell(blocks);
                }
            }
            Frame::Table(table) => {
                if let Some(block) = table.finish() {
                    self.push_block(block);
                }
            }
        }
    }

    /// Who said it goes into the label of a pull quote.
    pub(super) fn close_cite(&mut self) {
        let text = plain(&self.run);
        if let Some(Frame::Quote { pull: true, by, .. }) = self.frames.last_mut()
            && by.is_empty()
            && self.heading.is_none()
        {
            *by = text;
            self.run.clear();
        } else if matches!(self.frames.last(), Some(Frame::Quote { .. })) {
            self.end_paragraph();
        }
    }

    pub(super) fn push_block(&mut self, block: Block) {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Blocks(blocks)
                | Frame::Quote { blocks, .. }
                | Frame::Item(blocks)
                | Frame::Cell(blocks) => {
                    return blocks.push(block);
                }
                // A list inside a list without an item of its own belongs to the item before it.
                Frame::List { items, .. } => match (items.last_mut(), &block) {
                    (Some(item), Block::List { .. }) => return item.push(block),
                    _ => return items.push(vec![block]),
                },
                // Text between the cells of a table stands before it, as browsers have it.
                Frame::Table(_) => {}
            }
        }
    }
}
