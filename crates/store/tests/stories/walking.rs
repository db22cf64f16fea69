use weerklank_domain::{Column, ColumnFilter, Slug, Status};
use weerklank_store::{ChangePoint, ColumnCursor, StoredColumn};
use weerklank_test_support::build::{column, derived, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::generate::Generator;
use weerklank_test_support::on_every_database;

use crate::{day, import, now, today};

on_every_database!(
    a_walk_sees_each_column_once_while_others_arrive,
    the_last_page_has_no_cursor,
    changes_are_seen_once_and_in_order,
    an_export_walks_all_of_them_by_slug,
    a_feed_has_the_newest_whole,
);

fn slugs(columns: &[StoredColumn]) -> Vec<Slug> {
    columns.iter().map(|stored| stored.column.slug.clone()).collect()
}

async fn a_walk_sees_each_column_once_while_others_arrive(db: TestDatabase) {
    let columns: Vec<_> = Generator::new(6).take(90).collect();
    db.store.import_columns(&columns, now(0)).await.unwrap();
    let filter = ColumnFilter::default();
    let expected = slugs(&db.store.feed(&filter, 1_000, today()).await.unwrap());
    let mut seen = Vec::new();
    let mut cursor: Option<ColumnCursor> = None;
    loop {
        let (page, next) = db.store.public_columns_after(cursor.as_ref(), &filter, 7, today()).await.unwrap();
        seen.extend(slugs(&page));
        let Some(next) = next else { break };
        // Something newer than all that was seen.
        let mut newest = column(&format!("nieuw-{}", seen.len()));
        newest.date = day("2026-11-20");
        import(&db.store, &newest).await;
        cursor = Some(next.to_string().parse().unwrap());
    }
    assert_eq!(seen, expected);
}

async fn the_last_page_has_no_cursor(db: TestDatabase) {
    for name in ["a", "b", "c", "d"] {
        import(&db.store, &column(name)).await;
    }
    let filter = ColumnFilter::default();
    let (page, next) = db.store.public_columns_after(None, &filter, 2, today()).await.unwrap();
    assert_eq!(slugs(&page), ["a", "b"].map(slug));
    let (page, next) = db.store.public_columns_after(next.as_ref(), &filter, 2, today()).await.unwrap();
    assert_eq!((slugs(&page), next), (["c", "d"].map(slug).to_vec(), None));
}

async fn changes_are_seen_once_and_in_order(db: TestDatabase) {
    let batch: Vec<_> = ["d", "b", "a", "c"].map(|name| (column(name), derived())).into();
    db.store.import_columns(&batch, now(0)).await.unwrap();
    let mut later = column("e");
    later.status = Status::Withdrawn;
    import(&db.store, &later).await;
    let changed = Column { title: "Anders".to_owned(), ..column("b") };
    import(&db.store, &changed).await;

    let mut point = ChangePoint::default();
    let mut seen = Vec::new();
    loop {
        let (page, next) = db.store.changed_since(&point, 2).await.unwrap();
        if page.is_empty() {
            assert_eq!(next, point);
            break;
        }
        seen.extend(slugs(&page));
        point = next;
    }
    assert_eq!(seen, ["a", "c", "d", "e", "b"].map(slug));
    assert_eq!(point.seq, db.store.change_seq().await.unwrap());
    let (rest, _) = db.store.changed_since(&ChangePoint::after(1), 10).await.unwrap();
    assert_eq!(slugs(&rest), ["e", "b"].map(slug));
}

async fn an_export_walks_all_of_them_by_slug(db: TestDatabase) {
    // A language would sort these otherwise: hyphens do not count there.
    for (name, status) in [
        ("a-b", Status::Draft),
        ("ab", Status::Published),
        ("a-c", Status::Withdrawn),
        ("a1", Status::Scheduled),
    ] {
        let mut column = column(name);
        column.status = status;
        import(&db.store, &column).await;
    }
    let first = db.store.all_columns(None, 3).await.unwrap();
    assert_eq!(slugs(&first), ["a-b", "a-c", "a1"].map(slug));
    let rest = db.store.all_columns(Some(&slug("a1")), 3).await.unwrap();
    assert_eq!(slugs(&rest), [slug("ab")]);
}

async fn a_feed_has_the_newest_whole(db: TestDatabase) {
    for (name, date) in [("oud", "2020-01-01"), ("nieuw", "2026-01-01"), ("ook-nieuw", "2026-01-01")] {
        let mut column = column(name);
        column.date = day(date);
        column.body = format!("Tekst van {name}.\n");
        import(&db.store, &column).await;
    }
    let feed = db.store.feed(&ColumnFilter::default(), 2, today()).await.unwrap();
    assert_eq!(slugs(&feed), ["nieuw", "ook-nieuw"].map(slug));
    assert_eq!(feed[0].column.body, "Tekst van nieuw.\n");
}
