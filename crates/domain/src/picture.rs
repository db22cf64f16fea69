//! A picture that the board keeps, by what its address says.

use std::fmt;
use std::str::FromStr;

/// A picture, in one of the sizes in which it is kept. Its name says all that a page has to know before it
/// arrives, so drawing one asks nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Picture {
    /// The first half of the SHA-256 of its largest size, as it is kept.
    pub hash: [u8; 16],
    /// CSS pixels, 1 to [`Picture::WIDEST`].
    pub width: u32,
    /// CSS pixels, 1 to [`Picture::HIGHEST`].
    pub height: u32,
}

/// What a name ends in.
const ENDING: &str = ".webp";
/// Bytes before it, at most.
const LONGEST: usize = 32 + "-1600x6400".len();

/// A text that names no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no name of a picture")]
pub struct NoPicture;

impl Picture {
    /// CSS pixels: the room of a column twice over, as sharp screens want it.
    pub const WIDEST: u32 = 1_600;
    /// CSS pixels: four times as high as wide; what is higher is made narrower.
    pub const HIGHEST: u32 = 4 * Self::WIDEST;
    /// Narrower ones than the widest, where a picture is wider than they are: a telephone, and a sharp one.
    const NARROWER: [u32; 2] = [480, 960];

    /// The largest size in which a picture of so many pixels is kept: never larger than it is.
    pub fn fitting(width: u32, height: u32) -> (u32, u32) {
        let (width, height) = (width.max(1), height.max(1));
        let narrow = Self::WIDEST.min(width);
        let (narrow, low) = (narrow, scaled(height, narrow, width));
        if low <= Self::HIGHEST {
            (narrow, low)
        } else {
            (scaled(width, Self::HIGHEST, height), Self::HIGHEST)
        }
    }

    /// The sizes in which a picture is kept whose largest is this one, the smallest first, itself the last.
    pub fn sizes(self) -> impl Iterator<Item = Self> {
        let narrower = Self::NARROWER.into_iter().filter(move |width| *width < self.width);
        narrower
            .map(move |width| Self { width, height: scaled(self.height, width, self.width), ..self })
            .chain([self])
    }

    /// The pictures that a text names, one as often as it is named, wherever their addresses begin.
    pub fn in_text(text: &str) -> impl Iterator<Item = Self> + '_ {
        text.match_indices(ENDING).filter_map(|(at, _)| {
            let before = &text.as_bytes()[..at];
            let is_part = |b: &&u8| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-' | b'x');
            let start = at - before.iter().rev().take(LONGEST).take_while(is_part).count();
            text[start..at + ENDING.len()].parse().ok()
        })
    }

    /// The smallest size that is at least so wide; the largest where none is.
    #[must_use]
    pub fn at_least(self, width: u32) -> Self {
        self.sizes().find(|size| size.width >= width).unwrap_or(self)
    }
}

/// `length * to / from`, rounded, at least 1.
fn scaled(length: u32, to: u32, from: u32) -> u32 {
    let (length, to, from) = (u64::from(length), u64::from(to), u64::from(from.max(1)));
    u32::try_from((length * to + from / 2) / from).unwrap_or(u32::MAX).max(1)
}

/// `0123456789abcdef0123456789abcdef-960x540.webp`
impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.hash {
            write!(f, "{byte:02x}")?;
        }
        write!(f, "-{}x{}{ENDING}", self.width, self.height)
    }
}

impl FromStr for Picture {
    type Err = NoPicture;

    /// A picture has one name: nothing else than what [`fmt::Display`] writes is one.
    fn from_str(text: &str) -> Result<Self, NoPicture> {
        let (hash, size) = text.split_once('-').ok_or(NoPicture)?;
        let (width, height) =
            size.strip_suffix(ENDING).and_then(|size| size.split_once('x')).ok_or(NoPicture)?;
        let number = |text: &str, most: u32| {
            let number: u32 = text.parse().map_err(|_| NoPicture)?;
            let is_written_so = text.starts_with(|c: char| ('1'..='9').contains(&c));
            (is_written_so && number <= most).then_some(number).ok_or(NoPicture)
        };
        let mut bytes = [0; 16];
        if hash.len() != 32 || !hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(NoPicture);
        }
        for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&hash[at..at + 2], 16).map_err(|_| NoPicture)?;
        }
        Ok(Self { hash: bytes, width: number(width, Self::WIDEST)?, height: number(height, Self::HIGHEST)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "000102030405060708090a0b0c0d0eff-1600x901.webp";

    #[test]
    fn a_picture_has_one_name() {
        let picture: Picture = NAME.parse().unwrap();
        assert_eq!((picture.width, picture.height, picture.hash[15]), (1600, 901, 0xff));
        assert_eq!(picture.to_string(), NAME);
        for wrong in [
            "",
            "-1x1.webp",
            "000102030405060708090a0b0c0d0eff-1600x901.WEBP",
            "000102030405060708090a0b0c0d0eff-1600x901.jpg",
            "000102030405060708090A0B0C0D0EFF-1600x901.webp",
            "000102030405060708090a0b0c0d0ef-1600x901.webp",
            "000102030405060708090a0b0c0d0eff-1601x901.webp",
            "000102030405060708090a0b0c0d0eff-1600x6401.webp",
            "000102030405060708090a0b0c0d0eff-0x901.webp",
            "000102030405060708090a0b0c0d0eff-+16x901.webp",
            "000102030405060708090a0b0c0d0eff-016x901.webp",
            "000102030405060708090a0b0c0d0eff-16x.webp",
            "000102030405060708090a0b0c0d0eff-16x99999999999.webp",
            "ééééééééééééééééé-16x9.webp",
            "../../../../../../etc/passwd-1x1.webp",
        ] {
            assert_eq!(wrong.parse::<Picture>(), Err(NoPicture), "{wrong}");
        }
    }

    #[test]
    fn pictures_are_found_in_a_text() {
        let small = NAME.replace("1600x901", "480x270");
        let text = format!(
            "![a](/pictures/{NAME}) é{small} {{\"src\":\"/pictures/{NAME}\"}} .webp x.webp {}.webp",
            "a".repeat(90)
        );
        assert_eq!(
            Picture::in_text(&text).map(|picture| picture.to_string()).collect::<Vec<_>>(),
            [NAME, &small, NAME]
        );
        assert_eq!(Picture::in_text("").count(), 0);
    }

    #[test]
    fn no_size_is_larger_than_the_picture() {
        for (width, height, fitting) in [
            (4000, 3000, (1600, 1200)),
            (640, 400, (640, 400)),
            (1, 1, (1, 1)),
            (65_535, 1, (1600, 1)),
            (1000, 40_000, (160, 6400)),
            (3, 65_535, (1, 6400)),
        ] {
            assert_eq!(Picture::fitting(width, height), fitting, "{width}x{height}");
        }
        let sizes = |width, height| {
            let picture = Picture { hash: [0; 16], width, height };
            picture.sizes().map(|size| (size.width, size.height)).collect::<Vec<_>>()
        };
        assert_eq!(sizes(1600, 901), [(480, 270), (960, 541), (1600, 901)]);
        assert_eq!(sizes(960, 1), [(480, 1), (960, 1)]);
        assert_eq!(sizes(480, 300), [(480, 300)]);
        let picture: Picture = NAME.parse().unwrap();
        assert_eq!([1, 480, 481, 5000].map(|width| picture.at_least(width).width), [480, 480, 960, 1600]);
    }
}
