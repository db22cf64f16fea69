//! How large a picture is, from the beginning of its file: nothing is decoded.

use quick_xml::{Reader, events::Event};

use crate::orientation::is_on_its_side;

/// Width and height in CSS pixels of a PNG, JPEG, GIF, WebP or SVG as a browser takes them; `None`
/// where it is none of these, says no size, or says one of no pixels.
pub fn image_size(path: &str, body: &[u8]) -> Option<(u32, u32)> {
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let (width, height) = match extension.as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" => {
            let size = imagesize::blob_size(body).ok()?;
            let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
            if is_on_its_side(body) { (height, width) } else { (width, height) }
        }
        "svg" => svg_size(body)?,
        _ => return None,
    };
    (width > 0 && height > 0).then_some((width, height))
}

/// The size that the outermost element gives in pixels. A `viewBox` alone has a shape and no size:
/// such a drawing is as wide as there is room (SVG 2, section 8.2), which no number here would say.
fn svg_size(body: &[u8]) -> Option<(u32, u32)> {
    let mut reader = Reader::from_reader(body);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(root) | Event::Empty(root) => {
                let pixels = |name: &str| {
                    let value = root.try_get_attribute(name).ok()??;
                    let value = value.value.trim();
                    let value = value.strip_suffix("px").unwrap_or(value);
                    // HTML wants whole pixels.
                    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
                    let is_number = fraction.bytes().all(|b| b.is_ascii_digit());
                    whole.parse::<u16>().ok().filter(|_| is_number).map(u32::from)
                };
                let is_drawing = root.local_name().as_ref() == "svg";
                return is_drawing.then(|| Some((pixels("width")?, pixels("height")?))).flatten();
            }
            Event::Eof => return None,
            _ => buffer.clear(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_say_their_size_in_pixels() {
        for (svg, size) in [
            ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"540\"/>", Some((960, 540))),
            (
                "<?xml version=\"1.0\"?>\n<!-- <svg width=\"1\"> -->\n<!DOCTYPE svg>\n<svg height=\"9.6px\" width=' 20 '>",
                Some((20, 9)),
            ),
            ("<s:svg xmlns:s=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"4\">", Some((3, 4))),
            ("<svg viewBox=\"0 0 480 270\"/>", None),
            ("<svg width=\"100%\" height=\"10em\"/>", None),
            ("<svg width=\"0\" height=\"10\"/>", None),
            ("<svg width=\"-3\" height=\"10\"/>", None),
            ("<svg width=\"1e99\" height=\"NaN\"/>", None),
            ("<html width=\"3\" height=\"4\"/>", None),
            ("<svg width=\"3\" height=\"4", None),
            ("", None),
        ] {
            assert_eq!(image_size("/a.svg", svg.as_bytes()), size, "{svg}");
        }
    }

    #[test]
    fn photographs_say_it_at_their_beginning() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\x90\x08\x06\0\0\0";
        let gif = b"GIF89a\x05\0\x06\0\0\0\0";
        let jpeg = b"\xff\xd8\xff\xe0\0\x04\0\0\xff\xc0\0\x11\x08\0\x20\0\x30\x03";
        assert_eq!(image_size("/a.png", png), Some((640, 400)));
        assert_eq!(image_size("/a.GIF", gif), Some((5, 6)));
        assert_eq!(image_size("/a.jpeg", jpeg), Some((48, 32)));
        // As a telephone held upright writes it: across, and to be turned a quarter.
        let upright =
            b"\xff\xd8\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let upright = [&upright[..], &jpeg[2..]].concat();
        assert_eq!(image_size("/a.jpg", &upright), Some((32, 48)));
        assert_eq!(image_size("/a.png", &png[..12]), None);
        assert_eq!(image_size("/a.txt", png), None);
        assert_eq!(
            image_size("/a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\x01\x90\x08\x06\0\0\0"),
            None
        );
    }

    #[test]
    fn the_boards_own_pictures_are_known() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/images");
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let size = image_size(&path.to_string_lossy(), &std::fs::read(&path).unwrap());
            assert_eq!(size, Some((960, 540)), "{}", path.display());
        }
    }
}
