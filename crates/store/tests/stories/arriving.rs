use time::Duration;
use uuid::Uuid;
use weerklank_domain::experience::{Draft, Experience, Mark};
use weerklank_store::{Arrival, Changed, Limit, NewExperience, Proof, Received, WITHOUT_PROOF};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::experiences::{hash, new, pair, story};
use crate::{now, today};

on_every_database!(
    what_looks_wrong_is_stored_and_marked,
    a_proof_counts_once,
    too_much_is_refused_and_a_retry_never,
    what_is_much_alike_is_marked_and_shown,
    others_of_the_same_sender_are_shown,
    what_is_erased_leaves_no_hint,
);

const TEXT: &str =
    "Ik bestelde een lamp en die zou op dinsdag komen, maar er kwam niemand en niemand wist waarom.";

async fn store(db: &TestDatabase, new: NewExperience<'_>) -> Uuid {
    store_at(db, new, 0).await
}

async fn store_at(db: &TestDatabase, new: NewExperience<'_>, seconds: i64) -> Uuid {
    match db.store.receive_experience(&new, now(seconds)).await.unwrap() {
        Received::New(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn marks(db: &TestDatabase, id: Uuid) -> Vec<Mark> {
    db.store.experience_hints(id).await.unwrap().unwrap().marks
}

fn proof(number: u8) -> Proof {
    Proof { challenge: hash(number), expires_at: now(86_400) }
}

/// As [`new`], with a change to how it came in.
fn coming<'a>(
    number: u8,
    experience: &'a Experience,
    change: impl FnOnce(&mut Arrival<'a>),
) -> NewExperience<'a> {
    let mut new = new(number, experience);
    change(&mut new.arrival);
    new
}

async fn what_looks_wrong_is_stored_and_marked(db: TestDatabase) {
    let (one, other) = (story("Eén ding."), story("Iets heel anders."));
    let plain = store(&db, coming(1, &one, |arrival| arrival.proof = Some(proof(1)))).await;
    assert_eq!(marks(&db, plain).await, []);
    let odd = coming(2, &other, |arrival| arrival.marks = &[Mark::Quick, Mark::Trap]);
    assert_eq!(marks(&db, store(&db, odd).await).await, [Mark::Trap, Mark::Quick, Mark::NoProof]);
    assert_eq!(db.store.experience_hints(Uuid::nil()).await.unwrap(), None);
}

async fn a_proof_counts_once(db: TestDatabase) {
    let stories: Vec<Experience> = ["Appels.", "Peren.", "Pruimen."].map(story).into();
    let with_proof = |number: u8| {
        let story = &stories[usize::from(number) - 1];
        coming(number, story, |arrival| arrival.proof = Some(proof(9)))
    };
    let first = store(&db, with_proof(1)).await;
    assert_eq!(marks(&db, first).await, []);
    // A retry uses up nothing.
    assert_eq!(db.store.receive_experience(&with_proof(1), now(1)).await.unwrap(), Received::Again(first));
    for number in [2, 3] {
        let id = store(&db, with_proof(number)).await;
        assert_eq!(marks(&db, id).await, [Mark::NoProof], "{number}");
    }
}

async fn too_much_is_refused_and_a_retry_never(db: TestDatabase) {
    let limit = Limit {
        what: "share",
        within: Duration::HOUR,
        soft: Some(WITHOUT_PROOF),
        hard: Some(2 * WITHOUT_PROOF),
    };
    let words = ["Appels.", "Peren.", "Pruimen.", "Kersen."].map(story);
    let sent = |number: u8, sender: u8| {
        coming(number, &words[usize::from(number) - 1], |arrival| {
            arrival.limit = limit;
            arrival.sender = hash(sender);
        })
    };
    let first = store(&db, sent(1, 1)).await;
    assert_eq!(marks(&db, first).await, [Mark::NoProof]);
    assert_eq!(marks(&db, store(&db, sent(2, 1)).await).await, [Mark::NoProof, Mark::Often]);
    let receive = async |new: NewExperience<'_>, seconds| {
        db.store.receive_experience(&new, now(seconds)).await.unwrap()
    };
    assert_eq!(receive(sent(3, 1), 60).await, Received::TooOften { again_at: now(3_600) });
    assert_eq!(db.store.experience_by_secret(&hash(3), now(60)).await.unwrap(), None, "nothing is stored");
    assert_eq!(receive(sent(1, 1), 60).await, Received::Again(first), "what is stored is stored");
    assert!(matches!(receive(sent(4, 2), 60).await, Received::New(_)), "another address");
    assert!(matches!(receive(sent(3, 1), 3_600).await, Received::New(_)), "an hour later");
}

async fn what_is_much_alike_is_marked_and_shown(db: TestDatabase) {
    let (text, near) = (story(TEXT), story(&TEXT.replace("dinsdag", "WOENSDAG")));
    let idea = Draft { suggestion: TEXT.to_uppercase(), ..Draft::default() }.check(today()).unwrap();
    let other = story("De bezorger belde vooraf en droeg alles naar boven.");
    let first = store(&db, coming(1, &text, |arrival| arrival.proof = Some(proof(1)))).await;
    assert_eq!(marks(&db, first).await, [], "it is like nothing that was there");
    let apart = store(&db, coming(2, &other, |arrival| arrival.proof = Some(proof(2)))).await;
    let second = store(&db, coming(3, &near, |arrival| arrival.proof = Some(proof(3)))).await;
    let third = store(&db, coming(4, &idea, |arrival| arrival.proof = Some(proof(4)))).await;
    for (id, expected) in
        [(apart, &[][..]), (second, &[Mark::Duplicate]), (third, &[Mark::Duplicate]), (first, &[])]
    {
        assert_eq!(marks(&db, id).await, expected);
    }
    let alike = async |id| {
        let alike = db.store.experience_hints(id).await.unwrap().unwrap().alike;
        alike.into_iter().map(|alike| (alike.other.id, alike.likeness)).collect::<Vec<_>>()
    };
    let found = alike(first).await;
    assert_eq!(found[0], (third, 100), "a copy comes first, wherever it stands");
    assert!(found.len() == 2 && found[1].0 == second && found[1].1 >= 60, "{found:?}");
    assert_eq!(alike(apart).await, []);

    // Corrected into something else, it is like something else.
    let changed = db.store.correct_experience(&hash(1), &other, None, &[], now(1)).await.unwrap();
    assert_eq!(changed, Changed::Done);
    assert_eq!(alike(first).await, [(apart, 100)]);
    assert_eq!(alike(second).await.len(), 1);
}

async fn others_of_the_same_sender_are_shown(db: TestDatabase) {
    let (mail, words, more) = (pair(), story("Appels."), story("Peren."));
    let mailed = Experience { email: pair().email, ..story("Pruimen.") };
    let from =
        |number, experience, sender| coming(number, experience, |arrival| arrival.sender = hash(sender));
    let home = store_at(&db, from(1, &mail, 1), 1).await;
    let office = store_at(&db, from(2, &mailed, 2), 2).await;
    let neighbour = store_at(&db, from(3, &words, 1), 3).await;
    store_at(&db, from(4, &more, 3), 4).await;
    let same = db.store.experience_hints(home).await.unwrap().unwrap().same_sender;
    let same: Vec<_> = same.iter().map(|same| (same.other.id, same.by_email, same.by_address)).collect();
    assert_eq!(same, [(neighbour, false, true), (office, true, false)], "the newest first");
}

async fn what_is_erased_leaves_no_hint(db: TestDatabase) {
    let (text, again) = (story(TEXT), story(TEXT));
    let first = store(&db, new(1, &text)).await;
    let second = store(&db, new(2, &again)).await;
    assert!(db.store.erase_experience(&hash(1), &[], now(1)).await.unwrap());
    assert_eq!(db.store.experience_hints(first).await.unwrap(), None);
    let hints = db.store.experience_hints(second).await.unwrap().unwrap();
    assert_eq!((hints.alike, hints.same_sender), (vec![], vec![]));
    assert_eq!(hints.marks, [Mark::NoProof, Mark::Duplicate], "it was one when it came");
}
