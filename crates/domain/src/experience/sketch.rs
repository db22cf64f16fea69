//! A few numbers that say how much two texts are alike, without the texts.

use std::array;

use unicode_normalization::UnicodeNormalization as _;

use super::Experience;
use crate::is_invisible;

/// A fingerprint of a text by which copies and near copies are found.
///
/// The text counts as the set of its pairs of neighbouring words, without regard to capitals, signs and
/// spaces. Of that set the sketch keeps, for each of [`Sketch::LENGTH`] orders, the smallest member (MinHash:
/// Broder, “On the resemblance and containment of documents”, 1997). The share of places in which two
/// sketches agree estimates how many pairs both texts have, of all that either has (Jaccard), with a
/// standard error of at most 0.1. Made in time linear in the text.
///
/// Databases keep the numbers: made in another way, they would have to be made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sketch([u32; Self::LENGTH]);

impl Sketch {
    pub const LENGTH: usize = 24;
    /// How many parts there are by which alike sketches are looked up.
    pub const BANDS: usize = 6;
    /// From how many hundredths on a text is much like another. A story of a hundred words in which ten
    /// are others has some 66.
    pub const ALIKE: u8 = 60;

    /// `None` where there is not a single word.
    pub fn of(text: &str) -> Option<Self> {
        let mut least = [u32::MAX; Self::LENGTH];
        let mut before = None;
        for word in words(text) {
            let pair = mixed(before.unwrap_or_default()) ^ word;
            before = Some(word);
            for (order, least) in (1_u64..).zip(&mut least) {
                *least = (*least).min(upper_half(mixed(pair ^ mixed(order))));
            }
        }
        before.map(|_| Self(least))
    }

    /// Of each text that stands in an experience.
    pub fn all(experience: &Experience) -> Vec<Self> {
        let stories = experience.halves.iter().map(|half| half.story.as_str());
        stories.chain(experience.suggestion.as_deref()).filter_map(Self::of).collect()
    }

    /// How much alike two texts are, in hundredths: 100 for copies.
    pub fn likeness(&self, other: &Self) -> u8 {
        let same = self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count();
        u8::try_from(same * 100 / Self::LENGTH).unwrap_or(100)
    }

    /// Numbers of which two texts that are much alike share at least one: with a probability of 95% at
    /// a likeness of 80, of 99.8% at 90. Texts that are unlike share none, but for one in a thousand.
    pub fn bands(&self) -> [i64; Self::BANDS] {
        const ROWS: usize = Sketch::LENGTH / Sketch::BANDS;
        array::from_fn(|band| {
            // The place of a band is part of it.
            let start = mixed(band as u64 + 1);
            let rows = &self.0[band * ROWS..][..ROWS];
            rows.iter().fold(start, |sum, least| mixed(sum ^ u64::from(*least))).cast_signed()
        })
    }

    /// As [`Self::from_bytes`] reads it.
    pub fn to_bytes(self) -> Vec<u8> {
        self.0.iter().flat_map(|least| least.to_le_bytes()).collect()
    }

    /// `None` for another number of bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks();
        let numbers: [[u8; 4]; Self::LENGTH] = numbers.try_into().ok()?;
        rest.is_empty().then(|| Self(numbers.map(u32::from_le_bytes)))
    }
}

/// The words of a text as numbers (FNV-1a, 64 bit). Forms that differ in their looks alone are one (NFKC,
/// UAX 15); what nobody sees is no part of them.
fn words(text: &str) -> impl Iterator<Item = u64> {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let mut characters =
        text.chars().filter(|c| !is_invisible(*c)).nfkc().flat_map(char::to_lowercase).fuse();
    std::iter::from_fn(move || {
        let first = characters.by_ref().find(|c| c.is_alphanumeric())?;
        let rest = characters.by_ref().take_while(|c| c.is_alphanumeric());
        let hashed = |hash: u64, c: char| (hash ^ u64::from(u32::from(c))).wrapping_mul(PRIME);
        Some(rest.fold(hashed(BASIS, first), hashed))
    })
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): each bit hangs on all bits.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

fn upper_half(number: u64) -> u32 {
    u32::try_from(number >> 32).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Ik bestelde een lamp en die zou op dinsdag komen. Op dinsdag bleef ik thuis, en er kwam \
        niemand. Woensdag belde ik de winkel: de lamp stond nog in het magazijn, want het adres was niet goed \
        overgenomen. De dame aan de telefoon zei sorry, en beloofde dat hij vrijdag kwam. Vrijdag stond er een \
        bezorger met twee lampen voor de deur. Eén ervan hoorde bij de buren. De andere deed het niet, en om hem \
        terug te sturen moest ik een formulier printen, terwijl ik geen printer heb.";

    fn sketch(text: &str) -> Sketch {
        Sketch::of(text).unwrap()
    }

    fn is_found(one: &Sketch, other: &Sketch) -> bool {
        one.bands().iter().any(|band| other.bands().contains(band))
    }

    #[test]
    fn a_copy_is_a_copy_whatever_its_looks() {
        let story = sketch(STORY);
        let loud = STORY.to_uppercase().replace(". ", "!!!\r\n\r\n");
        let hidden = STORY.replace("lamp", "la\u{200b}mp").replace("winkel", "\u{ff57}inkel");
        for copy in [STORY, &loud, &hidden] {
            assert_eq!(sketch(copy), story, "{copy}");
        }
        assert_eq!(story.likeness(&story), 100);
    }

    #[test]
    fn a_near_copy_is_found() {
        let words: Vec<&str> = STORY.split(' ').collect();
        let story = sketch(STORY);
        for changed in 0..words.len() {
            let mut near = words.clone();
            near[changed] = "kroonluchter";
            let near = sketch(&near.join(" "));
            assert!(near.likeness(&story) >= 80, "{changed}: {}", near.likeness(&story));
            assert!(is_found(&near, &story), "{changed}");
        }
        // With a sentence before it and one behind it, and its halves the other way round.
        let framed = sketch(&format!("Luister even mee. {STORY} Dat was het dan."));
        let (start, end) = words.split_at(words.len() / 2);
        let turned = sketch(&[end, start].concat().join(" "));
        for near in [framed, turned] {
            assert!(near.likeness(&story) >= Sketch::ALIKE && is_found(&near, &story));
        }
    }

    #[test]
    fn another_story_about_the_same_is_another() {
        let other = "Ik bestelde een lamp en die kwam op dinsdag, zoals de winkel had beloofd. De bezorger belde een \
            uur van tevoren, droeg hem naar boven en nam de doos mee terug. Toen bleek dat er een deuk in zat, was \
            één telefoontje genoeg: de dame zei sorry en de volgende dag stond er een nieuwe op de stoep.";
        for text in [other, "Ik bestelde een lamp.", "Top!", "I ordered a lamp and nobody came."] {
            let likeness = sketch(text).likeness(&sketch(STORY));
            assert!(likeness < Sketch::ALIKE / 2, "{likeness}: {text}");
        }
    }

    #[test]
    fn without_words_there_is_none() {
        for text in ["", " \n", "…!", "\u{200b}", "👍"] {
            assert_eq!(Sketch::of(text), None, "{text:?}");
        }
        assert_eq!(sketch("Top!").likeness(&sketch("top")), 100);
        assert_ne!(sketch("a b"), sketch("b a"));
    }

    #[test]
    fn it_is_kept_as_bytes() {
        let story = sketch(STORY);
        assert_eq!(Sketch::from_bytes(&story.to_bytes()), Some(story));
        for wrong in [0, 95, 97] {
            assert_eq!(Sketch::from_bytes(&vec![0; wrong]), None);
        }
        // What databases hold stays what it is.
        assert_eq!(sketch("een twee").bands()[0], 942_240_653_612_517_630);
    }
}
