//! What was typed, and what becomes of it.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::field::{Fault, Field, FieldFault, HalfField};
use super::{
    Consents, Email, Experience, Gesture, Half, Intent, Month, Promise, Rating, ShopAs, ShopGiven, Side, text,
};
use crate::once::once;
use crate::{Date, Lang, Moment};

/// How much of each there may be, in characters where nothing else is said.
pub mod limits {
    pub const STORY: usize = 12_000;
    pub const SUGGESTION: usize = 4_000;
    pub const SHOP: usize = 120;
    pub const NAME: usize = 80;
    /// Days of a promise: ten years.
    pub const DAYS: u16 = 3_650;
    /// Days after which an e-mail address is forgotten that nobody confirmed.
    pub const CONFIRM_DAYS: i64 = 30;
}

/// What a reader has typed so far: text as it came, words of lists perhaps unknown, everything
/// optional. Keeps what it does not understand, so that a form can show it again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// A word of [`Intent`]; where it is empty, what was told decides.
    pub intent: String,
    pub positive: DraftHalf,
    pub negative: DraftHalf,
    pub suggestion: String,
    pub name: String,
    pub email: String,
    /// A word of [`Lang`].
    pub lang: String,
    pub consents: Consents,
}

/// One side of a [`Draft`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DraftHalf {
    pub story: String,
    /// A word of [`ShopAs`]; where it is empty, a shop that is given is named.
    pub shop_as: String,
    pub shop: String,
    /// A word of [`super::Channel`].
    pub channel: String,
    /// Of a word of [`Moment`], `1` to `5`; empty where it was not touched.
    #[serde(deserialize_with = "once")]
    pub ratings: BTreeMap<String, String>,
    /// `2026-05-01`, or a number of days.
    pub promised: String,
    /// The same; empty where it has not come.
    pub actual: String,
    /// Words of [`Gesture`].
    pub gestures: Vec<String>,
    /// A word of [`super::Solved`].
    pub solved: String,
    /// A word of [`super::Again`].
    pub again: String,
    /// A word of [`super::Witness`].
    pub witness: String,
    /// `2026-05`, or a day.
    pub when: String,
}

impl Draft {
    /// What is meant to be sent: as was chosen, else what was told. `None` where nothing was.
    pub fn intent(&self) -> Option<Intent> {
        if let Ok(intent) = self.intent.parse() {
            return Some(intent);
        }
        match (self.positive.is_told(), self.negative.is_told()) {
            (true, true) => Some(Intent::Pair),
            (true, false) => Some(Intent::Positive),
            (false, true) => Some(Intent::Negative),
            (false, false) => (!self.suggestion.trim().is_empty()).then_some(Intent::Suggestion),
        }
    }

    pub fn half(&self, side: Side) -> &DraftHalf {
        match side {
            Side::Positive => &self.positive,
            Side::Negative => &self.negative,
        }
    }

    pub fn half_mut(&mut self, side: Side) -> &mut DraftHalf {
        match side {
            Side::Positive => &mut self.positive,
            Side::Negative => &mut self.negative,
        }
    }

    /// What was typed as an experience, or everything that is wrong with it, in the order of the form.
    /// `today` is the day in Amsterdam; what happened cannot lie after it.
    ///
    /// Nothing but the story is asked for; of a side that was not chosen nothing is looked at.
    pub fn check(&self, today: Date) -> Result<Experience, Vec<FieldFault>> {
        let mut faults = Faults::default();
        let intent =
            if self.intent.is_empty() { self.intent() } else { faults.word(Field::Intent, &self.intent) };
        let sides: &[Side] = match intent {
            Some(Intent::Positive) => &[Side::Positive],
            Some(Intent::Negative) => &[Side::Negative],
            Some(Intent::Pair) => &[Side::Positive, Side::Negative],
            Some(Intent::Suggestion) => &[],
            None => {
                if faults.0.is_empty() {
                    faults.add(Field::Intent, Fault::Missing);
                }
                &[]
            }
        };
        let halves = sides.iter().map(|&side| self.half(side).check(side, today, &mut faults)).collect();
        let suggestion = text::lines(&self.suggestion);
        if intent == Some(Intent::Suggestion) && suggestion.is_empty() {
            faults.add(Field::Suggestion, Fault::Missing);
        }
        faults.length(Field::Suggestion, &suggestion, limits::SUGGESTION);
        let name = text::line(&self.name);
        faults.length(Field::Name, &name, limits::NAME);
        let email = text::line(&self.email);
        let address: Option<Email> = email.parse().ok();
        if !email.is_empty() && address.is_none() {
            faults.add(Field::Email, Fault::NotAnEmail);
        } else if self.consents.contact && address.is_none() {
            faults.add(Field::Email, Fault::NowhereToWrite);
        }
        let lang = if self.lang.is_empty() { Some(Lang::Nl) } else { faults.word(Field::Lang, &self.lang) };
        faults.none_or(|| Experience {
            halves,
            suggestion: filled(suggestion),
            name: filled(name),
            email: address,
            lang: lang.unwrap_or(Lang::Nl),
            consents: self.consents,
        })
    }
}

impl DraftHalf {
    fn is_told(&self) -> bool {
        !self.story.trim().is_empty()
    }

    fn check(&self, side: Side, today: Date, faults: &mut Faults) -> Half {
        let at = |field| Field::Half(side, field);
        let story = text::lines(&self.story);
        if story.is_empty() {
            faults.add(at(HalfField::Story), Fault::Missing);
        }
        faults.length(at(HalfField::Story), &story, limits::STORY);
        let when = self.when.trim();
        let when = (!when.is_empty()).then(|| match when.parse::<Month>() {
            Ok(month) if month.first_day() > today => {
                faults.add(at(HalfField::When), Fault::Future);
                None
            }
            Ok(month) => Some(month),
            Err(_) => {
                faults.add(at(HalfField::When), Fault::NotAMonth);
                None
            }
        });
        Half {
            side,
            story,
            shop: self.shop(at, faults),
            channel: faults.choice(at(HalfField::Channel), &self.channel),
            ratings: self.ratings(at, faults),
            promise: self.promise(at, today, faults),
            gestures: self.gestures(at, faults),
            solved: faults.choice(at(HalfField::Solved), &self.solved),
            again: faults.choice(at(HalfField::Again), &self.again),
            witness: faults.choice(at(HalfField::Witness), &self.witness),
            when: when.flatten(),
        }
    }

    fn shop(&self, at: impl Fn(HalfField) -> Field, faults: &mut Faults) -> ShopGiven {
        let shop = text::line(&self.shop);
        let how = match faults.choice(at(HalfField::ShopAs), &self.shop_as) {
            None if shop.is_empty() => ShopAs::Unnamed,
            None => ShopAs::Named,
            Some(how) => how,
        };
        if how == ShopAs::Unnamed {
            return ShopGiven::Unnamed;
        }
        if shop.is_empty() {
            faults.add(at(HalfField::Shop), Fault::ShopMissing);
        }
        faults.length(at(HalfField::Shop), &shop, limits::SHOP);
        if how == ShopAs::Named { ShopGiven::Named(shop) } else { ShopGiven::Described(shop) }
    }

    fn ratings(&self, at: impl Fn(HalfField) -> Field, faults: &mut Faults) -> Vec<(Moment, Rating)> {
        let mut ratings = Vec::new();
        for (moment, rating) in &self.ratings {
            let Ok(moment) = moment.parse::<Moment>() else {
                faults.add(at(HalfField::Ratings), Fault::UnknownWord);
                continue;
            };
            match rating.trim() {
                "" => {}
                rating => match rating.parse().ok().filter(|_| rating.len() == 1).and_then(Rating::new) {
                    Some(rating) => ratings.push((moment, rating)),
                    None => faults.add(at(HalfField::Rating(moment)), Fault::NotARating),
                },
            }
        }
        ratings.sort_unstable();
        ratings
    }

    fn promise(&self, at: impl Fn(HalfField) -> Field, today: Date, faults: &mut Faults) -> Option<Promise> {
        let mut time = |field: HalfField, typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => Time::read(typed).map(Some).map_err(|fault| faults.add(at(field), fault)),
        };
        let (promised, actual) =
            (time(HalfField::Promised, &self.promised), time(HalfField::Actual, &self.actual));
        let (Ok(promised), Ok(actual)) = (promised, actual) else { return None };
        match (promised, actual) {
            (None, None) => None,
            (None, Some(_)) => {
                faults.add(at(HalfField::Promised), Fault::NoPromise);
                None
            }
            (Some(_), Some(Time::Day(actual))) if actual > today => {
                faults.add(at(HalfField::Actual), Fault::Future);
                None
            }
            (Some(Time::Day(promised)), None) => Some(Promise::Dates { promised, actual: None }),
            (Some(Time::Days(promised)), None) => Some(Promise::Days { promised, actual: None }),
            (Some(Time::Day(promised)), Some(Time::Day(actual))) => {
                Some(Promise::Dates { promised, actual: Some(actual) })
            }
            (Some(Time::Days(promised)), Some(Time::Days(actual))) => {
                Some(Promise::Days { promised, actual: Some(actual) })
            }
            (Some(_), Some(_)) => {
                faults.add(at(HalfField::Actual), Fault::MixedTimes);
                None
            }
        }
    }

    fn gestures(&self, at: impl Fn(HalfField) -> Field, faults: &mut Faults) -> Vec<Gesture> {
        let words = self.gestures.iter().filter(|word| !word.is_empty());
        let mut gestures: Vec<Gesture> =
            words.filter_map(|word| faults.word(at(HalfField::Gestures), word)).collect();
        gestures.sort_unstable();
        gestures.dedup();
        if gestures.len() > 1 && gestures.contains(&Gesture::None) {
            faults.add(at(HalfField::Gestures), Fault::NoneAndSome);
        }
        gestures
    }
}

/// A point in time of a promise.
enum Time {
    Day(Date),
    Days(u16),
}

impl Time {
    fn read(typed: &str) -> Result<Self, Fault> {
        if !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit()) {
            let days = typed.parse().ok().filter(|days| *days <= limits::DAYS);
            return days.map(Self::Days).ok_or(Fault::TooManyDays);
        }
        typed.parse().map(Self::Day).map_err(|_| Fault::NotATime)
    }
}

#[derive(Default)]
struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, field: Field, fault: Fault) {
        self.0.push(FieldFault { field, fault });
    }

    fn length(&mut self, field: Field, text: &str, max: usize) {
        let found = text.chars().count();
        if found > max {
            self.add(field, Fault::TooLong { max, found });
        }
    }

    fn word<W: FromStr>(&mut self, field: Field, typed: &str) -> Option<W> {
        let word = typed.parse().ok();
        if word.is_none() {
            self.add(field, Fault::UnknownWord);
        }
        word
    }

    /// As [`Self::word`]; nothing typed is nothing chosen.
    fn choice<W: FromStr>(&mut self, field: Field, typed: &str) -> Option<W> {
        if typed.is_empty() { None } else { self.word(field, typed) }
    }

    fn none_or<T>(self, value: impl FnOnce() -> T) -> Result<T, Vec<FieldFault>> {
        if self.0.is_empty() { Ok(value()) } else { Err(self.0) }
    }
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
