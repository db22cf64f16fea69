//! Front matter as a form.

use leptos::prelude::*;
use weerklank_domain::compose::SheetKey;
use weerklank_domain::{Comments, Lang, Moment, Sentiment, Source};

use super::super::state::Desk;
use super::super::words::DeskWords;
use super::picture::Upload;
use super::writing::Writing;

pub(super) fn label(words: DeskWords, key: SheetKey) -> &'static str {
    match key {
        SheetKey::Title => words.sheet_title(),
        SheetKey::Slug => words.sheet_slug(),
        SheetKey::Summary => words.sheet_summary(),
        SheetKey::Lang => words.sheet_lang(),
        SheetKey::Sentiment => words.sheet_sentiment(),
        SheetKey::Date => words.sheet_date(),
        SheetKey::Updated => words.sheet_updated(),
        SheetKey::Authors => words.sheet_authors(),
        SheetKey::Moments => words.sheet_moments(),
        SheetKey::Shops => words.sheet_shops(),
        SheetKey::SeriesName => words.sheet_series_name(),
        SheetKey::SeriesNumber => words.sheet_series_number(),
        SheetKey::ImageSrc => words.sheet_image_src(),
        SheetKey::ImageAlt => words.sheet_image_alt(),
        SheetKey::ImageCredit => words.sheet_image_credit(),
        SheetKey::GuestName => words.sheet_guest_name(),
        SheetKey::GuestRole => words.sheet_guest_role(),
        SheetKey::GuestOrganisation => words.sheet_guest_organisation(),
        SheetKey::FirstIn => words.sheet_first_in(),
        SheetKey::FirstIssue => words.sheet_first_issue(),
        SheetKey::FirstDate => words.sheet_first_date(),
        SheetKey::FirstUrl => words.sheet_first_url(),
        SheetKey::Tags => words.sheet_tags(),
        SheetKey::Source => words.sheet_source(),
        SheetKey::Comments => words.sheet_comments(),
        SheetKey::Incomplete => words.sheet_incomplete(),
    }
}

/// How it is filled in: said beside it, and once more, as what is wrong, where it is.
fn hint(words: DeskWords, key: SheetKey) -> &'static str {
    match key {
        SheetKey::Title => words.sheet_hint_title(),
        SheetKey::Slug => words.sheet_hint_slug(),
        SheetKey::Summary => words.sheet_hint_summary(),
        SheetKey::Date => words.sheet_hint_date(),
        SheetKey::Authors | SheetKey::Shops | SheetKey::Tags => words.sheet_hint_list(),
        SheetKey::SeriesNumber => words.sheet_hint_number(),
        SheetKey::ImageSrc => words.sheet_hint_image(),
        SheetKey::ImageAlt => words.sheet_hint_alt(),
        SheetKey::FirstUrl => words.sheet_hint_url(),
        _ => "",
    }
}

/// What is wrong, where no hint says it.
fn fault(words: DeskWords, key: SheetKey) -> &'static str {
    match (hint(words, key), key) {
        ("", SheetKey::Lang | SheetKey::Sentiment) => words.sheet_hint_needed(),
        ("", _) => words.sheet_hint_line(),
        (hint, _) => hint,
    }
}

/// The words that can be chosen, with what they are called.
fn choices(words: DeskWords, key: SheetKey) -> Vec<(&'static str, &'static str)> {
    let board = words.board();
    match key {
        SheetKey::Lang => Lang::ALL.iter().map(|lang| (lang.as_str(), board.lang(*lang))).collect(),
        SheetKey::Sentiment => Sentiment::ALL
            .iter()
            .map(|one| {
                let name = match one {
                    Sentiment::Positive => board.sentiment_positive(),
                    Sentiment::Negative => board.sentiment_negative(),
                    Sentiment::Mixed => board.sentiment_mixed(),
                };
                (one.as_str(), name)
            })
            .collect(),
        SheetKey::Source => vec![
            (Source::Own.as_str(), words.sheet_source_own()),
            (Source::SecondHand.as_str(), words.sheet_source_second_hand()),
            (Source::Research.as_str(), words.sheet_source_research()),
        ],
        SheetKey::Comments => vec![
            (Comments::Open.as_str(), words.sheet_comments_open()),
            (Comments::Closed.as_str(), words.sheet_comments_closed()),
        ],
        _ => Vec::new(),
    }
}

/// All fields but the headline, which stands above the text.
#[component]
pub(super) fn Fields() -> impl IntoView {
    use SheetKey as K;
    let words = Desk::get().words();
    let writing = Writing::get();
    let fields = move |keys: &[K]| keys.iter().map(|key| field(words, writing, *key)).collect::<Vec<_>>();
    let group = move |title: &'static str, keys: &'static [K]| {
        // Open where there is something in it, or something wrong with it.
        let is_used = writing.front.with_untracked(|front| keys.iter().any(|key| front.contains_key(key)));
        let is_wrong = move || {
            writing
                .faults
                .with(|faults| faults.iter().any(|fault| keys.iter().any(|key| key.as_str() == fault)))
        };
        view! {
            <details open=move || is_used || is_wrong()>
                <summary>{title}</summary>
                {keys.contains(&K::ImageSrc).then(|| {
                    let place = move |address: String| {
                        writing.front.update(|front| {
                            front.insert(K::ImageSrc, address);
                        });
                    };
                    view! { <Upload id="image-file" done=Callback::new(place)/> }
                })}
                {fields(keys)}
            </details>
        }
        .into_any()
    };
    view! {
        <form class="fields" on:submit=|event| event.prevent_default()>
            {fields(&[K::Sentiment, K::Moments, K::Shops, K::Summary, K::Authors, K::Tags, K::Lang, K::Date, K::Slug])}
            {group(words.compose_group_image(), &[K::ImageSrc, K::ImageAlt, K::ImageCredit])}
            {group(words.compose_group_series(), &[K::SeriesName, K::SeriesNumber])}
            {group(words.compose_group_guest(), &[K::GuestName, K::GuestRole, K::GuestOrganisation])}
            {group(words.compose_group_first(), &[K::FirstIn, K::FirstIssue, K::FirstDate, K::FirstUrl])}
            {group(words.compose_group_more(), &[K::Updated, K::Source, K::Comments, K::Incomplete])}
        </form>
    }
}

fn field(words: DeskWords, writing: Writing, key: SheetKey) -> AnyView {
    let id = format!("field-{}", key.as_str().replace('.', "-"));
    let hint_id = format!("{id}-hint");
    let value = move || writing.front.with(|front| front.get(&key).cloned().unwrap_or_default());
    let set = move |value: String| {
        writing.front.update(|front| {
            if value.is_empty() {
                front.remove(&key);
            } else {
                front.insert(key, value);
            }
        });
    };
    let typed = move |event| set(event_target_value(&event));
    let is_wrong =
        Memo::new(move |_| writing.faults.with(|faults| faults.iter().any(|one| one == key.as_str())));
    let invalid = move || is_wrong.get().then_some("true");
    let said = move || if is_wrong.get() { fault(words, key) } else { hint(words, key) };
    let class = move || if is_wrong.get() { "fault" } else { "hint" };
    if key == SheetKey::Incomplete {
        let checked = move || !value().is_empty();
        let toggled =
            move |event| set(if event_target_checked(&event) { "true".to_owned() } else { String::new() });
        return view! {
            <p><label><input type="checkbox" prop:checked=checked on:change=toggled/> {label(words, key)}</label></p>
        }
        .into_any();
    }
    if key == SheetKey::Moments {
        return moments(words, writing);
    }
    let chosen = choices(words, key);
    let control = if !chosen.is_empty() {
        let none = matches!(key, SheetKey::Lang | SheetKey::Sentiment).then(|| {
            view! { <option value="" selected=move || value().is_empty()>{words.sheet_choose()}</option> }
        });
        let options: Vec<_> = chosen
            .into_iter()
            .map(|(word, name)| {
                view! { <option value=word selected=move || value() == word>{name}</option> }
            })
            .collect();
        view! {
            <select id=id.clone() aria-describedby=hint_id.clone() aria-invalid=invalid on:change=typed>
                {none}
                {options}
            </select>
        }
        .into_any()
    } else if key.is_list() || key == SheetKey::Summary {
        view! {
            <textarea id=id.clone() rows="2" aria-describedby=hint_id.clone() aria-invalid=invalid
                prop:value=value on:input=typed></textarea>
        }
        .into_any()
    } else {
        let kind = match key {
            SheetKey::Date | SheetKey::Updated | SheetKey::FirstDate => "date",
            SheetKey::FirstUrl => "url",
            _ => "text",
        };
        let mode = (key == SheetKey::SeriesNumber).then_some("numeric");
        let is_fixed = move || key == SheetKey::Slug && writing.draft.with(|draft| draft.slug.is_some());
        view! {
            <input id=id.clone() type=kind inputmode=mode autocomplete="off" aria-describedby=hint_id.clone()
                aria-invalid=invalid readonly=is_fixed prop:value=value on:input=typed/>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label(words, key)}</label>
            <span class=class id=hint_id>{said}</span>
            {control}
        </div>
    }
    .into_any()
}

/// One box a moment.
fn moments(words: DeskWords, writing: Writing) -> AnyView {
    let key = SheetKey::Moments;
    let boxes: Vec<_> = Moment::ALL
        .iter()
        .map(|moment| {
            let word = moment.as_str();
            let is_set = move || {
                writing.front.with(|front| {
                    front.get(&key).is_some_and(|moments| moments.lines().any(|line| line == word))
                })
            };
            let toggled = move |event| {
                let is_on = event_target_checked(&event);
                writing.front.update(|front| {
                    let now = front.get(&key).cloned().unwrap_or_default();
                    // In the order in which they are shown, whatever the order in which they are chosen.
                    let chosen: Vec<&str> = Moment::ALL
                        .iter()
                        .map(|moment| moment.as_str())
                        .filter(|one| if *one == word { is_on } else { now.lines().any(|line| line == *one) })
                        .collect();
                    if chosen.is_empty() {
                        front.remove(&key);
                    } else {
                        front.insert(key, chosen.join("\n"));
                    }
                });
            };
            view! {
                <label><input type="checkbox" prop:checked=is_set on:change=toggled/> {words.moment(*moment)}</label>
            }
        })
        .collect();
    view! {
        <fieldset class="boxes">
            <legend>{label(words, key)}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}
