//! The least that axum does for a page: one route that returns bytes from memory.

use std::{net::SocketAddr, path::PathBuf};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderName, header},
    routing::get,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The body of every answer
    file: PathBuf,
    /// Its `Content-Type`
    #[arg(long, default_value = "text/html; charset=utf-8")]
    content_type: String,
    /// Its `Content-Encoding`, if any
    #[arg(long)]
    encoding: Option<String>,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let body = Bytes::from(std::fs::read(&args.file)?);
    let headers: Vec<(HeaderName, String)> = std::iter::once((header::CONTENT_TYPE, args.content_type))
        .chain(args.encoding.map(|encoding| (header::CONTENT_ENCODING, encoding)))
        .collect();
    let handler = move || {
        let (headers, body) = (headers.clone(), body.clone());
        async move { (axum::response::AppendHeaders(headers), body) }
    };
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    println!("{}", serde_json::json!({ "address": listener.local_addr()?.to_string() }));
    axum::serve(listener, Router::new().fallback(get(handler))).await?;
    Ok(())
}
