//! Keys of devices by which editors come in.

use weerklank_domain::desk::{Action, Role, limits};
use weerklank_store::{
    AuditFilter, NewPasskey, NewSession, PasskeyAdded, PasskeyChallenge, PasskeyEntry, PasskeyUse,
    PeopleChange,
};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::{editor, hash};
use crate::now;

on_every_database!(
    a_challenge_is_answered_once_and_soon,
    a_key_is_added_used_and_removed,
    a_key_that_counts_back_lets_nobody_in,
    of_two_at_once_one_comes_in,
    a_key_of_who_is_disabled_waits,
    a_new_link_ends_the_keys,
);

fn session(number: u8) -> NewSession<'static> {
    NewSession { hash: hash(number), instead_of: None, agent: "Proefbrowser 1" }
}

fn key(id: &'static [u8]) -> NewPasskey<'static> {
    NewPasskey { name: "Telefoon", credential_id: id, credential: "{}", counter: 0 }
}

/// What the log tells, the oldest first.
async fn log(db: &TestDatabase) -> Vec<(Action, Option<String>)> {
    let lines = db.store.audit(&AuditFilter::default(), 100).await.unwrap();
    lines.into_iter().rev().map(|line| (line.action, line.about)).collect()
}

/// One key, and one that is asked for.
pub(crate) async fn add_one(db: &TestDatabase) {
    let anna = editor(db, "zus", Role::Editor).await;
    db.store.add_passkey(anna, &key(b"een"), now(0)).await.unwrap();
    let asked = PasskeyChallenge { editor: Some(anna), state: "{}".to_owned() };
    db.store.ask_passkey(&hash(200), &asked, now(0)).await.unwrap();
}

async fn a_challenge_is_answered_once_and_soon(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let seconds = limits::PASSKEY_MINUTES * 60;
    let adding = PasskeyChallenge { editor: Some(anna), state: "erbij".to_owned() };
    let entering = PasskeyChallenge { editor: None, state: "erin".to_owned() };
    db.store.ask_passkey(&hash(1), &adding, now(0)).await.unwrap();
    db.store.ask_passkey(&hash(2), &entering, now(1)).await.unwrap();
    assert_eq!(db.store.answer_passkey(&hash(3), now(1)).await.unwrap(), None, "never asked");
    assert_eq!(db.store.answer_passkey(&hash(1), now(seconds - 1)).await.unwrap(), Some(adding));
    assert_eq!(db.store.answer_passkey(&hash(1), now(1)).await.unwrap(), None, "once");
    assert_eq!(db.store.answer_passkey(&hash(2), now(seconds + 1)).await.unwrap(), None, "too late");
    assert_eq!(db.store.answer_passkey(&hash(2), now(1)).await.unwrap(), None, "and then gone");

    // What nobody answers goes when the next one is asked, also what a clock asked that was ahead.
    db.store.ask_passkey(&hash(4), &entering, now(0)).await.unwrap();
    db.store.ask_passkey(&hash(5), &entering, now(100_000)).await.unwrap();
    assert_eq!(db.store.answer_passkey(&hash(4), now(1)).await.unwrap(), None);
    db.store.ask_passkey(&hash(6), &entering, now(0)).await.unwrap();
    assert_eq!(db.store.answer_passkey(&hash(5), now(100_000)).await.unwrap(), None);
    let last = hash(6);
    let (one, other) =
        tokio::join!(db.store.answer_passkey(&last, now(1)), db.store.answer_passkey(&last, now(1)));
    assert!(one.unwrap().is_some() != other.unwrap().is_some(), "by one of two");
}

async fn a_key_is_added_used_and_removed(db: TestDatabase) {
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let before = log(&db).await.len();
    let PasskeyAdded::Done(first) = db.store.add_passkey(anna, &key(b"een"), now(1)).await.unwrap() else {
        panic!("nobody had it")
    };
    for whose in [anna, bram] {
        assert_eq!(db.store.add_passkey(whose, &key(b"een"), now(2)).await.unwrap(), PasskeyAdded::Known);
    }
    assert_eq!(db.store.passkeys(anna).await.unwrap(), std::slice::from_ref(&first));
    assert!(db.store.passkeys(bram).await.unwrap().is_empty());
    assert!(db.store.passkey_facts(b"twee").await.unwrap().is_none());
    let facts = db.store.passkey_facts(b"een").await.unwrap().unwrap();
    assert_eq!((facts.editor, facts.credential.as_str()), (anna, "{}"));

    let made = PasskeyUse { counter: 0, credential: "{\"nu\":1}" };
    let come = db.store.sign_in_by_passkey(&facts, &made, &session(1), now(5)).await.unwrap();
    assert!(matches!(come, PasskeyEntry::Done(editor) if editor.id == anna));
    assert_eq!(db.store.signed_in(&hash(1), now(6)).await.unwrap().unwrap().editor.id, anna);
    let used = &db.store.passkeys(anna).await.unwrap()[0];
    assert_eq!((used.used_at, used.name.as_str()), (Some(now(5)), "Telefoon"));
    assert_eq!(db.store.passkey_facts(b"een").await.unwrap().unwrap().credential, "{\"nu\":1}");

    assert!(!db.store.remove_passkey(bram, first.id, now(7)).await.unwrap(), "not theirs");
    assert!(db.store.remove_passkey(anna, first.id, now(7)).await.unwrap());
    assert!(!db.store.remove_passkey(anna, first.id, now(7)).await.unwrap());
    let gone = db.store.sign_in_by_passkey(&facts, &made, &session(2), now(8)).await.unwrap();
    assert_eq!(gone, PasskeyEntry::Refused);
    let about = Some("anna@voorbeeld.example: Telefoon".to_owned());
    assert_eq!(
        log(&db).await[before..],
        [(Action::PasskeyAdded, about.clone()), (Action::PasskeyRemoved, about)]
    );

    let ids: Vec<&'static [u8]> = vec![b"0", b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9", b"a"];
    for (number, id) in ids.into_iter().enumerate() {
        let added = db.store.add_passkey(bram, &key(id), now(9)).await.unwrap();
        assert_eq!(matches!(added, PasskeyAdded::TooMany), number >= limits::PASSKEYS, "{number}");
    }
}

async fn a_key_that_counts_back_lets_nobody_in(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let new = NewPasskey { counter: 7, ..key(b"een") };
    db.store.add_passkey(anna, &new, now(0)).await.unwrap();
    let facts = db.store.passkey_facts(b"een").await.unwrap().unwrap();
    let before = log(&db).await.len();
    let mut number = 0;
    let mut entered = Vec::new();
    for counter in [7, 6, 0, 8, 8, 12, 0] {
        number += 1;
        let made = PasskeyUse { counter, credential: "{}" };
        let entry =
            db.store.sign_in_by_passkey(&facts, &made, &session(number), now(number.into())).await.unwrap();
        entered.push(matches!(entry, PasskeyEntry::Done(_)));
        assert_eq!(
            db.store.signed_in(&hash(number), now(10)).await.unwrap().is_some(),
            entered[entered.len() - 1]
        );
        assert!(entered[entered.len() - 1] || entry == PasskeyEntry::Suspected);
    }
    assert_eq!(entered, [false, false, false, true, false, true, false]);
    assert_eq!(db.store.suspect_passkey(&facts, now(11)).await.unwrap(), PasskeyEntry::Suspected);
    let told = log(&db).await.split_off(before);
    assert_eq!(told.len(), 6);
    assert!(told.iter().all(|(action, _)| *action == Action::PasskeySuspected));
    let lines = db.store.audit(&AuditFilter { subject: Some(anna), ..AuditFilter::default() }, 1).await;
    assert_eq!(lines.unwrap()[0].editor, None, "who tried is not known");
}

async fn of_two_at_once_one_comes_in(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    db.store.add_passkey(anna, &key(b"een"), now(0)).await.unwrap();
    let facts = db.store.passkey_facts(b"een").await.unwrap().unwrap();
    let made = PasskeyUse { counter: 3, credential: "{}" };
    let (first, second) = (session(1), session(2));
    let (one, other) = tokio::join!(
        db.store.sign_in_by_passkey(&facts, &made, &first, now(1)),
        db.store.sign_in_by_passkey(&facts, &made, &second, now(1)),
    );
    let entries = [one.unwrap(), other.unwrap()];
    assert!(entries.contains(&PasskeyEntry::Suspected), "{entries:?}");
    assert_eq!(entries.iter().filter(|entry| matches!(entry, PasskeyEntry::Done(_))).count(), 1);
}

async fn a_key_of_who_is_disabled_waits(db: TestDatabase) {
    let (admin, anna) = (editor(&db, "chef", Role::Admin).await, editor(&db, "anna", Role::Editor).await);
    db.store.add_passkey(anna, &key(b"een"), now(0)).await.unwrap();
    let facts = db.store.passkey_facts(b"een").await.unwrap().unwrap();
    assert!(matches!(db.store.disable(anna, admin, now(1)).await.unwrap(), PeopleChange::Done(_)));
    assert!(db.store.passkey_facts(b"een").await.unwrap().is_none());
    let made = PasskeyUse { counter: 0, credential: "{}" };
    let entry = db.store.sign_in_by_passkey(&facts, &made, &session(1), now(2)).await.unwrap();
    assert_eq!(entry, PasskeyEntry::Refused, "also where it was looked at before");
    assert_eq!(db.store.add_passkey(anna, &key(b"twee"), now(2)).await.unwrap(), PasskeyAdded::Nobody);
    // As with their password: who is let in again comes in as before.
    db.store.enable(anna, admin, now(3)).await.unwrap();
    let entry = db.store.sign_in_by_passkey(&facts, &made, &session(1), now(4)).await.unwrap();
    assert!(matches!(entry, PasskeyEntry::Done(_)));
}

async fn a_new_link_ends_the_keys(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    db.store.add_passkey(anna, &key(b"een"), now(0)).await.unwrap();
    db.store.set_up(&[b'a'; 32], "$hash", &session(1), now(1)).await.unwrap().unwrap();
    assert!(db.store.passkeys(anna).await.unwrap().is_empty(), "who has the lost device stays out");
}
