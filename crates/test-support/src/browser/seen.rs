//! What a browser asked for, and what it complained of: from its logs, which need no script in the page.

use serde_json::Value;

/// A request that the browser made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// As the `DevTools` protocol calls it: `Document`, `Fetch`, `Script`, `Image`, `Font`, `Preload`, …
    pub kind: String,
    /// Path and query.
    pub path: String,
    pub url: String,
}

impl Request {
    /// From an entry of the performance log, if it is about a request over HTTP.
    pub(super) fn of(message: &str) -> Option<Self> {
        let entry: Value = serde_json::from_str(message).ok()?;
        let event = &entry["message"];
        if event["method"] != "Network.requestWillBeSent" {
            return None;
        }
        let params = &event["params"];
        let url = params["request"]["url"].as_str()?;
        let path = url.split_once("://").filter(|(scheme, _)| scheme.starts_with("http"))?.1;
        Some(Self {
            kind: params["type"].as_str().unwrap_or("Other").to_owned(),
            path: path.find('/').map_or("/", |start| &path[start..]).to_owned(),
            url: url.to_owned(),
        })
    }
}

/// Runs in every new document before anything of the page's own does: notes what cannot be asked
/// for later.
pub(super) const WATCH: &str = r"
    (() => {
        const seen = { shifts: [], violations: [], server: null };
        Object.defineProperty(window, 'weerklankSeen', { value: seen });
        const box = ({ x, y, width, height }) => `${width}x${height} at ${x},${y}`;
        const moved = ({ node, previousRect, currentRect }) =>
            `${(node?.outerHTML ?? node?.data)?.slice(0, 80)} from ${box(previousRect)} to ${box(currentRect)}`;
        const add = (list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
                seen.shifts.push(`${entry.value} after ${entry.startTime} ms: ${entry.sources.map(moved).join('; ')}`);
            }
        };
        const observer = new PerformanceObserver(add);
        observer.observe({ type: 'layout-shift', buffered: true });
        seen.flush = () => { add({ getEntries: () => observer.takeRecords() }); return seen.shifts; };
        document.addEventListener('securitypolicyviolation', (event) =>
            seen.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
        const find = () => {
            seen.server ??= document.getElementById('app');
            if (seen.server) found.disconnect();
        };
        const found = new MutationObserver(find);
        found.observe(document, { childList: true, subtree: true });
    })();
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_over_http_are_read_from_the_log() {
        let message = |method: &str, url: &str| {
            let params = serde_json::json!({ "type": "Fetch", "request": { "url": url } });
            serde_json::json!({ "message": { "method": method, "params": params } }).to_string()
        };
        let request = Request::of(&message("Network.requestWillBeSent", "http://a:1/x?y=z")).unwrap();
        assert_eq!((&*request.kind, &*request.path), ("Fetch", "/x?y=z"));
        assert_eq!(Request::of(&message("Network.requestWillBeSent", "data:text/plain,x")), None);
        assert_eq!(Request::of(&message("Network.loadingFinished", "http://a:1/")), None);
    }
}
