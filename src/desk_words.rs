//! What the server puts into words for the desk, so that the desk need not carry them.

use weerklank_domain::experience::Side;
use weerklank_domain::{Date, Lang};

use crate::words::Words;

/// The heading of a half of a pair.
pub fn half_title(lang: Lang, side: Side) -> &'static str {
    let words = Words::new(lang);
    match side {
        Side::Positive => words.edited_half_positive(),
        Side::Negative => words.edited_half_negative(),
    }
}

/// What stands before what went and what came, for who hears a comparison.
pub fn compared(lang: Lang) -> (&'static str, &'static str) {
    let words = Words::new(lang);
    (words.edited_removed(), words.edited_added())
}

/// `22 november 2026`.
pub fn day(lang: Lang, day: Date) -> String {
    Words::new(lang).date(day)
}

/// A day and a time of the clock: `22 november 2026, 14:05 uur`.
pub fn moment(lang: Lang, day: Date, hour: u8, minute: u8) -> String {
    let words = Words::new(lang);
    words.edited_moment(&words.date(day), &format!("{hour:02}:{minute:02}"))
}
