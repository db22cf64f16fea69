//! A table of contents.

use axum::{
    Router, middleware,
    routing::{any, get},
};
use weerklank::routes::pattern;
use weerklank_api as api;

use crate::{
    app::App,
    http::envelope,
    openapi,
    routes::{answer, api_columns, api_search, feeds, operations, pages, sitemap},
};

/// Everything that answers requests.
pub fn router(app: App) -> Router {
    let programs = Router::new()
        .route(openapi::PATH, get(openapi::serve))
        .route(api::columns::PATH, get(api_columns::list))
        .route(api::column::PATH, get(api_columns::one))
        .route(api::search::PATH, get(api_search::search))
        .route(api::ANY, any(answer::unknown))
        .layer(middleware::from_fn(answer::problems))
        .layer(middleware::from_fn(answer::any_origin));
    Router::new()
        // For feed readers and crawlers
        .route(pattern::FEED_ATOM, get(feeds::atom))
        .route(pattern::FEED_JSON, get(feeds::json))
        .route(pattern::SITEMAP, get(sitemap::sitemap))
        .route(pattern::ROBOTS, get(sitemap::robots))
        // Operations
        .route(pattern::HEALTH, get(operations::health))
        .route(pattern::READY, get(operations::ready))
        .route(pattern::METRICS, get(operations::metrics))
        .layer(middleware::from_fn(answer::problems))
        // For programs
        .merge(programs)
        // Every page (`weerklank::routes::Route`), its data, and the built files
        .fallback(pages::serve)
        .layer(middleware::from_fn_with_state(app.clone(), envelope::wrap))
        .with_state(app)
}
