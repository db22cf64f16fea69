//! What can be wrong with what was typed, and where.

/// What is wrong with a field. The words for it are in `locales/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackFault {
    Missing,
    /// Characters that there may be, and that there are.
    TooLong {
        max: usize,
        found: usize,
    },
    /// Things that there may be, and that there are.
    TooMany {
        max: usize,
        found: usize,
    },
    TooFew {
        min: usize,
        found: usize,
    },
    /// Not a word of its list.
    UnknownWord,
    /// Not a whole number on its scale.
    OutOfRange {
        min: u16,
        max: u16,
    },
    /// It stands there twice, and only one of the two could count.
    Twice,
    /// Not a name of `a-z`, `0-9` and single hyphens.
    NotAName,
    /// Not scheme and host of a place where a form may stand; `why` is the code.
    NotAnOrigin {
        why: &'static str,
    },
    /// Not `#rgb` or `#rrggbb`.
    NotAColour,
}

impl FeedbackFault {
    /// The stable code, in problems and in `locales/`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too-long",
            Self::TooMany { .. } => "too-many",
            Self::TooFew { .. } => "too-few",
            Self::UnknownWord => "unknown-word",
            Self::OutOfRange { .. } => "out-of-range",
            Self::Twice => "twice",
            Self::NotAName => "not-a-name",
            Self::NotAnOrigin { why } => why,
            Self::NotAColour => "not-a-colour",
        }
    }
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The name of a form's field and of a problem's pointer: `ratings.delivery`, `own.0.options.1.words.nl`.
    /// Never a name that was typed: an unknown one is a fault of the whole of which it would be a part.
    pub field: String,
    pub fault: FeedbackFault,
}

/// Everything that is wrong, in the order of the form.
pub type FeedbackFaults = Vec<FieldFault>;

/// Faults as they are found.
#[derive(Default)]
pub(super) struct Faults(pub FeedbackFaults);

impl Faults {
    pub fn add(&mut self, field: impl Into<String>, fault: FeedbackFault) {
        self.0.push(FieldFault { field: field.into(), fault });
    }

    /// Whether the text is no longer than that.
    pub fn length(&mut self, field: &str, text: &str, max: usize) -> bool {
        let found = text.chars().count();
        if found > max {
            self.add(field, FeedbackFault::TooLong { max, found });
        }
        found <= max
    }

    /// A word of a list, which has to be there.
    pub fn word<W: std::str::FromStr>(&mut self, field: &str, typed: &str) -> Option<W> {
        let word = typed.parse().ok();
        if word.is_none() {
            let fault = if typed.is_empty() { FeedbackFault::Missing } else { FeedbackFault::UnknownWord };
            self.add(field, fault);
        }
        word
    }

    pub fn none_or<T>(self, value: impl FnOnce() -> Option<T>) -> Result<T, FeedbackFaults> {
        match value() {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}

/// Digits alone, without a sign and without zeros before them, so that a number is written in one way.
pub(super) fn number<N: std::str::FromStr>(typed: &str) -> Option<N> {
    let is_plain = typed.bytes().all(|b| b.is_ascii_digit()) && (typed == "0" || !typed.starts_with('0'));
    is_plain.then(|| typed.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_in_one_way() {
        assert_eq!(
            (number::<u8>("0"), number::<u8>("10"), number::<u8>("255")),
            (Some(0), Some(10), Some(255))
        );
        for text in ["", "00", "01", "+1", "-0", "1.0", " 1", "1e1", "256", "٣"] {
            assert_eq!(number::<u8>(text), None, "{text}");
        }
    }
}
