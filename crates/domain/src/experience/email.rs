//! An address that mail can be sent to.

use serde::{Deserialize, Serialize};

/// An e-mail address as people have them: `local@domain`, ASCII or not, at most 254 bytes (RFC 5321,
/// 4.5.3.1, less the brackets). Whether it exists only a mail can tell, so only what cannot be one is
/// refused; above all what could end a header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Why a text is no e-mail address; without the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an e-mail address such as name@example.org")]
pub struct NoEmail;

impl Email {
    const MAX_BYTES: usize = 254;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Email {
    type Err = NoEmail;

    fn from_str(text: &str) -> Result<Self, NoEmail> {
        let (local, domain) = text.rsplit_once('@').ok_or(NoEmail)?;
        // RFC 5321, 4.5.3.1.1.
        let is_local = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
        let is_label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let is_domain = domain.contains('.')
            && domain.split('.').all(is_label)
            && !domain.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
        if text.len() <= Self::MAX_BYTES && is_local && is_domain {
            Ok(Self(text.to_owned()))
        } else {
            Err(NoEmail)
        }
    }
}

impl TryFrom<String> for Email {
    type Error = NoEmail;

    fn try_from(text: String) -> Result<Self, NoEmail> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}
