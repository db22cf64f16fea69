//! The draft stays on the device: from the first character to the moment it is sent or thrown away.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, Storage, UrlSearchParams};
use weerklank_api::challenge::SOLUTION;

use super::{Shared, steps, work};
use crate::kept::Kept;

/// What is done with a form that is only to be shown again.
pub const STAY: &str = "stay";

/// Keeps what is typed as it is typed, and once more when the page may be going.
pub fn listen(helper: Shared) {
    for event in ["input", "change"] {
        EventListener::new(&helper.document, event, move |_| {
            act(helper);
            keep(helper);
        })
        .forget();
    }
    // Browsers that end a page in the background tell it no later than this.
    EventListener::new(&helper.document, "visibilitychange", move |_| keep(helper)).forget();
    EventListener::new(&helper.window, "pagehide", move |_| keep(helper)).forget();
}

/// Notes that its reader did something.
pub fn act(helper: Shared) {
    if !helper.has_acted.replace(true) {
        work::start(helper);
    }
}

/// The form as it is sent when a button is pressed. A proof of work is of no use later.
pub fn body(form: &HtmlFormElement, go: &str) -> Option<String> {
    let fields = FormData::new_with_form(form).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    fields.set("go", go);
    if go == STAY {
        fields.delete(SOLUTION);
    }
    Some(fields.to_string().into())
}

/// Keeps the form as it stands, once its reader did something to it.
pub fn keep(helper: Shared) {
    if !helper.has_acted.get() || helper.is_over.get() || helper.is_restoring.get() {
        return;
    }
    let Some(body) = helper.form().and_then(|form| body(&form, STAY)) else { return };
    let kept = Kept { at: now(), is_sent: helper.is_sent.get(), body };
    if let Some(storage) = storage(helper) {
        // A device that has no room, or keeps nothing, works without.
        let _ = storage.set_item(&name(helper), &kept.to_text());
    }
}

/// Nothing of it stays on the device.
pub fn forget(helper: Shared) {
    helper.is_over.set(true);
    if let Some(storage) = storage(helper) {
        let _ = storage.remove_item(&name(helper));
    }
}

/// Takes up what was kept, unless its reader has begun anew already. What was sent and did not arrive is sent
/// again.
pub fn restore(helper: Shared) {
    let Some(storage) = storage(helper) else { return };
    let Ok(Some(text)) = storage.get_item(&name(helper)) else { return };
    let Some(kept) = Kept::from_text(&text, now()) else {
        let _ = storage.remove_item(&name(helper));
        return;
    };
    if helper.form().as_ref().is_some_and(is_fresh) {
        helper.is_restoring.set(true);
        steps::show_again(helper, kept);
    }
}

/// Throws the draft away and begins anew.
pub fn discard(helper: Shared) {
    forget(helper);
    let location = helper.window.location();
    let path = location.pathname().unwrap_or_else(|_| helper.action.clone());
    let _ = location.replace(&path);
}

/// Whether a form is as the server sends it to who opens it: at its first step, and nothing chosen.
fn is_fresh(form: &HtmlFormElement) -> bool {
    let is_first = form.query_selector("[name=step][value=what]").is_ok_and(|found| found.is_some());
    let Ok(answers) = form.query_selector_all("[type=radio]") else { return false };
    let is_untouched = (0..answers.length()).all(|index| {
        let answer = answers.item(index).and_then(|node| node.dyn_into::<HtmlInputElement>().ok());
        answer.is_none_or(|answer| answer.checked() == answer.default_checked())
    });
    is_first && is_untouched && form.query_selector(".wrong").is_ok_and(|found| found.is_none())
}

/// One for each form: that of a new experience, and those that change one.
fn name(helper: Shared) -> String {
    // The language in front is of no matter.
    let path = helper.action.find("/mine/").or_else(|| helper.action.find("/share"));
    format!("weerklank{}", path.map_or(&*helper.action, |start| &helper.action[start..]))
}

fn storage(helper: Shared) -> Option<Storage> {
    helper.window.local_storage().ok()?
}

fn now() -> u64 {
    // Whole milliseconds of this era: neither negative nor beyond what is exact.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
    let now = js_sys::Date::now() as u64;
    now
}
