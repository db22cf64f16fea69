//! A column whose every field is an attack. Nothing of it runs: with the policy on, which would stop
//! it, nor with the policy off, which shows that nothing relies on it.

use weerklank_test_support::browser::{Board, Browser, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::arrive;

/// Every text field carries something that runs where it lands unescaped: in text, in an attribute,
/// in an address, in the JSON of the page and in JSON-LD.
const COLUMN: &str = r#"---
title: "Titel <img src=x onerror='hacked=1'> </title><script>hacked=1</script>"
date: 2026-05-01
authors: ["<svg onload=hacked=1>", "\"><script>hacked=1</script>"]
lang: nl
sentiment: negative
moments: [contact]
shops: ["<iframe srcdoc='<script>parent.hacked=1</script>'>", "'\" onmouseover=hacked=1 x='"]
series: { name: "</script><script>hacked=1</script>", number: 1 }
guest: { name: "<b onclick=hacked=1>Gast", role: "</p><script>hacked=1</script>", organisation: "{{constructor.constructor('hacked=1')()}}" }
first_published: { in: "<img src=x onerror=hacked=1>", issue: "\"><script>hacked=1</script>", date: 2015-12-16, url: "https://example.org/'onmouseover='hacked=1" }
summary: "<!--<script>hacked=1</script>--> \u2028 ]]> <style>*{display:none}</style>"
tags: ["<script>hacked=1</script>", "'-hacked=1-'", "javascript:hacked=1"]
image: { src: "/images/doos-met-lamp.svg", alt: "\" onload=\"hacked=1", credit: "<script>hacked=1</script>" }
---
<script>hacked=1</script>

<img src=x onerror=hacked=1><svg/onload=hacked=1><details open ontoggle=hacked=1>

[klik](javascript:hacked=1) [klik](JaVaScRiPt&colon;hacked=1) [klik](data:text/html,<script>hacked=1</script>)
[klik](vbscript:hacked=1) [klik](<java	script:hacked=1>) <javascript:hacked=1>

![plaat](javascript:hacked=1 "\" onerror=hacked=1") ![" onerror="hacked=1](x.png)

## Kop <img src=x onerror=hacked=1> {#x"onclick="hacked=1 .positive onclick=hacked=1}

> [!QUOTE] <img src=x onerror=hacked=1>
> </blockquote><script>hacked=1</script>

> [!LAW] <script>hacked=1</script>, checked 2026-11-01
> Regel.

Noot[^1] en `</code><script>hacked=1</script>`.

```html"><script>hacked=1</script>
</pre><script>hacked=1</script>
```

| <script>hacked=1</script> | b |
|---|---|
| <img src=x onerror=hacked=1> | c |

[^1]: <script>hacked=1</script>
"#;

const SAFE: &str =
    "---\ntitle: Veilig\ndate: 2026-04-01\nlang: nl\nsentiment: mixed\nmoments: [contact]\n---\nTekst.\n";

async fn nothing_runs(with_policy: bool) {
    let board = Board::empty(TestDatabase::sqlite().await).await;
    board.app.store_file("aanval.md", COLUMN).await;
    board.app.store_file("veilig.md", SAFE).await;
    let browser = Browser::open(Setting::default()).await;
    if !with_policy {
        browser.ignore_policy().await;
    }
    let query = "/search?q=%22%3E%3Cscript%3Ehacked%3D1%3C/script%3E%3Cimg+src%3Dx+onerror%3Dhacked%3D1%3E";
    arrive(&board, &browser, "/").await;
    let links: Vec<String> = browser
        .ask("[...document.querySelectorAll('main a')].filter((a) => a.origin === location.origin).map((a) => a.pathname + a.search)")
        .await;
    for path in
        links.iter().map(String::as_str).chain(["/columns/aanval", "/shops", "/search?q=hacked", query])
    {
        // Drawn by the server, then by the app.
        arrive(&board, &browser, path).await;
        assert_untouched(&browser, path).await;
        // Come to from another page, so that it is drawn from its data alone.
        browser.click("header.site a.mark").await;
        browser.wait_for_path("/").await;
        browser.back().await;
        browser.wait_until(&format!("location.pathname + location.search !== '/' || {path:?} === '/'")).await;
        assert_untouched(&browser, path).await;
    }
    arrive(&board, &browser, "/columns/aanval").await;
    // Whatever looks like a link is tried.
    browser.run("document.querySelectorAll('.prose a').forEach((a) => a.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })))").await;
    let schemes: Vec<String> =
        browser.ask("[...new Set([...document.links].map((a) => a.protocol))].sort()").await;
    assert_eq!(schemes, ["http:", "https:"]);
    assert_untouched(&browser, "/columns/aanval").await;
    // The picture that is not there is missed; nothing else is.
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("404")), "{complaints:?}");
    browser.finish().await;
}

async fn assert_untouched(browser: &Browser, path: &str) {
    let state: (String, usize, usize) = browser
        .ask(
            // The board's own forms are for searching, for recognising and for commenting.
            "[typeof window.hacked,
              [...document.querySelectorAll('#app script, #app style, #app iframe, #app form')]
                  .filter((e) => !e.matches('[role=search], .voices form[action$=\"/reaction\"], .voices form[action$=\"/comment\"]')).length,
              [...document.querySelectorAll('#app *')].flatMap((e) => [...e.attributes])
                  .filter((a) => a.name.startsWith('on') || a.name === 'srcdoc').length]",
        )
        .await;
    assert_eq!(state, ("undefined".to_owned(), 0, 0), "{path}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_under_the_policy() {
    nothing_runs(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_without_the_policy_either() {
    nothing_runs(false).await;
}
