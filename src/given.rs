//! What was told about an experience beside its story, in words: for its sender and for editors.

use weerklank_domain::experience::{Again, Channel, Gesture, Half, Promise, ShopGiven, Solved, Witness};

use crate::words::Words;

/// The answers that were given, each with its question, in the order of the form.
pub(crate) fn given(words: Words, half: &Half) -> Vec<(&'static str, String)> {
    let shop = match &half.shop {
        ShopGiven::Named(shop) | ShopGiven::Described(shop) => Some(shop.clone()),
        ShopGiven::Unnamed => None,
    };
    let gestures: Vec<&str> = half.gestures.iter().map(|gesture| words.gesture(*gesture)).collect();
    let text = |word: Option<&'static str>| word.map(ToOwned::to_owned);
    let mut facts = vec![(words.share_shop_label(), shop)];
    facts.extend(
        half.ratings
            .iter()
            .map(|(moment, rating)| (words.moment(*moment), Some(format!("{} / 5", rating.get())))),
    );
    facts.extend([
        (words.share_channel(), text(half.channel.map(|word| words.channel(word)))),
        (words.share_promise(), half.promise.map(|promise| kept(words, promise))),
        (words.share_gestures(), (!gestures.is_empty()).then(|| gestures.join(", "))),
        (words.share_solved(), text(half.solved.map(|word| words.solved(word)))),
        (words.share_again(), text(half.again.map(|word| words.again(word)))),
        (words.share_witness(), text(half.witness.map(|word| words.witness(word)))),
        (words.share_when(), half.when.map(|month| month.to_string())),
    ]);
    facts.into_iter().filter_map(|(question, answer)| Some((question, answer?))).collect()
}

fn kept(words: Words, promise: Promise) -> String {
    match promise.days_late() {
        None => words.mine_not_yet().to_owned(),
        Some(0) => words.mine_on_time().to_owned(),
        Some(days) => {
            let count = words.mine_days(u64::from(days.unsigned_abs()));
            if days > 0 { words.mine_late(&count) } else { words.mine_early(&count) }
        }
    }
}

impl Words {
    pub(crate) fn channel(self, channel: Channel) -> &'static str {
        match channel {
            Channel::Web => self.share_channel_web(),
            Channel::Store => self.share_channel_store(),
            Channel::Phone => self.share_channel_phone(),
        }
    }

    pub(crate) fn gesture(self, gesture: Gesture) -> &'static str {
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

    pub(crate) fn solved(self, solved: Solved) -> &'static str {
        match solved {
            Solved::Yes => self.share_solved_yes(),
            Solved::Partly => self.share_solved_partly(),
            Solved::No => self.share_solved_no(),
        }
    }

    pub(crate) fn again(self, again: Again) -> &'static str {
        match again {
            Again::Yes => self.share_again_yes(),
            Again::Maybe => self.share_again_maybe(),
            Again::No => self.share_again_no(),
        }
    }

    pub(crate) fn witness(self, witness: Witness) -> &'static str {
        match witness {
            Witness::Own => self.share_witness_own(),
            Witness::SecondHand => self.share_witness_second_hand(),
        }
    }
}
