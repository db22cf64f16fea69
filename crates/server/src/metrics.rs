//! Numbers for an operator's monitoring, in Prometheus' text format.

use std::{borrow::Cow, sync::atomic::AtomicU64, time::Duration};

use axum::http::StatusCode;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use weerklank_store::MailCounts;

/// The metrics of one server.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabels, Histogram>,
    pub pages_drawn: Counter,
    pub database_up: Gauge,
    pub search_up: Gauge,
    pub sequence: Gauge<u64, AtomicU64>,
    mails: Family<MailLabels, Counter>,
    mails_waiting: Gauge<u64, AtomicU64>,
    mails_unconfirmed: Gauge<u64, AtomicU64>,
    mails_dead: Gauge<u64, AtomicU64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct MailLabels {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    route: Cow<'static, str>,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: Cow<'static, str>,
}

/// Seconds: from a kept page to a search on a bad day.
const BUCKETS: [f64; 9] = [0.000_1, 0.000_5, 0.002, 0.01, 0.05, 0.1, 0.25, 1.0, 5.0];

impl Metrics {
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("weerklank");
        let requests = Family::default();
        let seconds: Family<RouteLabels, Histogram> =
            Family::new_with_constructor(|| Histogram::new(BUCKETS));
        let (pages_drawn, sequence) = (Counter::default(), Gauge::default());
        let (database_up, search_up) = (Gauge::default(), Gauge::default());
        registry.register(
            "http_requests",
            "Requests answered, by route and status",
            Family::clone(&requests),
        );
        registry.register(
            "http_request_seconds",
            "Time from request to response head",
            Family::clone(&seconds),
        );
        registry.register("pages_drawn", "Pages drawn because none was kept", Counter::clone(&pages_drawn));
        registry.register(
            "database_up",
            "Whether the database answered the last time it was asked",
            Gauge::clone(&database_up),
        );
        registry.register(
            "search_up",
            "Whether the search index is up to date and in its folder",
            Gauge::clone(&search_up),
        );
        registry.register(
            "change_sequence",
            "The change of the database that pages show",
            Gauge::clone(&sequence),
        );
        let mails = Family::default();
        registry.register("mails", "Attempts to send a mail, by what came of them", Family::clone(&mails));
        let [mails_waiting, mails_unconfirmed, mails_dead] = [
            ("mails_waiting", "Mails that are to be sent, now or later"),
            ("mails_unconfirmed", "Of these, those that wait until their address is confirmed"),
            ("mails_dead", "Mails that were given up"),
        ]
        .map(|(name, help)| {
            let gauge = Gauge::default();
            registry.register(name, help, Gauge::clone(&gauge));
            gauge
        });
        Self {
            registry,
            requests,
            seconds,
            pages_drawn,
            database_up,
            search_up,
            sequence,
            mails,
            mails_waiting,
            mails_unconfirmed,
            mails_dead,
        }
    }

    /// What came of an attempt: `sent`, `again` or `dead`.
    pub fn mail(&self, outcome: &'static str) {
        self.mails.get_or_create(&MailLabels { outcome }).inc();
    }

    /// How many mails there are.
    pub fn mails(&self, counts: MailCounts) {
        self.mails_waiting.set(counts.waiting);
        self.mails_unconfirmed.set(counts.unconfirmed);
        self.mails_dead.set(counts.dead);
    }

    pub fn request(&self, route: Cow<'static, str>, status: StatusCode, elapsed: Duration) {
        self.seconds.get_or_create(&RouteLabels { route: route.clone() }).observe(elapsed.as_secs_f64());
        self.requests.get_or_create(&RequestLabels { route, status: status.as_u16() }).inc();
    }

    /// The text that a collector reads.
    pub fn encode(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _written = encode(&mut text, &self.registry);
        text
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
