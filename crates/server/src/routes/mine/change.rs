//! `/mine/{secret}/change`: a sender corrects what they sent, by the form that it was sent with.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use weerklank::{routes::pattern, share::too_large};
use weerklank_domain::experience::Draft;
use weerklank_store::Changed;

use super::{Id, back, nothing, stored};
use crate::{
    app::App,
    composing::parted_letters,
    http::client::Peer,
    routes::{
        confirm::question,
        share::{Go, Sent, answer, around, failed, page, too_often},
    },
    secrets,
};

/// The form, with what was sent.
pub async fn show(
    State(app): State<App>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    match stored(&app, &around, &secret, id).await {
        // Another browser window still shows the way here.
        Ok(own) if !own.stored.state.may_change() => back(&around, &secret, "?late"),
        Ok(own) => {
            let sent = Sent::blank(Draft::of(&own.stored.experience));
            page(&around, StatusCode::OK, &sent.form(&app, &pattern::mine_change(&secret), true))
        }
        Err(response) => response,
    }
}

/// A step of the change was taken.
pub async fn take(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let (sent, action) = (Sent::read(&body), pattern::mine_change(&secret));
    match sent.go(&app, &around, &action, true) {
        Go::Show(page) => page,
        Go::Send(experience) => {
            match too_often(&app, (peer, &headers)).await {
                Ok(None) => {}
                Ok(Some(seconds)) => return sent.not_now(&app, &around, (&action, true), seconds),
                Err(error) => return failed(&app, &around, error, id.map(|id| id.0)),
            }
            let hash = secrets::hash(&secret);
            let correct = async || {
                let question = question(&app, &secret, &experience).await?;
                let (mails, now) = (parted_letters(&app, &secret).await?, app.clock.now());
                app.store.correct_experience(&hash, &experience, question.as_ref(), &mails, now).await
            };
            let done = Box::pin(correct()).await;
            app.post.wake();
            match done {
                Ok(Changed::Done) => back(&around, &secret, "?saved"),
                Ok(Changed::NotNow) => sent.too_late(&app, &around, (&action, true), &secret),
                Ok(Changed::Nobody) => nothing(&around),
                Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
            }
        }
    }
}
