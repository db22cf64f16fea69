//! `/api/v1/experiences/{secret}`: its sender's view (GET), correction and withdrawal (PATCH), erasure
//! (DELETE). 409 `not-now` where its state does not allow it, 404 `not-found` where the secret is nobody's, or what it opened was erased.

use serde::{Deserialize, Serialize};
use weerklank_domain::desk::{Ground, Verdict};
use weerklank_domain::experience::{Draft, State};

pub const PATH: &str = "/api/v1/experiences/{secret}";

/// What is kept of an experience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = OwnExperience))]
pub struct Response {
    /// A UUID.
    pub id: String,
    /// `received`, `asked`, `returned`, `accepted`, `rejected` or `withdrawn`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    /// RFC 3339.
    pub received_at: String,
    /// RFC 3339; when its sender changed it last.
    pub changed_at: String,
    /// Whether the reader of its e-mail address said that it is theirs; until then nothing else is sent
    /// there.
    pub email_confirmed: bool,
    /// As it could be sent in again.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub experience: Draft,
    /// What was decided about it, the oldest first.
    pub decisions: Vec<Decision>,
    /// What its sender answered, or told later; the oldest first.
    pub answers: Vec<Answer>,
    /// The oldest first.
    pub appeals: Vec<Appeal>,
    /// What was made of it, as far as its sender was shown it, or everybody is.
    pub texts: Vec<Text>,
    /// Since when its sender allows what.
    pub consented: Consented,
    /// What looked odd when it came in, for editors: `often`, `fast`, `no-proof`, `duplicate` and the like. None of that is
    /// a reason by itself.
    pub marks: Vec<String>,
    /// RFC 3339; when the reader of its e-mail address said that it is theirs.
    pub email_confirmed_at: Option<String>,
}

/// An objection of its sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = OwnAppeal))]
pub struct Appeal {
    /// Markdown.
    pub text: String,
    /// RFC 3339.
    pub received_at: String,
    /// What it came to: `uphold` or `overturn`.
    pub decision: Option<Decision>,
    /// RFC 3339; when the decision was undone already, so that nobody had to decide on it.
    pub ended_at: Option<String>,
}

/// A text that is made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = OwnText))]
pub struct Text {
    /// That its sender was asked about.
    pub title: Option<String>,
    /// The same: Markdown; of a text of two, their own part.
    pub body: Option<String>,
    /// Whether they approve of it.
    pub approved: Option<bool>,
    /// What they said of it.
    pub remark: Option<String>,
    /// The address of the column.
    pub column: Option<String>,
    /// `published`, `scheduled` or `withdrawn`.
    pub column_status: Option<String>,
    /// Markdown: why it was taken off the board.
    pub withdrawn_reason: Option<String>,
    /// What shops replied, as far as readers see it.
    pub replies: Vec<Reply>,
}

/// What a shop replied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = OwnReply))]
pub struct Reply {
    pub shop: String,
    /// Who wrote it; none where it was removed.
    pub name: Option<String>,
    /// Markdown; none where it was removed.
    pub text: Option<String>,
    /// RFC 3339.
    pub received_at: String,
    /// What its sender said of it: `yes`, `partly` or `no`.
    pub solved: Option<String>,
}

/// RFC 3339, each; none where it is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = OwnConsents))]
pub struct Consented {
    pub publish: Option<String>,
    pub contact: Option<String>,
    pub shop: Option<String>,
}

/// A decision, with its statement of reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = OwnDecision))]
pub struct Decision {
    /// `accept`, `ask`, `return` or `reject`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub verdict: Verdict,
    /// The rule or law that a rejection rests on.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ground: Option<Ground>,
    /// Markdown: the question, what is to be mended, the facts.
    pub statement: Option<String>,
    /// Whether something that is no human helped to find or decide it.
    pub automated: bool,
    /// RFC 3339.
    pub decided_at: String,
}

/// What its sender wrote after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = OwnAnswer))]
pub struct Answer {
    /// Markdown.
    pub text: String,
    /// RFC 3339.
    pub written_at: String,
}

/// What is to be changed; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ExperienceChange))]
#[serde(default, deny_unknown_fields)]
pub struct Change {
    /// The whole of it, in the place of what was sent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub experience: Option<Draft>,
    /// `withdrawn` takes it back, `received` puts it back.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub state: Option<State>,
    /// Answers the question that was asked last, or tells what happened later: Markdown, 1 to 4,000
    /// characters.
    pub answer: Option<String>,
}
