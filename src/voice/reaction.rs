//! After a reader said that they recognise what a column tells.

use leptos::prelude::*;

use crate::routes::pattern;
use crate::share::{Around, document, envelope};
use crate::ui::Place;
use crate::words::Words;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ReactionPage {
    /// Of the column.
    pub slug: String,
    /// Of the column: its address without a language, and its title.
    pub column: (String, String),
    /// How many recognise it.
    pub count: u64,
    /// Whether this reader does.
    pub is_theirs: bool,
    /// Whether too many came from where they are.
    pub is_too_often: bool,
}

/// The document of the page.
pub fn reaction(around: &Around, page: &ReactionPage) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, words.voice_recognise(), "");
    let place = Place::of(&envelope);
    document(&envelope, false, || {
        let said = match (page.is_too_often, page.is_theirs) {
            (true, _) => words.voice_reaction_too_often(),
            (false, true) => words.voice_reaction_counts(),
            (false, false) => words.voice_reaction_none(),
        };
        let (go, label) = if page.is_theirs {
            ("back", words.voice_reaction_back())
        } else {
            ("react", words.voice_recognise())
        };
        let count = (page.count > 0).then(|| view! { <p>{words.voice_recognised(page.count)}</p> });
        let (url, title) = &page.column;
        view! {
            <article class="mine">
                <header class="opening">
                    <h1>{words.voice_recognise()}</h1>
                    <p class="standfirst" role="status">{said}</p>
                    {count}
                </header>
                <form method="post" action=place.link(&pattern::reaction(&page.slug)) class="buttons">
                    <a class="button" href=place.link(url)><span>{words.voice_reaction_return()} " " <bdi>{title.clone()}</bdi></span></a>
                    <button name="go" value=go>{label}</button>
                </form>
                <p class="hint">{words.voice_reaction_cookie()}</p>
            </article>
        }
        .into_any()
    })
}
