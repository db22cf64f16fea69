//! A private PostgreSQL: its own data in a temporary folder, reached by a socket in that folder.
//!
//! A process that needs one starts one, and shares it among its tests; or it uses the one named by
//! `WEERKLANK_TEST_POSTGRES_URL`. The server is the child of a small shell that waits for the end
//! of our pipe, so it is stopped and its folder removed however the process ends, `kill -9` included.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::sqlx::{self, Connection, Executor, PgConnection};

/// Names a running cluster by the address of a database in it; its user may create databases.
pub const URL_VARIABLE: &str = "WEERKLANK_TEST_POSTGRES_URL";

const NOT_INSTALLED: &str = "PostgreSQL 15 or later is needed for this test: apt-get install postgresql (or set WEERKLANK_TEST_POSTGRES_URL)";

/// A cluster of our own. Nothing is synced to disk, which makes it fast.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    owner: Option<(u32, u32)>,
    /// Where it takes encrypted connections besides those over its socket.
    port: Option<u16>,
    server: Option<Server>,
}

#[derive(Debug)]
struct Server {
    shell: Child,
    /// Closed, it ends the server.
    pipe: ChildStdin,
}

impl Cluster {
    /// Makes and starts one. The error is one line that says what is missing.
    pub fn start() -> Result<Self, String> {
        let mut cluster = Self::made()?;
        cluster.resume()?;
        Ok(cluster)
    }

    /// One that also takes connections by TLS, with a certificate for `localhost` that it signed
    /// itself: [`Self::certificate`] is its own authority.
    pub fn start_encrypted() -> Result<Self, String> {
        let mut cluster = Self::made()?;
        let output = cluster
            .command("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"])
            .args(["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", "key.pem", "-out", "cert.pem"])
            .output()
            .map_err(|error| format!("openssl is needed for this test: apt-get install openssl ({error})"))?;
        if !output.status.success() {
            return Err(format!("openssl failed: {}", String::from_utf8_lossy(&output.stderr).trim()));
        }
        // Free now; it may be taken by the time it is used, by another test for instance.
        let mut failed = String::new();
        for _ in 0..5 {
            let free = TcpListener::bind(("localhost", 0)).and_then(|socket| socket.local_addr());
            cluster.port = Some(free.map_err(|error| error.to_string())?.port());
            match cluster.resume() {
                Ok(()) => return Ok(cluster),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    fn made() -> Result<Self, String> {
        let programs = programs().ok_or(NOT_INSTALLED)?;
        let folder = tempfile::Builder::new().prefix("weerklank-pg-").tempdir().map_err(|e| e.to_string())?;
        let owner = owner(folder.path())?;
        // From here on the shell removes it.
        let cluster = Self { folder: folder.keep(), programs, owner, port: None, server: None };
        cluster.init()?;
        Ok(cluster)
    }

    /// The address of a database in it.
    pub fn url(&self, database: &str) -> String {
        let port = self.port.unwrap_or(5432);
        format!("postgres://postgres@localhost:{port}/{database}?host={}", self.folder.display())
    }

    /// The address of a database in an encrypted one, by a name of this machine and with words
    /// about TLS: `sslmode=require`.
    pub fn url_by_tls(&self, host: &str, database: &str, query: &str) -> String {
        let port = self.port.expect("a cluster that was started encrypted");
        format!("postgres://postgres@{host}:{port}/{database}?{query}")
    }

    /// The certificate of an encrypted one.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("cert.pem")
    }

    /// Stops the server at once, as a crash would; its data stays for [`Self::resume`].
    pub fn crash(&mut self) {
        if let Some(Server { mut shell, mut pipe }) = self.server.take() {
            // A line, rather than the end of the pipe, means that the folder is still needed.
            writeln!(pipe, "crash").expect("the shell reads");
            shell.wait().expect("the shell ends");
        }
    }

    /// Starts the server; returns when it takes connections.
    pub fn resume(&mut self) -> Result<(), String> {
        const SHELL: &str = r#"
            folder=$1; shift
            "$@" & server=$!
            if read -r _; then kill -QUIT $server; wait $server; exit; fi
            kill -INT $server; wait $server; rm -rf "$folder"
        "#;
        let mut shell = self.command("sh");
        shell
            .process_group(0)
            .args(["-c", SHELL, "sh"])
            .arg(&self.folder)
            .arg(self.programs.join("postgres"));
        shell.arg("-D").arg(self.folder.join("data")).arg("-k").arg(&self.folder);
        let settings = match self.port {
            None => vec!["listen_addresses=".to_owned()],
            Some(port) => vec![
                "listen_addresses=localhost".to_owned(),
                format!("port={port}"),
                "ssl=on".to_owned(),
                format!("ssl_cert_file={}", self.certificate().display()),
                format!("ssl_key_file={}", self.folder.join("key.pem").display()),
            ],
        };
        for setting in settings.iter().map(String::as_str).chain([
            // It need not outlive the machine, only its own crash: each commit is still written.
            "fsync=off",
            "full_page_writes=off",
            "shared_buffers=32MB",
            "max_connections=200",
            "lc_messages=C",
        ]) {
            shell.args(["-c", setting]);
        }
        let mut shell = shell
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("sh does not start: {error}"))?;
        let pipe = shell.stdin.take().ok_or("sh has no input")?;
        let mut log = BufReader::new(shell.stderr.take().ok_or("sh has no log")?).lines();
        let mut said = Vec::new();
        let ready = loop {
            match log.next() {
                Some(Ok(line)) if line.contains("ready to accept connections") => break true,
                Some(Ok(line)) => said.push(line),
                Some(Err(_)) | None => break false,
            }
        };
        if !ready {
            return Err(format!("PostgreSQL does not start: {}", said.join(" / ")));
        }
        // Read on, or the server would wait for room in the pipe.
        std::thread::spawn(move || log.for_each(drop));
        self.server = Some(Server { shell, pipe });
        Ok(())
    }

    fn init(&self) -> Result<(), String> {
        let output = self
            .command(self.programs.join("initdb"))
            .args(["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale"])
            // Sorts as a language does, like the clusters that operators have.
            .args(["--locale-provider=icu", "--icu-locale=en-US"])
            .arg("-D")
            .arg(self.folder.join("data"))
            .output()
            .map_err(|error| format!("initdb does not start: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("initdb failed: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }

    /// PostgreSQL refuses to run as root: then it runs as the user it was installed with.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder).env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin");
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        match self.server.take() {
            Some(Server { mut shell, pipe }) => {
                drop(pipe);
                // Nothing can be done about a shell that is gone.
                let _ = shell.wait();
            }
            None => drop(std::fs::remove_dir_all(&self.folder)),
        }
    }
}

/// A database of its own in the cluster of this process, dropped with this value.
#[derive(Debug)]
pub struct PostgresDatabase {
    url: String,
    name: String,
}

impl PostgresDatabase {
    pub async fn create() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("weerklank_test_{}_{number}", std::process::id());
        run(&format!("CREATE DATABASE {name}")).await;
        Self { url: with_database(shared(), &name), name }
    }

    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A thread, because a runtime cannot be waited for inside another.
        let done = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime")
                .block_on(run(&drop));
        })
        .join();
        // A test that fails says why; this must not hide it.
        assert!(done.is_ok() || std::thread::panicking(), "the test database {} stays", self.name);
    }
}

async fn run(sql: &str) {
    let mut connection = PgConnection::connect(shared()).await.expect("the test cluster answers");
    connection.execute(sqlx::AssertSqlSafe(sql)).await.expect("the test user may make databases");
    connection.close().await.expect("the test cluster answers");
}

/// The address of a database in the cluster of this process.
fn shared() -> &'static str {
    static SHARED: OnceLock<(String, Option<Cluster>)> = OnceLock::new();
    let (url, _) = SHARED.get_or_init(|| match std::env::var(URL_VARIABLE) {
        Ok(url) if !url.is_empty() => (url, None),
        _ => match Cluster::start() {
            Ok(cluster) => (cluster.url("postgres"), Some(cluster)),
            Err(error) => panic!("{error}"),
        },
    });
    url
}

/// The same address, another database.
fn with_database(url: &str, database: &str) -> String {
    let (place, query) = url.split_once('?').map_or((url, None), |(place, query)| (place, Some(query)));
    let scheme = place.find("://").map_or(0, |at| at + 3);
    let server = place[scheme..].find('/').map_or(place, |slash| &place[..scheme + slash]);
    match query {
        Some(query) => format!("{server}/{database}?{query}"),
        None => format!("{server}/{database}"),
    }
}

/// The folder of `initdb` and `postgres`: on the path, or where Debian keeps them, the newest first.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = debian
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_unstable();
    std::env::split_paths(&path)
        .chain(versions.into_iter().rev().map(|(_, programs)| programs))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// Gives the folder to the user that PostgreSQL will run as, where that is not us.
fn owner(folder: &Path) -> Result<Option<(u32, u32)>, String> {
    let ours = std::fs::metadata(folder).map_err(|error| error.to_string())?.uid();
    if ours != 0 {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").map_err(|error| error.to_string())?;
    let find = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    let (user, group) = find("postgres")
        .or_else(|| find("nobody"))
        .ok_or("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")?;
    chown(folder, Some(user), Some(group)).map_err(|error| error.to_string())?;
    Ok(Some((user, group)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_of_an_address_is_replaced() {
        for (url, replaced) in [
            ("postgres://w@localhost/postgres?host=/tmp/x", "postgres://w@localhost/new?host=/tmp/x"),
            ("postgres://w:p@localhost:5433", "postgres://w:p@localhost:5433/new"),
        ] {
            assert_eq!(with_database(url, "new"), replaced);
        }
    }
}
