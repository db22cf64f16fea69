//! Times the index over many generated columns: `search_bench [FOLDER] [COLUMNS] [BODY_WORDS]`.
//!
//! Builds the index in the folder unless it is there, then asks in a process of its own, so that the
//! memory measured is that of a server which only serves. Run it in release.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has nothing to report")]

mod generate;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use weerklank_search::{Query, SearchIndex};

use generate::{Generator, queries};

const KINDS: [&str; 13] = [
    "common word",
    "rare word",
    "two words",
    "two common words",
    "four words",
    "phrase",
    "compound part",
    "compound apart",
    "typing error",
    "facets",
    "not all found",
    "stop words",
    "hostile",
];
const QUERIES_PER_KIND: usize = 40;
const ROUNDS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    let folder =
        argument(0).map_or_else(|| std::env::temp_dir().join("weerklank-search-bench"), PathBuf::from);
    let columns: usize = argument(1).map_or(100_000, |n| n.parse().unwrap());
    let body_words: usize = argument(2).map_or(500, |n| n.parse().unwrap());
    if argument(3) == Some("ask") {
        ask(&folder, body_words);
    } else {
        build(&folder, columns, body_words);
        let own = std::env::current_exe().unwrap();
        let size = [columns.to_string(), body_words.to_string()];
        let status = std::process::Command::new(own).arg(&folder).args(size).arg("ask").status().unwrap();
        assert!(status.success());
    }
}

fn build(folder: &Path, columns: usize, body_words: usize) {
    let opened = SearchIndex::open(Some(folder)).unwrap();
    if opened.index.len() == columns as u64 {
        println!("index of {columns} columns is there");
        return;
    }
    let generator = Generator::new(body_words);
    let started = Instant::now();
    let mut bytes = 0;
    let documents = (0..columns).map(|number| generator.document(number)).inspect(|document| {
        bytes += document.public.as_ref().map_or(0, |public| public.body.len());
    });
    opened.index.apply(documents, columns as u64).unwrap();
    println!(
        "built from {columns} columns ({} B of body on average) in {:.1} s, most memory {} MB",
        bytes / columns,
        started.elapsed().as_secs_f64(),
        memory("VmHWM") / 1024,
    );
}

fn ask(folder: &Path, body_words: usize) {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len());
    let size: u64 = files.sum();
    let generator = Generator::new(body_words);
    let asked: Vec<_> = KINDS.iter().map(|kind| queries(&generator, kind, QUERIES_PER_KIND)).collect();
    drop(generator);
    let before = memory("VmRSS");
    let started = Instant::now();
    let index = SearchIndex::open(Some(folder)).unwrap().index;
    println!(
        "opened {} columns, {} MB on disk, in {:.2} s; memory of the process {} MB, of which {} MB its own; {} MB before",
        index.len(),
        size / 1_000_000,
        started.elapsed().as_secs_f64(),
        memory("VmRSS") / 1024,
        memory("RssAnon") / 1024,
        before / 1024,
    );
    let mut times: Vec<Vec<Spent>> = vec![Vec::new(); KINDS.len()];
    let mut totals = vec![0; KINDS.len()];
    for round in 0..ROUNDS {
        for (kind, asked) in asked.iter().enumerate() {
            for (text, filter) in asked {
                let query = Query { text: text.clone(), filter: filter.clone(), offset: 0, limit: 20 };
                let (started, used) = (Instant::now(), processor());
                let answer = index.search(&query).unwrap();
                times[kind]
                    .push(Spent { elapsed: started.elapsed(), processor: processor().saturating_sub(used) });
                totals[kind] += if round == 0 { answer.total } else { 0 };
            }
        }
    }
    println!("| kind | found, mean | n | p50 ms | p95 ms | max ms | processor p50 ms | p95 ms | max ms |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for ((kind, times), total) in KINDS.iter().zip(&times).zip(totals) {
        line(kind, times, Some(total / QUERIES_PER_KIND as u64));
    }
    line("all", &times.concat(), None);
    println!(
        "memory of the process {} MB, of which {} MB its own and {} MB mapped files",
        memory("VmRSS") / 1024,
        memory("RssAnon") / 1024,
        memory("RssFile") / 1024,
    );
}

/// What one query took: as the reader waits, and of a processor. On a machine that does other things
/// as well the second says what the query costs.
#[derive(Clone, Copy)]
struct Spent {
    elapsed: Duration,
    processor: Duration,
}

fn line(kind: &str, times: &[Spent], found: Option<u64>) {
    let elapsed = Times::new(times.iter().map(|time| time.elapsed));
    let processor = Times::new(times.iter().map(|time| time.processor));
    println!(
        "| {kind} | {} | {} | {elapsed} | {processor} |",
        found.map_or_else(String::new, |found| found.to_string()),
        times.len(),
    );
}

struct Times(Vec<Duration>);

impl Times {
    fn new(times: impl Iterator<Item = Duration>) -> Self {
        let mut times: Vec<_> = times.collect();
        times.sort_unstable();
        Self(times)
    }

    /// In milliseconds.
    fn at(&self, percent: usize) -> f64 {
        self.0[(self.0.len() * percent / 100).min(self.0.len() - 1)].as_secs_f64() * 1000.0
    }
}

/// Median, 95th percentile and longest, in milliseconds.
impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} | {:.2} | {:.2}", self.at(50), self.at(95), self.at(100))
    }
}

/// What this thread has had of a processor.
#[cfg(target_os = "linux")]
fn processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.try_into().unwrap()
}

/// Unknown here.
#[cfg(not(target_os = "linux"))]
fn processor() -> Duration {
    Duration::ZERO
}

/// A line of `/proc/self/status`, in kB; 0 where there is none.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    value.and_then(|value| value.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
