//! Whoever a request of the desk comes from.

use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
};
use weerklank_domain::desk::Act;
use weerklank_store::{Editor, Hash, Signed};

use super::Jar;
use crate::{app::App, problem::Problem, routes::answer::Refusal, secrets};

/// Somebody who is signed in. A handler that takes one is not reached by anyone else.
#[derive(Debug, Clone)]
pub struct SignedIn(Signed, Hash);

impl SignedIn {
    /// Them, if their role may do that.
    pub fn may(&self, act: Act) -> Result<&Editor, Problem> {
        if self.0.editor.role.may(act) { Ok(&self.0.editor) } else { Err(Problem::not_allowed(act)) }
    }

    /// Them, for what everybody may do with what is their own.
    pub fn editor(&self) -> &Editor {
        &self.0.editor
    }

    /// What the session by which they ask is known by: for who has to ask again later.
    pub fn session_hash(&self) -> Hash {
        self.1
    }

    /// The session by which they ask.
    pub fn session(&self) -> uuid::Uuid {
        self.0.session
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let token = Jar::Session.token(app, &parts.headers).ok_or_else(Problem::not_signed_in)?;
        let now = app.clock.now();
        let hash = secrets::hash(token);
        let signed = app.store.signed_in(&hash, now).await.map_err(Problem::from)?;
        let signed = signed.ok_or_else(Problem::not_signed_in)?;
        // GET and HEAD write nothing; who works at the desk also writes.
        if signed.is_stale && !matches!(parts.method, Method::GET | Method::HEAD) {
            app.store.session_seen(signed.session, now).await.map_err(Problem::from)?;
        }
        Ok(Self(signed, hash))
    }
}
