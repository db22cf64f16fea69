//! Built files: Trunk's page template, scripts, WebAssembly, fonts, icons.
//!
//! They are read once, with the compressed forms that the build laid beside them, from inside the
//! binary (feature `embed`) or from a folder.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use axum::http::{HeaderValue, header};
use bytes::Bytes;
use weerklank::document::DocumentAssets;

use crate::http::{Kept, conditional};

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$WEERKLANK_EMBED_DIR"]
struct Embedded;

/// The built files by path (`/board-1a2b.js`), and the page template.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, Kept>,
    raw: HashMap<String, Bytes>,
    /// Trunk's tags that load the browser's part; empty where the board runs without.
    pub document: DocumentAssets,
    /// Names this build: pages of another build are loaded whole.
    pub build: String,
}

impl Assets {
    /// From the folder if one is named, else from inside the binary, else from `dist`.
    pub fn load(dir: Option<&Path>) -> anyhow::Result<Self> {
        match dir {
            Some(dir) => Self::from_dir(dir),
            None => Self::embedded_or_dist(),
        }
    }

    #[cfg(feature = "embed")]
    fn embedded_or_dist() -> anyhow::Result<Self> {
        let files = Embedded::iter().filter_map(|path| {
            let file = Embedded::get(&path)?;
            Some((format!("/{path}"), Bytes::from(file.data.into_owned())))
        });
        Self::from_files(files.collect())
    }

    #[cfg(not(feature = "embed"))]
    fn embedded_or_dist() -> anyhow::Result<Self> {
        Self::from_dir(Path::new("dist"))
    }

    fn from_dir(dir: &Path) -> anyhow::Result<Self> {
        let mut files = HashMap::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(dir.join(&folder)).with_context(|| {
                format!("cannot read the built files in {}; `cargo xtask run` builds them, --assets names their folder", dir.display())
            })?;
            for entry in entries {
                let entry = entry?;
                let path = folder.join(entry.file_name());
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                } else if let Some(name) = path.to_str() {
                    let content =
                        std::fs::read(dir.join(&path)).with_context(|| format!("cannot read {name}"))?;
                    files.insert(format!("/{}", name.replace('\\', "/")), content.into());
                }
            }
        }
        Self::from_files(files)
    }

    fn from_files(raw: HashMap<String, Bytes>) -> anyhow::Result<Self> {
        let Some(template) = raw.get("/index.html") else {
            bail!("the built files hold no index.html; `cargo xtask run` builds them");
        };
        let scripts = scripts_of(&String::from_utf8_lossy(template));
        let mut names: Vec<&String> = raw.keys().collect();
        names.sort();
        let everything: String = names.iter().map(|name| name.as_str()).collect();
        let build =
            conditional::tag_of(format!("{everything}{scripts}{}", weerklank::document::CSS).as_bytes());
        let files = raw
            .iter()
            .filter(|(path, _)| !is_compressed(path) && *path != "/index.html")
            .map(|(path, body)| (path.clone(), keep(path, body, &raw)))
            .collect();
        Ok(Self { files, raw, document: DocumentAssets { scripts_html: scripts }, build })
    }

    /// A board without scripts, fonts and icons, for tests of everything else.
    pub fn none() -> Self {
        Self {
            files: HashMap::new(),
            raw: HashMap::new(),
            document: DocumentAssets::default(),
            build: "none".to_owned(),
        }
    }

    pub fn get(&self, path: &str) -> Option<&Kept> {
        self.files.get(path)
    }

    /// Every file with its path, for the static mirror.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.files.keys().filter_map(|path| Some((path.as_str(), self.raw.get(path)?)))
    }
}

fn keep(path: &str, body: &Bytes, raw: &HashMap<String, Bytes>) -> Kept {
    let kept = Kept::with_codings(
        body.clone(),
        raw.get(&format!("{path}.br")).cloned(),
        raw.get(&format!("{path}.gz")).cloned(),
    );
    // A name that holds its own hash never means anything else.
    let cache = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    kept.header(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)))
        .static_header(header::CACHE_CONTROL, cache)
}

/// What the build lays beside a file.
fn is_compressed(path: &str) -> bool {
    matches!(path.rsplit('.').next(), Some("br" | "gz"))
}

/// Trunk's file names end in `-` and 16 hex digits, before `_bg` and the extension.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() >= 12 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The tags between the template's two marks: what Trunk put there to load the browser's part.
fn scripts_of(template: &str) -> String {
    let mut scripts = String::new();
    let mut rest = template;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[..=end];
        let is_script = tag.starts_with("<script") && tag.contains("src=");
        let is_preload =
            tag.starts_with("<link") && (tag.contains("modulepreload") || tag.contains("\"preload\""));
        if is_script {
            scripts.push_str(tag);
            scripts.push_str("</script>");
        } else if is_preload {
            scripts.push_str(tag);
        }
        rest = &rest[end + 1..];
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_told_apart() {
        for (path, hashed) in [
            ("/board-0a1b2c3d4e5f6789.js", true),
            ("/board-0a1b2c3d4e5f6789_bg.wasm", true),
            ("/fonts/display.woff2", false),
            ("/boot.js", false),
            ("/apple-touch-icon.png", false),
        ] {
            assert_eq!(is_hashed(path), hashed, "{path}");
        }
    }

    #[test]
    fn the_scripts_of_a_template_are_found() {
        let template = "<html><head><link rel=\"modulepreload\" href=\"/a.js\"><title>x</title>\
            <script type=\"module\" src=\"/boot.js?js=/a.js\"></script></head><body></body></html>";
        assert_eq!(
            scripts_of(template),
            "<link rel=\"modulepreload\" href=\"/a.js\"><script type=\"module\" src=\"/boot.js?js=/a.js\"></script>"
        );
    }
}
