//! From a file that somebody chose to pixels that can be shown.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, Limits,
    codecs::{jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder},
    imageops::FilterType,
    metadata::Orientation,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use weerklank_domain::Picture;

/// Pixels that a picture may have before it is made smaller: more than cameras of telephones make by default.
pub const MAX_PIXELS: u64 = 40_000_000;
/// Bytes of its pixels: four for each. So one with 16 bits a channel may have half as many.
const MAX_BYTES: u64 = 4 * MAX_PIXELS;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It begins as no JPEG, PNG or WebP.
    Unknown,
    /// It moves: what an editor sees in it, one picture would not show.
    Moving,
    TooManyPixels,
    /// It says that it is a picture and cannot be read as one.
    Broken,
}

/// The picture upright, in sRGB, in the largest size that is kept: RGB, or RGBA where something shows through.
pub fn open(file: &[u8]) -> Result<DynamicImage, Refused> {
    let bytes = Cursor::new(file);
    match image::guess_format(file).map_err(|_| Refused::Unknown)? {
        ImageFormat::Jpeg => finish(JpegDecoder::new(bytes).map_err(|error| broken(&error))?),
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(bytes, limits()).map_err(|error| broken(&error))?;
            if decoder.is_apng().map_err(|error| broken(&error))? {
                Err(Refused::Moving)
            } else {
                finish(decoder)
            }
        }
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(bytes).map_err(|error| broken(&error))?;
            if decoder.has_animation() { Err(Refused::Moving) } else { finish(decoder) }
        }
        ImageFormat::Gif => Err(Refused::Moving),
        _ => Err(Refused::Unknown),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(2 * MAX_BYTES);
    limits
}

fn broken(error: &image::ImageError) -> Refused {
    match error {
        image::ImageError::Limits(_) => Refused::TooManyPixels,
        _ => Refused::Broken,
    }
}

/// Only the head of the file has been read so far.
fn finish(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Refused> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Refused::Broken);
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_BYTES {
        return Err(Refused::TooManyPixels);
    }
    decoder.set_limits(limits()).map_err(|error| broken(&error))?;
    // What a file says of itself may be nonsense; then it says nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let whole = DynamicImage::from_decoder(decoder).map_err(|error| broken(&error))?;
    let whole = eight_bits(whole);
    let (width, height) = if is_turned(orientation) {
        let (height, width) = Picture::fitting(height, width);
        (width, height)
    } else {
        Picture::fitting(width, height)
    };
    // Made smaller first: what follows then has little to do.
    let mut picture = if (whole.width(), whole.height()) == (width, height) {
        whole
    } else {
        whole.resize_exact(width, height, FilterType::CatmullRom)
    };
    if let Some(profile) = profile {
        picture = in_srgb(picture, &profile);
    }
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Whether it lies on its side.
fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

fn eight_bits(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let picture = picture.into_rgba8();
    if picture.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(picture).into_rgb8())
    } else {
        DynamicImage::ImageRgba8(picture)
    }
}

/// Its colours as every screen understands them: telephones write Display P3, and the profile that says so does
/// not stay. A profile that is none, or of other colours than the pixels have, changes nothing.
fn in_srgb(picture: DynamicImage, profile: &[u8]) -> DynamicImage {
    let convert = |pixels: &[u8], layout: Layout| {
        let profile = ColorProfile::new_from_slice(profile).ok()?;
        if profile.color_space != DataColorSpace::Rgb {
            return None;
        }
        let srgb = ColorProfile::new_srgb();
        let transform =
            profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
        let mut converted = vec![0; pixels.len()];
        transform.transform(pixels, &mut converted).ok()?;
        Some(converted)
    };
    match picture {
        DynamicImage::ImageRgb8(mut pixels) => {
            if let Some(converted) = convert(&pixels, Layout::Rgb) {
                pixels.copy_from_slice(&converted);
            }
            DynamicImage::ImageRgb8(pixels)
        }
        DynamicImage::ImageRgba8(mut pixels) => {
            if let Some(converted) = convert(&pixels, Layout::Rgba) {
                pixels.copy_from_slice(&converted);
            }
            DynamicImage::ImageRgba8(pixels)
        }
        other => other,
    }
}
