//! `/transparency/{year}.csv`: the figures of a year, for who works them out again.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use weerklank::routes::pattern;

use super::answer::{ApiResult, kept};
use crate::{
    app::App,
    http::Kept,
    problem::Problem,
    transparency::{csv, load},
};

/// One year.
pub async fn show(
    State(app): State<App>,
    file: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    // A path that is no text names nothing.
    let Path(file) = file.map_err(|_| Problem::not_found())?;
    let year: i32 =
        file.strip_suffix(".csv").and_then(|year| year.parse().ok()).ok_or_else(Problem::not_found)?;
    let url = pattern::transparency_file(year);
    // A year has one address.
    if !url.ends_with(&format!("/{file}")) {
        return Err(Problem::not_found().into());
    }
    let edition = app.edition();
    let load = Box::pin(async {
        let figures = load(&app, edition).await?;
        csv(&figures, year).ok_or_else(Problem::not_found)
    });
    let kept = kept(&app, url, load, move |app, text| {
        let name = format!("attachment; filename=\"weerklank-{year}.csv\"");
        Kept::compressed(text, app.effort)
            .static_header(header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present")
            .static_header(header::CACHE_CONTROL, "public, no-cache")
            .header(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("a number is ASCII"))
    });
    Ok(kept.await?.respond(&headers))
}
