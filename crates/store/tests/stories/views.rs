//! Selections of the queue that editors keep.

use uuid::Uuid;
use weerklank_domain::desk::{Role, limits};
use weerklank_store::{PeopleChange, ViewKept};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::editor;
use crate::now;

on_every_database!(
    views_are_kept_replaced_and_removed,
    each_has_so_many_and_of_each_name_one,
    of_many_at_once_no_more_are_kept,
    views_of_who_is_disabled_stay,
);

pub(crate) async fn keep_one(db: &TestDatabase) {
    let yfke = editor(db, "yfke", Role::Editor).await;
    assert_eq!(keep(db, yfke, "Vrij", "view=free").await, ViewKept::Done);
}

/// Each a second after the one before it.
async fn keep(db: &TestDatabase, by: Uuid, name: &str, query: &str) -> ViewKept {
    let before = i64::try_from(views(db, by).await.len()).unwrap();
    db.store.keep_queue_view(by, (name, query), now(before)).await.unwrap()
}

/// Names and queries, in order.
async fn views(db: &TestDatabase, of: Uuid) -> Vec<(String, String)> {
    let views = db.store.queue_views(of).await.unwrap();
    views.into_iter().map(|view| (view.name, view.query)).collect()
}

fn pair(name: &str, query: &str) -> (String, String) {
    (name.to_owned(), query.to_owned())
}

async fn views_are_kept_replaced_and_removed(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let bram = editor(&db, "bram", Role::Admin).await;
    for (name, query) in [("Reacties", "kind=comment"), ("'; DROP TABLE queue_view; --", "lang=en")] {
        assert_eq!(keep(&db, anna, name, query).await, ViewKept::Done);
    }
    assert_eq!(keep(&db, bram, "Reacties", "view=mine").await, ViewKept::Done);
    assert_eq!(keep(&db, anna, "Reacties", "kind=comment&view=free").await, ViewKept::Done);
    let wanted =
        [pair("Reacties", "kind=comment&view=free"), pair("'; DROP TABLE queue_view; --", "lang=en")];
    assert_eq!(views(&db, anna).await, wanted, "the one of that name stays where it is");
    assert_eq!(views(&db, bram).await, [pair("Reacties", "view=mine")], "each has their own");

    let id = db.store.queue_views(anna).await.unwrap()[0].id;
    assert!(!db.store.drop_queue_view(bram, id).await.unwrap(), "of somebody else");
    assert!(!db.store.drop_queue_view(anna, Uuid::nil()).await.unwrap());
    assert!(db.store.drop_queue_view(anna, id).await.unwrap());
    assert!(!db.store.drop_queue_view(anna, id).await.unwrap(), "once");
    assert_eq!(views(&db, anna).await, wanted[1..]);
    assert_eq!(views(&db, bram).await.len(), 1);
    assert_eq!(keep(&db, Uuid::nil(), "Van niemand", "view=mine").await, ViewKept::Nobody);
}

async fn each_has_so_many_and_of_each_name_one(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    for number in 0..limits::VIEWS {
        assert_eq!(keep(&db, anna, &format!("Keuze {number}"), "lang=nl").await, ViewKept::Done);
    }
    assert_eq!(keep(&db, anna, "Nog een", "lang=nl").await, ViewKept::TooMany);
    assert_eq!(keep(&db, anna, "Keuze 3", "lang=en").await, ViewKept::Done, "that is none more");
    assert_eq!(views(&db, anna).await[3], pair("Keuze 3", "lang=en"));
    let id = db.store.queue_views(anna).await.unwrap()[0].id;
    assert!(db.store.drop_queue_view(anna, id).await.unwrap());
    assert_eq!(keep(&db, anna, "Nog een", "lang=nl").await, ViewKept::Done);
    assert_eq!(views(&db, anna).await.len(), limits::VIEWS);
}

async fn of_many_at_once_no_more_are_kept(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    for number in 1..limits::VIEWS {
        keep(&db, anna, &format!("Keuze {number}"), "lang=nl").await;
    }
    // Half of them under one name, which is one view; the others do not fit beside it.
    let tries = (0..8).map(|number| {
        let store = db.store.clone();
        tokio::spawn(async move {
            let name = if number % 2 == 0 { "Dezelfde".to_owned() } else { format!("Andere {number}") };
            store.keep_queue_view(anna, (&name, "view=mine"), now(1)).await.unwrap()
        })
    });
    for one in tries.collect::<Vec<_>>() {
        let kept = one.await.unwrap();
        assert!(matches!(kept, ViewKept::Done | ViewKept::TooMany), "{kept:?}");
    }
    assert_eq!(views(&db, anna).await.len(), limits::VIEWS);
}

async fn views_of_who_is_disabled_stay(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let admin = editor(&db, "chef", Role::Admin).await;
    keep(&db, anna, "Reacties", "kind=comment").await;
    assert!(matches!(db.store.disable(anna, admin, now(1)).await.unwrap(), PeopleChange::Done(_)));
    assert_eq!(keep(&db, anna, "Nog een", "lang=nl").await, ViewKept::Nobody);
    db.store.enable(anna, admin, now(2)).await.unwrap();
    assert_eq!(views(&db, anna).await, [pair("Reacties", "kind=comment")]);
}
