//! Writes that change no public page, many of which share one commit on SQLite.
//!
//! A commit waits for the disk, and SQLite has one writer at a time. So who has written hands the open
//! transaction on to the next who waits for a turn, and the last one commits it for all (group commit):
//! one wait for the disk for many writes under load, one for one without. Nobody is told that they are
//! done before that commit has ended. Each write is a savepoint of its own: one that fails takes nobody
//! along. Whatever ends the transaction itself (a full disk does) is everybody's failure.
//!
//! On PostgreSQL each write is a transaction of its own: there the server groups commits.

use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};
use tokio::time::timeout;

use crate::StoreError;

/// Writes that one commit is for, at most: nobody waits for more than as many others.
const MOST: usize = 128;

const BEGIN: &str = "SAVEPOINT member";
const RELEASE: &str = "RELEASE member";
const UNDO: &str = "ROLLBACK TO member; RELEASE member";

/// A write under way. Dropped without [`Self::commit`], it did not happen.
#[derive(Debug)]
pub(crate) struct Aside(Held);

#[derive(Debug)]
enum Held {
    Alone(DatabaseTransaction),
    Member(Member),
}

impl Aside {
    pub(crate) fn alone(transaction: DatabaseTransaction) -> Self {
        Self(Held::Alone(transaction))
    }

    /// Makes it last: on disk when this returns.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        #[cfg(feature = "acknowledge-early")]
        return self.acknowledge_early();
        #[cfg(not(feature = "acknowledge-early"))]
        self.end().await
    }

    async fn end(self) -> Result<(), StoreError> {
        match self.0 {
            Held::Alone(transaction) => Ok(transaction.commit().await?),
            Held::Member(member) => member.end(RELEASE).await,
        }
    }

    /// Undoes it. What it has read may be of the same commit: that has ended when this returns, so whoever reads
    /// on sees no less.
    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        match self.0 {
            Held::Alone(transaction) => Ok(transaction.rollback().await?),
            Held::Member(member) => member.end(UNDO).await,
        }
    }
}

#[cfg(feature = "acknowledge-early")]
impl Aside {
    /// How long PostgreSQL is not told to commit: it would do so within the time that the answer takes, and a
    /// program that is killed then has kept its promise by luck.
    const LATE: Duration = Duration::from_millis(50);

    /// Breaks the promise on purpose: says that it is done before it is. What `cargo xtask torture` counts has
    /// to be more than nothing then, or it counts nothing.
    #[expect(clippy::unnecessary_wraps, reason = "in the place of what may fail")]
    fn acknowledge_early(self) -> Result<(), StoreError> {
        tokio::spawn(async move {
            if matches!(self.0, Held::Alone(_)) {
                tokio::time::sleep(Self::LATE).await;
            }
            self.end().await
        });
        Ok(())
    }
}

impl Deref for Aside {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        match &self.0 {
            Held::Alone(transaction) => transaction,
            Held::Member(member) => member.transaction(),
        }
    }
}

impl Aside {
    /// Remembers what may have ended the transaction for all: SQLite says it only to who met it.
    fn noted<T>(&self, done: Result<T, DbErr>) -> Result<T, DbErr> {
        if let (Held::Member(member), Err(error)) = (&self.0, &done) {
            member.note(error);
        }
        done
    }
}

#[async_trait]
impl ConnectionTrait for Aside {
    fn get_database_backend(&self) -> DbBackend {
        self.deref().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.noted(self.deref().execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.noted(self.deref().execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.noted(self.deref().query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.noted(self.deref().query_all_raw(statement).await)
    }
}

/// Where writes wait for their turn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Queue {
    /// Held by who writes, and until the commit has ended.
    turn: Arc<Mutex<Option<Group>>>,
    waiting: Arc<AtomicUsize>,
}

/// A transaction, and who waits for its commit.
#[derive(Debug)]
struct Group {
    transaction: DatabaseTransaction,
    /// Those whose writes are in it.
    members: Vec<oneshot::Sender<Result<(), StoreError>>>,
    /// Whether somebody's savepoint is open.
    inside: bool,
    /// What went so wrong that it may have ended the transaction.
    wrong: std::sync::Mutex<Option<StoreError>>,
}

impl Queue {
    /// Waits for a turn, no longer than `patience`; `begin` gives a transaction where none is open.
    pub(crate) async fn enter(
        &self,
        patience: Duration,
        begin: impl Future<Output = Result<DatabaseTransaction, StoreError>>,
    ) -> Result<Aside, StoreError> {
        let waiting = Waiting::new(self);
        let Ok(turn) = timeout(patience, Arc::clone(&self.turn).lock_owned()).await else {
            return Err(StoreError::Busy("others write for too long".to_owned()));
        };
        waiting.end();
        let mut member = Member { queue: self.clone(), turn: Some(turn) };
        member.clean_up().await;
        if let Some(place) = member.turn.as_deref_mut()
            && place.is_none()
        {
            *place = Some(Group::new(begin.await?));
        }
        member.transaction().execute_unprepared(BEGIN).await?;
        member.group().inside = true;
        Ok(Aside(Held::Member(member)))
    }

    /// How many wait for a turn.
    #[cfg(test)]
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Hands the turn on to who waits for it, or commits for all.
    fn hand_on(&self, turn: OwnedMutexGuard<Option<Group>>) {
        let Some(group) = turn.as_ref() else { return };
        let somebody_waits = self.waiting.load(Ordering::SeqCst) > 0;
        if somebody_waits && group.members.len() < MOST {
            return;
        }
        // A task of its own: whoever was last may go away, and the others wait for this.
        tokio::spawn(close(turn));
    }
}

/// Whoever holds the turn.
#[derive(Debug)]
struct Member {
    queue: Queue,
    /// Until it is handed on.
    turn: Option<OwnedMutexGuard<Option<Group>>>,
}

impl Member {
    fn group(&mut self) -> &mut Group {
        self.turn.as_deref_mut().and_then(Option::as_mut).expect("whoever entered holds the transaction")
    }

    fn transaction(&self) -> &DatabaseTransaction {
        let group = self.turn.as_deref().and_then(Option::as_ref);
        &group.expect("whoever entered holds the transaction").transaction
    }

    fn note(&self, error: &DbErr) {
        use StoreError::{Busy, Corrupt, Full, ReadOnly, Unavailable};
        let error = StoreError::from_ref(error);
        let Some(group) = self.turn.as_deref().and_then(Option::as_ref) else { return };
        if matches!(error, Busy(_) | Corrupt(_) | Full(_) | ReadOnly(_) | Unavailable(_)) {
            *group.wrong.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
    }

    /// Undoes what the one before left half done. Where that cannot be undone by itself, the
    /// transaction is gone, for all who are in it.
    async fn clean_up(&mut self) {
        let Some(place) = self.turn.as_deref_mut() else { return };
        let Some(group) = place else { return };
        if !group.inside {
            return;
        }
        match group.roll_back_to_savepoint().await {
            Ok(()) => {
                group.inside = false;
                // It was theirs alone.
                group.wrong = std::sync::Mutex::default();
            }
            Err(error) => {
                if let Some(group) = place.take() {
                    group.fail(error);
                }
            }
        }
    }

    /// Ends the savepoint and waits for the commit.
    async fn end(mut self, by: &str) -> Result<(), StoreError> {
        // Whoever goes away during this may find it stored, as whoever goes away during any commit.
        self.group().inside = false;
        if let Err(error) = self.transaction().execute_unprepared(by).await {
            let error = StoreError::from(error);
            // There is no such savepoint: something ended the transaction under all of us.
            let group = self.turn.as_deref_mut().and_then(Option::take);
            return Err(group.map_or_else(|| error.same(), |group| group.fail(error.same())));
        }
        let (tell, told) = oneshot::channel();
        self.group().members.push(tell);
        drop(self);
        told.await.unwrap_or_else(|_| Err(StoreError::Unavailable("the program is stopping".to_owned())))
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        if let Some(turn) = self.turn.take() {
            self.queue.hand_on(turn);
        }
    }
}

impl Group {
    fn new(transaction: DatabaseTransaction) -> Self {
        Self { transaction, members: Vec::new(), inside: false, wrong: std::sync::Mutex::default() }
    }

    async fn roll_back_to_savepoint(&self) -> Result<(), StoreError> {
        self.transaction.execute_unprepared(UNDO).await?;
        Ok(())
    }

    /// Tells everybody that it did not work, and why. The transaction goes with the group.
    fn fail(self, error: StoreError) -> StoreError {
        let wrong = self.wrong.into_inner().unwrap_or_else(PoisonError::into_inner);
        let error = wrong.unwrap_or(error);
        for member in self.members {
            // Who went away need not know.
            let _told = member.send(Err(error.same()));
        }
        error
    }
}

/// Ends the transaction; the turn is over after that.
async fn close(mut turn: OwnedMutexGuard<Option<Group>>) {
    let Some(group) = turn.take() else { return };
    if group.inside
        && let Err(error) = group.roll_back_to_savepoint().await
    {
        group.fail(error);
        return;
    }
    if group.members.is_empty() {
        // Nothing to make last; what fails here has nobody to be told.
        let _rolled_back = group.transaction.rollback().await;
        return;
    }
    let Group { transaction, members, .. } = group;
    let done = transaction.commit().await.map_err(StoreError::from);
    for member in members {
        let _told = member.send(done.as_ref().map_err(StoreError::same).copied());
    }
}

/// Somebody who waits for a turn. The one before hands it on for their sake, so if they go away without
/// it, somebody has to see that what was handed on is committed.
struct Waiting<'a>(Option<&'a Queue>);

impl<'a> Waiting<'a> {
    fn new(queue: &'a Queue) -> Self {
        queue.waiting.fetch_add(1, Ordering::SeqCst);
        Self(Some(queue))
    }

    fn end(mut self) {
        if let Some(queue) = self.0.take() {
            queue.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let Some(queue) = self.0 else { return };
        queue.waiting.fetch_sub(1, Ordering::SeqCst);
        let queue = queue.clone();
        tokio::spawn(async move {
            let turn = Arc::clone(&queue.turn).lock_owned().await;
            queue.hand_on(turn);
        });
    }
}

#[cfg(test)]
mod tests;
