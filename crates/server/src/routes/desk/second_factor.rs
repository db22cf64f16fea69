//! A device that shows codes.

use axum::{
    Extension,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use qrcode::{EcLevel, QrCode, render::svg};
use weerklank_api::desk::second_factor::{Removal, Request, Response as Proposal};
use weerklank_store::SecondFactor;

use super::{MAX_BODY, set_up};
use crate::{
    app::App,
    auth::{Codes, SignedIn, new_secret},
    http::client::Peer,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, read},
    },
    secrets,
};

/// Proposes a secret; it is kept only once a code shows that the device has it.
pub async fn propose(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    let random = secrets::random();
    let codes = Codes::of(new_secret(&random)).ok_or_else(Problem::internal)?;
    let url = codes.url(signed.editor().email.as_str(), &app.public_url);
    let picture = QrCode::with_error_correction_level(&url, EcLevel::M).map_err(|_| Problem::internal())?;
    let picture = picture.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    Ok(private(StatusCode::OK, &Proposal { secret: codes.base32(), url, picture }))
}

/// Takes it.
pub async fn add(
    State(app): State<App>,
    signed: SignedIn,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<StatusCode> {
    let (request, _) = read::<Request>(&headers, body, MAX_BODY)?;
    if signed.editor().has_totp {
        return Err(Problem::conflict("has-device", "There is a device; remove it first").into());
    }
    // Whoever finds a browser open does not lock its owner out with a device of their own.
    set_up::confirm(&app, (peer, &headers), &signed, &request.password).await?;
    let now = app.clock.now();
    let codes = Codes::of_base32(&request.secret).ok_or_else(Problem::wrong_code)?;
    let step = codes.step(&request.code, now).ok_or_else(Problem::wrong_code)?;
    let factor = SecondFactor { secret: codes.secret().to_vec() };
    app.store.add_second_factor(signed.editor().id, &factor, step, now).await.map_err(Problem::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes it.
pub async fn remove(
    State(app): State<App>,
    signed: SignedIn,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<StatusCode> {
    let (request, _) = read::<Removal>(&headers, body, MAX_BODY)?;
    set_up::confirm(&app, (peer, &headers), &signed, &request.password).await?;
    app.store.remove_second_factor(signed.editor().id, app.clock.now()).await.map_err(Problem::from)?;
    Ok(StatusCode::NO_CONTENT)
}
