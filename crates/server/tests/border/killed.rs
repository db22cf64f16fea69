//! `kill -9`, at any moment.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Lines, Write as _},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::Instant,
};

use sea_orm::{ConnectionTrait as _, Database, DbBackend, Statement};
use time::OffsetDateTime;
use weerklank_domain::Column;
use weerklank_store::{DatabaseUrl, PoolOptions, Store};
use weerklank_test_support::{build::derived, database::TestDatabase, postgres::PostgresDatabase};

use crate::process::Desk;

const ROUNDS: usize = 20;
const FILES: usize = 40;

/// A desk with files that fill every table, and the columns that they are.
fn desk_with_files() -> (Desk, BTreeMap<String, Column>) {
    let desk = Desk::new();
    let mut columns = BTreeMap::new();
    for number in 1..=FILES {
        let slug = format!("nummer-{number}");
        let text = format!(
            "---\ntitle: Nummer {number}\ndate: 2026-05-01\nlang: nl\nsentiment: mixed\n\
             authors: [Auteur {number}, Redactie]\nshops: [Winkel {number}, Elke dag]\n\
             moments: [delivery, contact]\ntags: [een, twee]\nseries: {{ name: Reeks, number: {number} }}\n\
             ---\nEen regel.\n"
        );
        desk.write(&format!("texts/{slug}.md"), &text);
        let column = weerklank_markdown::parse_file(&format!("{slug}.md"), &text).unwrap();
        columns.insert(slug, column);
    }
    (desk, columns)
}

/// An import that is under way.
struct Importing {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Slugs of what it said that it made.
    made: Vec<String>,
}

impl Importing {
    fn start(desk: &Desk, database: &str) -> Self {
        Self::of(desk.start(&["import", "texts", "--database", database]))
    }

    /// A program that says as an import does what it made.
    fn of(mut child: Child) -> Self {
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines, made: Vec::new() }
    }

    /// Reads until it has said so of so many, or ends.
    fn read(&mut self, made: usize) {
        while self.made.len() < made {
            let Some(line) = self.lines.next() else { break };
            if let Some(rest) = line.unwrap().trim_start().strip_prefix("made ") {
                self.made.push(rest.split_whitespace().next().unwrap().to_owned());
            }
        }
    }

    /// Kills it; everything that it said until then.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.read(usize::MAX);
        self.made
    }
}

/// Insists that the columns in a database are whole, and gives their slugs.
async fn whole(database: &str, columns: &BTreeMap<String, Column>) -> Vec<String> {
    let url = DatabaseUrl::parse(database).unwrap();
    let store = Store::open(&url, &PoolOptions::default()).await.unwrap();
    let stored = store.all_columns(None, 1_000).await.unwrap();
    store.close().await.unwrap();
    let mut slugs = Vec::new();
    for column in stored.into_iter().map(|stored| stored.column) {
        assert_eq!(Some(&column), columns.get(column.slug.as_str()), "half of it");
        slugs.push(column.slug.to_string());
    }
    slugs
}

/// Numbers that look random and are the same in every run.
fn scattered(round: usize) -> usize {
    round.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32
}

/// Kills what imports once it has said so of so many: what it said, what is there, and what of that
/// which it said is not.
async fn killed(
    mut importing: Importing,
    after: usize,
    columns: &BTreeMap<String, Column>,
    database: &str,
) -> (Vec<String>, Vec<String>, Vec<String>) {
    importing.read(after);
    let said = importing.kill();
    let there = whole(database, columns).await;
    let lost = said.iter().filter(|slug| !there.contains(slug)).cloned().collect();
    (said, there, lost)
}

async fn nothing_said_is_lost(desk: &Desk, columns: &BTreeMap<String, Column>, database: &str, round: usize) {
    let importing = Importing::start(desk, database);
    let after = 1 + scattered(round) % (FILES - 5);
    let (said, there, lost) = killed(importing, after, columns, database).await;
    assert!(lost.is_empty(), "round {round}: {lost:?} was said to be made, and is not there");
    let checked = desk.run(&["doctor", "--database", database]).done();
    assert!(checked.contains("ok   database: "), "{checked}");
    assert!(there.len() <= said.len() + 1, "what is stored is said at once: {there:?} {said:?}");

    let again = desk.run(&["import", "texts", "--database", database]).done();
    assert!(again.contains(&format!("{FILES} columns: ")) && again.contains(" 0 changed, "), "{again}");
    assert_eq!(whole(database, columns).await.len(), FILES);
}

#[tokio::test]
async fn an_import_into_sqlite_loses_nothing_it_said() {
    let (desk, columns) = desk_with_files();
    for round in 0..ROUNDS {
        let database = format!("sqlite://{}", desk.path(&format!("round-{round}.db")).display());
        nothing_said_is_lost(&desk, &columns, &database, round).await;
    }
}

#[tokio::test]
async fn an_import_into_postgres_loses_nothing_it_said() {
    let (desk, columns) = desk_with_files();
    for round in 0..ROUNDS {
        let database = TestDatabase::postgres().await;
        nothing_said_is_lost(&desk, &columns, database.address(), round).await;
    }
}

/// What the program of the control is told: whether it stores or says so first, where it stores, and
/// how many.
const ORDER: &str = "WEERKLANK_TEST_ORDER";
const DATABASE: &str = "WEERKLANK_TEST_DATABASE";
const AFTER: &str = "WEERKLANK_TEST_AFTER";
const CONTROL_FILES: usize = 8;

/// The tests above can fail: of two programs that only the order of storing and saying parts, the one
/// that says it first is found to have lost what it said last.
#[tokio::test]
async fn who_says_it_before_it_is_stored_is_found_out() {
    for (order, lost_each) in [("stored, then said", 0), ("said, then stored", 1)] {
        let (desk, columns) = desk_with_files();
        for after in 1..=CONTROL_FILES {
            let database = format!("sqlite://{}", desk.path(&format!("{after}.db")).display());
            let mut program = Command::new(std::env::current_exe().unwrap());
            program.args(["--exact", "killed::the_program_of_the_control", "--ignored", "--nocapture"]);
            program.current_dir(desk.path("")).env(ORDER, order);
            program.env(DATABASE, &database).env(AFTER, after.to_string());
            // Nobody writes there: a program that reads from it waits until it is killed.
            program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
            let importing = Importing::of(program.spawn().unwrap());
            let (said, _, lost) = killed(importing, after, &columns, &database).await;
            assert_eq!((said.len(), lost.len()), (after, lost_each), "{order}: {said:?} {lost:?}");
        }
    }
}

/// Waits for a word from its input, which never comes, once it has said so of as many as it is told.
#[tokio::test]
#[ignore = "the control starts it, with settings, and kills it"]
async fn the_program_of_the_control() {
    let of = |name: &str| std::env::var(name).unwrap();
    let (order, after) = (of(ORDER), of(AFTER).parse::<usize>().unwrap());
    let url = DatabaseUrl::parse(&of(DATABASE)).unwrap();
    let store = Store::open(&url, &PoolOptions::default()).await.unwrap();
    store.migrate().await.unwrap();
    let say = |slug: &str, number: usize| {
        let mut out = std::io::stdout();
        // On a line of its own, whatever the frame of the tests wrote before.
        out.write_all(format!("\n  made       {slug}\n").as_bytes()).unwrap();
        out.flush().unwrap();
        if number == after {
            std::io::stdin().read_line(&mut String::new()).unwrap();
        }
    };
    for number in 1..=after {
        let slug = format!("nummer-{number}");
        let text = std::fs::read_to_string(format!("texts/{slug}.md")).unwrap();
        let column = weerklank_markdown::parse_file(&slug, &text).unwrap();
        let is_broken = order == "said, then stored";
        if is_broken {
            say(&slug, number);
        }
        store.import_column(&column, &derived(), OffsetDateTime::UNIX_EPOCH).await.unwrap();
        if !is_broken {
            say(&slug, number);
        }
    }
}

/// How many tables a database has.
async fn tables(address: &str) -> i64 {
    let connection = Database::connect(address).await.unwrap();
    let backend = connection.get_database_backend();
    let asked = match backend {
        DbBackend::Postgres => "SELECT count(*) AS n FROM pg_tables WHERE schemaname = 'public'",
        _ => "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table'",
    };
    let row = connection.query_one_raw(Statement::from_string(backend, asked)).await.unwrap().unwrap();
    let count = row.try_get("", "n").unwrap();
    connection.close().await.unwrap();
    count
}

/// Kills a first start at moments spread over all of its length.
async fn all_tables_or_none(addresses: impl AsyncFn(usize) -> String) {
    let desk = Desk::new();
    desk.column("een.md", "Een regel.");
    let first = |address: &str| desk.start(&["import", "een.md", "--database", address]);
    let began = Instant::now();
    let usual = addresses(0).await;
    assert!(first(&usual).wait().unwrap().success());
    let (length, complete) = (began.elapsed(), tables(&usual).await);
    assert!(complete > 5);

    for round in 1..=ROUNDS {
        let address = addresses(round).await;
        let moment = length * u32::try_from(scattered(round) % 1000).unwrap() / 1000;
        let (began, mut starting) = (Instant::now(), first(&address));
        while began.elapsed() < moment && starting.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        starting.kill().unwrap();
        starting.wait().unwrap();
        // Killed so early that there is no file yet, it left no table either.
        if address.strip_prefix("sqlite://").is_none_or(|path| Path::new(path).exists()) {
            let found = tables(&address).await;
            assert!(found == 0 || found == complete, "round {round}: {found} of {complete} tables");
        }
        desk.run(&["import", "een.md", "--database", &address]).done();
        assert_eq!(tables(&address).await, complete);
        let checked = desk.run(&["doctor", "--database", &address]).done();
        assert!(checked.contains("ok   database: "), "{checked}");
    }
}

#[tokio::test]
async fn a_first_start_on_sqlite_leaves_all_tables_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let address = |round| format!("sqlite://{}", folder.path().join(format!("{round}.db")).display());
    all_tables_or_none(async |round| address(round)).await;
}

#[tokio::test]
async fn a_first_start_on_postgres_leaves_all_tables_or_none() {
    let mut databases = Vec::new();
    for _ in 0..=ROUNDS {
        databases.push(PostgresDatabase::create().await);
    }
    all_tables_or_none(async |round| databases[round].url().to_owned()).await;
}

async fn a_backup_holds_what_was_said_before(
    desk: &Desk,
    columns: &BTreeMap<String, Column>,
    database: &str,
) {
    let mut importing = Importing::start(desk, database);
    for number in 1..=3 {
        importing.read(number * 6);
        let (copy, restored) = (format!("copy-{number}.db"), format!("restored-{number}.db"));
        desk.run(&["backup", &copy, "--database", database]).done();
        let new = format!("sqlite://{}", desk.path(&restored).display());
        desk.run(&["restore", &copy, "--database", &new]).done();
        let there = whole(&new, columns).await;
        for slug in &importing.made {
            assert!(there.contains(slug), "{slug} was there when backup {number} was taken");
        }
    }
    importing.read(usize::MAX);
    assert!(importing.child.wait().unwrap().success());
    assert_eq!(importing.made.len(), FILES);
}

#[tokio::test]
async fn a_backup_of_sqlite_taken_while_importing_is_whole() {
    let (desk, columns) = desk_with_files();
    let file = format!("sqlite://{}", desk.path("weerklank.db").display());
    a_backup_holds_what_was_said_before(&desk, &columns, &file).await;
}

#[tokio::test]
async fn a_backup_of_postgres_taken_while_importing_is_whole() {
    let (desk, columns) = desk_with_files();
    let postgres = TestDatabase::postgres().await;
    a_backup_holds_what_was_said_before(&desk, &columns, postgres.address()).await;
}
