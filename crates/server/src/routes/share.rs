//! `/share`: an experience comes in, step by step, by plain forms.
//!
//! The server keeps nothing before the last step: what was given travels along in hidden fields.

mod shielding;

use axum::{
    Extension,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use time::Duration;
use weerklank::{
    document,
    routes::{self, pattern},
    share::{Around, ShareForm, Spot, Step, Unseen, share_form, too_large},
};
use weerklank_api::{challenge::SOLUTION, pages::FailurePage};
use weerklank_domain::experience::{Draft, Experience, Mark};
use weerklank_store::{Changed, Hash, NewExperience, Received, StoreError};

use super::confirm::question;
use crate::{
    app::App,
    composing::parted_letters,
    config::Contact,
    guard::seconds_until,
    http::{RequestId, client::Peer, language},
    problem::Problem,
    secrets,
};
use shielding::{hide, spots, spots_as_chosen};

/// Bytes that a form may have.
pub const MAX_FORM: usize = 64 * 1024;
/// Fields that a form may have; ours has fewer than a hundred.
const MAX_FIELDS: usize = 400;
/// The field that people do not see.
const TRAP: &str = weerklank::share::TRAP;
/// Sooner than this nobody has read the form and told a story.
const QUICK: Duration = Duration::seconds(8);

/// The empty form.
pub async fn show(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let around = around(&app, &uri, &headers, pattern::SHARE);
    let draft = Draft { lang: around.ui.to_string(), ..Draft::default() };
    let sent = Sent::blank(draft).stamped(&app);
    page(&around, StatusCode::OK, &sent.form(&app, pattern::SHARE, false))
}

/// A step was taken.
pub async fn take(
    State(app): State<App>,
    id: Option<Extension<RequestId>>,
    Extension(peer): Extension<Peer>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, pattern::SHARE);
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let sent = Sent::read(&body).stamped(&app);
    match sent.go(&app, &around, pattern::SHARE, false) {
        Go::Show(page) => page,
        Go::Send(experience) => match Box::pin(store(&app, (peer, &headers), &sent, &experience)).await {
            Ok(Stored::Under(secret, told)) => {
                let address = format!("{}?{told}", pattern::mine(&secret));
                see_other(&routes::localised(&address, around.ui_in_path.then_some(around.ui)))
            }
            Ok(Stored::NotNow { seconds }) => sent.not_now(&app, &around, (pattern::SHARE, false), seconds),
            Ok(Stored::TooLate(secret)) => sent.too_late(&app, &around, (pattern::SHARE, false), &secret),
            Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
        },
    }
}

/// What became of what was sent.
enum Stored {
    /// Under a secret; and what its page says of it.
    Under(String, &'static str),
    /// Too much came from that address.
    NotNow { seconds: u32 },
    /// What was stored under that secret cannot be changed any more.
    TooLate(String),
}

/// Stores it once; sent again with other words, it changes what was stored.
async fn store(
    app: &App,
    from: (Peer, &HeaderMap),
    sent: &Sent,
    experience: &Experience,
) -> Result<Stored, StoreError> {
    let now = app.clock.now();
    let secret = app.links.secret(&app.store, &sent.key).await?;
    let question = question(app, &secret, experience).await?;
    let marks = sent.marks(app);
    let arrival = app.guard.arrival(&app.store, from, &marks, sent.proof.as_deref(), now).await?;
    let new = NewExperience {
        experience,
        secret: secrets::hash(&secret),
        key: secrets::hash(&sent.key),
        request: sent.hash(),
        confirm: question.as_ref(),
        arrival,
    };
    let stored = match app.store.receive_experience(&new, now).await? {
        Received::New(_) | Received::Again(_) => Stored::Under(secret, "sent"),
        Received::KeyTaken => {
            if let Some(seconds) = too_often(app, from).await? {
                return Ok(Stored::NotNow { seconds });
            }
            let mails = parted_letters(app, &secret).await?;
            match app.store.correct_experience(&new.secret, experience, new.confirm, &mails, now).await? {
                Changed::Done => Stored::Under(secret, "saved"),
                // Decided on, or erased on another page since.
                Changed::NotNow | Changed::Nobody => Stored::TooLate(secret),
            }
        }
        Received::TooOften { again_at } => Stored::NotNow { seconds: seconds_until(again_at, now) },
    };
    if new.confirm.is_some() {
        app.post.wake();
    }
    Ok(stored)
}

/// What a form sent.
pub struct Sent {
    pub step: Step,
    pub back: bool,
    /// Whether this step is only to be shown again: with what stood on a device, or on the way back.
    stay: bool,
    pub key: String,
    /// When the form was opened, as [`crate::guard::Stamps`] writes it.
    stamp: String,
    /// What stands in the field that people do not see.
    trap: String,
    /// A proof of work, as the ALTCHA protocol spells it.
    proof: Option<String>,
    /// What of the shield's findings is to be hidden.
    pub hidden: Vec<String>,
    pub draft: Draft,
}

/// What follows.
pub enum Go {
    Show(Response),
    /// Everything is told.
    Send(Box<Experience>),
}

impl Sent {
    /// The first step, with a fresh key.
    pub fn blank(draft: Draft) -> Self {
        Self {
            step: Step::What,
            back: false,
            stay: false,
            key: secrets::new_key(),
            stamp: String::new(),
            trap: String::new(),
            proof: None,
            hidden: Vec::new(),
            draft,
        }
    }

    pub fn read(body: &[u8]) -> Self {
        let mut sent = Self { key: String::new(), ..Self::blank(Draft::default()) };
        let mut go = None;
        for (name, value) in form_urlencoded::parse(body).take(MAX_FIELDS) {
            match &*name {
                "step" => sent.step = Step::parse(&value).unwrap_or(Step::What),
                // The first: a browser sends the one button that was pressed.
                "go" => {
                    go.get_or_insert_with(|| value.into_owned());
                }
                "key" => sent.key = value.into_owned(),
                "stamp" => sent.stamp = value.into_owned(),
                TRAP => sent.trap = value.into_owned(),
                SOLUTION => sent.proof = Some(value.into_owned()).filter(|proof| !proof.is_empty()),
                "hide" => sent.hidden.push(value.into_owned()),
                // Browsers send line ends as CRLF, whatever they were.
                name => {
                    sent.draft.set(name, value.replace("\r\n", "\n"));
                }
            }
        }
        sent.back = go.as_deref() == Some("back");
        sent.stay = go.as_deref() == Some("stay");
        if !secrets::is_key(&sent.key) {
            sent.key = secrets::new_key();
        }
        sent
    }

    /// A form without a stamp of ours was opened now.
    fn stamped(mut self, app: &App) -> Self {
        let now = app.clock.now();
        if app.guard.stamps.age(&self.stamp, &self.key, now).is_none() {
            self.stamp = app.guard.stamps.write(&self.key, now);
        }
        self
    }

    /// What looks as if no person had sent it. A clock that was set back makes nobody quick.
    fn marks(&self, app: &App) -> Vec<Mark> {
        let age = app.guard.stamps.age(&self.stamp, &self.key, app.clock.now());
        let is_quick = age.is_none_or(|age| (Duration::ZERO..QUICK).contains(&age));
        let seen = [(!self.trap.is_empty(), Mark::Trap), (is_quick, Mark::Quick)];
        seen.into_iter().filter_map(|(seen, mark)| seen.then_some(mark)).collect()
    }

    /// The form as it was sent, with when it can be sent again.
    pub fn not_now(
        &self,
        app: &App,
        around: &Around,
        (action, changes): (&str, bool),
        seconds: u32,
    ) -> Response {
        let form = ShareForm { wait: Some(seconds.div_ceil(60)), ..self.as_sent(app, action, changes) };
        waiting(page(around, StatusCode::TOO_MANY_REQUESTS, &form), seconds)
    }

    /// The form as it was sent: what it changes, found by `secret`, was decided on meanwhile.
    pub fn too_late(
        &self,
        app: &App,
        around: &Around,
        (action, changes): (&str, bool),
        secret: &str,
    ) -> Response {
        let form = ShareForm { late: Some(secret), ..self.as_sent(app, action, changes) };
        page(around, StatusCode::CONFLICT, &form)
    }

    fn as_sent<'a>(&'a self, app: &'a App, action: &str, changes: bool) -> ShareForm<'a> {
        let spots = if self.step == Step::Shield { self.spots_again() } else { Vec::new() };
        ShareForm { spots, ..self.form(app, action, changes) }
    }

    /// What may lead to somebody, as its sender had chosen.
    fn spots_again(&self) -> Vec<Spot> {
        spots_as_chosen(&self.draft, &self.hidden)
    }

    /// The next step, or what is wrong with this one.
    pub fn go(&self, app: &App, around: &Around, action: &str, changes: bool) -> Go {
        let form = |step| ShareForm { step, ..self.form(app, action, changes) };
        let show = |status, form: &ShareForm<'_>| Go::Show(page(around, status, form));
        let steps = Step::of(&self.draft);
        let at = steps.iter().position(|step| *step == self.step);
        if self.back {
            let before = match (self.step, at) {
                (Step::Shield, _) => Step::You,
                (_, Some(at)) => steps[at.saturating_sub(1)],
                (_, None) => Step::What,
            };
            return show(StatusCode::OK, &form(before));
        }
        if self.stay {
            let spots = if self.step == Step::Shield { self.spots_again() } else { Vec::new() };
            let step = match at {
                Some(at) => steps[at],
                // Nothing is left to look at once more, or it is a step of something else.
                None if spots.is_empty() => Step::What,
                None => Step::Shield,
            };
            return show(StatusCode::OK, &ShareForm { spots, ..form(step) });
        }
        let mut draft = self.draft.clone();
        if self.step == Step::Shield {
            hide(&mut draft, &self.hidden, around.ui);
        }
        let checked = draft.check(app.clock.today());
        let all = checked.as_ref().err().map(Vec::as_slice).unwrap_or_default();
        let wrong = self.step.faults(&draft, all);
        if !wrong.is_empty() {
            let form = ShareForm { faults: wrong, ..form(self.step) };
            return show(StatusCode::UNPROCESSABLE_ENTITY, &form);
        }
        if self.step != Step::Shield
            && let Some(next) = at.and_then(|at| steps.get(at + 1))
        {
            return show(StatusCode::OK, &form(*next));
        }
        match checked {
            Err(faults) => {
                // Of an earlier step, which a browser may have been led past.
                let step = faults.first().map_or(Step::What, |fault| Step::showing(fault.field, &draft));
                let faults = step.faults(&draft, &faults);
                show(StatusCode::UNPROCESSABLE_ENTITY, &ShareForm { faults, ..form(step) })
            }
            Ok(experience) => {
                let spots = spots(&draft);
                if self.step == Step::Shield || spots.is_empty() {
                    return Go::Send(Box::new(experience));
                }
                show(StatusCode::OK, &ShareForm { spots, ..form(Step::Shield) })
            }
        }
    }

    pub fn form<'a>(&'a self, app: &'a App, action: &str, changes: bool) -> ShareForm<'a> {
        ShareForm {
            draft: &self.draft,
            step: self.step,
            faults: Vec::new(),
            key: &self.key,
            unseen: (!changes).then(|| Unseen {
                stamp: &self.stamp,
                trap: &self.trap,
                proof: self.proof.as_deref(),
            }),
            scripts: app.assets.telling.as_deref(),
            wait: None,
            late: None,
            action: action.to_owned(),
            changes,
            spots: Vec::new(),
        }
    }

    /// Of all that was told and chosen.
    fn hash(&self) -> Hash {
        let mut hash = Sha256::new();
        for (name, value) in self.draft.fields() {
            // Neither holds a NUL that would make two of them one.
            for part in [name, value] {
                hash.update(part.as_bytes());
                hash.update([0]);
            }
        }
        for hidden in &self.hidden {
            hash.update(hidden.as_bytes());
            hash.update([1]);
        }
        hash.finalize().into()
    }
}

/// Where the page stands that a request asks for; `url` is its path without a language.
pub fn around(app: &App, uri: &Uri, headers: &HeaderMap, url: &str) -> Around {
    let (in_path, _) = routes::split_language(uri.path());
    Around {
        takes: app.guard.config.is_open,
        ui: in_path.unwrap_or_else(|| language::negotiate(headers)),
        ui_in_path: in_path.is_some(),
        origin: app.public_url.as_str().to_owned(),
        url: url.to_owned(),
    }
}

pub fn page(around: &Around, status: StatusCode, form: &ShareForm<'_>) -> Response {
    let mut response = answer(status, share_form(around, form));
    if form.scripts.is_some() {
        // What helps with the form asks this board alone, and no script of the page's own runs.
        let policy = form_policy("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; ");
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// A page of one person's own: kept nowhere, named to nobody.
pub fn answer(status: StatusCode, html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (header::VARY, HeaderValue::from_static("accept-language")),
        (header::CONTENT_SECURITY_POLICY, form_policy("")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    (status, headers, html).into_response()
}

/// These pages have a style of their own beside that of every page, and run no script but what `more` allows.
fn form_policy(more: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; {more}style-src 'sha256-{}' 'sha256-{}'; img-src 'self'; font-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        document::css_sha256_base64(),
        document::form_css_sha256_base64()
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Seconds until something can be changed again from that address, where it was too often.
pub async fn too_often(app: &App, from: (Peer, &HeaderMap)) -> Result<Option<u32>, StoreError> {
    let now = app.clock.now();
    Ok(app.guard.count_change(&app.store, from, now).await?.map(|again_at| seconds_until(again_at, now)))
}

/// An answer that says after how many seconds it can be tried again.
pub fn waiting(mut response: Response, seconds: u32) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    response
}

pub fn see_other(address: &str) -> Response {
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Nothing was stored; going back in the browser shows what was typed.
pub fn failed(app: &App, around: &Around, error: StoreError, id: Option<RequestId>) -> Response {
    let problem = Problem::from(error);
    let page = FailurePage {
        request_id: id.map(|id| id.to_string()).unwrap_or_default(),
        passing: problem.status() == StatusCode::SERVICE_UNAVAILABLE,
        contact: app.contact.as_ref().map(Contact::href),
    };
    let mut response = answer(problem.status(), weerklank::share::failure(around, page));
    if let Some(seconds) = problem.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
