//! What waits, who holds it, and what is decided.

use sea_orm::ConnectionTrait as _;
use time::Duration;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Decided, Ground, Role, Verdict, limits};
use weerklank_domain::experience::{Draft, DraftHalf, Experience, ShopGiven, Side, State};
use weerklank_domain::{Lang, Moment};
use weerklank_store::{
    About, Addressed, AuditFilter, Carried, Changed, Claimed, Hash, Invitation, MailText, NewExperience,
    NewSession, QueueFilter, Received, Undone,
};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::{now, today};

on_every_database!(
    what_comes_in_waits_and_the_oldest_first,
    a_queue_is_filtered_and_paged,
    one_holds_an_item_until_it_runs_out,
    a_decision_is_made_once_on_what_was_read,
    a_decision_can_be_undone_for_a_while,
    a_question_is_answered_and_waits_again,
    what_a_sender_does_moves_the_queue,
    a_decision_that_nobody_was_told_of_is_overtaken,
    what_is_on_its_way_is_not_undone,
    two_editors_never_decide_the_same,
    the_audit_log_only_grows,
    what_is_erased_leaves_the_desk_too,
);

pub(crate) fn hash(number: u8) -> Hash {
    [number; 32]
}

pub(crate) async fn editor(db: &TestDatabase, name: &str, role: Role) -> Uuid {
    let email = format!("{name}@voorbeeld.example").parse().unwrap();
    let invitation = Invitation {
        email: &email,
        name,
        role,
        lang: Lang::Nl,
        link: [name.as_bytes()[0]; 32],
        until: now(3_600),
        by: None,
    };
    match db.store.invite(&invitation, now(0)).await.unwrap() {
        weerklank_store::Invited::New(editor) | weerklank_store::Invited::Known(editor) => editor.id,
    }
}

/// Something in every table of the desk.
pub(crate) async fn fill_the_desk(db: &TestDatabase) {
    let anna = editor(db, "anna", Role::Editor).await;
    let new = NewSession { hash: hash(200), instead_of: None, agent: "Proefbrowser 1" };
    db.store.set_up(&[b'a'; 32], "$hash", &new, now(0)).await.unwrap();
    editor(db, "bram", Role::Editor).await;
    crate::drafts::fill(db, anna).await;
    let item = send_in(db, 200, "Een.", 0).await;
    claim(db, item, anna, 0).await;
    db.store.decide((item, 1), anna, &decided(Verdict::Ask), &[], now(10)).await.unwrap();
    db.store.answer(&hash(200), "In maart.", now(100)).await.unwrap();
}

fn story(text: &str, moment: &str, lang: &str) -> Experience {
    let negative = DraftHalf {
        story: text.to_owned(),
        shop: "Lampenhuis Noord".to_owned(),
        ratings: [(moment.to_owned(), "2".to_owned())].into(),
        ..DraftHalf::default()
    };
    Draft { negative, lang: lang.to_owned(), ..Draft::default() }.check(today()).unwrap()
}

/// Sends one in, so many seconds after noon, with that secret.
pub(crate) async fn send_in(db: &TestDatabase, number: u8, text: &str, seconds: i64) -> Uuid {
    received(db, number, &story(text, "delivery", "nl"), seconds).await
}

async fn received(db: &TestDatabase, number: u8, experience: &Experience, seconds: i64) -> Uuid {
    let new = NewExperience { key: hash(number), ..crate::experiences::new(number, experience) };
    match db.store.receive_experience(&new, now(seconds)).await.unwrap() {
        Received::New(id) => id,
        other => panic!("{other:?}"),
    }
}

fn decided(verdict: Verdict) -> Decided {
    Decided {
        verdict,
        ground: (verdict == Verdict::Reject).then_some(Ground::Privacy),
        statement: (verdict != Verdict::Accept).then(|| "Er staat een adres in.".to_owned()),
        automated: false,
    }
}

async fn claim(db: &TestDatabase, item: Uuid, editor: Uuid, seconds: i64) -> Claimed {
    db.store.claim(item, editor, false, now(seconds)).await.unwrap()
}

async fn waiting(db: &TestDatabase) -> Vec<String> {
    let page = db.store.queue(&QueueFilter::default(), None, 200).await.unwrap();
    assert_eq!(page.count, page.items.len() as u64);
    page.items.into_iter().map(|item| item.start).collect()
}

async fn state(db: &TestDatabase, item: Uuid) -> State {
    db.store.queue_item(item).await.unwrap().unwrap().item.state
}

async fn what_comes_in_waits_and_the_oldest_first(db: TestDatabase) {
    let second = send_in(&db, 2, "Later\n\ngekomen.", 60).await;
    send_in(&db, 1, "Eerder gekomen.", 0).await;
    assert_eq!(waiting(&db).await, ["Eerder gekomen.", "Later\n\ngekomen."]);
    assert_eq!(db.store.waiting().await.unwrap(), 2);

    let whole = db.store.queue_item(second).await.unwrap().unwrap();
    assert_eq!((whole.item.state, whole.item.version), (State::Received, 1));
    assert_eq!(whole.item.waits_since, Some(now(60)));
    assert_eq!(whole.item.shop, Some(ShopGiven::Named("Lampenhuis Noord".to_owned())));
    assert_eq!(
        (&whole.item.sides[..], &whole.item.moments[..]),
        (&[Side::Negative][..], &[Moment::Delivery][..])
    );
    let About::Experience { stored, .. } = whole.about else { panic!("it is an experience") };
    assert_eq!(stored.experience.halves[0].story, "Later\n\ngekomen.");
    assert!(db.store.queue_item(Uuid::nil()).await.unwrap().is_none());
}

async fn a_queue_is_filtered_and_paged(db: TestDatabase) {
    for number in 0..7 {
        let lang = if number % 2 == 0 { "nl" } else { "en" };
        let moment = if number < 3 { "delivery" } else { "contact" };
        // Two at the same moment, so that a page may end between them.
        received(&db, number, &story(&format!("nr {number}"), moment, lang), i64::from(number / 2)).await;
    }
    let suggestion =
        Draft { suggestion: "Bel terug.".to_owned(), ..Draft::default() }.check(today()).unwrap();
    received(&db, 100, &suggestion, 100).await;
    let some = async |filter: QueueFilter| {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = db.store.queue(&filter, after, 2).await.unwrap();
            assert!(page.items.len() <= 2);
            found.extend(page.items.into_iter().map(|item| item.start));
            after = page.next;
            if after.is_none() {
                assert_eq!(page.count, found.len() as u64);
                return found;
            }
        }
    };
    let all: Vec<String> = (0..7).map(|n| format!("nr {n}")).chain(["Bel terug.".to_owned()]).collect();
    let mut found = some(QueueFilter::default()).await;
    assert_eq!(found.last(), all.last());
    found[..7].sort();
    assert_eq!(found, all);
    let english = QueueFilter { lang: Some(Lang::En), ..QueueFilter::default() };
    assert_eq!(some(english).await, ["nr 1", "nr 3", "nr 5"]);
    let contact =
        QueueFilter { moment: Some(Moment::Contact), lang: Some(Lang::En), ..QueueFilter::default() };
    assert_eq!(some(contact).await, ["nr 3", "nr 5"]);
    let positive = QueueFilter { side: Some(Side::Positive), ..QueueFilter::default() };
    assert!(some(positive).await.is_empty());

    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let first = db.store.queue(&QueueFilter::default(), None, 1).await.unwrap().items.remove(0);
    claim(&db, first.id, anna, 200).await;
    let mine = QueueFilter { held_by: Some(anna), ..QueueFilter::default() };
    assert_eq!(some(mine).await, [first.start]);
    let free =
        |editor, seconds| QueueFilter { free_for: Some((editor, now(seconds))), ..QueueFilter::default() };
    assert_eq!(some(free(bram, 201)).await.len(), 7);
    assert_eq!(some(free(anna, 201)).await.len(), 8);
    assert_eq!(some(free(bram, 200 + 60 * limits::CLAIM_MINUTES)).await.len(), 8, "the claim ran out");
    assert!(some(QueueFilter { decided: true, ..QueueFilter::default() }).await.is_empty());
}

async fn one_holds_an_item_until_it_runs_out(db: TestDatabase) {
    let item = send_in(&db, 1, "Een.", 0).await;
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Chief).await);
    let Claimed::Yours(held) = claim(&db, item, anna, 0).await else { panic!("it is free") };
    let holder = held.holder.unwrap();
    assert_eq!((holder.editor, &*holder.name), (anna, "anna"));
    assert_eq!(holder.until, now(0) + Duration::minutes(limits::CLAIM_MINUTES));
    assert_eq!(held.version, 1, "who holds it changes nothing in it");
    assert!(matches!(claim(&db, item, bram, 60).await, Claimed::Held(holder) if holder.editor == anna));
    assert!(matches!(claim(&db, item, anna, 120).await, Claimed::Yours(_)), "goes on holding it");
    let ran_out = 120 + 60 * limits::CLAIM_MINUTES;
    assert!(matches!(claim(&db, item, bram, ran_out - 1).await, Claimed::Held(_)));
    assert!(matches!(claim(&db, item, bram, ran_out).await, Claimed::Yours(_)));
    assert!(!db.store.release(item, anna, now(ran_out)).await.unwrap(), "not hers any more");
    assert!(db.store.release(item, bram, now(ran_out)).await.unwrap());
    assert!(matches!(claim(&db, item, anna, ran_out).await, Claimed::Yours(_)));

    assert!(matches!(db.store.claim(item, bram, true, now(ran_out)).await.unwrap(), Claimed::Yours(_)));
    let log =
        db.store.audit(&AuditFilter { action: Some(Action::TakenOver), ..AuditFilter::default() }, 9).await;
    let log = log.unwrap();
    assert_eq!((log[0].editor.as_deref(), log[0].about.as_deref()), (Some("bram"), Some("anna")));
    assert_eq!(claim(&db, Uuid::nil(), anna, 0).await, Claimed::Nothing);
}

async fn a_decision_is_made_once_on_what_was_read(db: TestDatabase) {
    let item = send_in(&db, 1, "Een.", 0).await;
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let accept = decided(Verdict::Accept);
    let decide = async |version, editor| {
        db.store.decide((item, version), editor, &accept, &[], now(60)).await.unwrap()
    };
    assert_eq!(decide(1, anna).await, Carried::NotHeld);
    claim(&db, item, anna, 0).await;
    assert!(matches!(decide(1, bram).await, Carried::Held(_)));
    assert_eq!(decide(2, anna).await, Carried::Changed);
    let Carried::Done { final_at, state: after, .. } = decide(1, anna).await else { panic!("it is hers") };
    assert_eq!((after, final_at), (State::Accepted, now(60 + limits::UNDO_SECONDS)));
    for editor in [anna, bram] {
        assert_eq!(decide(1, editor).await, Carried::NotWaiting);
        assert_eq!(claim(&db, item, editor, 61).await, Claimed::NotWaiting);
    }
    assert_eq!(
        db.store.decide((Uuid::nil(), 1), anna, &accept, &[], now(0)).await.unwrap(),
        Carried::Nothing
    );
    assert!(waiting(&db).await.is_empty());
    let past = QueueFilter { decided: true, ..QueueFilter::default() };
    assert_eq!(db.store.queue(&past, None, 9).await.unwrap().count, 1);

    let log =
        db.store.audit(&AuditFilter { subject: Some(item), ..AuditFilter::default() }, 9).await.unwrap();
    assert_eq!((log.len(), log[0].action, log[0].verdict), (1, Action::Decided, Some(Verdict::Accept)));
    assert_eq!((log[0].since, log[0].automated), (Some(now(0)), Some(false)));
}

async fn a_decision_can_be_undone_for_a_while(db: TestDatabase) {
    let item = send_in(&db, 1, "Een.", 0).await;
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Admin).await);
    claim(&db, item, anna, 0).await;
    let reject = decided(Verdict::Reject);
    let Carried::Done { decision, .. } =
        db.store.decide((item, 1), anna, &reject, &[], now(60)).await.unwrap()
    else {
        panic!("it is hers")
    };
    let own = async |seconds| db.store.experience_by_secret(&hash(1), now(seconds)).await.unwrap().unwrap();
    let early = own(61).await;
    assert_eq!((early.stored.state, early.decisions.len()), (State::Received, 0), "not told of yet");
    assert_eq!(db.store.undo(decision, bram, None, now(61)).await.unwrap(), Undone::NotYours);
    assert_eq!(db.store.undo(Uuid::nil(), anna, None, now(61)).await.unwrap(), Undone::Nothing);
    assert_eq!(db.store.undo(decision, anna, None, now(61)).await.unwrap(), Undone::Done);
    assert_eq!(db.store.undo(decision, anna, None, now(61)).await.unwrap(), Undone::Nothing);
    let whole = db.store.queue_item(item).await.unwrap().unwrap();
    assert_eq!((whole.item.state, whole.item.waits_since), (State::Received, Some(now(0))));
    assert_eq!(whole.item.holder.map(|holder| holder.editor), Some(anna));
    assert!(whole.decisions.is_empty());

    let Carried::Done { decision, final_at, .. } =
        db.store.decide((item, whole.item.version), anna, &reject, &[], now(70)).await.unwrap()
    else {
        panic!("it is hers again")
    };
    assert_eq!(db.store.undo(decision, anna, None, final_at).await.unwrap(), Undone::TooLate);
    let late = own(70 + limits::UNDO_SECONDS).await;
    assert_eq!((late.stored.state, late.decisions.len()), (State::Rejected, 1));
    assert_eq!(late.decisions[0].ground, Some(Ground::Privacy));
    let log =
        db.store.audit(&AuditFilter { subject: Some(item), ..AuditFilter::default() }, 9).await.unwrap();
    let actions: Vec<Action> = log.iter().map(|line| line.action).collect();
    assert_eq!(actions, [Action::Decided, Action::Undone, Action::Decided]);
}

async fn a_question_is_answered_and_waits_again(db: TestDatabase) {
    let item = send_in(&db, 1, "Een.", 0).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    claim(&db, item, anna, 0).await;
    db.store.decide((item, 1), anna, &decided(Verdict::Ask), &[], now(10)).await.unwrap();
    assert_eq!(state(&db, item).await, State::Asked);
    assert_eq!(db.store.answer(&hash(1), "In *maart*.", now(100)).await.unwrap(), Changed::Done);
    assert_eq!(db.store.answer(&hash(1), "En in april.", now(110)).await.unwrap(), Changed::Done);
    assert_eq!(db.store.answer(&hash(9), "x", now(110)).await.unwrap(), Changed::Nobody);
    let whole = db.store.queue_item(item).await.unwrap().unwrap();
    assert_eq!((whole.item.state, whole.item.waits_since), (State::Received, Some(now(100))));
    let question = whole.decisions[0].id;
    let answers: Vec<_> = whole.answers.iter().map(|answer| (answer.decision, &*answer.text)).collect();
    assert_eq!(answers, [(Some(question), "In *maart*."), (None, "En in april.")]);
    assert_eq!((whole.decisions[0].by.as_str(), whole.decisions[0].verdict), ("anna", Verdict::Ask));
}

async fn what_a_sender_does_moves_the_queue(db: TestDatabase) {
    let item = send_in(&db, 1, "Een.", 0).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    claim(&db, item, anna, 0).await;
    let better = story("Twee.", "contact", "nl");
    assert_eq!(
        db.store.correct_experience(&hash(1), &better, None, &[], now(5)).await.unwrap(),
        Changed::Done
    );
    let accept = decided(Verdict::Accept);
    assert_eq!(db.store.decide((item, 1), anna, &accept, &[], now(6)).await.unwrap(), Carried::Changed);
    assert_eq!(waiting(&db).await, ["Twee."]);
    assert_eq!(db.store.withdraw_experience(&hash(1), &[], now(7)).await.unwrap(), Changed::Done);
    assert_eq!(db.store.withdraw_experience(&hash(1), &[], now(8)).await.unwrap(), Changed::Done, "again");
    assert_eq!(db.store.answer(&hash(1), "x", now(8)).await.unwrap(), Changed::NotNow);
    assert!(waiting(&db).await.is_empty());
    assert_eq!(db.store.decide((item, 2), anna, &accept, &[], now(8)).await.unwrap(), Carried::NotWaiting);
    // Corrected while it is taken back, it stays so.
    db.store.correct_experience(&hash(1), &story("Drie.", "contact", "nl"), None, &[], now(9)).await.unwrap();
    assert!(waiting(&db).await.is_empty());
    assert_eq!(db.store.restore_experience(&hash(1), now(10)).await.unwrap(), Changed::Done);
    assert_eq!(waiting(&db).await, ["Drie."]);

    claim(&db, item, anna, 11).await;
    let version = db.store.queue_item(item).await.unwrap().unwrap().item.version;
    db.store.decide((item, version), anna, &decided(Verdict::Reject), &[], now(12)).await.unwrap();
    assert_eq!(
        db.store
            .correct_experience(&hash(1), &better, None, &[], now(12 + limits::UNDO_SECONDS))
            .await
            .unwrap(),
        Changed::NotNow
    );
    assert_eq!(
        db.store.withdraw_experience(&hash(1), &[], now(12 + limits::UNDO_SECONDS)).await.unwrap(),
        Changed::NotNow
    );
    assert_eq!(
        db.store.answer(&hash(1), "x", now(12 + limits::UNDO_SECONDS)).await.unwrap(),
        Changed::NotNow
    );
    assert_eq!(
        db.store.restore_experience(&hash(1), now(12 + limits::UNDO_SECONDS)).await.unwrap(),
        Changed::Done
    );
    assert_eq!(state(&db, item).await, State::Rejected, "there was nothing to put back");
}

/// Whatever a sender does while they have not been told of a decision undoes it: they acted on what they saw.
async fn a_decision_that_nobody_was_told_of_is_overtaken(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    for (number, verdict) in [(1, Verdict::Reject), (2, Verdict::Ask), (3, Verdict::Accept)] {
        let item = send_in(&db, number, "Een.", 0).await;
        claim(&db, item, anna, 0).await;
        let made = db.store.decide((item, 1), anna, &decided(verdict), &[], now(10)).await.unwrap();
        let Carried::Done { decision, .. } = made else { panic!("it is hers") };
        assert_eq!(db.store.answer(&hash(number), "Nog iets.", now(20)).await.unwrap(), Changed::Done);
        let whole = db.store.queue_item(item).await.unwrap().unwrap();
        assert_eq!((whole.item.state, whole.item.waits_since), (State::Received, Some(now(0))), "{verdict}");
        assert!(whole.decisions.is_empty() && whole.answers[0].decision.is_none());
        assert_eq!(db.store.undo(decision, anna, None, now(21)).await.unwrap(), Undone::Nothing);
        let log = db.store.audit(&AuditFilter { subject: Some(item), ..AuditFilter::default() }, 9).await;
        let told: Vec<_> = log.unwrap().iter().map(|line| (line.action, line.editor.is_some())).collect();
        assert!(
            told.contains(&(Action::Undone, false)) && told.contains(&(Action::Answered, false)),
            "{told:?}"
        );
    }
    let item = send_in(&db, 4, "Teruggenomen.", 0).await;
    claim(&db, item, anna, 0).await;
    db.store.decide((item, 1), anna, &decided(Verdict::Accept), &[], now(10)).await.unwrap();
    assert_eq!(db.store.withdraw_experience(&hash(4), &[], now(20)).await.unwrap(), Changed::Done);
    assert_eq!(state(&db, item).await, State::Withdrawn);
    let past = QueueFilter { decided: true, ..QueueFilter::default() };
    assert_eq!(db.store.queue(&past, None, 9).await.unwrap().count, 0, "its sender's alone");
}

/// A mail that may be on its way cannot be taken back, and neither can what it tells.
async fn what_is_on_its_way_is_not_undone(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let draft = Draft {
        email: "lezer@voorbeeld.example".to_owned(),
        suggestion: "Bel.".to_owned(),
        ..Draft::default()
    };
    let item = received(&db, 1, &draft.check(today()).unwrap(), 0).await;
    claim(&db, item, anna, 0).await;
    let text = MailText {
        lang: Lang::Nl,
        subject: "Afgewezen".to_owned(),
        text: String::new(),
        html: String::new(),
        host: "board.example".to_owned(),
    };
    let reject = decided(Verdict::Reject);
    let made =
        db.store.decide((item, 1), anna, &reject, &[Addressed { to: item, text }], now(10)).await.unwrap();
    let Carried::Done { decision, final_at, .. } = made else { panic!("it is hers") };
    let raw = sea_orm::Database::connect(db.address()).await.unwrap();
    // Confirmed, as by the link in a mail that this story has no need of.
    let confirmed = "UPDATE experience_contact SET confirmed_at = '2026-11-21 12:00:00+00:00'";
    raw.execute_unprepared(confirmed).await.unwrap();
    let due = db.store.take_due_mails(9, Duration::MINUTE, final_at).await.unwrap();
    assert_eq!(due.len(), 1);
    let before = final_at - Duration::SECOND;
    assert_eq!(db.store.undo(decision, anna, None, before).await.unwrap(), Undone::TooLate);
    assert_eq!(db.store.answer(&hash(1), "x", before).await.unwrap(), Changed::NotNow);
    assert_eq!(state(&db, item).await, State::Rejected);
}

/// Editors claim and decide at once, on an item for each round: whatever the order, one decision is made.
async fn two_editors_never_decide_the_same(db: TestDatabase) {
    let editors = [editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await];
    for round in 0..40u8 {
        let item = send_in(&db, round, "Een.", i64::from(round)).await;
        let mut tasks = tokio::task::JoinSet::new();
        for task in 0..6u8 {
            let (store, editor) = (db.store.clone(), editors[usize::from(task % 2)]);
            tasks.spawn(async move {
                // Both find the claim of the other run out at times.
                let at = now(100 + i64::from(task) * 60 * limits::CLAIM_MINUTES);
                let claimed = store.claim(item, editor, false, at).await.unwrap();
                let decided =
                    store.decide((item, 1), editor, &decided(Verdict::Accept), &[], at).await.unwrap();
                (claimed, decided)
            });
        }
        let mut made = 0;
        while let Some(done) = tasks.join_next().await {
            made += usize::from(matches!(done.unwrap().1, Carried::Done { .. }));
        }
        assert_eq!(made, 1, "round {round}");
        assert_eq!(db.store.queue_item(item).await.unwrap().unwrap().decisions.len(), 1);
    }
}

async fn the_audit_log_only_grows(db: TestDatabase) {
    let item = send_in(&db, 1, "Een.", 0).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    claim(&db, item, anna, 0).await;
    db.store.decide((item, 1), anna, &decided(Verdict::Accept), &[], now(10)).await.unwrap();
    let raw = sea_orm::Database::connect(db.address()).await.unwrap();
    for statement in ["UPDATE audit SET action = 'undone'", "DELETE FROM audit"] {
        let refused = raw.execute_unprepared(statement).await.unwrap_err();
        assert!(refused.to_string().contains("only grows"), "{statement}: {refused}");
    }
    let all = db.store.audit(&AuditFilter::default(), 9).await.unwrap();
    assert_eq!(all.len(), 2);
    // Nor is one put in the place of another.
    let replaced = match raw.get_database_backend() {
        sea_orm::DbBackend::Postgres => {
            vec!["INSERT INTO audit SELECT * FROM audit ON CONFLICT (id) DO UPDATE SET action = 'undone'"]
        }
        _ => vec![
            "INSERT OR REPLACE INTO audit (id, at, action) SELECT id, at, 'undone' FROM audit",
            "INSERT OR REPLACE INTO audit (rowid, id, at, action) SELECT rowid, x'00', at, 'undone' FROM audit",
        ],
    };
    for statement in replaced {
        let refused = raw.execute_unprepared(statement).await.unwrap_err();
        assert!(refused.to_string().contains("only grows"), "{statement}: {refused}");
    }
    assert_eq!(db.store.audit(&AuditFilter::default(), 9).await.unwrap(), all);
    let until = AuditFilter { until: Some(now(10)), ..AuditFilter::default() };
    assert_eq!(db.store.audit(&until, 9).await.unwrap().len(), 1);
    let from = AuditFilter { from: Some(now(10)), editor: Some(anna), ..AuditFilter::default() };
    assert_eq!(db.store.audit(&from, 9).await.unwrap()[0].action, Action::Decided);
    let before = AuditFilter { before: Some(all[0].id), ..AuditFilter::default() };
    assert_eq!(db.store.audit(&before, 9).await.unwrap(), all[1..]);
}

async fn what_is_erased_leaves_the_desk_too(db: TestDatabase) {
    let item = send_in(&db, 1, "Een.", 0).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    claim(&db, item, anna, 0).await;
    db.store.decide((item, 1), anna, &decided(Verdict::Ask), &[], now(10)).await.unwrap();
    db.store.answer(&hash(1), "Kwallenantwoord", now(50)).await.unwrap();
    assert!(db.store.erase_experience(&hash(1), &[], now(60)).await.unwrap());
    assert!(db.store.queue_item(item).await.unwrap().is_none());
    assert!(waiting(&db).await.is_empty());
    let log =
        db.store.audit(&AuditFilter { subject: Some(item), ..AuditFilter::default() }, 9).await.unwrap();
    let actions: Vec<Action> = log.iter().map(|line| line.action).collect();
    assert_eq!(actions, [Action::Erased, Action::Answered, Action::Decided]);
}
