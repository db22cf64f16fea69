//! Where a shop that was asked for a reply reads what about, answers, and sees what was decided.

use leptos::prelude::*;
use weerklank_domain::{Date, Lang};

use super::form::{lines, named_as};
use super::said::{Course, appeal_form, course, erase};
use super::{Quoted, Step, Typed};
use crate::routes::pattern;
use crate::share::{Around, document, envelope};
use crate::ui::Place;
use crate::words::Words;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ReplyPage<'a> {
    /// That its address holds.
    pub secret: &'a str,
    pub shop: &'a str,
    /// Who asks, and what, where they ask something.
    pub question: Option<Quoted>,
    pub about: AboutText,
    /// The last day on which it can be answered, in Amsterdam.
    pub until: Date,
    pub is_closed: bool,
    /// What it answered, and when.
    pub answer: Option<(Quoted, Date)>,
    /// The oldest first.
    pub course: Vec<Step>,
    /// What was typed last, where it can be written.
    pub write: Option<Typed>,
    /// The same for an appeal.
    pub appeal: Option<Typed>,
    pub told: ToldShop,
}

/// What a shop is asked about.
#[derive(Debug, Clone)]
pub enum AboutText {
    /// On the board: its address without a language, and its title.
    Column(String, String),
    /// Not there yet.
    Draft { title: String, lang: Lang, html: String },
    /// Nothing that the shop may see.
    Hidden,
}

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldShop {
    Nothing,
    Sent,
    Appealed,
    /// What was asked for does not go any more.
    Late,
    /// It is one of too many changes from that address.
    Often,
    /// Erasing was asked for without being sure.
    Unsure,
}

/// The document of the page.
pub fn reply(around: &Around, page: &ReplyPage<'_>) -> String {
    let words = Words::new(around.ui);
    let title = words.reply_title(page.shop);
    let envelope = envelope(around, &title, "");
    let place = Place::of(&envelope);
    document(&envelope, false, || {
        view! {
            <article class="mine">
                <header class="opening">
                    {told(words, page.told)}
                    <h1><bdi>{title.clone()}</bdi></h1>
                    <p class="standfirst"><bdi>{words.reply_lead(page.shop)}</bdi></p>
                    <p class="hint">{words.voice_said_keep()}</p>
                </header>
                {question(place, page)}
                {about(place, page)}
                {answered(place, page)}
                {appeal(place, page)}
                {write(place, page)}
                {erase(place, &pattern::reply(page.secret), place.words.reply_erase_hint())}
            </article>
        }
        .into_any()
    })
}

fn told(words: Words, told: ToldShop) -> Option<AnyView> {
    let (text, is_wrong) = match told {
        ToldShop::Nothing => return None,
        ToldShop::Sent => (words.reply_told(), false),
        ToldShop::Appealed => (words.voice_told_appealed(), false),
        ToldShop::Often => (words.away_often(), true),
        ToldShop::Late => (words.mine_late_for_that(), true),
        ToldShop::Unsure => (words.mine_erase_unsure(), true),
    };
    let class = if is_wrong { "wrong" } else { "done" };
    Some(view! { <p class=class role="status">{text}</p> }.into_any())
}

fn question(place: Place, page: &ReplyPage<'_>) -> Option<AnyView> {
    let asked = page.question.clone()?;
    let name = asked.name.map(|name| view! { <p class="hint"><bdi>{name}</bdi></p> });
    Some(
        view! {
            <section>
                <h2>{place.words.reply_asks()}</h2>
                {name}
                <div class="prose" lang=place.foreign(asked.lang) inner_html=asked.text_html></div>
            </section>
        }
        .into_any(),
    )
}

fn about(place: Place, page: &ReplyPage<'_>) -> AnyView {
    let words = place.words;
    let inside = match page.about.clone() {
        AboutText::Column(url, title) => {
            view! { <p><a href=place.link(&url)><bdi>{title}</bdi></a></p> }.into_any()
        }
        AboutText::Draft { title, lang, html } => {
            let lang = place.foreign(lang);
            view! {
                <p class="hint">{words.reply_unpublished()}</p>
                <p lang=lang><b><bdi>{title}</bdi></b></p>
                <div class="prose" lang=lang inner_html=html></div>
            }
            .into_any()
        }
        AboutText::Hidden => view! { <p>{words.reply_hidden()}</p> }.into_any(),
    };
    view! { <section><h2>{words.reply_about()}</h2> {inside}</section> }.into_any()
}

fn answered(place: Place, page: &ReplyPage<'_>) -> Option<AnyView> {
    let words = place.words;
    let (said, on) = page.answer.clone()?;
    let name = said.name.unwrap_or_else(|| page.shop.to_owned());
    let shown = Course {
        steps: &page.course,
        lang: said.lang,
        published: words.reply_mail_published_subject(),
        rejected: words.reply_mail_rejected_subject(),
        waits: words.reply_waits(),
    };
    Some(
        view! {
            <section>
                <h2>{words.reply_text()}</h2>
                <p class="hint"><bdi>{name}</bdi> ", " {words.date(on)}</p>
                <div class="prose" lang=place.foreign(said.lang) inner_html=said.text_html></div>
            </section>
            {course(place, &shown)}
        }
        .into_any(),
    )
}

fn appeal(place: Place, page: &ReplyPage<'_>) -> Option<AnyView> {
    let typed = page.appeal.as_ref()?;
    Some(appeal_form(place, &pattern::reply(page.secret), typed))
}

fn write(place: Place, page: &ReplyPage<'_>) -> Option<AnyView> {
    let words = place.words;
    let until = words.date(page.until);
    let Some(typed) = &page.write else {
        return (page.is_closed && page.answer.is_none())
            .then(|| view! { <p>{words.reply_closed(&until)}</p> }.into_any());
    };
    let is_first = page.answer.is_none();
    let until = is_first.then(|| view! { <p>{words.reply_until(&until)}</p> });
    let send = if is_first { words.reply_send() } else { words.reply_change() };
    let name = (words.reply_name(), words.reply_name_hint());
    Some(
        view! {
            <section>
                {until}
                <p class="hint">{words.reply_read_first()}</p>
                <form class="share" method="post" action=place.link(&pattern::reply(page.secret)) accept-charset="utf-8" novalidate>
                    {lines(words, &typed.faults, (words.reply_text(), words.reply_text_hint()), &typed.text)}
                    {named_as(words, &typed.faults, &typed.name, name)}
                    <p class="buttons"><button class="main" name="go" value="reply">{send}</button></p>
                </form>
            </section>
        }
        .into_any(),
    )
}
