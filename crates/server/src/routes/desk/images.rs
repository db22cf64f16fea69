//! Pictures for columns.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use weerklank::routes::picture;
use weerklank_api::desk::images::{MAX, Response as Told};
use weerklank_domain::{Picture, desk::Act};

use crate::{
    app::App,
    auth::SignedIn,
    problem::Problem,
    routes::{answer::ApiResult, json::private},
    studio::{MAX_PIXELS, Refused},
};

/// Keeps one.
pub async fn keep(
    State(app): State<App>,
    signed: SignedIn,
    headers: HeaderMap,
    body: Body,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?.id;
    let file = read(&headers, body).await?;
    let remade = app.studio.remake(file).await.map_err(refusal)?;
    let Some(&(largest, _)) = remade.last() else { return Err(refusal(Refused::Broken).into()) };
    let is_new = app.store.keep_picture(&remade, editor, app.clock.now()).await.map_err(Problem::from)?;
    let Picture { width, height, .. } = largest;
    let widths = remade.iter().map(|(size, _)| size.width).collect();
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(private(status, &Told { address: picture::address(largest), width, height, widths }))
}

/// The file. One that says it is too large is not read; one that does not say so only as far as it may.
async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > MAX as u64) {
        return Err(Problem::too_large(MAX));
    }
    to_bytes(body, MAX).await.map_err(|error| {
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(this) = cause {
            if this.is::<http_body_util::LengthLimitError>() {
                return Problem::too_large(MAX);
            }
            cause = this.source();
        }
        Problem::invalid_body("it did not arrive whole")
    })
}

fn refusal(refused: Refused) -> Problem {
    match refused {
        Refused::Unknown => Problem::no_picture(),
        Refused::Moving => Problem::unusable_picture("moving-picture", "A picture that moves is not taken"),
        Refused::TooManyPixels => {
            Problem::unusable_picture("too-many-pixels", "The picture has too many pixels").detail(format!(
                "{} megapixels at most, half of that with 16 bits a channel",
                MAX_PIXELS / 1_000_000
            ))
        }
        Refused::Broken => Problem::unusable_picture("broken-picture", "The picture cannot be read"),
    }
}
