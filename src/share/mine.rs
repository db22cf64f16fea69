//! What a sender sees of what they sent.

use leptos::prelude::*;
use weerklank_domain::Date;
use weerklank_domain::desk::{Ground, Verdict};
use weerklank_domain::experience::{Experience, Half, State};
use weerklank_domain::voice::Away;

use super::texts::{self, Text};
use super::{Around, course, document, envelope};
use crate::given::given;
use crate::routes::pattern;
use crate::ui::Place;
use crate::voice::Typed;
use crate::words::Words;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Mine<'a> {
    pub experience: &'a Experience,
    pub state: State,
    /// In Amsterdam.
    pub received: Date,
    /// In Amsterdam; since when the e-mail address is confirmed.
    pub confirmed: Option<Date>,
    /// That its address holds.
    pub secret: &'a str,
    pub told: Told,
    /// The stories as HTML, in the order of the halves.
    pub stories_html: Vec<String>,
    pub suggestion_html: Option<String>,
    /// What was decided and answered, the oldest first.
    pub course: Vec<Entry>,
    /// What was made of it.
    pub texts: Vec<Text>,
    /// In Amsterdam; when somebody took back what stood in one column with it.
    pub parted: Option<Date>,
    /// What was typed and not taken.
    pub kept: Kept,
    /// Whether the last decision can be appealed against.
    pub may_appeal: bool,
}

/// What was typed and not taken: it stays on the page that says why, where it can be copied even if it comes too late.
#[derive(Debug, Clone, Default)]
pub enum Kept {
    #[default]
    Nothing,
    Answer(String),
    Appeal(Typed),
    /// What they said of a text, by the id of its draft.
    Remark {
        draft: String,
        text: String,
    },
}

/// Something that happened to what was sent in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
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
    /// What their appeal is against was undone already.
    Ended { on: Date, away: Option<Away> },
    /// Its sender answered, or told what happened later.
    Answered { on: Date, text_html: String },
    /// Its sender appealed against the last decision.
    Appealed { on: Date, text_html: String },
}

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Nothing,
    Sent,
    Saved,
    /// Erasing was asked for without being sure.
    Unsure,
    /// What was asked for does not go with the state of it.
    Late,
    /// What they said of the text is kept.
    Said,
    /// Whether a shop's reply solved it.
    Outcome,
    /// The text is another one by now.
    Outdated,
    /// What they said of it is too long.
    LongRemark,
    NoAnswer,
    LongAnswer,
    /// It is one of too many changes from that address.
    Often,
    Appealed,
    /// The mail that asks whose address it is was sent again, or not so soon.
    Asked,
    TooSoon,
    /// The e-mail address was taken away.
    Forgotten,
}

/// The document of a sender's own page.
pub fn mine(around: &Around, mine: &Mine<'_>) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, words.mine_title(), words.mine_lead());
    let place = Place::of(&envelope);
    document(&envelope, false, || draw(place, mine))
}

/// The document after everything was erased.
pub fn erased(around: &Around) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, words.mine_erased_title(), words.mine_erased());
    document(&envelope, false, || {
        view! {
            <header class="opening">
                <h1>{words.mine_erased_title()}</h1>
                <p class="standfirst">{words.mine_erased()}</p>
            </header>
        }
        .into_any()
    })
}

fn draw(place: Place, mine: &Mine<'_>) -> AnyView {
    let words = place.words;
    let told = match mine.told {
        // What is wrong with an answer is said beside its field.
        Told::Nothing | Told::NoAnswer | Told::LongAnswer | Told::LongRemark => None,
        Told::Said => Some(words.edited_said()),
        Told::Outcome => Some(words.reply_mine_said()),
        Told::Outdated => Some(words.edited_outdated()),
        Told::Sent => Some(words.mine_sent()),
        Told::Saved => Some(words.mine_saved()),
        Told::Appealed => Some(words.voice_told_appealed()),
        Told::Unsure => Some(words.mine_erase_unsure()),
        Told::Often => Some(words.away_often()),
        Told::Late => Some(words.mine_late_for_that()),
        Told::Asked => Some(words.mine_email_asked()),
        Told::TooSoon => Some(words.mine_email_too_soon()),
        Told::Forgotten => Some(words.mine_email_forgotten()),
    };
    let is_late = matches!(mine.told, Told::Late | Told::Outdated);
    let is_wrong = is_late || matches!(mine.told, Told::Unsure | Told::TooSoon | Told::Often);
    let class = if is_wrong { "wrong" } else { "done" };
    let kept = (is_late && !matches!(mine.kept, Kept::Nothing)).then(|| words.kept_here());
    let told = told.map(|told| view! { <p class=class role="status">{told} " " {kept}</p> });
    let state = match mine.state {
        State::Received => words.mine_state_received(&words.date(mine.received)),
        State::Asked => words.mine_state_asked().to_owned(),
        State::Returned => words.mine_state_returned().to_owned(),
        State::Accepted => words.mine_state_accepted().to_owned(),
        State::Rejected => words.mine_state_rejected().to_owned(),
        State::Withdrawn => words.mine_state_withdrawn().to_owned(),
    };
    let parted = mine.parted.map(|on| view! { <p>{words.parted_mine(&words.date(on))}</p> });
    let address = |path: String| place.link(&path);
    let change = mine.state.may_change().then(|| {
        view! { <a class="button" href=address(pattern::mine_change(mine.secret))>{words.mine_change()}</a> }
    });
    let go = match mine.state {
        State::Withdrawn => Some(("restore", words.mine_restore())),
        state if state.may_withdraw() => Some(("withdraw", words.mine_withdraw())),
        _ => None,
    };
    let go = go.map(|(go, label)| view! { <button name="go" value=go>{label}</button> });
    let halves: Vec<_> = mine
        .experience
        .halves
        .iter()
        .zip(&mine.stories_html)
        .map(|(half, story)| half_view(place, mine.experience, half, story.clone()))
        .collect();
    let foreign = place.foreign(mine.experience.lang);
    let suggestion = mine.suggestion_html.clone().map(|html| {
        view! {
            <section>
                <h2>{words.share_suggestion_title()}</h2>
                <div class="prose" lang=foreign inner_html=html></div>
            </section>
        }
    });
    view! {
        <article class="mine">
            <header class="opening">
                {told}
                <h1>{words.mine_title()}</h1>
                <p class="standfirst">{words.mine_lead()}</p>
                <p class="hint">{words.mine_lost()}</p>
            </header>
            <section>
                <h2>{words.mine_state()}</h2>
                <p>{state}</p>
                {parted}
                <form method="post" action=address(pattern::mine(mine.secret)) class="buttons">
                    {change}
                    {go}
                    <a class="button" href=address(pattern::mine_file(mine.secret)) download="weerklank.json">{words.mine_download()}</a>
                </form>
            </section>
            {texts::draw(place, mine)}
            {course::draw(place, mine)}
            {halves}
            {suggestion}
            {about_you(words, mine.experience)}
            {email(place, mine)}
            <section>
                <h2>{words.mine_erase_title()}</h2>
                <p>{words.mine_erase_hint()}</p>
                <form method="post" action=address(pattern::mine(mine.secret))>
                    <label>
                        <input type="checkbox" name="sure" value="yes"/>
                        <span>{words.mine_erase_sure()}</span>
                    </label>
                    <p class="buttons"><button name="go" value="erase">{words.mine_erase()}</button></p>
                </form>
            </section>
        </article>
    }
    .into_any()
}

/// Whether the address is confirmed, and what can be done about it.
fn email(place: Place, mine: &Mine<'_>) -> Option<AnyView> {
    let words = place.words;
    let email = mine.experience.email.as_ref()?.as_str();
    let stands = match mine.confirmed {
        Some(day) => words.mine_email_confirmed(&words.date(day), email),
        None => words.mine_email_waiting(email),
    };
    let again = mine.confirmed.is_none().then(|| {
        view! { <button name="go" value="ask">{words.mine_email_again()}</button> }
    });
    Some(
        view! {
            <section id="email">
                <h2>{words.mine_email_title()}</h2>
                <p><bdi>{stands}</bdi></p>
                {mine.state.may_change().then(|| view! { <p class="hint">{words.mine_email_change()}</p> })}
                <form method="post" action=place.link(&pattern::mine(mine.secret)) class="buttons">
                    {again}
                    <button name="go" value="forget">{words.mine_email_forget()}</button>
                </form>
            </section>
        }
        .into_any(),
    )
}

fn half_view(place: Place, experience: &Experience, half: &Half, story: String) -> AnyView {
    let words = place.words;
    let facts = given(words, half).into_iter().map(|(question, answer)| (question, Some(answer))).collect();
    view! {
        <section data-feel=half.side.as_str()>
            <h2>{words.story(half.side)}</h2>
            <div class="prose" lang=place.foreign(experience.lang) inner_html=story></div>
            {list(facts)}
        </section>
    }
    .into_any()
}

/// What was given, by its question; what was not is left out.
fn list(facts: Vec<(&'static str, Option<String>)>) -> AnyView {
    let facts: Vec<_> = facts
        .into_iter()
        .filter_map(|(question, answer)| Some((question, answer?)))
        .map(|(question, answer)| view! { <div><dt>{question}</dt><dd><bdi>{answer}</bdi></dd></div> })
        .collect();
    view! { <dl class="given">{facts}</dl> }.into_any()
}

fn about_you(words: Words, experience: &Experience) -> AnyView {
    let yes = |given: bool| Some(if given { words.mine_yes() } else { words.mine_no() }.to_owned());
    let name = experience.name.clone().unwrap_or_else(|| words.mine_anonymous().to_owned());
    let facts = list(vec![
        (words.share_name(), Some(name)),
        (words.share_email(), experience.email.as_ref().map(|email| email.as_str().to_owned())),
        (words.share_consent_publish(), yes(experience.consents.publish)),
        (words.share_consent_contact(), yes(experience.consents.contact)),
        (words.share_consent_shop(), yes(experience.consents.shop)),
    ]);
    view! {
        <section>
            <h2>{words.share_you()}</h2>
            {facts}
        </section>
    }
    .into_any()
}
