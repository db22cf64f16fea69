//! An operator's own folder of Markdown, imported and read.

use std::fs;
use std::path::Path;

use weerklank_test_support::browser::{Board, Browser, Setting};
use weerklank_test_support::database::TestDatabase;

const FIRST: &str = "---
title: De fiets die zelf terugkwam
date: 2026-04-01
authors: [Anna Eigenhand]
lang: nl
sentiment: positive
moments: [delivery, aftercare]
shops: [Rijwielhuis Ketting]
series: { name: Eigen reeks, number: 1 }
summary: Een fiets komt terug, met een brief.
---
Een regel vooraf, met een noot.[^een]

## Wat er gebeurde {.positive}

> [!QUOTE] De fietsenmaker
> Die had ik nog liggen.

| Dag | Wat |
|---|---|
| maandag | niets |
| dinsdag | de fiets |

> [!ADVICE]
> Bel even.

[^een]: De noot zelf.
";

const SECOND: &str = "---
title: A reply in two lines
date: 2026-04-02
lang: en
sentiment: mixed
moments: [contact]
series: { name: Eigen reeks, number: 3 }
---
It was short. It helped. See [the first part](/columns/de-fiets-die-zelf-terugkwam).
";

fn write(folder: &Path) {
    fs::create_dir(folder.join("meer")).expect("a folder");
    fs::write(folder.join("de-fiets-die-zelf-terugkwam.md"), FIRST).expect("a file");
    fs::write(folder.join("meer/a-reply.md"), SECOND).expect("a file");
}

async fn imported_and_read(script: bool) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path());
    let board = Board::empty(TestDatabase::sqlite().await).await;
    let browser = Browser::open(Setting { script, ..Setting::default() }).await;
    browser.goto(&board.url("/")).await;
    assert_eq!(browser.count("ol.cards > li").await, 0, "nothing is there yet");

    board.import(folder.path()).await;
    browser.reload().await;
    if script {
        browser.wait_for_app().await;
    }
    let titles = browser.texts("ol.cards h3").await;
    assert_eq!(titles, ["A reply in two lines", "De fiets die zelf terugkwam"], "newest first");
    browser.click("h3 a[href='/columns/a-reply']").await;
    browser.wait_until("document.querySelector('article.column')").await;
    browser.click(".prose a").await;
    browser.wait_for_path("/columns/de-fiets-die-zelf-terugkwam").await;
    browser.wait_until("document.querySelector('h1').innerText === 'De fiets die zelf terugkwam'").await;
    let text = browser.text("article.column").await;
    for words in [
        "Een regel vooraf",
        "Die had ik nog liggen.",
        "Bel even.",
        "dinsdag",
        "De noot zelf.",
        "Anna Eigenhand",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    browser.click(".neighbours a[rel=next]").await;
    browser.wait_for_path("/columns/a-reply").await;
    browser.goto(&board.url("/search?q=fietsenmaker")).await;
    assert_eq!(browser.count("ol.cards > li").await, 1, "search knows it at once");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_script() {
    imported_and_read(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_script() {
    imported_and_read(false).await;
}
