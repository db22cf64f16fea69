//! The surface words of the index in one language, kept in memory.

use memchr::{memchr, memmem, memrchr};

/// Each word once, one per line, with a line break before the first and after the last. Only words
/// of three bytes or more with a letter in them: others are no part of a compound.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    lines: Vec<u8>,
    /// Where words stand in `lines`, at the place their hash says or as soon after as was free; 0
    /// where free. A power of two long, half of it free.
    places: Vec<u32>,
}

impl Vocabulary {
    /// Of words of which each comes once.
    pub fn new(lines: Lines) -> Self {
        let Lines { mut lines, words } = lines;
        lines.shrink_to_fit();
        let mut places = vec![0; (words * 2 + 1).next_power_of_two()];
        let mut start = 1;
        while let Some(length) = memchr(b'\n', &lines[start..]) {
            let mut at = hash(&lines[start..start + length]) & (places.len() - 1);
            while places[at] != 0 {
                at = (at + 1) & (places.len() - 1);
            }
            places[at] = u32::try_from(start).unwrap_or(0);
            start += length + 1;
        }
        Self { lines, places }
    }

    pub fn contains(&self, word: &str) -> bool {
        let mut at = hash(word.as_bytes()) & (self.places.len() - 1);
        while self.places[at] != 0 {
            let found = &self.lines[self.places[at] as usize..];
            if found.starts_with(word.as_bytes()) && found.get(word.len()) == Some(&b'\n') {
                return true;
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        false
    }

    /// Words that contain `part`, each with where it starts, in order; a word that contains it
    /// twice comes twice.
    pub fn containing<'a>(&'a self, part: &'a str) -> impl Iterator<Item = (&'a str, usize)> {
        memmem::find_iter(&self.lines, part.as_bytes()).filter_map(move |at| {
            let start = memrchr(b'\n', &self.lines[..at])? + 1;
            let end = at + memchr(b'\n', &self.lines[at..])?;
            Some((std::str::from_utf8(&self.lines[start..end]).ok()?, at - start))
        })
    }
}

/// The words of a vocabulary while they are gathered.
pub struct Lines {
    lines: Vec<u8>,
    words: usize,
}

impl Default for Lines {
    fn default() -> Self {
        Self { lines: vec![b'\n'], words: 0 }
    }
}

impl Lines {
    pub fn push(&mut self, word: &[u8]) {
        if word.len() >= 3 && !word.iter().all(u8::is_ascii_digit) {
            self.lines.extend_from_slice(word);
            self.lines.push(b'\n');
            self.words += 1;
        }
    }
}

/// FNV-1a (Fowler, Noll and Vo), its upper half mixed in: quick for short words. Only editors write
/// columns: nobody gains by words that collide.
#[expect(clippy::cast_possible_truncation, reason = "any bits of a hash will do")]
fn hash(word: &[u8]) -> usize {
    let mixed = word.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (mixed ^ (mixed >> 32)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut lines = Lines::default();
        for word in ["2015", "aap", "ab", "retour", "retourretour", "web", "webretour", "zon"] {
            lines.push(word.as_bytes());
        }
        Vocabulary::new(lines)
    }

    #[test]
    fn knows_its_words() {
        let vocabulary = vocabulary();
        for word in ["aap", "retour", "retourretour", "web", "webretour", "zon"] {
            assert!(vocabulary.contains(word), "{word}");
        }
        for word in ["", "aa", "ab", "retourr", "xyz", "zonn", "2015", "\n"] {
            assert!(!vocabulary.contains(word), "{word}");
        }
        assert!(!Vocabulary::new(Lines::default()).contains("aap"));
    }

    #[test]
    fn finds_parts() {
        let found = [("retour", 0), ("retourretour", 0), ("retourretour", 6), ("webretour", 3)];
        assert_eq!(vocabulary().containing("retour").collect::<Vec<_>>(), found);
        assert_eq!(vocabulary().containing("zzz").count(), 0);
    }
}
