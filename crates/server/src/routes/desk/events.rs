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
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;
use weerklank_domain::desk::Act;

use super::told;
use crate::{app::App, auth::SignedIn, jobs::Happened, routes::answer::ApiResult};

/// Until the browser goes, the server stops, or the session ends elsewhere: then the browser asks again,
/// and is told that it is signed out.
pub async fn listen(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    signed.may(Act::Curate)?;
    let receiver = app.live.listen();
    let events = stream::unfold((receiver, app), |(mut receiver, app)| async move {
        let event = match receiver.recv().await {
            Ok(Happened::Item(item)) => {
                Event::default().event("item").json_data(told::item(&item, app.clock.now())).ok()?
            }
            Ok(Happened::Waiting(count)) => Event::default().event("waiting").data(count.to_string()),
            // Who was too slow, or when it was too much, reads the queue anew.
            Ok(Happened::Missed) | Err(RecvError::Lagged(_)) => Event::default().event("missed").data(""),
            Ok(Happened::Stop) | Err(RecvError::Closed) => return None,
        };
        Some((Ok::<_, Infallible>(event), (receiver, app)))
    });
    let sse = Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)));
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        // A proxy that gathers the answer before it passes it on would pass on nothing.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((headers, sse).into_response())
}
