//! Pictures that columns show.

use weerklank_domain::desk::Role;
use weerklank_domain::{Image, Picture, Status};
use weerklank_test_support::build::column;
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::editor;
use crate::{import, now};

on_every_database!(
    a_picture_is_kept_once_and_never_becomes_another,
    many_large_pictures_move_to_either_database,
    what_nothing_names_goes_after_a_week,
);

const WEEK: i64 = 7 * 24 * 3_600;

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

async fn what_nothing_names_goes_after_a_week(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let [in_text, above, drafted, again, unused] = [1, 2, 3, 4, 5].map(|number| files(number, 100));
    for files in [&in_text, &above, &drafted, &again, &unused] {
        db.store.keep_picture(files, anna, now(0)).await.unwrap();
    }
    let address = |files: &[(Picture, Vec<u8>)]| format!("/pictures/{}", files.last().unwrap().0);
    let mut shows = column("een");
    // In another size, on a board that calls itself by name.
    shows.body = format!("![x](https://board.example/pictures/{})\n", in_text[0].0);
    shows.image = Some(Image { src: address(&above), alt: String::new(), credit: None });
    shows.status = Status::Withdrawn;
    import(&db.store, &shows).await;
    crate::drafts::begin_with(&db, anna, &format!("![x]({})\n", address(&drafted))).await;

    assert_eq!(db.store.forget_pictures(now(WEEK)).await.unwrap(), 0, "it may be for what is being written");
    db.store.keep_picture(&again, anna, now(WEEK)).await.unwrap();
    assert_eq!(db.store.forget_pictures(now(WEEK + 1)).await.unwrap(), 1);
    for (files, stays) in
        [(&in_text, true), (&above, true), (&drafted, true), (&again, true), (&unused, false)]
    {
        for (size, _) in files {
            assert_eq!(db.store.picture(*size).await.unwrap().is_some(), stays, "{size}");
        }
    }
    assert_eq!(db.store.forget_pictures(now(2 * WEEK + 1)).await.unwrap(), 1, "{again:?}");
}
