//! A draft as the fields of a form, and back.

use std::collections::BTreeMap;

use super::{
    Consents, Draft, DraftHalf, Experience, Field, Half, HalfField, Intent, Promise, ShopAs, ShopGiven, Side,
};
use crate::Moment;

impl Draft {
    /// Takes a field of a form. Its name is that of [`Field::name`], or `consents.publish`, `.contact`,
    /// `.shop`; of gestures there may be many. `false` where there is no such field.
    pub fn set(&mut self, name: &str, value: String) -> bool {
        let place = match name {
            "intent" => &mut self.intent,
            "suggestion" => &mut self.suggestion,
            "name" => &mut self.name,
            "email" => &mut self.email,
            "lang" => &mut self.lang,
            "consents.publish" => return tick(&mut self.consents.publish, &value),
            "consents.contact" => return tick(&mut self.consents.contact, &value),
            "consents.shop" => return tick(&mut self.consents.shop, &value),
            _ => match name.split_once('.') {
                Some(("positive", field)) => return self.positive.set(field, value),
                Some(("negative", field)) => return self.negative.set(field, value),
                _ => return false,
            },
        };
        *place = value;
        true
    }

    /// What [`Self::set`] makes this draft of, in the order of the form; nothing that is empty.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        let mut add = |field: Field, value: &str| {
            if !value.is_empty() {
                fields.push((field.name(), value.to_owned()));
            }
        };
        add(Field::Intent, &self.intent);
        for side in [Side::Positive, Side::Negative] {
            self.half(side).fields(side, &mut add);
        }
        add(Field::Suggestion, &self.suggestion);
        add(Field::Name, &self.name);
        add(Field::Email, &self.email);
        add(Field::Lang, &self.lang);
        let Consents { publish, contact, shop } = self.consents;
        for (name, given) in [("publish", publish), ("contact", contact), ("shop", shop)] {
            if given {
                fields.push((format!("consents.{name}"), "yes".to_owned()));
            }
        }
        fields
    }

    /// What was sent in, ready to be changed.
    pub fn of(experience: &Experience) -> Self {
        let half = |side| {
            let half = experience.halves.iter().find(|half| half.side == side);
            half.map(DraftHalf::of).unwrap_or_default()
        };
        let sides: Vec<Side> = experience.halves.iter().map(|half| half.side).collect();
        let intent = match *sides {
            [] => Intent::Suggestion,
            [Side::Positive] => Intent::Positive,
            [Side::Negative] => Intent::Negative,
            _ => Intent::Pair,
        };
        Self {
            intent: intent.to_string(),
            positive: half(Side::Positive),
            negative: half(Side::Negative),
            suggestion: experience.suggestion.clone().unwrap_or_default(),
            name: experience.name.clone().unwrap_or_default(),
            email: experience.email.as_ref().map(|email| email.as_str().to_owned()).unwrap_or_default(),
            lang: experience.lang.to_string(),
            consents: experience.consents,
        }
    }
}

impl DraftHalf {
    fn set(&mut self, name: &str, value: String) -> bool {
        let place = match name {
            "story" => &mut self.story,
            "shop_as" => &mut self.shop_as,
            "shop" => &mut self.shop,
            "channel" => &mut self.channel,
            "promised" => &mut self.promised,
            "actual" => &mut self.actual,
            "solved" => &mut self.solved,
            "again" => &mut self.again,
            "witness" => &mut self.witness,
            "when" => &mut self.when,
            "gestures" => {
                self.gestures.push(value);
                return true;
            }
            _ => match name.strip_prefix("ratings.").and_then(|moment| moment.parse::<Moment>().ok()) {
                Some(moment) => self.ratings.entry(moment.to_string()).or_default(),
                None => return false,
            },
        };
        *place = value;
        true
    }

    fn fields(&self, side: Side, add: &mut impl FnMut(Field, &str)) {
        let at = |field| Field::Half(side, field);
        add(at(HalfField::Story), &self.story);
        add(at(HalfField::ShopAs), &self.shop_as);
        add(at(HalfField::Shop), &self.shop);
        add(at(HalfField::Channel), &self.channel);
        for (moment, rating) in &self.ratings {
            if let Ok(moment) = moment.parse() {
                add(at(HalfField::Rating(moment)), rating);
            }
        }
        add(at(HalfField::Promised), &self.promised);
        add(at(HalfField::Actual), &self.actual);
        for gesture in &self.gestures {
            add(at(HalfField::Gestures), gesture);
        }
        add(at(HalfField::Solved), &self.solved);
        add(at(HalfField::Again), &self.again);
        add(at(HalfField::Witness), &self.witness);
        add(at(HalfField::When), &self.when);
    }

    fn of(half: &Half) -> Self {
        let (shop_as, shop) = match &half.shop {
            ShopGiven::Named(shop) => (ShopAs::Named, shop.clone()),
            ShopGiven::Described(shop) => (ShopAs::Described, shop.clone()),
            ShopGiven::Unnamed => (ShopAs::Unnamed, String::new()),
        };
        let (promised, actual) = match half.promise {
            None => (String::new(), None),
            Some(Promise::Dates { promised, actual }) => {
                (promised.to_string(), actual.map(|day| day.to_string()))
            }
            Some(Promise::Days { promised, actual }) => {
                (promised.to_string(), actual.map(|days| days.to_string()))
            }
        };
        let word = |word: Option<String>| word.unwrap_or_default();
        Self {
            story: half.story.clone(),
            shop_as: shop_as.to_string(),
            shop,
            channel: word(half.channel.map(|word| word.to_string())),
            ratings: half
                .ratings
                .iter()
                .map(|(moment, rating)| (moment.to_string(), rating.get().to_string()))
                .collect::<BTreeMap<_, _>>(),
            promised,
            actual: word(actual),
            gestures: half.gestures.iter().map(ToString::to_string).collect(),
            solved: word(half.solved.map(|word| word.to_string())),
            again: word(half.again.map(|word| word.to_string())),
            witness: word(half.witness.map(|word| word.to_string())),
            when: word(half.when.map(|month| month.to_string())),
        }
    }
}

/// A box that was ticked; forms do not send those that were not.
fn tick(place: &mut bool, value: &str) -> bool {
    *place = !value.is_empty();
    true
}
