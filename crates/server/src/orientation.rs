//! Which way up a photograph is to be shown: one tag from the beginning of its file.

/// Whether a browser turns this JPEG a quarter, so that what its file calls width is height on the
/// page: an Exif orientation of 5 to 8 (Exif 2.3, 4.6.4 A; CSS Images 3, `image-orientation`).
/// Anything that is not such a file is not turned.
pub fn is_on_its_side(file: &[u8]) -> bool {
    exif(file).and_then(orientation).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// The first Exif segment before the picture itself begins (JPEG: ITU-T T.81, B.1.1.3 and B.1.1.4;
/// APP1: Exif 2.3, 4.7.2). Every segment is longer than nothing, so the walk ends.
fn exif(file: &[u8]) -> Option<&[u8]> {
    const END: u8 = 0xd9;
    const SCAN: u8 = 0xda;
    const APP1: u8 = 0xe1;
    let mut rest = file.strip_prefix(b"\xff\xd8")?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        if marker == END || marker == SCAN {
            return None;
        }
        // The length counts its own two bytes, not those of the marker.
        let end = 2 + usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..end)?;
        if marker == APP1
            && let Some(exif) = segment.strip_prefix(b"Exif\0\0")
        {
            return Some(exif);
        }
        rest = &rest[end..];
    }
}

/// The orientation in the first directory of a TIFF file, which is what Exif is (TIFF 6.0, sections
/// 2 and 8): a tag of 12 bytes among at most 65,535.
fn orientation(tiff: &[u8]) -> Option<u16> {
    const ORIENTATION: u16 = 0x0112;
    const SHORT: u16 = 3;
    let smallest_first = match tiff.first_chunk()? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |b: [u8; 2]| if smallest_first { u16::from_le_bytes(b) } else { u16::from_be_bytes(b) };
    let long = |b: [u8; 4]| if smallest_first { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) };
    let at = usize::try_from(long(*tiff.get(4..)?.first_chunk()?)).ok()?;
    let (count, entries) = tiff.get(at..)?.split_first_chunk()?;
    entries.chunks_exact(12).take(short(*count).into()).find_map(|entry| {
        let (tag, kind) = (short([entry[0], entry[1]]), short([entry[2], entry[3]]));
        let number = long([entry[4], entry[5], entry[6], entry[7]]);
        ((tag, kind, number) == (ORIENTATION, SHORT, 1)).then(|| short([entry[8], entry[9]]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG up to where its picture would begin, with this in its APP1 segment.
    fn jpeg(app1: &[u8]) -> Vec<u8> {
        let length = u16::try_from(app1.len() + 2).unwrap().to_be_bytes();
        let jfif = b"\xff\xe0\0\x07JFIF\0";
        [b"\xff\xd8", &jfif[..], b"\xff\xe1", &length, app1, b"\xff\xda\0\x02"].concat()
    }

    /// Exif of two tags, the orientation behind the width, in either order of bytes.
    fn exif_of(orientation: u16, intel: bool) -> Vec<u8> {
        let short = |n: u16| if intel { n.to_le_bytes() } else { n.to_be_bytes() };
        let long = |n: u32| if intel { n.to_le_bytes() } else { n.to_be_bytes() };
        let mark = if intel { b"II*\0" } else { b"MM\0*" };
        let mut out = [&b"Exif\0\0"[..], mark, &long(8), &short(2)].concat();
        for (tag, value) in [(0x0100, 48), (0x0112, orientation)] {
            out.extend([&short(tag)[..], &short(3), &long(1), &short(value), &short(0)].concat());
        }
        out.extend(long(0));
        out
    }

    #[test]
    fn only_a_quarter_turn_lays_a_photograph_on_its_side() {
        for (orientation, intel) in (0..=9).flat_map(|n| [(n, true), (n, false)]) {
            let file = jpeg(&exif_of(orientation, intel));
            assert_eq!(is_on_its_side(&file), (5..=8).contains(&orientation), "{orientation} {intel}");
        }
    }

    #[test]
    fn what_is_no_such_tag_turns_nothing() {
        let turned = exif_of(6, true);
        let with = |at: usize, bytes: &[u8]| {
            let mut exif = turned.clone();
            exif[at..at + bytes.len()].copy_from_slice(bytes);
            jpeg(&exif)
        };
        // Two tags of 12 bytes stand behind `Exif\0\0`, the head of 8 bytes and the count of 2.
        let tag = 6 + 8 + 2 + 12;
        assert!(is_on_its_side(&with(tag, &[0x12, 0x01])));
        for (name, file) in [
            ("no Exif", jpeg(b"http://ns.adobe.com/xap/1.0/\0")),
            ("another order of bytes", with(6, b"JJ*\0")),
            ("a directory past the end", with(10, &u32::MAX.to_le_bytes())),
            ("a directory at the very end", with(10, &40_u32.to_le_bytes())),
            ("no tags", with(14, &[0, 0])),
            ("fewer tags", with(14, &[1, 0])),
            ("another tag", with(tag, &[0x13, 0x01])),
            ("a tag of another kind", with(tag + 2, &[4, 0])),
            ("two values", with(tag + 4, &[2])),
            ("behind the scan", [b"\xff\xd8\xff\xda\0\x02", &jpeg(&turned)[2..]].concat()),
            ("no JPEG", jpeg(&turned)[2..].to_vec()),
        ] {
            assert!(!is_on_its_side(&file), "{name}");
        }
        let more_tags_than_there_are = with(14, &[0xff, 0xff]);
        assert!(is_on_its_side(&more_tags_than_there_are));
    }

    #[test]
    fn no_bytes_bring_it_down() {
        let whole = jpeg(&exif_of(6, false));
        let told = whole.len() - b"\0\0\0\0\xff\xda\0\x02".len();
        for length in 0..whole.len() {
            // A segment that is cut off is not read.
            assert_eq!(is_on_its_side(&whole[..length]), length >= told + 4, "{length}");
        }
        for (at, byte) in (0..whole.len()).flat_map(|at| (0..=u8::MAX).map(move |byte| (at, byte))) {
            let mut file = whole.clone();
            file[at] = byte;
            let _either = is_on_its_side(&file);
        }
        for length in [[0, 0], [0, 1], [0, 2], [0xff, 0xff]] {
            let file = [b"\xff\xd8".to_vec(), [&b"\xff\xe1"[..], &length].concat().repeat(10_000)].concat();
            assert!(!is_on_its_side(&file), "{length:?}");
        }
    }
}
