//! What readers say about columns, drawn on the server: below a column, on the pages of who said it, and
//! at the desk.

mod below;
mod desk;
mod form;
mod not_sent;
mod reaction;
mod reply;
mod said;

use leptos::prelude::*;
use weerklank_domain::Lang;

pub use below::{Below, Shown, ShownReply, ShownWords, Takes, below};
pub use desk::{Gone, OnDesk, Stage, on_desk};
pub use form::{
    Carried, CommentForm, ReportForm, comment_form, report_column_words, report_comment_words, report_form,
    report_reply_words, voice_fault_words,
};
pub use not_sent::{NotSent, not_sent};
pub use reaction::{ReactionPage, reaction};
pub use reply::{AboutText, ReplyPage, ToldShop, reply};
pub(crate) use said::appeal_form;
pub use said::{SaidPage, Step, ToldOf, Typed, reply_erased, said, said_erased};

/// Something that somebody wrote.
#[derive(Debug, Clone)]
pub struct Quoted {
    pub name: Option<String>,
    pub lang: Lang,
    pub text_html: String,
}

/// A part of a page, as HTML.
fn part(draw: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| draw().to_html()).replace("<!>", "")
}
