//! When text is on the screen of a cheap telephone on a slow line: a column page of a running server,
//! beside the same text as a bare HTML file, with and without its picture, and beside an empty client-side
//! shell of the same app.
//!
//! `paint ADDRESS PATH DIST ROUNDS` prints one line of JSON. They take turns, each time in a
//! fresh profile, so that a busy moment of the machine meets all of them.

mod site;

use anyhow::{Context as _, ensure};
use serde::{Deserialize, Serialize};
use serde_json::json;
use weerklank_test_support::browser::{Browser, Setting};

use site::Site;

/// What Lighthouse calls slow 4G: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. The
/// protocol counts bytes.
const LATENCY_MS: u32 = 150;
const DOWN: u32 = 1_600_000 / 8;
const UP: u32 = 750_000 / 8;
/// How many times slower than this machine the telephone computes.
const SLOWDOWN: u32 = 4;
/// A telephone held upright, CSS pixels.
const TELEPHONE: Setting = Setting {
    width: 412,
    height: 823,
    dark: false,
    script: true,
    lang: weerklank_domain::Lang::Nl,
    reduced_motion: false,
};

/// Notes what the page itself cannot be asked for later (Paint Timing, Largest Contentful Paint,
/// Layout Instability, Long Tasks).
const WATCH: &str = "
    window.paint = { fcp: null, lcp: null, what: '', shift: 0, long: [] };
    const watch = (type, note) =>
        new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    watch('paint', (e) => { if (e.name === 'first-contentful-paint') paint.fcp = e.startTime; });
    watch('largest-contentful-paint', (e) => { paint.lcp = e.startTime; paint.what = e.element?.localName ?? ''; });
    watch('layout-shift', (e) => { if (!e.hadRecentInput) paint.shift += e.value; });
    watch('longtask', (e) => { paint.long.push([e.startTime, e.duration]); });";

/// Nothing is loaded and nothing long computed for a second and a half.
const QUIET: &str = "document.readyState === 'complete' && performance.now() - Math.max(
    paint.fcp ?? Infinity,
    ...performance.getEntriesByType('resource').map((r) => r.responseEnd),
    ...paint.long.map(([start, duration]) => start + duration)) > 1500";

/// One load of one page, times in milliseconds from its beginning.
#[derive(Debug, Clone, Deserialize, Serialize)]
struct Load {
    /// First contentful paint.
    fcp: f64,
    /// Largest contentful paint, and the element that it was.
    lcp: f64,
    what: String,
    /// Sum of all layout shifts.
    shift: f64,
    /// Start and length of each task over 50 ms.
    long: Vec<(f64, f64)>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [address, path, dist, rounds] = words.as_slice() else {
        anyhow::bail!("paint ADDRESS PATH DIST ROUNDS");
    };
    let rounds: usize = rounds.parse().context("ROUNDS is a number")?;
    ensure!(rounds > 0, "at least one round");
    let page = format!("http://{address}{path}");
    let site = Site::beside(&format!("http://{address}"), path, dist.as_ref()).await?;

    let (mut pages, mut bares, mut pictured, mut shells) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        pages.push(load(&page, true).await);
        bares.push(load(&site.bare, false).await);
        pictured.push(load(&site.pictured, false).await);
        shells.push(load(&site.shell, true).await);
    }
    let mut long: Vec<usize> = pages.iter().map(|load| load.long.len()).collect();
    long.sort_unstable();
    let longest = pages.iter().flat_map(|load| &load.long).map(|task| task.1).fold(0.0, f64::max);
    let answer = json!({
        "rounds": rounds,
        "page": times(&pages),
        "bare": times(&bares),
        "pictured": times(&pictured),
        "shell": times(&shells),
        "shift": pages.iter().map(|load| load.shift).fold(0.0, f64::max),
        "long_tasks": long.last(),
        "long_tasks_median": long[long.len() / 2],
        "longest_task": longest,
    });
    println!("{answer}");
    Ok(())
}

/// Loads an address in a fresh profile. A page of ours counts as done when the app has taken over.
async fn load(url: &str, is_app: bool) -> Load {
    let browser = Browser::open(TELEPHONE).await;
    browser.before_each_page(WATCH).await;
    browser.command("Network.enable", json!({})).await;
    let line = json!({
        "offline": false, "latency": LATENCY_MS, "downloadThroughput": DOWN, "uploadThroughput": UP
    });
    browser.command("Network.emulateNetworkConditions", line).await;
    browser.command("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN })).await;
    browser.goto(url).await;
    if is_app {
        browser.wait_for_app().await;
    }
    browser.wait_until(QUIET).await;
    let load = browser.ask("paint").await;
    // Whatever it complains of shows in the tests; here it would only end the measurement.
    let _ = browser.complaints().await;
    browser.finish().await;
    load
}

/// Medians, with the lowest and the highest of each.
fn times(loads: &[Load]) -> serde_json::Value {
    let spread = |time: fn(&Load) -> f64| {
        let times = || loads.iter().map(time);
        json!([median(times()), times().fold(f64::MAX, f64::min), times().fold(0.0, f64::max)])
    };
    json!({ "fcp": spread(|load| load.fcp), "lcp": spread(|load| load.lcp), "what": loads[0].what })
}

/// The middle one, of an even number the higher.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
