//! Who is at the desk: for admins.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use time::Duration;
use weerklank::routes::pattern;
use weerklank_api::desk::{
    people::{Invited as Told, Request, Response as People},
    person::Request as Change,
};
use weerklank_domain::{
    desk::{Act, limits},
    experience::Email,
    one_line,
};
use weerklank_store::{Invitation, Invited, PeopleChange, StoreError};

use super::{MAX_BODY, told};
use crate::{
    app::App,
    auth::SignedIn,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, read},
    },
    secrets,
};

/// Everybody.
pub async fn list(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    signed.may(Act::Govern)?;
    let people = app.store.editors().await.map_err(Problem::from)?;
    Ok(private(StatusCode::OK, &People { people: people.iter().map(told::person).collect() }))
}

/// Invites somebody.
pub async fn invite(
    State(app): State<App>,
    signed: SignedIn,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let by = signed.may(Act::Govern)?.id;
    let (request, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let email: Email = request
        .email
        .trim()
        .parse()
        .map_err(|_| Problem::invalid_person("`email`: write it like name@example.org"))?;
    let name = one_line(&request.name);
    if name.is_empty() || name.chars().count() > limits::NAME {
        return Err(Problem::invalid_person("`name`: 1 to 80 characters").into());
    }
    let known = app.store.editors().await.map_err(Problem::from)?;
    if known.iter().any(|editor| editor.email.as_str().eq_ignore_ascii_case(email.as_str())) {
        return Err(Problem::conflict("already-there", "Somebody at the desk has that address").into());
    }
    let token = secrets::new_token();
    let now = app.clock.now();
    let invitation = Invitation {
        email: &email,
        name: &name,
        role: request.role,
        lang: request.lang,
        link: secrets::hash(&token),
        until: now + Duration::hours(limits::SET_UP_HOURS),
        by: Some(by),
    };
    let (Invited::New(editor) | Invited::Known(editor)) =
        app.store.invite(&invitation, now).await.map_err(Problem::from)?;
    let told = Told { person: told::person(&editor), set_up_url: set_up_url(&app, &token) };
    Ok(private(StatusCode::CREATED, &told))
}

/// A new link for somebody who is there.
pub async fn link(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> ApiResult<Response> {
    let by = signed.may(Act::Govern)?.id;
    let id = told::id(&id)?;
    let known = app.store.editors().await.map_err(Problem::from)?;
    let editor = known.into_iter().find(|editor| editor.id == id).ok_or_else(Problem::not_found)?;
    let token = secrets::new_token();
    let now = app.clock.now();
    let invitation = Invitation {
        email: &editor.email,
        name: &editor.name,
        role: editor.role,
        lang: editor.lang,
        link: secrets::hash(&token),
        until: now + Duration::hours(limits::SET_UP_HOURS),
        by: Some(by),
    };
    app.store.invite(&invitation, now).await.map_err(Problem::from)?;
    let told = Told { person: told::person(&editor), set_up_url: set_up_url(&app, &token) };
    Ok(private(StatusCode::CREATED, &told))
}

/// Another role, out, or in again.
pub async fn change(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let by = signed.may(Act::Govern)?.id;
    let (id, now) = (told::id(&id)?, app.clock.now());
    let (change, _) = read::<Change>(&headers, body, MAX_BODY)?;
    let changed = match (change.role, change.disabled) {
        (Some(role), None) => app.store.change_role(id, role, by, now).await,
        (None, Some(true)) => app.store.disable(id, by, now).await,
        (None, Some(false)) => app.store.enable(id, by, now).await,
        // Both would be two changes, of which one could be made and the other refused.
        (None, None) | (Some(_), Some(_)) => {
            return Err(Problem::invalid_body("name `role` or `disabled`, one of the two").into());
        }
    };
    Ok(private(StatusCode::OK, &done(changed)?))
}

fn done(change: Result<PeopleChange, StoreError>) -> Result<weerklank_api::desk::Person, Problem> {
    match change? {
        PeopleChange::Done(editor) => Ok(told::person(&editor)),
        PeopleChange::Nobody => Err(Problem::not_found()),
        PeopleChange::LastAdmin => Err(Problem::conflict(
            "last-admin",
            "Without them nobody could invite anyone; make another admin first",
        )),
    }
}

fn set_up_url(app: &App, token: &str) -> String {
    format!("{}{}", app.public_url.as_str(), pattern::desk_set_up(token))
}
