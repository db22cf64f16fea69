//! Moments as people read them.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

use super::words::DeskWords;

/// How long ago: `4 minuten`, `3 dagen`. `at` is RFC 3339.
pub(super) fn since(words: DeskWords, at: &str) -> String {
    let milliseconds = Date::now() - Date::parse(at);
    // Clocks differ: what lies ahead was just now.
    let minutes = (milliseconds / 60_000.0).max(0.0).floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and not negative")]
    let minutes = minutes as u64;
    match minutes {
        0 => words.time_now().to_owned(),
        1..60 => words.time_minutes(minutes),
        60..2_880 => words.time_hours(minutes / 60),
        _ => words.time_days(minutes / 1_440),
    }
}

/// Date and time in Amsterdam.
pub(super) fn moment(words: DeskWords, at: &str) -> String {
    let options = Object::new();
    for (key, value) in [("dateStyle", "medium"), ("timeStyle", "short"), ("timeZone", "Europe/Amsterdam")] {
        // A plain object takes any key.
        let _set = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    let date = Date::new(&JsValue::from_str(at));
    date.to_locale_string(words.lang().as_str(), &options).into()
}
