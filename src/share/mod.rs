//! Where a reader sends in an experience, and where they find it again. Drawn on the server: each
//! page belongs to one person and is kept nowhere.

mod confirm;
pub(crate) mod control;
mod course;
pub(crate) mod form;
pub(crate) mod kept;
mod mine;
mod replies;
mod script;
mod step;
mod texts;
mod wording;

use leptos::prelude::*;
use weerklank_api::pages::{Envelope, FailurePage, Page, TextPage};
use weerklank_domain::Lang;
use weerklank_domain::experience::Half;

pub use confirm::{Address, confirm, refused};
pub use form::{ShareForm, Spot, TRAP, Unseen, share_form};
pub use mine::{Entry, Kept, Mine, Told, erased, mine};
pub use replies::Replied;
pub use step::Step;
pub use texts::{AskedText, Text};
pub use wording::{fault_words, masked_words};

use crate::board;
use crate::document::Help;
use crate::words::Words;

/// What was told beside a story, as questions and answers in `ui`.
pub fn given(ui: Lang, half: &Half) -> Vec<(String, String)> {
    let given = crate::given::given(Words::new(ui), half).into_iter();
    given.map(|(question, answer)| (question.to_owned(), answer)).collect()
}

/// Where a page of these stands.
#[derive(Debug, Clone)]
pub struct Around {
    pub ui: Lang,
    pub ui_in_path: bool,
    /// `https://board.example`, without a path.
    pub origin: String,
    /// Path without a language, for the links to other languages. One with a secret stands nowhere else.
    pub url: String,
    /// Whether readers can send something in.
    pub takes: bool,
}

/// The envelope of the page around a form: a page of text by its title.
pub(crate) fn envelope(around: &Around, title: &str, summary: &str) -> Envelope {
    Envelope {
        ui: around.ui,
        ui_in_path: around.ui_in_path,
        url: around.url.clone(),
        origin: around.origin.clone(),
        mirror: false,
        takes: around.takes,
        build: String::new(),
        page: Page::Text(TextPage {
            path: around.url.trim_start_matches('/').to_owned(),
            title: title.to_owned(),
            summary: summary.to_owned(),
            body_html: String::new(),
        }),
    }
}

/// The whole document around `main`. `may_be_found`: whether a search engine may list it.
pub(crate) fn document(envelope: &Envelope, may_be_found: bool, main: impl FnOnce() -> AnyView) -> String {
    helped(envelope, may_be_found, None, main)
}

/// As [`document`], with the script that helps: its tags, where it is built.
fn helped(
    envelope: &Envelope,
    may_be_found: bool,
    scripts: Option<&str>,
    main: impl FnOnce() -> AnyView,
) -> String {
    let view = Owner::new().with(|| board::around(envelope, main()).to_html());
    let words = script::words(envelope.ui);
    let help = scripts.map(|tags| Help { words: &words, tags });
    crate::document::form(envelope, may_be_found, &view.replace("<!>", ""), help.as_ref())
}

/// The document for a form that has more than the server takes.
pub fn too_large(around: &Around) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, words.share_too_large_title(), words.share_too_large());
    document(&envelope, false, || {
        view! {
            <header class="opening">
                <h1>{words.share_too_large_title()}</h1>
                <p class="standfirst">{words.share_too_large()}</p>
            </header>
        }
        .into_any()
    })
}

/// The document where nothing is.
pub fn nothing(around: &Around) -> String {
    of_board(around, Page::NotFound)
}

/// The document where something failed.
pub fn failure(around: &Around, page: FailurePage) -> String {
    of_board(around, Page::Failure(page))
}

fn of_board(around: &Around, page: Page) -> String {
    let envelope = Envelope { page, ..envelope(around, "", "") };
    crate::document::form(&envelope, false, &crate::document::view_html(&envelope), None)
}
