//! Counting words while a text goes by in pieces.

/// Counts runs of characters between spaces that hold a letter or a digit: a dash on its own is no
/// word. Pieces of one word may come one by one.
#[derive(Debug, Default)]
pub(crate) struct Words {
    count: u32,
    /// Inside a run that has been counted.
    counted: bool,
}

impl Words {
    pub fn feed(&mut self, text: &str) {
        let bytes = text.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            if byte <= b' ' {
                self.counted = false;
            } else if !self.counted && (byte.is_ascii_alphanumeric() || byte >= 0xc2) {
                self.counted = !is_mark(&bytes[at..]);
                self.count = self.count.saturating_add(u32::from(self.counted));
            }
        }
    }

    /// Where one block of text ends, so does its last word.
    pub fn boundary(&mut self) {
        self.counted = false;
    }

    pub fn count(&self) -> u32 {
        self.count
    }
}

/// A character of Latin-1 punctuation (U+0080 to U+00BF) or general punctuation (U+2000 to U+206F):
/// quotes, dashes, dots, typographic spaces.
fn is_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xc2, ..] | [0xe2, 0x80, ..] | [0xe2, 0x81, 0x80..=0xaf, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(pieces: &[&str]) -> u32 {
        let mut words = Words::default();
        for piece in pieces {
            words.feed(piece);
        }
        words.count()
    }

    #[test]
    fn words_are_what_people_count() {
        assert_eq!(count(&["‘Wat?’ – zei hij … € 12,50"]), 4 + 1);
        assert_eq!(count(&["half", "woord en", " meer"]), 3);
        assert_eq!(count(&["één", " «énkel» ", "—"]), 2);
        assert_eq!(count(&["", "  \n\t ", "- * >"]), 0);
    }
}
