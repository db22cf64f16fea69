//! Words for what the domain calls by name.

use weerklank_domain::Lang;
use weerklank_domain::experience::{Fault, Field, FieldFault, Intent, ShopAs, Side, limits};
use weerklank_domain::shield::PersonalData;

use crate::words::Words;

/// What is wrong with a field and how to mend it, in `lang`.
pub fn fault_words(lang: Lang, fault: FieldFault) -> String {
    let words = Words::new(lang);
    match fault.fault {
        Fault::Missing if fault.field == Field::Intent => words.fault_missing_intent().to_owned(),
        Fault::Missing => words.fault_missing().to_owned(),
        Fault::TooLong { max, found } => words.fault_too_long(&number(words, found), &number(words, max)),
        Fault::UnknownWord => words.fault_unknown_word().to_owned(),
        Fault::NotARating => words.fault_not_a_rating().to_owned(),
        Fault::NotAnEmail => words.fault_not_an_email().to_owned(),
        Fault::NotATime => words.fault_not_a_time().to_owned(),
        Fault::MixedTimes => words.fault_mixed_times().to_owned(),
        Fault::TooManyDays => words.fault_too_many_days(&number(words, usize::from(limits::DAYS))),
        Fault::NotAMonth => words.fault_not_a_month().to_owned(),
        Fault::Future => words.fault_future().to_owned(),
        Fault::NoneAndSome => words.fault_none_and_some().to_owned(),
        Fault::NoPromise => words.fault_no_promise().to_owned(),
        Fault::NowhereToWrite => words.fault_nowhere_to_write().to_owned(),
        Fault::ShopMissing => words.fault_shop_missing().to_owned(),
    }
}

fn number(words: Words, number: usize) -> String {
    words.number(number as u64)
}

/// What stands in the place of personal data that was hidden: `e-mailadres verborgen`.
pub fn masked_words(lang: Lang, kind: PersonalData) -> String {
    let words = Words::new(lang);
    words.share_masked(words.personal(kind))
}

impl Words {
    pub(super) fn intent(self, intent: Intent) -> &'static str {
        match intent {
            Intent::Positive => self.share_intent_positive(),
            Intent::Negative => self.share_intent_negative(),
            Intent::Pair => self.share_intent_pair(),
            Intent::Suggestion => self.share_intent_suggestion(),
        }
    }

    pub(super) fn story(self, side: Side) -> &'static str {
        match side {
            Side::Positive => self.share_story_positive(),
            Side::Negative => self.share_story_negative(),
        }
    }

    pub(super) fn details(self, side: Side) -> &'static str {
        match side {
            Side::Positive => self.share_details_positive(),
            Side::Negative => self.share_details_negative(),
        }
    }

    pub(super) fn shop_as(self, shop_as: ShopAs) -> &'static str {
        match shop_as {
            ShopAs::Named => self.share_shop_as_named(),
            ShopAs::Described => self.share_shop_as_described(),
            ShopAs::Unnamed => self.share_shop_as_unnamed(),
        }
    }
}
