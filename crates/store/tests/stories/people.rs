//! Who works at the desk, and how they sign in.

use weerklank_domain::Lang;
use weerklank_domain::desk::{Role, limits};
use weerklank_domain::experience::Email;
use weerklank_store::{Claimed, Invitation, Invited, NewSession, PeopleChange, SecondFactor, SignIn};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::{editor, hash, send_in};
use crate::now;

on_every_database!(
    a_link_sets_a_password_once,
    a_new_link_ends_the_old_one,
    a_session_ends_by_itself_and_by_its_owner,
    a_code_is_taken_once,
    who_is_disabled_is_out_at_once,
    one_admin_always_stays,
);

const HOUR: i64 = 3_600;

fn session(number: u8) -> NewSession<'static> {
    NewSession { hash: hash(number), instead_of: None, agent: "Proefbrowser 1" }
}

/// Somebody who has set a password, signed in nowhere; what they have to show.
async fn known(db: &TestDatabase, name: &str) -> SignIn {
    editor(db, name, Role::Editor).await;
    let made = db.store.set_up(&[name.as_bytes()[0]; 32], "$hash", &session(250), now(0)).await.unwrap();
    let id = made.unwrap().id;
    let open = db.store.sessions(id, now(0)).await.unwrap();
    assert!(db.store.end_session(id, open[0].id).await.unwrap());
    db.store.sign_in_facts(&email(&format!("{name}@voorbeeld.example"))).await.unwrap().unwrap()
}

fn email(text: &str) -> Email {
    text.parse().unwrap()
}

fn invitation(email: &Email, link: u8) -> Invitation<'_> {
    Invitation {
        email,
        name: "Anna Kwal",
        role: Role::Admin,
        lang: Lang::En,
        link: hash(link),
        until: now(HOUR),
        by: None,
    }
}

async fn a_link_sets_a_password_once(db: TestDatabase) {
    let anna = email("Anna@Voorbeeld.example");
    let Invited::New(invited) = db.store.invite(&invitation(&anna, 1), now(0)).await.unwrap() else {
        panic!("nobody was there")
    };
    assert_eq!((invited.email.as_str(), invited.has_password), ("anna@voorbeeld.example", false));
    assert!(db.store.sign_in_facts(&anna).await.unwrap().is_none(), "no password, no way in");
    assert_eq!(db.store.set_up_link(&hash(1), now(60)).await.unwrap(), Some(invited.clone()));
    for (link, at) in [(2, 60), (1, HOUR)] {
        assert!(db.store.set_up_link(&hash(link), now(at)).await.unwrap().is_none());
        assert!(db.store.set_up(&hash(link), "x", &session(9), now(at)).await.unwrap().is_none());
    }
    let invited = db.store.set_up(&hash(1), "$hash", &session(1), now(60)).await.unwrap().unwrap();
    assert!(invited.has_password);
    assert!(db.store.set_up(&hash(1), "$other", &session(2), now(61)).await.unwrap().is_none());
    assert_eq!(db.store.signed_in(&hash(1), now(62)).await.unwrap().unwrap().editor, invited);
    let facts = db.store.sign_in_facts(&email("ANNA@voorbeeld.EXAMPLE")).await.unwrap().unwrap();
    assert_eq!((facts.password_hash.as_str(), facts.second), ("$hash", None));
}

async fn a_new_link_ends_the_old_one(db: TestDatabase) {
    let anna = email("anna@voorbeeld.example");
    db.store.invite(&invitation(&anna, 1), now(0)).await.unwrap();
    db.store.set_up(&hash(1), "$hash", &session(1), now(0)).await.unwrap();
    let id = db.store.sign_in_facts(&anna).await.unwrap().unwrap().editor;
    let factor = SecondFactor { secret: vec![7; 20] };
    db.store.add_second_factor(id, &factor, 5, now(0)).await.unwrap();

    let other = Invitation { role: Role::Editor, name: "Iemand", ..invitation(&anna, 2) };
    let Invited::Known(known) = db.store.invite(&other, now(1)).await.unwrap() else {
        panic!("she was there")
    };
    assert_eq!((known.role, known.name.as_str()), (Role::Admin, "Anna Kwal"), "an invitation changes nobody");
    db.store.invite(&invitation(&anna, 3), now(2)).await.unwrap();
    assert!(db.store.set_up_link(&hash(2), now(3)).await.unwrap().is_none());
    assert!(db.store.signed_in(&hash(1), now(3)).await.unwrap().is_some(), "not used yet");
    let back = db.store.set_up(&hash(3), "$new", &session(3), now(4)).await.unwrap().unwrap();
    assert!(!back.has_totp, "who lost the device comes in again");
    assert!(db.store.signed_in(&hash(1), now(5)).await.unwrap().is_none(), "older sessions have ended");
    assert!(db.store.signed_in(&hash(3), now(5)).await.unwrap().is_some());
}

async fn a_session_ends_by_itself_and_by_its_owner(db: TestDatabase) {
    let (facts, bram) = (known(&db, "anna").await, editor(&db, "bram", Role::Editor).await);
    let anna = facts.editor;
    db.store.sign_in(&facts, None, &session(1), now(0)).await.unwrap().unwrap();
    db.store.sign_in(&facts, None, &session(2), now(10)).await.unwrap().unwrap();
    let idle = limits::IDLE_HOURS * HOUR;
    assert!(!db.store.signed_in(&hash(1), now(60)).await.unwrap().unwrap().is_stale);
    let seen = db.store.signed_in(&hash(1), now(idle - 1)).await.unwrap().unwrap();
    assert!(seen.is_stale);
    assert!(db.store.signed_in(&hash(1), now(idle)).await.unwrap().is_none());
    db.store.session_seen(seen.session, now(idle - 1)).await.unwrap();
    assert!(db.store.signed_in(&hash(1), now(idle)).await.unwrap().is_some());
    // However busy it is, it has an end.
    let days = limits::SESSION_DAYS * 24 * HOUR;
    db.store.session_seen(seen.session, now(days - 1)).await.unwrap();
    assert!(db.store.signed_in(&hash(1), now(days - 1)).await.unwrap().is_some());
    assert!(db.store.signed_in(&hash(1), now(days)).await.unwrap().is_none());

    let open = db.store.sessions(anna, now(20)).await.unwrap();
    assert_eq!(open.iter().map(|session| session.began_at).collect::<Vec<_>>(), [now(10), now(0)]);
    assert!(!db.store.end_session(bram, open[0].id).await.unwrap(), "somebody else's");
    assert!(db.store.end_session(anna, open[0].id).await.unwrap());
    assert!(db.store.signed_in(&hash(2), now(20)).await.unwrap().is_none());
    // A clock that is turned back makes nobody older.
    assert!(db.store.signed_in(&hash(1), now(-100)).await.unwrap().is_some());
    assert!(db.store.change_password(anna, "$new", &session(5), now(30)).await.unwrap());
    assert!(db.store.signed_in(&hash(1), now(31)).await.unwrap().is_none(), "another session begins");
    assert!(db.store.signed_in(&hash(5), now(31)).await.unwrap().is_some());
    let late = db.store.sign_in(&facts, None, &session(6), now(31)).await.unwrap();
    assert!(late.is_none(), "what was shown is not asked for any more");
}

async fn a_code_is_taken_once(db: TestDatabase) {
    let anna = known(&db, "anna").await.editor;
    db.store.add_second_factor(anna, &SecondFactor { secret: vec![7; 20] }, 100, now(0)).await.unwrap();
    let facts = db.store.sign_in_facts(&email("anna@voorbeeld.example")).await.unwrap().unwrap();
    for (step, taken) in [(100u8, false), (99, false), (101, true), (101, false), (102, true)] {
        let signed = db.store.sign_in(&facts, Some(step.into()), &session(step), now(0)).await.unwrap();
        assert_eq!(signed.is_some(), taken, "{step}");
    }
    db.store.remove_second_factor(anna, now(1)).await.unwrap();
    assert!(!db.store.editors().await.unwrap()[0].has_totp);
}

async fn who_is_disabled_is_out_at_once(db: TestDatabase) {
    let (facts, chef) = (known(&db, "anna").await, editor(&db, "chef", Role::Admin).await);
    let anna = facts.editor;
    let item = send_in(&db, 1, "Een.", 0).await;
    db.store.sign_in(&facts, None, &session(1), now(0)).await.unwrap();
    assert!(matches!(db.store.claim(item, anna, false, now(0)).await.unwrap(), Claimed::Yours(_)));
    let PeopleChange::Done(out) = db.store.disable(anna, chef, now(5)).await.unwrap() else {
        panic!("there")
    };
    assert_eq!(out.disabled_at, Some(now(5)));
    assert!(db.store.signed_in(&hash(1), now(6)).await.unwrap().is_none());
    assert!(db.store.sign_in(&facts, None, &session(2), now(6)).await.unwrap().is_none());
    assert!(
        matches!(db.store.claim(item, chef, false, now(6)).await.unwrap(), Claimed::Yours(_)),
        "let go of"
    );
    assert!(matches!(db.store.disable(anna, chef, now(7)).await.unwrap(), PeopleChange::Done(_)), "again");
    assert!(matches!(db.store.enable(anna, chef, now(8)).await.unwrap(), PeopleChange::Done(_)));
    assert!(db.store.sign_in(&facts, None, &session(3), now(9)).await.unwrap().is_some());
    assert!(db.store.signed_in(&hash(1), now(9)).await.unwrap().is_none(), "what ended stays so");
    assert_eq!(db.store.disable(uuid::Uuid::nil(), chef, now(9)).await.unwrap(), PeopleChange::Nobody);
}

async fn one_admin_always_stays(db: TestDatabase) {
    let chef = known(&db, "chef").await.editor;
    let anna = known(&db, "anna").await.editor;
    let invited = editor(&db, "bram", Role::Admin).await;
    let change = db.store.change_role(chef, Role::Admin, chef, now(0)).await.unwrap();
    assert!(matches!(change, PeopleChange::Done(_)));
    // Who was invited as an admin has no password yet, and may never have one.
    assert_eq!(db.store.disable(chef, chef, now(0)).await.unwrap(), PeopleChange::LastAdmin);
    assert_eq!(db.store.change_role(chef, Role::Chief, chef, now(0)).await.unwrap(), PeopleChange::LastAdmin);
    assert!(matches!(
        db.store.change_role(anna, Role::Admin, chef, now(1)).await.unwrap(),
        PeopleChange::Done(_)
    ));
    assert!(matches!(db.store.disable(invited, chef, now(1)).await.unwrap(), PeopleChange::Done(_)));
    // Both at once take away the other: one of them has to stay.
    let (one, other) = tokio::join!(
        db.store.disable(chef, anna, now(2)),
        db.store.change_role(anna, Role::Editor, chef, now(2))
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    let refused = [&one, &other].into_iter().filter(|done| **done == PeopleChange::LastAdmin).count();
    assert_eq!(refused, 1, "{one:?} {other:?}");
}
