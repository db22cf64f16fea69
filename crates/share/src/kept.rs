//! A draft as a device keeps it.

/// A form, as far as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// When it was typed: milliseconds since 1970.
    pub at: u64,
    /// Whether its writer had sent it, and it did not get through.
    pub is_sent: bool,
    /// The form as it is sent: `application/x-www-form-urlencoded`.
    pub body: String,
}

/// Milliseconds that a draft is kept for: 60 days.
const LIFE: u64 = 60 * 86_400_000;

impl Kept {
    /// As [`Self::from_text`] reads it: the time, a word, and the form.
    pub fn to_text(&self) -> String {
        let word = if self.is_sent { "sent" } else { "draft" };
        format!("{} {word} {}", self.at, self.body)
    }

    /// `None` for what is none, or too old: of no use to its writer any more, and somebody else may
    /// sit at the device. A time in the future is that of a clock that was wrong.
    pub fn from_text(text: &str, now: u64) -> Option<Self> {
        let (at, rest) = text.split_once(' ')?;
        let (word, body) = rest.split_once(' ')?;
        let at = at.parse().ok()?;
        let is_sent = match word {
            "sent" => true,
            "draft" => false,
            _ => return None,
        };
        (now.saturating_sub(at) <= LIFE).then(|| Self { at, is_sent, body: body.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_until_it_is_old() {
        let now = 1_795_262_400_000;
        for is_sent in [false, true] {
            let kept = Kept { at: now, is_sent, body: "step=you&name=J.+Kwal&x=a%20b".to_owned() };
            let text = kept.to_text();
            for later in [now - 5, now, now + 7 * 86_400_000, now + LIFE] {
                assert_eq!(Kept::from_text(&text, later), Some(kept.clone()));
            }
            assert_eq!(Kept::from_text(&text, now + LIFE + 1), None);
        }
        for odd in ["", "1", "1 draft", "x draft a=b", "1 andere a=b", "{}"] {
            assert_eq!(Kept::from_text(odd, 1), None, "{odd}");
        }
    }
}
