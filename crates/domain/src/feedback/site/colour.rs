//! Colours, and whether they can be told apart.

use serde::{Deserialize, Serialize};

/// An opaque colour in sRGB. Typed as `#rgb` or `#rrggbb`, written as `#rrggbb` in small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(pub [u8; 3]);

/// A text that is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written #rgb or #rrggbb, such as #a23c1b")]
pub struct NoColour;

/// 1 (the same) to 21 (black on white): “contrast ratio” of WCAG 2.2, <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Contrast(pub f64);

impl Contrast {
    /// Text of any size: WCAG 2.2, success criterion 1.4.3 (AA).
    pub const TEXT: Self = Self(4.5);
    /// What shows where a control is and how it stands: success criterion 1.4.11 (AA).
    pub const CONTROL: Self = Self(3.0);
}

impl Colour {
    pub const WHITE: Self = Self([255; 3]);
    pub const BLACK: Self = Self([0; 3]);

    /// “Relative luminance” of WCAG 2.2, <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>: 0 (black) to 1.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    pub fn contrast(self, other: Self) -> Contrast {
        let (one, two) = (self.luminance(), other.luminance());
        Contrast((one.max(two) + 0.05) / (one.min(two) + 0.05))
    }

    /// This colour, or the nearest darker or lighter one of its hue that stands out so far from another: whichever
    /// of black and white stands out more from that is mixed in, 1/255 at a time.
    #[must_use]
    pub fn standing_out(self, from: Self, at_least: Contrast) -> Self {
        let towards = from.ink();
        let mixed = (0..=255).map(|part| self.mix(towards, part));
        mixed.into_iter().find(|colour| colour.contrast(from) >= at_least).unwrap_or(towards)
    }

    /// Black or white, whichever reads better on this. It has a contrast of 4.58 at least, whatever the colour: both are
    /// equal where the luminance is √(1.05 · 0.05) − 0.05 = 0.179.
    #[must_use]
    pub fn ink(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) { Self::WHITE } else { Self::BLACK }
    }

    /// `part` of 255 of another colour.
    fn mix(self, other: Self, part: u8) -> Self {
        let mut mixed = self.0;
        for (channel, to) in mixed.iter_mut().zip(other.0) {
            let (own, to, part) = (u32::from(*channel), u32::from(to), u32::from(part));
            *channel = u8::try_from((own * (255 - part) + to * part + 127) / 255).unwrap_or(u8::MAX);
        }
        Self(mixed)
    }
}

impl std::str::FromStr for Colour {
    type Err = NoColour;

    fn from_str(text: &str) -> Result<Self, NoColour> {
        let digits = text.trim().strip_prefix('#').ok_or(NoColour)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(NoColour);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| NoColour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        match digits.len() {
            6 => Ok(Self([red, green, blue])),
            // Each digit twice: #abc is #aabbcc.
            3 => Ok(Self([green & 15, blue >> 4, blue & 15].map(|digit| digit * 17))),
            _ => Err(NoColour),
        }
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

as_text!(Colour, NoColour);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn colours_are_read_short_and_long() {
        assert_eq!(colour("#1aF").to_string(), "#11aaff");
        assert_eq!(colour(" #A23C1B ").to_string(), "#a23c1b");
        for text in [
            "",
            "#",
            "a23c1b",
            "#12",
            "#1234",
            "#12345",
            "#1234567",
            "#ggg",
            "#+12",
            "red",
            "#é1",
            "rgb(0,0,0)",
        ] {
            assert_eq!(text.parse::<Colour>(), Err(NoColour), "{text}");
        }
    }

    /// Grey #767676 is the lightest that may be text on white: 4.54; #949494 the lightest control: 3.03.
    #[test]
    fn contrast_as_it_is_known() {
        let of = |one: &str, other: &str| (colour(one).contrast(colour(other)).0 * 100.0).round();
        assert!((of("#000", "#fff") - 2100.0).abs() < 0.5);
        assert!((of("#fff", "#fff") - 100.0).abs() < 0.5);
        assert!((of("#767676", "#fff") - 454.0).abs() < 0.5);
        assert!((of("#949494", "#ffffff") - 303.0).abs() < 0.5);
        assert!((of("#f00", "#fff") - 400.0).abs() < 0.5);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        #[test]
        fn whatever_the_colours_one_can_be_told_from_the_other(one: [u8; 3], other: [u8; 3]) {
            let (one, other) = (Colour(one), Colour(other));
            prop_assert!(one.contrast(one.ink()) >= Contrast::TEXT);
            for wanted in [Contrast::CONTROL, Contrast::TEXT] {
                let shifted = one.standing_out(other, wanted);
                prop_assert!(shifted.contrast(other) >= wanted, "{} on {}", shifted, other);
                if one.contrast(other) >= wanted {
                    prop_assert_eq!(shifted, one, "what stands out is left alone");
                }
                prop_assert_eq!(shifted.standing_out(other, wanted), shifted);
            }
            prop_assert_eq!(one.to_string().parse(), Ok(one));
        }
    }
}
