//! `/api/v1/challenge`: something to compute while a story is written.

use axum::{extract::State, http::StatusCode, response::Response};
use weerklank_api::challenge::Response as Challenge;

use super::{answer::ApiResult, json::private};
use crate::{app::App, problem::Problem};

/// A challenge of the ALTCHA protocol, version 2.
///
/// Its solution goes along with what is sent in, within a day, once. Any of ALTCHA's clients solves it.
#[utoipa::path(get, path = weerklank_api::challenge::PATH, operation_id = "challenge", tag = "experiences",
    responses((status = 200, description = "A challenge that nobody else has", body = Challenge)))]
pub async fn challenge(State(app): State<App>) -> ApiResult<Response> {
    let challenge = app.guard.proofs.challenge(app.clock.now()).map_err(|error| {
        tracing::error!(%error, "no challenge could be made");
        Problem::internal()
    })?;
    Ok(private(StatusCode::OK, &challenge))
}
