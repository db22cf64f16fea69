//! What helps in the browser while an experience is told.
//!
//! The form works without any of it: the server draws each step (`src/share`), and a browser that runs no
//! script sends it as ever. Here the same steps are fetched and put in the place of those that stand; what is
//! typed stays on the device until it is sent, or until its writer throws it away.
//!
//! Reading order: [`kept`] is the draft on the device, [`proof`] what a proof of work consists of, [`preview`] a program of
//! its own that draws. Feature `browser` adds the program that helps: `browser` starts, `steps` goes from step to step
//! and sends, `memory` remembers, `beside` stands beside a text, `work` solves a challenge.

#[cfg(feature = "browser")]
pub mod browser;
pub mod kept;
pub mod preview;
pub mod proof;
