//! The form, one step at a time.

use leptos::prelude::*;
use weerklank_api::challenge::SOLUTION;
use weerklank_domain::experience::{
    Again, Channel, Draft, Field, FieldFault, Gesture, HalfField, Intent, ShopAs, Side, Solved, Witness,
};
use weerklank_domain::shield::PersonalData;
use weerklank_domain::{Lang, Moment};

use super::control::{Controls, Text};
use super::wording::fault_words;
use super::{Around, Step, envelope, helped};
use crate::routes::pattern;
use crate::ui::Place;
use crate::words::Words;

/// What the form shows.
#[derive(Debug, Clone)]
pub struct ShareForm<'a> {
    pub draft: &'a Draft,
    pub step: Step,
    /// What is wrong in this step.
    pub faults: Vec<FieldFault>,
    /// The idempotency key that it is sent with.
    pub key: &'a str,
    /// What it carries beside that, unless it changes what was sent before.
    pub unseen: Option<Unseen<'a>>,
    /// The tags that load what helps in the browser; `None` where it is not built.
    pub scripts: Option<&'a str>,
    /// Minutes until it can be sent, where too much came from there.
    pub wait: Option<u32>,
    /// What it changes cannot be changed any more: by which secret that is found.
    pub late: Option<&'a str>,
    /// Path without a language that it is posted to.
    pub action: String,
    /// Whether it changes what was sent before.
    pub changes: bool,
    /// In the step that asks for it: what may lead to somebody.
    pub spots: Vec<Spot>,
}

/// What a form carries that people do not see.
#[derive(Debug, Clone, Copy)]
pub struct Unseen<'a> {
    /// When it was opened, signed.
    pub stamp: &'a str,
    /// What stands in the field that only programs fill in ([`TRAP`]).
    pub trap: &'a str,
    /// A proof of work that came along.
    pub proof: Option<&'a str>,
}

/// The field that only programs fill in.
pub const TRAP: &str = "homepage";

/// A place in a text that may lead to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Names it in the answer.
    pub value: String,
    pub kind: PersonalData,
    /// Whether it is to be hidden.
    pub is_chosen: bool,
    /// A few words before it, the place itself, and a few words after.
    pub context: (String, String, String),
}

/// The document of the form.
pub fn share_form(around: &Around, form: &ShareForm<'_>) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, words.share_title(), words.share_lead());
    let place = Place::of(&envelope);
    let may_be_found = !form.changes && form.step == Step::What;
    helped(&envelope, may_be_found, form.scripts, || draw(place, form))
}

fn draw(place: Place, form: &ShareForm<'_>) -> AnyView {
    let words = place.words;
    let steps = Step::of(form.draft);
    // Until it is chosen what to tell, nobody knows how many there are.
    let at = steps.iter().position(|step| *step == form.step).filter(|_| steps.len() > 1);
    let number = |number: usize| words.number(number as u64);
    let progress = at.map(|at| {
        view! { <p class="kicker">{words.share_step(&number(at + 1), &number(steps.len()))}</p> }
    });
    let lead = (form.step == Step::What).then(|| view! { <p class="standfirst">{words.share_lead()}</p> });
    let hidden: Vec<_> = form
        .draft
        .fields()
        .into_iter()
        .filter(|(name, _)| !form.step.shows(name, form.draft))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    let is_last = matches!(form.step, Step::You | Step::Shield);
    let go = match (is_last, form.changes) {
        (false, _) => words.share_next(),
        (true, false) => words.share_send(),
        (true, true) => words.share_save(),
    };
    let back = (form.step != Step::What)
        .then(|| view! { <button name="go" value="back">{words.share_back()}</button> });
    // What is wrong is said by the server, beside its field and in the reader's language.
    view! {
        <form class="share" method="post" action=place.link(&form.action) accept-charset="utf-8" novalidate>
            <header class="opening">
                {progress}
                <h1>{heading(words, form.step)}</h1>
                {lead}
            </header>
            {wrong(words, place.ui, &form.faults)}
            {wait(words, form.wait)}
            {form.late.map(|secret| late(place, secret))}
            <input type="hidden" name="step" value=form.step.as_str()/>
            <input type="hidden" name="key" value=form.key.to_owned()/>
            {form.unseen.map(|unseen| carried(words, unseen))}
            {hidden}
            {fields(place, form)}
            // The Enter key presses the first button: going on, not back.
            <p class="buttons">
                <button class="main" name="go" value="next">{go}</button>
                {back}
            </p>
        </form>
    }
    .into_any()
}

/// What programs see. The field that is a trap is out of reach of keyboard, screen reader and autofill;
/// who reads without styles is asked to leave it.
pub(crate) fn carried(words: Words, unseen: Unseen<'_>) -> AnyView {
    let proof =
        unseen.proof.map(|proof| view! { <input type="hidden" name=SOLUTION value=proof.to_owned()/> });
    view! {
        <input type="hidden" name="stamp" value=unseen.stamp.to_owned()/>
        {proof}
        <div class="trap" aria-hidden="true">
            <label for=TRAP>{words.share_trap()}</label>
            <input
                id=TRAP
                name=TRAP
                type="text"
                value=unseen.trap.to_owned()
                tabindex="-1"
                autocomplete="off"
                data-1p-ignore="true"
                data-lpignore="true"
            />
        </div>
    }
    .into_any()
}

/// That it could not be sent now, and when it can.
pub(crate) fn wait(words: Words, minutes: Option<u32>) -> Option<AnyView> {
    let minutes = words.share_wait(u64::from(minutes?));
    Some(
        view! {
            <section class="wrong" role="alert">
                <h2>{words.share_wait_title()}</h2>
                <p>{minutes}</p>
            </section>
        }
        .into_any(),
    )
}

/// That it comes too late, and where what was sent before stands.
fn late(place: Place, secret: &str) -> AnyView {
    let words = place.words;
    view! {
        <section class="wrong" role="alert">
            <h2>{words.kept_title()}</h2>
            <p>{words.kept_late()}</p>
            <p><a href=place.link(&pattern::mine(secret))>{words.mine_title()}</a></p>
        </section>
    }
    .into_any()
}

fn heading(words: Words, step: Step) -> &'static str {
    match step {
        Step::What => words.share_title(),
        Step::Story(side) => words.story(side),
        Step::Details(side) => words.details(side),
        Step::Suggestion => words.share_suggestion_title(),
        Step::You => words.share_you(),
        Step::Shield => words.share_shield_title(),
    }
}

/// Everything that is wrong, with a link to each place.
fn wrong(words: Words, ui: Lang, faults: &[FieldFault]) -> Option<AnyView> {
    if faults.is_empty() {
        return None;
    }
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| {
            let place = format!("#{}", fault.field.name());
            view! { <li><a href=place>{fault_words(ui, *fault)}</a></li> }
        })
        .collect();
    Some(
        view! {
            <section class="wrong" role="alert">
                <h2>{words.share_wrong_title()}</h2>
                <ul>{faults}</ul>
            </section>
        }
        .into_any(),
    )
}

fn fields(place: Place, form: &ShareForm<'_>) -> AnyView {
    let words = place.words;
    let controls = Controls { ui: place.ui, faults: &form.faults };
    match form.step {
        Step::What => {
            let answers =
                Intent::ALL.iter().map(|intent| (intent.as_str(), words.intent(*intent).to_owned()));
            controls.choice(Field::Intent, words.share_what(), answers, None, &form.draft.intent)
        }
        Step::Story(side) => story(words, controls, form.draft, side),
        Step::Details(side) => details(words, controls, form.draft, side),
        Step::Suggestion => controls.text(
            Field::Suggestion,
            words.share_suggestion_label(),
            "",
            &form.draft.suggestion,
            Text::Lines,
        ),
        Step::You => you(words, controls, form.draft, place.ui),
        Step::Shield => shield(words, place.ui, &form.spots),
    }
}

fn story(words: Words, controls: Controls<'_>, draft: &Draft, side: Side) -> AnyView {
    let half = draft.half(side);
    let at = |field| Field::Half(side, field);
    let shops = ShopAs::ALL.iter().map(|how| (how.as_str(), words.shop_as(*how).to_owned()));
    let line = Text::Line { kind: "text", autocomplete: "off" };
    view! {
        {controls.text(at(HalfField::Story), words.share_story_label(), words.share_story_hint(), &half.story, Text::Lines)}
        {controls.choice(at(HalfField::ShopAs), words.share_shop_label(), shops, None, &half.shop_as)}
        {controls.text(at(HalfField::Shop), words.share_shop_field(), "", &half.shop, line)}
    }
    .into_any()
}

fn details(words: Words, controls: Controls<'_>, draft: &Draft, side: Side) -> AnyView {
    let half = draft.half(side);
    let at = |field| Field::Half(side, field);
    let any = Some(words.share_any());
    let line = Text::Line { kind: "text", autocomplete: "off" };
    let ratings: Vec<_> = Moment::ALL
        .iter()
        .map(|moment| {
            let rating = half.ratings.get(moment.as_str()).map(String::as_str).unwrap_or_default();
            let answers = ["1", "2", "3", "4", "5"].into_iter().map(|number| (number, number.to_owned()));
            controls.choice(
                at(HalfField::Rating(*moment)),
                words.moment(*moment),
                answers,
                Some(words.share_rating_none()),
                rating,
            )
        })
        .collect();
    let channels = Channel::ALL.iter().map(|word| (word.as_str(), words.channel(*word).to_owned()));
    let gestures = Gesture::ALL.iter().map(|word| (word.as_str(), words.gesture(*word).to_owned()));
    let solved = Solved::ALL.iter().map(|word| (word.as_str(), words.solved(*word).to_owned()));
    let again = Again::ALL.iter().map(|word| (word.as_str(), words.again(*word).to_owned()));
    let witness = Witness::ALL.iter().map(|word| (word.as_str(), words.witness(*word).to_owned()));
    let is_last = Step::showing(Field::Suggestion, draft) == Step::Details(side);
    let suggestion = is_last.then(|| {
        controls.text(Field::Suggestion, words.share_suggestion_also(), "", &draft.suggestion, Text::Lines)
    });
    view! {
        <p class="standfirst">{words.share_details_hint()}</p>
        <section class="ratings">
            <h2>{words.share_ratings()}</h2>
            <p class="hint">{words.share_ratings_hint()}</p>
            {ratings}
        </section>
        {controls.choice(at(HalfField::Channel), words.share_channel(), channels, any, &half.channel)}
        <section>
            <h2>{words.share_promise()}</h2>
            {controls.text(at(HalfField::Promised), words.share_promised(), words.share_promise_hint(), &half.promised, line)}
            {controls.text(at(HalfField::Actual), words.share_actual(), "", &half.actual, line)}
        </section>
        {controls.choices(at(HalfField::Gestures), words.share_gestures(), gestures, &half.gestures)}
        {controls.choice(at(HalfField::Solved), words.share_solved(), solved, any, &half.solved)}
        {controls.choice(at(HalfField::Again), words.share_again(), again, any, &half.again)}
        {controls.choice(at(HalfField::Witness), words.share_witness(), witness, any, &half.witness)}
        {controls.text(at(HalfField::When), words.share_when(), words.share_when_hint(), &half.when, line)}
        {suggestion}
    }
    .into_any()
}

fn you(words: Words, controls: Controls<'_>, draft: &Draft, ui: Lang) -> AnyView {
    let langs = Lang::ALL.iter().map(|lang| (lang.as_str(), words.lang(*lang).to_owned()));
    let lang = if draft.lang.is_empty() { ui.as_str() } else { &draft.lang };
    let consents = draft.consents;
    view! {
        <p class="standfirst">{words.share_you_hint()}</p>
        {controls.text(Field::Name, words.share_name(), "", &draft.name, Text::Line { kind: "text", autocomplete: "name" })}
        {controls.text(Field::Email, words.share_email(), "", &draft.email, Text::Line { kind: "email", autocomplete: "email" })}
        {controls.choice(Field::Lang, words.share_lang(), langs, None, lang)}
        <fieldset class="field">
            <legend>{words.share_consents()}</legend>
            <div class="answers">
                {Controls::tick("consents.publish", words.share_consent_publish(), consents.publish)}
                {Controls::tick("consents.contact", words.share_consent_contact(), consents.contact)}
                {Controls::tick("consents.shop", words.share_consent_shop(), consents.shop)}
            </div>
        </fieldset>
    }
    .into_any()
}

fn shield(words: Words, ui: Lang, spots: &[Spot]) -> AnyView {
    let spots: Vec<_> = spots
        .iter()
        .map(|spot| {
            let (before, found, after) = spot.context.clone();
            let label = words.share_shield_hide(Words::new(ui).personal(spot.kind));
            view! {
                <li>
                    <blockquote>{before}<mark>{found}</mark>{after}</blockquote>
                    <label>
                        <input type="checkbox" name="hide" value=spot.value.clone() checked=spot.is_chosen/>
                        <span>{label}</span>
                    </label>
                </li>
            }
        })
        .collect();
    view! {
        <p class="standfirst">{words.share_shield_lead()}</p>
        <ul class="spots">{spots}</ul>
    }
    .into_any()
}
