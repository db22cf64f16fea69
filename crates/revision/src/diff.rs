//! What differs between two versions.

use diffy::{DiffOptions, Line};

use crate::tokens::{Grain, unlined};

/// Of which version a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Of both.
    Same,
    /// Of the old one alone.
    Gone,
    /// Of the new one alone.
    New,
}

/// Text that stands together and is of the same sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub sort: Sort,
    pub text: String,
}

/// The pieces of two versions in their order: without those that are [`Sort::New`] they are the old one,
/// without those that are [`Sort::Gone`] the new one.
pub fn diff(old: &str, new: &str) -> Vec<Piece> {
    if old == new {
        return piece(Sort::Same, old).into_iter().collect();
    }
    let grain = Grain::of(&[old, new]);
    let (lined_old, lined_new) = (grain.lined(old), grain.lined(new));
    let mut options = DiffOptions::new();
    let patch = options.set_context_len(usize::MAX).create_patch(&lined_old, &lined_new);
    let mut pieces: Vec<Piece> = Vec::new();
    for line in patch.hunks().iter().flat_map(diffy::Hunk::lines) {
        let (sort, line) = match line {
            Line::Context(line) => (Sort::Same, line),
            Line::Delete(line) => (Sort::Gone, line),
            Line::Insert(line) => (Sort::New, line),
        };
        match pieces.last_mut() {
            Some(last) if last.sort == sort => last.text.push_str(&unlined(line)),
            _ => pieces.push(Piece { sort, text: unlined(line).into_owned() }),
        }
    }
    pieces
}

fn piece(sort: Sort, text: &str) -> Option<Piece> {
    (!text.is_empty()).then(|| Piece { sort, text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> Vec<(Sort, String)> {
        let pieces = diff(old, new);
        let side = |gone: Sort| -> String {
            pieces.iter().filter(|piece| piece.sort != gone).map(|piece| piece.text.as_str()).collect()
        };
        assert_eq!((side(Sort::New), side(Sort::Gone)), (old.to_owned(), new.to_owned()));
        pieces.into_iter().map(|piece| (piece.sort, piece.text)).collect()
    }

    #[test]
    fn a_word_that_changed_is_one_word() {
        let (same, gone, new) = (Sort::Same, Sort::Gone, Sort::New);
        assert_eq!(
            told("De lamp kwam te laat.\n", "De lamp kwam veel te laat.\n"),
            [(same, "De lamp kwam ".to_owned()), (new, "veel ".to_owned()), (same, "te laat.\n".to_owned())]
        );
        assert_eq!(told("a", "b"), [(gone, "a".to_owned()), (new, "b".to_owned())]);
        assert_eq!(told("", "b"), [(new, "b".to_owned())]);
        assert_eq!(told("a", ""), [(gone, "a".to_owned())]);
        assert_eq!(told("a", "a"), [(same, "a".to_owned())]);
        assert_eq!(told("", ""), []);
    }

    #[test]
    fn what_is_very_long_is_compared_by_lines() {
        let old = "Een regel met woorden.\n".repeat(3_000);
        let new = format!("{old}En nog een.\n");
        assert_eq!(told(&old, &new), [(Sort::Same, old.clone()), (Sort::New, "En nog een.\n".to_owned())]);
    }
}
