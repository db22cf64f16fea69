//! Which database, as the operator writes it.

use std::path::{Path, PathBuf};

use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// `sqlite://weerklank.db` (relative), `sqlite:///var/lib/weerklank/weerklank.db` (absolute),
/// `sqlite::memory:` or `postgres://user:password@host:5432/name`, with `?sslmode=verify-full` and
/// the other words that `libpq` knows for TLS. Never shows its password.
#[derive(Clone)]
pub struct DatabaseUrl(Kind);

#[derive(Clone)]
pub(crate) enum Kind {
    File(PathBuf),
    Memory,
    Postgres(Box<PgConnectOptions>, String),
}

/// Why a text names no database. Holds no part of the text, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    #[error(
        "the database address starts with neither `sqlite:` nor `postgres://`; \
         write sqlite://weerklank.db or postgres://user:password@host/name"
    )]
    Scheme,
    #[error("`sqlite://` needs a file after it, for instance sqlite://weerklank.db")]
    NoFile,
    #[error("a SQLite address is a file and nothing more; leave out everything from `{0}` on")]
    Parameters(char),
    #[error("the PostgreSQL address asks for `{0}`, which nothing here knows; see how the word is spelled")]
    Word(String),
    #[error(
        "what comes after `?` in the PostgreSQL address is no list of `word=value`; write `%3F` for a `?` in a password"
    )]
    Words,
    #[error("the PostgreSQL address cannot be read: {0}; write postgres://user:password@host:5432/name")]
    Postgres(String),
}

impl DatabaseUrl {
    pub fn parse(text: &str) -> Result<Self, DatabaseUrlError> {
        if let Some(rest) = text.strip_prefix("sqlite:") {
            if rest == ":memory:" || rest == "//:memory:" {
                return Ok(Self(Kind::Memory));
            }
            if let Some(mark) = rest.chars().find(|c| ['?', '#'].contains(c)) {
                return Err(DatabaseUrlError::Parameters(mark));
            }
            let path = rest.strip_prefix("//").unwrap_or(rest);
            return if path.is_empty() { Err(DatabaseUrlError::NoFile) } else { Ok(Self::file(path)) };
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            known_words(text)?;
            let mut options: PgConnectOptions =
                text.parse().map_err(|error| DatabaseUrlError::Postgres(reason(&error)))?;
            // Who names an authority wants to be sure of the server: libpq reads it so (PostgreSQL
            // manual, 34.19.1), sqlx would encrypt to whoever answers.
            let names_authority = certificates(&options).any(|(word, _)| word == "sslrootcert");
            if names_authority && matches!(options.get_ssl_mode(), PgSslMode::Require) {
                options = options.ssl_mode(PgSslMode::VerifyCa);
            }
            let place = match options.get_socket() {
                Some(socket) => socket.display().to_string(),
                None => format!("{}:{}", options.get_host(), options.get_port()),
            };
            let (user, name) = (options.get_username(), options.get_database().unwrap_or_default());
            let shown = format!("postgres://{user}@{place}/{name}");
            return Ok(Self(Kind::Postgres(Box::new(options), shown)));
        }
        Err(DatabaseUrlError::Scheme)
    }

    /// A SQLite file, whatever characters its path has.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Kind::File(path.into()))
    }

    /// The file, where the database is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Kind::File(path) => Some(path),
            Kind::Memory | Kind::Postgres(..) => None,
        }
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0
    }
}

/// The files of certificates and keys that an address names, each with the word that names it.
pub(crate) fn certificates(options: &PgConnectOptions) -> impl Iterator<Item = (String, PathBuf)> {
    let url = options.to_url_lossy();
    let files = url.query_pairs().filter_map(|(word, value)| {
        let named = matches!(&*word, "sslrootcert" | "sslcert" | "sslkey");
        // sqlx takes the text of a certificate as well, which is no file.
        let path = value.strip_prefix("file: ").filter(|_| named)?;
        Some((word.into_owned(), PathBuf::from(path)))
    });
    files.collect::<Vec<_>>().into_iter()
}

/// Refuses words that sqlx would pass over: one that asks for more safety must not be lost to a slip. A
/// value is never shown, and neither is what may be the rest of a password.
fn known_words(text: &str) -> Result<(), DatabaseUrlError> {
    const KNOWN: [&str; 18] = [
        "application_name",
        "dbname",
        "host",
        "hostaddr",
        "options",
        "password",
        "port",
        "ssl-ca",
        "ssl-cert",
        "ssl-key",
        "ssl-mode",
        "ssl-root-cert",
        "sslcert",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "statement-cache-capacity",
        "user",
    ];
    let text = text.split('#').next().unwrap_or_default();
    let Some((_, query)) = text.split_once('?') else { return Ok(()) };
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let word = pair.split_once('=').map(|(word, _)| word);
        match word {
            Some(word) if KNOWN.contains(&word) || word.starts_with("options[") => {}
            Some(word) if word.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-')) => {
                return Err(DatabaseUrlError::Word(word.to_owned()));
            }
            _ => return Err(DatabaseUrlError::Words),
        }
    }
    Ok(())
}

/// What sqlx says of an address, without the address.
fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Configuration(source) => source.to_string(),
        _ => "its form is wrong".to_owned(),
    }
}

impl std::str::FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        Self::parse(text)
    }
}

impl std::fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Kind::File(path) => write!(f, "sqlite://{}", path.display()),
            Kind::Memory => f.write_str("sqlite::memory:"),
            Kind::Postgres(_, shown) => f.write_str(shown),
        }
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        for (text, shown) in [
            ("sqlite://weerklank.db", "sqlite://weerklank.db"),
            ("sqlite:weerklank.db", "sqlite://weerklank.db"),
            ("sqlite:///var/lib/weer klank.db", "sqlite:///var/lib/weer klank.db"),
            ("sqlite::memory:", "sqlite::memory:"),
            ("postgres://w:geheim@db.example/board", "postgres://w@db.example:5432/board"),
            ("postgresql://w@localhost:5433/board", "postgres://w@localhost:5433/board"),
        ] {
            assert_eq!(DatabaseUrl::parse(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let url = DatabaseUrl::parse("postgres://w:geheim@db.example/board").unwrap();
        assert!(!format!("{url:?} {url}").contains("geheim"));
        let error = DatabaseUrl::parse("postgres://w:geheim@db.example:port/board").unwrap_err();
        assert!(!format!("{error:?} {error}").contains("geheim"), "{error}");
    }

    #[test]
    fn an_authority_that_is_named_is_asked() {
        for (query, strict) in [
            ("", false),
            ("?sslmode=require", false),
            ("?sslmode=require&sslrootcert=ca.pem", true),
            ("?sslrootcert=ca.pem&sslmode=verify-full", true),
        ] {
            let url = DatabaseUrl::parse(&format!("postgres://w@db.example/board{query}")).unwrap();
            let Kind::Postgres(options, _) = url.kind() else { panic!("another kind") };
            let mode = options.get_ssl_mode();
            assert_eq!(
                matches!(mode, PgSslMode::VerifyCa | PgSslMode::VerifyFull),
                strict,
                "{query}: {mode:?}"
            );
            let files: Vec<_> = certificates(options).map(|(_, path)| path).collect();
            assert_eq!(files.len(), usize::from(query.contains("ca.pem")), "{query}: {files:?}");
        }
        let error = DatabaseUrl::parse("postgres://w@db.example/board?sslmode=perhaps").unwrap_err();
        assert!(error.to_string().contains("perhaps"), "{error}");
    }

    #[test]
    fn words_that_nobody_knows_are_refused_and_no_value_shown() {
        for (query, said) in [
            ("?sslmod=verify-full", "`sslmod`"),
            ("?sslmode=require&pasword=geheim", "`pasword`"),
            ("?geheim", "`?`"),
            ("?geheim@host=x", "`?`"),
        ] {
            let error = DatabaseUrl::parse(&format!("postgres://w@db.example/board{query}")).unwrap_err();
            assert!(error.to_string().contains(said), "{error}");
            assert!(!format!("{error:?} {error}").contains("geheim"), "{error}");
        }
        for query in ["?", "?sslmode=require&application_name=board&options[search_path]=board", "#?x"] {
            DatabaseUrl::parse(&format!("postgres://w@db.example/board{query}")).unwrap();
        }
    }

    #[test]
    fn other_texts_are_refused_with_a_way_out() {
        for text in ["", "weerklank.db", "mysql://x", "sqlite://", "sqlite:", "sqlite://a.db?mode=ro"] {
            assert!(DatabaseUrl::parse(text).is_err(), "{text}");
        }
        let error = DatabaseUrl::parse("weerklank.db").unwrap_err().to_string();
        assert!(error.contains("sqlite://weerklank.db"), "{error}");
    }
}
