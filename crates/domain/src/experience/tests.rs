use super::*;
use crate::Date;

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn told(story: &str) -> Draft {
    Draft { negative: DraftHalf { story: story.to_owned(), ..DraftHalf::default() }, ..Draft::default() }
}

fn faults(draft: &Draft) -> Vec<(String, Fault)> {
    let faults = draft.check(today()).expect_err("something is wrong");
    faults.into_iter().map(|FieldFault { field, fault }| (field.name(), fault)).collect()
}

#[test]
fn a_story_alone_is_enough() {
    let experience = told(" Ze kwamen niet.\r\nNooit.\u{202e} ").check(today()).unwrap();
    assert_eq!(experience.halves.len(), 1);
    let half = &experience.halves[0];
    assert_eq!((half.side, &*half.story), (Side::Negative, "Ze kwamen niet.\nNooit."));
    assert_eq!((half.shop.clone(), half.promise, half.when), (ShopGiven::Unnamed, None, None));
    assert_eq!((experience.name, experience.email, experience.lang), (None, None, Lang::Nl));
    assert_eq!(experience.consents, Consents::default());
}

#[test]
fn nothing_told_is_the_only_thing_missing() {
    assert_eq!(faults(&Draft::default()), [("intent".to_owned(), Fault::Missing)]);
    let pair = Draft { intent: "pair".to_owned(), ..told("Wel verteld") };
    assert_eq!(faults(&pair), [("positive.story".to_owned(), Fault::Missing)]);
    let suggestion = Draft { intent: "suggestion".to_owned(), ..Draft::default() };
    assert_eq!(faults(&suggestion), [("suggestion".to_owned(), Fault::Missing)]);
    let unseen = Draft { intent: "negative".to_owned(), ..told("\u{200b}\u{202e} ") };
    assert_eq!(faults(&unseen), [("negative.story".to_owned(), Fault::Missing)]);
}

#[test]
fn what_was_told_says_what_is_meant() {
    let both = Draft { positive: told("Goed").negative, ..told("Slecht") };
    assert_eq!(both.intent(), Some(Intent::Pair));
    let sides: Vec<Side> = both.check(today()).unwrap().halves.iter().map(|half| half.side).collect();
    assert_eq!(sides, [Side::Positive, Side::Negative]);
    // What was not chosen is not looked at, and not lost from the draft.
    let one = Draft { intent: "positive".to_owned(), ..both };
    assert_eq!(one.check(today()).unwrap().halves.len(), 1);
    let idea = Draft { suggestion: "Bel terug.".to_owned(), ..Draft::default() };
    let idea = idea.check(today()).unwrap();
    assert_eq!((idea.halves.len(), idea.suggestion.as_deref()), (0, Some("Bel terug.")));
}

fn full() -> Draft {
    let mut draft = told("De lamp kwam laat.");
    let half = &mut draft.negative;
    half.shop = " Lampen\u{200b}huis\tNoord ".to_owned();
    half.channel = "web".to_owned();
    for (moment, rating) in [("return", "2"), ("delivery", "1"), ("contact", "")] {
        half.ratings.insert(moment.to_owned(), rating.to_owned());
    }
    (half.promised, half.actual) = ("2026-02-27".to_owned(), "2026-03-02".to_owned());
    half.gestures = ["gift", "apology", "gift"].map(str::to_owned).to_vec();
    half.solved = "partly".to_owned();
    half.again = "maybe".to_owned();
    half.witness = "second-hand".to_owned();
    half.when = "2026-02-27".to_owned();
    draft.name = "J. \u{2066}Kwal".to_owned();
    draft.email = " kwal@voorbeeld.example ".to_owned();
    draft.lang = "en".to_owned();
    draft.consents = Consents { publish: true, contact: true, shop: false };
    draft
}

#[test]
fn everything_that_can_be_said_arrives() {
    let experience = full().check(today()).unwrap();
    let half = &experience.halves[0];
    assert_eq!(half.shop, ShopGiven::Named("Lampenhuis Noord".to_owned()));
    let ratings: Vec<_> = half.ratings.iter().map(|(moment, rating)| (*moment, rating.get())).collect();
    assert_eq!(ratings, [(Moment::Delivery, 1), (Moment::Return, 2)]);
    assert_eq!(half.promise.and_then(Promise::days_late), Some(3), "over the end of a month");
    assert_eq!(half.gestures, [Gesture::Apology, Gesture::Gift]);
    assert_eq!(half.when.unwrap().to_string(), "2026-02", "no finer than a month");
    assert_eq!(experience.name.as_deref(), Some("J. Kwal"));
    assert_eq!(experience.email.unwrap().as_str(), "kwal@voorbeeld.example");
}

#[test]
fn a_draft_goes_through_a_form_and_back() {
    let both = Draft { positive: full().negative, suggestion: "Bel eerder.".to_owned(), ..full() };
    let mut again = Draft::default();
    for (name, value) in both.fields() {
        assert!(again.set(&name, value), "{name}");
    }
    // Nothing was rated for contact, and a form says nothing of that.
    for half in [&both.positive, &both.negative] {
        assert_eq!(half.ratings["contact"], "");
    }
    let mut both = both;
    both.positive.ratings.remove("contact");
    both.negative.ratings.remove("contact");
    assert_eq!(again, both);
    for name in
        ["", "story", "positive", "positive.", "neutral.story", "positive.ratings.koffie", "consents.all"]
    {
        assert!(!again.set(name, "x".to_owned()), "{name}");
    }
    assert_eq!(again, both);
}

#[test]
fn what_was_sent_can_be_changed_and_sent_again() {
    let suggestion = Draft { suggestion: "Bel terug.".to_owned(), ..Draft::default() };
    let pair = Draft { positive: full().negative, ..full() };
    let mut days = told("Verteld.");
    (days.negative.promised, days.negative.actual) = ("2".to_owned(), "10".to_owned());
    for draft in [told("Kort."), full(), suggestion, pair, days] {
        let experience = draft.check(today()).unwrap();
        assert_eq!(Draft::of(&experience).check(today()), Ok(experience));
    }
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    let with = |change: &dyn Fn(&mut Draft)| {
        let mut draft = told("Verteld.");
        change(&mut draft);
        faults(&draft)
    };
    let one = |name: &str, fault| vec![(name.to_owned(), fault)];
    assert_eq!(with(&|d| d.intent = "beide".into()), one("intent", Fault::UnknownWord));
    assert_eq!(
        with(&|d| d.negative.story = "é".repeat(limits::STORY + 1)),
        one("negative.story", Fault::TooLong { max: limits::STORY, found: limits::STORY + 1 })
    );
    assert_eq!(with(&|d| d.negative.channel = "fax".into()), one("negative.channel", Fault::UnknownWord));
    for rating in ["0", "6", "+3", "drie", "3.5", "999"] {
        let wrong = with(&|d| {
            d.negative.ratings.insert("refund".into(), rating.into());
        });
        assert_eq!(wrong, one("negative.ratings.refund", Fault::NotARating), "{rating}");
    }
    let unknown = with(&|d| {
        d.negative.ratings.insert("koffie".into(), "3".into());
    });
    assert_eq!(unknown, one("negative.ratings", Fault::UnknownWord));
    let promise = |promised: &str, actual: &str| {
        with(&|d| (d.negative.promised, d.negative.actual) = (promised.into(), actual.into()))
    };
    assert_eq!(promise("morgen", ""), one("negative.promised", Fault::NotATime));
    assert_eq!(promise("", "2026-05-01"), one("negative.promised", Fault::NoPromise));
    assert_eq!(promise("3", "2026-05-01"), one("negative.actual", Fault::MixedTimes));
    assert_eq!(promise("3", "99999"), one("negative.actual", Fault::TooManyDays));
    assert_eq!(promise("2026-11-20", "2026-11-23"), one("negative.actual", Fault::Future));
    assert_eq!(with(&|d| d.negative.when = "2026-12".into()), one("negative.when", Fault::Future));
    assert_eq!(with(&|d| d.negative.when = "mei".into()), one("negative.when", Fault::NotAMonth));
    assert_eq!(
        with(&|d| d.negative.gestures = vec!["none".into(), "gift".into()]),
        one("negative.gestures", Fault::NoneAndSome)
    );
    assert_eq!(with(&|d| d.negative.shop_as = "described".into()), one("negative.shop", Fault::ShopMissing));
    assert_eq!(with(&|d| d.consents.contact = true), one("email", Fault::NowhereToWrite));
    assert_eq!(with(&|d| d.lang = "de".into()), one("lang", Fault::UnknownWord));
    let name = with(&|d| d.name = "n".repeat(limits::NAME + 1));
    assert_eq!(name, one("name", Fault::TooLong { max: limits::NAME, found: limits::NAME + 1 }));
}

#[test]
fn a_promise_is_kept_early_or_late_or_not_yet() {
    let promise = |promised: &str, actual: &str| {
        let mut draft = told("Verteld.");
        (draft.negative.promised, draft.negative.actual) = (promised.to_owned(), actual.to_owned());
        draft.check(today()).unwrap().halves[0].promise.and_then(Promise::days_late)
    };
    assert_eq!(promise("2026-05-01", "2026-05-01"), Some(0));
    assert_eq!(promise("2026-05-01", "2026-04-28"), Some(-3));
    assert_eq!(promise("2", "10"), Some(8));
    assert_eq!(promise("2026-12-01", ""), None, "promised, and still to come");
}

#[test]
fn addresses_that_no_mail_reaches_are_refused() {
    for text in ["a@b.nl", "jan.o'neil+winkel@post.voorbeeld.example", "björn@exämple.org", "x@a-b.co"] {
        assert!(text.parse::<Email>().is_ok(), "{text}");
    }
    let long = format!("{}@b.nl", "a".repeat(65));
    for text in [
        "",
        "a",
        "@b.nl",
        "a@",
        "a@b",
        "a@b..nl",
        "a@-b.nl",
        ".a@b.nl",
        "a.@b.nl",
        "a b@c.nl",
        "a@b.nl\nBcc: x@y.nl",
        "a@b.nl, c@d.nl",
        "<a@b.nl>",
        "a@127.0.0.1",
        "a@b.nl\r",
        "\"a\"@b.nl",
        &long,
    ] {
        assert!(text.parse::<Email>().is_err(), "{text:?}");
    }
}

#[test]
fn a_draft_survives_its_journey() {
    let mut draft = told("Verteld.");
    draft.negative.ratings.insert("koffie".to_owned(), "zeven".to_owned());
    let json = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<Draft>(&json).unwrap(), draft);
    assert!(serde_json::from_str::<Draft>("{\"negatief\": {}}").is_err(), "a slip in a name is said");
    let twice = "{\"negative\": {\"ratings\": {\"contact\": \"1\", \"contact\": \"5\"}}}";
    assert!(serde_json::from_str::<Draft>(twice).is_err());
    assert_eq!(serde_json::from_str::<Draft>("{}").unwrap(), Draft::default());
}
