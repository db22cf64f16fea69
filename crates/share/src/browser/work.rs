//! Solves a challenge while a story is told. The browser derives the keys beside the page, so that typing
//! waits for nothing; where it will not (no secure context), there is no proof.

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CryptoKey, Response, SubtleCrypto};
use weerklank_api::challenge::{PATH, SOLUTION, VALID_SECONDS};

use super::Shared;
use crate::proof;

/// The length of a key: as every challenge of this board asks.
const BITS: u32 = 256;

/// How far it is.
#[derive(Default)]
pub enum Proof {
    #[default]
    NotBegun,
    UnderWay,
    /// As it is sent, and when it expires by the clock of this device: Unix time, seconds.
    Solved(String, f64),
}

/// Puts the proof into the form that stands, where there is one and it has not expired.
pub fn put(helper: Shared) -> Option<()> {
    let Proof::Solved(solution, expires_at) = &*helper.proof.borrow() else { return None };
    let form = helper.form()?;
    if let Some(field) = form.query_selector(&format!("[name={SOLUTION}]")).ok()? {
        field.remove();
    }
    if js_sys::Date::now() / 1_000.0 < *expires_at {
        let field = helper.element("input", "", "")?;
        for (name, value) in [("type", "hidden"), ("name", SOLUTION), ("value", solution)] {
            field.set_attribute(name, value).ok()?;
        }
        form.append_child(&field).ok()?;
    }
    Some(())
}

/// Begins. What fails is let go: what is sent counts for more then, and is taken all the same.
pub fn start(helper: Shared) {
    let begun = !matches!(*helper.proof.borrow(), Proof::NotBegun);
    if begun {
        return;
    }
    helper.proof.replace(Proof::UnderWay);
    spawn_local(async move {
        if let Ok((solution, expires_at)) = solve(helper).await {
            helper.proof.replace(Proof::Solved(solution, expires_at));
            put(helper);
        }
    });
}

async fn solve(helper: Shared) -> Result<(String, f64), JsValue> {
    // By the clock of this device alone: it may tell another time than the server's.
    let expires_at = js_sys::Date::now() / 1_000.0 + f64::from(VALID_SECONDS);
    let answer: Response = JsFuture::from(helper.window.fetch_with_str(PATH)).await?.dyn_into()?;
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    let parameters = Reflect::get(&JSON::parse(&text)?, &"parameters".into())?;
    let read = |name: &str| Reflect::get(&parameters, &name.into());
    let bytes = |name| {
        Ok::<_, JsValue>(read(name)?.as_string().and_then(|hex| proof::from_hex(&hex)).unwrap_or_default())
    };
    let nonce = bytes("nonce")?;
    let prefix = read("keyPrefix")?.as_string().unwrap_or_default();

    let how = Object::new();
    Reflect::set(&how, &"name".into(), &"PBKDF2".into())?;
    Reflect::set(&how, &"hash".into(), &"SHA-256".into())?;
    Reflect::set(&how, &"iterations".into(), &read("cost")?)?;
    Reflect::set(&how, &"salt".into(), &Uint8Array::from(&*bytes("salt")?))?;
    let subtle = helper.window.crypto()?.subtle();
    for counter in 0..=u32::MAX {
        let key = derive(&subtle, &how, &proof::password(&nonce, counter)).await?;
        if key.starts_with(&prefix) {
            let solution = proof::payload(&text, counter, &key);
            return Ok((helper.window.btoa(&solution)?, expires_at));
        }
    }
    Err(JsValue::NULL)
}

/// A key, in hexadecimal digits.
async fn derive(subtle: &SubtleCrypto, how: &Object, password: &[u8]) -> Result<String, JsValue> {
    let password = Uint8Array::from(password);
    let uses = Array::of1(&"deriveBits".into());
    let key = subtle.import_key_with_str("raw", &password, "PBKDF2", false, &uses)?;
    let key: CryptoKey = JsFuture::from(key).await?.dyn_into()?;
    let derived = JsFuture::from(subtle.derive_bits_with_object(how, &key, BITS)?).await?;
    Ok(proof::to_hex(&Uint8Array::new(&derived).to_vec()))
}
