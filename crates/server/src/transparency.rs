//! What the board decided, year by year: from the audit log, up to the day that a page is of.

use time::Duration;
use weerklank_domain::desk::{
    Action, limits,
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
    let made = |lines: Vec<AuditLine>| lines.iter().filter_map(made).collect();
    Ok(figures(made(decided), made(undone)))
}

fn made(line: &AuditLine) -> Option<Made<uuid::Uuid>> {
    Some(Made {
        year: day_in_amsterdam(line.at).year().into(),
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
            word(figure.verdict.map(|verdict| verdict.as_str())),
            word(figure.ground.map(|ground| ground.as_str())),
            figure.value.to_string(),
        ]);
    }
    Some(file.into_text())
}
