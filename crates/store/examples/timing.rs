//! Times what pages ask of the store, over generated columns:
//! `cargo run --release -p weerklank-store --example timing -- sqlite:///tmp/timing.db 100000`.
//! A file that holds columns already is used as it is.

use std::time::{Duration, Instant};

use time::OffsetDateTime;
use weerklank_domain::{ColumnFilter, Date, Lang, Moment, PageNumber, Sentiment};
use weerklank_store::{ChangePoint, DatabaseUrl, PoolOptions, Store, StoreError};
use weerklank_test_support::build::{derived, slug};
use weerklank_test_support::generate::Generator;

/// Each call is made so often.
const TIMES: usize = 15;
/// Columns in one transaction.
const BATCH: usize = 1_000;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let url = DatabaseUrl::parse(&arguments.next().unwrap_or_else(|| "sqlite::memory:".to_owned()))?;
    let count: usize = arguments.next().map_or(Ok(100_000), |count| count.parse())?;
    let store = Store::open(&url, &PoolOptions::default()).await?;
    store.migrate().await?;
    if store.is_empty().await? {
        fill(&store, count).await?;
    }
    let today: Date = "2026-11-21".parse()?;
    let start = Instant::now();
    store.shops(PageNumber::FIRST, 1, today).await?;
    println!("{:>9.1?}  first list after the start", start.elapsed());
    lists(&store, today).await?;
    others(&store, today).await
}

async fn fill(store: &Store, count: usize) -> Outcome<()> {
    let now = OffsetDateTime::UNIX_EPOCH;
    let mut columns = Generator::new(1).take(count);
    let mut writing = Duration::ZERO;
    loop {
        let batch: Vec<_> = columns.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            println!("{writing:>9.1?}  import of {count} columns, {BATCH} in a transaction");
            return Ok(());
        }
        let start = Instant::now();
        store.import_columns(&batch, now).await?;
        writing += start.elapsed();
    }
}

async fn lists(store: &Store, today: Date) -> Outcome<()> {
    let none = ColumnFilter::default;
    for (name, filter) in [
        ("all", none()),
        ("sentiment", ColumnFilter { sentiment: Some(Sentiment::Negative), ..none() }),
        ("language", ColumnFilter { lang: Some(Lang::En), ..none() }),
        ("common moment", ColumnFilter { moment: Some(Moment::Orientation), ..none() }),
        ("rarer moment", ColumnFilter { moment: Some(Moment::Aftercare), ..none() }),
        ("common shop", ColumnFilter { shop: Some(slug("boekhuis-1")), ..none() }),
        ("rare shop", ColumnFilter { shop: Some(slug("fietsmarkt-418")), ..none() }),
        ("series", ColumnFilter { series: Some(slug("reeks-7")), ..none() }),
        ("author", ColumnFilter { author: Some(slug("redacteur-1")), ..none() }),
        (
            "moment and author",
            ColumnFilter { moment: Some(Moment::Contact), author: Some(slug("redacteur-1")), ..none() },
        ),
    ] {
        for page in [1, 200] {
            let page = PageNumber::new(page).ok_or("a page")?;
            let total = store.list(&filter, page, 20, today).await?.total;
            let name = format!("list by {name}, page {}, of {total}", page.get());
            time(&name, async || store.list(&filter, page, 20, today).await).await?;
        }
    }
    Ok(())
}

async fn others(store: &Store, today: Date) -> Outcome<()> {
    let filter = ColumnFilter::default();
    let sample = store.feed(&filter, 200, today).await?;
    let column = &sample[100].column;
    let slugs: Vec<_> = sample.iter().step_by(10).map(|stored| stored.column.slug.clone()).collect();
    time("change_seq", async || store.change_seq().await).await?;
    time("column", async || store.column(&column.slug).await).await?;
    time("related", async || store.related(&column.slug, 3, today).await).await?;
    time("cards of 20 hits", async || store.cards(&slugs, today).await).await?;
    time("shops", async || store.shops(PageNumber::FIRST, 50, today).await).await?;
    time("feed of 20", async || store.feed(&filter, 20, today).await).await?;
    time("series", async || store.series(&slug("reeks-7"), today).await).await?;
    time("sitemap", async || store.sitemap(today).await).await?;
    let mut times_over = 0;
    time("list after a change", async || {
        times_over += 1;
        let mut changed = column.clone();
        changed.title = format!("Wijziging {times_over}");
        store.import_column(&changed, &derived(), OffsetDateTime::UNIX_EPOCH).await?;
        store.list(&filter, PageNumber::FIRST, 20, today).await
    })
    .await?;
    let start = Instant::now();
    let mut point = ChangePoint::default();
    let mut seen = 0;
    loop {
        let (columns, next) = store.changed_since(&point, 500).await?;
        if columns.is_empty() {
            break;
        }
        seen += columns.len();
        point = next;
    }
    println!("{:>9.1?}  changed_since over {seen}", start.elapsed());
    Ok(())
}

/// Shows the middle of the times that a call takes.
async fn time<T>(name: &str, mut call: impl AsyncFnMut() -> Result<T, StoreError>) -> Outcome<()> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let start = Instant::now();
        call().await?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!("{:>9.1?}  {name}", times[TIMES / 2]);
    Ok(())
}
