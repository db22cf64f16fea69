//! What keeps words below a column away. Of several decisions each does so by itself: as long as one stands, they are
//! not seen.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Verdict;

use crate::StoreError;
use crate::entity::{appeal, decision, report};

/// A removal that stands.
#[derive(Debug, Clone, Copy)]
pub(in crate::queue) struct Standing {
    /// The report or the appeal that led to it.
    pub by: Uuid,
    pub from: OffsetDateTime,
}

/// What else keeps a comment or a reply away than what became of a report.
pub(in crate::queue) async fn another(
    connection: &impl ConnectionTrait,
    words: Uuid,
    but: Option<Uuid>,
) -> Result<Option<Standing>, StoreError> {
    let about =
        Condition::any().add(report::Column::CommentId.eq(words)).add(report::Column::ReplyId.eq(words));
    let reports = report::Entity::find().filter(about).order_by_asc(report::Column::Id);
    for report in reports.all(connection).await? {
        if Some(report.id) == but {
            continue;
        }
        if let Some(standing) = of_report(connection, report.id).await? {
            return Ok(Some(standing));
        }
    }
    Ok(None)
}

/// The report that a removal began with: `by` is the report itself or an appeal.
pub(super) async fn began_with(
    connection: &impl ConnectionTrait,
    by: Uuid,
) -> Result<Option<Uuid>, StoreError> {
    Ok(match appeal::Entity::find_by_id(by).one(connection).await? {
        Some(appeal) => appeal.report_id,
        None => Some(by),
    })
}

/// Whether what was decided on a report, and on the appeals that followed, comes to a removal.
async fn of_report(connection: &impl ConnectionTrait, report: Uuid) -> Result<Option<Standing>, StoreError> {
    let made = decision::Entity::find()
        .filter(decision::Column::ItemId.eq(report))
        .order_by_desc(decision::Column::Id);
    let Some(first) = made.one(connection).await? else { return Ok(None) };
    let is_removal = first.verdict == Verdict::Remove.as_str();
    let Some((by, second)) = reversal(connection, first.id).await? else {
        return Ok(is_removal.then_some(Standing { by: report, from: first.final_at }));
    };
    Ok(match reversal(connection, second.id).await? {
        None => (!is_removal).then_some(Standing { by, from: second.final_at }),
        Some((_, third)) => is_removal.then_some(Standing { by: report, from: third.final_at }),
    })
}

/// The appeal that turned a decision round, and the decision on that.
async fn reversal(
    connection: &impl ConnectionTrait,
    against: Uuid,
) -> Result<Option<(Uuid, decision::Model)>, StoreError> {
    let appeals = appeal::Entity::find().filter(appeal::Column::DecisionId.eq(against));
    for appeal in appeals.all(connection).await? {
        let made = decision::Entity::find()
            .filter(decision::Column::ItemId.eq(appeal.id))
            .filter(decision::Column::Verdict.eq(Verdict::Overturn.as_str()));
        if let Some(made) = made.one(connection).await? {
            return Ok(Some((appeal.id, made)));
        }
    }
    Ok(None)
}
