//! How long drawing takes: a folder of Markdown against pulldown-cmark's own writer, then hostile
//! texts of 16, 32 and 64 kB.
//!
//! `cargo run -p weerklank-markdown --example ladder --release [content/columns]`

#[path = "../tests/common/hostile.rs"]
mod hostile;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use weerklank_markdown::{Labels, Options, parse_file, render};

/// Budgets of the house: a 64 kB text, and the growth of its time.
const MAX_MILLIS: f64 = 10.0;
const MAX_EXPONENT: f64 = 1.3;
const MAX_RATIO: f64 = 1.5;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "content/columns".to_owned());
    match bodies(Path::new(&folder)) {
        Ok(bodies) if !bodies.is_empty() => compare(&bodies),
        Ok(_) => eprintln!("no Markdown in {folder}"),
        Err(error) => eprintln!("{folder} cannot be read: {error}"),
    }
    climb();
}

fn bodies(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut bodies = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&path)?;
            let name = path.to_string_lossy();
            bodies.push(parse_file(&name, &text).map_or(text, |column| column.body));
        }
    }
    Ok(bodies)
}

fn compare(bodies: &[String]) {
    let bytes: usize = bodies.iter().map(String::len).sum();
    let (mut ours, mut bare) = (Duration::MAX, Duration::MAX);
    // Turn by turn, so that a busy machine slows both.
    for _ in 0..200 {
        ours = ours.min(time(|| bodies.iter().map(|body| draw(body)).sum::<usize>()));
        bare = bare.min(time(|| bodies.iter().map(|body| draw_bare(body)).sum::<usize>()));
    }
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    println!("{} columns, {bytes} bytes, best of 200 turns", bodies.len());
    println!("  weerklank-markdown        {:8.3} ms", millis(ours));
    println!("  pulldown-cmark push_html  {:8.3} ms", millis(bare));
    println!("  ratio                     {ratio:8.2}    budget {MAX_RATIO}{}\n", over(ratio > MAX_RATIO));
}

fn climb() {
    println!("{:40} {:>8} {:>8} {:>8}  {:>4}  {:>5}", "ms for", "16 kB", "32 kB", "64 kB", "exp", "out");
    let (mut slowest, mut steepest, mut longest) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (name, make) in hostile::LADDER {
        let mut times = [0.0; 3];
        let mut growth = 0.0;
        for (step, time_at) in times.iter_mut().enumerate() {
            let text = make(16_384 << step);
            *time_at = millis((0..25).map(|_| time(|| draw(&text))).min().unwrap_or_default());
            growth = ratio(draw(&text), text.len());
        }
        let exponent = (times[2] / times[0]).log2() / 2.0;
        let bad = times[2] > MAX_MILLIS || (exponent > MAX_EXPONENT && times[2] > 0.5);
        println!(
            "{name:40} {:8.2} {:8.2} {:8.2}  {exponent:4.2}  {growth:4.1}×{}",
            times[0],
            times[1],
            times[2],
            over(bad)
        );
        slowest = slowest.max(times[2]);
        steepest = steepest.max(if times[2] > 0.5 { exponent } else { 0.0 });
        longest = longest.max(growth);
    }
    println!(
        "\nslowest {slowest:.2} ms (budget {MAX_MILLIS}), steepest {steepest:.2} (budget {MAX_EXPONENT}), longest {longest:.1}×"
    );
}

fn draw(text: &str) -> usize {
    let labels = Labels {
        advice: "Wat de winkel moet doen",
        law: "De wet",
        checked_on: "Nagekeken op",
        update: "Bijgewerkt",
        note: "Noot",
        footnotes: "Voetnoten",
        footnote_back: "Terug naar verwijzing",
        external_link: "andere site",
        table: "Tabel",
        date: &|date| date.to_string(),
    };
    let options = Options {
        labels: &labels,
        site_origin: Some("https://board.example"),
        heading_base: 2,
        reserved_ids: &[],
        image_size: &|_| None,
        image_sources: &|_| None,
    };
    black_box(render(black_box(text), &options)).html.len()
}

fn draw_bare(text: &str) -> usize {
    use pulldown_cmark::{Options as Extension, Parser, html};
    let dialect = Extension::ENABLE_TABLES
        | Extension::ENABLE_FOOTNOTES
        | Extension::ENABLE_STRIKETHROUGH
        | Extension::ENABLE_TASKLISTS
        | Extension::ENABLE_HEADING_ATTRIBUTES;
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(black_box(text), dialect));
    black_box(out).len()
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[expect(clippy::cast_precision_loss, reason = "sizes of texts are far below 2^52")]
fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}

fn over(bad: bool) -> &'static str {
    if bad { "  OVER BUDGET" } else { "" }
}
