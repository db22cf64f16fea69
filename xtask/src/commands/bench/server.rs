//! The server beside the least that axum can do, and the memory it takes.

use std::fs;

use anyhow::Result;
use serde_json::Value;

use super::Subject;
use super::report::Row;
use super::running::{Bare, Folder, Server};

/// The page that is asked for: the longest sample.
pub const PAGE: &str = "/columns/retour-in-elf-stappen";
/// Words of the generated columns and of none, for searches.
const WORDS: &str =
    "retour,levering,factuur,bezorger,winkel,delivery,refund,retourformulier,leverng,niemandsland";

/// Requests a second, against a bare handler that returns the same bytes.
pub fn throughput(subject: &Subject) -> Result<Vec<Row>> {
    let folder = Folder::new(subject, "throughput")?;
    let database = folder.database();
    subject.weerklank(&["demo", "--database", &database])?;
    let server = Server::start(subject, &folder)?;
    let body = folder.0.join("page.br");
    fs::write(&body, server.get(PAGE)?)?;
    let bare = Bare::start(subject, &body)?;
    let found = subject.bench(&["compare", &server.address.to_string(), &bare.address, PAGE])?;
    let ratio = number(&found, "ratio");
    Ok(vec![Row {
        what: "`GET /columns/{slug}` against a bare axum handler, requests/s".to_owned(),
        budget: "≥ 0.8×".to_owned(),
        measured: format!("{ratio:.2}×"),
        is_met: ratio >= 0.8,
        note: format!(
            "median of {} rounds in turns ({:.2}× to {:.2}×), {} connections, {} bytes as brotli; {:.0}/s beside {:.0}/s with the client on the same cores",
            found["rounds"],
            number(&found, "lowest"),
            number(&found, "highest"),
            found["connections"],
            found["bytes"],
            number(&found, "subject_per_second"),
            number(&found, "control_per_second"),
        ),
    }])
}

/// Resident memory in use, with little and with much content.
pub fn memory(subject: &Subject) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (what, columns, budget) in
        [("the samples", None, 60), ("100,000 generated columns", Some("100000"), 250)]
    {
        let folder = Folder::new(subject, "memory")?;
        let database = folder.database();
        match columns {
            None => subject.weerklank(&["demo", "--database", &database])?,
            Some(columns) => drop(subject.bench(&["fill", &database, columns])?),
        }
        // The index is built by a first start; a server that runs for long was started with it.
        let built = Server::start(subject, &folder)?;
        let (first_start, peak) = (built.ready_after, built.memory("VmHWM")?);
        drop(built);
        let server = Server::start(subject, &folder)?;
        let walked = subject.bench(&["walk", &server.address.to_string(), "--words", WORDS])?;
        let resident = server.memory("VmRSS")?;
        let times = |kind: &str| {
            format!(
                "p50 {:.1} ms, p95 {:.1} ms, n = {}",
                number(&walked[kind], "p50"),
                number(&walked[kind], "p95"),
                walked[kind]["n"]
            )
        };
        rows.push(Row {
            what: format!("resident memory with {what}, after 10,000 requests"),
            budget: format!("≤ {budget} MB"),
            measured: format!("{resident} MB"),
            is_met: resident <= budget,
            note: format!(
                "VmRSS; pages {}; searches by the API {}; started in {:.1} s, with building the index {:.1} s and {peak} MB at most",
                times("pages"), times("searches"), server.ready_after.as_secs_f64(), first_start.as_secs_f64(),
            ),
        });
    }
    Ok(rows)
}

pub fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or(f64::NAN)
}
