//! Where pictures are remade: whatever an editor's file holds, what is kept is pixels alone, in a few sizes.

mod open;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use bytes::Bytes;
use image::{DynamicImage, imageops::FilterType};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use weerklank_domain::Picture;

pub use open::{MAX_PIXELS, Refused};

/// How many are remade at once. One takes up to 360 MB while it is opened, and some seconds of a core; the others
/// wait.
const AT_ONCE: usize = 1;
/// Of libwebp's 100 (ADR 23).
const QUALITY: f32 = 85.0;

/// A picture in each of its sizes with its file, the smallest first.
pub type Remade = Vec<(Picture, Vec<u8>)>;

/// Remakes pictures beside the threads that answer requests.
#[derive(Debug, Clone)]
pub struct Studio(Arc<Semaphore>);

impl Default for Studio {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Studio {
    /// All sizes of the picture in a file, without anything else that the file told.
    pub async fn remake(&self, file: Bytes) -> Result<Remade, Refused> {
        // The place goes along: who asked may go away, and the work goes on.
        let place = self.0.clone().acquire_owned().await.expect("nobody closes it");
        let work = tokio::task::spawn_blocking(move || {
            let _place = place;
            remake(&file)
        });
        // Whatever brings a decoder down is a fault of the file.
        work.await.unwrap_or_else(|stopped| {
            tracing::warn!(%stopped, "a picture brought its decoder down");
            Err(Refused::Broken)
        })
    }
}

fn remake(file: &[u8]) -> Result<Remade, Refused> {
    let largest = open::open(file)?;
    let (width, height) = (largest.width(), largest.height());
    let whole = encode(&largest)?;
    let mut hash = [0; 16];
    hash.copy_from_slice(&Sha256::digest(&whole)[..16]);
    let named = Picture { hash, width, height };
    let mut remade = Vec::new();
    for size in named.sizes().filter(|size| *size != named) {
        let smaller = largest.resize_exact(size.width, size.height, FilterType::CatmullRom);
        remade.push((size, encode(&smaller)?));
    }
    remade.push((named, whole));
    Ok(remade)
}

/// As WebP, by libwebp: it writes pixels and nothing else.
fn encode(picture: &DynamicImage) -> Result<Vec<u8>, Refused> {
    let (width, height) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        // `open` gives no others.
        _ => return Err(Refused::Broken),
    };
    match encoder.encode_simple(false, QUALITY) {
        Ok(file) => Ok(file.to_vec()),
        Err(error) => {
            tracing::warn!(?error, width, height, "a picture cannot be written");
            Err(Refused::Broken)
        }
    }
}
