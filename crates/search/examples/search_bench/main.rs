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
/// Every query is asked this often; the best time of each is shown beside all times, since those
/// include what else the machine was doing.
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
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); KINDS.len()];
    let mut totals = vec![0; KINDS.len()];
    for round in 0..ROUNDS {
        for (kind, asked) in asked.iter().enumerate() {
            for (text, filter) in asked {
                let query = Query { text: text.clone(), filter: filter.clone(), offset: 0, limit: 20 };
                let started = Instant::now();
                let answer = index.search(&query).unwrap();
                times[kind].push(started.elapsed());
                totals[kind] += if round == 0 { answer.total } else { 0 };
            }
        }
    }
    println!("| kind | found, mean | n | p50 ms | p95 ms | max ms | best of {ROUNDS}: n | p95 ms | max ms |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for ((kind, times), total) in KINDS.iter().zip(&times).zip(totals) {
        line(kind, times, Some(total / QUERIES_PER_KIND as u64));
    }
    // Round by round, as the kinds are.
    let all: Vec<Duration> = (0..ROUNDS)
        .flat_map(|round| {
            times.iter().flat_map(move |times| &times[round * QUERIES_PER_KIND..][..QUERIES_PER_KIND])
        })
        .copied()
        .collect();
    line("all", &all, None);
    println!(
        "memory of the process {} MB, of which {} MB its own and {} MB mapped files",
        memory("VmRSS") / 1024,
        memory("RssAnon") / 1024,
        memory("RssFile") / 1024,
    );
}

/// `times` holds all rounds one after the other.
fn line(kind: &str, times: &[Duration], found: Option<u64>) {
    let queries = times.len() / ROUNDS;
    let best = (0..queries).filter_map(|query| times.iter().skip(query).step_by(queries).min().copied());
    let (all, best) = (Times::new(times.to_vec()), Times::new(best.collect()));
    println!(
        "| {kind} | {} | {} | {:.2} | {:.2} | {:.2} | {} | {:.2} | {:.2} |",
        found.map_or_else(String::new, |found| found.to_string()),
        all.0.len(),
        all.at(50),
        all.at(95),
        all.at(100),
        best.0.len(),
        best.at(95),
        best.at(100),
    );
}

struct Times(Vec<Duration>);

impl Times {
    fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// In milliseconds.
    fn at(&self, percent: usize) -> f64 {
        self.0[(self.0.len() * percent / 100).min(self.0.len() - 1)].as_secs_f64() * 1000.0
    }
}

/// A line of `/proc/self/status`, in kB; 0 where there is none.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    value.and_then(|value| value.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
