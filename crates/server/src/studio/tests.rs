use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::{Refused, remake};
use weerklank_domain::Picture;

/// Left half red, right half blue.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([200, 30, 30]) } else { Rgb([30, 30, 200]) },
    )
}

fn file(picture: &image::DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    file(&halves(width, height).into(), ImageFormat::Jpeg)
}

/// A JPEG with more segments before its picture.
fn with_segments(jpeg: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    for (marker, content) in segments {
        out.extend([0xff, *marker]);
        out.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        out.extend(content);
    }
    out.extend(&jpeg[2..]);
    out
}

/// Exif with an orientation, a maker, and a place as its own directory (Exif 2.3, 4.6.3 and 4.6.6).
fn exif(orientation: u16) -> Vec<u8> {
    let tag = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let [high, low] = orientation.to_be_bytes();
    let first = [
        tag(0x010f, 2, 4, *b"GEH\0"),
        tag(0x0112, 3, 1, [high, low, 0, 0]),
        tag(0x8825, 4, 1, 50_u32.to_be_bytes()),
    ];
    let place = [tag(1, 2, 2, *b"N\0\0\0"), tag(2, 5, 3, 80_u32.to_be_bytes())];
    let mut out = b"Exif\0\0MM\0*\0\0\0\x08\0\x03".to_vec();
    out.extend(first.concat());
    out.extend([0; 4]);
    out.extend([0, 2]);
    out.extend(place.concat());
    out.extend([0; 4]);
    out.extend(b"GEHEIMEPLAATS52.0907N5.1214E");
    out
}

/// A PNG that says it is so large, and holds these bytes of compressed pixels.
fn png(width: u32, height: u32, depth: u8, color: u8, more: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([depth, color, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let chunks = [(b"IHDR", head)].into_iter().chain(more.iter().cloned()).chain([(b"IEND", Vec::new())]);
    for (name, content) in chunks {
        let named = [&name[..], &content].concat();
        let mut sum = flate2::Crc::new();
        sum.update(&named);
        out.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        out.extend(&named);
        out.extend(sum.sum().to_be_bytes());
    }
    out
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn decoded(file: &[u8]) -> RgbaImage {
    image::load_from_memory(file).unwrap().into_rgba8()
}

#[test]
fn a_picture_is_there_in_each_size_and_never_larger() {
    for (width, height, sizes) in [
        (2000, 1000, &[(480, 240), (960, 480), (1600, 800)][..]),
        (700, 300, &[(480, 206), (700, 300)]),
        (20, 30, &[(20, 30)]),
    ] {
        let remade = remake(&jpeg(width, height)).unwrap();
        let found: Vec<_> = remade.iter().map(|(size, _)| (size.width, size.height)).collect();
        assert_eq!(found, sizes);
        for (size, file) in &remade {
            assert!(file.starts_with(b"RIFF") && &file[8..12] == b"WEBP");
            let picture = decoded(file);
            assert_eq!((picture.width(), picture.height()), (size.width, size.height));
            let (left, right) = (picture.get_pixel(1, 1).0, picture.get_pixel(size.width - 2, 1).0);
            assert!(left[0] > 150 && right[2] > 150, "{left:?} {right:?}");
        }
    }
}

#[test]
fn the_same_pixels_are_the_same_picture_whatever_else_the_file_tells() {
    let plain = jpeg(600, 400);
    let told = with_segments(&plain, &[(0xe1, exif(1)), (0xfe, b"GEHEIM".to_vec())]);
    assert!(told.windows(6).any(|part| part == b"GEHEIM"));
    assert_eq!(remake(&plain).unwrap(), remake(&told).unwrap());
    assert_ne!(remake(&plain).unwrap(), remake(&jpeg(600, 401)).unwrap());
}

#[test]
fn nothing_stays_of_place_maker_or_comment() {
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GEHEIM</x:xmpmeta>".to_vec();
    let told = with_segments(&jpeg(900, 600), &[(0xe1, exif(6)), (0xe1, xmp), (0xfe, b"GEHEIM".to_vec())]);
    for (_, file) in remake(&told).unwrap() {
        for trace in [&b"GEHEIM"[..], b"Exif", b"EXIF", b"xmpmeta", b"XMP ", b"ICCP", b"52.0907"] {
            assert!(
                !file.windows(trace.len()).any(|part| part == trace),
                "{}",
                String::from_utf8_lossy(trace)
            );
        }
    }
}

#[test]
fn a_photograph_stands_upright() {
    // As a telephone held upright writes it: left on the file is up on the page, after a quarter turn.
    for (orientation, size, up_is_red) in
        [(1, (600, 400), None), (6, (400, 600), Some(true)), (8, (400, 600), Some(false))]
    {
        let told = with_segments(&jpeg(600, 400), &[(0xe1, exif(orientation))]);
        let remade = remake(&told).unwrap();
        let (largest, file) = remade.last().unwrap();
        assert_eq!((largest.width, largest.height), size, "{orientation}");
        let up = decoded(file).get_pixel(largest.width / 2, 5).0;
        if let Some(red) = up_is_red {
            assert_eq!(up[0] > up[2], red, "{orientation}: {up:?}");
        }
    }
    let wide = with_segments(&jpeg(3000, 100), &[(0xe1, exif(6))]);
    let (largest, _) = remake(&wide).unwrap().pop().unwrap();
    assert_eq!((largest.width, largest.height), (100, 3000));
}

#[test]
fn colours_are_those_that_were_seen() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let chunk = [b"ICC_PROFILE\0\x01\x01", &profile[..]].concat();
    let plain = jpeg(64, 64);
    let wide = with_segments(&plain, &[(0xe2, chunk)]);
    let red = |file: &[u8]| decoded(&remake(file).unwrap()[0].1).get_pixel(4, 4).0;
    assert!(red(&wide)[0] > red(&plain)[0] + 5, "{:?} {:?}", red(&wide), red(&plain));
    let nonsense = with_segments(&plain, &[(0xe2, b"ICC_PROFILE\0\x01\x01nonsense".to_vec())]);
    assert_eq!(remake(&nonsense).unwrap(), remake(&plain).unwrap());
}

#[test]
fn what_shows_through_goes_on_to() {
    let mut picture = RgbaImage::from_pixel(40, 40, Rgba([10, 200, 10, 255]));
    let whole = remake(&file(&picture.clone().into(), ImageFormat::Png)).unwrap();
    assert!(!image::load_from_memory(&whole[0].1).unwrap().color().has_alpha());
    for x in 0..20 {
        picture.put_pixel(x, 20, Rgba([0, 0, 0, 0]));
    }
    let remade = remake(&file(&picture.into(), ImageFormat::WebP)).unwrap();
    let seen = decoded(&remade[0].1);
    assert_eq!((seen.get_pixel(5, 20).0[3], seen.get_pixel(35, 35).0[3]), (0, 255));
}

#[test]
fn pixels_are_counted_before_there_are_any() {
    let empty = (b"IDAT", compressed(&[]));
    // A file of some hundred bytes that would be gigabytes.
    for (width, height, depth, color) in [
        (65_535, 65_535, 8, 6),
        (30_000, 30_000, 1, 0),
        (40_000, 1_001, 8, 2),
        (5_000, 5_000, 16, 6),
        (u32::MAX >> 1, 1, 8, 0),
    ] {
        let bomb = png(width, height, depth, color, std::slice::from_ref(&empty));
        assert_eq!(remake(&bomb), Err(Refused::TooManyPixels), "{width}x{height} {depth}");
    }
    let mut jpeg = jpeg(8, 8);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(remake(&jpeg), Err(Refused::TooManyPixels));
    let webp = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\0\xff\xff\0VP8L\0\0\0\0";
    assert!(matches!(remake(webp), Err(Refused::TooManyPixels | Refused::Broken)));
    // As VP8L says it of itself: 16,383 pixels each way.
    let webp = b"RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\x2f\xfe\xbf\xff\x0f\0";
    assert_eq!(remake(webp), Err(Refused::TooManyPixels));
}

#[test]
fn a_bomb_of_compressed_words_does_not_go_off() {
    // A hundred megabytes of nothing in a profile, and in a comment.
    let nothing = compressed(&vec![0; 100 << 20]);
    let profile = [b"naam\0\0", &nothing[..]].concat();
    let comment = [b"Comment\0\0", &nothing[..]].concat();
    let pixels = (b"IDAT", compressed(&[0, 1, 2, 3]));
    for chunk in [(b"iCCP", profile), (b"zTXt", comment)] {
        let bomb = png(1, 1, 8, 2, &[chunk, pixels.clone()]);
        let taken = remake(&bomb).map(|remade| remade[0].0.width);
        assert!(matches!(taken, Ok(1) | Err(Refused::Broken | Refused::TooManyPixels)), "{taken:?}");
    }
}

#[test]
fn what_moves_is_refused() {
    let control = (b"acTL", [1_000_000_u32.to_be_bytes(), [0; 4]].concat());
    let moving = png(1, 1, 8, 2, &[control, (b"IDAT", compressed(&[0, 1, 2, 3]))]);
    assert_eq!(remake(&moving), Err(Refused::Moving));
    assert_eq!(remake(b"GIF89a\xff\xff\xff\xff\0\0\0"), Err(Refused::Moving));
    let webp =
        b"RIFF\x2e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x01\0\0\x01\0\0ANIM\x06\0\0\0\0\0\0\0\0\0ANMF\0\0\0\0";
    assert!(matches!(remake(webp), Err(Refused::Moving | Refused::Broken)));
}

#[test]
fn what_is_no_picture_is_refused_in_words_and_never_in_a_fall() {
    for other in
        [&b""[..], b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", b"%PDF-1.7", b"<html>", b"II*\0\x08\0\0\0"]
    {
        assert_eq!(remake(other), Err(Refused::Unknown), "{}", String::from_utf8_lossy(other));
    }
    let whole = [
        jpeg(40, 30),
        file(&halves(40, 30).into(), ImageFormat::Png),
        file(&halves(40, 30).into(), ImageFormat::WebP),
    ];
    for file in &whole {
        for cut in 3..file.len() {
            // Some decoders show what there is of a picture that breaks off.
            if let Ok(remade) = remake(&file[..cut]) {
                assert_eq!(remade[0].0.width, 40);
            }
        }
        for (at, bit) in (0..file.len()).flat_map(|at| [(at, 1), (at, 0x80)]) {
            let mut other = file.clone();
            other[at] ^= bit;
            if let Ok(remade) = remake(&other) {
                assert!(remade.iter().all(|(size, _)| size.height <= Picture::HIGHEST));
            }
        }
    }
}
