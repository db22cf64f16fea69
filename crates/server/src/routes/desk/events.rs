//! What happens in the queue, as it happens.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{StreamExt as _, stream};
use tokio::sync::broadcast::error::RecvError;
use weerklank_domain::desk::Act;

use super::told;
use crate::{app::App, auth::SignedIn, jobs::Happened, problem::Problem, routes::answer::ApiResult};

/// How often it is looked whether the session still stands, where nothing happens meanwhile.
const LOOK: Duration = Duration::from_secs(15);

/// Until the browser goes, the server stops, or the session ends: then the browser asks again, and is told
/// that it is signed out.
pub async fn listen(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    signed.may(Act::Curate)?;
    let hash = signed.session_hash();
    let receiver = app.live.listen();
    let waiting = app.store.waiting().await.map_err(Problem::from)?;
    let first = Event::default().event("waiting").data(waiting.to_string());
    let rest = stream::unfold((receiver, app), move |(mut receiver, app)| async move {
        let event = loop {
            let happened = tokio::time::timeout(LOOK, receiver.recv()).await;
            // A database that does not answer ends the line as well: nobody knows who listens.
            app.store.signed_in(&hash, app.clock.now()).await.ok()??;
            break match happened {
                Err(_) => continue,
                Ok(Ok(Happened::Item(item))) => {
                    Event::default().event("item").json_data(told::item(&item, app.clock.now())).ok()?
                }
                Ok(Ok(Happened::Waiting(count))) => Event::default().event("waiting").data(count.to_string()),
                // Who was too slow, or when it was too much, reads the queue anew.
                Ok(Ok(Happened::Missed) | Err(RecvError::Lagged(_))) => {
                    Event::default().event("missed").data("")
                }
                Ok(Ok(Happened::Stop) | Err(RecvError::Closed)) => return None,
            };
        };
        Some((event, (receiver, app)))
    });
    let events = stream::once(std::future::ready(first)).chain(rest).map(Ok::<_, Infallible>);
    let sse = Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)));
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        // A proxy that gathers the answer before it passes it on would pass on nothing.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((headers, sse).into_response())
}
