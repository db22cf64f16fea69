//! A table of contents.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get, post},
};
use weerklank::routes::{self, pattern, picture};
use weerklank_api as api;
use weerklank_domain::Lang;

use crate::{
    app::App,
    http::envelope,
    openapi,
    routes::{
        answer, api_challenge, api_columns, api_experiences, api_feedback, api_scores, api_search, api_voice,
        confirm, desk, desk_page, feeds, mine, operations, pages, pictures, share, sitemap, transparency,
        voice,
    },
};

/// Everything that answers requests.
pub fn router(app: App) -> Router {
    let programs = Router::new()
        .route(openapi::PATH, get(openapi::serve))
        .route(api::columns::PATH, get(api_columns::list))
        .route(api::column::PATH, get(api_columns::one))
        .route(api::search::PATH, get(api_search::search))
        .merge(own(app.guard.config.is_open))
        .route(api::ANY, any(answer::unknown))
        .layer(middleware::from_fn(answer::problems))
        .layer(middleware::from_fn(answer::any_origin));
    Router::new()
        // For who sends something in, in each form of its address
        .merge(sending(app.guard.config.is_open))
        // For feed readers and crawlers
        .route(pattern::FEED_ATOM, get(feeds::atom))
        .route(pattern::FEED_JSON, get(feeds::json))
        .route(pattern::SITEMAP, get(sitemap::sitemap))
        .route(pattern::ROBOTS, get(sitemap::robots))
        // What was decided, year by year
        .route(pattern::TRANSPARENCY_FILE, get(transparency::show))
        // Pictures that columns show
        .route(picture::PATTERN, get(pictures::show))
        // Operations
        .route(pattern::HEALTH, get(operations::health))
        .route(pattern::READY, get(operations::ready))
        .route(pattern::METRICS, get(operations::metrics))
        // For who answers a shop, and for shops: pages of other origins have no business here
        .merge(api_feedback::router(&app))
        .route(api::feedback::PATH, get(api_scores::list))
        .route(api::scores::PATH, get(api_scores::scores))
        .layer(middleware::from_fn(answer::problems))
        // For programs
        .merge(programs)
        // For who works at the desk
        .merge(desk::router(&app))
        .route(pattern::DESK, get(desk_page::show))
        .route(pattern::DESK_ANY, get(desk_page::show))
        // Every page (`weerklank::routes::Route`), its data, and the built files
        .fallback(pages::serve)
        .layer(middleware::from_fn_with_state(app.clone(), envelope::wrap))
        .with_state(app)
}

/// What its sender does with an experience, for programs.
fn own(is_open: bool) -> Router<App> {
    let mut router = Router::new();
    if is_open {
        router = router
            .route(api::experiences::PATH, post(api_experiences::send))
            .route(api::comments::PATH, post(api_voice::comment))
            .route(api::reactions::PATH, post(api_voice::react).delete(api_voice::take_back));
    }
    router
        // What is public can be reported, whatever else is taken (Regulation (EU) 2022/2065, article 16).
        .route(api::reports::PATH, post(api_voice::report))
        .route(api::challenge::PATH, get(api_challenge::challenge))
        .route(
            api::experience::PATH,
            get(api_experiences::show).patch(api_experiences::change).delete(api_experiences::erase),
        )
        .layer(DefaultBodyLimit::max(share::MAX_FORM))
}

fn sending(is_open: bool) -> Router<App> {
    let mut router = Router::new();
    for ui in std::iter::once(None).chain(Lang::ALL.iter().copied().map(Some)) {
        let at = |url: &str| routes::localised(url, ui);
        if is_open {
            let slug = "{slug}";
            router = router
                .route(&at(pattern::SHARE), get(share::show).post(share::take))
                .route(&at(&pattern::comment(slug)), get(voice::comment).post(voice::take_comment))
                .route(&at(&pattern::reaction(slug)), get(voice::reaction).post(voice::take_reaction));
        }
        router = router
            .route(&at(pattern::REPORT), get(voice::report).post(voice::take_report))
            .route(&at(&pattern::mine("{secret}")), get(mine::show).post(mine::decide))
            .route(&at(&pattern::mine_change("{secret}")), get(mine::change).post(mine::take_change))
            .route(&at(&pattern::said("{secret}")), get(voice::said).post(voice::take_said))
            .route(&at(&pattern::reply("{secret}")), get(voice::reply).post(voice::take_reply))
            .route(&at(&pattern::mine_file("{secret}")), get(mine::download))
            .route(&at(&pattern::confirm("{secret}")), get(confirm::show).post(confirm::decide));
    }
    router.layer(DefaultBodyLimit::max(share::MAX_FORM)).layer(middleware::from_fn(answer::problems))
}
