use time::Duration;
use weerklank_store::{Counted, Limit};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::experiences::hash;
use crate::{day, now};

on_every_database!(
    an_act_is_noted_then_refused_then_forgotten,
    many_at_once_are_counted_each,
    a_clock_that_jumps_locks_nobody_out,
    what_is_over_is_forgotten,
    a_key_lives_for_its_day,
    no_copy_tells_who_sent_what,
);

const LIMIT: Limit = Limit { what: "act", within: Duration::HOUR, soft: Some(2), hard: Some(4) };

async fn act(db: &TestDatabase, limit: &Limit, whom: u8, seconds: i64) -> Counted {
    db.store.count_act(limit, &hash(whom), 1, now(seconds)).await.unwrap()
}

fn is_refused(counted: Counted) -> bool {
    matches!(counted, Counted::TooOften { .. })
}

async fn an_act_is_noted_then_refused_then_forgotten(db: TestDatabase) {
    // It is twelve o'clock: the next stretch begins at one.
    let refused = Counted::TooOften { again_at: now(3_600) };
    for expected in
        [Counted::Within, Counted::Within, Counted::Often, Counted::Often, refused, refused, refused]
    {
        assert_eq!(act(&db, &LIMIT, 1, 5).await, expected);
    }
    assert_eq!(act(&db, &LIMIT, 2, 5).await, Counted::Within, "another sender");
    assert_eq!(act(&db, &Limit { what: "other", ..LIMIT }, 1, 5).await, Counted::Within, "another act");
    assert!(is_refused(act(&db, &LIMIT, 1, 3_599).await));
    assert_eq!(act(&db, &LIMIT, 1, 3_600).await, Counted::Within);

    // What counts for more is refused sooner, and not counted where it is.
    let heavy = async |weight| db.store.count_act(&LIMIT, &hash(3), weight, now(5)).await.unwrap();
    assert!(is_refused(heavy(5).await));
    assert_eq!(heavy(3).await, Counted::Often);
    assert!(is_refused(heavy(3).await));
    assert_eq!(heavy(1).await, Counted::Often);

    let none = Limit { soft: None, hard: None, ..LIMIT };
    for _ in 0..10 {
        assert_eq!(act(&db, &none, 4, 5).await, Counted::Within);
    }
}

async fn many_at_once_are_counted_each(db: TestDatabase) {
    let limit = Limit { soft: None, hard: Some(10), ..LIMIT };
    let acts: Vec<_> = (0..30)
        .map(|_| {
            let store = db.store.clone();
            tokio::spawn(async move { store.count_act(&limit, &hash(1), 1, now(0)).await.unwrap() })
        })
        .collect();
    let mut taken = 0;
    for act in acts {
        taken += usize::from(!is_refused(act.await.unwrap()));
    }
    assert_eq!(taken, 10);
}

async fn a_clock_that_jumps_locks_nobody_out(db: TestDatabase) {
    let year = 365 * 86_400;
    for jump in [0, year, -year, 7_200, 0] {
        for _ in 0..5 {
            if let Counted::TooOften { again_at } = act(&db, &LIMIT, 1, jump + 60).await {
                assert!(again_at - now(jump + 60) <= LIMIT.within, "{jump}");
            }
        }
        assert_eq!(act(&db, &LIMIT, 1, jump + 3_700).await, Counted::Within, "{jump}");
        // What a clock counted that was wrong is in nobody's way once it is right again.
        db.store.forget_counts(now(jump + 7_200)).await.unwrap();
    }
}

async fn what_is_over_is_forgotten(db: TestDatabase) {
    for _ in 0..5 {
        act(&db, &LIMIT, 1, 0).await;
    }
    act(&db, &LIMIT, 1, 3_600).await;
    act(&db, &LIMIT, 1, 400 * 86_400).await;
    assert_eq!(db.store.forget_counts(now(3_599)).await.unwrap(), 1, "of a clock that was wrong");
    assert!(is_refused(act(&db, &LIMIT, 1, 3_599).await), "what still counts stays");
    assert_eq!(db.store.forget_counts(now(3_600)).await.unwrap(), 1);
    assert_eq!(db.store.forget_counts(now(3_600)).await.unwrap(), 0);
    assert_eq!(db.store.forget_counts(now(7_200)).await.unwrap(), 1);
}

async fn a_key_lives_for_its_day(db: TestDatabase) {
    let key = async |date: &str, candidate| db.store.day_key(day(date), hash(candidate)).await.unwrap();
    assert_eq!(key("2026-11-21", 1).await, hash(1));
    assert_eq!(key("2026-11-21", 2).await, hash(1), "whoever asks first decides");
    assert_eq!(key("2026-11-22", 3).await, hash(3));
    assert_eq!(key("2026-11-21", 4).await, hash(1), "another program's clock may be behind");
    assert_eq!(key("2026-11-23", 5).await, hash(5));
    if let Some(file) = db.url.path() {
        let folder = std::fs::read_dir(file.parent().unwrap()).unwrap();
        let is_there = folder
            .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
            .any(|bytes| bytes.windows(32).any(|window| window == hash(1)));
        assert!(!is_there, "in no file of the database");
    }
    assert_eq!(key("2026-11-21", 6).await, hash(6), "the former one is gone");
}

async fn no_copy_tells_who_sent_what(db: TestDatabase) {
    crate::experiences::receive_everything(&db).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    db.store.day_key(day("2026-11-21"), hash(77)).await.unwrap();
    db.store.day_key(day("2026-11-22"), hash(78)).await.unwrap();
    db.store.backup_to(&file).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    for key in [77, 78] {
        assert!(!bytes.windows(32).any(|window| window == hash(key)), "{key}");
    }
}
