//! What the reader's browser and device are like, and how a browser is told.

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities as _;
use thirtyfour::error::WebDriverError;
use thirtyfour::{DesiredCapabilities, LoggingPrefsLogLevel};
use weerklank_domain::Lang;

const ARGUMENTS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-breakpad",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

/// What the reader's browser and device are like.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// CSS pixels.
    pub width: u32,
    pub height: u32,
    pub dark: bool,
    pub script: bool,
    /// The language asked for by `Accept-Language`.
    pub lang: Lang,
    pub reduced_motion: bool,
}

impl Default for Setting {
    /// A Dutch reader at a desk.
    fn default() -> Self {
        Self { width: 1280, height: 800, dark: false, script: true, lang: Lang::Nl, reduced_motion: false }
    }
}

/// What a browser with a profile of its own is started with.
pub(super) fn capabilities(setting: Setting, profile: &TempDir) -> thirtyfour::ChromeCapabilities {
    /// `CONTENT_SETTING_BLOCK` of Chromium.
    const BLOCK: u8 = 2;
    let mut preferences = json!({ "intl.accept_languages": setting.lang.as_str() });
    if !setting.script {
        preferences["profile.managed_default_content_settings.javascript"] = BLOCK.into();
    }
    let fill = || {
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        capabilities.add_experimental_option("prefs", preferences)?;
        capabilities.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        Ok::<_, WebDriverError>(capabilities)
    };
    fill().expect("plain JSON")
}
