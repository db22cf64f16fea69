//! Counting words while a text goes by in pieces.

use super::eight;

/// Counts runs of characters between spaces that hold a letter or a digit: a dash on its own is no
/// word. Pieces of one word may come one by one.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Of the runs that have ended.
    count: u32,
    /// Inside a run that holds a letter or a digit.
    open: bool,
}

impl Words {
    /// Never branches on what a byte is: texts are hard to foretell.
    pub fn feed(&mut self, text: &str) {
        let (chunks, rest) = text.as_bytes().as_chunks::<8>();
        for chunk in chunks {
            self.eight(*chunk);
        }
        if !rest.is_empty() {
            // A sign neither ends a run nor makes it a word.
            let mut chunk = [b'-'; 8];
            chunk[..rest.len()].copy_from_slice(rest);
            self.eight(chunk);
        }
    }

    /// Where every byte of a run is all ones and a bit is added for each of its letters, a carry leaves
    /// the run, and comes to stand in the space after it, exactly if the run holds a letter.
    #[inline]
    fn eight(&mut self, chunk: [u8; 8]) {
        let x = u64::from_le_bytes(chunk);
        let low = x & !eight::HIGH;
        let run = eight::filled((eight::at_least(low, b'!') | x) & eight::HIGH);
        let (sum, over) = run.overflowing_add(letters(x, low));
        let (sum, over_again) = sum.overflowing_add(u64::from(self.open));
        // At most one bit a byte, so the highest byte of the product is how many there are.
        let ended = (sum & !run).wrapping_mul(eight::all(1)).to_le_bytes()[7];
        self.count = self.count.wrapping_add(u32::from(ended));
        self.open = over | over_again;
    }

    /// Where one block of text ends, so does its last word.
    pub fn boundary(&mut self) {
        self.count = self.count();
        self.open = false;
    }

    pub fn count(&self) -> u32 {
        self.count.wrapping_add(u32::from(self.open))
    }
}

/// A mask of letters and digits: the ASCII ones, and the first byte of every character from U+00C0 on
/// save U+2000 to U+2FFF (first byte E2), which are signs: quotes, dashes, arrows, the euro.
#[inline]
fn letters(x: u64, low: u64) -> u64 {
    let small = low | eight::all(0x20);
    let letter = eight::at_least(small, b'a') & !eight::at_least(small, b'{');
    let digit = eight::at_least(low, b'0') & !eight::at_least(low, b':');
    let first = eight::at_least(low, 0xc3 & 0x7f) & eight::at_least(low ^ eight::all(0xe2 & 0x7f), 1);
    (((letter | digit) & !x) | (first & x)) & eight::HIGH
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
        assert_eq!(count(&["‘Wat?’ – zei hij … € 12,50"]), 4);
        assert_eq!(count(&["half", "woord en", " meer"]), 3);
        assert_eq!(count(&["één", " «énkel» ", "—"]), 2);
        assert_eq!(count(&["", "  \n\t ", "- * >"]), 0);
        assert_eq!(count(&["(", "een", ") [", "-", "2", "]"]), 2);
    }

    #[test]
    fn pieces_count_as_the_whole() {
        let text = "a ‘bé’ -- @x 0_z [ {~ Zé é \u{7f} 9:/ `_^ – …c — (d-e) A@Z`az{ \t\n f";
        let is_letter =
            |c: char| c.is_ascii_alphanumeric() || (c >= '\u{c0}' && !('\u{2000}'..'\u{3000}').contains(&c));
        let naive = |text: &str| {
            u32::try_from(text.split(|c: char| c <= ' ').filter(|run| run.contains(is_letter)).count())
                .unwrap()
        };
        for (start, _) in text.char_indices() {
            for (end, _) in text[start..].char_indices() {
                let part = &text[start..start + end];
                assert_eq!(count(&[part]), naive(part), "{part}");
                for (cut, _) in part.char_indices() {
                    assert_eq!(count(&[&part[..cut], &part[cut..]]), naive(part), "{part} at {cut}");
                }
            }
        }
    }
}
