//! What a sender does on their own page: taking back, answering, appealing, approving, and what becomes of the e-mail
//! address.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use time::OffsetDateTime;
use weerklank::{
    routes::pattern,
    share::{Kept, Told, erased, too_large},
    voice::Typed,
};
use weerklank_domain::{
    compose,
    desk::limits,
    voice::{self, VoiceField},
};
use weerklank_store::{ApprovalGiven, Asked, Changed, Hash, StoreError};

use super::{Id, back, nothing, page};
use crate::{
    app::App,
    composing::parted_letters,
    http::client::Peer,
    routes::{
        confirm::question,
        share::{answer, around, failed, too_often, waiting},
    },
    secrets,
};

/// What became of it.
enum Done {
    /// Back to the page, whose address then says this.
    Told(&'static str),
    /// It was not taken; what was typed stays on the page that says why.
    Not(StatusCode, Told, Kept),
    /// The same, for so many seconds.
    TooOften(u32, Kept),
    Erased,
    Nobody,
}

impl Done {
    fn of(done: Changed, told: &'static str, kept: Kept) -> Self {
        match done {
            Changed::Done => Self::Told(told),
            Changed::Nobody => Self::Nobody,
            Changed::NotNow => Self::not("?late", Told::Late, kept),
        }
    }

    /// That it comes too late: in the address alone where nothing was typed.
    fn not(address: &'static str, told: Told, kept: Kept) -> Self {
        if matches!(kept, Kept::Nothing) {
            Self::Told(address)
        } else {
            Self::Not(StatusCode::CONFLICT, told, kept)
        }
    }
}

/// One press of a button on the page.
struct Act<'a> {
    app: &'a App,
    secret: &'a str,
    hash: Hash,
    now: OffsetDateTime,
    from: (Peer, &'a HeaderMap),
    body: &'a [u8],
}

/// A button was pressed.
pub async fn decide(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let (hash, now) = (secrets::hash(&secret), app.clock.now());
    let act = Act { app: &app, secret: &secret, hash, now, from: (peer, &headers), body: &body };
    match Box::pin(act.done()).await {
        Ok(Done::Told(told)) => back(&around, &secret, told),
        Ok(Done::Not(status, told, kept)) => page(&app, &around, &secret, id, status, (told, kept)).await,
        Ok(Done::TooOften(seconds, kept)) => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            waiting(page(&app, &around, &secret, id, status, (Told::Often, kept)).await, seconds)
        }
        Ok(Done::Erased) => answer(StatusCode::OK, erased(&around)),
        Ok(Done::Nobody) => nothing(&around),
        Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
    }
}

impl Act<'_> {
    async fn done(&self) -> Result<Done, StoreError> {
        let (store, hash, now) = (&self.app.store, &self.hash, self.now);
        match self.field("go").as_deref() {
            // What goes is never held up.
            Some("withdraw") => {
                let mails = parted_letters(self.app, self.secret).await?;
                let done = store.withdraw_experience(hash, &mails, now).await?;
                self.app.post.wake();
                Ok(Done::of(done, "", Kept::Nothing))
            }
            Some("restore") => {
                if let Some(seconds) = too_often(self.app, self.from).await? {
                    return Ok(Done::TooOften(seconds, Kept::Nothing));
                }
                Ok(Done::of(store.restore_experience(hash, now).await?, "", Kept::Nothing))
            }
            Some("answer") => self.answer().await,
            Some("appeal") => self.appeal().await,
            Some(word @ ("approve" | "refuse")) => self.say(word == "approve").await,
            Some("outcome") => self.outcome().await,
            Some("ask") => self.ask().await,
            Some("forget") => {
                let is_forgotten = store.forget_address(hash).await?;
                Ok(if is_forgotten { Done::Told("?forgotten") } else { Done::Nobody })
            }
            Some("erase") if self.field("sure").is_none() => Ok(Done::Told("?unsure")),
            Some("erase") => {
                let mails = parted_letters(self.app, self.secret).await?;
                let is_erased = store.erase_experience(hash, &mails, now).await?;
                self.app.post.wake();
                self.app.live.poke();
                Ok(if is_erased { Done::Erased } else { Done::Nobody })
            }
            _ => Ok(Done::Told("")),
        }
    }

    /// The first field of that name. Browsers send line ends as CRLF, whatever they were.
    fn field(&self, wanted: &str) -> Option<String> {
        let mut fields = form_urlencoded::parse(self.body);
        fields.find(|(name, _)| name == wanted).map(|(_, value)| value.replace("\r\n", "\n"))
    }

    async fn answer(&self) -> Result<Done, StoreError> {
        let typed = self.field("answer").unwrap_or_default();
        let text = typed.trim().to_owned();
        let kept = Kept::Answer(typed);
        if text.is_empty() {
            return Ok(Done::Not(StatusCode::UNPROCESSABLE_ENTITY, Told::NoAnswer, kept));
        }
        if text.chars().count() > limits::STATEMENT {
            return Ok(Done::Not(StatusCode::UNPROCESSABLE_ENTITY, Told::LongAnswer, kept));
        }
        if let Some(seconds) = too_often(self.app, self.from).await? {
            return Ok(Done::TooOften(seconds, kept));
        }
        Ok(Done::of(self.app.store.answer(&self.hash, &text, self.now).await?, "?saved", kept))
    }

    async fn appeal(&self) -> Result<Done, StoreError> {
        let typed = Typed { text: self.field("text").unwrap_or_default(), ..Typed::default() };
        match voice::appeal(&typed.text) {
            Ok(appeal) => {
                let done = self.app.store.appeal(&self.hash, &appeal, self.now).await?;
                Ok(Done::of(done, "?appealed", Kept::Appeal(typed)))
            }
            Err(fault) => {
                let kept = Kept::Appeal(Typed { faults: vec![(VoiceField::Text, fault)], ..typed });
                Ok(Done::Not(StatusCode::UNPROCESSABLE_ENTITY, Told::Nothing, kept))
            }
        }
    }

    /// What a sender thinks of a text.
    async fn say(&self, approved: bool) -> Result<Done, StoreError> {
        let (typed, draft) =
            (self.field("remark").unwrap_or_default(), self.field("draft").unwrap_or_default());
        let remark = Some(typed.trim().to_owned()).filter(|remark| !remark.is_empty());
        let asked = draft.parse().ok().zip(self.field("version").and_then(|version| version.parse().ok()));
        let kept = if remark.is_some() { Kept::Remark { draft, text: typed } } else { Kept::Nothing };
        if remark.as_ref().is_some_and(|remark| remark.chars().count() > compose::limits::REMARK) {
            return Ok(Done::Not(StatusCode::UNPROCESSABLE_ENTITY, Told::LongRemark, kept));
        }
        let Some(asked) = asked else { return Ok(Done::not("?outdated", Told::Outdated, kept)) };
        if let Some(seconds) = too_often(self.app, self.from).await? {
            return Ok(Done::TooOften(seconds, kept));
        }
        let store = &self.app.store;
        Ok(match store.give_approval(&self.hash, asked, approved, remark.as_deref(), self.now).await? {
            ApprovalGiven::Done => Done::Told("?said"),
            // Thrown away by an editor, or it was never theirs: nobody waits for what they think.
            ApprovalGiven::Outdated | ApprovalGiven::Nobody => Done::not("?outdated", Told::Outdated, kept),
        })
    }

    /// Whether a shop's reply solved it.
    async fn outcome(&self) -> Result<Done, StoreError> {
        let reply = self.field("reply").and_then(|id| id.parse().ok());
        let solved = self.field("solved").and_then(|word| word.parse().ok());
        let Some((reply, solved)) = reply.zip(solved) else { return Ok(Done::Told("")) };
        if let Some(seconds) = too_often(self.app, self.from).await? {
            return Ok(Done::TooOften(seconds, Kept::Nothing));
        }
        let done = self.app.store.say_outcome(&self.hash, reply, solved, self.now).await?;
        Ok(Done::of(done, "?outcome", Kept::Nothing))
    }

    /// Sends the mail once more that asks whose the address is.
    async fn ask(&self) -> Result<Done, StoreError> {
        let (app, now) = (self.app, self.now);
        let Some(own) = app.store.experience_by_secret(&self.hash, now).await? else {
            return Ok(Done::Nobody);
        };
        let Some(question) = question(app, self.secret, &own.stored.experience).await? else {
            return Ok(Done::Told(""));
        };
        let asked = app.store.ask_address_again(&self.hash, &question, now).await?;
        app.post.wake();
        Ok(asked.map_or(Done::Nobody, |asked| {
            Done::Told(match asked {
                Asked::Again => "?asked",
                Asked::TooSoon => "?too-soon",
                Asked::NoNeed => "",
            })
        }))
    }
}
