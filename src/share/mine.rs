//! What a sender sees of what they sent.

use leptos::prelude::*;
use weerklank_domain::Date;
use weerklank_domain::experience::{Experience, Half, Promise, ShopGiven, State};

use super::{Around, document, envelope};
use crate::routes::pattern;
use crate::ui::Place;
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
}

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Nothing,
    Sent,
    Saved,
    /// Erasing was asked for without being sure.
    Unsure,
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
        Told::Nothing => None,
        Told::Sent => Some(words.mine_sent()),
        Told::Saved => Some(words.mine_saved()),
        Told::Unsure => Some(words.mine_erase_unsure()),
        Told::Asked => Some(words.mine_email_asked()),
        Told::TooSoon => Some(words.mine_email_too_soon()),
        Told::Forgotten => Some(words.mine_email_forgotten()),
    };
    let class = if matches!(mine.told, Told::Unsure | Told::TooSoon) { "wrong" } else { "done" };
    let told = told.map(|told| view! { <p class=class role="status">{told}</p> });
    let state = match mine.state {
        State::Received => words.mine_state_received(&words.date(mine.received)),
        State::Withdrawn => words.mine_state_withdrawn().to_owned(),
    };
    let (go, label) = match mine.state {
        State::Received => ("withdraw", words.mine_withdraw()),
        State::Withdrawn => ("restore", words.mine_restore()),
    };
    let address = |path: String| place.link(&path);
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
                <form method="post" action=address(pattern::mine(mine.secret)) class="buttons">
                    <a class="button" href=address(pattern::mine_change(mine.secret))>{words.mine_change()}</a>
                    <button name="go" value=go>{label}</button>
                    <a class="button" href=address(pattern::mine_file(mine.secret)) download="weerklank.json">{words.mine_download()}</a>
                </form>
            </section>
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
                <p class="hint">{words.mine_email_change()}</p>
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
    let shop = match &half.shop {
        ShopGiven::Named(shop) | ShopGiven::Described(shop) => Some(shop.clone()),
        ShopGiven::Unnamed => None,
    };
    let gestures: Vec<&str> = half.gestures.iter().map(|gesture| words.gesture(*gesture)).collect();
    let text = |word: Option<&'static str>| word.map(ToOwned::to_owned);
    let mut facts = vec![(words.share_shop_label(), shop)];
    facts.extend(
        half.ratings
            .iter()
            .map(|(moment, rating)| (words.moment(*moment), Some(format!("{} / 5", rating.get())))),
    );
    facts.extend([
        (words.share_channel(), text(half.channel.map(|word| words.channel(word)))),
        (words.share_promise(), half.promise.map(|promise| kept(words, promise))),
        (words.share_gestures(), (!gestures.is_empty()).then(|| gestures.join(", "))),
        (words.share_solved(), text(half.solved.map(|word| words.solved(word)))),
        (words.share_again(), text(half.again.map(|word| words.again(word)))),
        (words.share_witness(), text(half.witness.map(|word| words.witness(word)))),
        (words.share_when(), half.when.map(|month| month.to_string())),
    ]);
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

fn kept(words: Words, promise: Promise) -> String {
    match promise.days_late() {
        None => words.mine_not_yet().to_owned(),
        Some(0) => words.mine_on_time().to_owned(),
        Some(days) => {
            let count = words.mine_days(u64::from(days.unsigned_abs()));
            if days > 0 { words.mine_late(&count) } else { words.mine_early(&count) }
        }
    }
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
