//! Asking the server.

use gloo_net::http::{Method, Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use web_sys::{AbortSignal, File};
use weerklank_domain::desk::limits;

use super::words::DeskWords;

/// Milliseconds after which a save that is not answered has failed.
const SAVE_WITHIN: u32 = 30_000;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// Of the problem document; empty where the server did not answer, or not with one.
    pub code: String,
    pub detail: String,
    /// What is wrong in what was sent: paths of fields.
    pub fields: Vec<String>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u32>,
}

impl Failure {
    /// Whether the server did not answer: trying again may help.
    pub(super) fn is_unreached(&self) -> bool {
        self.code.is_empty() || self.retry_after.is_some()
    }

    /// One that a program told of by its code alone.
    pub(super) fn of(code: &str) -> Self {
        Self { code: code.to_owned(), ..Self::unreached() }
    }

    fn unreached() -> Self {
        Self { code: String::new(), detail: String::new(), fields: Vec::new(), retry_after: None }
    }

    /// In the editor's language.
    pub(super) fn words(&self, words: DeskWords) -> String {
        match self.code.as_str() {
            "" => words.failure_unreached().to_owned(),
            "not-signed-in" => words.failure_signed_out().to_owned(),
            "wrong-credentials" => words.failure_credentials().to_owned(),
            "code-needed" => words.failure_code_needed().to_owned(),
            "too-many-tries" => words.failure_too_many(&minutes(self.retry_after)),
            "not-allowed" => match self.detail.parse() {
                Ok(act) => words.failure_not_allowed(words.act(act)),
                Err(_) => words.failure_unknown(&self.code),
            },
            "invalid-password" => words.failure_password().to_owned(),
            "invalid-person" => words.failure_person().to_owned(),
            "already-there" => words.failure_already_there().to_owned(),
            "last-admin" => words.failure_last_admin().to_owned(),
            "wrong-code" => words.failure_code().to_owned(),
            "wrong-passkey" => words.passkeys_wrong().to_owned(),
            "unusable-passkey" => words.passkeys_unusable().to_owned(),
            "passkey-there" => words.passkeys_there().to_owned(),
            "too-many-passkeys" => words.passkeys_too_many(&limits::PASSKEYS.to_string()),
            "no-passkeys" => words.passkeys_unknown().to_owned(),
            "device-failed" => words.passkeys_failed().to_owned(),
            "device-elsewhere" => words.passkeys_elsewhere().to_owned(),
            "held" => words.failure_held(&self.detail),
            "not-held" => words.failure_not_held().to_owned(),
            "changed" => words.failure_changed().to_owned(),
            "not-waiting" => words.failure_not_waiting().to_owned(),
            "own-decision" => words.failure_own_decision().to_owned(),
            "not-found" => words.failure_not_found().to_owned(),
            "too-late" => words.failure_too_late().to_owned(),
            "no-picture" => words.pictures_unknown().to_owned(),
            "moving-picture" => words.pictures_moving().to_owned(),
            "too-large" => words.pictures_too_large().to_owned(),
            "too-many-pixels" => words.pictures_too_many().to_owned(),
            "broken-picture" => words.pictures_broken().to_owned(),
            "invalid-template" => words.fault_too_long(&words.number(limits::STATEMENT as u64)),
            "invalid-view" => words.views_invalid(&limits::VIEW_NAME.to_string()),
            "too-many-views" => words.views_too_many(&limits::VIEWS.to_string()),
            "invalid-decision" => words.failure_decision().to_owned(),
            "draft-changed" => words.failure_draft_changed().to_owned(),
            "column-changed" => words.failure_column_changed().to_owned(),
            "not-approved" => words.failure_not_approved().to_owned(),
            "not-accepted" => words.failure_not_accepted().to_owned(),
            "no-consent" => words.failure_no_consent().to_owned(),
            "invalid-draft" => words.failure_draft().to_owned(),
            "no-pair" => words.failure_no_pair().to_owned(),
            "in-another-draft" => words.failure_in_another().to_owned(),
            "no-halves" => words.failure_no_halves().to_owned(),
            "on-the-board" => words.failure_on_the_board().to_owned(),
            "asked-already" => words.failure_asked_already().to_owned(),
            "not-for-shop" => words.failure_not_for_shop().to_owned(),
            "empty-draft" => words.failure_empty_draft().to_owned(),
            "invalid-reply" => words.failure_reply().to_owned(),
            "answered-already" => words.failure_answered_already().to_owned(),
            code => words.failure_unknown(code),
        }
    }
}

fn minutes(seconds: Option<u32>) -> String {
    seconds.unwrap_or(60).div_ceil(60).max(1).to_string()
}

/// Reads something.
pub(super) async fn get<T: DeserializeOwned>(url: &str) -> Result<T, Failure> {
    read(Request::get(url).send().await).await
}

/// Reads something that may not be there.
pub(super) async fn find<T: DeserializeOwned>(url: &str) -> Result<Option<T>, Failure> {
    let response = Request::get(url).send().await;
    match response {
        Ok(response) if response.status() == 204 => Ok(None),
        response => read(response).await.map(Some),
    }
}

/// Does something that answers with something.
pub(super) async fn ask<T: DeserializeOwned>(
    method: Method,
    url: &str,
    body: &impl Serialize,
) -> Result<T, Failure> {
    read(send(method, url, body).await).await
}

/// Does something to a version, which the server refuses where it is not the last one.
pub(super) async fn ask_on<T: DeserializeOwned>(
    method: Method,
    url: &str,
    version: i64,
    body: &impl Serialize,
) -> Result<T, Failure> {
    read(send_on(method, url, version, body).await).await
}

/// The same of what has no answer but that it is done.
pub(super) async fn tell_on(method: Method, url: &str, version: i64) -> Result<(), Failure> {
    told(send_on(method, url, version, &()).await).await
}

async fn send_on(
    method: Method,
    url: &str,
    version: i64,
    body: &impl Serialize,
) -> Result<Response, gloo_net::Error> {
    let request = RequestBuilder::new(url).method(method).header("if-match", &format!("\"{version}\""));
    // Whoever waits without end does not know that nothing happens.
    let patience = AbortSignal::timeout_with_u32(SAVE_WITHIN);
    request.abort_signal(Some(&patience)).json(body)?.send().await
}

/// Sends a file as it is.
pub(super) async fn upload<T: DeserializeOwned>(url: &str, file: &File) -> Result<T, Failure> {
    let Ok(request) = Request::post(url).body(file) else { return Err(Failure::unreached()) };
    read(request.send().await).await
}

/// Does something that has no answer but that it is done.
pub(super) async fn tell(method: Method, url: &str, body: &impl Serialize) -> Result<(), Failure> {
    told(send(method, url, body).await).await
}

async fn told(response: Result<Response, gloo_net::Error>) -> Result<(), Failure> {
    let response = response.map_err(|_| Failure::unreached())?;
    if response.ok() { Ok(()) } else { Err(failure(response).await) }
}

async fn send(method: Method, url: &str, body: &impl Serialize) -> Result<Response, gloo_net::Error> {
    RequestBuilder::new(url).method(method).json(body)?.send().await
}

async fn read<T: DeserializeOwned>(response: Result<Response, gloo_net::Error>) -> Result<T, Failure> {
    let response = response.map_err(|_| Failure::unreached())?;
    if !response.ok() {
        return Err(failure(response).await);
    }
    response.json().await.map_err(|_| Failure::unreached())
}

async fn failure(response: Response) -> Failure {
    let retry_after = response.headers().get("retry-after").and_then(|seconds| seconds.parse().ok());
    let problem: Value = response.json().await.unwrap_or_default();
    let text = |key: &str| problem[key].as_str().unwrap_or_default().to_owned();
    let code = text("code");
    // What is no problem document comes from something in between.
    let code = if code.is_empty() { response.status().to_string() } else { code };
    let fields = problem["errors"].as_array().into_iter().flatten();
    let fields = fields.filter_map(|error| error["field"].as_str().map(ToOwned::to_owned)).collect();
    Failure { code, detail: text("detail"), fields, retry_after }
}
