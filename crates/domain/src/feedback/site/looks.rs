//! How the form looks in a shop's page.

use serde::{Deserialize, Serialize};

use super::{Colour, Contrast};
use crate::UnknownWord;
use crate::feedback::field::{Faults, number};
use crate::feedback::{FeedbackFault, FeedbackFaults};

vocabulary! {
    /// Which of the two surfaces the form has.
    Theme {
        /// As the visitor's system is set.
        Auto = "auto",
        Light = "light",
        Dark = "dark",
    }
}

vocabulary! {
    /// What the form stands on.
    Surface { Light = "light", Dark = "dark" }
}

impl Surface {
    /// Its colour. The form's stylesheet has the same, and no picture behind it: contrast is worked out with these.
    pub const fn colour(self) -> Colour {
        match self {
            Self::Light => Colour::WHITE,
            Self::Dark => Colour([0x1d, 0x15, 0x11]),
        }
    }
}

/// The handful of settings that a shop has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looks {
    pub theme: Theme,
    /// As the shop wants it; what is shown of it is [`Looks::paint`].
    pub accent: Colour,
    /// Of corners, in CSS pixels: 0 to [`Looks::ROUNDEST`].
    pub radius: Radius,
    /// Whether the form takes over the font that the page names.
    pub inherit_font: bool,
}

/// CSS pixels, 0 to [`Looks::ROUNDEST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Radius(u8);

/// Rounder than there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a corner has a radius of 0 to {} pixels", Looks::ROUNDEST)]
pub struct TooRound;

/// The colours of a surface in which the accent can be seen and read by who sees less well (WCAG 2.2 AA).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    pub surface: Colour,
    /// Of a button, a chosen score, a ring of focus: stands out from the surface by 3:1 at least. The shop's accent
    /// where that can, else the nearest darker or lighter one of its hue.
    pub accent: Colour,
    /// White or black, of text on the accent: 4.5:1 at least.
    pub on_accent: Colour,
    /// The accent as text, such as a link: stands out from the surface by 4.5:1 at least.
    pub accent_text: Colour,
}

impl Looks {
    /// CSS pixels.
    pub const ROUNDEST: u8 = 24;

    pub fn paint(&self, surface: Surface) -> Paint {
        let surface = surface.colour();
        let accent = self.accent.standing_out(surface, Contrast::CONTROL);
        let accent_text = self.accent.standing_out(surface, Contrast::TEXT);
        Paint { surface, accent, on_accent: accent.ink(), accent_text }
    }

    /// Whether the shop's accent is shown as it is on every surface that its theme has.
    pub fn keeps_accent(&self) -> bool {
        let surfaces: &[Surface] = match self.theme {
            Theme::Auto => Surface::ALL,
            Theme::Light => &[Surface::Light],
            Theme::Dark => &[Surface::Dark],
        };
        surfaces.iter().all(|surface| self.paint(*surface).accent == self.accent)
    }
}

/// The board's own.
impl Default for Looks {
    fn default() -> Self {
        Self {
            theme: Theme::Auto,
            accent: Colour([0xa2, 0x3c, 0x1b]),
            radius: Radius(8),
            inherit_font: false,
        }
    }
}

impl Radius {
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Radius {
    type Error = TooRound;

    fn try_from(pixels: u8) -> Result<Self, TooRound> {
        if pixels <= Looks::ROUNDEST { Ok(Self(pixels)) } else { Err(TooRound) }
    }
}

impl From<Radius> for u8 {
    fn from(radius: Radius) -> Self {
        radius.0
    }
}

/// What was typed of looks, in a form or as `data-theme` and so on; what is empty is as it is by default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LooksDraft {
    /// A word of [`Theme`].
    pub theme: String,
    /// `#rgb` or `#rrggbb`.
    pub accent: String,
    /// CSS pixels.
    pub radius: String,
    pub inherit_font: bool,
}

impl LooksDraft {
    /// The one place where it becomes looks. `default` is what holds for what is empty: those of the site where
    /// a page says something else.
    pub fn check(&self, default: Looks) -> Result<Looks, FeedbackFaults> {
        let mut faults = Faults::default();
        let theme = or(&self.theme, default.theme, |typed| typed.parse().ok())
            .ok_or(("theme", FeedbackFault::UnknownWord));
        let accent = or(&self.accent, default.accent, |typed| typed.parse().ok())
            .ok_or(("accent", FeedbackFault::NotAColour));
        let radius = or(&self.radius, default.radius, |typed| number::<u8>(typed)?.try_into().ok())
            .ok_or(("radius", FeedbackFault::OutOfRange { min: 0, max: Looks::ROUNDEST.into() }));
        for (field, fault) in [theme.err(), accent.err(), radius.err()].into_iter().flatten() {
            faults.add(field, fault);
        }
        faults.none_or(|| {
            Some(Looks {
                theme: theme.ok()?,
                accent: accent.ok()?,
                radius: radius.ok()?,
                inherit_font: self.inherit_font || default.inherit_font,
            })
        })
    }
}

fn or<T>(typed: &str, default: T, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    match typed.trim() {
        "" => Some(default),
        typed => read(typed),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn looks(accent: &str) -> Looks {
        Looks { accent: accent.parse().unwrap(), ..Looks::default() }
    }

    #[test]
    fn an_accent_that_can_be_seen_stays_as_it_is() {
        let terracotta = looks("#a23c1b").paint(Surface::Light);
        assert_eq!((terracotta.accent, terracotta.on_accent), (Colour([0xa2, 0x3c, 0x1b]), Colour::WHITE));
        let apricot = looks("#f2a074").paint(Surface::Dark);
        assert_eq!((apricot.accent, apricot.on_accent), (Colour([0xf2, 0xa0, 0x74]), Colour::BLACK));
        assert!(Looks { theme: Theme::Dark, ..looks("#f2a074") }.keeps_accent());
        assert!(!looks("#f2a074").keeps_accent(), "not where the visitor's system is light");
    }

    #[test]
    fn an_accent_that_cannot_be_seen_is_shifted_by_as_little_as_will_do() {
        let yellow = looks("#ffe600").paint(Surface::Light);
        let contrast = yellow.accent.contrast(Colour::WHITE).0;
        assert!((3.0..3.1).contains(&contrast), "{contrast}");
        let [red, green, blue] = yellow.accent.0;
        assert!(red > green && green > 100 && blue == 0, "it is a yellow still: {}", yellow.accent);
        let navy = looks("#000080").paint(Surface::Dark);
        let contrast = navy.accent.contrast(Surface::Dark.colour()).0;
        assert!((3.0..3.1).contains(&contrast), "{contrast}");
        assert_eq!(
            looks("#fff").paint(Surface::Light).accent.0,
            [0x94; 3],
            "known as the lightest grey for it"
        );
    }

    #[test]
    fn looks_are_typed_and_have_limits() {
        let typed = |theme: &str, accent: &str, radius: &str| {
            let (theme, accent, radius) = (theme.to_owned(), accent.to_owned(), radius.to_owned());
            LooksDraft { theme, accent, radius, inherit_font: false }.check(Looks::default())
        };
        assert_eq!(typed("", " ", ""), Ok(Looks::default()));
        let dark = typed("dark", "#1aF", "24").unwrap();
        assert_eq!(
            (dark.theme, dark.accent.to_string(), dark.radius.get()),
            (Theme::Dark, "#11aaff".to_owned(), 24)
        );
        let faults = typed("rood", "url(x)", "25").unwrap_err();
        let faults: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.fault.code())).collect();
        assert_eq!(
            faults,
            [("theme", "unknown-word"), ("accent", "not-a-colour"), ("radius", "out-of-range")]
        );
        let json = serde_json::to_string(&dark).unwrap();
        assert_eq!(json, r##"{"theme":"dark","accent":"#11aaff","radius":24,"inherit_font":false}"##);
        assert_eq!(serde_json::from_str::<Looks>(&json).unwrap(), dark);
        assert!(serde_json::from_str::<Looks>(&json.replace("24", "25")).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        #[test]
        fn every_accent_can_be_seen_and_read(accent: [u8; 3]) {
            let looks = Looks { accent: Colour(accent), ..Looks::default() };
            for surface in Surface::ALL {
                let paint = looks.paint(*surface);
                prop_assert!(paint.accent.contrast(paint.surface) >= Contrast::CONTROL);
                prop_assert!(paint.on_accent.contrast(paint.accent) >= Contrast::TEXT);
                prop_assert!(paint.accent_text.contrast(paint.surface) >= Contrast::TEXT);
            }
        }
    }
}
