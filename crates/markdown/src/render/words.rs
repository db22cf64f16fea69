//! Counting words while a text goes by in pieces.

/// Counts runs of characters between spaces that hold a letter or a digit: a dash on its own is no
/// word. Pieces of one word may come one by one.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Of the runs that have ended.
    count: u32,
    /// Inside a run that holds a letter or a digit.
    open: bool,
}

/// Bytes looked at at once: one for each bit of a `u64`.
const BLOCK: usize = 64;

impl Words {
    /// Never branches on what a byte is, since texts are hard to foretell.
    pub fn feed(&mut self, text: &str) {
        self.feed_part(text, text);
    }

    /// As [`Self::feed`], sooner where `text` is a part of `whole` and something comes after it.
    pub fn feed_part(&mut self, text: &str, whole: &str) {
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        for block in blocks {
            self.block(block, BLOCK);
        }
        if rest.is_empty() {
            return;
        }
        // Most pieces are short, and what comes after them is near: to look at it and then not
        // count it takes less time than to copy the piece.
        let at = rest.as_ptr().addr().wrapping_sub(whole.as_ptr().addr());
        if let Some(block) = whole.as_bytes().get(at..).and_then(<[u8]>::first_chunk) {
            self.block(block, rest.len());
        } else {
            let mut block = [0; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            self.block(&block, rest.len());
        }
    }

    /// The first `length` bytes of a block, 1 to all. Every byte of a run is a one, and so is what is not
    /// to be counted: like a sign, it neither ends a run nor makes it a word. Where a one is added for
    /// each letter of a run, a carry leaves the run and comes to stand in the space after it, exactly
    /// if the run holds a letter.
    fn block(&mut self, block: &[u8; BLOCK], length: usize) {
        let counted = u64::MAX >> (BLOCK - length);
        let runs = bits(block, |byte| byte > b' ') | !counted;
        let (sum, over) = runs.overflowing_add(bits(block, is_letter) & counted);
        let (sum, over_again) = sum.overflowing_add(u64::from(self.open));
        self.count = self.count.wrapping_add((sum & !runs).count_ones());
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

/// An ASCII letter or digit, or the first byte of a character from U+00C0 on save U+2000 to U+2FFF
/// (first byte E2), which are signs: quotes, dashes, arrows, the euro.
#[inline]
fn is_letter(byte: u8) -> bool {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let digit = byte.wrapping_sub(b'0') < 10;
    letter || digit || (byte >= 0xc3 && byte != 0xe2)
}

/// A bit for each byte, the first the lowest.
#[inline]
fn bits(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    // Shifts byte `k` of eight, a 0 or a 1, to bit `56 + k`: it is at `8 k`, and `56 - 7 k` is added.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let flags = block.map(|byte| u8::from(is(byte)));
    let (eights, _) = flags.as_chunks::<8>();
    let gather = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
    eights.iter().rev().fold(0, |bits, eight| (bits << 8) | gather(eight))
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
        let text =
            "a ‘bé’ -- @x 0_z [ {~ Zé é \u{7f} 9:/ `_^ – …c — (d-e) A@Z`az{ \t\n f en dan tot over de rand";
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
                let mut within = Words::default();
                within.feed_part(part, text);
                assert_eq!(within.count(), naive(part), "{part} in its text");
                for (cut, _) in part.char_indices() {
                    assert_eq!(count(&[&part[..cut], &part[cut..]]), naive(part), "{part} at {cut}");
                }
            }
        }
    }
}
