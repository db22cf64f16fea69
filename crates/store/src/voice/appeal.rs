//! Somebody does not agree with a decision (Regulation (EU) 2022/2065, article 20).

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, sea_query::OnConflict,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::desk::{Action, Kind, Verdict};
use weerklank_domain::experience::State;
use weerklank_domain::voice::{Away, Party, limits};

use super::own::{comment_of, deed, told};
use super::turn::{comes_back, turn_of};
use crate::drafts::left_at;
use crate::entity::{appeal, decision, experience, reply, report};
use crate::queue::{away, decisions, wait};
use crate::replies::{self, by_secret};
use crate::store::kept;
use crate::{Changed, Hash, PastDecision, Store, StoreError};

/// An appeal, as who made it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAppeal {
    /// Markdown.
    pub text: String,
    pub received_at: OffsetDateTime,
    /// What it came to, once that is final.
    pub decided: Option<PastDecision>,
    /// When what it is against was undone already, so that nobody had to decide on it.
    pub ended_at: Option<OffsetDateTime>,
    /// Why what was removed did not come back, although it was granted.
    pub away: Option<Away>,
}

/// Who may appeal, and against what.
struct Appellant {
    party: Party,
    /// In whose language.
    lang: String,
    decisions: Vec<PastDecision>,
    /// With which the appeal goes.
    experience: Option<Uuid>,
    comment: Option<Uuid>,
    report: Option<Uuid>,
    reply: Option<Uuid>,
    /// That is made of their experience, and was removed last.
    column: Option<Uuid>,
}

impl Store {
    /// Somebody appeals against what was decided last on what they sent in, said or reported: once, within
    /// [`limits::APPEAL_DAYS`]. It waits for another editor than who decided. Whom the appeal of the other side went
    /// against may do so once as well; then it ends. `text` is Markdown, 1 to
    /// [`limits::TEXT`] characters.
    pub async fn appeal(
        &self,
        secret: &Hash,
        text: &str,
        now: OffsetDateTime,
    ) -> Result<Changed, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let Some(who) = appellant(&*transaction, secret, now).await? else {
            transaction.rollback().await?;
            return Ok(Changed::Nobody);
        };
        let Some(against) = open_to_appeal(&*transaction, &who.decisions, who.party, now).await? else {
            transaction.rollback().await?;
            return Ok(Changed::NotNow);
        };
        let id = self.ids.next(now);
        let row = appeal::ActiveModel {
            id: Set(id),
            decision_id: Set(against),
            party: Set(who.party.to_string()),
            experience_id: Set(who.experience),
            comment_id: Set(who.comment),
            report_id: Set(who.report),
            reply_id: Set(who.reply),
            state: Set(State::Received.to_string()),
            lang: Set(who.lang),
            text: Set(text.to_owned()),
            received_at: Set(now),
            changed_at: Set(now),
            ended_at: Set(None),
        };
        let once = [appeal::Column::DecisionId, appeal::Column::Party];
        let unless_there = OnConflict::columns(once).do_nothing().to_owned();
        let insert = appeal::Entity::insert(row).on_conflict(unless_there);
        if insert.exec_without_returning(&transaction).await? == 0 {
            transaction.rollback().await?;
            return Ok(Changed::NotNow);
        }
        wait::begin(&transaction, (Kind::Appeal, id), now).await?;
        if let Some(column) = who.column
            && comes_back(&*transaction, column).await?
        {
            // By the appeal of somebody else, unless that is undone in a moment.
            wait::no_longer(&transaction, id, now).await?;
        }
        self.note(&transaction, Action::Appealed, deed(Kind::Appeal, id), now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }
}

async fn appellant(
    connection: &impl ConnectionTrait,
    secret: &Hash,
    now: OffsetDateTime,
) -> Result<Option<Appellant>, StoreError> {
    if let Some(row) = comment_of(connection, secret).await? {
        let decisions = told(connection, &row, now).await?;
        let report = report_of(connection, row.removed_by).await?;
        return Ok(Some(Appellant {
            party: Party::Sender,
            lang: row.lang,
            decisions,
            experience: None,
            comment: Some(row.id),
            report,
            reply: None,
            column: None,
        }));
    }
    let found = report::Entity::find().filter(report::Column::SecretHash.eq(secret.as_slice()));
    if let Some(row) = found.one(connection).await? {
        return Ok(Some(Appellant {
            party: Party::Reporter,
            lang: row.lang,
            decisions: told_reporter(connection, row.id, now).await?,
            experience: None,
            comment: None,
            report: Some(row.id),
            reply: None,
            column: None,
        }));
    }
    if let Some(row) = by_secret(connection, secret).await? {
        let reply = reply::Entity::find_by_id(row.id).one(connection).await?;
        let removed_by = reply.as_ref().and_then(|reply| reply.removed_by);
        return Ok(Some(Appellant {
            party: Party::Sender,
            lang: row.lang,
            decisions: replies::told(connection, row.id, now).await?,
            experience: None,
            comment: None,
            report: report_of(connection, removed_by).await?,
            reply: reply.map(|reply| reply.id),
            column: None,
        }));
    }
    let found = experience::Entity::find().filter(experience::Column::SecretHash.eq(secret.as_slice()));
    let Some(row) = found.one(connection).await? else { return Ok(None) };
    let mut decisions = final_ones(connection, row.id, now).await?;
    let (mut column, mut report) = (None, None);
    if let Some(removed_at) = decisions.last().filter(|last| is_removal(last)).map(|last| last.decided_at) {
        column = left_at(connection, row.id, removed_at).await?;
        match column {
            Some(column) => {
                report = turn_of(connection, removed_at, column).await?.and_then(|turn| turn.report_id);
            }
            None => decisions.clear(),
        }
    }
    Ok(Some(Appellant {
        party: Party::Sender,
        lang: row.lang,
        decisions,
        experience: Some(row.id),
        comment: None,
        report,
        reply: None,
        column,
    }))
}

fn is_removal(made: &PastDecision) -> bool {
    made.verdict == Verdict::Remove
}

/// The last of the decisions on an experience, where its sender may appeal against it now: not against the removal of a
/// column that stands again, or that is no more.
pub(crate) async fn open_to_sender(
    connection: &impl ConnectionTrait,
    (experience, decisions): (Uuid, &[PastDecision]),
    now: OffsetDateTime,
) -> Result<Option<Uuid>, StoreError> {
    let Some(last) = decisions.last() else { return Ok(None) };
    if is_removal(last) && left_at(connection, experience, last.decided_at).await?.is_none() {
        return Ok(None);
    }
    open_to_appeal(connection, decisions, Party::Sender, now).await
}

/// What a writer was told of: what was decided on their words, on the report that removed them, and what appeals of
/// its reporter came to.
pub(crate) async fn told_writer(
    connection: &impl ConnectionTrait,
    (item, removed_by): (Uuid, Option<Uuid>),
    now: OffsetDateTime,
) -> Result<Vec<PastDecision>, StoreError> {
    let mut all = final_ones(connection, item, now).await?;
    let appealed = appeal::Entity::find()
        .filter(
            Condition::any().add(appeal::Column::CommentId.eq(item)).add(appeal::Column::ReplyId.eq(item)),
        )
        .filter(appeal::Column::Party.eq(Party::Sender.as_str()))
        .all(connection)
        .await?;
    let mut reports: Vec<_> = appealed.iter().filter_map(|appeal| appeal.report_id).collect();
    if let Some(report) = report_of(connection, removed_by).await?
        && !is_turning(connection, &appealed, now).await?
    {
        reports.push(report);
    }
    reports.sort_unstable();
    reports.dedup();
    for report in reports {
        // A report that came to nothing is none of theirs.
        all.extend(final_ones(connection, report, now).await?.into_iter().filter(is_removal));
        all.extend(reversals(connection, report, Party::Reporter, now).await?);
    }
    all.sort_by_key(|made| made.decided_at);
    Ok(all)
}

/// Whether one of these appeals is granted, and that can still be undone: what else keeps the words away then is told
/// only when it cannot.
async fn is_turning(
    connection: &impl ConnectionTrait,
    appeals: &[appeal::Model],
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let made = decision::Entity::find()
        .filter(decision::Column::ItemId.is_in(appeals.iter().map(|appeal| appeal.id)))
        .filter(decision::Column::Verdict.eq(Verdict::Overturn.as_str()))
        .filter(decision::Column::FinalAt.gt(now));
    Ok(made.count(connection).await? > 0)
}

/// The report for which words were removed, or stayed until an appeal.
async fn report_of(
    connection: &impl ConnectionTrait,
    removed_by: Option<Uuid>,
) -> Result<Option<Uuid>, StoreError> {
    let Some(by) = removed_by else { return Ok(None) };
    match appeal::Entity::find_by_id(by).one(connection).await? {
        Some(appeal) => Ok(appeal.report_id),
        None => Ok(Some(by)),
    }
}

/// What a reporter was told of: what was decided on the report, and what the other side's appeals came to.
pub(super) async fn told_reporter(
    connection: &impl ConnectionTrait,
    report: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<PastDecision>, StoreError> {
    let mut all = final_ones(connection, report, now).await?;
    all.extend(reversals(connection, report, Party::Sender, now).await?);
    all.sort_by_key(|made| made.decided_at);
    Ok(all)
}

/// What became of a report by appeals of a party.
async fn reversals(
    connection: &impl ConnectionTrait,
    report: Uuid,
    party: Party,
    now: OffsetDateTime,
) -> Result<Vec<PastDecision>, StoreError> {
    let rows = appeal::Entity::find()
        .filter(appeal::Column::ReportId.eq(report))
        .filter(appeal::Column::Party.eq(party.as_str()))
        .order_by_asc(appeal::Column::Id);
    let mut all = Vec::new();
    for row in rows.all(connection).await? {
        all.extend(final_ones(connection, row.id, now).await?);
    }
    all.retain(|made| made.verdict == Verdict::Overturn);
    Ok(all)
}

async fn final_ones(
    connection: &impl ConnectionTrait,
    item: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<PastDecision>, StoreError> {
    let mut all = decisions(connection, item).await?;
    all.retain(|made| made.final_at <= now);
    Ok(all)
}

/// The last of these decisions, where a party may appeal against it now.
pub(crate) async fn open_to_appeal(
    connection: &impl ConnectionTrait,
    decisions: &[PastDecision],
    party: Party,
    now: OffsetDateTime,
) -> Result<Option<Uuid>, StoreError> {
    let Some(last) = decisions.last() else { return Ok(None) };
    let is_theirs = match last.verdict {
        Verdict::Reject | Verdict::Remove => party == Party::Sender,
        Verdict::Keep => party == Party::Reporter,
        // Nobody is told of more of these than the other side brought about.
        Verdict::Overturn => true,
        _ => false,
    };
    if !is_theirs || last.is_last || now >= last.final_at + Duration::days(limits::APPEAL_DAYS) {
        return Ok(None);
    }
    let before = appeal::Entity::find()
        .filter(appeal::Column::DecisionId.eq(last.id))
        .filter(appeal::Column::Party.eq(party.as_str()));
    Ok((before.count(connection).await? == 0).then_some(last.id))
}

/// Of a party against these decisions, the oldest first.
pub(crate) async fn appeals(
    connection: &impl ConnectionTrait,
    against: &[PastDecision],
    party: Party,
    now: OffsetDateTime,
) -> Result<Vec<OwnAppeal>, StoreError> {
    let rows = appeal::Entity::find()
        .filter(appeal::Column::DecisionId.is_in(against.iter().map(|made| made.id)))
        .filter(appeal::Column::Party.eq(party.as_str()))
        .order_by_asc(appeal::Column::Id);
    let mut all = Vec::new();
    for row in rows.all(connection).await? {
        let decided = final_ones(connection, row.id, now).await?.pop();
        let granted = decided.as_ref().filter(|made| made.verdict == Verdict::Overturn);
        let granted = granted.map(|made| made.final_at).or(row.ended_at);
        let away = match granted {
            Some(granted) => away(connection, row.id, Some(granted)).await?,
            None => None,
        };
        let appeal::Model { text, received_at, ended_at, .. } = row;
        all.push(OwnAppeal { text, received_at, decided, ended_at, away });
    }
    Ok(all)
}
