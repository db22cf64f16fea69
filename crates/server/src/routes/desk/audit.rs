//! Who did what.

use axum::{
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use time::OffsetDateTime;
use weerklank_api::desk::audit::{LIMIT, Line, Query, Response as Audit};
use weerklank_domain::{Date, desk::Act};
use weerklank_store::{AuditFilter, AuditLine};

use crate::{
    app::App,
    auth::SignedIn,
    clock::midnight_in_amsterdam,
    csv,
    problem::Problem,
    routes::{
        answer::{self, ApiResult},
        json::{private, rfc3339},
    },
};

/// Lines of the audit log, or all of them as a file.
pub async fn list(
    State(app): State<App>,
    signed: SignedIn,
    RawQuery(query): RawQuery,
) -> ApiResult<Response> {
    signed.may(Act::Oversee)?;
    let query: Query = answer::query(query.as_deref())?;
    let limit = query.limit.unwrap_or(LIMIT);
    if !(1..=LIMIT).contains(&limit) {
        return Err(Problem::invalid_parameter("limit", format!("1 to {LIMIT}")).into());
    }
    let id = |name, text: &Option<String>| {
        let read = |text: &String| text.parse().map_err(|_| Problem::invalid_parameter(name, "it is no id"));
        text.as_ref().map(read).transpose()
    };
    let mut filter = AuditFilter {
        action: query.action,
        editor: id("editor", &query.editor)?,
        subject: id("subject", &query.subject)?,
        from: day("from", query.from.as_deref(), false)?,
        until: day("until", query.until.as_deref(), true)?,
        before: id("cursor", &query.cursor)?,
    };
    match query.format.as_deref() {
        None | Some("json") => {}
        Some("csv") => return whole(&app, &mut filter).await,
        Some(_) => return Err(Problem::invalid_parameter("format", "json or csv").into()),
    }
    let mut lines = app.store.audit(&filter, u64::from(limit) + 1).await.map_err(Problem::from)?;
    let more = lines.len() > limit as usize;
    lines.truncate(limit as usize);
    let next = lines.last().filter(|_| more).map(|line| line.id.to_string());
    Ok(private(StatusCode::OK, &Audit { lines: lines.iter().map(told_line).collect(), next }))
}

async fn whole(app: &App, filter: &mut AuditFilter) -> ApiResult<Response> {
    let mut file = csv::Csv::new(&[
        "at",
        "editor",
        "action",
        "kind",
        "subject",
        "verdict",
        "ground",
        "automated",
        "since",
        "about",
    ]);
    loop {
        let lines = app.store.audit(filter, 1_000).await.map_err(Problem::from)?;
        let Some(last) = lines.last() else { break };
        filter.before = Some(last.id);
        for line in lines.iter().map(told_line) {
            let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
            file.row(&[
                line.at,
                line.editor.unwrap_or_default(),
                line.action.to_string(),
                word(line.kind.map(weerklank_domain::desk::Kind::as_str)),
                line.subject.unwrap_or_default(),
                word(line.verdict.map(weerklank_domain::desk::Verdict::as_str)),
                word(line.ground.map(weerklank_domain::desk::Ground::as_str)),
                line.automated.map(|automated| automated.to_string()).unwrap_or_default(),
                line.since.unwrap_or_default(),
                line.about.unwrap_or_default(),
            ]);
        }
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"audit.csv\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, file.into_text()).into_response())
}

fn told_line(line: &AuditLine) -> Line {
    Line {
        id: line.id.to_string(),
        at: rfc3339(line.at),
        editor: line.editor.clone(),
        action: line.action,
        kind: line.kind,
        subject: line.subject.map(|subject| subject.to_string()),
        verdict: line.verdict,
        ground: line.ground,
        automated: line.automated,
        since: line.since.map(rfc3339),
        about: line.about.clone(),
    }
}

/// The start of a day in Amsterdam, or of the one after it.
fn day(name: &str, text: Option<&str>, after: bool) -> Result<Option<OffsetDateTime>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let day: Date = text.parse().map_err(|error| Problem::invalid_parameter(name, error))?;
    Ok(Some(midnight_in_amsterdam(day, after)))
}
