//! Which lines are code, line by line.

/// Where in a text the next line stands.
#[derive(Clone, Default)]
pub(super) struct Blocks {
    fence: Option<Fence>,
    /// The last line was blank, or there was none, or it was indented code.
    may_indent: bool,
    started: bool,
    /// Columns that the content of the last list item is indented by; 0 outside lists.
    item: usize,
}

#[derive(Clone)]
struct Fence {
    mark: char,
    length: usize,
    /// `>` before it: a line with fewer ends the quote and the fence with it.
    quotes: usize,
}

/// A line without the marks of the quotes and lists that it starts with.
pub(super) struct Start<'a> {
    /// `>` at its start.
    pub quotes: usize,
    /// Columns of space after those.
    pub indent: usize,
    /// From the first character that is neither space nor `>`.
    pub text: &'a str,
}

/// Takes a line's start apart.
pub(super) fn start(line: &str) -> Start<'_> {
    let mut start = Start { quotes: 0, indent: 0, text: line };
    for (at, c) in line.char_indices() {
        start.text = &line[at..];
        match c {
            ' ' => start.indent += 1,
            '\t' => start.indent += 4 - start.indent % 4,
            // Four columns in, it is no quote any more.
            '>' if start.indent < 4 => {
                start.quotes += 1;
                start.indent = 0;
            }
            _ => return start,
        }
    }
    start.text = "";
    start
}

impl Blocks {
    /// Whether `line` belongs to a code block; the lines of a text come in order.
    pub fn is_code(&mut self, line: &str) -> bool {
        let Start { quotes, indent, text } = start(line);
        if let Some(fence) = &self.fence {
            if quotes >= fence.quotes {
                let run = text.trim_end();
                if run.chars().count() >= fence.length && run.chars().all(|c| c == fence.mark) {
                    self.fence = None;
                    self.may_indent = true;
                }
                return true;
            }
            self.fence = None;
        }
        let may_indent = self.may_indent || !self.started;
        self.started = true;
        if text.is_empty() {
            self.may_indent = true;
            return false;
        }
        if may_indent && indent >= self.item + 4 {
            self.may_indent = true;
            return true;
        }
        let mark = list_mark(text);
        if mark > 0 {
            self.item = indent + mark;
        } else if may_indent && indent < self.item {
            self.item = 0;
        }
        self.may_indent = false;
        self.open_fence(text[mark..].trim_start(), quotes)
    }

    /// The opening line of a fence belongs to its code.
    fn open_fence(&mut self, text: &str, quotes: usize) -> bool {
        let Some((mark, length)) = fence(text) else { return false };
        self.fence = Some(Fence { mark, length, quotes });
        true
    }
}

/// The mark and the length of the fence that a text opens.
pub(super) fn fence(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.chars().take_while(|&c| c == mark).count();
    (length >= 3 && !(mark == '`' && text[length..].contains('`'))).then_some((mark, length))
}

/// The bytes of a list item's mark and the spaces after it; 0 where there is none.
pub(super) fn list_mark(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match (digits, text.as_bytes().get(digits)) {
        (0, Some(b'-' | b'*' | b'+')) => 1,
        (1..=9, Some(b'.' | b')')) => digits + 1,
        _ => return 0,
    };
    let spaces = text[mark..].bytes().take_while(|&b| b == b' ' || b == b'\t').count();
    if spaces == 0 && text.len() > mark { 0 } else { mark + spaces.clamp(1, 4).min(text.len() - mark) }
}
