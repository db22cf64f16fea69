//! What became of what was sent in: decisions with their reasons, questions and answers.

use leptos::prelude::*;
use weerklank_domain::Date;
use weerklank_domain::desk::{Ground, Verdict, limits};
use weerklank_domain::experience::State;
use weerklank_domain::voice::Away;

use super::control::typed;
use super::mine::{Entry, Kept, Mine, Told};
use super::texts::Text;
use crate::routes::pattern;
use crate::ui::Place;
use crate::voice::{Typed, appeal_form};
use crate::words::Words;

/// The course of it, and where it can be answered.
pub(super) fn draw(place: Place, mine: &Mine<'_>) -> AnyView {
    let words = place.words;
    let entries: Vec<_> = mine.course.iter().cloned().map(|entry| drawn(place, mine, entry)).collect();
    let entries = (!entries.is_empty()).then(|| {
        view! {
            <section>
                <h2>{words.mine_course()}</h2>
                <ol class="course">{entries}</ol>
            </section>
        }
    });
    let may_answer = mine.state.may_change() && mine.state != State::Withdrawn;
    let form = (may_answer || matches!(mine.kept, Kept::Answer(_))).then(|| form(place, mine));
    let appeal = match &mine.kept {
        Kept::Appeal(typed) => Some(typed.clone()),
        _ => mine.may_appeal.then(Typed::default),
    };
    let appeal = appeal.map(|typed| appeal_form(place, &pattern::mine(mine.secret), &typed));
    // What was decided on a correction is not about the text that its sender had approved.
    let stays = (mine.state == State::Rejected && mine.texts.iter().any(Text::stands))
        .then(|| view! { <p>{words.away_column_stays()}</p> });
    view! {
        {entries}
        {stays}
        {appeal}
        {form}
    }
    .into_any()
}

fn drawn(place: Place, mine: &Mine<'_>, entry: Entry) -> AnyView {
    let words = place.words;
    let foreign = place.foreign(mine.experience.lang);
    match entry {
        Entry::Decided { on, verdict, ground, statement_html, automated, away } => {
            let rule = ground.map(|ground| view! { <p class="rule">{words.ground(ground)}</p> });
            let statement =
                statement_html.map(|html| view! { <div class="prose" lang=foreign inner_html=html></div> });
            // What a statement of reasons says besides (Regulation (EU) 2022/2065, article 17(3)).
            let reasons = (verdict == Verdict::Reject).then(|| {
                let machine = if automated { words.mine_automated_yes() } else { words.mine_automated_no() };
                view! { <p class="hint">{machine}</p> }
            });
            view! {
                <li>
                    <h3>{words.verdict(verdict)}</h3>
                    <p class="hint"><time datetime=on.to_string()>{words.date(on)}</time></p>
                    {rule}
                    {statement}
                    {away.map(|why| view! { <p>{words.away(why)}</p> })}
                    {reasons}
                </li>
            }
            .into_any()
        }
        Entry::Ended { on, away } => view! {
            <li>
                <h3>{words.away_ended()}</h3>
                <p class="hint"><time datetime=on.to_string()>{words.date(on)}</time></p>
                <p>{words.away_ended_lead()}</p>
                {away.map(|why| view! { <p>{words.away(why)}</p> })}
            </li>
        }
        .into_any(),
        Entry::Answered { on, text_html } => yours(place, words.mine_you_wrote(), on, foreign, text_html),
        Entry::Appealed { on, text_html } => {
            yours(place, words.voice_said_your_appeal(), on, foreign, text_html)
        }
    }
}

/// What the sender wrote.
fn yours(
    place: Place,
    title: &'static str,
    on: Date,
    foreign: Option<&'static str>,
    text_html: String,
) -> AnyView {
    let words = place.words;
    view! {
        <li class="yours">
            <h3>{title}</h3>
            <p class="hint"><time datetime=on.to_string()>{words.date(on)}</time></p>
            <div class="prose" lang=foreign inner_html=text_html></div>
        </li>
    }
    .into_any()
}

fn form(place: Place, mine: &Mine<'_>) -> AnyView {
    let words = place.words;
    let (title, hint) = if mine.state == State::Asked {
        (words.mine_answer_title(), words.mine_answer_hint())
    } else {
        (words.mine_later_title(), words.mine_later_hint())
    };
    let fault = match mine.told {
        Told::NoAnswer => Some(words.mine_answer_empty().to_owned()),
        Told::LongAnswer => Some(words.mine_answer_long(&words.number(limits::STATEMENT as u64))),
        _ => None,
    };
    let is_wrong = fault.is_some();
    let text = if let Kept::Answer(text) = &mine.kept { text } else { "" };
    let described = if is_wrong { "answer-hint answer-fault" } else { "answer-hint" };
    let fault = fault.map(|fault| view! { <p class="fault" id="answer-fault">{fault}</p> });
    view! {
        <section>
            <form method="post" action=place.link(&pattern::mine(mine.secret)) accept-charset="utf-8" id="answer">
                <div class="field">
                    <label for="answer-text">{title}</label>
                    <p class="hint" id="answer-hint">{hint}</p>
                    {fault}
                    <textarea id="answer-text" name="answer" rows="5" aria-describedby=described
                        aria-invalid=is_wrong.then_some("true")>{typed(text)}</textarea>
                </div>
                <p class="buttons"><button name="go" value="answer">{words.mine_answer_send()}</button></p>
            </form>
        </section>
    }
    .into_any()
}

impl Words {
    pub(crate) fn verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Accept => self.verdict_accept(),
            Verdict::Ask => self.verdict_ask(),
            Verdict::Return => self.verdict_return(),
            Verdict::Reject => self.verdict_reject(),
            Verdict::Keep => self.verdict_keep(),
            Verdict::Remove => self.verdict_remove(),
            Verdict::Uphold => self.verdict_uphold(),
            Verdict::Overturn => self.verdict_overturn(),
        }
    }

    /// To who appealed.
    pub(crate) fn away(self, why: Away) -> &'static str {
        match why {
            Away::TakenBack => self.away_taken_back(),
            Away::Changed => self.away_changed(),
            Away::Other => self.away_another(),
            Away::Erased => self.away_erased(),
        }
    }

    pub(crate) fn ground(self, ground: Ground) -> &'static str {
        match ground {
            Ground::Privacy => self.ground_privacy(),
            Ground::Invented => self.ground_invented(),
            Ground::Hatred => self.ground_hatred(),
            Ground::Accusation => self.ground_accusation(),
            Ground::Advertising => self.ground_advertising(),
            Ground::Law => self.ground_law(),
            Ground::Unusable => self.ground_unusable(),
        }
    }
}
