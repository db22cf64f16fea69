//! Comments that were made elsewhere are taken over.

use time::{Duration, OffsetDateTime};
use weerklank_domain::Slug;
use weerklank_domain::desk::{Action, Kind, Role, Verdict};
use weerklank_domain::experience::State;
use weerklank_domain::voice::{Earlier, EarlierComment};
use weerklank_store::{About, AuditFilter, EarlierThread, QueueFilter, TakenOver};
use weerklank_test_support::build::{column, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::editor;
use crate::voice::decide;
use crate::{import, now};

on_every_database!(
    they_stand_below_their_column_with_their_own_date,
    a_second_time_changes_nothing,
    what_may_lead_to_somebody_is_read_first,
    many_at_once_are_one_change,
);

fn place(number: &str, days: i64) -> Earlier {
    let written_at = OffsetDateTime::UNIX_EPOCH + Duration::days(16_000 + days);
    Earlier { number: number.to_owned(), written_at }
}

fn said(number: &str, days: i64, text: &str) -> EarlierComment {
    EarlierComment {
        place: place(number, days),
        name: Some("Kim".to_owned()),
        text: text.to_owned(),
        answers: None,
        answers_name: None,
        waits: false,
    }
}

fn into(made: u64, waiting: u64, unchanged: u64) -> TakenOver {
    TakenOver::Into { column: slug("een"), made, waiting, unchanged }
}

async fn take(db: &TestDatabase, columns: &[Slug], comments: &[EarlierComment]) -> TakenOver {
    let thread = EarlierThread { columns, comments };
    let would = db.store.would_import_comments(&[thread]).await.unwrap();
    let done = db.store.import_comments(&[thread], "oud.xml", now(10)).await.unwrap();
    assert_eq!(would, done, "a dry run tells what the import does");
    done.into_iter().next().unwrap()
}

async fn they_stand_below_their_column_with_their_own_date(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let first = said("1", 0, "Eerst.");
    let answer = EarlierComment {
        answers: Some(place("1", 0)),
        answers_name: Some("Bo".to_owned()),
        ..said("3", 2, "Dieper.")
    };
    // What it answers was deleted there.
    let orphan = EarlierComment { answers: Some(place("9", 1)), ..said("4", 3, "Wees.") };
    let later = said("2", 1, "Later.");
    let made = take(&db, &[slug("nergens"), slug("een")], &[later, answer, first, orphan]).await;
    assert_eq!(made, into(4, 0, 0));
    assert!(db.store.show_what_is_due(now(10)).await.unwrap(), "pages are drawn anew");

    let id = db.store.column(&slug("een")).await.unwrap().unwrap().id;
    let voices = db.store.voices(id, now(10)).await.unwrap();
    let texts: Vec<_> = voices.comments.iter().map(|comment| comment.text.as_deref().unwrap()).collect();
    assert_eq!(texts, ["Eerst.", "Later.", "Dieper.", "Wees."], "in the order in which they were written");
    assert!(voices.comments.iter().all(|comment| comment.is_imported));
    let [first, _, answer, orphan] = &voices.comments[..] else { panic!("{voices:?}") };
    assert_eq!(first.received_at, place("", 0).written_at);
    assert_eq!((answer.parent, answer.answers_name.as_deref()), (Some(first.id), Some("Bo")));
    assert!(orphan.parent.is_some_and(|parent| parent != first.id));
    assert!(db.store.voices(id, now(9)).await.unwrap().comments.is_empty(), "not before they were imported");

    let lines = db.store.audit(&AuditFilter::default(), 9).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].action, lines[0].kind), (Action::CommentsImported, Some(Kind::Comment)));
    assert_eq!(lines[0].about.as_deref(), Some("oud.xml: 4, 0 of them to be read first"));
    assert_eq!(take(&db, &[slug("nergens")], &[said("8", 0, "Ja.")]).await, TakenOver::NoColumn);
    assert_eq!(take(&db, &[], &[said("8", 0, "Ja.")]).await, TakenOver::NoColumn);
}

async fn a_second_time_changes_nothing(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let both = [said("1", 0, "Eerst."), said("1", 0, "Dubbel."), said("2", 1, "Later.")];
    assert_eq!(take(&db, &[slug("een")], &both).await, into(2, 0, 1));
    db.store.show_what_is_due(now(10)).await.unwrap();
    let before = db.store.change_seq().await.unwrap();
    assert_eq!(take(&db, &[slug("een")], &both).await, into(0, 0, 3));
    assert!(!db.store.show_what_is_due(now(20)).await.unwrap());
    assert_eq!(db.store.change_seq().await.unwrap(), before);
    assert_eq!(db.store.audit(&AuditFilter::default(), 9).await.unwrap().len(), 1);
    // What was said since comes along.
    assert_eq!(
        take(&db, &[slug("een")], &[said("1", 0, "Eerst."), said("3", 2, "Nu.")]).await,
        into(1, 0, 1)
    );
}

async fn what_may_lead_to_somebody_is_read_first(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let jo = editor(&db, "jo", Role::Editor).await;
    let waits = EarlierComment { waits: true, ..said("1", 0, "Bel 06-12345678.") };
    assert_eq!(take(&db, &[slug("een")], &[waits]).await, into(1, 1, 0));
    let id = db.store.column(&slug("een")).await.unwrap().unwrap().id;
    assert!(db.store.voices(id, now(20)).await.unwrap().comments.is_empty());
    let waiting = db.store.queue(&QueueFilter::default(), None, 9).await.unwrap();
    let [item] = &waiting.items[..] else { panic!("{waiting:?}") };
    assert_eq!((item.kind, item.state, item.waits_since), (Kind::Comment, State::Received, Some(now(10))));
    let whole = db.store.queue_item(item.id).await.unwrap().unwrap();
    assert!(matches!(whole.about, About::Comment(comment) if comment.is_imported && !comment.has_address));
    decide(&db, item.id, jo, Verdict::Accept, 30).await;
    assert_eq!(db.store.voices(id, now(90)).await.unwrap().comments.len(), 1);
}

async fn many_at_once_are_one_change(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let many: Vec<_> = (0..1_201).map(|n| said(&format!("{n}"), n % 7, "Ja.")).collect();
    assert_eq!(take(&db, &[slug("een")], &many).await, into(1_201, 0, 0));
    assert_eq!(take(&db, &[slug("een")], &many).await, into(0, 0, 1_201));
    let id = db.store.column(&slug("een")).await.unwrap().unwrap().id;
    assert_eq!(db.store.voices(id, now(10)).await.unwrap().comments.len(), 1_201);
}
