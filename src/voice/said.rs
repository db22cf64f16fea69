//! Where somebody finds again what they said, what was decided on it, and how to appeal.

use leptos::prelude::*;
use weerklank_domain::Date;
use weerklank_domain::desk::{Ground, Verdict};
use weerklank_domain::voice::{Away, VoiceFaults};

use super::Quoted;
use super::form::{lines, named};
use crate::routes::pattern;
use crate::share::{Around, document, envelope};
use crate::ui::Place;
use crate::words::Words;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct SaidPage<'a> {
    /// That its address holds.
    pub secret: &'a str,
    pub is_report: bool,
    /// Of the column: its address without a language, and its title.
    pub column: (String, String),
    /// In Amsterdam.
    pub received: Date,
    pub words: Quoted,
    /// Of a report.
    pub ground: Option<Ground>,
    /// The oldest first.
    pub course: Vec<Step>,
    /// What was typed last, where it can be changed.
    pub change: Option<Typed>,
    /// The same for an appeal.
    pub appeal: Option<Typed>,
    /// The address that they gave, and the day in Amsterdam on which they confirmed it.
    pub email: Option<(&'a str, Option<Date>)>,
    pub told: ToldOf,
}

/// A text that is being written.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub text: String,
    pub name: String,
    pub faults: VoiceFaults,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Step {
    /// An editor decided. Days are Amsterdam's.
    Decided {
        on: Date,
        verdict: Verdict,
        ground: Option<Ground>,
        statement_html: Option<String>,
        automated: bool,
        /// Why what was removed does not come back, where it was reversed.
        away: Option<Away>,
    },
    Appealed {
        on: Date,
        html: String,
    },
}

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldOf {
    Nothing,
    Sent,
    Saved,
    Appealed,
    /// What was asked for does not go any more.
    Late,
    /// It is one of too many changes from that address.
    Often,
    /// Erasing was asked for without being sure.
    Unsure,
    /// The e-mail address was taken away.
    Forgotten,
}

/// The document of the page.
pub fn said(around: &Around, page: &SaidPage<'_>) -> String {
    let words = Words::new(around.ui);
    let title = if page.is_report { words.voice_said_report() } else { words.voice_said_comment() };
    let envelope = envelope(around, title, "");
    let place = Place::of(&envelope);
    document(&envelope, false, || {
        let (url, column) = &page.column;
        let about = if page.is_report { words.voice_desk_about() } else { words.voice_desk_below() };
        let rule = page.ground.map(|ground| view! { <p class="rule">{words.ground(ground)}</p> });
        let shown = Course {
            steps: &page.course,
            lang: page.words.lang,
            published: words.voice_said_published(),
            rejected: words.voice_said_rejected(),
            waits: words.voice_said_waits(),
        };
        let name = page.words.name.clone().unwrap_or_else(|| words.voice_anonymous().to_owned());
        view! {
            <article class="mine">
                <header class="opening">
                    {told(words, page.told)}
                    <h1>{title}</h1>
                    <p class="standfirst">{about} " " <a href=place.link(url)><bdi>{column.clone()}</bdi></a></p>
                    <p class="hint">{words.voice_said_keep()}</p>
                </header>
                <section>
                    <p class="hint"><bdi>{name}</bdi> ", " {words.date(page.received)}</p>
                    {rule}
                    <div class="prose" lang=place.foreign(page.words.lang) inner_html=page.words.text_html.clone()></div>
                </section>
                {course(place, &shown)}
                {appeal(place, page)}
                {change(place, page)}
                {email(place, page)}
                {(!page.is_report).then(|| erase(place, &pattern::said(page.secret), words.voice_said_erase_hint()))}
            </article>
        }
        .into_any()
    })
}

/// The document after a comment was erased.
pub fn said_erased(around: &Around) -> String {
    erased(around, Words::new(around.ui).voice_said_erased())
}

/// The same of a shop's reply.
pub fn reply_erased(around: &Around) -> String {
    erased(around, Words::new(around.ui).reply_erased())
}

fn erased(around: &Around, title: &'static str) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, title, "");
    document(&envelope, false, || {
        view! {
            <header class="opening">
                <h1>{title}</h1>
                <p class="standfirst">{words.voice_said_erased_lead()}</p>
            </header>
        }
        .into_any()
    })
}

fn told(words: Words, told: ToldOf) -> Option<AnyView> {
    let (text, is_wrong) = match told {
        ToldOf::Nothing => return None,
        ToldOf::Sent => (words.voice_told_sent(), false),
        ToldOf::Forgotten => (words.mine_email_forgotten(), false),
        ToldOf::Saved => (words.mine_saved(), false),
        ToldOf::Appealed => (words.voice_told_appealed(), false),
        ToldOf::Often => (words.away_often(), true),
        ToldOf::Late => (words.mine_late_for_that(), true),
        ToldOf::Unsure => (words.mine_erase_unsure(), true),
    };
    let class = if is_wrong { "wrong" } else { "done" };
    Some(view! { <p class=class role="status">{text}</p> }.into_any())
}

/// What was decided on something that was said.
pub(super) struct Course<'a> {
    /// The oldest first.
    pub steps: &'a [Step],
    /// Of what was said, and so of what it was answered with.
    pub lang: weerklank_domain::Lang,
    /// How it is called that it was accepted.
    pub published: &'static str,
    /// The same of a rejection.
    pub rejected: &'static str,
    /// Before anything is decided.
    pub waits: &'static str,
}

pub(super) fn course(place: Place, page: &Course<'_>) -> AnyView {
    let words = place.words;
    let day = |on: Date| view! { <p class="hint"><time datetime=on.to_string()>{words.date(on)}</time></p> };
    let foreign = place.foreign(page.lang);
    let steps: Vec<_> = page
        .steps
        .iter()
        .map(|step| match step {
            Step::Decided { on, verdict, ground, statement_html, automated, away } => {
                let title = match verdict {
                    Verdict::Accept => page.published,
                    Verdict::Reject => page.rejected,
                    verdict => words.verdict(*verdict),
                };
                let rule = ground.map(|ground| view! { <p class="rule">{words.ground(ground)}</p> });
                let html = statement_html.clone();
                let html = html.map(|html| view! { <div class="prose" lang=foreign inner_html=html></div> });
                // What a statement of reasons says besides (Regulation (EU) 2022/2065, article 17(3)).
                let machine = verdict
                    .needs_ground()
                    .then(|| if *automated { words.mine_automated_yes() } else { words.mine_automated_no() });
                let machine = machine.map(|text| view! { <p class="hint">{text}</p> });
                let away = away.map(|why| view! { <p>{words.away(why)}</p> });
                view! { <li><h3>{title}</h3> {day(*on)} {rule} {html} {away} {machine}</li> }.into_any()
            }
            Step::Appealed { on, html } => view! {
                <li class="yours">
                    <h3>{words.voice_said_your_appeal()}</h3>
                    {day(*on)}
                    <div class="prose" lang=foreign inner_html=html.clone()></div>
                </li>
            }
            .into_any(),
        })
        .collect();
    if steps.is_empty() {
        return view! { <section><p>{page.waits}</p></section> }.into_any();
    }
    view! { <section><h2>{words.mine_course()}</h2><ol class="course">{steps}</ol></section> }.into_any()
}

fn appeal(place: Place, page: &SaidPage<'_>) -> Option<AnyView> {
    let typed = page.appeal.as_ref()?;
    Some(appeal_form(place, &pattern::said(page.secret), typed))
}

/// The form of an appeal, also for who sent in an experience; `action` is a path without a language.
pub(crate) fn appeal_form(place: Place, action: &str, typed: &Typed) -> AnyView {
    let words = place.words;
    let label = (words.voice_appeal_text(), words.voice_appeal_hint());
    view! {
        <section id="appeal">
            <h2>{words.voice_appeal_title()}</h2>
            <form class="share" method="post" action=place.link(action) accept-charset="utf-8" novalidate>
                {lines(words, &typed.faults, label, &typed.text)}
                <p class="buttons"><button name="go" value="appeal">{words.voice_appeal_send()}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn change(place: Place, page: &SaidPage<'_>) -> Option<AnyView> {
    let words = place.words;
    let typed = page.change.as_ref()?;
    let label = (words.voice_form_text(), words.voice_form_text_hint());
    Some(
        view! {
            <section>
                <h2>{words.mine_change()}</h2>
                <p class="hint">{words.voice_said_change_hint()}</p>
                <form class="share" method="post" action=place.link(&pattern::said(page.secret)) accept-charset="utf-8" novalidate>
                    {lines(words, &typed.faults, label, &typed.text)}
                    {named(words, &typed.faults, &typed.name)}
                    <p class="buttons"><button name="go" value="change">{words.share_save()}</button></p>
                </form>
            </section>
        }
        .into_any(),
    )
}

/// Whether the address is confirmed, and how it goes.
fn email(place: Place, page: &SaidPage<'_>) -> Option<AnyView> {
    let words = place.words;
    let (email, confirmed) = page.email?;
    let stands = match confirmed {
        Some(day) => words.kept_email_confirmed(&words.date(day), email),
        None => words.mine_email_waiting(email),
    };
    Some(
        view! {
            <section id="email">
                <h2>{words.mine_email_title()}</h2>
                <p><bdi>{stands}</bdi></p>
                <form method="post" action=place.link(&pattern::said(page.secret)) class="buttons">
                    <button name="go" value="forget">{words.mine_email_forget()}</button>
                </form>
            </section>
        }
        .into_any(),
    )
}

/// The form by which all of it goes; `action` is a path without a language.
pub(super) fn erase(place: Place, action: &str, hint: &'static str) -> AnyView {
    let words = place.words;
    view! {
        <section>
            <h2>{words.mine_erase_title()}</h2>
            <p>{hint}</p>
            <form method="post" action=place.link(action)>
                <label>
                    <input type="checkbox" name="sure" value="yes"/>
                    <span>{words.mine_erase_sure()}</span>
                </label>
                <p class="buttons"><button name="go" value="erase">{words.mine_erase()}</button></p>
            </form>
        </section>
    }
    .into_any()
}
