//! Blocks as Markdown of the house's dialect.

use super::escape::escape_label;
use super::inline::{Place, line};
use super::{Block, Piece, plain};

/// Writes blocks as Markdown; ends in one newline unless empty. What is written reads back as the
/// same words (`tests` proves it on generated text).
pub(crate) fn markdown(blocks: &[Block]) -> String {
    let lines = blocks_to_lines(blocks, false);
    let mut out = lines.join("\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// `tight`: no empty line between blocks, as in an item of text with a list below it.
fn blocks_to_lines(blocks: &[Block], tight: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut before: Option<(&Block, bool)> = None;
    for block in blocks {
        // Two lists in a row would grow into one; another marker keeps them apart.
        let second = match (before, block) {
            (Some((Block::List { start: a, .. }, second)), Block::List { start: b, .. }) => {
                a.is_some() == b.is_some() && !second
            }
            _ => false,
        };
        let lines = block_to_lines(block, second);
        if lines.is_empty() {
            continue;
        }
        if !out.is_empty() && !tight {
            out.push(String::new());
        }
        out.extend(lines);
        before = Some((block, second));
    }
    out
}

fn block_to_lines(block: &Block, second: bool) -> Vec<String> {
    match block {
        Block::Paragraph(text) => split(&line(text, Place::Paragraph)),
        Block::Heading { level, text } => {
            let text = line(text, Place::Heading);
            if text.is_empty() {
                return Vec::new();
            }
            // The title is the only heading of the first level on a page.
            vec![format!("{} {text}", "#".repeat(usize::from((*level).clamp(2, 6))))]
        }
        Block::Quote(blocks) => quoted(blocks_to_lines(blocks, false)),
        Block::Callout { kind, label, blocks } => {
            let inner = blocks_to_lines(blocks, false);
            if inner.is_empty() && label.is_empty() {
                return Vec::new();
            }
            let head = format!("[!{kind}] {}", escape_label(label));
            let mut lines = vec![head.trim_end().to_owned()];
            lines.extend(inner);
            quoted(lines)
        }
        Block::List { start, items } => list(*start, items, second),
        Block::Code { language, text } => code(language, text),
        Block::Table(rows) => table(rows),
        Block::Rule => vec!["***".to_owned()],
        Block::Markdown(text) => split(text.trim_matches('\n')),
    }
}

fn split(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { text.split('\n').map(str::to_owned).collect() }
}

fn quoted(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") }).collect()
}

fn list(start: Option<u64>, items: &[Vec<Block>], second: bool) -> Vec<String> {
    let loose = !items.iter().all(|item| is_tight(item));
    // An item without a word says nothing, and its lone marker can be read as something else.
    let items = items.iter().map(|item| blocks_to_lines(item, !loose)).filter(|lines| !lines.is_empty());
    let items: Vec<_> = items.collect();
    let mut out = Vec::new();
    // CommonMark reads at most nine digits as a number of a list.
    let mut number = start.map(|n| if n + items.len() as u64 > 999_999_999 { 1 } else { n });
    for (index, lines) in items.iter().enumerate() {
        let marker = match (&mut number, second) {
            (Some(n), second) => {
                *n += 1;
                format!("{}{}", *n - 1, if second { ')' } else { '.' })
            }
            (None, false) => "-".to_owned(),
            (None, true) => "+".to_owned(),
        };
        if loose && index > 0 {
            out.push(String::new());
        }
        let indent = " ".repeat(marker.len() + 1);
        for (i, line) in lines.iter().enumerate() {
            out.push(match (i, line.is_empty()) {
                (0, _) => format!("{marker} {line}"),
                (_, true) => String::new(),
                _ => format!("{indent}{line}"),
            });
        }
    }
    out
}

/// One block, or a line of text with a list below it that may follow without an empty line: only a
/// list that begins with text and with 1 may (CommonMark 0.31.2, list items).
fn is_tight(item: &[Block]) -> bool {
    match item {
        [] | [_] => true,
        [Block::Paragraph(_), Block::List { start: None | Some(1), items }] => {
            matches!(items.first().map(Vec::as_slice), Some([Block::Paragraph(_), ..]))
        }
        _ => false,
    }
}

fn code(language: &str, text: &str) -> Vec<String> {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let text = text.strip_suffix('\n').unwrap_or(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let mut lines = vec![format!("{fence}{language}")];
    lines.extend(text.split('\n').map(|line| line.trim_end_matches('\r').to_owned()));
    lines.push(fence);
    lines
}

fn table(rows: &[Vec<Vec<Piece>>]) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 || rows.iter().flatten().all(|cell| plain(cell).is_empty() && cell.is_empty()) {
        return Vec::new();
    }
    let row = |cells: &[Vec<Piece>]| {
        let mut out = String::from("|");
        for i in 0..width {
            let text = cells.get(i).map(|cell| line(cell, Place::Cell)).unwrap_or_default();
            out.push(' ');
            out.push_str(&text);
            out.push_str(if text.is_empty() { "|" } else { " |" });
        }
        out
    };
    let mut lines = vec![row(&rows[0]), format!("|{}", " --- |".repeat(width))];
    lines.extend(rows[1..].iter().map(|cells| row(cells)));
    lines
}
