//! What is said to be stored is on disk: seen from outside, in what the program asks of the kernel.
//! `strace` writes that down; that nothing is lost when the power goes cannot be tried here.

use std::{
    collections::HashMap,
    path::Path,
    process::{Command, Stdio},
};

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};

use crate::process::Desk;

const FILES: usize = 12;
/// Names the `synchronous` of the program that the control watches.
const SYNCHRONOUS: &str = "WEERKLANK_TEST_SYNCHRONOUS";

#[test]
fn a_column_is_on_disk_before_it_is_said_to_be_made() {
    let desk = Desk::new();
    for number in 1..=FILES {
        desk.column(&format!("texts/nummer-{number}.md"), &format!("Regel {number}."));
    }
    let import = desk.command(&["import", "texts", "--database", "sqlite://board.db"]);
    assert_eq!(said_too_soon(&import, &desk.path("trace")), (FILES, Vec::new()));
}

/// The test above can fail: the same is said of a program that only `synchronous` parts from one
/// that waits for the disk.
#[test]
fn who_does_not_wait_for_the_disk_is_found_out() {
    for (synchronous, too_soon) in [("FULL", 0), ("NORMAL", FILES)] {
        let desk = Desk::new();
        let mut program = Command::new(std::env::current_exe().unwrap());
        program.args(["--exact", "durable::the_program_of_the_control", "--ignored", "--nocapture"]);
        program.current_dir(desk.path("")).env(SYNCHRONOUS, synchronous);
        let (said, found) = said_too_soon(&program, &desk.path("trace"));
        assert_eq!((said, found.len()), (FILES, too_soon), "{synchronous}: {found:?}");
    }
}

#[tokio::test]
#[ignore = "the control starts it, under strace and with a setting"]
async fn the_program_of_the_control() {
    use std::io::Write as _;
    let synchronous = std::env::var(SYNCHRONOUS).unwrap();
    let mut options = ConnectOptions::new("sqlite://control.db?mode=rwc");
    options.max_connections(1);
    let database = Database::connect(options).await.unwrap();
    for sql in ["PRAGMA journal_mode = WAL", &format!("PRAGMA synchronous = {synchronous}")] {
        database.execute_unprepared(sql).await.unwrap();
    }
    database.execute_unprepared("CREATE TABLE words (word TEXT)").await.unwrap();
    for number in 1..=FILES {
        database.execute_unprepared(&format!("INSERT INTO words VALUES ('woord {number}')")).await.unwrap();
        std::io::stdout().write_all(format!("  made       nummer-{number}\n").as_bytes()).unwrap();
    }
}

/// Runs a program under `strace`: how often it said `made`, and the lines in which it did before
/// what it had written was on disk.
#[track_caller]
fn said_too_soon(program: &Command, trace: &Path) -> (usize, Vec<String>) {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-s", "200", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o"]);
    strace.arg(trace).arg(program.get_program()).args(program.get_args());
    strace.current_dir(program.get_current_dir().unwrap()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for (name, value) in program.get_envs() {
        strace.env(name, value.unwrap_or_default());
    }
    let output = strace.output().expect("strace is there; on Debian: apt-get install strace");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut watch = Watch::default();
    for line in String::from_utf8_lossy(&std::fs::read(trace).unwrap()).lines() {
        watch.line(line);
    }
    (watch.said, watch.too_soon)
}

/// What was written to the log of a database (`-wal`), and how much of that is on disk.
#[derive(Debug, Default)]
struct Watch {
    /// Writes to the log.
    written: usize,
    /// How many of them were before a wait for the disk that has ended.
    on_disk: usize,
    /// Waits that go on, by thread: how many writes were before them.
    waiting: HashMap<String, usize>,
    /// Writes to the log when something was said last.
    at_last: usize,
    said: usize,
    too_soon: Vec<String>,
}

impl Watch {
    /// A line such as `4711  fsync(14</tmp/board.db-wal>) = 0`; a call during which another thread was
    /// at work stands in two, `… <unfinished ...>` and `<... fsync resumed>) = 0`.
    fn line(&mut self, line: &str) {
        let (thread, call) = line.split_once(' ').unwrap_or((line, ""));
        let call = call.trim_start();
        let of_log = call.contains("-wal>");
        if call.starts_with("write(1<") && call.contains("  made  ") {
            self.said += 1;
            // Nothing new in the log is as wrong as something that is not on disk.
            if self.written == self.at_last || self.on_disk < self.written {
                self.too_soon.push(line.to_owned());
            }
            self.at_last = self.written;
        } else if call.starts_with("pwrite64(") || call.starts_with("write(") {
            self.written += usize::from(of_log);
        } else if call.starts_with("fsync(") || call.starts_with("fdatasync(") {
            if of_log {
                self.waiting.insert(thread.to_owned(), self.written);
            }
            self.ended(thread, call);
        } else if call.starts_with("<... fsync resumed>") || call.starts_with("<... fdatasync resumed>") {
            self.ended(thread, call);
        }
    }

    fn ended(&mut self, thread: &str, call: &str) {
        if call.ends_with("= 0")
            && let Some(before) = self.waiting.remove(thread)
        {
            self.on_disk = self.on_disk.max(before);
        }
    }
}

#[test]
fn a_trace_is_read_right() {
    let made = "1  write(1<pipe:[9]>, \"a.md\\n  made       a\\n\", 20) = 20";
    let write = "2  pwrite64(14</a.db-wal>, \"\\r\"..., 24, 32) = 24";
    let other = "2  pwrite64(9</a.db>, \"\\r\"..., 24, 32) = 24";
    let wait = "2  fsync(14</a.db-wal>)     = 0";
    let (begun, done) = ("2  fdatasync(14</a.db-wal> <unfinished ...>", "2  <... fdatasync resumed>)  = 0");
    for (lines, too_soon) in [
        (&[write, wait, made][..], 0),
        (&[write, begun, done, made], 0),
        (&[write, wait, other, made], 0),
        (&[write, made, wait], 1),
        (&[wait, made], 1),
        (&[write, wait, write, made], 1),
        (&[write, begun, made, done], 1),
        // Of what is written while it waits, a wait says nothing.
        (&[write, begun, "3  pwrite64(15</a.db-wal>, \"\", 1, 1) = 1", done, made], 1),
        (&[write, "2  fsync(9</a.db>) = 0", made], 1),
        (&[write, "2  fsync(14</a.db-wal>) = -1 EIO (Input/output error)", made], 1),
        (&[write, wait, made, made], 1),
    ] {
        let mut watch = Watch::default();
        for line in lines {
            watch.line(line);
        }
        assert_eq!(watch.too_soon.len(), too_soon, "{lines:?}");
    }
}
