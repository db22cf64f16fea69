//! Passwords are hashed with Argon2id, beside the threads that answer requests.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use weerklank_domain::desk::Password;

/// How many are hashed at once: each takes 19 MiB and some tens of milliseconds of a core, and no
/// stranger shall be able to take all of both.
const AT_ONCE: usize = 2;

/// Hashes and compares. Parameters are those of the crate: 19 MiB, 2 rounds, 1 lane (OWASP, Password
/// Storage Cheat Sheet).
#[derive(Debug, Clone)]
pub struct Passwords {
    room: Arc<Semaphore>,
    /// Compared with where there is nobody, so that it takes as long.
    nobody: Arc<str>,
}

impl Passwords {
    /// `random` is compared with no password that anybody has.
    pub fn new(random: [u8; 16]) -> Self {
        let password = Password::typed("nobody").expect("it is short");
        Self { room: Arc::new(Semaphore::new(AT_ONCE)), nobody: hash(&password, random).into() }
    }

    /// A PHC string of a password.
    pub async fn hash(&self, password: Password, salt: [u8; 16]) -> String {
        self.beside(move || hash(&password, salt)).await
    }

    /// Whether a password is the one of which there is that hash; `None` is nobody's, and takes as long.
    pub async fn is(&self, password: Password, hash: Option<String>) -> bool {
        let nobody = self.nobody.clone();
        self.beside(move || {
            let expected = hash.as_deref().unwrap_or(&nobody);
            let matches = PasswordHash::new(expected)
                .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
            matches && hash.is_some()
        })
        .await
    }

    async fn beside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _place = self.room.acquire().await.expect("nobody closes it");
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => done,
            Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
        }
    }
}

fn hash(password: &Password, salt: [u8; 16]) -> String {
    let hashed = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hashed.expect("the parameters are those of the crate").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other() {
        let passwords = Passwords::new([7; 16]);
        let typed = |text: &str| Password::typed(text).unwrap();
        let hash = passwords.hash(typed("juiste paard"), [1; 16]).await;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, passwords.hash(typed("juiste paard"), [2; 16]).await, "salted");
        assert!(passwords.is(typed("juiste paard"), Some(hash.clone())).await);
        assert!(!passwords.is(typed("juiste paarD"), Some(hash)).await);
        assert!(!passwords.is(typed("nobody"), None).await);
        assert!(!passwords.is(typed("x"), Some("no hash".to_owned())).await);
    }
}
