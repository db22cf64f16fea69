//! What was typed where nothing takes it any more.

use leptos::prelude::*;

use super::control::typed;
use crate::words::Words;

/// To be read and copied, not sent.
pub(crate) fn kept(words: Words, text: &str) -> AnyView {
    view! {
        <div class="field">
            <label for="kept">{words.kept_words()}</label>
            <textarea id="kept" rows="8" readonly>{typed(text)}</textarea>
        </div>
    }
    .into_any()
}
