//! One comment, report or appeal, whole.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;
use weerklank_domain::desk::{Kind, Verdict};
use weerklank_domain::experience::{Mark, State};
use weerklank_domain::voice::Party;

use super::{AboutColumn, Answered, Reported, StoredAppeal, StoredComment, StoredReport};
use crate::StoreError;
use crate::columns::corrupt;
use crate::drafts::left_at;
use crate::entity::{appeal, column, comment, decision, queue_item, report, voice_contact};
use crate::queue::{away, decisions, is_last};
use crate::replies::reply_by_id;

pub(crate) async fn comment_by_id(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<StoredComment>, StoreError> {
    match comment::Entity::find_by_id(id).one(connection).await? {
        Some(row) => Ok(Some(whole_comment(connection, row).await?)),
        None => Ok(None),
    }
}

pub(super) async fn whole_comment(
    connection: &impl ConnectionTrait,
    row: comment::Model,
) -> Result<StoredComment, StoreError> {
    let answers = match row.parent_id {
        Some(id) => comment::Entity::find_by_id(id).one(connection).await?.map(answered).transpose()?,
        None => None,
    };
    Ok(StoredComment {
        id: row.id,
        column: about_column(connection, row.column_id).await?,
        answers,
        state: row.state.parse().map_err(corrupt)?,
        lang: row.lang.parse().map_err(corrupt)?,
        name: row.name,
        text: row.text,
        marks: marks(&row.marks)?,
        received_at: row.received_at,
        public_from: row.public_from,
        removed_at: row.removed_at,
        has_address: has_address(connection, row.id).await?,
        is_imported: row.source.is_some(),
    })
}

fn answered(row: comment::Model) -> Result<Answered, StoreError> {
    Ok(Answered { id: row.id, name: row.name, text: row.text, lang: row.lang.parse().map_err(corrupt)? })
}

pub(crate) async fn report_by_id(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<StoredReport>, StoreError> {
    match report::Entity::find_by_id(id).one(connection).await? {
        Some(row) => Ok(Some(whole_report(connection, row).await?)),
        None => Ok(None),
    }
}

pub(super) async fn whole_report(
    connection: &impl ConnectionTrait,
    row: report::Model,
) -> Result<StoredReport, StoreError> {
    let about = match (row.about.as_str(), row.comment_id) {
        ("column", _) => Reported::Column,
        ("comment", None) => Reported::Comment(None),
        ("comment", Some(id)) => Reported::Comment(comment_by_id(connection, id).await?.map(Box::new)),
        ("reply", _) => Reported::Reply(match row.reply_id {
            Some(id) => reply_by_id(connection, id).await?.map(Box::new),
            None => None,
        }),
        (other, _) => return Err(corrupt(format!("a report is about a `{other}`"))),
    };
    Ok(StoredReport {
        id: row.id,
        column: about_column(connection, row.column_id).await?,
        about,
        state: row.state.parse().map_err(corrupt)?,
        lang: row.lang.parse().map_err(corrupt)?,
        ground: row.ground.parse().map_err(corrupt)?,
        text: row.text,
        name: row.name,
        marks: marks(&row.marks)?,
        received_at: row.received_at,
        has_address: has_address(connection, row.id).await?,
    })
}

pub(crate) async fn appeal_by_id(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<StoredAppeal>, StoreError> {
    match appeal::Entity::find_by_id(id).one(connection).await? {
        Some(row) => Ok(Some(whole_appeal(connection, row).await?)),
        None => Ok(None),
    }
}

pub(super) async fn whole_appeal(
    connection: &impl ConnectionTrait,
    row: appeal::Model,
) -> Result<StoredAppeal, StoreError> {
    let made = decision::Entity::find_by_id(row.decision_id).one(connection).await?;
    let item = made.ok_or_else(|| corrupt("an appeal is against nothing"))?.item_id;
    let against = decisions(connection, item).await?.into_iter().find(|made| made.id == row.decision_id);
    let about = queue_item::Entity::find_by_id(item).one(connection).await?;
    let party = row.party.parse().map_err(corrupt)?;
    let sent_in = match party {
        Party::Sender => row.comment_id.or(row.experience_id).or(row.reply_id),
        Party::Reporter => row.report_id,
    };
    let report = match row.report_id {
        Some(report) => report_by_id(connection, report).await?.map(Box::new),
        None => None,
    };
    let against = against.ok_or_else(|| corrupt("an appeal is against nothing"))?;
    let column = match against.verdict {
        Verdict::Remove => match left_at(connection, item, against.decided_at).await? {
            Some(column) => Some(about_column(connection, column).await?),
            None => None,
        },
        _ => None,
    };
    Ok(StoredAppeal {
        report,
        column,
        away: if row.state == State::Rejected.as_str() {
            None
        } else {
            away(connection, row.id, None).await?
        },
        ended_at: row.ended_at,
        is_second: is_last(connection, (Kind::Appeal, row.id)).await?,
        id: row.id,
        party,
        sent_in: sent_in.ok_or_else(|| corrupt("an appeal is by nobody"))?,
        state: row.state.parse().map_err(corrupt)?,
        lang: row.lang.parse().map_err(corrupt)?,
        text: row.text,
        received_at: row.received_at,
        against,
        kind: about.ok_or_else(|| corrupt("a decision is about nothing"))?.kind.parse().map_err(corrupt)?,
        item,
    })
}

async fn about_column(connection: &impl ConnectionTrait, id: Uuid) -> Result<AboutColumn, StoreError> {
    let row = column::Entity::find_by_id(id).one(connection).await?;
    let row = row.ok_or_else(|| corrupt("something is said about no column"))?;
    Ok(AboutColumn {
        id,
        slug: row.slug.parse().map_err(corrupt)?,
        title: row.title,
        lang: row.lang.parse().map_err(corrupt)?,
    })
}

async fn has_address(connection: &impl ConnectionTrait, id: Uuid) -> Result<bool, StoreError> {
    let found = voice_contact::Entity::find().filter(voice_contact::Column::ItemId.eq(id));
    Ok(found.count(connection).await? > 0)
}

/// As a row keeps them.
pub(crate) fn marks(words: &str) -> Result<Vec<Mark>, StoreError> {
    words.split_whitespace().map(|word| word.parse().map_err(corrupt)).collect()
}
