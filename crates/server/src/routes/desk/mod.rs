//! The desk's API: for who is signed in, and for pages of this board alone.

pub mod audit;
pub mod decide;
pub mod drafts;
pub mod events;
pub mod images;
mod letters;
pub mod mails;
pub mod passkeys;
pub mod people;
pub mod queue;
pub mod second_factor;
pub mod session;
pub mod set_up;
mod shown;
pub mod templates;
mod told;
pub mod views;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, delete, get, patch, post},
};
use weerklank_api::desk as api;

use super::answer;
use crate::{app::App, auth};

/// Bytes that a body may have.
pub const MAX_BODY: usize = 64 * 1024;

/// Columns while they are written: their texts are longer than what else comes in.
fn writing() -> Router<App> {
    let long = Router::new()
        .route(api::draft::PATH, get(drafts::show).put(drafts::save).delete(drafts::discard))
        .route(api::merging::PATH, post(drafts::merge))
        .route(api::preview::PATH, post(drafts::preview))
        .layer(DefaultBodyLimit::max(api::draft::MAX_BODY));
    Router::new()
        .route(api::drafts::PATH, get(drafts::list).post(drafts::begin))
        .route(api::revisions::PATH, get(drafts::revisions))
        .route(api::revisions::ONE, get(drafts::compared).post(drafts::restore))
        .route(api::approval::PATH, post(drafts::ask))
        .route(api::replies::PATH, get(drafts::replies).post(drafts::ask_shop))
        .route(api::replies::ONE, delete(drafts::call_off_reply))
        .route(api::publication::PATH, post(drafts::publish).delete(drafts::unschedule))
        .route(api::publication::TAKEN_OFF, post(drafts::take_off))
        .merge(long)
}

/// Everything below [`api::ANY`].
pub fn router(app: &App) -> Router<App> {
    Router::new()
        .route(api::session::PATH, get(session::show).post(session::sign_in).delete(session::sign_out))
        .route(api::sessions::PATH, get(session::list))
        .route(api::sessions::ONE, delete(session::end))
        .route(api::set_up::PATH, get(set_up::show).post(set_up::set_up))
        .route(api::password::PATH, post(set_up::change_password))
        .route(
            api::second_factor::PATH,
            get(second_factor::propose).put(second_factor::add).delete(second_factor::remove),
        )
        .route(api::passkeys::PATH, get(passkeys::list).post(passkeys::add))
        .route(api::passkeys::PROPOSAL, post(passkeys::propose))
        .route(api::passkeys::ONE, delete(passkeys::remove))
        .route(api::passkeys::CHALLENGE, post(passkeys::challenge))
        .route(api::passkeys::ENTRY, post(passkeys::enter))
        .route(api::people::PATH, get(people::list).post(people::invite))
        .route(api::person::PATH, patch(people::change))
        .route(api::link::PATH, post(people::link))
        .route(api::queue::PATH, get(queue::list))
        .route(api::item::PATH, get(queue::show))
        .route(api::views::PATH, get(views::list).post(views::keep))
        .route(api::views::ONE, delete(views::remove))
        .route(api::claim::PATH, post(decide::claim).delete(decide::release))
        .route(api::decisions::PATH, post(decide::decide))
        .route(api::decision::PATH, delete(decide::undo))
        .route(api::events::PATH, get(events::listen))
        .route(api::images::PATH, post(images::keep))
        .route(api::audit::PATH, get(audit::list))
        .route(api::templates::PATH, get(templates::list).put(templates::write))
        .route(api::mails::PATH, get(mails::list))
        .route(api::mails::RETRY, post(mails::retry))
        .merge(writing())
        .route(api::ANY, any(answer::unknown))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(app.clone(), auth::same_site))
        .layer(middleware::from_fn(answer::problems))
}
