//! The server's page is read at once; the app takes it over without a trace.

use weerklank_test_support::browser::{Board, Browser, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::{LONG, LONG_TITLE, PAGES, arrive, asked_for, opened, opened_with};

/// The markup under an element as nested lists: comments left out, text in one piece, attributes in
/// order. The buttons of what this browser can do are hidden until the app has asked it.
const TREE: &str = "
    const tree = (node) => node.nodeType === Node.TEXT_NODE ? node.data : [
        node.localName,
        ...[...node.attributes].map((a) => `${a.name}=${a.value}`).sort(),
        ...[...node.childNodes].map(tree),
    ];
    const read = (root) => {
        const copy = root.cloneNode(true);
        copy.querySelectorAll('[data-share]').forEach((button) => button.removeAttribute('hidden'));
        const comments = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
        const found = [];
        while (comments.nextNode()) found.push(comments.currentNode);
        found.forEach((comment) => comment.remove());
        copy.normalize();
        return JSON.stringify(tree(copy), null, 1).split('\\n');
    };
    const drawn = read(document.getElementById('app'));
    const whole = new DOMParser().parseFromString(argument, 'text/html').getElementById('app');
    // Which of the two it is, the style has to know.
    whole.removeAttribute('class');
    const sent = read(whole);
    return drawn.findIndex((line, index) => line !== sent[index]) < 0 && drawn.length === sent.length
        ? [] : drawn.map((line, index) => [sent[index], line]).filter(([a, b]) => a !== b).slice(0, 4);
";

/// Where the app's markup differs from what the server sent: the first few lines of both.
async fn differences(board: &Board, browser: &Browser, path: &str) -> Vec<(Option<String>, String)> {
    let sent = board.app.get_with(path, &[("accept-language", "nl")]).await.text();
    let answer = browser.run_async(TREE, sent.into()).await;
    serde_json::from_value(answer.clone()).unwrap_or_else(|_| panic!("{answer}"))
}

/// The journey that every database must allow.
async fn a_column_is_read(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    let browser = Browser::open(Setting::default()).await;
    browser.goto(&board.url(LONG)).await;
    browser.wait_for_app().await;

    let taken: bool = browser
        .ask("weerklankSeen.server !== document.getElementById('app') && !weerklankSeen.server.isConnected")
        .await;
    assert!(taken, "the app draws a page of its own");
    assert_eq!(browser.text("h1").await, LONG_TITLE);
    assert_eq!(browser.title().await, format!("{LONG_TITLE} · Weerklank"));
    assert_eq!(differences(&board, &browser, LONG).await, [], "the same markup, server's and app's");
    assert_eq!(browser.layout_shifts().await, [""; 0], "nothing moves");
    let requests = browser.requests().await;
    assert_eq!(asked_for(&requests, "Document", ""), 1, "{requests:?}");
    assert_eq!(asked_for(&requests, "Fetch", "page.json"), 0, "{requests:?}");
    let elsewhere = requests.iter().filter(|request| !request.url.starts_with(&board.url("/"))).count();
    assert_eq!(elsewhere, 0, "a reader is not tracked: {requests:?}");
    let kept: (String, usize, usize) =
        browser.ask("[document.cookie, localStorage.length, sessionStorage.length]").await;
    assert_eq!(kept, (String::new(), 0, 0), "nothing is stored for reading");
    browser.finish().await;
}

weerklank_test_support::on_every_database!(a_column_is_read);

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_page_is_taken_over_unseen() {
    for width in [360, 1280] {
        let (board, browser) = opened_with(Setting { width, ..Setting::default() }).await;
        let gone = ["/columns/bestaat-niet", "/nergens"];
        for path in PAGES.iter().chain(&gone).flat_map(|path| [(*path).to_owned(), format!("/en{path}")]) {
            browser.goto(&board.url(&path)).await;
            browser.wait_for_app().await;
            assert_eq!(differences(&board, &browser, &path).await, [], "{path} at {width}: server, app");
            assert_eq!(browser.layout_shifts().await, [""; 0], "{path} at {width}");
            if path.contains("bestaat-niet") || path.contains("nergens") {
                // The browser notes the status of a page that is none.
                let complaints = browser.complaints().await;
                assert!(complaints.iter().all(|line| line.contains("404")), "{complaints:?}");
            }
        }
        browser.finish().await;
    }
}

/// Holds the app back until `letGo()`, as a slow line would.
const HELD: &str = "
    const gate = new Promise((letGo) => Object.defineProperty(window, 'letGo', { value: letGo }));
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = (...all) => gate.then(() => instantiate.apply(WebAssembly, all));
";

#[tokio::test(flavor = "multi_thread")]
async fn what_the_reader_does_survives_the_take_over() {
    let (board, browser) = opened_with(Setting { width: 700, ..Setting::default() }).await;
    browser.before_each_page(HELD).await;
    browser.goto(&board.url(LONG)).await;
    browser.run("scrollTo({ top: 900, behavior: 'instant' })").await;
    browser.run("document.querySelector('nav.contents details').open = true").await;
    browser
        .run(
            "const field = document.querySelector('input[name=q]');
             field.focus({ preventScroll: true });",
        )
        .await;
    browser.press("half getypt").await;
    browser.run("document.activeElement.setSelectionRange(2, 5)").await;
    browser.run("scrollTo({ top: 900, behavior: 'instant' })").await;
    browser.wait_for_paint().await;
    let before = browser.scrolled().await;
    // Opening a part by script counts as a shift; what the take-over adds must be nothing.
    let shifted = browser.layout_shifts().await;

    browser.run("letGo()").await;
    browser.wait_for_app().await;
    let field: (String, u32, u32) = browser
        .ask("[document.activeElement.value, document.activeElement.selectionStart, document.activeElement.selectionEnd]")
        .await;
    assert_eq!(field, ("half getypt".to_owned(), 2, 5), "typed text, focus and caret stay");
    assert!(browser.ask::<bool>("document.querySelector('nav.contents details').open").await);
    assert!((browser.scrolled().await - before).abs() < 1.0, "the page stays where it was");
    assert_eq!(browser.layout_shifts().await, shifted);
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn selected_text_stays_selected() {
    let (board, browser) = opened().await;
    browser.before_each_page(HELD).await;
    browser.goto(&board.url(LONG)).await;
    browser
        .run(
            "const paragraphs = document.querySelectorAll('.prose > p');
             getSelection().setBaseAndExtent(paragraphs[0].firstChild, 3, paragraphs[1].firstChild, 9);",
        )
        .await;
    let selected: String = browser.ask("getSelection().toString()").await;
    browser.run("letGo()").await;
    browser.wait_for_app().await;
    assert!(selected.len() > 100);
    assert_eq!(browser.ask::<String>("getSelection().toString()").await, selected);
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_with_a_fragment_opens_there_and_stays() {
    const PLACES: &str = "
        window.places = new Set([0]);
        addEventListener('scroll', () => places.add(scrollY));";
    let (board, browser) = opened_with(Setting { width: 360, ..Setting::default() }).await;
    browser.before_each_page(PLACES).await;
    // A heading, and the list at the foot of every page, which takes the focus.
    for id in ["wet", "moments"] {
        browser.goto("about:blank").await;
        arrive(&board, &browser, &format!("{LONG}#{id}")).await;
        browser
            .wait_until(&format!(
                "(() => {{ const {{ top }} = document.getElementById('{id}').getBoundingClientRect();
                    const foot = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
                    return top >= 0 && (top < 40 || foot && top < innerHeight); }})()"
            ))
            .await;
        // The top, the place, and perhaps once more when a picture has come.
        let places: usize = browser.ask("places.size").await;
        assert!(places <= 3, "{id}: at once, not past all that comes before: {places}");
        assert_eq!(browser.ask::<String>("document.querySelector(':target').id").await, id);
    }
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn footnotes_and_contents_lead_there_and_back() {
    let (board, browser) = opened_with(Setting { reduced_motion: true, ..Setting::default() }).await;
    arrive(&board, &browser, LONG).await;
    let _ = browser.requests().await;
    let in_sight = |id: &str| {
        format!(
            "(() => {{ const at = document.getElementById('{id}').getBoundingClientRect().top; \
             return at >= 0 && at < innerHeight; }})()"
        )
    };

    browser.click("#fnref_1").await;
    browser.wait_for_path(&format!("{LONG}#fn_1")).await;
    browser.wait_until(&in_sight("fn_1")).await;
    browser.click("#fn_1 .footnote-back").await;
    browser.wait_for_path(&format!("{LONG}#fnref_1")).await;
    browser.wait_until(&in_sight("fnref_1")).await;
    browser.back().await;
    browser.wait_until(&in_sight("fn_1")).await;
    browser.back().await;
    browser.wait_until(&in_sight("fnref_1")).await;
    assert_eq!(browser.path().await, LONG);

    browser.run("document.querySelector('nav.contents details').open = true").await;
    browser.click("nav.contents a[href='#wet']").await;
    browser.wait_for_path(&format!("{LONG}#wet")).await;
    browser.wait_until(&in_sight("wet")).await;
    let requests = browser.requests().await;
    assert!(requests.iter().all(|request| request.kind != "Document"), "{requests:?}");
    assert_eq!(asked_for(&requests, "Fetch", "page.json"), 0, "{requests:?}");
    browser.finish().await;
}
