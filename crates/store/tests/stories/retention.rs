//! Addresses to which nothing is written are forgotten.

use time::Duration;
use weerklank_domain::desk::{Role, Verdict};
use weerklank_domain::experience::{Draft, DraftHalf, limits::CONFIRM_DAYS};
use weerklank_domain::voice::limits::SHOP_ADDRESS_DAYS;
use weerklank_store::{Confirm, NewExperience, Received, Said};
use weerklank_test_support::build::{column, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::{editor, hash};
use crate::drafts::{accepted_with, begin, sheet};
use crate::voice::{comment, decide, new};
use crate::{import, now, today};

on_every_database!(
    an_address_that_nobody_confirms_is_forgotten,
    an_address_that_nobody_was_asked_about_is_kept,
    another_address_has_its_own_time,
    the_address_of_a_shop_is_forgotten_when_nothing_follows,
);

const DAY: i64 = 24 * 60 * 60;

fn story(email: &str) -> weerklank_domain::experience::Experience {
    let negative = DraftHalf { story: "Drie weken gewacht.".to_owned(), ..DraftHalf::default() };
    let draft = Draft { negative, email: email.to_owned(), ..Draft::default() };
    draft.check(today()).unwrap()
}

async fn send(db: &TestDatabase, number: u8, confirm: &Confirm) {
    let experience = story("kwal@voorbeeld.example");
    let new = NewExperience {
        key: hash(number),
        confirm: Some(confirm),
        ..crate::experiences::new(number, &experience)
    };
    let received = db.store.receive_experience(&new, now(0)).await.unwrap();
    assert!(matches!(received, Received::New(_)));
}

/// Lets what may leave at that moment leave; how many mails that are.
async fn post(db: &TestDatabase, at: i64) -> usize {
    let due = db.store.take_due_mails(9, Duration::MINUTE, now(at)).await.unwrap();
    for mail in &due {
        db.store.mail_sent(mail, now(at)).await.unwrap();
    }
    due.len()
}

async fn an_address_that_nobody_was_asked_about_is_kept(db: TestDatabase) {
    send(&db, 21, &crate::experiences::confirm(21)).await;
    import(&db.store, &column("een")).await;
    let (een, asked) = (slug("een"), crate::experiences::confirm(23));
    let said = weerklank_domain::voice::Comment {
        email: Some("lezer@voorbeeld.example".parse().unwrap()),
        ..comment("Herken ik.")
    };
    db.store.receive_comment(&new(&een, 1, Some(&asked)), (&said, None), today(), now(0)).await.unwrap();
    let server = 400 * DAY;
    assert_eq!(db.store.forget_unconfirmed(now(server)).await.unwrap(), 0, "there is no mail server yet");
    assert_eq!(post(&db, server).await, 2);
    let limit = server + CONFIRM_DAYS * DAY;
    assert_eq!(db.store.forget_unconfirmed(now(limit)).await.unwrap(), 0, "not a second before");
    assert_eq!(db.store.forget_unconfirmed(now(limit + 1)).await.unwrap(), 2);
}

async fn an_address_that_nobody_confirms_is_forgotten(db: TestDatabase) {
    let (one, other) = (crate::experiences::confirm(21), crate::experiences::confirm(22));
    send(&db, 21, &one).await;
    send(&db, 22, &other).await;
    assert!(db.store.confirm_address(&other.hash, now(5)).await.unwrap());
    import(&db.store, &column("een")).await;
    let (een, asked) = (slug("een"), crate::experiences::confirm(23));
    let said = weerklank_domain::voice::Comment {
        email: Some("lezer@voorbeeld.example".parse().unwrap()),
        ..comment("Herken ik.")
    };
    let Said::New(id) =
        db.store.receive_comment(&new(&een, 1, Some(&asked)), (&said, None), today(), now(0)).await.unwrap()
    else {
        panic!("it is new")
    };
    // One is sent, one is given up.
    let due = db.store.take_due_mails(9, Duration::MINUTE, now(0)).await.unwrap();
    assert_eq!(due.len(), 3);
    db.store.mail_failed(&due[0], "550", None, now(0)).await.unwrap();
    for mail in &due[1..] {
        db.store.mail_sent(mail, now(0)).await.unwrap();
    }
    let limit = CONFIRM_DAYS * DAY;
    assert_eq!(db.store.forget_unconfirmed(now(limit)).await.unwrap(), 0, "not a second before");
    assert_eq!(db.store.forget_unconfirmed(now(limit + 1)).await.unwrap(), 2);
    assert_eq!(db.store.forget_unconfirmed(now(limit + 1)).await.unwrap(), 0);
    let mine = async |number| {
        let own = db.store.experience_by_secret(&hash(number), now(limit + 2)).await.unwrap().unwrap();
        (own.stored.experience.email.is_some(), own.stored.experience.halves.len())
    };
    assert_eq!((mine(21).await, mine(22).await), ((false, 1), (true, 1)), "the story stays");
    assert_eq!(db.store.link_secret(id).await.unwrap(), None);
    assert!(!db.store.confirm_address(&one.hash, now(limit + 3)).await.unwrap());
    assert!(!db.store.confirm_address(&asked.hash, now(limit + 3)).await.unwrap());
}

async fn another_address_has_its_own_time(db: TestDatabase) {
    send(&db, 21, &crate::experiences::confirm(21)).await;
    let (later, confirm) = (CONFIRM_DAYS * DAY, crate::experiences::confirm(24));
    let changed = story("ander@voorbeeld.example");
    db.store.correct_experience(&hash(21), &changed, Some(&confirm), &[], now(later)).await.unwrap();
    assert_eq!(post(&db, later).await, 1, "what was to go to the first one does not");
    assert_eq!(db.store.forget_unconfirmed(now(later + 1)).await.unwrap(), 0);
    assert_eq!(db.store.forget_unconfirmed(now(2 * later + 1)).await.unwrap(), 1);
}

async fn the_address_of_a_shop_is_forgotten_when_nothing_follows(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Chief).await;
    let experience = accepted_with(&db, 21, "Drie weken gewacht.", true, anna).await;
    let draft = begin(&db, &sheet("Wachten", "Drie weken.\n"), &[experience], anna).await;
    let (_, silent) = crate::replies::ask(&db, (draft, 31), "Kwal & Co", anna, 0).await;
    let (_, answering) = crate::replies::ask(&db, (draft, 32), "Zeester", anna, 0).await;
    crate::replies::answer(&db, 32, "Het spijt ons.", DAY).await;
    let closed = 14 * DAY;
    let limit = SHOP_ADDRESS_DAYS * DAY;
    assert_eq!(db.store.forget_shop_addresses(now(closed + limit)).await.unwrap(), 0);
    assert_eq!(db.store.forget_shop_addresses(now(closed + limit + 1)).await.unwrap(), 1, "the other waits");
    let has_address = async |id| {
        let replies = db.store.replies(draft).await.unwrap();
        replies.iter().find(|reply| reply.id == id).unwrap().has_address
    };
    assert!(!has_address(silent).await && has_address(answering).await);
    let decided = closed + limit + 2;
    decide(&db, answering, anna, Verdict::Accept, decided).await;
    assert_eq!(db.store.forget_shop_addresses(now(decided + limit)).await.unwrap(), 0, "it may appeal");
    assert_eq!(db.store.forget_shop_addresses(now(decided + limit + 1)).await.unwrap(), 1);
    assert!(!has_address(answering).await);
}
