//! Between rows and the domain's types.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Date;
use weerklank_domain::experience::Rating;
use weerklank_domain::feedback::token::Round;
use weerklank_domain::feedback::{Answer, Label, Question, Score, Tags};

use super::site::{from_json, json};
use super::{NewFeedback, StoredFeedback};
use crate::StoreError;
use crate::batch::Batch;
use crate::columns::corrupt;
use crate::entity::{
    feedback, feedback_answer, feedback_comment, feedback_rating, feedback_tag, site as site_row,
};

/// Rows that one statement looks up; well below SQLite's 32,766 values.
const CHUNK: usize = 500;

/// All of an answer but its receipt.
pub(super) fn insert(
    batch: &mut Batch,
    id: Uuid,
    new: &NewFeedback<'_>,
    answer: &Answer,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let first = new.first;
    batch.add(&feedback::Entity::insert(feedback::ActiveModel {
        id: Set(id),
        site_id: Set(new.site.id),
        shop_id: Set(new.site.shop_id),
        ticket: Set(first.ticket.as_ref().map(ToString::to_string)),
        round: Set(round(new.round)),
        verified: Set(new.verified),
        question: Set(answer.score.question().to_string()),
        score: Set(answer.score.value().into()),
        lang: Set(first.lang.to_string()),
        moment: Set(first.moment.map(|moment| moment.to_string())),
        agent: Set(first.agent.as_ref().map(ToString::to_string)),
        team: Set(first.team.as_ref().map(ToString::to_string)),
        may_story: Set(answer.story),
        first_on: Set(new.day.as_time()),
        first_at: Set(now),
        changed_at: Set(now),
        changes: Set(0),
    }));
    // No statement for nothing.
    if !first.tags.as_slice().is_empty() {
        let tags = (0..).zip(first.tags.as_slice());
        batch.add(&feedback_tag::Entity::insert_many(tags.map(|(place, tag)| feedback_tag::ActiveModel {
            feedback_id: Set(id),
            tag: Set(tag.to_string()),
            place: Set(place),
        })));
    }
    if !answer.ratings.is_empty() {
        batch.add(&feedback_rating::Entity::insert_many(answer.ratings.iter().map(|(moment, rating)| {
            feedback_rating::ActiveModel {
                feedback_id: Set(id),
                moment: Set(moment.to_string()),
                rating: Set(rating.get().into()),
            }
        })));
    }
    if !answer.answers.is_empty() {
        let answers = answer.answers.iter().map(|(question, answer)| {
            Ok(feedback_answer::ActiveModel {
                feedback_id: Set(id),
                question: Set(question.to_string()),
                answer: Set(json(answer)?),
            })
        });
        let answers: Vec<_> = answers.collect::<Result<_, StoreError>>()?;
        batch.add(&feedback_answer::Entity::insert_many(answers));
    }
    if let Some(comment) = &answer.comment {
        let comment = feedback_comment::ActiveModel { feedback_id: Set(id), text: Set(comment.clone()) };
        batch.add(&feedback_comment::Entity::insert(comment));
    }
    Ok(())
}

/// 1 to 999.
pub(super) fn round(round: Round) -> i16 {
    i16::try_from(round.get()).unwrap_or(i16::MAX)
}

pub(super) fn score(question: &str, value: i16) -> Result<Score, StoreError> {
    let question: Question = question.parse().map_err(corrupt)?;
    let value = u8::try_from(value).ok().and_then(|value| Score::new(question, value));
    value.ok_or_else(|| corrupt("a score is not on its scale"))
}

/// What rows of answers say now, by their ids.
pub(super) async fn answers(
    connection: &impl ConnectionTrait,
    rows: &[feedback::Model],
) -> Result<HashMap<Uuid, Answer>, StoreError> {
    let mut answers = HashMap::with_capacity(rows.len());
    for row in rows {
        let answer = Answer { story: row.may_story, ..Answer::of(score(&row.question, row.score)?) };
        answers.insert(row.id, answer);
    }
    for chunk in rows.chunks(CHUNK) {
        let ids = || chunk.iter().map(|row| row.id);
        let rated = feedback_rating::Entity::find().filter(feedback_rating::Column::FeedbackId.is_in(ids()));
        for row in rated.all(connection).await? {
            let Some(answer) = answers.get_mut(&row.feedback_id) else { continue };
            let rating = u8::try_from(row.rating).ok().and_then(Rating::new);
            let rating = rating.ok_or_else(|| corrupt("a rating is none"))?;
            answer.ratings.insert(row.moment.parse().map_err(corrupt)?, rating);
        }
        let answered =
            feedback_answer::Entity::find().filter(feedback_answer::Column::FeedbackId.is_in(ids()));
        for row in answered.all(connection).await? {
            let Some(answer) = answers.get_mut(&row.feedback_id) else { continue };
            answer.answers.insert(row.question.parse().map_err(corrupt)?, from_json(&row.answer)?);
        }
        let written =
            feedback_comment::Entity::find().filter(feedback_comment::Column::FeedbackId.is_in(ids()));
        for row in written.all(connection).await? {
            if let Some(answer) = answers.get_mut(&row.feedback_id) {
                answer.comment = Some(row.text);
            }
        }
    }
    Ok(answers)
}

/// Answers with all that belongs to them, in the order of the rows.
pub(super) async fn whole(
    connection: &impl ConnectionTrait,
    rows: Vec<feedback::Model>,
) -> Result<Vec<StoredFeedback>, StoreError> {
    let mut answers = answers(connection, &rows).await?;
    let mut tags: BTreeMap<Uuid, Vec<Label>> = BTreeMap::new();
    for chunk in rows.chunks(CHUNK) {
        let found = feedback_tag::Entity::find()
            .filter(feedback_tag::Column::FeedbackId.is_in(chunk.iter().map(|row| row.id)))
            .order_by_asc(feedback_tag::Column::Place);
        for row in found.all(connection).await? {
            tags.entry(row.feedback_id).or_default().push(row.tag.parse().map_err(corrupt)?);
        }
    }
    let mut sites: HashMap<Uuid, String> = HashMap::new();
    let mut ids: Vec<Uuid> = rows.iter().map(|row| row.site_id).collect();
    ids.sort_unstable();
    ids.dedup();
    for chunk in ids.chunks(CHUNK) {
        let found = site_row::Entity::find().filter(site_row::Column::Id.is_in(chunk.iter().copied()));
        sites.extend(found.all(connection).await?.into_iter().map(|row| (row.id, row.key)));
    }
    rows.into_iter()
        .map(|row| {
            let label = |text: Option<String>| text.map(Label::try_from).transpose().map_err(corrupt);
            let answer = answers.remove(&row.id).ok_or_else(|| corrupt("an answer has no score"))?;
            let site = sites.get(&row.site_id).ok_or_else(|| corrupt("an answer is of no site"))?;
            Ok(StoredFeedback {
                id: row.id,
                site: site.parse().map_err(corrupt)?,
                ticket: row.ticket.map(TryFrom::try_from).transpose().map_err(corrupt)?,
                round: u16::try_from(row.round)
                    .ok()
                    .and_then(Round::new)
                    .ok_or_else(|| corrupt("a round is none"))?,
                verified: row.verified,
                lang: row.lang.parse().map_err(corrupt)?,
                moment: row.moment.map(|moment| moment.parse()).transpose().map_err(corrupt)?,
                agent: label(row.agent)?,
                team: label(row.team)?,
                tags: Tags::try_from(tags.remove(&row.id).unwrap_or_default()).map_err(corrupt)?,
                answer,
                first_on: Date::try_from(row.first_on).map_err(corrupt)?,
                first_at: row.first_at,
                changed_at: row.changed_at,
            })
        })
        .collect()
}
