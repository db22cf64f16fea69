//! The reader of an address says whether it is theirs. They may be a stranger to what was sent in, so
//! the page shows nothing of it.

use leptos::prelude::*;

use super::{Around, document, envelope};
use crate::routes::{self, pattern};
use crate::words::Words;

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Address<'a> {
    pub email: &'a str,
    pub confirmed: bool,
    /// Of the mail that asked.
    pub secret: &'a str,
}

/// The document that asks, or says that it was confirmed.
pub fn confirm(around: &Around, address: Address<'_>) -> String {
    let words = Words::new(around.ui);
    let action = routes::localised(&pattern::confirm(address.secret), around.ui_in_path.then_some(around.ui));
    let (title, lead) = if address.confirmed {
        (words.confirm_confirmed_title(), words.confirm_confirmed(address.email))
    } else {
        (words.confirm_title(), words.confirm_lead(address.email))
    };
    let envelope = envelope(around, title, "");
    document(&envelope, false, || {
        let hint = (!address.confirmed).then(|| view! { <p>{words.confirm_hint()}</p> });
        let yes = (!address.confirmed)
            .then(|| view! { <button class="main" name="go" value="confirm">{words.confirm_yes()}</button> });
        let no = if address.confirmed { words.confirm_not_mine() } else { words.confirm_no() };
        view! {
            <article class="mine">
                <header class="opening">
                    <h1>{title}</h1>
                    <p class="standfirst"><bdi>{lead}</bdi></p>
                </header>
                <section>
                    {hint}
                    <form method="post" action=action class="buttons">
                        {yes}
                        <button name="go" value="refuse">{no}</button>
                    </form>
                </section>
            </article>
        }
        .into_any()
    })
}

/// The document after the address was forgotten.
pub fn refused(around: &Around) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, words.confirm_refused_title(), words.confirm_refused());
    document(&envelope, false, || {
        view! {
            <header class="opening">
                <h1>{words.confirm_refused_title()}</h1>
                <p class="standfirst">{words.confirm_refused()}</p>
            </header>
        }
        .into_any()
    })
}
