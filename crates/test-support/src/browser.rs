//! A reader with a real browser. Whatever it does, it waits for what must come, at most for
//! [`PATIENCE`], and never for a time.
//!
//! A [`Browser`] has a profile of its own. [`Browser::finish`] ends it and fails when the console or
//! the content security policy complained of anything that the test did not expect.

mod board;
mod driver;
mod seen;
mod setting;
mod static_host;

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::action_chain::ActionChain;
use thirtyfour::error::WebDriverError;
use thirtyfour::{By, TypingData, WebDriver, WebElement};
use tokio::sync::{Semaphore, SemaphorePermit};

pub use board::{ASSETS_VARIABLE, Board, assets, samples};
use driver::Driver;
pub use seen::Request;
pub use setting::Setting;
use setting::capabilities;
pub use static_host::StaticHost;
pub use thirtyfour::Key;

/// How long anything may take before the test gives up. Far longer than anything does take, since
/// other programs may be busy on the same machine.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(15);
/// Browsers at once: each takes some 300 MB.
static ROOM: Semaphore = Semaphore::const_new(4);

/// What the console says where the machine was too busy to start the app soon, or a test held it back.
const BUSY: &str = "was preloaded using link preload but not used within a few seconds";

/// One browser with one tab.
pub struct Browser {
    driver: WebDriver,
    script: bool,
    _profile: TempDir,
    _room: SemaphorePermit<'static>,
}

impl Browser {
    /// Opens a browser with a fresh profile.
    pub async fn open(setting: Setting) -> Self {
        let room = ROOM.acquire().await.expect("never closed");
        let driver = Driver::shared();
        let profile = TempDir::new_in(&driver.profiles).expect("a folder for the profile");
        let session = WebDriver::new(&driver.url, capabilities(setting, &profile)).await;
        let browser = Self {
            driver: session.expect("a browser"),
            script: setting.script,
            _profile: profile,
            _room: room,
        };
        browser.resize(setting.width, setting.height).await;
        let preference = |name: &str, value: &str| json!({ "name": name, "value": value });
        let scheme = if setting.dark { "dark" } else { "light" };
        let motion = if setting.reduced_motion { "reduce" } else { "no-preference" };
        let features =
            [preference("prefers-color-scheme", scheme), preference("prefers-reduced-motion", motion)];
        browser.command("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        if setting.script {
            browser.before_each_page(seen::WATCH).await;
        }
        browser
    }

    /// Closes it.
    ///
    /// # Panics
    /// When the console or the policy complained and nobody asked for these [complaints](Self::complaints).
    pub async fn finish(self) {
        let complaints = self.complaints().await;
        assert!(complaints.is_empty(), "the browser complained: {complaints:#?}");
        self.driver.quit().await.expect("the browser closes");
    }

    // Going

    /// Loads an address, and returns when the document and all it names are there.
    pub async fn goto(&self, url: &str) {
        self.driver.goto(url).await.expect("the page loads");
    }

    pub async fn back(&self) {
        self.driver.back().await.expect("the browser goes back");
    }

    pub async fn forward(&self) {
        self.driver.forward().await.expect("the browser goes forward");
    }

    pub async fn reload(&self) {
        self.driver.refresh().await.expect("the page loads again");
    }

    /// Clicks in the middle of the first element of a CSS selector, with the mouse.
    ///
    /// # Panics
    /// When something else lies there and does not go away.
    pub async fn click(&self, selector: &str) {
        // What the driver itself thinks of visibility knows nothing of `::details-content`.
        const COVERED: &str = "
            const [element] = arguments;
            const { left, top, width, height } = element.getClientRects()[0] ?? {};
            const there = document.elementFromPoint(left + width / 2, top + height / 2);
            return element.contains(there) ? null : `${there?.outerHTML.slice(0, 200)}`;";
        let mut covered = Value::Null;
        let looking = async {
            loop {
                let element = self.in_sight(selector).await;
                self.wait_for_stillness(&element).await;
                let reference = element.to_json().expect("a reference");
                match self.driver.execute(COVERED, vec![reference]).await {
                    Ok(answer) if answer.json().is_null() => return element,
                    Ok(answer) => covered = answer.json().clone(),
                    // Drawn anew since it was found.
                    Err(_) => {}
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        let element = tokio::time::timeout(PATIENCE, looking).await;
        let element = element.unwrap_or_else(|_| panic!("{selector} is covered: {covered}"));
        let chain = self.actions().move_to_element_center(&element).click();
        chain.perform().await.expect("the mouse clicks");
    }

    /// Moves the mouse over an element.
    pub async fn hover(&self, selector: &str) {
        let element = self.in_sight(selector).await;
        let chain = self.actions().move_to_element_center(&element);
        chain.perform().await.expect("the mouse moves");
    }

    /// Types at the focus.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        self.actions().send_keys(keys).perform().await.expect("the keys are pressed");
    }

    /// Presses a key while others are held.
    pub async fn press_with(&self, held: Key, key: impl Into<TypingData>) {
        let chain = self.actions().key_down(held.clone()).send_keys(key).key_up(held);
        chain.perform().await.expect("the keys are pressed");
    }

    // Waiting

    /// Returns when the JavaScript expression is true.
    ///
    /// # Panics
    /// After [`PATIENCE`], with the address and what was last seen instead.
    pub async fn wait_until(&self, condition: &str) {
        let script = format!("return !!({condition})");
        let looking = async {
            // Between two documents nothing can be asked.
            while !matches!(self.try_run(&script).await, Ok(Value::Bool(true))) {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        if tokio::time::timeout(PATIENCE, looking).await.is_err() {
            let seen = self.try_run(&script).await;
            let url = self.driver.current_url().await.map(|url| url.to_string()).unwrap_or_default();
            panic!(
                "{url}: waited in vain for `{condition}`: {seen:?}; complaints: {:?}",
                self.complaints().await
            );
        }
    }

    /// Returns when the app has put its page in the place of the server's, and the browser has loaded
    /// all there is: until then it may still scroll to where the address points.
    pub async fn wait_for_app(&self) {
        self.wait_until(
            "document.readyState === 'complete' && document.querySelector('body > div > [role=status]')",
        )
        .await;
        // The scrolling comes with the next frame.
        self.wait_for_paint().await;
    }

    /// Returns when the address bar shows this path, query and fragment.
    pub async fn wait_for_path(&self, path: &str) {
        self.wait_until(&format!("location.pathname + location.search + location.hash === {path:?}")).await;
    }

    /// Returns when the console or the policy complained in these words, and forgets what else they
    /// said until then.
    pub async fn wait_for_complaint(&self, words: &str) {
        let listening = async {
            while !self.complaints().await.iter().any(|line| line.contains(words)) {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        tokio::time::timeout(PATIENCE, listening).await.expect("the complaint that was waited for");
    }

    /// Returns when the browser has so many tabs.
    pub async fn wait_for_tabs(&self, tabs: usize) {
        let looking = async {
            while self.driver.windows().await.expect("the tabs").len() != tabs {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        tokio::time::timeout(PATIENCE, looking).await.expect("as many tabs as were waited for");
    }

    /// Returns when a frame was painted after all that was done before.
    pub async fn wait_for_paint(&self) {
        let painted = "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done))";
        self.driver.execute_async(painted, Vec::new()).await.expect("a frame is painted");
    }

    // Looking

    /// What a JavaScript expression is.
    pub async fn ask<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value = self.run(&format!("return {}", expression.trim_start())).await;
        serde_json::from_value(value).unwrap_or_else(|error| panic!("`{expression}`: {error}"))
    }

    /// Runs statements; the value is what they return.
    pub async fn run(&self, script: &str) -> Value {
        self.try_run(script).await.unwrap_or_else(|error| panic!("`{script}`: {error}"))
    }

    /// Runs statements that call `arguments[0]` with their answer.
    pub async fn run_async(&self, script: &str, argument: Value) -> Value {
        // The callback always comes last.
        let script = format!(
            "const [argument, done] = arguments; (async () => {{ {script} }})().then(done, (e) => done(`${{e}}`))"
        );
        let answer = self.driver.execute_async(script, vec![argument]).await;
        answer.expect("an answer in time").json().clone()
    }

    /// The visible text of the first element of a selector.
    pub async fn text(&self, selector: &str) -> String {
        self.ask(&format!("document.querySelector({selector:?}).innerText.trim()")).await
    }

    /// The visible text of every element of a selector.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        self.ask(&format!("[...document.querySelectorAll({selector:?})].map((e) => e.innerText.trim())"))
            .await
    }

    pub async fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.ask(&format!("document.querySelector({selector:?}).getAttribute({name:?})")).await
    }

    pub async fn count(&self, selector: &str) -> usize {
        self.ask(&format!("document.querySelectorAll({selector:?}).length")).await
    }

    /// Path, query and fragment in the address bar.
    pub async fn path(&self) -> String {
        self.ask("location.pathname + location.search + location.hash").await
    }

    pub async fn title(&self) -> String {
        self.ask("document.title").await
    }

    /// How far the page is scrolled, CSS pixels.
    pub async fn scrolled(&self) -> f64 {
        self.ask("scrollY").await
    }

    /// What the window shows, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.driver.screenshot_as_png().await.expect("a picture")
    }

    /// The layout shifts of this document so far (Layout Instability), those after the reader's own
    /// acts left out: how much, when, and what moved. Needs script.
    pub async fn layout_shifts(&self) -> Vec<String> {
        self.wait_for_paint().await;
        self.ask("weerklankSeen.flush()").await
    }

    /// The requests since they were last asked for.
    pub async fn requests(&self) -> Vec<Request> {
        // Its answer comes behind what the browser had to say of requests made before.
        let _ = self.try_run("return 0").await;
        let log = self.driver.get_log("performance").await.expect("the log of requests");
        log.iter().filter_map(|entry| Request::of(&entry.message)).collect()
    }

    /// What the console and the policy complained of since they were last asked: warnings and errors.
    pub async fn complaints(&self) -> Vec<String> {
        let violations = self.try_run("return window.weerklankSeen?.violations.splice(0) ?? []").await;
        let violations: Vec<String> =
            violations.ok().and_then(|v| serde_json::from_value(v).ok()).unwrap_or_default();
        let log = self.driver.browser_log().await.expect("the log of the console");
        let serious = log
            .into_iter()
            .filter(|entry| matches!(&*entry.level, "WARNING" | "SEVERE") && !entry.message.contains(BUSY));
        serious.map(|entry| entry.message).chain(violations).collect()
    }

    // Changing the device

    pub async fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Takes the network away, or gives it back.
    pub async fn be_offline(&self, offline: bool) {
        self.command("Network.enable", json!({})).await;
        let conditions =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.command("Network.emulateNetworkConditions", conditions).await;
    }

    /// Requests to addresses of these patterns (`*` stands for anything) fail from now on.
    pub async fn block(&self, patterns: &[&str]) {
        self.command("Network.enable", json!({})).await;
        self.command("Network.setBlockedURLs", json!({ "urls": patterns })).await;
    }

    /// Pages are read as if they had no content security policy.
    pub async fn ignore_policy(&self) {
        self.command("Page.enable", json!({})).await;
        self.command("Page.setBypassCSP", json!({ "enabled": true })).await;
    }

    /// Runs in each new document before its own scripts.
    pub async fn before_each_page(&self, script: &str) {
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// A command of the `DevTools` protocol.
    pub async fn command(&self, name: &str, parameters: Value) -> Value {
        let answer = self.driver.cdp().send_raw(name, parameters).await;
        answer.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Without the pauses that make a test look human.
    fn actions(&self) -> ActionChain {
        self.driver.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO))
    }

    async fn try_run(&self, script: &str) -> Result<Value, WebDriverError> {
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    /// Returns when an element stood where it was for a frame: on its way, the mouse would miss it.
    async fn wait_for_stillness(&self, element: &WebElement) {
        const STILL: &str = "
            const [element, done] = arguments;
            const place = () => JSON.stringify(element.getBoundingClientRect());
            const look = (before) => requestAnimationFrame(() => {
                const now = place();
                now === before ? done() : look(now);
            });
            look(place());";
        if self.script {
            let element = element.to_json().expect("a reference");
            // Drawn anew since it was found: whoever looks next sees that.
            let _ = self.driver.execute_async(STILL, vec![element]).await;
        }
    }

    /// An element, scrolled to at once: a page that scrolls smoothly would still be on its way.
    async fn in_sight(&self, selector: &str) -> WebElement {
        let found = self.driver.find(By::Css(selector)).await;
        let found = found.unwrap_or_else(|error| panic!("no {selector}: {error}"));
        let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let element = found.to_json().expect("a reference");
        self.driver.execute(scroll, vec![element]).await.expect("it can be scrolled to");
        found
    }
}
