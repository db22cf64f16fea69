//! Every page of Weerklank. Feature `ssr` draws them as text on the server, feature `csr` in the
//! browser; the views are the same. Views take a page's struct and fetch nothing. Without either
//! there are only the addresses, for who answers but draws nothing.

#[cfg(any(feature = "csr", feature = "ssr"))]
pub mod board;
#[cfg(feature = "csr")]
pub mod client;
#[cfg(feature = "desk")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod desk_words;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod first_words;
#[cfg(feature = "ssr")]
mod given;
#[cfg(any(feature = "csr", feature = "ssr"))]
pub mod head;
#[cfg(feature = "ssr")]
pub mod mail;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod share;
#[cfg(feature = "ssr")]
pub mod transparency;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod ui;
#[cfg(feature = "ssr")]
pub mod voice;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod words;

// What `build.rs` runs, tested here: cargo builds no tests of a build script.
#[cfg(test)]
#[path = "../build/styles.rs"]
mod build_styles;
#[cfg(test)]
#[path = "../build/texts.rs"]
mod build_texts;

// The pages that the gallery shows are the pages that the tests draw.
#[cfg(all(test, feature = "ssr"))]
#[path = "../examples/gallery/fixtures.rs"]
mod fixtures;
