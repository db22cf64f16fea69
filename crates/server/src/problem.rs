//! Errors that leave the server: RFC 9457 problems with a stable code.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use weerklank_domain::desk::Act;
use weerklank_search::SearchError;
use weerklank_store::StoreError;

const API_KEY_NEEDED: &str = "api-key-needed";
const WRONG_API_KEY: &str = "wrong-api-key";

/// An error as a program reads it. `code` never changes; its words belong to the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `tag:weerklank,2026:` and the code.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: Box<str>,
    title: &'static str,
    status: u16,
    /// Stable, kebab-case.
    pub code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    detail: Option<Box<str>>,
    /// Of what was sent, what is wrong in which field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<FieldProblem>>)]
    errors: Option<Box<[FieldProblem]>>,
    /// Names the request in the log; filled in on the way out.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub request_id: String,
    /// Seconds after which trying again makes sense.
    #[serde(skip)]
    retry_after: Option<u32>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// Its path, with dots: `negative.ratings.delivery`.
    pub field: String,
    pub detail: String,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self {
            kind: format!("tag:weerklank,2026:{code}").into(),
            title,
            status: status.as_u16(),
            code,
            detail: None,
            errors: None,
            request_id: String::new(),
            retry_after: None,
        }
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into().into());
        self
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub fn retry_after(&self) -> Option<u32> {
        self.retry_after
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is nothing here")
    }

    /// A column that was public and is not any more.
    pub fn gone() -> Self {
        Self::new(StatusCode::GONE, "withdrawn", "This column was withdrawn")
    }

    pub fn invalid_parameter(name: &str, detail: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid-parameter", "A query parameter is not right")
            .detail(format!("`{name}`: {detail}"))
    }

    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "This address takes another method")
    }

    pub fn invalid_body(why: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid-body", "The body cannot be read").detail(why.to_string())
    }

    pub fn invalid_idempotency_key() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid-idempotency-key", "The `Idempotency-Key` is none")
            .detail("16 to 64 characters of A-Z, a-z, 0-9, - and _; take random ones")
    }

    /// `max` in bytes.
    pub fn too_large(max: usize) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too large")
            .detail(format!("{max} bytes at most"))
    }

    pub fn unsupported_media_type() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The body is of another kind")
            .detail("send it as application/json")
    }

    pub fn no_picture() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "no-picture", "This is no picture that is taken")
            .detail("JPEG, PNG or WebP")
    }

    /// A picture that cannot be shown.
    pub fn unusable_picture(code: &'static str, title: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, title)
    }

    pub fn invalid_experience(errors: Vec<FieldProblem>) -> Self {
        Self::invalid_fields("invalid-experience", errors)
    }

    /// What is wrong with which field of what was sent.
    pub fn invalid_fields(code: &'static str, errors: Vec<FieldProblem>) -> Self {
        let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, "Something is not right yet");
        Self { errors: Some(errors.into()), ..problem }
    }

    pub fn idempotency_key_reused() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency-key-reused",
            "This `Idempotency-Key` came before with something else",
        )
    }

    /// What its sender wants does not go with the state of an experience.
    pub fn not_now() -> Self {
        Self::conflict("not-now", "Its state does not allow this")
    }

    pub fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not-signed-in", "Sign in first")
    }

    /// Whichever of address, password and code was wrong.
    pub fn wrong_credentials() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "wrong-credentials", "Address, password or code are not right")
    }

    /// The password is right, and a code of the second factor is asked for.
    pub fn code_needed() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "code-needed", "A code of your device is needed as well")
    }

    /// Whatever was wrong with it: unknown, forged, of another address, asked too long ago, or its owner disabled.
    pub fn wrong_passkey() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "wrong-passkey", "This passkey lets nobody in")
    }

    pub fn unusable_passkey(why: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unusable-passkey", "This passkey cannot be added")
            .detail(why)
    }

    pub fn not_allowed(act: Act) -> Self {
        Self::new(StatusCode::FORBIDDEN, "not-allowed", "Your role does not allow this").detail(act.as_str())
    }

    /// A write that did not come from a page of this board.
    pub fn cross_site() -> Self {
        Self::new(StatusCode::FORBIDDEN, "cross-site", "This has to come from a page of the board itself")
    }

    /// No key, or one that opens nothing.
    pub fn no_api_key(is_there: bool) -> Self {
        let (code, title) = if is_there {
            (WRONG_API_KEY, "This API key opens nothing")
        } else {
            (API_KEY_NEEDED, "An API key is needed")
        };
        Self::new(StatusCode::UNAUTHORIZED, code, title).detail(
            "send `Authorization: Bearer KEY` with a key of `weerklank shop add` that was not revoked",
        )
    }

    /// What `WWW-Authenticate` says (RFC 6750, 3); not a field, since every refusal would carry it.
    fn authenticate(&self) -> Option<&'static str> {
        match self.code {
            API_KEY_NEEDED => Some(r#"Bearer realm="weerklank""#),
            WRONG_API_KEY => Some(r#"Bearer realm="weerklank", error="invalid_token""#),
            _ => None,
        }
    }

    /// A page asks that the form may not stand in. `found` is what the browser says.
    pub fn origin_not_allowed(found: &str) -> Self {
        let mend = if found == "null" {
            "a page that is a file, or in a frame with `sandbox`, has the origin `null`: open it from the shop's own \
             address, or give the frame `allow-same-origin`"
                .to_owned()
        } else {
            let found: String = found.chars().filter(|c| !c.is_control()).take(200).collect();
            format!(
                "`{found}` is none of this site's origins: add it to them, or embed the key of the site that has it"
            )
        };
        Self::new(StatusCode::FORBIDDEN, "origin-not-allowed", "The form may not stand in this page")
            .detail(mend)
    }

    /// What an invitation's token says cannot be believed.
    pub fn invalid_token(why: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-token", "This token proves nothing").detail(why)
    }

    pub fn expired_token() -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "expired-token", "This token is over").detail(
            "make another with a later expiry; if it is new, see that the clock of the server that signs is right",
        )
    }

    pub fn invalid_password(why: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-password", "This cannot be a password")
            .detail(why.to_string())
    }

    pub fn wrong_code() -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-code", "This code is not right")
            .detail("six digits, as the device shows them now; its clock and the server's have to agree")
    }

    pub fn invalid_person(why: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-person", "Nobody can be invited like this")
            .detail(why)
    }

    pub fn invalid_decision(why: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-decision", "The decision lacks something")
            .detail(why.to_string())
    }

    /// What has to be mended before a draft is published, by field; `body` for its text.
    pub fn invalid_draft(errors: Vec<FieldProblem>) -> Self {
        let problem =
            Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-draft", "Something has to be mended first");
        Self { errors: Some(errors.into()), ..problem }
    }

    /// A write that has to name the version that it was made on (RFC 6585, section 3).
    pub fn version_needed() -> Self {
        Self::new(StatusCode::PRECONDITION_REQUIRED, "version-needed", "Name the version in `If-Match`")
    }

    /// Somebody saved since.
    pub fn draft_changed() -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "draft-changed", "Somebody saved another version since")
    }

    pub fn invalid_template(why: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-template", "These cannot be first words")
            .detail(why.to_string())
    }

    pub fn invalid_view(why: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-view", "This cannot be kept as a view")
            .detail(why.to_string())
    }

    /// Something else happened first.
    pub fn conflict(code: &'static str, title: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code, title)
    }

    /// From one address, within `seconds` of when more is taken.
    pub fn too_many_tries(seconds: u32) -> Self {
        let problem =
            Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-tries", "Too many tries; try again later");
        Self { retry_after: Some(seconds), ..problem }
    }

    pub fn too_many_requests(seconds: u32) -> Self {
        let problem = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-requests",
            "Too much came from this address; try again later",
        );
        Self { retry_after: Some(seconds), ..problem }
    }

    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something failed on our side")
    }

    /// The instance should get no requests for now.
    pub fn not_ready(error: &StoreError) -> Self {
        Self::unavailable("not-ready", "This instance is not ready").detail(error.to_string())
    }

    fn unavailable(code: &'static str, title: &'static str) -> Self {
        Self { retry_after: Some(5), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, code, title) }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_)
            | StoreError::Refused(_)
            | StoreError::Busy(_)
            | StoreError::Insecure(_) => {
                tracing::warn!(%error, "the database does not answer");
                Self::unavailable(
                    "database-unavailable",
                    "The database does not answer; try again in a moment",
                )
            }
            StoreError::ReadOnly(_) => {
                tracing::error!(%error, "the database cannot be written");
                Self::unavailable("read-only", "Nothing can be stored at the moment; reading goes on")
            }
            StoreError::Full(_) => {
                tracing::error!(%error, "the disk is full");
                Self::new(StatusCode::INSUFFICIENT_STORAGE, "storage-full", "There is no room to store this")
            }
            _ => {
                tracing::error!(%error, "the database failed");
                Self::internal()
            }
        }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        tracing::error!(%error, "the search index failed");
        Self::internal()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(how) = self.authenticate() {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(how));
        }
        response
    }
}
