//! What goes by a decision, who may have it looked at again, and where that ends.

use time::Duration;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Ground, Role, Verdict, limits};
use weerklank_domain::{Column, Status};
use weerklank_store::{
    AuditFilter, Begun, Carried, Changed, Claimed, Imported, NewDraft, OwnExperience, Partner, Published,
    Publishing, Said, TakenOff, Undone,
};
use weerklank_test_support::build::{column, derived, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::{editor, hash};
use crate::drafts::{accepted, begin, publishing, sheet};
use crate::voice::{comment, decide, mail, new, own, reported, said, seen, waiting};
use crate::{import, now, today};

on_every_database!(
    a_column_goes_by_a_report_and_comes_back_by_an_appeal,
    a_column_from_a_file_goes_as_well,
    a_removal_by_hand_is_explained_kept_and_appealed,
    what_its_sender_took_back_does_not_come_back,
    what_was_erased_does_not_come_back,
    who_loses_an_appeal_about_a_comment_may_appeal_once,
    a_second_look_is_for_a_third_where_there_is_one,
    of_two_in_one_column_the_other_is_told,
);

pub(crate) async fn status(db: &TestDatabase, name: &str) -> Status {
    db.store.column(&slug(name)).await.unwrap().unwrap().column.status
}

pub(crate) async fn mine(db: &TestDatabase, number: u8, seconds: i64) -> OwnExperience {
    db.store.experience_by_secret(&hash(number), now(seconds)).await.unwrap().unwrap()
}

pub(crate) async fn appeal(db: &TestDatabase, number: u8, seconds: i64) -> Changed {
    db.store.appeal(&hash(number), "Kijk nog eens.", now(seconds)).await.unwrap()
}

/// Decides on the one thing that waits, and lets it be final.
pub(crate) async fn settle(db: &TestDatabase, editor: Uuid, verdict: Verdict, seconds: i64) {
    let [item] = waiting(db).await[..] else { panic!("one waits") };
    decide(db, item, editor, verdict, seconds).await;
    db.store.show_what_is_due(now(seconds + limits::UNDO_SECONDS)).await.unwrap();
}

/// Three editors, and a column `een` that is made of the experience 21.
pub(crate) async fn made_of_experience(db: &TestDatabase) -> ([Uuid; 3], Uuid) {
    let mut editors = [Uuid::nil(); 3];
    for (editor_id, name) in editors.iter_mut().zip(["anna", "bram", "chris"]) {
        *editor_id = editor(db, name, Role::Chief).await;
    }
    let experience = accepted(db, 21, "Drie weken gewacht.", editors[0]).await;
    let draft = begin(db, &sheet("Wachten", "Drie weken.\n"), &[experience], editors[0]).await;
    put_on_the_board(db, draft, &column("een"), editors[0]).await;
    (editors, draft)
}

pub(crate) async fn put_on_the_board(db: &TestDatabase, draft: Uuid, column: &Column, by: Uuid) {
    let chief = Publishing { role: Role::Chief, ..publishing(draft, 1, column, by) };
    assert_eq!(db.store.publish_draft(&chief, now(60)).await.unwrap(), Published::Done);
}

/// What the log tells of columns, the oldest first.
async fn log(db: &TestDatabase, action: Action) -> Vec<(Option<String>, Option<Ground>)> {
    let filter = AuditFilter { action: Some(action), ..AuditFilter::default() };
    let lines = db.store.audit(&filter, 99).await.unwrap();
    lines.into_iter().rev().map(|line| (line.about, line.ground)).collect()
}

async fn a_column_goes_by_a_report_and_comes_back_by_an_appeal(db: TestDatabase) {
    let ([anna, bram, chris], draft) = made_of_experience(&db).await;
    let report = reported(&db, 2, None, 100).await;
    let undone = decide(&db, report, bram, Verdict::Remove, 110).await;
    assert_eq!(db.store.undo(undone, bram, None, now(120)).await.unwrap(), Undone::Done);
    assert!(!db.store.show_what_is_due(now(1_000)).await.unwrap(), "it was undone");
    decide(&db, report, bram, Verdict::Remove, 200).await;
    let is_final = 200 + limits::UNDO_SECONDS;
    assert!(!db.store.show_what_is_due(now(is_final - 1)).await.unwrap());
    assert_eq!(status(&db, "een").await, Status::Published, "it can still be undone");
    let before = db.store.change_seq().await.unwrap();
    assert!(db.store.show_what_is_due(now(is_final)).await.unwrap());
    assert_eq!(status(&db, "een").await, Status::Withdrawn);
    assert!(db.store.change_seq().await.unwrap() > before);
    assert!(!db.store.show_what_is_due(now(is_final)).await.unwrap(), "once");
    let because = (Some("een: Er staat een adres in.".to_owned()), Some(Ground::Privacy));
    assert_eq!(log(&db, Action::TakenOff).await, std::slice::from_ref(&because));

    // Its sender reads why, and appeals; another editor puts it back.
    let told = mine(&db, 21, 300).await;
    let last = told.decisions.last().unwrap();
    assert_eq!((last.verdict, last.ground), (Verdict::Remove, Some(Ground::Privacy)));
    assert_eq!(last.statement.as_deref(), Some("Er staat een adres in."));
    assert!(told.may_appeal.is_some());
    assert_eq!(appeal(&db, 21, 300).await, Changed::Done);
    let item = waiting(&db).await[0];
    assert_eq!(db.store.claim(item, bram, false, now(310)).await.unwrap(), Claimed::Barred);
    let undone = decide(&db, item, anna, Verdict::Overturn, 320).await;
    assert_eq!(db.store.undo(undone, anna, None, now(330)).await.unwrap(), Undone::Done);
    assert!(!db.store.show_what_is_due(now(1_000)).await.unwrap());
    settle(&db, anna, Verdict::Overturn, 400).await;
    assert_eq!(status(&db, "een").await, Status::Published);
    assert_eq!(log(&db, Action::Published).await.len(), 2);
    let whole = db.store.draft(draft).await.unwrap().unwrap();
    assert!(!whole.column.unwrap().is_changed, "the draft knows the column as it is");

    // Now its reporter lost: once more, and then it ends.
    assert!(own(&db, 2, 500).await.may_appeal.is_some());
    assert_eq!(appeal(&db, 2, 500).await, Changed::Done);
    settle(&db, chris, Verdict::Overturn, 510).await;
    assert_eq!(status(&db, "een").await, Status::Withdrawn);
    assert_eq!(log(&db, Action::TakenOff).await, [because.clone(), because]);
    assert_eq!((appeal(&db, 2, 600).await, appeal(&db, 21, 600).await), (Changed::NotNow, Changed::NotNow));
    assert!(mine(&db, 21, 600).await.may_appeal.is_none());
}

async fn a_column_from_a_file_goes_as_well(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let report = reported(&db, 2, None, 100).await;
    decide(&db, report, anna, Verdict::Keep, 110).await;
    db.store.show_what_is_due(now(200)).await.unwrap();
    assert_eq!(status(&db, "een").await, Status::Published);
    // Its reporter appeals, and is right.
    assert_eq!(appeal(&db, 2, 200).await, Changed::Done);
    settle(&db, bram, Verdict::Overturn, 210).await;
    assert_eq!(status(&db, "een").await, Status::Withdrawn);
    let because = (Some("een: Er staat een adres in.".to_owned()), Some(Ground::Privacy));
    assert_eq!(log(&db, Action::TakenOff).await, [because], "it rests on what its reporter named");
    // The same file again, or a newer one, does not put it back: somebody at the desk does.
    let newer = Column { title: "Anders".to_owned(), ..column("een") };
    for file in [&column("een"), &newer] {
        let told = db.store.import_column(file, &derived(), now(300)).await.unwrap();
        assert_eq!(told, Imported::Off);
        assert_eq!(db.store.would_import(file, &derived()).await.unwrap(), Imported::Off);
    }
    assert_eq!(status(&db, "een").await, Status::Withdrawn);
    let beside = [(column("twee"), derived()), (column("een"), derived()), (column("drie"), derived())];
    let told = db.store.import_columns(&beside, now(300)).await.unwrap();
    assert_eq!(told, [Imported::Made, Imported::Off, Imported::Made]);
    let een = slug("een");
    let new = NewDraft { sheet: &sheet("Een", "Tekst.\n"), made_of: &[], column: Some(&een) };
    let Begun::New(draft) = db.store.begin_draft(&new, anna, now(310)).await.unwrap() else { panic!() };
    put_on_the_board(&db, draft, &column("een"), anna).await;
    assert_eq!(db.store.import_column(&newer, &derived(), now(320)).await.unwrap(), Imported::Changed);
}

async fn a_removal_by_hand_is_explained_kept_and_appealed(db: TestDatabase) {
    let ([anna, bram, _], draft) = made_of_experience(&db).await;
    let off = async |seconds| {
        let done = db.store.take_off(draft, "Er klopt iets niet.", anna, &[], now(seconds)).await.unwrap();
        assert_eq!(done, TakenOff::Done);
    };
    off(100).await;
    assert_eq!(log(&db, Action::TakenOff).await, [(Some("een: Er klopt iets niet.".to_owned()), None)]);
    put_on_the_board(&db, draft, &column("een"), anna).await;
    let told = mine(&db, 21, 200).await;
    assert_eq!(
        told.decisions.last().unwrap().statement.as_deref(),
        Some("Er klopt iets niet."),
        "it is kept"
    );

    off(210).await;
    assert_eq!(appeal(&db, 21, 220).await, Changed::Done);
    assert_eq!(appeal(&db, 21, 221).await, Changed::NotNow, "once");
    let item = waiting(&db).await[0];
    assert_eq!(db.store.claim(item, anna, true, now(230)).await.unwrap(), Claimed::Barred);
    settle(&db, bram, Verdict::Overturn, 240).await;
    assert_eq!(status(&db, "een").await, Status::Published);
    assert_eq!(mine(&db, 21, 300).await.texts[0].withdrawn_reason, None);
}

async fn what_its_sender_took_back_does_not_come_back(db: TestDatabase) {
    let ([anna, bram, _], draft) = made_of_experience(&db).await;
    db.store.take_off(draft, "Er klopt iets niet.", anna, &[], now(100)).await.unwrap();
    assert_eq!(appeal(&db, 21, 110).await, Changed::Done);
    let item = waiting(&db).await[0];
    decide(&db, item, bram, Verdict::Overturn, 120).await;
    assert_eq!(db.store.withdraw_experience(&hash(21), &[], now(130)).await.unwrap(), Changed::Done);
    assert!(db.store.show_what_is_due(now(200)).await.unwrap());
    assert_eq!(status(&db, "een").await, Status::Withdrawn);
    assert_eq!(log(&db, Action::Published).await.len(), 1);
}

/// Erased while its coming back can still be undone, it stays away, and keeps nothing else from happening.
async fn what_was_erased_does_not_come_back(db: TestDatabase) {
    let ([anna, bram, _], draft) = made_of_experience(&db).await;
    db.store.take_off(draft, "Er klopt iets niet.", anna, &[], now(100)).await.unwrap();
    assert_eq!(appeal(&db, 21, 110).await, Changed::Done);
    let item = waiting(&db).await[0];
    decide(&db, item, bram, Verdict::Overturn, 120).await;
    assert!(db.store.erase_experience(&hash(21), &[], now(130)).await.unwrap());
    import(&db.store, &column("twee")).await;
    let id = said_below(&db, "twee").await;
    decide(&db, id, anna, Verdict::Accept, 140).await;
    assert!(db.store.show_what_is_due(now(200)).await.unwrap());
    assert_eq!(status(&db, "een").await, Status::Withdrawn);
    assert!(db.store.column(&slug("een")).await.unwrap().unwrap().column.body.is_empty());
    let file = db.store.import_column(&column("een"), &derived(), now(300)).await.unwrap();
    assert_eq!(file, Imported::Off, "nor do its words by a file");
}

async fn said_below(db: &TestDatabase, name: &str) -> Uuid {
    let about = slug(name);
    let said = (&comment("Ook hier."), None);
    match db.store.receive_comment(&new(&about, 3, None), said, today(), now(135)).await.unwrap() {
        Said::New(id) => id,
        other => panic!("{other:?}"),
    }
}

/// A comment, numbered 1, that a report, numbered 2, is about.
pub(crate) async fn reported_comment(db: &TestDatabase) -> ([Uuid; 3], Uuid) {
    import(&db.store, &column("een")).await;
    let mut editors = [Uuid::nil(); 3];
    for (editor_id, name) in editors.iter_mut().zip(["anna", "bram", "chris"]) {
        *editor_id = editor(db, name, Role::Editor).await;
    }
    let id = said(db, 1, "Dorpsweg 1.", 0).await;
    decide(db, id, editors[0], Verdict::Accept, 10).await;
    (editors, reported(db, 2, Some(id), 100).await)
}

async fn who_loses_an_appeal_about_a_comment_may_appeal_once(db: TestDatabase) {
    let ([anna, bram, chris], report) = reported_comment(&db).await;
    // It stays; its reporter appeals and it goes; its writer appeals and it comes back. There it ends.
    decide(&db, report, anna, Verdict::Keep, 110).await;
    assert_eq!(appeal(&db, 2, 200).await, Changed::Done);
    settle(&db, bram, Verdict::Overturn, 210).await;
    assert_eq!(seen(&db, 300).await, ["-"]);
    let writer = own(&db, 1, 300).await;
    let verdicts: Vec<_> = writer.decisions.iter().map(|made| made.verdict).collect();
    assert_eq!(verdicts, [Verdict::Accept, Verdict::Overturn]);
    assert_eq!(appeal(&db, 1, 300).await, Changed::Done);
    let second = waiting(&db).await[0];
    let undone = decide(&db, second, chris, Verdict::Overturn, 310).await;
    assert_eq!(db.store.undo(undone, chris, None, now(320)).await.unwrap(), Undone::Done);
    assert_eq!(seen(&db, 1_000).await, ["-"]);
    settle(&db, chris, Verdict::Overturn, 330).await;
    assert_eq!(seen(&db, 400).await, ["Dorpsweg 1."]);
    assert!(own(&db, 2, 400).await.may_appeal.is_none() && own(&db, 1, 400).await.may_appeal.is_none());
    assert_eq!((appeal(&db, 1, 400).await, appeal(&db, 2, 400).await), (Changed::NotNow, Changed::NotNow));

    // The other way round: it goes, comes back, and goes.
    let id = said(&db, 3, "Kerkweg 2.", 500).await;
    decide(&db, id, anna, Verdict::Accept, 510).await;
    let report = reported(&db, 4, Some(id), 600).await;
    decide(&db, report, anna, Verdict::Remove, 610).await;
    assert_eq!(appeal(&db, 3, 700).await, Changed::Done);
    settle(&db, bram, Verdict::Overturn, 710).await;
    assert_eq!(seen(&db, 800).await, ["Dorpsweg 1.", "Kerkweg 2."]);
    assert_eq!(appeal(&db, 4, 800).await, Changed::Done);
    let second = waiting(&db).await[0];
    let undone = decide(&db, second, chris, Verdict::Overturn, 810).await;
    assert_eq!(db.store.undo(undone, chris, None, now(820)).await.unwrap(), Undone::Done);
    assert_eq!(seen(&db, 2_000).await, ["Dorpsweg 1.", "Kerkweg 2."]);
    settle(&db, chris, Verdict::Overturn, 830).await;
    assert_eq!(seen(&db, 900).await, ["Dorpsweg 1.", "-"]);
    assert_eq!((appeal(&db, 3, 900).await, appeal(&db, 4, 900).await), (Changed::NotNow, Changed::NotNow));
    assert_eq!(own(&db, 3, 900).await.decisions.len(), 3, "its writer is told of each");
}

async fn a_second_look_is_for_a_third_where_there_is_one(db: TestDatabase) {
    let ([anna, bram, chris], report) = reported_comment(&db).await;
    decide(&db, report, anna, Verdict::Keep, 110).await;
    appeal(&db, 2, 200).await;
    settle(&db, bram, Verdict::Overturn, 210).await;
    appeal(&db, 1, 300).await;
    let second = waiting(&db).await[0];
    for of_before in [anna, bram] {
        assert_eq!(db.store.claim(second, of_before, true, now(310)).await.unwrap(), Claimed::Barred);
    }
    // Without a third, who was appealed against at first may; never who decided what it is against.
    assert!(matches!(db.store.claim(second, chris, false, now(310)).await.unwrap(), Claimed::Yours(_)));
    db.store.release(second, chris, now(320)).await.unwrap();
    db.store.disable(chris, anna, now(330)).await.unwrap();
    assert_eq!(db.store.claim(second, bram, false, now(340)).await.unwrap(), Claimed::Barred);
    let Claimed::Yours(held) = db.store.claim(second, anna, false, now(340)).await.unwrap() else { panic!() };
    let uphold = weerklank_domain::desk::Decided {
        verdict: Verdict::Uphold,
        ground: None,
        statement: Some("Het blijft.".to_owned()),
        automated: false,
    };
    let carried = db.store.decide((second, held.version), anna, &uphold, &[], now(350)).await.unwrap();
    assert!(matches!(carried, Carried::Done { .. }));
}

async fn of_two_in_one_column_the_other_is_told(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Chief).await;
    let one = accepted(&db, 21, "Drie weken gewacht.", anna).await;
    let other = accepted(&db, 22, "Binnen een dag.", anna).await;
    let draft = begin(&db, &sheet("Twee kanten", "Samen.\n"), &[one, other], anna).await;
    put_on_the_board(&db, draft, &column("een"), anna).await;
    let partner =
        Partner { experience: other, lang: weerklank_domain::Lang::Nl, title: "Een titel".to_owned() };
    let partners = db.store.partners(&hash(21)).await.unwrap();
    assert_eq!(partners.iter().map(|left| left.experience).collect::<Vec<_>>(), [partner.experience]);
    assert!(db.store.partners(&hash(99)).await.unwrap().is_empty());

    let mails = [(other, mail("Je bent alleen")), (one, mail("Nooit"))];
    db.store.withdraw_experience(&hash(21), &mails, now(100)).await.unwrap();
    assert!(db.store.partners(&hash(21)).await.unwrap().is_empty(), "it stands there no more");
    let left = mine(&db, 22, 100).await;
    assert_eq!((left.parted_at, left.stored.state.as_str()), (Some(now(100)), "accepted"));
    assert_eq!(mine(&db, 21, 100).await.parted_at, None);
    let due = async |seconds| {
        let due = db.store.take_due_mails(9, Duration::MINUTE, now(seconds)).await.unwrap();
        for mail in &due {
            db.store.mail_sent(mail, now(seconds)).await.unwrap();
        }
        due.into_iter().map(|mail| mail.subject).collect::<Vec<_>>()
    };
    let sent = due(101).await;
    assert_eq!(sent.iter().filter(|subject| *subject == "Je bent alleen").count(), 1, "{sent:?}");
    assert!(!sent.contains(&"Nooit".to_owned()));
    db.store.withdraw_experience(&hash(21), &mails, now(110)).await.unwrap();
    assert!(due(111).await.is_empty(), "once");

    // Put back and accepted again, it may stand there again, and then they are together.
    db.store.restore_experience(&hash(21), now(120)).await.unwrap();
    decide(&db, one, anna, Verdict::Accept, 130).await;
    put_on_the_board(&db, draft, &column("een"), anna).await;
    assert_eq!(mine(&db, 22, 140).await.parted_at, None);
    // Erasing parts them as well.
    let mails = [(other, mail("Weer alleen"))];
    assert!(db.store.erase_experience(&hash(21), &mails, now(200)).await.unwrap());
    assert_eq!(mine(&db, 22, 200).await.parted_at, Some(now(200)));
    assert_eq!(due(201).await, ["Weer alleen"]);
}
