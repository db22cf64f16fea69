//! What the board decided, year by year: from the audit log, up to the day that a page is of.

use time::Duration;
use weerklank_domain::desk::{
    Action, Ground, Verdict, limits,
    transparency::{Figure, Made, figures},
};
use weerklank_store::{AuditLine, StoreError};

use crate::{
    app::{App, Edition},
    clock::{day_in_amsterdam, midnight_in_amsterdam},
    csv::Csv,
};

/// All figures. They change with the day and not before, as pages do; only what was final by then counts.
pub async fn load(app: &App, edition: Edition) -> Result<Vec<Figure>, StoreError> {
    let midnight = midnight_in_amsterdam(edition.today, false);
    let decided =
        app.store.audit_of(Action::Decided, midnight - Duration::seconds(limits::UNDO_SECONDS)).await?;
    let undone = app.store.audit_of(Action::Undone, midnight).await?;
    let mut received = Vec::new();
    for action in [Action::Reported, Action::Appealed] {
        let lines = app.store.audit_of(action, midnight).await?;
        received.extend(lines.iter().filter_map(|line| Some((year(line), line.kind?))));
    }
    let made = |lines: Vec<AuditLine>| lines.iter().filter_map(made).collect();
    Ok(figures(&received, made(decided), made(undone)))
}

fn year(line: &AuditLine) -> i32 {
    day_in_amsterdam(line.at).year()
}

fn made(line: &AuditLine) -> Option<Made<uuid::Uuid>> {
    Some(Made {
        year: year(line),
        at: line.at,
        kind: line.kind?,
        subject: line.subject?,
        verdict: line.verdict?,
        ground: line.ground,
        automated: line.automated.unwrap_or(false),
        since: line.since,
    })
}

/// The years of which there are figures, the last first.
pub fn years(figures: &[Figure]) -> Vec<i32> {
    figures.chunk_by(|a, b| a.year == b.year).map(|of_year| of_year[0].year).collect()
}

/// The figures of a year as a table; `None` where there are none.
pub fn csv(figures: &[Figure], year: i32) -> Option<String> {
    let mut file = Csv::new(&["year", "measure", "kind", "verdict", "ground", "value"]);
    let mut of_year = figures.iter().filter(|figure| figure.year == year).peekable();
    of_year.peek()?;
    for figure in of_year {
        let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
        file.row(&[
            figure.year.to_string(),
            figure.measure.to_string(),
            figure.kind.to_string(),
            word(figure.verdict.map(Verdict::as_str)),
            word(figure.ground.map(Ground::as_str)),
            figure.value.to_string(),
        ]);
    }
    Some(file.into_text())
}
