//! `/mine/{secret}/confirm`: the reader of an address says whether it is theirs. Reading the page does
//! nothing: programs that look after mailboxes open links as well.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use weerklank::{
    routes::{self, pattern},
    share::{Address, Around, confirm, nothing, refused, too_large},
};
use weerklank_domain::experience::Experience;
use weerklank_store::{Confirm, StoreError};

use super::share::{answer, around, failed, see_other};
use crate::{app::App, http::RequestId, mail, secrets};

type Id = Option<axum::Extension<RequestId>>;

/// The question, or that it was answered.
pub async fn show(
    State(app): State<App>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::confirm(&secret));
    match app.store.asked_address(&secrets::hash(&secret)).await {
        Ok(Some(asked)) => {
            let (email, confirmed) = (asked.email.as_str(), asked.confirmed_at.is_some());
            answer(StatusCode::OK, confirm(&around, Address { email, confirmed, secret: &secret }))
        }
        Ok(None) => answer(StatusCode::NOT_FOUND, nothing(&around)),
        Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
    }
}

/// The answer.
pub async fn decide(
    State(app): State<App>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::confirm(&secret));
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let go =
        form_urlencoded::parse(&body).find(|(name, _)| name == "go").map(|(_, value)| value.into_owned());
    let hash = secrets::hash(&secret);
    let done = match go.as_deref() {
        Some("confirm") => app.store.confirm_address(&hash, app.clock.now()).await,
        Some("refuse") => match app.store.refuse_address(&hash).await {
            Ok(true) => return answer(StatusCode::OK, refused(&around)),
            other => other,
        },
        _ => Ok(true),
    };
    match done {
        Ok(true) => {
            app.post.wake();
            back(&around, &secret)
        }
        Ok(false) => answer(StatusCode::NOT_FOUND, nothing(&around)),
        Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
    }
}

fn back(around: &Around, secret: &str) -> Response {
    see_other(&routes::localised(&pattern::confirm(secret), around.ui_in_path.then_some(around.ui)))
}

/// The mail that asks whose the address of an experience is, if it gives one. `secret` is its sender's.
pub async fn question(
    app: &App,
    secret: &str,
    experience: &Experience,
) -> Result<Option<Confirm>, StoreError> {
    let Some(email) = &experience.email else { return Ok(None) };
    let asked_with = app.links.confirmation(&app.store, secret, email.as_str()).await?;
    let path = routes::localised(&pattern::confirm(&asked_with), Some(experience.lang));
    let url = format!("{}{path}", app.public_url.as_str());
    let letter = weerklank::mail::confirm(experience.lang, mail::site(&app.public_url), url);
    Ok(Some(Confirm {
        hash: secrets::hash(&asked_with),
        link_secret: secret.to_owned(),
        mail: mail::kept(&app.public_url, letter),
    }))
}
