use time::Duration;
use weerklank_domain::Lang;
use weerklank_domain::experience::Experience;
use weerklank_store::{Asked, AskedAddress, DueMail, MailCounts, Received};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::experiences::{confirm, found_in, hash, pair, receive, story};
use crate::now;

on_every_database!(
    an_address_brings_a_mail_and_a_retry_none,
    a_mail_is_one_program_s_at_a_time,
    many_programs_share_what_is_due,
    what_was_sent_is_forgotten_and_stays_sent,
    what_fails_waits_and_then_is_given_up,
    who_lost_the_lease_changes_nothing,
    who_takes_their_time_keeps_the_mail,
    another_address_starts_anew,
    an_address_is_its_reader_s_to_confirm,
    an_address_is_its_reader_s_to_refuse,
    a_sender_asks_again_within_limits,
    erasing_takes_the_mails_along,
);

const LEASE: Duration = Duration::MINUTE;

async fn take(db: &TestDatabase, at: i64) -> Vec<DueMail> {
    db.store.take_due_mails(10, LEASE, now(at)).await.unwrap()
}

async fn counts(db: &TestDatabase) -> (u64, u64, u64) {
    let MailCounts { waiting, unconfirmed, dead } = db.store.mail_counts().await.unwrap();
    (waiting, unconfirmed, dead)
}

fn with_email(email: &str) -> Experience {
    Experience { email: Some(email.parse().unwrap()), ..pair() }
}

async fn an_address_brings_a_mail_and_a_retry_none(db: TestDatabase) {
    let Received::New(id) = receive(&db, 1, &pair()).await else { panic!("not new") };
    receive(&db, 1, &pair()).await;
    receive(&db, 2, &story("Zonder adres.")).await;
    assert_eq!(counts(&db).await, (1, 0, 0));
    assert_eq!(db.store.link_secret(id).await.unwrap().as_deref(), Some("geheim-1"));
    let mails = take(&db, 0).await;
    let [mail] = &*mails else { panic!("{mails:?}") };
    let text = confirm(1).mail;
    assert_eq!(mail.to, "kwal@voorbeeld.example");
    assert_eq!(
        (&mail.subject, &mail.text, &mail.html, mail.lang),
        (&text.subject, &text.text, &text.html, text.lang)
    );
    assert_eq!(mail.message_id, format!("{}@board.example", mail.id));
    assert_eq!((mail.attempts, mail.created_at, mail.leased_until), (1, now(0), now(60)));
}

async fn a_mail_is_one_program_s_at_a_time(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    let first = take(&db, 10).await.remove(0);
    assert_eq!(take(&db, 69).await, []);
    // Whoever had it is gone: the same mail, under the same name.
    let again = take(&db, 70).await.remove(0);
    assert_eq!((&again.message_id, again.attempts), (&first.message_id, 2));
}

async fn many_programs_share_what_is_due(db: TestDatabase) {
    for number in 0..40 {
        receive(&db, number, &pair()).await;
    }
    let taking: Vec<_> = (0..8)
        .map(|_| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let mails = store.take_due_mails(3, LEASE, now(0)).await.unwrap();
                    if mails.is_empty() {
                        return taken;
                    }
                    taken.extend(mails.into_iter().map(|mail| mail.id));
                }
            })
        })
        .collect();
    let mut all = Vec::new();
    for taken in taking {
        all.extend(taken.await.unwrap());
    }
    all.sort_unstable();
    let once = all.len();
    all.dedup();
    assert_eq!((once, all.len()), (40, 40));
}

async fn what_was_sent_is_forgotten_and_stays_sent(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    let mail = take(&db, 0).await.remove(0);
    // The lease has ended, and still it was sent.
    db.store.mail_sent(&mail, now(90)).await.unwrap();
    db.store.mail_failed(&mail, "too late", Some(now(91)), now(90)).await.unwrap();
    assert_eq!(take(&db, 1_000).await, []);
    assert_eq!(counts(&db).await, (0, 0, 0));
}

async fn what_fails_waits_and_then_is_given_up(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    let mail = take(&db, 0).await.remove(0);
    db.store.mail_failed(&mail, "451 later", Some(now(300)), now(1)).await.unwrap();
    assert_eq!(take(&db, 299).await, []);
    let again = take(&db, 300).await.remove(0);
    assert_eq!((again.attempts, &again.message_id), (2, &mail.message_id));
    db.store.mail_failed(&again, "550 nobody", None, now(301)).await.unwrap();
    assert_eq!(take(&db, 100_000).await, []);
    assert_eq!(counts(&db).await, (0, 0, 1));

    let dead = db.store.dead_mails(10).await.unwrap().remove(0);
    assert!(dead.cause.starts_with("confirm:"), "{dead:?}");
    assert_eq!(
        (dead.to.as_str(), dead.last_error.as_str(), dead.attempts, dead.dead_at),
        ("kwal@voorbeeld.example", "550 nobody", 2, now(301))
    );
    assert!(db.store.retry_mail(dead.id, now(400)).await.unwrap());
    assert!(!db.store.retry_mail(dead.id, now(400)).await.unwrap());
    let revived = take(&db, 400).await.remove(0);
    assert_eq!((revived.attempts, revived.not_before), (1, now(400)));
    assert_eq!(revived.message_id, mail.message_id);
}

async fn who_lost_the_lease_changes_nothing(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    let slow = take(&db, 0).await.remove(0);
    let quick = take(&db, 60).await.remove(0);
    db.store.mail_failed(&slow, "the line broke", None, now(61)).await.unwrap();
    assert_eq!(counts(&db).await, (1, 0, 0));
    db.store.mail_sent(&quick, now(62)).await.unwrap();
    assert_eq!(counts(&db).await, (0, 0, 0));
}

async fn who_takes_their_time_keeps_the_mail(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    let mut mails = take(&db, 0).await;
    db.store.keep_mails(&mut mails, LEASE, now(50)).await.unwrap();
    assert_eq!(mails[0].leased_until, now(110));
    assert_eq!(take(&db, 109).await, []);
    // What is somebody else's by now is not kept.
    assert_eq!(take(&db, 110).await.len(), 1);
    db.store.keep_mails(&mut mails, LEASE, now(111)).await.unwrap();
    assert_eq!(mails[0].leased_until, now(110));
}

async fn another_address_starts_anew(db: TestDatabase) {
    let Received::New(id) = receive(&db, 1, &pair()).await else { panic!("not new") };
    // The same one again asks nothing again.
    db.store.correct_experience(&hash(1), &pair(), Some(&confirm(2)), &[], now(1)).await.unwrap();
    assert_eq!(counts(&db).await, (1, 0, 0));
    let other = with_email("ander@voorbeeld.example");
    db.store.correct_experience(&hash(1), &other, Some(&confirm(3)), &[], now(2)).await.unwrap();
    let mails = take(&db, 2).await;
    let [mail] = &*mails else { panic!("{mails:?}") };
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("ander@voorbeeld.example", "Subject 3"));
    let none = Experience { email: None, ..pair() };
    db.store.correct_experience(&hash(1), &none, None, &[], now(3)).await.unwrap();
    assert_eq!(counts(&db).await, (0, 0, 0));
    assert_eq!(db.store.link_secret(id).await.unwrap(), None);
}

async fn erasing_takes_the_mails_along(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    let mail = take(&db, 0).await.remove(0);
    db.store.erase_experience(&hash(1), &[], now(0)).await.unwrap();
    db.store.mail_sent(&mail, now(1)).await.unwrap();
    assert_eq!(counts(&db).await, (0, 0, 0));
}

async fn an_address_is_its_reader_s_to_confirm(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    let asked = |confirmed_at| AskedAddress {
        email: "kwal@voorbeeld.example".to_owned(),
        lang: Lang::En,
        confirmed_at,
    };
    let asked_with = confirm(1).hash;
    assert_eq!(db.store.asked_address(&asked_with).await.unwrap(), Some(asked(None)));
    assert!(db.store.confirm_address(&asked_with, now(5)).await.unwrap());
    assert!(db.store.confirm_address(&asked_with, now(6)).await.unwrap());
    assert_eq!(db.store.asked_address(&asked_with).await.unwrap(), Some(asked(Some(now(5)))));
    let stored = db.store.experience_by_secret(&hash(1), now(0)).await.unwrap().unwrap().stored;
    assert_eq!(stored.confirmed_at, Some(now(5)));
    // A correction that leaves the address leaves it confirmed.
    db.store.correct_experience(&hash(1), &pair(), None, &[], now(7)).await.unwrap();
    assert_eq!(db.store.asked_address(&asked_with).await.unwrap(), Some(asked(Some(now(5)))));
    // The sender's own secret confirms nothing, nor does a stranger's.
    for stranger in [hash(1), confirm(2).hash] {
        assert_eq!(db.store.asked_address(&stranger).await.unwrap(), None);
        assert!(!db.store.confirm_address(&stranger, now(5)).await.unwrap());
        assert!(!db.store.refuse_address(&stranger).await.unwrap());
    }
}

async fn an_address_is_its_reader_s_to_refuse(db: TestDatabase) {
    for (number, by_sender) in [(1, false), (2, true)] {
        let Received::New(id) = receive(&db, number, &pair()).await else { panic!("not new") };
        let asked_with = confirm(number).hash;
        let secret = hash(number);
        let gone = if by_sender {
            db.store.forget_address(&secret).await.unwrap()
        } else {
            db.store.refuse_address(&asked_with).await.unwrap()
        };
        assert!(gone);
        assert_eq!(db.store.asked_address(&asked_with).await.unwrap(), None);
        assert_eq!(db.store.link_secret(id).await.unwrap(), None);
        let stored = db.store.experience_by_secret(&secret, now(0)).await.unwrap().unwrap().stored.experience;
        assert_eq!((stored.email, stored.consents.contact), (None, false));
        assert_eq!(stored.halves, pair().halves);
        assert_eq!(counts(&db).await, (0, 0, 0));
    }
    if let Some(file) = db.url.path() {
        assert!(!found_in(file, "kwal@voorbeeld.example"));
    }
    assert!(!db.store.forget_address(&hash(3)).await.unwrap());
}

async fn a_sender_asks_again_within_limits(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    let again = async |at| db.store.ask_address_again(&hash(1), &confirm(1), now(at)).await.unwrap();
    assert_eq!(again(60).await, Some(Asked::TooSoon));
    for turn in 1..5 {
        assert_eq!(again(turn * 121).await, Some(Asked::Again));
    }
    assert_eq!(again(3_600).await, Some(Asked::TooSoon), "five a day");
    for mail in take(&db, 3_600).await {
        db.store.mail_sent(&mail, now(3_600)).await.unwrap();
    }
    // Nor does another address help to write to more people.
    db.store
        .correct_experience(
            &hash(1),
            &with_email("ander@voorbeeld.example"),
            Some(&confirm(2)),
            &[],
            now(3_600),
        )
        .await
        .unwrap();
    assert_eq!(counts(&db).await, (0, 0, 0));
    assert_eq!(again(90_000).await, Some(Asked::Again));
    assert_eq!(take(&db, 90_000).await[0].to, "ander@voorbeeld.example");
    assert!(db.store.confirm_address(&confirm(1).hash, now(90_001)).await.unwrap());
    assert_eq!(again(200_000).await, Some(Asked::NoNeed));
    let nobody = db.store.ask_address_again(&hash(9), &confirm(9), now(0)).await;
    assert_eq!(nobody.unwrap(), None);
}
