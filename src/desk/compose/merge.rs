//! Two who write at once: what they changed goes together, and where they changed the same, who came second
//! chooses.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use weerklank_api::desk::merging::{self, Part, Request};
use weerklank_domain::compose::Sheet;

use super::super::api;
use super::super::decide::focus;
use super::super::state::Desk;
use super::super::toast::Toast;
use super::super::words::DeskWords;
use super::fields::label;
use super::writing::{Kept, Merging, Writing};

/// Characters of what is agreed on that are shown around a place where something is to be chosen.
const AROUND: usize = 90;

/// Merges what is typed with what was saved since version `base`, or without one with the column as it stands
/// on the board. `true` where nothing has to be chosen.
pub(super) async fn merge(desk: Desk, writing: Writing, base: Option<i64>) -> bool {
    let Some(sheet) = writing.sheet() else { return false };
    let request = Request { base, sheet };
    let url = writing.url(merging::PATH);
    let told = match api::ask::<merging::Response>(Method::POST, &url, &request).await {
        Ok(told) => told,
        Err(failure) => {
            // What is not on the server yet is tried again; what is, stays there.
            if writing.kept.try_get_untracked().is_some_and(|kept| kept != Kept::Saved) {
                writing.kept.set(if failure.is_unreached() { Kept::Here } else { Kept::Refused });
            }
            desk.failed(&failure);
            return false;
        }
    };
    // Closed, or typed on, while the server compared: whoever asks next merges that as well.
    if writing.sheet().as_ref() != Some(&request.sheet) {
        return writing.sheet().is_some();
    }
    let words = desk.words();
    let with_board = base.is_none();
    let is_open =
        !told.conflicts.is_empty() || told.body.iter().any(|part| matches!(part, Part::Conflict { .. }));
    if is_open {
        writing.merging.set(Some(Merging { told, with_board }));
        request_animation_frame(|| focus("merge"));
        return false;
    }
    let line = if with_board {
        words.compose_merged_board().to_owned()
    } else {
        words.compose_merged(&told.saved_by)
    };
    let body = told.body.iter().map(|part| text_of(part, Choice::Mine)).collect();
    settle(writing, told.version, told.column, Sheet { front: told.front, body });
    Toast::told(line).show(desk);
    true
}

/// `column` names what an import changed, where that was merged: then the version stays, since what others
/// saved was not.
fn settle(writing: Writing, version: i64, column: Option<String>, sheet: Sheet) {
    if column.is_none() {
        writing.version.set(version);
    } else {
        writing.seen_column.set_value(column);
    }
    writing.put(sheet);
    writing.kept.set(Kept::NotYet);
}

/// What stays of a place that both changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Mine,
    Theirs,
    Both,
}

fn text_of(part: &Part, choice: Choice) -> String {
    match (part, choice) {
        (Part::Text(text), _) => text.clone(),
        (Part::Conflict { mine, .. }, Choice::Mine) => mine.clone(),
        (Part::Conflict { theirs, .. }, Choice::Theirs) => theirs.clone(),
        (Part::Conflict { mine, theirs }, Choice::Both) => format!("{mine}{theirs}"),
    }
}

/// Where somebody chooses.
#[component]
pub(super) fn Merge(
    /// What there is to choose.
    merging: Merging,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let writing = Writing::get();
    let Merging { told, with_board } = merging;
    let by = told.saved_by.clone();
    let lead =
        if with_board { words.compose_merge_lead_board().to_owned() } else { words.compose_merge_lead(&by) };
    let theirs = if with_board {
        words.compose_merge_theirs_board().to_owned()
    } else {
        words.compose_merge_theirs(&by)
    };
    // Of each place, front matter first; what was typed here is never dropped unasked.
    let places = told.conflicts.len() + told.body.len();
    let choices = StoredValue::new(vec![Choice::Mine; places]);
    let front: Vec<_> = told
        .conflicts
        .iter()
        .enumerate()
        .map(|(index, conflict)| {
            let title = label(words, conflict.key).to_owned();
            let texts = (conflict.mine.clone(), conflict.theirs.clone());
            place(words, index, title, texts, &theirs, choices, false)
        })
        .collect();
    let count = told.conflicts.len();
    let body: Vec<_> = told
        .body
        .iter()
        .enumerate()
        .map(|(index, part)| match part {
            Part::Text(text) => view! { <p class="agreed">{shortened(text)}</p> }.into_any(),
            Part::Conflict { mine, theirs: other } => {
                let texts = (mine.clone(), other.clone());
                place(words, count + index, words.compose_text().to_owned(), texts, &theirs, choices, true)
            }
        })
        .collect();
    let told = StoredValue::new(told);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let chosen = choices.get_value();
        let told = told.get_value();
        let mut sheet = Sheet { front: told.front, body: String::new() };
        for (conflict, choice) in told.conflicts.iter().zip(&chosen) {
            if *choice == Choice::Theirs {
                sheet.set(conflict.key, conflict.theirs.clone());
            }
        }
        for (part, choice) in told.body.iter().zip(&chosen[count..]) {
            sheet.body.push_str(&text_of(part, *choice));
        }
        writing.merging.set(None);
        settle(writing, told.version, told.column, sheet);
        request_animation_frame(|| focus("compose-text"));
    };
    view! {
        <form class="merge" id="merge" tabindex="-1" on:submit=submit aria-labelledby="merge-title">
            <h2 id="merge-title">{words.compose_merge_title()}</h2>
            <p>{lead}</p>
            {front}
            {body}
            <p class="buttons"><button type="submit" class="main">{words.compose_merge_go()}</button></p>
        </form>
    }
}

/// A place with its radio buttons.
fn place(
    words: DeskWords,
    index: usize,
    title: String,
    (mine, other): (String, String),
    theirs: &str,
    choices: StoredValue<Vec<Choice>>,
    may_be_both: bool,
) -> AnyView {
    let name = format!("merge-{index}");
    let option = |choice: Choice, label: String, text: String| {
        let text = if text.trim().is_empty() { words.compose_merge_nothing().to_owned() } else { text };
        view! {
            <label class="choice">
                <input type="radio" name=name.clone() checked=choice == Choice::Mine
                    on:change=move |_| choices.update_value(|choices| choices[index] = choice)/>
                <b>{label}</b>
                <span class="said">{text}</span>
            </label>
        }
        .into_any()
    };
    let both = may_be_both
        .then(|| option(Choice::Both, words.compose_merge_both().to_owned(), format!("{mine}{other}")));
    view! {
        <fieldset>
            <legend>{title}</legend>
            {option(Choice::Mine, words.compose_merge_mine().to_owned(), mine.clone())}
            {option(Choice::Theirs, theirs.to_owned(), other.clone())}
            {both}
        </fieldset>
    }
    .into_any()
}

/// How a long text begins and ends.
fn shortened(text: &str) -> String {
    let count = text.chars().count();
    if count <= 2 * AROUND {
        return text.to_owned();
    }
    let start: String = text.chars().take(AROUND).collect();
    let end: String = text.chars().skip(count - AROUND).collect();
    format!("{start} […] {end}")
}
