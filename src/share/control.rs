//! Fields with their label, their hint and what is wrong with them.

use leptos::prelude::*;
use weerklank_domain::Lang;
use weerklank_domain::experience::{Field, FieldFault};

use super::wording::fault_words;

/// What fields of one step share.
#[derive(Clone, Copy)]
pub(super) struct Controls<'a> {
    pub ui: Lang,
    pub faults: &'a [FieldFault],
}

/// How a text is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    Line { kind: &'static str, autocomplete: &'static str },
    Lines,
}

impl Controls<'_> {
    fn fault(self, field: Field) -> Option<String> {
        let fault = self.faults.iter().find(|fault| fault.field == field)?;
        Some(fault_words(self.ui, *fault))
    }

    pub fn text(
        self,
        field: Field,
        label: &'static str,
        hint: &'static str,
        value: &str,
        how: Text,
    ) -> AnyView {
        text(&field.name(), (label, hint), self.fault(field), value, how)
    }

    /// One of several; with `none`, not answering is one of them.
    pub fn choice(
        self,
        field: Field,
        label: &'static str,
        answers: impl IntoIterator<Item = (&'static str, String)>,
        none: Option<&'static str>,
        chosen: &str,
    ) -> AnyView {
        self.several(field, "radio", label, answers, none, &|value| value == chosen)
    }

    /// Any of several.
    pub fn choices(
        self,
        field: Field,
        label: &'static str,
        answers: impl IntoIterator<Item = (&'static str, String)>,
        chosen: &[String],
    ) -> AnyView {
        self.several(field, "checkbox", label, answers, None, &|value| chosen.iter().any(|c| c == value))
    }

    fn several(
        self,
        field: Field,
        kind: &'static str,
        label: &'static str,
        answers: impl IntoIterator<Item = (&'static str, String)>,
        none: Option<&'static str>,
        is_chosen: &dyn Fn(&str) -> bool,
    ) -> AnyView {
        let name = field.name();
        let fault = self.fault(field);
        let described = described(&name, false, fault.is_some());
        let none = none.map(|label| ("", label.to_owned()));
        let answers: Vec<_> = answers
            .into_iter()
            .chain(none)
            .enumerate()
            .map(|(index, (value, label))| {
                // The summary of what is wrong leads to the first answer.
                let id = if index == 0 { name.clone() } else { format!("{name}-{index}") };
                view! {
                    <label>
                        <input id=id type=kind name=name.clone() value=value checked=is_chosen(value)/>
                        <span>{label}</span>
                    </label>
                }
            })
            .collect();
        view! {
            <fieldset class="field" aria-describedby=described>
                <legend>{label}</legend>
                {note(&name, "fault", fault)}
                <div class="answers">{answers}</div>
            </fieldset>
        }
        .into_any()
    }

    /// A box to tick.
    pub fn tick(name: &'static str, label: &'static str, ticked: bool) -> AnyView {
        view! {
            <label>
                <input type="checkbox" name=name value="yes" checked=ticked/>
                <span>{label}</span>
            </label>
        }
        .into_any()
    }
}

/// A text to be typed, with its label and hint, and what is wrong with it.
pub(crate) fn text(
    name: &str,
    (label, hint): (&'static str, &'static str),
    fault: Option<String>,
    value: &str,
    how: Text,
) -> AnyView {
    let described = described(name, !hint.is_empty(), fault.is_some());
    let invalid = fault.is_some().then_some("true");
    let value = value.to_owned();
    let control = match how {
        Text::Lines => view! {
            <textarea id=name.to_owned() name=name.to_owned() rows="10" aria-describedby=described aria-invalid=invalid>
                {typed(&value)}
            </textarea>
        }
        .into_any(),
        Text::Line { kind, autocomplete } => view! {
            <input
                id=name.to_owned()
                name=name.to_owned()
                type=kind
                value=value
                autocomplete=autocomplete
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label for=name.to_owned()>{label}</label>
            {note(name, "hint", (!hint.is_empty()).then(|| hint.to_owned()))}
            {note(name, "fault", fault)}
            {control}
        </div>
    }
    .into_any()
}

/// What was typed, as the content of a `textarea`: the library writes that as it is, so that what ends the element
/// would end it. A line feed right after the tag is dropped by the parser; one more keeps ours.
pub(crate) fn typed(value: &str) -> String {
    format!("\n{}", value.replace('&', "&amp;").replace('<', "&lt;"))
}

/// What describes a field to who cannot see it: its hint, and what is wrong.
fn described(name: &str, hint: bool, fault: bool) -> Option<String> {
    let of = |what: &str| format!("{name}-{what}");
    let parts: Vec<String> =
        [hint.then(|| of("hint")), fault.then(|| of("fault"))].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

pub(crate) fn note(name: &str, what: &'static str, text: Option<String>) -> Option<impl IntoView + use<>> {
    let id = format!("{name}-{what}");
    text.map(|text| view! { <p id=id class=what>{text}</p> })
}
