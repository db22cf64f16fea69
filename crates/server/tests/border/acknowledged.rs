//! What is said to be received is on disk, also where many writes share one wait for it: seen from
//! outside, as in `durable`. Each submission carries a mark that is looked for in what was written to the
//! log, and each answer the id that belongs to it.

use std::{
    collections::HashMap,
    process::{Command, Stdio},
};

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};

use crate::{process::Desk, wire};

/// Long enough for a page of the database.
const STRACE: [&str; 4] = ["-s", "4200", "-e", "trace=write,writev,sendto,pwrite64,fsync,fdatasync"];
/// Names the `synchronous` of the program that the control watches.
const SYNCHRONOUS: &str = "WEERKLANK_TEST_SYNCHRONOUS";
const CONTROLLED: usize = 20;

/// One after the other: one wait for the disk for each, and hardly one more.
#[tokio::test(flavor = "multi_thread")]
async fn one_client_s_submissions_are_on_disk_before_the_answer() {
    let watch = submitted(1, 150).await;
    assert_eq!((watch.acknowledged, &watch.too_soon), (150, &Vec::new()));
    assert!(watch.syncs <= 150 * 105 / 100, "{} waits for the disk", watch.syncs);
}

/// Many at once share them: it takes no luck, since whoever waits for a turn joins the commit under way.
#[tokio::test(flavor = "multi_thread")]
async fn many_clients_submissions_are_on_disk_before_the_answer() {
    let watch = submitted(64, 850 / 64 + 1).await;
    assert_eq!((watch.acknowledged, &watch.too_soon), (896, &Vec::new()));
    assert!(watch.syncs <= 896 * 6 / 100, "{} waits for the disk", watch.syncs);
}

/// The tests above can fail.
#[test]
fn who_does_not_wait_for_the_disk_is_found_out() {
    for (synchronous, too_soon) in [("FULL", 0), ("NORMAL", CONTROLLED)] {
        let desk = Desk::new();
        let mut strace = Command::new("strace");
        strace.args(["-f", "-y", "-o", "trace"]).args(STRACE).arg(std::env::current_exe().unwrap());
        strace.args(["--exact", "acknowledged::the_program_of_the_control", "--ignored", "--nocapture"]);
        strace.current_dir(desk.path("")).env(SYNCHRONOUS, synchronous).stdout(Stdio::null());
        assert!(strace.status().expect("strace is there; on Debian: apt-get install strace").success());
        let marks = (0..CONTROLLED).map(|number| (format!("id-{number:05}"), mark(0, number))).collect();
        let watch = Watch::of(&desk.trace(), &marks);
        assert_eq!((watch.acknowledged, watch.too_soon.len()), (CONTROLLED, too_soon), "{synchronous}");
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
    for number in 0..CONTROLLED {
        let mark = mark(0, number);
        database.execute_unprepared(&format!("INSERT INTO words VALUES ('{mark}')")).await.unwrap();
        std::io::stdout().write_all(format!("{{\"id\":\"id-{number:05}\"}}\n").as_bytes()).unwrap();
    }
}

/// What a submission is known by in what was written.
fn mark(client: usize, number: usize) -> String {
    format!("merkteken-{client:03}-{number:05}.")
}

/// Submits from so many clients, so often from each, to a server under `strace`.
async fn submitted(clients: usize, each: usize) -> Watch {
    let desk = Desk::new();
    let serving = desk.serve_traced(&STRACE, &["--take-experiences", "--refuse-after", "0"]);
    let address = serving.address;
    let clients: Vec<_> = (0..clients)
        .map(|client| {
            tokio::spawn(async move {
                let mut marks = Vec::new();
                for number in 0..each {
                    let mark = mark(client, number);
                    let draft = serde_json::json!({"negative": {"story": mark, "ratings": {"contact": "2"}}});
                    let answer = wire::post_json(address, "/api/v1/experiences", &draft.to_string()).await;
                    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
                    let answer: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
                    marks.push((answer["id"].as_str().unwrap().to_owned(), mark));
                }
                marks
            })
        })
        .collect();
    let mut marks = HashMap::new();
    for client in clients {
        marks.extend(client.await.unwrap());
    }
    let ended = tokio::task::spawn_blocking(move || serving.terminate()).await.unwrap();
    assert_eq!(ended, Some(0));
    Watch::of(&desk.trace(), &marks)
}

/// What was written to the log of the database (`-wal`), how much of that is on disk, and what was
/// answered.
#[derive(Debug, Default)]
struct Watch {
    /// Writes to the log.
    written: usize,
    /// How many of them were before a wait for the disk that has ended.
    on_disk: usize,
    /// Waits that go on, by thread: how many writes were before them.
    waiting: HashMap<String, usize>,
    /// The first write that held a mark, from 1.
    marked: HashMap<String, usize>,
    /// Waits for the disk, for whatever file, between the first answer and the last.
    syncs: usize,
    at_first: usize,
    syncs_so_far: usize,
    acknowledged: usize,
    /// Ids that were answered before what they stand for was on disk.
    too_soon: Vec<String>,
}

impl Watch {
    /// `marks`: what stands for each id.
    fn of(trace: &str, marks: &HashMap<String, String>) -> Self {
        let mut watch = Self::default();
        for line in trace.lines() {
            watch.line(line, marks);
        }
        watch
    }

    /// As in `durable`: a call during which another thread was at work stands in two lines.
    fn line(&mut self, line: &str, marks: &HashMap<String, String>) {
        let (thread, call) = line.split_once(' ').unwrap_or((line, ""));
        let call = call.trim_start();
        if call.starts_with("pwrite64(") {
            if call.contains("-wal>") {
                self.written += 1;
                for mark in found(call, "merkteken-", "merkteken-000-00000.".len()) {
                    self.marked.entry(mark.to_owned()).or_insert(self.written);
                }
            }
        } else if call.starts_with("fsync(") || call.starts_with("fdatasync(") {
            self.syncs_so_far += 1;
            if call.contains("-wal>") {
                self.waiting.insert(thread.to_owned(), self.written);
            }
            self.ended(thread, call);
        } else if call.starts_with("<... fsync resumed>") || call.starts_with("<... fdatasync resumed>") {
            self.ended(thread, call);
        } else if call.starts_with("write(") || call.starts_with("writev(") || call.starts_with("sendto(") {
            self.answered(call, marks);
        }
    }

    fn ended(&mut self, thread: &str, call: &str) {
        if call.ends_with("= 0")
            && let Some(before) = self.waiting.remove(thread)
        {
            self.on_disk = self.on_disk.max(before);
        }
    }

    fn answered(&mut self, call: &str, marks: &HashMap<String, String>) {
        const ID: &str = "\\\"id\\\":\\\"";
        for (at, _) in call.match_indices(ID) {
            let id = call[at + ID.len()..].split('\\').next().unwrap_or_default();
            let Some(mark) = marks.get(id) else { continue };
            self.acknowledged += 1;
            if self.acknowledged == 1 {
                self.at_first = self.syncs_so_far;
            }
            self.syncs = self.syncs_so_far - self.at_first;
            if self.marked.get(mark).is_none_or(|written| *written > self.on_disk) {
                self.too_soon.push(id.to_owned());
            }
        }
    }
}

/// The places in a text that begin so, in this length.
fn found<'a>(text: &'a str, start: &'a str, length: usize) -> impl Iterator<Item = &'a str> {
    text.match_indices(start).filter_map(move |(at, _)| text.get(at..at + length))
}

#[test]
fn a_trace_is_read_right() {
    let marks: HashMap<String, String> =
        (0..2).map(|number| (format!("id-{number}"), mark(0, number))).collect();
    let write =
        |number| format!("2  pwrite64(14</a.db-wal>, \"\\r{}\"..., 4096, 32) = 4096", mark(0, number));
    let answer = |number| {
        format!("1  sendto(9<socket:[7]>, \"HTTP\\r\\n{{\\\"id\\\":\\\"id-{number}\\\"}}\", 9, 0) = 9")
    };
    let wait = || "2  fdatasync(14</a.db-wal>)     = 0".to_owned();
    let other = || "2  fdatasync(9</a.db>)     = 0".to_owned();
    let begun = || "2  fdatasync(14</a.db-wal> <unfinished ...>".to_owned();
    let done = || "2  <... fdatasync resumed>)  = 0".to_owned();
    for (lines, too_soon) in [
        (vec![write(0), wait(), answer(0)], 0),
        (vec![write(0), write(1), wait(), answer(1), answer(0)], 0),
        (vec![write(0), begun(), done(), answer(0)], 0),
        (vec![write(0), answer(0), wait()], 1),
        (vec![answer(0)], 1),
        (vec![write(0), other(), answer(0)], 1),
        (vec![write(0), begun(), answer(0), done()], 1),
        (vec![write(0), begun(), write(1), done(), answer(0), answer(1)], 1),
        (vec![write(0), wait(), answer(0), answer(1)], 1),
    ] {
        let watch = Watch::of(&lines.join("\n"), &marks);
        assert_eq!(watch.too_soon.len(), too_soon, "{lines:?}");
    }
}
