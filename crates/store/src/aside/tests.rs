use super::*;
use crate::entity::server_key::{ActiveModel, Entity};
use crate::{DatabaseUrl, PoolOptions, Store};
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::collections::BTreeSet;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_mins(1);

async fn file(patience: Duration) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::file(folder.path().join("test.db"));
    let options = PoolOptions { acquire_timeout: patience, busy_timeout: patience, ..PoolOptions::default() };
    let store = Store::open(&url, &options).await.unwrap();
    store.migrate().await.unwrap();
    (folder, store)
}

async fn insert(transaction: &Aside, name: &str, bytes: usize) -> Result<(), StoreError> {
    let row = ActiveModel { purpose: Set(name.to_owned()), value: Set(vec![1; bytes]) };
    Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

async fn put(store: &Store, name: &str, bytes: usize) -> Result<(), StoreError> {
    let transaction = store.write_aside().await?;
    insert(&transaction, name, bytes).await?;
    transaction.commit().await
}

async fn names(store: &Store) -> BTreeSet<String> {
    let rows = Entity::find().all(&store.reader).await.unwrap();
    rows.into_iter().map(|row| row.purpose).collect()
}

fn set(names: impl IntoIterator<Item = u32>) -> BTreeSet<String> {
    names.into_iter().map(|name| name.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_fails_or_goes_away_takes_nobody_along() {
    let (_folder, store) = file(PATIENCE).await;
    put(&store, "taken", 1).await.unwrap();
    let tasks: Vec<_> = (0..300_u32)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let transaction = store.write_aside().await.unwrap();
                insert(&transaction, &number.to_string(), 10).await.unwrap();
                match number % 3 {
                    0 => transaction.commit().await,
                    // What it wrote before the failure is not there either.
                    1 => insert(&transaction, "taken", 10).await,
                    _ => {
                        drop(transaction);
                        Ok(())
                    }
                }
            })
        })
        .collect();
    for (number, task) in (0..).zip(tasks) {
        assert_eq!(task.await.unwrap().is_ok(), number % 3 != 1, "{number}");
    }
    let mut expected = set((0..300).filter(|number| number % 3 == 0));
    expected.insert("taken".to_owned());
    assert_eq!(names(&store).await, expected);
}

/// Those who go away in the middle of anything leave nobody waiting.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_left_is_served() {
    let (_folder, store) = file(PATIENCE).await;
    let tasks: Vec<_> = (0..400_u32)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move { put(&store, &number.to_string(), 10).await })
        })
        .collect();
    let mut staying = Vec::new();
    for (number, task) in (0..).zip(tasks) {
        if number % 4 == 0 {
            staying.push((number, task));
        } else {
            tokio::task::yield_now().await;
            task.abort();
        }
    }
    let mut stayed = BTreeSet::new();
    for (number, task) in staying {
        task.await.unwrap().unwrap();
        stayed.extend(set([number]));
    }
    assert!(names(&store).await.is_superset(&stayed));
    put(&store, "after", 10).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_share_a_commit_and_each_is_there_when_told() {
    let (_folder, store) = file(PATIENCE).await;
    let tasks: Vec<_> = (0..500_u32)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                put(&store, &number.to_string(), 10).await.unwrap();
                assert!(names(&store).await.contains(&number.to_string()), "{number}");
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(names(&store).await, set(0..500));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_to_each_and_mends_without_a_restart() {
    let (_folder, store) = file(PATIENCE).await;
    store.writer.execute_unprepared("PRAGMA max_page_count = 200").await.unwrap();
    let tasks: Vec<_> = (0..100_u32)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move { put(&store, &number.to_string(), 20_000).await })
        })
        .collect();
    let mut told = BTreeSet::new();
    let mut refused = 0;
    for (number, task) in (0..).zip(tasks) {
        match task.await.unwrap() {
            Ok(()) => told.extend(set([number])),
            Err(StoreError::Full(_)) => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    // A connection whose transaction the full disk ended is made anew, and knows no bound.
    assert!(refused > 1, "{refused}");
    assert_eq!(names(&store).await, told);
    put(&store, "after", 20_000).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_too_long_is_told_so() {
    let (_folder, store) = file(Duration::from_millis(300)).await;
    let transaction = store.write_aside().await.unwrap();
    insert(&transaction, "long", 10).await.unwrap();
    let waiting: Vec<_> = (0..20_u32)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move { put(&store, &number.to_string(), 10).await })
        })
        .collect();
    for task in waiting {
        let error = task.await.unwrap().unwrap_err();
        assert!(matches!(error, StoreError::Busy(_)), "{error:?}");
    }
    transaction.commit().await.unwrap();
    assert_eq!(names(&store).await, ["long".to_owned()].into());

    // The same where somebody holds the whole database.
    let other = store.write().await.unwrap();
    let error = put(&store, "later", 10).await.unwrap_err();
    assert!(error.is_passing(), "{error:?}");
    other.commit().await.unwrap();
    put(&store, "later", 10).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_way_sees_what_made_them() {
    let (_folder, store) = file(PATIENCE).await;
    let tasks: Vec<_> = (0..200_u32)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let transaction = store.write_aside().await.unwrap();
                if insert(&transaction, "first", 10).await.is_ok() {
                    return transaction.commit().await.map(|()| true).unwrap();
                }
                transaction.rollback().await.unwrap();
                assert!(names(&store).await.contains("first"));
                false
            })
        })
        .collect();
    let mut first = 0;
    for task in tasks {
        first += u32::from(task.await.unwrap());
    }
    assert_eq!(first, 1);
}

/// As a disk that is full at the commit does: the transaction is gone under all who are in it.
#[tokio::test(flavor = "multi_thread")]
async fn what_ends_the_transaction_is_everybody_s_failure() {
    let (_folder, store) = file(PATIENCE).await;
    let one = store.write_aside().await.unwrap();
    insert(&one, "one", 10).await.unwrap();
    let waiting = {
        let store = store.clone();
        tokio::spawn(async move { put(&store, "two", 10).await })
    };
    // Until it waits: then what the first wrote is handed on.
    while store.asides.waiting() == 0 {
        tokio::task::yield_now().await;
    }
    one.execute_unprepared("ROLLBACK").await.unwrap();
    one.commit().await.unwrap_err();
    // Whoever came after it has a transaction of their own.
    waiting.await.unwrap().unwrap();
    assert_eq!(names(&store).await, ["two".to_owned()].into());
    put(&store, "three", 10).await.unwrap();
}
