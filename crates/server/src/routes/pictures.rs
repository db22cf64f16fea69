//! The pictures that the board keeps.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, header},
    response::Response,
};
use weerklank_domain::Picture;

use super::answer::ApiResult;
use crate::{app::App, http::Kept, problem::Problem};

/// One, in one size. Its address never means anything else, so it is kept for as long as a browser likes.
pub async fn show(
    State(app): State<App>,
    name: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    // A path that is no text names nothing.
    let Path(name) = name.map_err(|_| Problem::not_found())?;
    let picture: Picture = name.parse().map_err(|_| Problem::not_found())?;
    let file = app.store.picture(picture).await.map_err(Problem::from)?.ok_or_else(Problem::not_found)?;
    let kept = Kept::with_codings(file.into(), None, None)
        .static_header(header::CONTENT_TYPE, "image/webp")
        .static_header(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(kept.respond(&headers))
}
