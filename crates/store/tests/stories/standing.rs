//! Of several decisions that take the same away, and several appeals against one: what stands, and who is told what.

use uuid::Uuid;
use weerklank_domain::Status;
use weerklank_domain::desk::{Role, Verdict, limits};
use weerklank_domain::voice::Away;
use weerklank_store::{Changed, Claimed, OwnAppeal, Undone};
use weerklank_test_support::build::column;
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::{editor, hash};
use crate::drafts::{accepted, begin, sheet};
use crate::now;
use crate::second_look::{
    appeal, made_of_experience, mine, put_on_the_board, reported_comment, settle, status,
};
use crate::voice::{decide, own, reported, seen, waiting};

on_every_database!(
    of_two_who_appeal_against_one_removal_each_gets_one_answer,
    who_appeals_while_it_is_being_reversed_waits_for_that,
    publishing_a_column_again_ends_what_is_appealed,
    words_stay_away_as_long_as_one_report_keeps_them_away,
    an_appeal_about_one_removal_leaves_the_other,
    a_column_stays_away_as_long_as_one_report_keeps_it_away,
    a_column_that_does_not_come_back_says_why,
);

/// Three editors, and a column `een` that is made of the experiences 21 and 22.
async fn made_of_two(db: &TestDatabase) -> ([Uuid; 3], Uuid) {
    let mut editors = [Uuid::nil(); 3];
    for (editor_id, name) in editors.iter_mut().zip(["anna", "bram", "chris"]) {
        *editor_id = editor(db, name, Role::Chief).await;
    }
    let one = accepted(db, 21, "Drie weken gewacht.", editors[0]).await;
    let other = accepted(db, 22, "Binnen een dag.", editors[0]).await;
    let draft = begin(db, &sheet("Twee kanten", "Samen.\n"), &[one, other], editors[0]).await;
    put_on_the_board(db, draft, &column("een"), editors[0]).await;
    (editors, draft)
}

/// Removed by a report, numbered 2; final at 200.
async fn removed(db: &TestDatabase, by: Uuid) {
    let report = reported(db, 2, None, 100).await;
    decide(db, report, by, Verdict::Remove, 110).await;
    assert!(db.store.show_what_is_due(now(200)).await.unwrap());
    assert_eq!(status(db, "een").await, Status::Withdrawn);
}

async fn appeals(db: &TestDatabase, number: u8, seconds: i64) -> Vec<OwnAppeal> {
    mine(db, number, seconds).await.appeals
}

async fn of_two_who_appeal_against_one_removal_each_gets_one_answer(db: TestDatabase) {
    let ([anna, bram, chris], _) = made_of_two(&db).await;
    removed(&db, anna).await;
    assert_eq!((appeal(&db, 21, 300).await, appeal(&db, 22, 310).await), (Changed::Done, Changed::Done));
    let [first, second] = waiting(&db).await[..] else { panic!("two wait") };
    // As long as the first can be undone nobody decides on the second, and then it waits as it did.
    let undone = decide(&db, first, bram, Verdict::Overturn, 400).await;
    assert!(waiting(&db).await.is_empty());
    assert_eq!(db.store.claim(second, chris, false, now(405)).await.unwrap(), Claimed::NotWaiting);
    assert_eq!(db.store.undo(undone, bram, None, now(410)).await.unwrap(), Undone::Done);
    let item = db.store.queue_item(second).await.unwrap().unwrap().item;
    assert_eq!((waiting(&db).await.len(), item.waits_since), (2, Some(now(310))));

    db.store.release(first, bram, now(420)).await.unwrap();
    decide(&db, first, chris, Verdict::Overturn, 430).await;
    assert_eq!(appeals(&db, 22, 440).await[0].ended_at, None, "nobody is told before it is final");
    let is_final = 430 + limits::UNDO_SECONDS;
    assert!(db.store.show_what_is_due(now(is_final)).await.unwrap());
    assert_eq!(status(&db, "een").await, Status::Published);
    let (granted, ended) = (appeals(&db, 21, 500).await.remove(0), appeals(&db, 22, 500).await.remove(0));
    assert_eq!(granted.decided.map(|made| made.verdict), Some(Verdict::Overturn));
    assert_eq!((ended.decided, ended.ended_at, ended.away), (None, Some(now(is_final)), None));
    assert!(waiting(&db).await.is_empty());
    assert!(mine(&db, 22, 500).await.may_appeal.is_none());

    // Its reporter looks at one reversal, and has it looked at again once.
    let told: Vec<_> = own(&db, 2, 500).await.decisions.iter().map(|made| made.verdict).collect();
    assert_eq!(told, [Verdict::Remove, Verdict::Overturn]);
    assert_eq!(appeal(&db, 2, 600).await, Changed::Done);
    settle(&db, bram, Verdict::Overturn, 610).await;
    assert_eq!(status(&db, "een").await, Status::Withdrawn);
    for number in [2, 21, 22] {
        assert_eq!(appeal(&db, number, 700).await, Changed::NotNow, "{number}");
    }
}

async fn who_appeals_while_it_is_being_reversed_waits_for_that(db: TestDatabase) {
    let ([anna, bram, _], _) = made_of_two(&db).await;
    removed(&db, anna).await;
    appeal(&db, 21, 300).await;
    let first = waiting(&db).await[0];
    decide(&db, first, bram, Verdict::Overturn, 310).await;
    assert_eq!(appeal(&db, 22, 320).await, Changed::Done);
    assert!(waiting(&db).await.is_empty());
    db.store.show_what_is_due(now(400)).await.unwrap();
    assert_eq!(appeals(&db, 22, 400).await[0].ended_at, Some(now(400)));
    // Who had not appealed yet has nothing to appeal against any more.
    assert_eq!(appeal(&db, 22, 410).await, Changed::NotNow);
}

async fn publishing_a_column_again_ends_what_is_appealed(db: TestDatabase) {
    let ([anna, bram, _], draft) = made_of_two(&db).await;
    db.store.take_off(draft, "Er klopt iets niet.", bram, &[], now(30)).await.unwrap();
    assert_eq!(appeal(&db, 21, 40).await, Changed::Done);
    put_on_the_board(&db, draft, &column("een"), anna).await;
    assert!(waiting(&db).await.is_empty());
    assert_eq!(appeals(&db, 21, 70).await[0].ended_at, Some(now(60)));
    assert_eq!(appeal(&db, 22, 70).await, Changed::NotNow, "it stands there");
}

async fn words_stay_away_as_long_as_one_report_keeps_them_away(db: TestDatabase) {
    let ([anna, bram, _], first) = reported_comment(&db).await;
    let about = db.store.queue_item(first).await.unwrap().unwrap();
    let weerklank_store::About::Report(report) = about.about else { panic!() };
    let weerklank_store::Reported::Comment(Some(comment)) = report.about else { panic!() };
    let second = reported(&db, 3, Some(comment.id), 105).await;
    let undone = decide(&db, first, anna, Verdict::Remove, 110).await;
    decide(&db, second, bram, Verdict::Remove, 120).await;
    assert_eq!(db.store.removed_besides(undone).await.unwrap(), Some(second));
    assert_eq!(db.store.undo(undone, anna, None, now(130)).await.unwrap(), Undone::Done);
    assert_eq!(db.store.removed_besides(undone).await.unwrap(), None);
    assert_eq!(seen(&db, 149).await, ["Dorpsweg 1."], "the other is not final");
    assert_eq!(seen(&db, 150).await, ["-"]);
    let told = own(&db, 1, 200).await;
    assert_eq!(told.decisions.len(), 2, "its acceptance, and the removal that stands");

    // The first is followed as well, and the second is undone on appeal: the first still stands.
    decide(&db, first, anna, Verdict::Remove, 210).await;
    assert_eq!(appeal(&db, 1, 300).await, Changed::Done);
    let item = waiting(&db).await[0];
    let reversed = decide(&db, item, anna, Verdict::Overturn, 310).await;
    assert_eq!(own(&db, 1, 320).await.decisions.len(), 2, "it can still be undone");
    assert_eq!(db.store.undo(reversed, anna, None, now(325)).await.unwrap(), Undone::Done);
    assert_eq!(seen(&db, 400).await, ["-"]);
    decide(&db, item, anna, Verdict::Overturn, 410).await;
    assert_eq!(seen(&db, 500).await, ["-"]);
    let told = own(&db, 1, 500).await;
    assert_eq!(told.appeals[0].away, Some(Away::Other));
    let verdicts: Vec<_> = told.decisions.iter().map(|made| made.verdict).collect();
    assert_eq!(verdicts, [Verdict::Accept, Verdict::Remove, Verdict::Remove]);

    // That one can be appealed against too, and then nothing keeps them away.
    assert_eq!(appeal(&db, 1, 600).await, Changed::Done);
    settle(&db, bram, Verdict::Overturn, 610).await;
    assert_eq!(seen(&db, 700).await, ["Dorpsweg 1."]);
    assert_eq!(own(&db, 1, 700).await.appeals[1].away, None);
    assert_eq!(own(&db, 1, 700).await.appeals[0].away, None, "by now it is there");
}

/// Two reporters appeal since nothing was removed, and both are right; the writer appeals against one.
async fn an_appeal_about_one_removal_leaves_the_other(db: TestDatabase) {
    let ([anna, bram, chris], first) = reported_comment(&db).await;
    let about = db.store.queue_item(first).await.unwrap().unwrap();
    let weerklank_store::About::Report(report) = about.about else { panic!() };
    let weerklank_store::Reported::Comment(Some(comment)) = report.about else { panic!() };
    let second = reported(&db, 3, Some(comment.id), 105).await;
    decide(&db, first, anna, Verdict::Keep, 110).await;
    decide(&db, second, anna, Verdict::Keep, 120).await;
    for number in [2, 3] {
        assert_eq!(appeal(&db, number, 200).await, Changed::Done);
        settle(&db, bram, Verdict::Overturn, 210).await;
    }
    assert_eq!(seen(&db, 300).await, ["-"]);
    assert_eq!(appeal(&db, 1, 300).await, Changed::Done);
    settle(&db, chris, Verdict::Overturn, 310).await;
    assert_eq!(seen(&db, 400).await, ["-"], "the other appeal keeps it away");
    assert!(own(&db, 1, 400).await.may_appeal.is_some());
    assert_eq!(appeal(&db, 1, 400).await, Changed::Done);
    settle(&db, chris, Verdict::Overturn, 410).await;
    assert_eq!(seen(&db, 500).await, ["Dorpsweg 1."]);
}

async fn a_column_stays_away_as_long_as_one_report_keeps_it_away(db: TestDatabase) {
    let ([anna, bram, chris], _) = made_of_experience(&db).await;
    let (first, second) = (reported(&db, 2, None, 100).await, reported(&db, 3, None, 101).await);
    decide(&db, first, anna, Verdict::Remove, 110).await;
    decide(&db, second, bram, Verdict::Remove, 111).await;
    // Both are due at once.
    assert!(db.store.show_what_is_due(now(200)).await.unwrap());
    assert_eq!(mine(&db, 21, 200).await.decisions.len(), 2, "accepted, and removed once");
    assert_eq!(appeal(&db, 21, 300).await, Changed::Done);
    let whole = db.store.queue_item(waiting(&db).await[0]).await.unwrap().unwrap();
    let weerklank_store::About::Appeal { appeal: made, .. } = whole.about else { panic!() };
    assert_eq!((made.away, made.column.unwrap().slug.as_str()), (Some(Away::Other), "een"));
    settle(&db, chris, Verdict::Overturn, 310).await;
    assert_eq!(status(&db, "een").await, Status::Withdrawn);

    // Its sender reads of the other decision, and appeals against that one.
    let told = mine(&db, 21, 400).await;
    assert_eq!(told.appeals[0].away, Some(Away::Other));
    let last = told.decisions.last().unwrap();
    assert_eq!((last.verdict, last.by.as_str(), told.decisions.len()), (Verdict::Remove, "bram", 3));
    assert_eq!(appeal(&db, 21, 400).await, Changed::Done);
    settle(&db, chris, Verdict::Overturn, 410).await;
    assert_eq!(status(&db, "een").await, Status::Published);
    assert_eq!(mine(&db, 21, 500).await.appeals[1].away, None);

    // What kept it away before it came back keeps it away no more.
    let third = reported(&db, 4, None, 500).await;
    decide(&db, third, anna, Verdict::Remove, 510).await;
    db.store.show_what_is_due(now(600)).await.unwrap();
    assert_eq!(appeal(&db, 21, 600).await, Changed::Done);
    settle(&db, chris, Verdict::Overturn, 610).await;
    assert_eq!(status(&db, "een").await, Status::Published);
}

async fn a_column_that_does_not_come_back_says_why(db: TestDatabase) {
    let ([anna, bram, _], draft) = made_of_two(&db).await;
    let off = async |seconds| {
        db.store.take_off(draft, "Er klopt iets niet.", anna, &[], now(seconds)).await.unwrap();
    };
    let away = async |seconds| {
        let item = waiting(&db).await[0];
        let whole = db.store.queue_item(item).await.unwrap().unwrap();
        let weerklank_store::About::Appeal { appeal, .. } = whole.about else { panic!() };
        decide(&db, item, bram, Verdict::Overturn, seconds).await;
        db.store.show_what_is_due(now(seconds + limits::UNDO_SECONDS)).await.unwrap();
        (appeal.away, appeals(&db, 21, seconds + 40).await.pop().unwrap().away)
    };
    off(100).await;
    appeal(&db, 21, 110).await;
    db.store.withdraw_experience(&hash(22), &[], now(120)).await.unwrap();
    assert_eq!(away(130).await, (Some(Away::TakenBack), Some(Away::TakenBack)));
    assert_eq!(status(&db, "een").await, Status::Withdrawn);

    // Put back by its sender it waits for an editor, as something that was changed does.
    db.store.restore_experience(&hash(22), now(200)).await.unwrap();
    let restored = waiting(&db).await[0];
    decide(&db, restored, anna, Verdict::Accept, 210).await;
    put_on_the_board(&db, draft, &column("een"), anna).await;
    off(300).await;
    appeal(&db, 21, 310).await;
    let sent = mine(&db, 22, 320).await.stored.experience;
    db.store.correct_experience(&hash(22), &sent, None, &[], now(320)).await.unwrap();
    let [appealed, corrected] = waiting(&db).await[..] else { panic!("two wait") };
    assert_eq!(away(330).await, (Some(Away::Changed), Some(Away::Changed)));
    assert!(waiting(&db).await.contains(&corrected) && appealed != corrected);

    // Erased by one, nothing of it is there to come back for the other.
    decide(&db, corrected, anna, Verdict::Accept, 400).await;
    put_on_the_board(&db, draft, &column("een"), anna).await;
    off(500).await;
    appeal(&db, 21, 510).await;
    assert!(db.store.erase_experience(&hash(22), &[], now(520)).await.unwrap());
    assert_eq!(away(530).await, (Some(Away::Erased), Some(Away::Erased)));
}
