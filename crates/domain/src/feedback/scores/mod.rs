//! Figures worked out of answers: CSAT, stars, thumbs, NPS and CES, each with how many answers it rests on and
//! its 95% interval. `docs/scores.md` shows how to work each out again in a spreadsheet.
//!
//! Everything begins with a [`Tally`]: how often each score was given. A tally has the figure that is made of
//! it for a type, so that two scales cannot be added up; [`AnyTally`] is for where the question is data.

mod any;
#[cfg(test)]
mod coverage;
mod figure;
mod grouping;
mod interval;
mod mean;
mod nps;
mod ranking;
mod share;
mod tally;

pub use any::{AnyFigure, AnyTally, OtherQuestion};
pub use figure::{Ces, Csat, Figure, Stars, Thumbs};
pub use grouping::Grouping;
pub use interval::Interval;
pub use mean::Mean;
pub use nps::Nps;
pub use ranking::{Standing, rank};
pub use share::Share;
pub use tally::Tally;
