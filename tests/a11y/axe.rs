//! axe-core finds nothing: WCAG 2.2 AA and what it calls best practice, on every kind of page, light
//! and dark, in both languages, on a telephone and at a desk.

use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::browser::{Board, Browser, Key, Setting, samples};
use weerklank_test_support::database::TestDatabase;

use crate::{arrive, board};

/// Names the file `axe.min.js`.
const AXE_VARIABLE: &str = "WEERKLANK_AXE";

const PAGES: [&str; 25] = [
    "/",
    "/?page=2",
    "/?sentiment=negative&moment=contact",
    "/?shop=boekhandel-knispervel&lang=en",
    "/columns/retour-in-elf-stappen",
    "/columns/twee-kanten-4-de-factuur",
    "/columns/acht-winkels-een-vraag",
    "/columns/the-returns-desk",
    "/columns/een",
    "/series/twee-kanten",
    "/moments/contact",
    "/shops",
    "/shops/wattewarm-energie",
    "/authors/redactie",
    "/search",
    "/search?q=retour",
    "/search?q=zzzzzz",
    "/about",
    "/about/method",
    "/about/privacy",
    "/about/moderation",
    "/about/accessibility",
    "/about/transparency",
    "/columns/bestaat-niet",
    "/columns/niet-meer",
];

async fn opened(dark: bool, width: u32) -> (Board, Browser) {
    (board().await, opened_browser(dark, width).await)
}

async fn opened_browser(dark: bool, width: u32) -> Browser {
    let axe = std::env::var_os(AXE_VARIABLE)
        .unwrap_or_else(|| panic!("{AXE_VARIABLE} must name axe.min.js: `cargo xtask test a11y` brings it"));
    let axe = std::fs::read_to_string(axe).expect("axe-core");
    let browser = Browser::open(Setting { dark, width, ..Setting::default() }).await;
    browser.before_each_page(&axe).await;
    browser
}

/// What is wrong with the page as it stands: the rule, and where.
async fn violations(browser: &Browser) -> Vec<String> {
    const RUN: &str = "
        const { violations } = await axe.run(document, argument);
        return violations.flatMap(({ id, nodes }) => nodes.map((node) =>
            `${id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`));";
    let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    let options = json!({ "runOnly": { "type": "tag", "values": tags }, "resultTypes": ["violations"] });
    let answer = browser.run_async(RUN, options).await;
    serde_json::from_value(answer.clone()).unwrap_or_else(|_| panic!("axe: {answer}"))
}

/// A check that finds nothing anywhere would find nothing here either.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_found() {
    let (board, browser) = opened(false, 1280).await;
    arrive(&board, &browser, "/about").await;
    browser
        .run(
            "document.querySelector('main').insertAdjacentHTML('beforeend',
                `<img src='/icon.svg'><h6>te diep</h6><a href='/x'></a>`);
             document.querySelector('main p').style.setProperty('color', '#ccc');",
        )
        .await;
    let found = violations(&browser).await;
    for rule in ["image-alt", "heading-order", "link-name", "color-contrast"] {
        assert!(found.iter().any(|line| line.starts_with(&format!("{rule}: "))), "{rule}: {found:#?}");
    }
    browser.finish().await;
}

async fn nothing_is_found(dark: bool, width: u32) {
    let (board, browser) = opened(dark, width).await;
    let mut found = Vec::new();
    for path in PAGES.iter().flat_map(|path| [(*path).to_owned(), format!("/en{path}")]) {
        arrive(&board, &browser, &path).await;
        found.extend(violations(&browser).await.into_iter().map(|line| format!("{path}: {line}")));
    }
    // What is folded away, unfolded.
    for path in ["/", "/columns/retour-in-elf-stappen"] {
        arrive(&board, &browser, path).await;
        browser.run("document.querySelectorAll('details').forEach((part) => { part.open = true; })").await;
        found.extend(violations(&browser).await.into_iter().map(|line| format!("{path}, unfolded: {line}")));
    }
    // A message that a page did not come.
    arrive(&board, &browser, "/").await;
    browser.be_offline(true).await;
    browser.click("header.site nav a[href='/shops']").await;
    browser.wait_until("document.querySelector('body > .notice')").await;
    found.extend(violations(&browser).await.into_iter().map(|line| format!("a message: {line}")));
    browser.be_offline(false).await;
    found.extend(on_the_way(&board, &browser).await);
    found.extend(below_a_column(&board, &browser).await);
    // A page that says why there is none.
    board.lose_the_database().await;
    arrive(&board, &browser, "/authors/teun-oeverstegen?page=7").await;
    assert_eq!(browser.text(".kicker").await, "503");
    found.extend(violations(&browser).await.into_iter().map(|line| format!("503: {line}")));

    assert!(found.is_empty(), "{} violations: {found:#?}", found.len());
    // The browser notes the pages that are none, and the request that failed.
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("Failed to load resource")), "{complaints:?}");
    browser.finish().await;
}

/// What is wrong on the pages on which an experience is sent in, each also with something wrong.
async fn on_the_way(board: &Board, browser: &Browser) -> Vec<String> {
    let mut found = Vec::new();
    let type_story = "document.querySelector('textarea').value = 'Ik mailde kwal@voorbeeld.example.'";
    let wrong_time = "document.getElementById('negative.promised').value = 'morgen'";
    let right_time = "document.getElementById('negative.promised').value = '3'";
    let wrong_mail = "document.getElementById('email').value = 'kwal'";
    let right_mail = "document.getElementById('email').value = 'kwal@voorbeeld.example'";
    // What is done in a step before it is sent; the first of two tries each time with something wrong.
    let steps = [
        ("what", ["", "document.querySelector('[value=negative]').checked = true"]),
        ("story-negative", ["", type_story]),
        ("details-negative", [wrong_time, right_time]),
        ("you", [wrong_mail, right_mail]),
        ("shield", ["", ""]),
    ];
    browser.goto(&board.url("/share")).await;
    for (step, tries) in steps {
        browser.wait_until(&format!("document.querySelector('[name=step]')?.value === '{step}'")).await;
        for (index, script) in tries.into_iter().enumerate() {
            let what = if index == 0 { step.to_owned() } else { format!("{step}, with something wrong") };
            found.extend(violations(browser).await.into_iter().map(|line| format!("{what}: {line}")));
            browser.run(script).await;
            if step == "story-negative" && index == 1 {
                // What is found in it, and how it will look.
                browser
                    .run(
                        "document.querySelector('textarea').dispatchEvent(new Event('input', { bubbles: true }));
                         document.querySelector('.preview').open = true;",
                    )
                    .await;
                browser
                    .wait_until(
                        "document.querySelector('.found button') && document.querySelector('.preview p')",
                    )
                    .await;
                found.extend(violations(browser).await.into_iter().map(|line| format!("beside it: {line}")));
                browser.be_offline(true).await;
                browser.click("button.main").await;
                browser.wait_until("document.querySelector('form > .note')").await;
                found.extend(violations(browser).await.into_iter().map(|line| format!("offline: {line}")));
                browser.be_offline(false).await;
                break;
            }
            browser.click("button.main").await;
            if step == "shield" {
                break;
            }
            if index == 0 {
                browser.wait_until("document.querySelector('.wrong')").await;
            }
        }
    }
    browser.wait_until("location.pathname.startsWith('/mine/')").await;
    found.extend(violations(browser).await.into_iter().map(|line| format!("mine: {line}")));
    found
}

/// What is wrong where a reader comments and reports, each also with something wrong.
async fn below_a_column(board: &Board, browser: &Browser) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = async |what: &str| {
        found.extend(violations(browser).await.into_iter().map(|line| format!("{what}: {line}")));
    };
    let column = "/columns/retour-in-elf-stappen";
    browser.goto(&board.url(&format!("{column}/comment"))).await;
    browser.wait_until("document.querySelector('form.share')").await;
    look("comment").await;
    browser.click("button.main").await;
    browser.wait_until("document.querySelector('.fault')").await;
    look("comment, with something wrong").await;
    browser.click("textarea").await;
    browser.press("Bel 06-12345678.").await;
    browser.click("button.main").await;
    browser.wait_until("document.querySelector('button[value=send]')").await;
    look("comment, once more").await;
    browser.click("button[value=send]").await;
    browser.wait_until("location.pathname.includes('/said/')").await;
    look("said").await;
    browser.goto(&board.url(&format!("/report?where={column}"))).await;
    look("report").await;
    browser.click("button[value=send]").await;
    browser.wait_until("document.querySelector('.fault')").await;
    look("report, with something wrong").await;
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn light_on_a_telephone() {
    nothing_is_found(false, 360).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn light_at_a_desk() {
    nothing_is_found(false, 1280).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark_on_a_telephone() {
    nothing_is_found(true, 360).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark_at_a_desk() {
    nothing_is_found(true, 1280).await;
}

const PASSWORD: &str = "korter dan een kort wachtwoord";

/// Has the browser keep keys as a telephone does.
async fn keep_passkeys(browser: &Browser) {
    browser.command("WebAuthn.enable", json!({})).await;
    let device = json!({"protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
        "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true});
    browser.command("WebAuthn.addVirtualAuthenticator", json!({"options": device})).await;
}

/// What is wrong at the desk: each of its pages, and what opens on them.
async fn at_the_desk(dark: bool, width: u32) {
    // At a name, so that there are passkeys.
    let board = Board::with_a_name(TestDatabase::sqlite().await).await;
    board.app.store(&samples()).await;
    let browser = opened_browser(dark, width).await;
    let mut found = Vec::new();
    let mut look = async |what: &str| {
        found.extend(violations(&browser).await.into_iter().map(|line| format!("{what}: {line}")));
    };
    for number in 0..3 {
        board.app.send_in_story(&format!("Bel 06-12345678, of mail a@voorbeeld.example. {number}")).await;
    }
    board.app.advance(time::Duration::SECOND);
    let comment = json!({"text": "Koop hier nu.", "lang": "nl"}).to_string();
    let path = "/api/v1/columns/retour-in-elf-stappen/comments";
    let sent = board.app.send_body("POST", path, &[("content-type", "application/json")], comment).await;
    assert_eq!(sent.status.as_u16(), 201, "{}", sent.text());
    keep_passkeys(&browser).await;
    let token = board.app.invite("anna@voorbeeld.example", Role::Admin).await;
    browser.goto(&board.url("/desk/queue")).await;
    browser.wait_until("document.querySelector('#email')").await;
    look("sign-in").await;
    browser.goto(&board.url(&format!("/desk/set-up/{token}"))).await;
    browser.wait_until("document.querySelector('#password')").await;
    browser.click("#password").await;
    browser.press("kort").await;
    browser.press(Key::Return).await;
    browser.wait_until("document.querySelector('.fault:not(:empty)')").await;
    look("set-up, with something wrong").await;
    browser.press(PASSWORD.strip_prefix("kort").expect("the rest")).await;
    browser.press(Key::Return).await;
    browser.wait_until("document.querySelectorAll('.items li').length === 4").await;
    for lang in ["nl", "en"] {
        look(&format!("{lang} queue")).await;
        let choose = "const view = document.querySelector('.filters select');
            view.value = 'free'; view.dispatchEvent(new Event('change', { bubbles: true }));";
        browser.run(choose).await;
        browser.wait_until("document.querySelector('#keep')").await;
        browser.click("#keep").await;
        browser.wait_until("document.activeElement.id === 'view-name'").await;
        look(&format!("{lang} selection to be kept")).await;
        browser.press(format!("Vrij, {lang}")).await;
        browser.press(Key::Return).await;
        browser.wait_until("document.querySelector('.views a[aria-current]')").await;
        look(&format!("{lang} selection, kept")).await;
        browser.click(".toast button").await;
        browser.click(".top a[href='/desk/queue']").await;
        browser
            .wait_until(
                "!document.querySelector('#keep') && document.querySelectorAll('.items li').length > 2",
            )
            .await;
        browser.click(".items input[aria-label*='Koop hier nu.']").await;
        browser.wait_until("document.querySelector('#bulk-reject')").await;
        look(&format!("{lang} marks")).await;
        browser.click("#bulk-reject").await;
        browser.wait_until("document.activeElement.id === 'bulk-ground'").await;
        browser.press_with(Key::Control, Key::Return).await;
        browser.wait_until("document.querySelector('#bulk-fault:not(:empty)')").await;
        look(&format!("{lang} marks, with something wrong")).await;
        browser.click("#bulk .buttons button").await;
        browser.wait_until("!document.querySelector('#bulk')").await;
        browser.press("j").await;
        browser.wait_until("document.querySelector('.item .found')").await;
        look(&format!("{lang} item")).await;
        browser.press("r").await;
        browser.wait_until("document.activeElement.id === 'ground'").await;
        browser.press_with(Key::Control, Key::Return).await;
        browser.wait_until("document.querySelector('.statement .fault:not(:empty)')").await;
        look(&format!("{lang} rejection, with something wrong")).await;
        browser.press(Key::Escape).await;
        browser.press("a").await;
        browser.wait_until("document.querySelector('.toast .left')").await;
        look(&format!("{lang} accepted")).await;
        browser.press("?").await;
        browser.wait_until("document.querySelector('#keys')").await;
        look(&format!("{lang} keys")).await;
        for page in ["people", "audit", "mails", "templates", "account"] {
            browser.goto(&board.url(&format!("/desk/{page}"))).await;
            browser.wait_until("document.querySelector('tbody tr, .sessions li, main.page h1 ~ p')").await;
            if page == "templates" {
                browser.wait_until("document.querySelector('textarea')").await;
            }
            if lang == "en" {
                browser.click(".top button.plain[lang=en]").await;
                browser.wait_until("document.documentElement.lang === 'en'").await;
                browser
                    .wait_until("document.querySelector('tbody tr, .sessions li, main.page h1 ~ p')")
                    .await;
            }
            look(&format!("{lang} {page}")).await;
        }
        if lang == "nl" {
            browser.click("#passkey-name").await;
            browser.press("Telefoon").await;
            browser.press(Key::Tab).await;
            browser.press(PASSWORD).await;
            browser.press(Key::Return).await;
        }
        browser.wait_until("document.querySelector('#passkeys li button')").await;
        look(&format!("{lang} passkey")).await;
        browser.click("#passkeys li button").await;
        browser.wait_until("document.activeElement.id === 'remove-password'").await;
        look(&format!("{lang} passkey to be removed")).await;
        browser.goto(&board.url("/desk/columns")).await;
        browser.wait_until("document.querySelector('.found-columns li')").await;
        if lang == "en" {
            browser.click(".top button.plain[lang=en]").await;
            browser.wait_until("document.documentElement.lang === 'en'").await;
            browser.wait_until("document.querySelector('.found-columns li')").await;
        }
        look(&format!("{lang} columns")).await;
        browser.click(".found-columns button").await;
        browser.wait_until("document.querySelector('.preview .prose > *')").await;
        for tab in ["preview", "details", "versions", "publish"] {
            browser.click(&format!("#tab-{tab}")).await;
            browser
                .wait_until(&format!("document.querySelector('#panel[aria-labelledby=tab-{tab}] > *')"))
                .await;
            look(&format!("{lang} column, {tab}")).await;
        }
        browser.click("#panel section:has(#reply-shop) summary").await;
        look(&format!("{lang} asking a shop")).await;
        if lang == "nl" {
            browser.click("#reply-shop").await;
            browser.press_with(Key::Control, "a").await;
            browser.press("Lampenhuis Noord").await;
            browser.press(Key::Return).await;
            browser.wait_until("document.querySelector('.senders input[readonly]')").await;
            look("a shop was asked").await;
            let link: String = browser.ask("document.querySelector('.senders input[readonly]').value").await;
            let path = &link[link.find("/reply/").expect("its path")..];
            for ui in ["nl", "en"] {
                browser.goto(&board.url(&format!("/{ui}{path}"))).await;
                look(&format!("{ui} reply")).await;
                browser.click("button.main").await;
                browser.wait_until("document.querySelector('.fault')").await;
                look(&format!("{ui} reply, with something wrong")).await;
            }
            browser.click("#text").await;
            browser.press("Dat spijt ons.").await;
            browser.click("button.main").await;
            browser.wait_until("document.querySelector('.done')").await;
            look("replied").await;
        }
        browser.goto(&board.url("/desk/queue")).await;
        browser.wait_until("document.querySelector('.items li')").await;
        browser.click(".top button.plain[lang=en]").await;
        browser
            .wait_until("document.documentElement.lang === 'en' && document.querySelector('.items li')")
            .await;
    }
    assert!(found.is_empty(), "{} violations: {found:#?}", found.len());
    // The browser notes the status of pages that say what is wrong.
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("422")), "{complaints:?}");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_found_at_the_desk_by_day_on_a_telephone() {
    at_the_desk(false, 360).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_found_at_the_desk_by_night_on_a_large_screen() {
    at_the_desk(true, 1280).await;
}
