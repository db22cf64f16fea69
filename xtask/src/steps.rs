//! Saying what is done, and how long it took.

use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Announces a step, does it, and says how long it took. For steps that print while they work.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("{name} …");
    let _ = std::io::stdout().flush();
    let started = Instant::now();
    let result = work()?;
    println!("{name}: {}", seconds(started.elapsed()));
    Ok(result)
}

/// Says that a step had nothing to do.
pub fn in_place(name: &str) {
    println!("{name}: in place");
}

/// A duration as a reader wants it: `0.3 s`, `146 s`.
pub fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 100.0 { format!("{seconds:.1} s") } else { format!("{seconds:.0} s") }
}
