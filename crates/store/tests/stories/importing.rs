use weerklank_domain::{
    Column, ColumnFilter, Comments, FirstPublished, Guest, Image, Lang, Moment, PageNumber, Sentiment,
    SeriesPart, Source, Status,
};
use weerklank_store::{ChangePoint, Derived, Imported, StoreError};
use weerklank_test_support::build::{column, derived, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::generate::Generator;
use weerklank_test_support::on_every_database;

use crate::{all, day, import, now, today};

on_every_database!(
    a_column_comes_back_as_it_went_in,
    importing_twice_changes_nothing,
    a_change_keeps_what_a_column_is,
    what_the_renderer_finds_is_a_change_too,
    many_come_back_as_they_went_in,
    a_batch_is_taken_whole_or_not_at_all,
    one_slug_twice_in_a_batch_is_a_change,
    a_name_that_is_no_more_than_its_slug_gives_way,
    the_newest_spelling_wins,
    a_file_that_is_the_same_spells_no_name,
    a_dry_run_tells_what_the_run_does,
    exporting_and_importing_in_any_order_is_a_fixed_point,
    a_new_spelling_changes_the_columns_that_show_it,
    names_that_are_the_same_are_one,
);

async fn a_column_comes_back_as_it_went_in(db: TestDatabase) {
    let mut full = Column {
        title: "Álles “erin” — én meer".to_owned(),
        body: "Regel 1\n\n> [!NOTE]\n> \u{1f36b} 'quote' \\ \"\n".to_owned(),
        ..column("alles-erin")
    };
    full.updated = Some(day("2026-06-02"));
    full.authors = vec!["Zoë de Vries".to_owned(), "Redactie".to_owned()];
    full.lang = Lang::En;
    full.sentiment = Sentiment::Negative;
    full.moments = vec![Moment::Refund, Moment::Delivery];
    full.shops = vec!["Vonk & Zoon".to_owned(), "Bakkerij Ångström".to_owned()];
    full.series = Some(SeriesPart { name: "Twee kanten".to_owned(), number: u32::MAX });
    full.guest = Some(Guest {
        name: "Gast".to_owned(),
        role: Some("koper".to_owned()),
        organisation: Some(String::new()),
    });
    full.first_published = Some(FirstPublished {
        medium: "Vakblad".to_owned(),
        issue: Some("11/12-2015".to_owned()),
        date: Some(day("2015-12-16")),
        url: Some("https://vakblad.example/1".to_owned()),
    });
    full.summary = Some("Samenvatting".to_owned());
    full.tags = vec!["warmte".to_owned(), "a b".to_owned(), "warmte".to_owned()];
    full.image =
        Some(Image { src: "/media/a.jpg".to_owned(), alt: String::new(), credit: Some("Ik".to_owned()) });
    full.source = Source::SecondHand;
    full.comments = Comments::Closed;
    full.status = Status::Withdrawn;
    full.incomplete = true;
    let derived = Derived { words: 7, reading_minutes: 3, excerpt: "Regel 1".to_owned() };

    let done = db.store.import_column(&full, &derived, now(0)).await.unwrap();
    let stored = db.store.column(&full.slug).await.unwrap().unwrap();

    assert_eq!(done, Imported::Made);
    assert_eq!(stored.column, full);
    assert_eq!((stored.words, stored.card.reading_minutes), (7, 3));
    assert_eq!(stored.card.summary, "Samenvatting");
    assert_eq!((stored.created_at, stored.changed_at), (now(0), now(0)));
    assert_eq!(stored.card.shops[0].slug, slug("vonk-zoon"));
    assert_eq!(db.store.column(&slug("een-andere")).await.unwrap(), None);
}

async fn importing_twice_changes_nothing(db: TestDatabase) {
    let column = column("een");
    assert_eq!(import(&db.store, &column).await, Imported::Made);
    let (seq, before) = (db.store.change_seq().await.unwrap(), db.store.column(&column.slug).await.unwrap());

    let again = db.store.import_column(&column, &derived(), now(60)).await.unwrap();

    assert_eq!(again, Imported::Unchanged);
    assert_eq!(db.store.change_seq().await.unwrap(), seq);
    assert_eq!(db.store.column(&column.slug).await.unwrap(), before);
}

async fn a_change_keeps_what_a_column_is(db: TestDatabase) {
    let mut column = column("een");
    column.shops = vec!["Oude winkel".to_owned()];
    import(&db.store, &column).await;
    let before = db.store.column(&column.slug).await.unwrap().unwrap();
    column.shops = vec!["Nieuwe winkel".to_owned()];
    column.tags = vec!["nieuw".to_owned()];

    let done = db.store.import_column(&column, &derived(), now(60)).await.unwrap();
    let after = db.store.column(&column.slug).await.unwrap().unwrap();

    assert_eq!(done, Imported::Changed);
    assert_eq!(after.column, column);
    assert_eq!((after.id, after.created_at), (before.id, before.created_at));
    assert_eq!((after.changed_at, after.changed_seq), (now(60), before.changed_seq + 1));
    assert_eq!(db.store.change_seq().await.unwrap(), after.changed_seq);
}

async fn what_the_renderer_finds_is_a_change_too(db: TestDatabase) {
    let column = column("een");
    import(&db.store, &column).await;
    let more = Derived { words: 3, ..derived() };
    assert_eq!(db.store.import_column(&column, &more, now(0)).await.unwrap(), Imported::Changed);
    assert_eq!(db.store.column(&column.slug).await.unwrap().unwrap().words, 3);
}

async fn many_come_back_as_they_went_in(db: TestDatabase) {
    let columns: Vec<_> = Generator::new(2).take(250).collect();
    assert!(db.store.is_empty().await.unwrap());
    let made = db.store.import_columns(&columns, now(0)).await.unwrap();
    let again = db.store.import_columns(&columns, now(1)).await.unwrap();

    assert_eq!(made, vec![Imported::Made; 250]);
    assert_eq!(again, vec![Imported::Unchanged; 250]);
    assert_eq!(db.store.change_seq().await.unwrap(), 1);
    assert!(!db.store.is_empty().await.unwrap());
    let mut expected: Vec<_> = columns.into_iter().map(|(column, _)| column).collect();
    expected.sort_by(|a, b| a.slug.cmp(&b.slug));
    assert_eq!(all(&db.store).await, expected);
}

async fn a_batch_is_taken_whole_or_not_at_all(db: TestDatabase) {
    let mut nameless = column("twee");
    nameless.shops = vec!["Пример".to_owned()];
    let batch = [(column("een"), derived()), (nameless, derived())];
    let error = db.store.import_columns(&batch, now(0)).await.unwrap_err();
    assert!(matches!(&error, StoreError::Unnameable(name) if name == "Пример"), "{error}");
    assert!(db.store.is_empty().await.unwrap());
}

async fn one_slug_twice_in_a_batch_is_a_change(db: TestDatabase) {
    let later = Column { title: "Later".to_owned(), ..column("een") };
    let batch = [(column("een"), derived()), (later.clone(), derived()), (later.clone(), derived())];
    let done = db.store.import_columns(&batch, now(0)).await.unwrap();
    assert_eq!(done, [Imported::Made, Imported::Changed, Imported::Unchanged]);
    assert_eq!(all(&db.store).await, [later]);
    let list = db.store.list(&ColumnFilter::default(), PageNumber::FIRST, 10, today()).await.unwrap();
    assert_eq!(list.total, 1);
}

async fn a_name_that_is_no_more_than_its_slug_gives_way(db: TestDatabase) {
    let mut one = column("een");
    one.shops = vec!["vonk-zoon".to_owned()];
    import(&db.store, &one).await;
    one.slug = slug("twee");
    one.shops = vec!["Vonk & Zoon".to_owned()];
    import(&db.store, &one).await;
    assert_eq!(db.store.shop(&slug("vonk-zoon")).await.unwrap().unwrap().name, "Vonk & Zoon");
    assert!(all(&db.store).await.iter().all(|column| column.shops == ["Vonk & Zoon"]));
}

async fn the_newest_spelling_wins(db: TestDatabase) {
    let mut one = column("een");
    for (name, kept) in [
        ("vonk zoon", "vonk zoon"),
        ("Vonk & Zoon", "Vonk & Zoon"),
        ("vonk-zoon", "Vonk & Zoon"),
        ("VONK … zoon", "VONK … zoon"),
    ] {
        one.shops = vec![name.to_owned()];
        one.authors = vec![name.to_owned()];
        one.series = Some(SeriesPart { name: name.to_owned(), number: 1 });
        assert_ne!(import(&db.store, &one).await, Imported::Unchanged, "{name}");
        assert_eq!(db.store.shop(&slug("vonk-zoon")).await.unwrap().unwrap().name, kept);
        let stored = db.store.column(&one.slug).await.unwrap().unwrap().column;
        assert_eq!((stored.shops, stored.authors), (vec![kept.to_owned()], vec![kept.to_owned()]));
        assert_eq!(stored.series.unwrap().name, kept);
    }
}

async fn a_file_that_is_the_same_spells_no_name(db: TestDatabase) {
    let by = |slug: &str, author: &str| Column { authors: vec![author.to_owned()], ..column(slug) };
    let old = by("oud", "jan jansen");
    assert_eq!(import(&db.store, &old).await, Imported::Made);
    assert_eq!(import(&db.store, &by("nieuw", "Jan Jansen")).await, Imported::Made);
    let seq = db.store.change_seq().await.unwrap();

    assert_eq!(import(&db.store, &old).await, Imported::Unchanged);
    assert_eq!(import(&db.store, &by("nieuw", "Jan Jansen")).await, Imported::Unchanged);
    assert_eq!(db.store.change_seq().await.unwrap(), seq);
    assert!(all(&db.store).await.iter().all(|column| column.authors == ["Jan Jansen"]));
}

async fn a_dry_run_tells_what_the_run_does(db: TestDatabase) {
    let mut one = column("een");
    let mut steps: Vec<Column> = vec![one.clone()];
    for author in ["jan jansen", "Jan Jansen", "Jan Jansen", "jan-jansen", "Jan  Jansen"] {
        one.authors = vec![author.to_owned()];
        steps.push(one.clone());
    }
    for (number, step) in steps.iter().enumerate() {
        let seq = db.store.change_seq().await.unwrap();
        let told = db.store.would_import(step, &derived()).await.unwrap();
        assert_eq!(db.store.change_seq().await.unwrap(), seq);
        assert_eq!(import(&db.store, step).await, told, "{number}");
        let expected = [Imported::Made, Imported::Changed, Imported::Changed, Imported::Unchanged];
        assert_eq!(told, *expected.get(number).unwrap_or(&Imported::Changed), "{number}");
    }
}

async fn exporting_and_importing_in_any_order_is_a_fixed_point(db: TestDatabase) {
    let spellings = ["cafe-noord", "Café Noord", "CAFE NOORD", "cafe-noord", "Cafe Noord"];
    for (number, name) in spellings.iter().enumerate() {
        let mut column = column(&format!("column-{number}"));
        column.shops = vec![(*name).to_owned()];
        column.authors = vec![spellings[(number + 1) % 5].to_owned()];
        column.series = Some(SeriesPart { name: spellings[(number + 2) % 5].to_owned(), number: 1 });
        import(&db.store, &column).await;
    }
    let exported = all(&db.store).await;
    for turn in 0..exported.len() {
        let mut columns = exported.clone();
        columns.rotate_left(turn);
        let other = TestDatabase::sqlite().await;
        for column in &columns {
            import(&other.store, column).await;
        }
        assert_eq!(all(&other.store).await, exported);
    }
    // Files that spell a name as all do by now are new to who wrote it otherwise, and only once.
    for column in &exported {
        import(&db.store, column).await;
        assert_eq!(import(&db.store, column).await, Imported::Unchanged);
    }
    assert_eq!(all(&db.store).await, exported);
}

async fn a_new_spelling_changes_the_columns_that_show_it(db: TestDatabase) {
    for (before, after) in [("vonk-zoon", "vonk zoon"), ("vonk zoon", "Vonk & Zoon")] {
        let shows = |slug: &str, shop: &str| Column {
            shops: vec![shop.to_owned()],
            authors: vec![shop.to_owned()],
            series: Some(SeriesPart { name: shop.to_owned(), number: 1 }),
            ..column(slug)
        };
        let (old, other) = (shows("oud", before), shows("ander", before));
        import(&db.store, &old).await;
        import(&db.store, &other).await;
        import(&db.store, &column("los")).await;
        let seen = ChangePoint::after(db.store.change_seq().await.unwrap());

        assert_eq!(import(&db.store, &shows("oud", after)).await, Imported::Changed);
        let (changed, _) = db.store.changed_since(&seen, 10).await.unwrap();
        let mut changed: Vec<_> = changed.into_iter().map(|stored| stored.column).collect();
        changed.sort_by(|a, b| a.slug.cmp(&b.slug));
        assert_eq!(changed, [shows("ander", after), shows("oud", after)]);
    }
}

async fn names_that_are_the_same_are_one(db: TestDatabase) {
    let mut one = column("een");
    one.shops = vec!["Vonk & Zoon".to_owned(), "vonk zoon".to_owned()];
    one.moments = vec![Moment::Contact, Moment::Contact];
    import(&db.store, &one).await;
    let stored = db.store.column(&one.slug).await.unwrap().unwrap().column;
    assert_eq!(stored.shops, ["Vonk & Zoon"]);
    assert_eq!(stored.moments, [Moment::Contact]);
    assert_eq!(import(&db.store, &stored).await, Imported::Unchanged);
}
