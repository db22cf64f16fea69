//! What an editor sees of a comment, a report or an appeal.

use leptos::prelude::*;
use weerklank_domain::Lang;
use weerklank_domain::desk::{Ground, Verdict};
use weerklank_domain::voice::{Away, Party};

use super::{Quoted, part};
use crate::words::Words;

/// What is shown.
#[derive(Debug, Clone)]
pub enum OnDesk {
    Comment {
        /// The column that it stands below: its title and the whole address.
        column: (String, String),
        /// What it answers, if it is an answer and that is still there.
        answers: Option<Quoted>,
        comment: Quoted,
        /// Whether it was published and then removed.
        is_removed: bool,
        /// Whether it was made elsewhere, before this board.
        is_imported: bool,
    },
    Report {
        column: (String, String),
        /// What it is about below the column: a comment or a reply; `Some(Err)` says that it is gone.
        about: Option<Result<Quoted, Gone>>,
        ground: Ground,
        report: Quoted,
    },
    Reply {
        shop: String,
        /// What it answers: the title and where that stands, on the board or at the desk.
        about: (String, String),
        question: Option<Quoted>,
        /// The name is of who wrote it, or the shop's.
        reply: Quoted,
        /// Whether it was published and then removed.
        is_removed: bool,
    },
    Appeal {
        party: Party,
        appeal: Quoted,
        verdict: Verdict,
        ground: Option<Ground>,
        statement_html: Option<String>,
        /// Who made the decision.
        by: String,
        /// What was decided on, where it is still there.
        about: Option<Box<Self>>,
        /// Where that stands at the desk.
        url: String,
        /// The column whose removal it is against: its title and address.
        column: Option<(String, String)>,
        /// Why what was removed does not come back when that is reversed, or was.
        away: Option<Away>,
        stage: Stage,
    },
}

/// How far an appeal has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Waits,
    Decided,
    /// What it is against was undone already.
    Ended,
}

/// What a report was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    Comment,
    Reply,
}

/// Its title (of a report or an appeal) and all that there is to see, in `ui`.
pub fn on_desk(ui: Lang, item: &OnDesk) -> (Option<String>, String) {
    let words = Words::new(ui);
    let title = match item {
        OnDesk::Comment { comment, .. } => comment.name.clone(),
        OnDesk::Report { ground, .. } => Some(words.voice_desk_report(words.ground(*ground))),
        OnDesk::Reply { shop, .. } => Some(words.reply_desk_title(shop)),
        OnDesk::Appeal { party, .. } => Some(words.party_appeals(*party).to_owned()),
    };
    (title, part(|| drawn(words, item)))
}

fn drawn(words: Words, item: &OnDesk) -> AnyView {
    match item {
        OnDesk::Comment { column, answers, comment, is_removed, is_imported } => {
            let answers = answers.as_ref().map(|to| {
                view! { <h2>{words.voice_desk_answers()}</h2> {quoted(words, to)} }
            });
            let removed = is_removed.then(|| view! { <p class="hint">{words.voice_removed()}</p> });
            let imported = is_imported.then(|| view! { <p class="hint">{words.voice_imported()}</p> });
            view! {
                <section>
                    {link(words.voice_desk_below(), column)}
                    {removed} {imported}
                    {prose(comment)}
                    {answers}
                </section>
            }
            .into_any()
        }
        OnDesk::Report { column, about, ground, report } => {
            let about = match about {
                None => None,
                Some(Err(Gone::Comment)) => Some(view! { <p>{words.voice_desk_gone()}</p> }.into_any()),
                Some(Err(Gone::Reply)) => {
                    Some(view! { <p>{words.reply_desk_reported_gone()}</p> }.into_any())
                }
                Some(Ok(said)) => Some(quoted(words, said)),
            };
            view! {
                <section>
                    {link(words.voice_desk_about(), column)}
                    {about}
                    <h2>{words.ground(*ground)}</h2>
                    {quoted(words, report)}
                </section>
            }
            .into_any()
        }
        OnDesk::Reply { about, question, reply, is_removed, .. } => {
            let question = question.as_ref().map(|asked| {
                view! { <h2>{words.reply_desk_question()}</h2> {quoted(words, asked)} }
            });
            let removed = is_removed.then(|| view! { <p class="hint">{words.reply_removed()}</p> });
            view! {
                <section>
                    {link(words.reply_desk_about(), about)}
                    {removed}
                    {quoted(words, reply)}
                    {question}
                </section>
            }
            .into_any()
        }
        OnDesk::Appeal {
            appeal,
            verdict,
            ground,
            statement_html,
            by,
            about,
            url,
            column,
            away,
            stage,
            ..
        } => {
            let rule = ground.map(|ground| view! { <p class="rule">{words.ground(ground)}</p> });
            let reasons =
                statement_html.clone().map(|html| view! { <div class="prose" inner_html=html></div> });
            let about = match about {
                Some(about) => drawn(words, about),
                None => view! { <p><a href=url.clone()>{words.voice_desk_open()}</a></p> }.into_any(),
            };
            let ended =
                (*stage == Stage::Ended).then(|| view! { <p class="hint">{words.away_desk_ended()}</p> });
            let away = away.map(|why| {
                let if_reversed = (*stage == Stage::Waits).then(|| [words.away_desk_overturned(), " "]);
                let why = if why == Away::Other { words.away_desk_other() } else { words.away(why) };
                view! { <p class="hint">{if_reversed} {why}</p> }
            });
            view! {
                <section>{ended} {away} {prose(appeal)}</section>
                <section>
                    <h2>{words.verdict(*verdict)}</h2>
                    {column.as_ref().map(|column| link(words.away_desk_column(), column))}
                    <p class="hint">{words.voice_desk_by(by)}</p>
                    {rule}
                    {reasons}
                </section>
                {about}
            }
            .into_any()
        }
    }
}

fn link(label: &'static str, (title, url): &(String, String)) -> AnyView {
    view! { <p>{label} " " <a href=url.clone()><bdi>{title.clone()}</bdi></a></p> }.into_any()
}

fn prose(text: &Quoted) -> AnyView {
    view! { <div class="prose" lang=text.lang.as_str() inner_html=text.text_html.clone()></div> }.into_any()
}

/// With who wrote it.
fn quoted(words: Words, text: &Quoted) -> AnyView {
    let name = text.name.clone().unwrap_or_else(|| words.voice_anonymous().to_owned());
    view! { <p class="hint"><bdi>{name}</bdi></p> {prose(text)} }.into_any()
}

impl Words {
    fn party_appeals(self, party: Party) -> &'static str {
        match party {
            Party::Sender => self.voice_desk_appeal_sender(),
            Party::Reporter => self.voice_desk_appeal_reporter(),
        }
    }
}
