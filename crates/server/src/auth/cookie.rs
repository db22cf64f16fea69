//! The cookies there are at the desk: that of a session, and that of who is asked for a passkey.

use axum::http::{HeaderMap, HeaderValue, header};
use weerklank_domain::desk::limits;

use crate::app::App;

/// What a cookie is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jar {
    /// Who is signed in.
    Session,
    /// Which browser was asked what to sign.
    Passkey,
}

impl Jar {
    /// `__Host-`: a browser takes it only from this very host, over TLS, for every path (RFC 6265bis,
    /// 4.1.3.2), so no neighbour can put one in its place. Without TLS one is on one's own machine.
    fn name(self, app: &App) -> &'static str {
        match (self, app.public_url.is_https()) {
            (Self::Session, true) => "__Host-weerklank-desk",
            (Self::Session, false) => "weerklank-desk",
            (Self::Passkey, true) => "__Host-weerklank-passkey",
            (Self::Passkey, false) => "weerklank-passkey",
        }
    }

    /// Carries a token; no script can read it, and no other site makes a browser send it.
    pub fn set(self, app: &App, token: &str) -> HeaderValue {
        let seconds = match self {
            Self::Session => limits::SESSION_DAYS * 24 * 60 * 60,
            Self::Passkey => limits::PASSKEY_MINUTES * 60,
        };
        self.written(app, token, seconds)
    }

    /// Makes the browser forget it.
    pub fn ended(self, app: &App) -> HeaderValue {
        self.written(app, "", 0)
    }

    fn written(self, app: &App, value: &str, seconds: i64) -> HeaderValue {
        let (name, secure) = (self.name(app), if app.public_url.is_https() { "; Secure" } else { "" });
        let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
        HeaderValue::from_str(&cookie).expect("a token is base64url")
    }

    /// The token that a request carries.
    pub fn token<'a>(self, app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut named = cookies
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .filter(|(found, _)| *found == self.name(app))
            .map(|(_, value)| value);
        let token = named.next()?;
        // Two of one name: somebody else put one there.
        named.next().is_none().then_some(token)
    }
}
