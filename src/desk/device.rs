//! Has a device make a passkey, or sign with one (Web Authentication).
//!
//! The server's options and the browser's answer are JSON as in Level 3 of the standard. Browsers that
//! convert these themselves are young, so it is done here.

use js_sys::{Array, JSON, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use serde_json::{Map, Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::api::Failure;

/// Whether passkeys can be used here: by this browser, and at a name, since devices keep none for a number.
pub(super) fn knows_passkeys() -> bool {
    let is_known = Reflect::has(&window(), &"PublicKeyCredential".into()).unwrap_or_default();
    let host = window().location().hostname().unwrap_or_default();
    let last = host.rsplit('.').next().unwrap_or_default();
    is_known && !host.starts_with('[') && !last.bytes().all(|byte| byte.is_ascii_digit())
}

/// A new key: `RegistrationResponseJSON`.
pub(super) async fn make(options: &Value) -> Result<Value, Failure> {
    let asked = parsed(options)?;
    unpack(&asked, "challenge")?;
    unpack(&get(&asked, "user")?, "id")?;
    for known in Array::from(&get(&asked, "excludeCredentials")?).iter() {
        unpack(&known, "id")?;
    }
    let credentials = window().navigator().credentials();
    let answer = credentials.create_with_options(wrapped(&asked)?.unchecked_ref());
    packed(answer, &["attestationObject", "clientDataJSON"]).await
}

/// A signature by a key that the device finds: `AuthenticationResponseJSON`.
pub(super) async fn sign(options: &Value) -> Result<Value, Failure> {
    let asked = parsed(options)?;
    unpack(&asked, "challenge")?;
    let credentials = window().navigator().credentials();
    let answer = credentials.get_with_options(wrapped(&asked)?.unchecked_ref());
    packed(answer, &["authenticatorData", "clientDataJSON", "signature", "userHandle"]).await
}

fn parsed(options: &Value) -> Result<JsValue, Failure> {
    JSON::parse(&options.to_string()).map_err(failed)
}

fn wrapped(asked: &JsValue) -> Result<Object, Failure> {
    let whole = Object::new();
    Reflect::set(&whole, &"publicKey".into(), asked).map_err(failed)?;
    Ok(whole)
}

fn get(of: &JsValue, name: &str) -> Result<JsValue, Failure> {
    Reflect::get(of, &name.into()).map_err(failed)
}

/// Puts bytes in the place of the base64url that stands there.
fn unpack(of: &JsValue, name: &str) -> Result<(), Failure> {
    let text = get(of, name)?.as_string().unwrap_or_default();
    // A browser's own wants no padding.
    let plain = window().atob(&text.replace('-', "+").replace('_', "/")).map_err(failed)?;
    let bytes: Vec<u8> = plain.chars().map(|byte| u8::try_from(byte).unwrap_or_default()).collect();
    Reflect::set(of, &name.into(), &Uint8Array::from(&*bytes)).map_err(failed)?;
    Ok(())
}

/// What the device answers, with these parts.
async fn packed(answer: Result<Promise, JsValue>, parts: &[&str]) -> Result<Value, Failure> {
    let credential = JsFuture::from(answer.map_err(failed)?).await.map_err(failed)?;
    let response = get(&credential, "response")?;
    let mut told = Map::new();
    for part in parts {
        let bytes = get(&response, part)?;
        if !bytes.is_null() {
            told.insert((*part).to_owned(), base64url(&bytes)?.into());
        }
    }
    let id = base64url(&get(&credential, "rawId")?)?;
    Ok(json!({"id": id, "rawId": id, "type": "public-key", "response": told}))
}

fn base64url(buffer: &JsValue) -> Result<String, Failure> {
    let bytes = Uint8Array::new(buffer).to_vec();
    let plain: String = bytes.into_iter().map(char::from).collect();
    let text = window().btoa(&plain).map_err(failed)?;
    Ok(text.trim_end_matches('=').replace('+', "-").replace('/', "_"))
}

/// Why a browser did not (`DOMException`): it says little, so that no page learns what a device has.
#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err`")]
fn failed(error: JsValue) -> Failure {
    let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
    Failure::of(match name.as_deref() {
        Some("InvalidStateError") => "passkey-there",
        Some("SecurityError") => "device-elsewhere",
        _ => "device-failed",
    })
}
