//! What an editor should know about a text that was converted.

use crate::Note;

/// More notes than these say nothing new; the rest is counted.
const MOST: usize = 100;

/// Collects notes. A note that repeats is counted behind its first occurrence instead.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    notes: Vec<(Note, usize)>,
    more: usize,
}

impl Notes {
    pub fn add(&mut self, line: Option<usize>, message: impl Into<String>) {
        let message = message.into();
        if let Some((_, times)) = self.notes.iter_mut().find(|(note, _)| note.message == message) {
            *times += 1;
        } else if self.notes.len() < MOST {
            self.notes.push((Note { line, message }, 1));
        } else {
            self.more += 1;
        }
    }

    pub fn finish(self) -> Vec<Note> {
        let mut notes: Vec<_> = self
            .notes
            .into_iter()
            .map(|(mut note, times)| {
                if times > 1 {
                    note.message = format!("{} ({times} times, here first)", note.message);
                }
                note
            })
            .collect();
        // By line; what concerns the whole stands last.
        notes.sort_by_key(|note| note.line.unwrap_or(usize::MAX));
        if self.more > 0 {
            notes.push(Note { line: None, message: format!("and {} more such notes", self.more) });
        }
        notes
    }
}

/// At most 60 characters of a text from outside, on one line.
pub(crate) fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_ascii_whitespace() {
        let gap = usize::from(!out.is_empty());
        if gap == 1 {
            out.push(' ');
        }
        for c in word.chars() {
            if length + gap == MOST {
                return format!("{}…", out.trim_end());
            }
            out.push(c);
            length += 1;
        }
        length += gap;
    }
    out
}
