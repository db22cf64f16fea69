//! The headline and the text, with what helps to write Markdown.

use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};
use weerklank_domain::compose::SheetKey;

use super::super::state::Desk;
use super::super::words::DeskWords;
use super::picture::Upload;
use super::writing::Writing;

/// What a tool puts around, or in the place of, what is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    Bold,
    Italic,
    Link,
    Heading,
    List,
    Quote,
    Advice,
    Positive,
    Negative,
    Picture,
}

impl Tool {
    const ALL: [Self; 10] = [
        Self::Bold,
        Self::Italic,
        Self::Link,
        Self::Heading,
        Self::List,
        Self::Quote,
        Self::Advice,
        Self::Positive,
        Self::Negative,
        Self::Picture,
    ];

    fn name(self, words: DeskWords) -> &'static str {
        match self {
            Self::Bold => words.compose_bold(),
            Self::Italic => words.compose_italic(),
            Self::Link => words.compose_link(),
            Self::Heading => words.compose_heading(),
            Self::List => words.compose_list(),
            Self::Quote => words.compose_quote(),
            Self::Advice => words.compose_advice(),
            Self::Positive => words.compose_positive(),
            Self::Negative => words.compose_negative(),
            Self::Picture => words.compose_picture(),
        }
    }

    /// The letter that does the same with Ctrl or Command.
    const fn key(self) -> Option<&'static str> {
        match self {
            Self::Bold => Some("b"),
            Self::Italic => Some("i"),
            Self::Link => Some("k"),
            _ => None,
        }
    }

    /// What stands before and after what is selected, or the sample where nothing is; whether it begins a line.
    fn around(self, words: DeskWords) -> (String, String, &'static str, bool) {
        let around =
            |before: &str, after: &str, sample, line| (before.to_owned(), after.to_owned(), sample, line);
        match self {
            Self::Bold => around("**", "**", "", false),
            Self::Italic => around("*", "*", "", false),
            Self::Link => around("[", "](https://)", words.compose_sample_link(), false),
            Self::Heading => around("## ", "", "", true),
            Self::List => around("- ", "", "", true),
            Self::Quote => around("> [!QUOTE] \n> ", "", "", true),
            Self::Advice => around("> [!ADVICE]\n> ", "", "", true),
            Self::Positive => {
                (format!("## {} {{.positive}}\n\n", words.compose_positive()), String::new(), "", true)
            }
            Self::Negative => {
                (format!("## {} {{.negative}}\n\n", words.compose_negative()), String::new(), "", true)
            }
            // Asks for a file.
            Self::Picture => around("", "", "", false),
        }
    }
}

/// Puts a text in the place of what is selected, so that the browser can undo it.
pub(super) fn insert(area: &HtmlTextAreaElement, text: &str) {
    // A text field that is shown can take the focus.
    let _focused = area.focus();
    let document: Option<HtmlDocument> = document().dyn_into().ok();
    let done = document.is_some_and(|document| {
        document.exec_command_with_show_ui_and_value("insertText", false, text).unwrap_or_default()
    });
    if !done {
        // Without a way back, but not without the text.
        let _set = area.set_range_text(text);
        if let Ok(event) = web_sys::Event::new("input") {
            let _told = area.dispatch_event(&event);
        }
    }
}

fn apply(area: &HtmlTextAreaElement, words: DeskWords, tool: Tool) {
    let units: Vec<u16> = area.value().encode_utf16().collect();
    let at = |end: Result<Option<u32>, _>| end.ok().flatten().unwrap_or_default() as usize;
    let start = at(area.selection_start()).min(units.len());
    let end = at(area.selection_end()).clamp(start, units.len());
    let selected = String::from_utf16_lossy(&units[start..end]);
    let (mut before, after, sample, begins_line) = tool.around(words);
    let newline = u16::from(b'\n');
    if begins_line && start > 0 && units[start - 1] != newline {
        before.insert_str(0, "\n\n");
    }
    let inner = if selected.is_empty() { sample.to_owned() } else { selected };
    // What stands in a quotation stands behind its sign on each line.
    let inner = match tool {
        Tool::Quote | Tool::Advice => inner.replace('\n', "\n> "),
        Tool::List => inner.replace('\n', "\n- "),
        _ => inner,
    };
    insert(area, &format!("{before}{inner}{after}"));
    let length = |text: &str| text.encode_utf16().count();
    let from = start + length(&before);
    let to = from + length(&inner);
    if let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to)) {
        // A range of what was just put there.
        let _selected = area.set_selection_range(from, to);
    }
}

/// Headline, tools, text.
#[component]
pub(super) fn Text() -> impl IntoView {
    let words = Desk::get().words();
    let writing = Writing::get();
    let area = NodeRef::<Textarea>::new();
    let title = move || writing.front.with(|front| front.get(&SheetKey::Title).cloned().unwrap_or_default());
    let retitle = move |event| {
        let value = event_target_value(&event);
        writing.front.update(|front| {
            front.insert(SheetKey::Title, value);
        });
    };
    let picking = RwSignal::new(false);
    let tools = Tool::ALL.map(|tool| {
        let used = move |_| {
            if tool == Tool::Picture {
                return picking.update(|picking| *picking = !*picking);
            }
            if let Some(area) = area.get_untracked() {
                apply(&area, words, tool);
            }
        };
        let opens = (tool == Tool::Picture).then_some(move || picking.get().to_string());
        let shortcut = tool.key().map(|key| format!("Ctrl+{}", key.to_uppercase()));
        view! { <button type="button" on:click=used title=shortcut aria-expanded=opens>{tool.name(words)}</button> }
    });
    let keys = move |event: KeyboardEvent| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || event.shift_key() {
            return;
        }
        let pressed = event.key().to_lowercase();
        let tool = Tool::ALL.into_iter().find(|tool| tool.key() == Some(pressed.as_str()));
        if let (Some(tool), Some(area)) = (tool, area.get_untracked()) {
            event.prevent_default();
            apply(&area, words, tool);
        }
    };
    // What is to be seen is asked first: a picture without it says nothing to who cannot see it.
    let alt = RwSignal::new(String::new());
    let pick = move || {
        picking.get().then(|| {
            let place = move |address: String| {
                if let Some(area) = area.get_untracked() {
                    let said = alt.get_untracked().replace(['[', ']', '\n'], " ");
                    insert(&area, &format!("![{}]({address})", said.trim()));
                }
                alt.set(String::new());
                picking.set(false);
            };
            let is_said = Memo::new(move |_| alt.with(|alt| !alt.trim().is_empty()));
            view! {
                <div class="pick">
                    <p class="field">
                        <label for="pick-alt">{words.sheet_image_alt()}</label>
                        <span class="hint" id="pick-hint">{words.compose_picture_first()}</span>
                        <input id="pick-alt" autocomplete="off" aria-describedby="pick-hint" bind:value=alt/>
                    </p>
                    {move || is_said.get().then(|| view! { <Upload id="pick-file" done=Callback::new(place)/> })}
                </div>
            }
        })
    };
    let lang = move || writing.front.with(|front| front.get(&SheetKey::Lang).cloned());
    let is_wrong =
        move |key: &'static str| writing.faults.with(|faults| faults.iter().any(|fault| fault == key));
    let wrong_text =
        move || is_wrong("body").then(|| view! { <p class="fault">{words.compose_mend_text()}</p> });
    let wrong_title =
        move || is_wrong("title").then(|| view! { <p class="fault">{words.sheet_hint_title()}</p> });
    view! {
        <p class="field">
            <label for="compose-title">{words.compose_headline()}</label>
            <input id="compose-title" maxlength="300" autocomplete="off" lang=lang prop:value=title on:input=retitle/>
        </p>
        {wrong_title}
        <div class="tools" role="group" aria-label=words.compose_tools()>{tools.collect_view()}</div>
        {pick}
        <p class="field">
            <label for="compose-text">{words.compose_text()}</label>
            <textarea id="compose-text" rows="18" spellcheck="true" lang=lang node_ref=area
                bind:value=writing.body on:keydown=keys></textarea>
        </p>
        {wrong_text}
    }
}
