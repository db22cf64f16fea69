//! The surface words of the index in one language, kept in memory.

use memchr::{memchr, memmem, memrchr};

/// Sorted, each once, one per line, with a line break before the first and after the last. Only
/// words of three bytes or more with a letter in them: others are no part of a compound.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    lines: Vec<u8>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self { lines: vec![b'\n'] }
    }
}

impl Vocabulary {
    /// Adds a word that sorts after all that are there.
    pub fn push(&mut self, word: &[u8]) {
        if word.len() >= 3 && !word.iter().all(u8::is_ascii_digit) {
            self.lines.extend_from_slice(word);
            self.lines.push(b'\n');
        }
    }

    pub fn shrink(&mut self) {
        self.lines.shrink_to_fit();
    }

    pub fn contains(&self, word: &str) -> bool {
        let (mut low, mut high) = (0, self.lines.len() - 1);
        // `low` and `high` are line breaks; the word, if there, stands between them.
        while low < high {
            let middle = low + (high - low) / 2;
            let start = memrchr(b'\n', &self.lines[low..=middle]).map_or(low, |at| low + at);
            let rest = &self.lines[start + 1..];
            let end = start + 1 + memchr(b'\n', rest).unwrap_or(rest.len());
            match self.lines[start + 1..end].cmp(word.as_bytes()) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => low = end,
                std::cmp::Ordering::Greater => high = start,
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for word in ["2015", "aap", "ab", "retour", "retourretour", "web", "webretour", "zon"] {
            vocabulary.push(word.as_bytes());
        }
        vocabulary
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
        assert!(!Vocabulary::default().contains("aap"));
    }

    #[test]
    fn finds_parts() {
        let found = [("retour", 0), ("retourretour", 0), ("retourretour", 6), ("webretour", 3)];
        assert_eq!(vocabulary().containing("retour").collect::<Vec<_>>(), found);
        assert_eq!(vocabulary().containing("zzz").count(), 0);
    }
}
