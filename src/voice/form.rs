//! The forms by which readers comment and report.

use leptos::prelude::*;
use weerklank_domain::Lang;
use weerklank_domain::desk::Ground;
use weerklank_domain::shield::PersonalData;
use weerklank_domain::voice::{CommentDraft, ReportDraft, VoiceFault, VoiceFaults, VoiceField, limits};

use super::Quoted;
use crate::routes::pattern;
use crate::share::control::{Text, note, text};
use crate::share::form::{carried, wait};
use crate::share::{Around, Unseen, document, envelope};
use crate::ui::Place;
use crate::words::Words;

/// What every form of these carries and shows.
#[derive(Debug, Clone)]
pub struct Carried<'a> {
    /// The idempotency key that it is sent with.
    pub key: &'a str,
    pub unseen: Unseen<'a>,
    pub faults: VoiceFaults,
    /// Minutes until it can be sent, where too much came from there.
    pub wait: Option<u32>,
}

/// A comment on its way.
#[derive(Debug, Clone)]
pub struct CommentForm<'a> {
    pub carried: Carried<'a>,
    pub draft: &'a CommentDraft,
    /// Of the column: its address without a language, and its title.
    pub column: (String, String),
    /// The comment that it answers, by its id.
    pub answers: Option<(String, Quoted)>,
    /// How it will look, once there is something to look at.
    pub preview_html: Option<String>,
    /// What in it may lead to somebody.
    pub found: Vec<(PersonalData, String)>,
    /// Path without a language that it is posted to.
    pub action: String,
}

/// A report on its way.
#[derive(Debug, Clone)]
pub struct ReportForm<'a> {
    pub carried: Carried<'a>,
    pub draft: &'a ReportDraft,
    /// The address of what it is about, as it was given.
    pub about: &'a str,
    /// Whether there is something at that address that can be reported; what it is called then.
    pub found: Option<String>,
    /// Whether that address was asked for and is none.
    pub is_nowhere: bool,
}

/// The document in which a comment is looked at once more and sent.
pub fn comment_form(around: &Around, form: &CommentForm<'_>) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, words.voice_form_title(), "");
    let place = Place::of(&envelope);
    document(&envelope, false, || {
        let answers = form.answers.as_ref().map(|(id, to)| {
            let name = to.name.clone().unwrap_or_else(|| words.voice_anonymous().to_owned());
            view! {
                <input type="hidden" name=pattern::ANSWERS value=id.clone()/>
                <section>
                    <h2><bdi>{words.voice_form_answers(&name)}</bdi></h2>
                    <div class="prose" lang=place.foreign(to.lang) inner_html=to.text_html.clone()></div>
                </section>
            }
        });
        let preview = form.preview_html.clone().map(|html| {
            view! {
                <section>
                    <h2>{words.voice_form_preview()}</h2>
                    <div class="prose" inner_html=html></div>
                    {found(words, &form.found)}
                </section>
            }
        });
        let again = form.preview_html.is_some().then(|| {
            view! { <button name="go" value="look">{words.voice_form_look()}</button> }
        });
        let (go, label) = match form.preview_html {
            Some(_) => ("send", words.voice_form_send()),
            None => ("look", words.voice_go_on()),
        };
        let (url, title) = &form.column;
        view! {
            <form class="share" method="post" action=place.link(&form.action) accept-charset="utf-8" novalidate>
                <header class="opening">
                    <h1>{words.voice_form_title()}</h1>
                    <p class="standfirst">
                        {words.voice_desk_below()} " " <a href=place.link(url)><bdi>{title.clone()}</bdi></a>
                    </p>
                </header>
                {wait(words, form.carried.wait)}
                {hidden(words, &form.carried)}
                {answers}
                {preview}
                {lines(words, &form.carried.faults, (words.voice_form_text(), words.voice_form_text_hint()), &form.draft.text)}
                {who(words, &form.carried.faults, &form.draft.name, &form.draft.email, words.voice_form_email_hint())}
                <p class="hint">{words.voice_form_after()}</p>
                <p class="buttons"><button class="main" name="go" value=go>{label}</button> {again}</p>
            </form>
        }
        .into_any()
    })
}

/// The document of a report.
pub fn report_form(around: &Around, form: &ReportForm<'_>) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, words.voice_report_title(), words.voice_report_lead());
    let place = Place::of(&envelope);
    let faults = &form.carried.faults;
    document(&envelope, true, || {
        let about = if let Some(name) = &form.found {
            view! {
                <input type="hidden" name="where" value=form.about.to_owned()/>
                <p class="standfirst"><bdi>{name.clone()}</bdi></p>
            }
            .into_any()
        } else {
            let fault = form.is_nowhere.then(|| words.voice_report_nowhere().to_owned());
            let label = (words.voice_report_where(), words.voice_report_where_hint());
            text("where", label, fault, form.about, Text::Line { kind: "text", autocomplete: "off" })
        };
        let chosen: Option<Ground> = form.draft.ground.parse().ok();
        let grounds: Vec<_> = Ground::ALL
            .iter()
            .enumerate()
            .map(|(index, ground)| {
                let id = if index == 0 { "ground".to_owned() } else { format!("ground-{index}") };
                view! {
                    <label>
                        <input id=id type="radio" name="ground" value=ground.as_str() checked=chosen == Some(*ground)/>
                        <span>{words.ground(*ground)}</span>
                    </label>
                }
            })
            .collect();
        view! {
            <form class="share" method="post" action=place.link(pattern::REPORT) accept-charset="utf-8" novalidate>
                <header class="opening">
                    <h1>{words.voice_report_title()}</h1>
                    {about}
                    <p>{words.voice_report_lead()}</p>
                </header>
                {wait(words, form.carried.wait)}
                {hidden(words, &form.carried)}
                <fieldset class="field">
                    <legend>{words.voice_report_ground()}</legend>
                    {note("ground", "fault", fault(words, faults, VoiceField::Ground))}
                    <div class="answers">{grounds}</div>
                </fieldset>
                {lines(words, faults, (words.voice_report_text(), words.voice_report_text_hint()), &form.draft.text)}
                {who(words, faults, &form.draft.name, &form.draft.email, words.voice_report_email_hint())}
                <div class="field">
                    {note("good_faith", "fault", fault(words, faults, VoiceField::GoodFaith))}
                    <label>
                        <input id="good_faith" type="checkbox" name="good_faith" value="yes" checked=form.draft.good_faith/>
                        <span>{words.voice_report_good_faith()}</span>
                    </label>
                </div>
                <p class="buttons"><button class="main" name="go" value="send">{words.voice_report_send()}</button></p>
            </form>
        }
        .into_any()
    })
}

fn hidden(words: Words, sent: &Carried<'_>) -> AnyView {
    view! {
        <input type="hidden" name="key" value=sent.key.to_owned()/>
        {carried(words, sent.unseen)}
    }
    .into_any()
}

/// The text of a comment, a report, an appeal.
pub(super) fn lines(
    words: Words,
    faults: &VoiceFaults,
    label: (&'static str, &'static str),
    typed: &str,
) -> AnyView {
    text(VoiceField::Text.as_str(), label, fault(words, faults, VoiceField::Text), typed, Text::Lines)
}

/// Under which name it stands.
pub(super) fn named(words: Words, faults: &VoiceFaults, name: &str) -> AnyView {
    named_as(words, faults, name, (words.voice_form_name(), words.voice_form_name_hint()))
}

/// As [`named`], with words of one's own.
pub(super) fn named_as(
    words: Words,
    faults: &VoiceFaults,
    name: &str,
    label: (&'static str, &'static str),
) -> AnyView {
    let how = Text::Line { kind: "text", autocomplete: "name" };
    text("name", label, fault(words, faults, VoiceField::Name), name, how)
}

fn who(words: Words, faults: &VoiceFaults, name: &str, email: &str, hint: &'static str) -> AnyView {
    let label = (words.voice_form_email(), hint);
    let how = Text::Line { kind: "email", autocomplete: "email" };
    let email = text("email", label, fault(words, faults, VoiceField::Email), email, how);
    view! { {named(words, faults, name)} {email} }.into_any()
}

fn found(words: Words, found: &[(PersonalData, String)]) -> Option<AnyView> {
    let found: Vec<_> = found
        .iter()
        .map(|(kind, text)| view! { <li>{words.personal(*kind)} ": " <mark><bdi>{text.clone()}</bdi></mark></li> })
        .collect();
    (!found.is_empty()).then(|| view! { <p>{words.voice_form_found()}</p> <ul>{found}</ul> }.into_any())
}

fn fault(words: Words, faults: &VoiceFaults, field: VoiceField) -> Option<String> {
    let (_, fault) = faults.iter().find(|(of, _)| *of == field)?;
    Some(words_of(words, field, *fault))
}

/// What is wrong with a field and how to mend it, in `lang`.
pub fn voice_fault_words(lang: Lang, field: VoiceField, fault: VoiceFault) -> String {
    words_of(Words::new(lang), field, fault)
}

/// What a report about a column is about.
pub fn report_column_words(lang: Lang, title: &str) -> String {
    Words::new(lang).voice_report_column_named(title)
}

/// The same about a comment below it.
pub fn report_comment_words(lang: Lang, name: Option<&str>, title: &str) -> String {
    let words = Words::new(lang);
    words.voice_report_comment_named(name.unwrap_or(words.voice_anonymous()), title)
}

/// The same about a shop's reply.
pub fn report_reply_words(lang: Lang, shop: &str, title: &str) -> String {
    Words::new(lang).reply_reported_named(shop, title)
}

fn words_of(words: Words, field: VoiceField, fault: VoiceFault) -> String {
    match (fault, field) {
        (VoiceFault::Missing, VoiceField::Ground) => words.voice_fault_ground().to_owned(),
        (VoiceFault::Missing, VoiceField::GoodFaith) => words.voice_fault_good_faith().to_owned(),
        (VoiceFault::Missing, VoiceField::Shop) => words.reply_fault_shop().to_owned(),
        (_, VoiceField::Days) => words.reply_fault_days(&limits::REPLY_DAYS_MOST.to_string()),
        (VoiceFault::Missing, _) => words.voice_fault_text().to_owned(),
        (VoiceFault::TooLong { max, found }, _) => {
            words.fault_too_long(&words.number(found as u64), &words.number(max as u64))
        }
        (VoiceFault::NotAnEmail, _) => words.fault_not_an_email().to_owned(),
        (VoiceFault::UnknownWord, _) => words.fault_unknown_word().to_owned(),
    }
}
