//! POST `/api/v1/desk/people/{id}/link`: a new set-up link for somebody, who sets another password by it;
//! their older links and, once it is used, their sessions and second factor end. For admins.

pub use super::people::Invited as Response;

pub const PATH: &str = "/api/v1/desk/people/{id}/link";
