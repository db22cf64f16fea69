//! Every page, as people read it and as data, and the built files beside them.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use weerklank::routes;
use weerklank_api::pages::{FailurePage, Page};
use weerklank_domain::Lang;

use crate::{
    app::App,
    config::Contact,
    http::{RequestId, envelope::RouteName, language},
    pages::{Form, LoadError, PageKey, Target, draw, draw_error, shown_url},
    problem::Problem,
};

/// Answers what no other route does: a page, a built file, or 404.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let (parts, _body) = request.into_parts();
    if parts.method != Method::GET && parts.method != Method::HEAD {
        let mut response = problem(&parts.extensions, Problem::method_not_allowed());
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let id = parts.extensions.get::<RequestId>().copied();
    page(&app, &parts.uri, &parts.headers, id).await
}

fn problem(extensions: &axum::http::Extensions, mut problem: Problem) -> Response {
    problem.request_id = extensions.get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    problem.into_response()
}

async fn page(app: &App, uri: &Uri, headers: &HeaderMap, id: Option<RequestId>) -> Response {
    let Some(target) = Target::of(uri) else {
        return not_found(app, language::negotiate(headers), None, Form::Html, "/", headers);
    };
    let ui = target.ui.unwrap_or_else(|| language::negotiate(headers));
    let Some(route) = &target.route else {
        if let Some(file) = app.assets.get(&target.path).filter(|_| target.ui.is_none()) {
            return named(file.respond(headers), "asset");
        }
        // On the heap: it is rarely asked for, and loads as much as a page does.
        if let Some(answer) = Box::pin(mended(app, &target, uri, ui, id)).await {
            return answer;
        }
        return not_found(app, ui, target.ui, target.form, &target.path, headers);
    };
    let key = PageKey {
        edition: app.edition(),
        ui,
        ui_in_path: target.ui.is_some(),
        form: target.form,
        url: route.url(),
    };
    if let Some(kept) = app.cache.get(&key) {
        return named(kept.respond(headers), route.name());
    }
    match Box::pin(app.cache.get_or_make(&key, draw(app, &key, route))).await {
        Ok(kept) => named(kept.respond(headers), route.name()),
        Err(error) => failure(app, &key, error, id, headers),
    }
}

/// Leads from an address that is nearly right to the page that was meant, if there is one.
async fn mended(
    app: &App,
    target: &Target,
    uri: &Uri,
    negotiated: Lang,
    id: Option<RequestId>,
) -> Option<Response> {
    let (in_path, route, place) = target.meant(uri)?;
    let key = PageKey {
        edition: app.edition(),
        ui: in_path.unwrap_or(negotiated),
        ui_in_path: in_path.is_some(),
        form: Form::Html,
        url: route.url(),
    };
    let plain = HeaderMap::new();
    match app.cache.get_or_make(&key, draw(app, &key, &route)).await {
        Ok(kept) if kept.respond(&plain).status() == StatusCode::NOT_FOUND => None,
        Ok(_) => Some(redirect(&routes::localised(&(key.url + place), in_path))),
        Err(error) => Some(failure(app, &key, error, id, &plain)),
    }
}

fn named(mut response: Response, name: &'static str) -> Response {
    response.extensions_mut().insert(RouteName(name));
    response
}

fn redirect(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(location) => {
            // Kept, it would hide a page that is made there later.
            let headers =
                [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
            named((StatusCode::PERMANENT_REDIRECT, headers).into_response(), "moved")
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn not_found(
    app: &App,
    ui: Lang,
    in_path: Option<Lang>,
    form: Form,
    path: &str,
    headers: &HeaderMap,
) -> Response {
    let kept = draw_error(app, ui, in_path.is_some(), form, &shown_url(path), Page::NotFound);
    named(kept.respond(headers), "not-found")
}

fn failure(
    app: &App,
    key: &PageKey,
    error: LoadError,
    id: Option<RequestId>,
    headers: &HeaderMap,
) -> Response {
    let problem = match error {
        LoadError::Store(error) => Problem::from(error),
        LoadError::Search(error) => Problem::from(error),
    };
    let page = FailurePage {
        request_id: id.map(|id| id.to_string()).unwrap_or_default(),
        passing: problem.status() == StatusCode::SERVICE_UNAVAILABLE,
        contact: app.contact.as_ref().map(Contact::href),
    };
    let kept = draw_error(app, key.ui, key.ui_in_path, key.form, &key.url, Page::Failure(page));
    let mut response = named(kept.respond(headers), "failure");
    if let Some(seconds) = problem.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
