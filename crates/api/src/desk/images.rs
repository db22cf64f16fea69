//! POST `/api/v1/desk/images`: keeps a picture for columns. The body is the file as it is, JPEG, PNG or WebP, whatever
//! its `Content-Type` says; at most 10 MiB and 40 megapixels. It is remade: upright, in sRGB, without anything that the
//! file told of camera, place or maker, in up to three widths.
//!
//! 201, or 200 where the same picture is kept already. 413 `too-large` before the body is read, where its length is
//! said; 415 `no-picture`; 422 `moving-picture`, `too-many-pixels`, `broken-picture`.

use serde::{Deserialize, Serialize};

pub const PATH: &str = "/api/v1/desk/images";
/// Bytes of a file.
pub const MAX: usize = 10 << 20;

/// What stands in the text is its address; what it shows, the text says beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = KeptPicture))]
pub struct Response {
    /// Of its largest size, from the root of the board: for `![…](…)` and for `image: { src: … }`.
    pub address: String,
    /// CSS pixels of that size.
    pub width: u32,
    pub height: u32,
    /// All widths in which it is kept, the smallest first; the page offers them to browsers by itself.
    pub widths: Vec<u32>,
}
