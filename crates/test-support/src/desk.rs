//! People at the desk, and what waits for them.

use serde_json::{Value, json};
use time::Duration;
use weerklank_domain::{
    Lang,
    desk::{Role, limits},
};
use weerklank_server::secrets;
use weerklank_store::Invitation;

use crate::app::TestApp;

impl TestApp {
    /// Invites somebody, by what stands before the `@` of their address, as the command line does; the
    /// token in their set-up link.
    pub async fn invite(&self, email: &str, role: Role) -> String {
        let (token, now) = (secrets::new_token(), self.app.clock.now());
        let invitation = Invitation {
            email: &email.parse().expect("an address"),
            name: email.split('@').next().unwrap_or_default(),
            role,
            lang: Lang::Nl,
            link: secrets::hash(&token),
            until: now + Duration::hours(limits::SET_UP_HOURS),
            by: None,
        };
        self.app.store.invite(&invitation, now).await.expect("the database answers");
        token
    }

    /// Sends in an experience, as programs do; what it was answered with: `id` and `secret_url`. A second
    /// later another can be, so that they wait in order.
    pub async fn send_in(&self, draft: &Value) -> Value {
        let headers = [("content-type", "application/json")];
        let sent = self.send_body("POST", "/api/v1/experiences", &headers, draft.to_string()).await;
        assert_eq!(sent.status, axum::http::StatusCode::CREATED, "{}", sent.text());
        self.advance(Duration::seconds(1));
        sent.json()
    }

    /// Lets so much time pass that no decision can be undone any more.
    pub fn make_decisions_final(&self) {
        self.advance(Duration::seconds(limits::UNDO_SECONDS));
    }

    /// Sends in a negative experience of which there is only the story.
    pub async fn send_in_story(&self, story: &str) -> Value {
        self.send_in(&json!({"negative": {"story": story}, "lang": "nl"})).await
    }
}
