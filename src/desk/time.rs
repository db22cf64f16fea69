//! Moments as people read them.

use std::cell::RefCell;

use js_sys::Intl::DateTimeFormat;
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::JsValue;
use weerklank_domain::Lang;

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

thread_local! {
    /// What writes moments, by language: to make one takes a browser longer than a whole item.
    static WRITERS: RefCell<Vec<(Lang, Function)>> = const { RefCell::new(Vec::new()) };
}

/// Date and time in Amsterdam.
pub(super) fn moment(words: DeskWords, at: &str) -> String {
    let lang = words.lang();
    let writer = WRITERS.with_borrow_mut(|writers| {
        let known = writers.iter().find(|(of, _)| *of == lang).map(|(_, writer)| writer.clone());
        known.unwrap_or_else(|| {
            let made = writer(lang);
            writers.push((lang, made.clone()));
            made
        })
    });
    let text = writer.call1(&JsValue::UNDEFINED, &Date::new(&JsValue::from_str(at)));
    // What is no moment cannot be written.
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn writer(lang: Lang) -> Function {
    let options = Object::new();
    for (key, value) in [("dateStyle", "medium"), ("timeStyle", "short"), ("timeZone", "Europe/Amsterdam")] {
        // A plain object takes any key.
        let _set = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    DateTimeFormat::new(&Array::of1(&JsValue::from_str(lang.as_str())), &options).format()
}
