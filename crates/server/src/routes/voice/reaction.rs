//! `/columns/{slug}/reaction`: a reader recognises what a column tells, and takes that back.
//!
//! The cookie is set by the act and by nothing before it; it holds a random number and says nothing of
//! who the reader is. What is kept of it is a hash together with the column's name, so the rows of one reader cannot
//! be told to be of one.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};
use weerklank::{
    routes::{self, pattern},
    share::{Around, nothing, too_large},
    voice::{ReactionPage, reaction},
};
use weerklank_domain::Slug;
use weerklank_store::{Hash, Reacted, Reader, StoreError};

use super::{address, hash_of, public_column};
use crate::{
    app::App,
    auth::is_own,
    guard::seconds_until,
    http::{
        RequestId,
        client::{Peer, client_address},
    },
    problem::Problem,
    routes::{
        answer::Refusal,
        share::{answer, around, failed, see_other},
    },
    secrets,
};

type Id = Option<Extension<RequestId>>;

/// What a reader's reactions are taken back by.
pub struct Cookie {
    token: String,
    is_new: bool,
}

/// Days that a browser keeps it: as long as it may (RFC 6265bis, 5.5).
const DAYS: u32 = 400;

impl Cookie {
    /// That of the request, if it has one of ours.
    pub fn read(app: &App, headers: &HeaderMap) -> Option<Self> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let token = cookies
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(name, value)| *name == Self::name(app) && secrets::is_key(value))
            .map(|(_, value)| value.to_owned())?;
        Some(Self { token, is_new: false })
    }

    /// The same, or a fresh one.
    pub fn read_or_new(app: &App, headers: &HeaderMap) -> Self {
        Self::read(app, headers).unwrap_or_else(|| Self { token: secrets::new_token(), is_new: true })
    }

    /// Of the token and a column.
    pub fn hash(&self, column: &Slug) -> Hash {
        hash_of([self.token.as_str(), column.as_str()].into_iter())
    }

    /// Puts it on a response, if the browser does not have it yet.
    pub fn put(&self, app: &App, response: &mut Response) {
        if !self.is_new {
            return;
        }
        let secure = if app.public_url.is_https() { "; Secure" } else { "" };
        let (name, token) = (Self::name(app), &self.token);
        let seconds = DAYS * 24 * 60 * 60;
        let cookie = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    fn name(app: &App) -> &'static str {
        if app.public_url.is_https() { "__Host-weerklank-reader" } else { "weerklank-reader" }
    }
}

/// Who reacts.
pub async fn reader(
    app: &App,
    (peer, headers): (Peer, &HeaderMap),
    cookie: &Cookie,
    column: &Slug,
) -> Result<Reader, StoreError> {
    let address = client_address(peer, headers, app.guard.config.proxy.as_ref());
    let anywhere = app.guard.senders.hash(&app.store, address, app.clock.now()).await?;
    let mut here = anywhere.to_vec();
    here.extend_from_slice(column.as_str().as_bytes());
    Ok(Reader { token: cookie.hash(column), here: Sha256::digest(&here).into(), anywhere })
}

/// Whether the reader's counts.
pub async fn show(
    State(app): State<App>,
    id: Id,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::reaction(&slug));
    let cookie = Cookie::read(&app, &headers);
    page(&app, &around, id, &slug, cookie.as_ref(), None).await
}

/// Said, or taken back.
pub async fn take(
    State(app): State<App>,
    id: Id,
    Extension(peer): Extension<Peer>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::reaction(&slug));
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    // Nothing counts, or stops counting, on the word of another site.
    if !is_own(&headers, app.public_url.as_str()) {
        return Refusal::from(Problem::cross_site()).into_response();
    }
    let Ok(column) = slug.parse::<Slug>() else { return answer(StatusCode::NOT_FOUND, nothing(&around)) };
    let go = form_urlencoded::parse(&body).find(|(name, _)| name == "go").map(|(_, go)| go.into_owned());
    let (today, now) = (app.clock.today(), app.clock.now());
    let mut new = None;
    let done = if go.as_deref() == Some("back") {
        match Cookie::read(&app, &headers) {
            Some(cookie) => {
                let back = app.store.take_back_reaction(&column, &cookie.hash(&column), today, now).await;
                back.map(|_| Reacted::Counts)
            }
            None => Ok(Reacted::Counts),
        }
    } else {
        let cookie = new.insert(Cookie::read_or_new(&app, &headers));
        match reader(&app, (peer, &headers), cookie, &column).await {
            Ok(reader) => app.store.react(&column, &reader, today, now).await,
            Err(error) => Err(error),
        }
    };
    match done {
        Ok(Reacted::Counts) => {
            let address =
                routes::localised(&pattern::reaction(&slug), around.ui_in_path.then_some(around.ui));
            let mut response = see_other(&address);
            if let Some(cookie) = new {
                cookie.put(&app, &mut response);
            }
            response
        }
        Ok(Reacted::TooOften { again_at }) => {
            page(&app, &around, id, &slug, None, Some(seconds_until(again_at, now))).await
        }
        Ok(Reacted::Nothing) => answer(StatusCode::NOT_FOUND, nothing(&around)),
        Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
    }
}

async fn page(
    app: &App,
    around: &Around,
    id: Id,
    slug: &str,
    cookie: Option<&Cookie>,
    too_often: Option<u32>,
) -> Response {
    let found = async {
        let Some(stored) = public_column(app, slug).await? else { return Ok(None) };
        let token = cookie.map(|cookie| cookie.hash(&stored.column.slug));
        let reactions = app.store.reactions(&stored.column.slug, token.as_ref(), app.clock.today());
        Ok::<_, StoreError>(reactions.await?.map(|reactions| (stored, reactions)))
    };
    match found.await {
        Ok(Some((stored, (count, is_theirs)))) => {
            let page = ReactionPage {
                slug: slug.to_owned(),
                column: address(&stored),
                count,
                is_theirs,
                is_too_often: too_often.is_some(),
            };
            let status = if too_often.is_some() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::OK };
            let mut response = answer(status, reaction(around, &page));
            if let Some(seconds) = too_often {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
        Ok(None) => answer(StatusCode::NOT_FOUND, nothing(around)),
        Err(error) => failed(app, around, error, id.map(|id| id.0)),
    }
}
