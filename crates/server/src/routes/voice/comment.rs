//! `/columns/{slug}/comment`: a reader looks at their comment once more, and sends it.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};
use weerklank::{
    mail::Confirms,
    routes::{self, pattern},
    share::{Around, nothing, too_large},
    voice::{CommentForm, NotSent, Quoted, ToldOf, comment_form, not_sent},
};
use weerklank_api::challenge::SOLUTION;
use weerklank_domain::{
    Comments, shield,
    voice::{Comment, CommentDraft, VoiceFaults},
};
use weerklank_store::{Changed, NewWords, Said, StoreError, StoredColumn};

use super::{
    Sent, address, arrival, public_column, question,
    said::{self, typed},
};
use crate::{
    app::App,
    guard::seconds_until,
    http::{RequestId, client::Peer},
    pages::render_remark,
    routes::share::{answer, around, failed, see_other, too_often},
    secrets,
};

type Id = Option<Extension<RequestId>>;

/// What a comment consists of.
const FIELDS: [&str; 4] = ["text", "name", "email", pattern::ANSWERS];

/// The empty form, also of an answer to a comment.
pub async fn show(
    State(app): State<App>,
    id: Id,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::comment(&slug));
    let mut sent = Sent::blank(&app);
    let query = query.unwrap_or_default();
    sent.fields = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == pattern::ANSWERS)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .take(1)
        .collect();
    form(&app, &around, id, &slug, &sent, Vec::new(), None).await
}

/// Looked at, or sent.
pub async fn take(
    State(app): State<App>,
    id: Id,
    Extension(peer): Extension<Peer>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::comment(&slug));
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let sent = Sent::read(&app, &body);
    let comment = match draft(&around, &sent).check() {
        Ok(comment) => comment,
        Err(faults) => return form(&app, &around, id, &slug, &sent, faults, None).await,
    };
    if sent.get("go") != "send" {
        return form(&app, &around, id, &slug, &sent, Vec::new(), None).await;
    }
    match Box::pin(store(&app, (peer, &headers), &slug, &sent, &comment)).await {
        Ok((Said::New(_) | Said::Again(_), secret)) => {
            app.post.wake();
            app.live.poke();
            let address = format!("{}?sent", pattern::said(&secret));
            see_other(&routes::localised(&address, around.ui_in_path.then_some(around.ui)))
        }
        // Going back in the browser and sending other words changes what was sent.
        Ok((Said::KeyTaken, secret)) => {
            match Box::pin(change(&app, (peer, &headers), &secret, &comment)).await {
                Ok(Ok(Changed::Done)) => {
                    app.live.poke();
                    let address = format!("{}?saved", pattern::said(&secret));
                    see_other(&routes::localised(&address, around.ui_in_path.then_some(around.ui)))
                }
                // An editor decided on it meanwhile: what they wrote stays on the page that says so.
                Ok(Ok(Changed::NotNow)) => {
                    let kept = (Some(typed(&sent, Vec::new())), None);
                    let late = (StatusCode::CONFLICT, ToldOf::Late);
                    said::page(&app, &around, id, &secret, late, kept).await
                }
                Ok(Ok(Changed::Nobody)) => closed(&around, &sent),
                Ok(Err(seconds)) => form(&app, &around, id, &slug, &sent, Vec::new(), Some(seconds)).await,
                Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
            }
        }
        Ok((Said::TooOften { again_at }, _)) => {
            let seconds = seconds_until(again_at, app.clock.now());
            form(&app, &around, id, &slug, &sent, Vec::new(), Some(seconds)).await
        }
        Ok((Said::Closed | Said::Nothing, _)) => closed(&around, &sent),
        Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
    }
}

/// Changes what was sent; the seconds until it can be tried again, where it was too often.
async fn change(
    app: &App,
    from: (Peer, &HeaderMap),
    secret: &str,
    comment: &Comment,
) -> Result<Result<Changed, u32>, StoreError> {
    if let Some(seconds) = too_often(app, from).await? {
        return Ok(Err(seconds));
    }
    app.store.change_comment(&secrets::hash(secret), comment, app.clock.now()).await.map(Ok)
}

/// Nothing is taken there, not any more or not ever: who wrote something keeps it.
fn closed(around: &Around, sent: &Sent) -> Response {
    match sent.get("text") {
        text if text.trim().is_empty() => answer(StatusCode::NOT_FOUND, nothing(around)),
        text => answer(StatusCode::CONFLICT, not_sent(around, NotSent::Closed, text)),
    }
}

async fn store(
    app: &App,
    from: (Peer, &HeaderMap),
    slug: &str,
    sent: &Sent,
    comment: &Comment,
) -> Result<(Said, String), StoreError> {
    let secret = app.links.said(&app.store, &sent.key).await?;
    let Ok(column) = slug.parse() else { return Ok((Said::Nothing, secret)) };
    let parent = match sent.get(pattern::ANSWERS) {
        "" => None,
        id => match id.parse() {
            Ok(id) => Some(id),
            Err(_) => return Ok((Said::Nothing, secret)),
        },
    };
    let confirm = question(app, &secret, (comment.email.as_ref(), comment.lang), Confirms::Comment).await?;
    let marks = sent.marks(app);
    let proof = Some(sent.get(SOLUTION)).filter(|proof| !proof.is_empty());
    let new = NewWords {
        column: &column,
        secret: secrets::hash(&secret),
        request: sent.hash(&FIELDS),
        confirm: confirm.as_ref(),
        arrival: arrival(app, from, "comment", &marks, proof).await?,
    };
    let said = app.store.receive_comment(&new, (comment, parent), app.clock.today(), app.clock.now()).await?;
    Ok((said, secret))
}

fn draft(around: &Around, sent: &Sent) -> CommentDraft {
    CommentDraft {
        text: sent.get("text").to_owned(),
        name: sent.get("name").to_owned(),
        email: sent.get("email").to_owned(),
        lang: around.ui.to_string(),
    }
}

/// The form; with `wait`, so many seconds until it can be sent.
async fn form(
    app: &App,
    around: &Around,
    id: Id,
    slug: &str,
    sent: &Sent,
    faults: VoiceFaults,
    wait: Option<u32>,
) -> Response {
    let found = match open_column(app, slug, sent.get(pattern::ANSWERS)).await {
        Ok(found) => found,
        Err(error) => return failed(app, around, error, id.map(|id| id.0)),
    };
    let Some((column, answers)) = found else {
        return closed(around, sent);
    };
    let draft = draft(around, sent);
    // With nothing written yet, nothing is wrong either.
    let is_blank = draft.text.trim().is_empty() && sent.get("go").is_empty();
    let faults = if is_blank { Vec::new() } else { faults };
    let text = draft.check().map(|comment| comment.text).ok();
    let status = match (wait, faults.is_empty()) {
        (Some(_), _) => StatusCode::TOO_MANY_REQUESTS,
        (None, true) => StatusCode::OK,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let carried =
        weerklank::voice::Carried { wait: wait.map(|seconds| seconds.div_ceil(60)), ..sent.carried(faults) };
    let found = shield::find(&draft.text).into_iter();
    let page = comment_form(
        around,
        &CommentForm {
            carried,
            draft: &draft,
            column: address(&column),
            answers,
            preview_html: text.as_deref().map(|text| render_remark(text, around.ui, app)),
            found: found.map(|found| (found.kind, draft.text[found.range].to_owned())).collect(),
            action: pattern::comment(slug),
        },
    );
    let mut response = answer(status, page);
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

type Answers = Option<(String, Quoted)>;

/// A column that takes comments, and the comment below it that is answered; `None` where either is not.
async fn open_column(
    app: &App,
    slug: &str,
    answers: &str,
) -> Result<Option<(StoredColumn, Answers)>, StoreError> {
    let found = public_column(app, slug).await?;
    let Some(column) = found.filter(|stored| stored.column.comments == Comments::Open) else {
        return Ok(None);
    };
    if answers.is_empty() {
        return Ok(Some((column, None)));
    }
    let voices = app.store.voices(column.id, app.clock.now()).await?;
    let to = voices.comments.into_iter().find(|comment| comment.id.to_string() == answers);
    let quoted = to.filter(|to| to.parent.is_none()).and_then(|to| {
        let text_html = render_remark(to.text.as_deref()?, to.lang, app);
        Some((answers.to_owned(), Quoted { name: to.name, lang: to.lang, text_html }))
    });
    Ok(quoted.map(|quoted| (column, Some(quoted))))
}
