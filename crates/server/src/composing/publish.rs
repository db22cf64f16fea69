//! A sheet becomes a column that readers see.

use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{
    Column, Date, Status,
    compose::{Sheet, SheetKey},
    desk::Role,
};
use weerklank_markdown::{SheetProblem, column_of};
use weerklank_store::{Draft, Published, Publishing, StoreError};

use super::published_letters;
use crate::{app::App, clock::day_in_amsterdam, jobs, storing::derived};

/// Why a version was not published.
#[derive(Debug, thiserror::Error)]
pub enum NotPublished {
    #[error("something has to be mended first")]
    Problems(Vec<SheetProblem>),
    #[error("{0:?}")]
    Refused(Published),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The column of a sheet that is published on `day`: that is its date unless another one, not later, is given. One
/// that stands on the board keeps the address and the date that it has there, unless others are given.
pub fn checked(sheet: &Sheet, day: Date, standing: Option<&Column>) -> Result<Column, Vec<SheetProblem>> {
    let mut sheet = sheet.clone();
    if let Some(standing) = standing {
        for (key, known) in
            [(SheetKey::Slug, standing.slug.to_string()), (SheetKey::Date, standing.date.to_string())]
        {
            if sheet.get(key).is_empty() {
                sheet.set(key, known);
            }
        }
    }
    if sheet.get(SheetKey::Date).is_empty() {
        sheet.set(SheetKey::Date, day.to_string());
    }
    let column = column_of(&sheet, Status::Published)?;
    if column.date > day {
        let message = format!("{} is later than the day of publication, {day}", column.date);
        return Err(vec![SheetProblem { key: Some(SheetKey::Date), message }]);
    }
    Ok(column)
}

/// The column of a draft as it is on the board, or was.
pub async fn standing(app: &App, draft: &Draft) -> Result<Option<Column>, StoreError> {
    let Some(column) = &draft.column else { return Ok(None) };
    Ok(app.store.column(&column.slug).await?.map(|stored| stored.column))
}

/// Puts a version on the board, and tells those who sent in what it is made of.
pub async fn publish(
    app: &App,
    (draft, version): (Uuid, i64),
    sheet: &Sheet,
    (by, role): (Uuid, Role),
    due: Option<OffsetDateTime>,
) -> Result<(), NotPublished> {
    let now = app.clock.now();
    let whole = app.store.draft(draft).await?;
    let whole = whole.ok_or(NotPublished::Refused(Published::Nothing))?;
    let standing = standing(app, &whole).await?;
    let column = checked(sheet, day_in_amsterdam(now), standing.as_ref()).map_err(NotPublished::Problems)?;
    let mails = published_letters(app, &whole, &column).await?;
    let derived = derived(&column);
    let publishing =
        Publishing { draft, version, column: &column, derived: &derived, by, role, due, mails: &mails };
    match Box::pin(app.store.publish_draft(&publishing, now)).await? {
        Published::Done => {
            // Whoever published it looks at once.
            if let Err(error) = jobs::refresh(app).await {
                tracing::debug!(%error, "pages follow a little later");
            }
            app.post.wake();
            Ok(())
        }
        refused => Err(NotPublished::Refused(refused)),
    }
}
