//! Pictures that columns show.

use weerklank_domain::Picture;
use weerklank_domain::desk::Role;
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::editor;
use crate::now;

on_every_database!(
    a_picture_is_kept_once_and_never_becomes_another,
    many_large_pictures_move_to_either_database
);

/// A picture of two sizes with these bytes.
fn files(number: u8, bytes: usize) -> Vec<(Picture, Vec<u8>)> {
    let largest = Picture { hash: [number; 16], width: 900, height: 300 };
    largest.sizes().zip(1..).map(|(size, by)| (size, vec![number.wrapping_add(by); bytes])).collect()
}

pub(crate) async fn keep_one(db: &TestDatabase, number: u8) {
    let anna = editor(db, "anna", Role::Editor).await;
    assert!(db.store.keep_picture(&files(number, 100), anna, now(0)).await.unwrap());
}

async fn a_picture_is_kept_once_and_never_becomes_another(db: TestDatabase) {
    keep_one(&db, 7).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    let other: Vec<_> = files(7, 100).into_iter().map(|(size, _)| (size, vec![0; 5])).collect();
    assert!(!db.store.keep_picture(&other, anna, now(1)).await.unwrap());
    for (size, file) in files(7, 100) {
        assert_eq!(db.store.picture(size).await.unwrap(), Some(file));
        assert_eq!(db.store.picture(Picture { height: size.height + 1, ..size }).await.unwrap(), None);
        assert_eq!(db.store.picture(Picture { hash: [8; 16], ..size }).await.unwrap(), None);
    }
    assert_eq!(db.store.pictures().await.unwrap(), [files(7, 0).pop().unwrap().0]);
    assert!(!db.store.keep_picture(&[], anna, now(1)).await.unwrap());
}

async fn many_large_pictures_move_to_either_database(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    for number in 0..12 {
        db.store.keep_picture(&files(number, 700_000), anna, now(0)).await.unwrap();
    }
    for target in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        db.store.transfer_to(&target.store, now(0)).await.unwrap();
        assert_eq!(target.store.pictures().await.unwrap(), db.store.pictures().await.unwrap());
        for (size, file) in files(11, 700_000) {
            assert_eq!(target.store.picture(size).await.unwrap(), Some(file));
        }
    }
}
