use std::path::Path;

use time::Duration;
use weerklank_domain::Lang;
use weerklank_domain::experience::{Consents, Draft, DraftHalf, Experience, State};
use weerklank_store::{
    Arrival, Changed, Confirm, Hash, Limit, MailText, NewExperience, Received, StoreError, StoredExperience,
};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::{now, today};

on_every_database!(
    a_correction_and_an_answer_are_both_kept_or_neither,
    what_was_sent_in_comes_back,
    the_same_key_stores_once,
    a_correction_replaces_and_keeps_the_date_of_consents,
    what_was_taken_back_can_come_back,
    a_stranger_s_secret_opens_nothing,
    what_is_erased_is_in_no_file,
    a_key_of_the_board_is_made_once,
    what_was_sent_in_is_not_overwritten_unasked,
);

const MARK: &str = "Kwallenlampenkap-Zevenhuizen";

pub fn pair() -> Experience {
    let half = |story: &str, promised: &str, actual: &str| DraftHalf {
        story: story.to_owned(),
        shop: "Lampenhuis Noord".to_owned(),
        channel: "phone".to_owned(),
        ratings: [("delivery".to_owned(), "2".to_owned()), ("contact".to_owned(), "5".to_owned())].into(),
        promised: promised.to_owned(),
        actual: actual.to_owned(),
        gestures: vec!["gift".to_owned(), "apology".to_owned()],
        solved: "partly".to_owned(),
        again: "maybe".to_owned(),
        witness: "second-hand".to_owned(),
        when: "2026-03".to_owned(),
        ..DraftHalf::default()
    };
    let draft = Draft {
        positive: half("Ze belden.", "2", ""),
        negative: half(MARK, "2026-03-01", "2026-03-04"),
        suggestion: "Bel eerder.".to_owned(),
        name: "J. Kwal".to_owned(),
        email: "kwal@voorbeeld.example".to_owned(),
        lang: "en".to_owned(),
        consents: Consents { publish: true, contact: true, shop: false },
        ..Draft::default()
    };
    draft.check(today()).unwrap()
}

pub fn story(text: &str) -> Experience {
    let negative = DraftHalf { story: text.to_owned(), ..DraftHalf::default() };
    Draft { negative, ..Draft::default() }.check(today()).unwrap()
}

/// The mail that asks whose address it is.
pub fn confirm(number: u8) -> Confirm {
    Confirm {
        hash: hash(number + 200),
        link_secret: format!("geheim-{number}"),
        mail: MailText {
            lang: Lang::En,
            subject: format!("Subject {number}"),
            text: format!("{MARK} as text"),
            html: format!("<p>{MARK}"),
            host: "board.example".to_owned(),
        },
    }
}

pub fn hash(number: u8) -> Hash {
    [number; 32]
}

/// With secret, key and words that belong to a number, from an address that may send as much as it likes.
pub fn new(number: u8, experience: &Experience) -> NewExperience<'_> {
    NewExperience {
        experience,
        secret: hash(number),
        key: hash(number.wrapping_add(100)),
        request: hash(number.wrapping_add(50)),
        confirm: None,
        arrival: arrival(),
    }
}

/// From an address that may send as much as it likes.
pub fn arrival() -> Arrival<'static> {
    let limit = Limit { what: "share", within: Duration::HOUR, soft: None, hard: None };
    Arrival { sender: hash(1), limit, marks: &[], proof: None }
}

pub async fn receive(db: &TestDatabase, number: u8, experience: &Experience) -> Received {
    let new = NewExperience { confirm: Some(&confirm(number)), ..new(number, experience) };
    db.store.receive_experience(&new, now(0)).await.unwrap()
}

/// A row in every table.
pub async fn receive_everything(db: &TestDatabase) {
    receive(db, 1, &pair()).await;
    db.store.server_key("links", hash(1)).await.unwrap();
    db.store.day_key(today(), hash(1)).await.unwrap();
    let limit = Limit { what: "act", within: Duration::HOUR, soft: Some(1), hard: None };
    db.store.count_act(&limit, &hash(1), 1, now(0)).await.unwrap();
}

async fn read(db: &TestDatabase, number: u8) -> Option<StoredExperience> {
    db.store.experience_by_secret(&hash(number), now(3_600)).await.unwrap().map(|own| own.stored)
}

async fn what_was_sent_in_comes_back(db: TestDatabase) {
    for (number, experience) in [(1, pair()), (2, story("Kort."))] {
        let Received::New(id) = receive(&db, number, &experience).await else { panic!("not new") };
        let stored = StoredExperience {
            id,
            state: State::Received,
            experience,
            received_at: now(0),
            changed_at: now(0),
            confirmed_at: None,
        };
        assert_eq!(read(&db, number).await, Some(stored));
    }
    assert_eq!(db.store.change_seq().await.unwrap(), 0, "no public page changes");
}

async fn the_same_key_stores_once(db: TestDatabase) {
    let Received::New(id) = receive(&db, 1, &pair()).await else { panic!("not new") };
    assert_eq!(receive(&db, 1, &pair()).await, Received::Again(id));
    let anders = story("Anders.");
    let other = NewExperience { request: hash(9), ..new(1, &anders) };
    assert_eq!(db.store.receive_experience(&other, now(0)).await.unwrap(), Received::KeyTaken);
    assert_eq!(read(&db, 1).await.unwrap().experience, pair());

    // At once, as an impatient finger does.
    let answers: Vec<_> = (0..20)
        .map(|_| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let experience = story("Tegelijk.");
                let new = new(3, &experience);
                store.receive_experience(&new, now(0)).await.unwrap()
            })
        })
        .collect();
    let mut ids = std::collections::BTreeSet::new();
    let mut first = 0;
    for answer in answers {
        match answer.await.unwrap() {
            Received::New(id) => {
                first += 1;
                ids.insert(id);
            }
            Received::Again(id) => {
                ids.insert(id);
            }
            other => panic!("it was the same: {other:?}"),
        }
    }
    assert_eq!((first, ids.len()), (1, 1));
}

async fn a_correction_replaces_and_keeps_the_date_of_consents(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    let mut better = story("Beter verteld.");
    better.consents = Consents { publish: true, contact: false, shop: true };
    assert_eq!(
        db.store.correct_experience(&hash(1), &better, None, &[], now(60)).await.unwrap(),
        Changed::Done
    );
    let stored = read(&db, 1).await.unwrap();
    assert_eq!((stored.experience, stored.received_at, stored.changed_at), (better, now(0), now(60)));
    assert_eq!(
        db.store.correct_experience(&hash(1), &pair(), None, &[], now(61)).await.unwrap(),
        Changed::Done
    );
    assert_eq!(read(&db, 1).await.unwrap().experience, pair());
}

async fn what_was_taken_back_can_come_back(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    assert_eq!(db.store.withdraw_experience(&hash(1), &[], now(5)).await.unwrap(), Changed::Done);
    assert_eq!(read(&db, 1).await.unwrap().state, State::Withdrawn);
    assert_eq!(db.store.restore_experience(&hash(1), now(6)).await.unwrap(), Changed::Done);
    assert_eq!(read(&db, 1).await.unwrap().state, State::Received);
}

async fn a_stranger_s_secret_opens_nothing(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    assert_eq!(read(&db, 2).await, None);
    assert_eq!(
        db.store.correct_experience(&hash(2), &story("x"), None, &[], now(0)).await.unwrap(),
        Changed::Nobody
    );
    assert_eq!(db.store.withdraw_experience(&hash(2), &[], now(0)).await.unwrap(), Changed::Nobody);
    assert_eq!(db.store.restore_experience(&hash(2), now(0)).await.unwrap(), Changed::Nobody);
    assert!(!db.store.erase_experience(&hash(2), &[], now(0)).await.unwrap());
    assert_eq!(read(&db, 1).await.unwrap().experience, pair());
}

async fn what_is_erased_is_in_no_file(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    receive(&db, 2, &story("Wat blijft.")).await;
    assert_eq!(
        db.store.correct_experience(&hash(1), &pair(), None, &[], now(1)).await.unwrap(),
        Changed::Done
    );
    if let Some(file) = db.url.path() {
        assert!(found_in(file, MARK), "the search finds what is there");
    }
    assert!(db.store.erase_experience(&hash(1), &[], now(2)).await.unwrap());
    assert_eq!(read(&db, 1).await, None);
    assert_eq!(read(&db, 2).await.unwrap().experience, story("Wat blijft."));
    // Nor may a retry bring it back under the same link.
    let Received::New(_) = receive(&db, 1, &story("Opnieuw.")).await else { panic!("a key of no receipt") };
    if let Some(file) = db.url.path() {
        for word in [MARK, "kwal@voorbeeld.example", "J. Kwal", "Lampenhuis Noord", "geheim-1"] {
            assert!(!found_in(file, word), "{word}");
        }
        assert!(found_in(file, "Wat blijft."));
    }
}

/// Whether a text stands in a SQLite file or in one beside it.
pub fn found_in(file: &Path, text: &str) -> bool {
    let folder = std::fs::read_dir(file.parent().unwrap()).unwrap();
    folder
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

async fn a_key_of_the_board_is_made_once(db: TestDatabase) {
    assert_eq!(db.store.server_key("links", hash(1)).await.unwrap(), hash(1));
    assert_eq!(db.store.server_key("links", hash(2)).await.unwrap(), hash(1));
    assert_eq!(db.store.server_key("other", hash(2)).await.unwrap(), hash(2));
}

async fn what_was_sent_in_is_not_overwritten_unasked(db: TestDatabase) {
    receive(&db, 1, &pair()).await;
    db.store.server_key("links", hash(7)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    db.store.backup_to(&file).await.unwrap();
    let error = db.store.restore_from(&file, false, now(0)).await.unwrap_err();
    assert!(matches!(error, StoreError::NotEmpty), "{error}");

    let other = TestDatabase::sqlite().await;
    other.store.restore_from(&file, false, now(0)).await.unwrap();
    assert_eq!(read(&other, 1).await, read(&db, 1).await);
    assert_eq!(other.store.server_key("links", hash(8)).await.unwrap(), hash(7));
    assert!(matches!(receive(&other, 1, &pair()).await, Received::Again(_)));
}

async fn a_correction_and_an_answer_are_both_kept_or_neither(db: TestDatabase) {
    use weerklank_domain::desk::{Role, Verdict};
    let anna = crate::desk::editor(&db, "anna", Role::Editor).await;
    let id = crate::drafts::accepted(&db, 21, "Drie weken gewacht.", anna).await;
    db.store.answer(&hash(21), "Later meer.", now(40)).await.unwrap();
    crate::voice::decide(&db, id, anna, Verdict::Ask, 50).await;
    let mine = async |seconds| db.store.experience_by_secret(&hash(21), now(seconds)).await.unwrap().unwrap();
    let sent = mine(100).await.stored.experience;
    let changed = Experience { suggestion: Some("Bel terug.".to_owned()), ..sent };
    let both = async |seconds| {
        let answer = Some("Het was de bezorger.");
        db.store.correct_and_answer(&hash(21), &changed, (None, &[]), answer, now(seconds)).await.unwrap()
    };
    assert_eq!(both(110).await, Changed::Done);
    let own = mine(120).await;
    assert_eq!(own.answers[1].decision, Some(own.decisions[1].id), "it answers what was asked");
    assert_eq!(own.stored.experience.suggestion.as_deref(), Some("Bel terug."));
    // Taken back it can be changed, and not be answered for.
    db.store.withdraw_experience(&hash(21), &[], now(130)).await.unwrap();
    let before = mine(140).await;
    assert_eq!(both(150).await, Changed::NotNow);
    assert_eq!(mine(160).await, before);
}
