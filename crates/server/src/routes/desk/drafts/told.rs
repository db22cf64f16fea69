//! From what the store knows of drafts to what the desk is told.

use time::OffsetDateTime;
use weerklank::desk_words::moment;
use weerklank_api::desk::{
    draft::{ApprovalWord, MadeOf, Response as Whole, Scheduled},
    drafts::{Line, Place},
};
use weerklank_domain::{Lang, Status, compose::Approval};
use weerklank_store::{self as store, Draft, DraftLine};

use crate::{clock::in_amsterdam, routes::json::rfc3339};

pub fn line(line: &DraftLine, lang: Lang) -> Line {
    Line {
        id: line.id.to_string(),
        title: line.title.clone(),
        slug: line.slug.as_ref().map(ToString::to_string),
        place: place(line.status, line.publish_at.is_some(), line.has_changes),
        publish_at: line.publish_at.map(|at| told_moment(at, lang)),
        publish_failed: line.publish_failed,
        saved_at: rfc3339(line.saved_at),
        saved_by: line.saved_by.clone(),
        approvals: line.approvals.iter().map(|approval| word(*approval)).collect(),
    }
}

pub fn draft(draft: Draft, lang: Lang) -> Whole {
    let has_changes = draft.published_version != Some(draft.version);
    let status = draft.column.as_ref().map(|column| column.status);
    Whole {
        id: draft.id.to_string(),
        version: draft.version,
        sheet: draft.sheet,
        saved_at: rfc3339(draft.saved_at),
        saved_by: draft.saved_by,
        place: place(status, draft.scheduled.is_some(), has_changes),
        is_public: matches!(status, Some(Status::Published | Status::Scheduled)),
        slug: draft.column.as_ref().map(|column| column.slug.to_string()),
        column_changed: draft.column.is_some_and(|column| column.is_changed),
        scheduled: draft.scheduled.map(|scheduled| Scheduled {
            at: told_moment(scheduled.at, lang),
            by: scheduled.by,
            version: scheduled.version,
        }),
        publish_failed: draft.publish_failed,
        made_of: draft.made_of.into_iter().map(made_of).collect(),
    }
}

fn made_of(part: store::MadeOf) -> MadeOf {
    MadeOf {
        experience: part.experience.to_string(),
        state: part.state,
        lang: part.lang,
        name: part.name,
        consents: part.consents,
        has_address: part.has_address,
        approval: word(part.approval),
        remark: part.remark,
    }
}

fn place(status: Option<Status>, is_scheduled: bool, has_changes: bool) -> Place {
    match status {
        _ if is_scheduled => Place::Scheduled,
        None | Some(Status::Draft) => Place::Draft,
        Some(Status::Withdrawn) => Place::Withdrawn,
        Some(Status::Published | Status::Scheduled) if has_changes => Place::Changed,
        Some(Status::Published | Status::Scheduled) => Place::Published,
    }
}

fn word(approval: Approval) -> ApprovalWord {
    match approval {
        Approval::NotAsked { can_be: true } => ApprovalWord::NotAsked,
        Approval::NotAsked { can_be: false } => ApprovalWord::CannotBeAsked,
        Approval::Asked { .. } => ApprovalWord::Asked,
        Approval::Approved => ApprovalWord::Approved,
        Approval::Refused => ApprovalWord::Refused,
    }
}

/// The day and the time of the clock, in Amsterdam.
fn told_moment(at: OffsetDateTime, lang: Lang) -> String {
    let (day, hour, minute) = in_amsterdam(at);
    moment(lang, day, hour, minute)
}
