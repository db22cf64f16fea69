//! Running text as all exports have it in common: blocks, and pieces of text with a style. HTML,
//! Lexical and Mobiledoc become this; [`markdown`] writes it.
//!
//! Whoever builds it keeps nesting under [`MAX_NESTING`], so that writing and dropping it need
//! little stack.

mod escape;
mod inline;
mod marks;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use write::markdown;

/// How many quotes, lists and list items may stand inside one another; the renderer of the pages
/// stops at 32.
pub(crate) const MAX_NESTING: usize = 24;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Vec<Piece>),
    /// `level` is 1 to 6 as in the source.
    Heading {
        level: u8,
        text: Vec<Piece>,
    },
    Quote(Vec<Block>),
    /// A callout of the dialect, for instance a `QUOTE` with who said it as its label.
    Callout {
        kind: &'static str,
        label: String,
        blocks: Vec<Block>,
    },
    /// Ordered when it has a first number.
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Code {
        language: String,
        text: String,
    },
    /// The first row is the head.
    Table(Vec<Vec<Vec<Piece>>>),
    Rule,
    /// Markdown already, written by hand.
    Markdown(String),
}

/// Text, or what stands in a line of text, and its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub what: What,
    pub style: Style,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Text(String),
    Code(String),
    Image {
        src: String,
        alt: String,
        title: String,
    },
    /// The line ends here.
    Break,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub strong: bool,
    pub emphasis: bool,
    pub strike: bool,
    pub link: Option<std::rc::Rc<Link>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Link {
    pub href: String,
    pub title: String,
}

impl Piece {
    pub fn text(text: impl Into<String>, style: Style) -> Self {
        Self { what: What::Text(text.into()), style }
    }
}

/// The words of a line of text: no marks, breaks as spaces, pictures by their description.
pub(crate) fn plain(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match &piece.what {
            What::Text(text) | What::Code(text) => out.push_str(text),
            What::Image { alt, .. } => out.push_str(alt),
            What::Break => out.push(' '),
        }
    }
    out.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of blocks, one block after another, separated by spaces.
pub(crate) fn plain_blocks(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) | Block::Heading { text, .. } => plain(text),
            Block::Quote(blocks) | Block::Callout { blocks, .. } => plain_blocks(blocks),
            Block::List { items, .. } => join(items.iter().map(|item| plain_blocks(item))),
            Block::Code { text, .. } => join(text.split_ascii_whitespace().map(str::to_owned)),
            Block::Table(rows) => join(rows.iter().flatten().map(|cell| plain(cell))),
            Block::Markdown(text) => weerklank_markdown::plain_text(text),
            Block::Rule => String::new(),
        })
        .collect();
    join(parts.into_iter())
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
