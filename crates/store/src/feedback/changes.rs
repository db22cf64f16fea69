//! What becomes different in an answer, and the history of that.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::feedback::{Change, OwnAnswer, Rest};

use super::row;
use super::site::{from_json, json};
use crate::StoreError;
use crate::aside::Aside;
use crate::batch::Batch;
use crate::entity::{feedback, feedback_answer, feedback_change, feedback_comment, feedback_rating};
use crate::limits::{self, Counted, Limit};

/// How often one answer may be changed: whoever answers does it a handful of times, and each is kept.
const EDITS: Limit = Limit { what: "feedback-change", within: Duration::DAY, soft: None, hard: Some(200) };

/// Merges what came into an answer that is locked, and keeps what it said before.
pub(super) async fn write(
    transaction: &Aside,
    row: &feedback::Model,
    rest: &Rest,
    now: OffsetDateTime,
) -> Result<Counted, StoreError> {
    let id = row.id;
    let before = row::answers(&**transaction, std::slice::from_ref(row)).await?.remove(&id);
    let before = before.ok_or_else(|| crate::columns::corrupt("an answer has no score"))?;
    let (_, changes) = before.merge(rest);
    if changes.is_empty() {
        return Ok(Counted::Within);
    }
    let whom = Sha256::digest(id.as_bytes()).into();
    let counted = limits::count(transaction, &EDITS, &whom, 1, now).await?;
    if matches!(counted, Counted::TooOften { .. }) {
        return Ok(counted);
    }
    let mut batch = Batch::on(transaction);
    // Whoever waited for a turn may have come before who had it first.
    let (number, now) = (row.changes + 1, now.max(row.changed_at));
    let mut of_row = feedback::Entity::update_many()
        .col_expr(feedback::Column::ChangedAt, Expr::val(now))
        .col_expr(feedback::Column::Changes, Expr::val(number))
        .filter(feedback::Column::Id.eq(id));
    for change in &changes {
        match change {
            Change::Score { to, .. } => {
                of_row = of_row.col_expr(feedback::Column::Score, Expr::val(i16::from(to.value())));
            }
            Change::Story { to, .. } => of_row = of_row.col_expr(feedback::Column::MayStory, Expr::val(*to)),
            _ => part(&mut batch, id, change)?,
        }
    }
    batch.add(&of_row);
    let (words, others): (Vec<_>, Vec<_>) = changes.iter().partition(|change| holds_words(change));
    batch.add(&feedback_change::Entity::insert(feedback_change::ActiveModel {
        feedback_id: Set(id),
        number: Set(number),
        at: Set(now),
        changes: Set(json(&others)?),
        words: Set(if words.is_empty() { None } else { Some(json(&words)?) }),
    }));
    batch.run(transaction).await?;
    Ok(Counted::Within)
}

/// What lies in a table of its own.
fn part(batch: &mut Batch, id: Uuid, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::Rating { moment, to: Some(to), .. } => {
            use feedback_rating::Column as C;
            let rating = feedback_rating::ActiveModel {
                feedback_id: Set(id),
                moment: Set(moment.to_string()),
                rating: Set(to.get().into()),
            };
            let instead = OnConflict::columns([C::FeedbackId, C::Moment]).update_column(C::Rating).to_owned();
            batch.add(&feedback_rating::Entity::insert(rating).on_conflict(instead));
        }
        Change::Rating { moment, to: None, .. } => batch.add(
            &feedback_rating::Entity::delete_many()
                .filter(feedback_rating::Column::FeedbackId.eq(id))
                .filter(feedback_rating::Column::Moment.eq(moment.as_str())),
        ),
        Change::Answer { question, to: Some(to), .. } => {
            use feedback_answer::Column as C;
            let answer = feedback_answer::ActiveModel {
                feedback_id: Set(id),
                question: Set(question.to_string()),
                answer: Set(json(to)?),
            };
            let instead =
                OnConflict::columns([C::FeedbackId, C::Question]).update_column(C::Answer).to_owned();
            batch.add(&feedback_answer::Entity::insert(answer).on_conflict(instead));
        }
        Change::Answer { question, to: None, .. } => batch.add(
            &feedback_answer::Entity::delete_many()
                .filter(feedback_answer::Column::FeedbackId.eq(id))
                .filter(feedback_answer::Column::Question.eq(question.as_str())),
        ),
        Change::Comment { to: Some(to), .. } => {
            use feedback_comment::Column as C;
            let comment = feedback_comment::ActiveModel { feedback_id: Set(id), text: Set(to.clone()) };
            let instead = OnConflict::column(C::FeedbackId).update_column(C::Text).to_owned();
            batch.add(&feedback_comment::Entity::insert(comment).on_conflict(instead));
        }
        Change::Comment { to: None, .. } => batch.add(
            &feedback_comment::Entity::delete_many().filter(feedback_comment::Column::FeedbackId.eq(id)),
        ),
        Change::Score { .. } | Change::Story { .. } => {}
    }
    Ok(())
}

/// Whether it holds what a customer wrote, which goes sooner than scores do.
fn holds_words(change: &Change) -> bool {
    match change {
        Change::Comment { .. } => true,
        Change::Answer { from, to, .. } => {
            [from, to].into_iter().any(|answer| matches!(answer, Some(OwnAnswer::Text(_))))
        }
        Change::Score { .. } | Change::Rating { .. } | Change::Story { .. } => false,
    }
}

/// What became different in an answer, the oldest first.
pub(super) async fn history(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<(OffsetDateTime, Vec<Change>)>, StoreError> {
    let rows = feedback_change::Entity::find()
        .filter(feedback_change::Column::FeedbackId.eq(id))
        .order_by_asc(feedback_change::Column::Number)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            let mut changes: Vec<Change> = from_json(&row.changes)?;
            if let Some(words) = &row.words {
                changes.extend(from_json::<Vec<Change>>(words)?);
            }
            Ok((row.at, changes))
        })
        .collect()
}
