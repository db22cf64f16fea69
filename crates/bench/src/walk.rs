//! Many different pages, one after the other: what memory and times come to in use.

use std::{net::SocketAddr, time::Instant};

use anyhow::ensure;
use serde_json::Value;

use crate::http::{Client, get, get_as};

#[derive(Debug, clap::Args)]
pub struct Args {
    server: SocketAddr,
    /// How many pages to ask for
    #[arg(long, default_value_t = 10_000)]
    requests: usize,
    /// Ask the search of the API for these words too, one in four requests (comma separated)
    #[arg(long, value_delimiter = ',')]
    words: Vec<String>,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let mut client = Client::connect(args.server).await?;
    let columns = columns(&mut client, args.server, args.requests).await?;
    let lists = [
        "/",
        "/en/",
        "/shops",
        "/moments/contact",
        "/?sentiment=negative",
        "/?moment=return&lang=nl",
        "/about",
    ];
    let (mut pages, mut searches) = (Vec::new(), Vec::new());
    for turn in 0..args.requests {
        let is_search = !args.words.is_empty() && turn % 4 == 3;
        let path = if is_search {
            format!("/api/v1/search?q={}", args.words[turn / 4 % args.words.len()])
        } else if turn % 10 == 0 {
            lists[turn / 10 % lists.len()].to_owned()
        } else {
            format!("/columns/{}", columns[turn % columns.len()])
        };
        let started = Instant::now();
        let answer = client.ask(&get(args.server, &path), false).await?;
        let millis = started.elapsed().as_secs_f64() * 1e3;
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
        if is_search { &mut searches } else { &mut pages }.push(millis);
    }
    println!(
        "{}",
        serde_json::json!({ "pages": summary(pages), "searches": summary(searches), "columns": columns.len() })
    );
    Ok(())
}

/// Slugs of published columns, at most `most`, by the API.
async fn columns(client: &mut Client, server: SocketAddr, most: usize) -> anyhow::Result<Vec<String>> {
    let mut slugs = Vec::new();
    let mut cursor = None::<String>;
    while slugs.len() < most {
        let after = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let path = format!("/api/v1/columns?limit=100{after}");
        let answer = client.ask(&get_as(server, &path, "identity"), true).await?;
        let page: Value = serde_json::from_slice(&answer.body)?;
        let items = page["items"].as_array().into_iter().flatten();
        slugs.extend(items.filter_map(|item| item["slug"].as_str()).map(str::to_owned));
        cursor = page["next"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    ensure!(!slugs.is_empty(), "the server has no columns");
    Ok(slugs)
}

/// Milliseconds: how many, median, 95th percentile, longest.
fn summary(mut millis: Vec<f64>) -> Value {
    millis.sort_by(f64::total_cmp);
    let at = |share: usize| millis.get((millis.len() * share / 100).min(millis.len().saturating_sub(1)));
    serde_json::json!({ "n": millis.len(), "p50": at(50), "p95": at(95), "max": millis.last() })
}
