//! `/mine/{secret}`: a sender finds again what they sent.

mod change;
mod decide;
mod draw;

pub use change::{show as change, take as take_change};
pub use decide::decide;

use axum::{
    Extension,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use weerklank::{
    routes::{self, pattern},
    share::{Around, Kept, Told},
};
use weerklank_store::OwnExperience;

use super::{
    api_experiences,
    share::{answer, around, failed, see_other},
};
use crate::{app::App, http::RequestId, secrets};

type Id = Option<Extension<RequestId>>;

/// The page itself.
pub async fn show(
    State(app): State<App>,
    id: Id,
    Path(secret): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    let told = match query.as_deref() {
        Some("sent") => Told::Sent,
        Some("saved") => Told::Saved,
        Some("unsure") => Told::Unsure,
        Some("late") => Told::Late,
        Some("asked") => Told::Asked,
        Some("too-soon") => Told::TooSoon,
        Some("forgotten") => Told::Forgotten,
        Some("said") => Told::Said,
        Some("outcome") => Told::Outcome,
        Some("outdated") => Told::Outdated,
        Some("appealed") => Told::Appealed,
        _ => Told::Nothing,
    };
    page(&app, &around, &secret, id, StatusCode::OK, (told, Kept::Nothing)).await
}

/// Everything that is kept of it, as a file.
pub async fn download(
    State(app): State<App>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    let own = match stored(&app, &around, &secret, id).await {
        Ok(own) => own,
        Err(response) => return response,
    };
    let body = serde_json::to_vec_pretty(&api_experiences::view(&app, &own))
        .expect("texts and numbers can be written");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"weerklank.json\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    (headers, body).into_response()
}

/// The page, with what just happened and with what was typed and not taken.
async fn page(
    app: &App,
    around: &Around,
    secret: &str,
    id: Id,
    status: StatusCode,
    shown: (Told, Kept),
) -> Response {
    match stored(app, around, secret, id).await {
        Ok(own) => answer(status, draw::draw(app, around, (secret, &own), shown)),
        Err(response) => response,
    }
}

/// Back to the page, whose address then tells what happened (`?saved`).
fn back(around: &Around, secret: &str, told: &str) -> Response {
    let address = format!("{}{told}", pattern::mine(secret));
    see_other(&routes::localised(&address, around.ui_in_path.then_some(around.ui)))
}

async fn stored(app: &App, around: &Around, secret: &str, id: Id) -> Result<OwnExperience, Response> {
    match app.store.experience_by_secret(&secrets::hash(secret), app.clock.now()).await {
        Ok(Some(stored)) => Ok(stored),
        Ok(None) => Err(nothing(around)),
        Err(error) => Err(failed(app, around, error, id.map(|id| id.0))),
    }
}

/// A secret of nobody, or of what was erased: the same answer for both.
fn nothing(around: &Around) -> Response {
    answer(StatusCode::NOT_FOUND, weerklank::share::nothing(around))
}
