//! How somebody gets about on a page: with the mouse, or with keys alone.

use weerklank_test_support::browser::{Browser, Key};

/// How often somebody presses Tab before they give up.
const STOPS: usize = 60;
/// Arrows within a group: more than any has.
const OF_A_GROUP: usize = 15;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    Mouse,
    /// Tab, arrows, Space and Enter. No script helps the focus along.
    Keyboard,
}

impl Hands {
    /// Presses a button, follows a link, folds something open.
    pub async fn press(self, browser: &Browser, selector: &str) {
        if self == Self::Mouse {
            return browser.click(selector).await;
        }
        browser.wait_until(&format!("document.querySelector({selector:?})")).await;
        // Of several tabs one is a stop: arrows lead on from there, and choose.
        if is(browser, &format!("document.querySelector({selector:?}).role === 'tab'")).await {
            tab_until(browser, selector, "active.role === 'tab'").await;
            return arrow_until(browser, Key::Right, selector).await;
        }
        tab_until(browser, selector, &format!("active.matches({selector:?})")).await;
        browser.press(Key::Enter).await;
    }

    /// Ticks a box, or chooses one of a group.
    pub async fn choose(self, browser: &Browser, input: &str) {
        if self == Self::Mouse {
            return browser.click(&format!("label:has({input})")).await;
        }
        // A group is one stop, at what is chosen in it or at its first.
        let stop = format!(
            "active.matches({input:?}) || active.type === 'radio' && active.form === wanted.form
                && active.name === wanted.name"
        );
        tab_until(browser, input, &stop).await;
        arrow_until(browser, Key::Down, input).await;
        if !is(browser, "document.activeElement.checked").await {
            browser.press(" ").await;
        }
        browser.wait_until(&format!("document.querySelector({input:?}).checked")).await;
    }

    /// Goes into a field, and types.
    pub async fn type_at(self, browser: &Browser, field: &str, text: &str) {
        match self {
            Self::Mouse => browser.click(field).await,
            Self::Keyboard => tab_until(browser, field, &format!("active.matches({field:?})")).await,
        }
        browser.press(text).await;
    }
}

/// Presses Tab until the focus is where it is wanted (`active` is what has it, `wanted` the element that is looked for);
/// where it is already, nothing.
async fn tab_until(browser: &Browser, wanted: &str, there: &str) {
    let there = format!(
        "((active, wanted) => !!wanted && ({there}))(document.activeElement, document.querySelector({wanted:?}))"
    );
    browser.wait_until(&format!("document.querySelector({wanted:?})")).await;
    for _ in 0..STOPS {
        if is(browser, &there).await {
            return;
        }
        browser.press(Key::Tab).await;
    }
    let (path, at) = (browser.path().await, browser.ask::<String>("document.activeElement.outerHTML").await);
    panic!("{path}: {STOPS} times Tab do not lead to {wanted}, but to {at}");
}

async fn arrow_until(browser: &Browser, arrow: Key, wanted: &str) {
    let there = format!("document.activeElement.matches({wanted:?})");
    for _ in 0..OF_A_GROUP {
        if is(browser, &there).await {
            return;
        }
        browser.press(arrow.clone()).await;
    }
    panic!("{}: no arrow leads to {wanted}", browser.path().await);
}

async fn is(browser: &Browser, condition: &str) -> bool {
    browser.ask(condition).await
}
