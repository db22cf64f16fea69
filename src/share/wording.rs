//! Words for what the domain calls by name.

use weerklank_domain::Lang;
use weerklank_domain::experience::{
    Again, Channel, Fault, Field, FieldFault, Gesture, Intent, ShopAs, Side, Solved, Witness, limits,
};
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

/// What personal data is called: `e-mailadres`.
pub(super) fn personal_words(lang: Lang, kind: PersonalData) -> &'static str {
    let words = Words::new(lang);
    match kind {
        PersonalData::Email => words.personal_email(),
        PersonalData::Phone => words.personal_phone(),
        PersonalData::Link => words.personal_link(),
        PersonalData::Iban => words.personal_iban(),
        PersonalData::Card => words.personal_card(),
        PersonalData::Bsn => words.personal_bsn(),
        PersonalData::Address => words.personal_address(),
        PersonalData::LicencePlate => words.personal_licence_plate(),
        PersonalData::Reference => words.personal_reference(),
        PersonalData::StaffName => words.personal_staff_name(),
    }
}

/// What stands in the place of personal data that was hidden: `e-mailadres verborgen`.
pub fn masked_words(lang: Lang, kind: PersonalData) -> String {
    Words::new(lang).share_masked(personal_words(lang, kind))
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

    pub(super) fn channel(self, channel: Channel) -> &'static str {
        match channel {
            Channel::Web => self.share_channel_web(),
            Channel::Store => self.share_channel_store(),
            Channel::Phone => self.share_channel_phone(),
        }
    }

    pub(super) fn gesture(self, gesture: Gesture) -> &'static str {
        match gesture {
            Gesture::Apology => self.share_gesture_apology(),
            Gesture::Explanation => self.share_gesture_explanation(),
            Gesture::Fix => self.share_gesture_fix(),
            Gesture::Replacement => self.share_gesture_replacement(),
            Gesture::Gift => self.share_gesture_gift(),
            Gesture::Discount => self.share_gesture_discount(),
            Gesture::Visit => self.share_gesture_visit(),
            Gesture::None => self.share_gesture_none(),
        }
    }

    pub(super) fn solved(self, solved: Solved) -> &'static str {
        match solved {
            Solved::Yes => self.share_solved_yes(),
            Solved::Partly => self.share_solved_partly(),
            Solved::No => self.share_solved_no(),
        }
    }

    pub(super) fn again(self, again: Again) -> &'static str {
        match again {
            Again::Yes => self.share_again_yes(),
            Again::Maybe => self.share_again_maybe(),
            Again::No => self.share_again_no(),
        }
    }

    pub(super) fn witness(self, witness: Witness) -> &'static str {
        match witness {
            Witness::Own => self.share_witness_own(),
            Witness::SecondHand => self.share_witness_second_hand(),
        }
    }
}
