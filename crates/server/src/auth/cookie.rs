//! The one cookie there is: that of a session at the desk.

use axum::http::{HeaderMap, HeaderValue, header};
use weerklank_domain::desk::limits;

use crate::app::App;

/// `__Host-`: a browser takes it only from this very host, over TLS, for every path (RFC 6265bis,
/// 4.1.3.2), so no neighbour can put one in its place.
const SECURE: &str = "__Host-weerklank-desk";
/// Without TLS, on one's own machine.
const PLAIN: &str = "weerklank-desk";

fn name(app: &App) -> &'static str {
    if app.public_url.is_https() { SECURE } else { PLAIN }
}

/// Carries a session's token; no script can read it, and no other site makes a browser send it.
pub fn set(app: &App, token: &str) -> HeaderValue {
    let seconds = limits::SESSION_DAYS * 24 * 60 * 60;
    written(app, token, seconds)
}

/// Makes the browser forget it.
pub fn ended(app: &App) -> HeaderValue {
    written(app, "", 0)
}

fn written(app: &App, value: &str, seconds: i64) -> HeaderValue {
    let secure = if app.public_url.is_https() { "; Secure" } else { "" };
    let cookie =
        format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}", name(app));
    HeaderValue::from_str(&cookie).expect("a token is base64url")
}

/// The token that a request carries.
pub(super) fn token<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut named = cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(|(found, _)| *found == name(app))
        .map(|(_, value)| value);
    let token = named.next()?;
    // Two of one name: somebody else put one there.
    named.next().is_none().then_some(token)
}
