//! Built files: Trunk's page template, scripts, WebAssembly, fonts, icons.
//!
//! They are read once, with the compressed forms that the build laid beside them, from inside the
//! binary (feature `embed`) or from a folder.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use axum::http::{HeaderValue, header};
use bytes::Bytes;
use weerklank::{
    document::DocumentAssets,
    routes::{
        pattern::{COLUMNS_TEMPLATE, DESK_BELOW, DESK_TEMPLATE},
        picture,
    },
};

use crate::{
    http::{Kept, conditional},
    image_size::image_size,
};

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$WEERKLANK_EMBED_DIR"]
struct Embedded;

/// What pages are put into; it is no page itself.
const TEMPLATE: &str = "/index.html";
/// What the form for sending in loads: first this script, which is told where the rest is.
const FORM_BOOT: &str = "/share_boot-";
const FORM: [&str; 4] = ["/share.js", "/share_bg.wasm", "/preview.js", "/preview_bg.wasm"];
const NO_TEMPLATE: &str = "the built files hold no index.html; `cargo xtask run` builds them";

/// The built files by path (`/board-1a2b.js`), and the page template.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, Kept>,
    raw: HashMap<String, Bytes>,
    /// Width and height of pictures.
    sizes: HashMap<String, (u32, u32)>,
    /// Trunk's tags that load the browser's part; empty where the board runs without.
    pub document: DocumentAssets,
    /// The same for pages of the static mirror.
    pub mirror: DocumentAssets,
    /// The same for the desk; empty where it was not built.
    pub desk: DocumentAssets,
    /// The same for the pages where columns are written.
    pub columns: DocumentAssets,
    /// What loads the help with the form for sending in; `None` where it was not built.
    pub telling: Option<String>,
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
        for (address, path) in walk(dir)? {
            let content = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.insert(address, content.into());
        }
        Self::from_files(files)
    }

    /// The paths that answer with a built file, from where [`Assets::load`] would take them; no file is
    /// read.
    pub fn paths(dir: Option<&Path>) -> anyhow::Result<BTreeSet<String>> {
        let mut paths = match dir {
            Some(dir) => walk(dir)?.into_keys().collect(),
            None => Self::embedded_or_dist_paths()?,
        };
        if !paths.remove(TEMPLATE) {
            bail!(NO_TEMPLATE);
        }
        paths.retain(|path| !is_compressed(path) && !is_template(path));
        Ok(paths)
    }

    #[cfg(feature = "embed")]
    #[expect(clippy::unnecessary_wraps, reason = "as without the feature")]
    fn embedded_or_dist_paths() -> anyhow::Result<BTreeSet<String>> {
        Ok(Embedded::iter().map(|path| format!("/{path}")).collect())
    }

    #[cfg(not(feature = "embed"))]
    fn embedded_or_dist_paths() -> anyhow::Result<BTreeSet<String>> {
        Ok(walk(Path::new("dist"))?.into_keys().collect())
    }

    fn from_files(raw: HashMap<String, Bytes>) -> anyhow::Result<Self> {
        let Some(template) = raw.get(TEMPLATE) else { bail!(NO_TEMPLATE) };
        let Tags { document, mirror, telling } = tags(&String::from_utf8_lossy(template), &raw);
        let page = |path| {
            let template = raw.get(path)?;
            Some(tags(&String::from_utf8_lossy(template), &raw).document)
        };
        let (desk, columns) = (page(DESK_TEMPLATE), page(COLUMNS_TEMPLATE));
        let mut names: Vec<&String> = raw.keys().collect();
        names.sort();
        let everything: String = names.iter().map(|name| name.as_str()).collect();
        let build = conditional::tag_of(
            format!("{everything}{}{}", document.scripts_html, weerklank::document::CSS).as_bytes(),
        );
        let files = raw
            .iter()
            .filter(|(path, _)| !is_compressed(path) && !is_template(path))
            .map(|(path, body)| (path.clone(), keep(path, body, &raw)))
            .collect();
        let sizes = raw.iter().filter_map(|(path, body)| Some((path.clone(), image_size(path, body)?)));
        Ok(Self {
            files,
            sizes: sizes.collect(),
            raw,
            document,
            mirror,
            telling,
            desk: desk.unwrap_or_default(),
            columns: columns.unwrap_or_default(),
            build,
        })
    }

    /// A board without scripts, fonts and icons, for tests of everything else.
    pub fn none() -> Self {
        Self {
            files: HashMap::new(),
            raw: HashMap::new(),
            sizes: HashMap::new(),
            document: DocumentAssets::default(),
            mirror: DocumentAssets::default(),
            desk: DocumentAssets::default(),
            columns: DocumentAssets::default(),
            telling: None,
            build: "none".to_owned(),
        }
    }

    pub fn get(&self, path: &str) -> Option<&Kept> {
        self.files.get(path)
    }

    /// Width and height in CSS pixels of the picture at a path of the board: a built file, or one that it keeps.
    /// `None` for any other, such as those that a proxy serves: nobody here has seen it.
    pub fn image_size(&self, src: &str) -> Option<(u32, u32)> {
        if let Some(kept) = picture::named(src) {
            return Some((kept.width, kept.height));
        }
        self.sizes.get(src.split(['?', '#']).next()?).copied()
    }

    /// Every file with its path, for the static mirror: all but those of the desk and of the form for sending in,
    /// neither of which it has.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.files
            .keys()
            .filter(|path| {
                !path.starts_with(DESK_BELOW)
                    && !path.starts_with(FORM_BOOT)
                    && !FORM.contains(&path.as_str())
            })
            .filter_map(|path| Some((path.as_str(), self.raw.get(path)?)))
    }
}

/// Every file below a folder: its address on the board, and where it is.
fn walk(dir: &Path) -> anyhow::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
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
                files.insert(format!("/{}", name.replace('\\', "/")), dir.join(&path));
            }
        }
    }
    Ok(files)
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

/// What Trunk's tags are taken from, and nobody is given.
fn is_template(path: &str) -> bool {
    matches!(path, TEMPLATE | DESK_TEMPLATE | COLUMNS_TEMPLATE)
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

/// What loads the browser's parts.
#[derive(Debug, Default)]
struct Tags {
    /// On pages of the board.
    document: DocumentAssets,
    /// On pages of the static mirror. There `src/mirror_boot.js` comes first, which starts the other script itself
    /// and is told where it and the files to answer with are.
    mirror: DocumentAssets,
    /// On pages with the form for sending in: `src/share_boot.js`, which is told the same.
    telling: Option<String>,
}

fn tags(template: &str, files: &HashMap<String, Bytes>) -> Tags {
    let Tags { mut document, mut mirror, mut telling } = Tags::default();
    // Trunk puts no hash into the names of what pages do not load by themselves. A host of files takes
    // no notice of a query, and a browser never takes an old file for the new one.
    let versioned = |path: &str| {
        let version = files.get(path).map(|body| conditional::tag_of(body)).unwrap_or_default();
        format!("{path}?{version}")
    };
    let mut boot = "";
    let mut mirror_boot = None;
    for tag in loading_tags(template) {
        let Some(script) = source(tag) else {
            document.scripts_html.push_str(tag);
            mirror.scripts_html.push_str(tag);
            continue;
        };
        if script.starts_with("/mirror_boot-") {
            mirror_boot = Some(tag);
        } else if script.starts_with(FORM_BOOT) {
            let [js, wasm, preview_js, preview_wasm] = FORM.map(versioned);
            telling = Some(format!(
                "{} data-js=\"{js}\" data-wasm=\"{wasm}\" data-preview-js=\"{preview_js}\" \
                 data-preview-wasm=\"{preview_wasm}\"></script>",
                tag.trim_end_matches('>')
            ));
        } else {
            boot = script;
            document.scripts_html.push_str(tag);
            document.scripts_html.push_str("</script>");
        }
    }
    if let Some(tag) = mirror_boot {
        let tag = tag.trim_end_matches('>');
        let [js, wasm] = ["/mirror.js", "/mirror_bg.wasm"].map(versioned);
        let index = weerklank::routes::pattern::MIRROR_INDEX;
        // Text can be written to as to nothing else: it never fails.
        let _ = write!(
            mirror.scripts_html,
            "<link rel=\"modulepreload\" href=\"{boot}\" media=\"not (scripting: none)\">\
             {tag} data-boot=\"{boot}\" data-js=\"{js}\" data-wasm=\"{wasm}\" data-index=\"{index}\"></script>"
        );
    }
    Tags { document, mirror, telling }
}

/// Trunk's tags that load something: scripts, and links that fetch early.
fn loading_tags(template: &str) -> impl Iterator<Item = &str> {
    let tags = template.match_indices('<').filter_map(|(start, _)| {
        let rest = &template[start..];
        Some(&rest[..=rest.find('>')?])
    });
    tags.filter(|tag| {
        let is_preload = tag.contains("modulepreload") || tag.contains("\"preload\"");
        source(tag).is_some() || (tag.starts_with("<link") && is_preload)
    })
}

/// The address of a script.
fn source(tag: &str) -> Option<&str> {
    tag.strip_prefix("<script")?.split_once("src=\"")?.1.split('"').next()
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
    fn the_tags_of_a_template_are_found() {
        let template = "<html><head><link rel=\"modulepreload\" href=\"/a.js\"><title>x</title>\
            <script src=\"/boot-1.js\" type=\"module\"></script>\
            <script src=\"/mirror_boot-2.js\" type=\"module\"></script>\
            <script src=\"/share_boot-3.js\" type=\"module\"></script></head><body></body></html>";
        let files =
            ["/mirror", "/share", "/preview"].map(|name| [format!("{name}.js"), format!("{name}_bg.wasm")]);
        let files = files.concat().into_iter().map(|path| (path, Bytes::from_static(b"x")));
        let Tags { document, mirror, telling } = tags(template, &files.collect());
        let version = conditional::tag_of(b"x");
        assert_eq!(
            document.scripts_html,
            "<link rel=\"modulepreload\" href=\"/a.js\"><script src=\"/boot-1.js\" type=\"module\"></script>"
        );
        assert_eq!(
            mirror.scripts_html,
            format!(
                "<link rel=\"modulepreload\" href=\"/a.js\"><link rel=\"modulepreload\" href=\"/boot-1.js\" media=\"not (scripting: none)\">\
                 <script src=\"/mirror_boot-2.js\" type=\"module\" data-boot=\"/boot-1.js\" \
                 data-js=\"/mirror.js?{version}\" data-wasm=\"/mirror_bg.wasm?{version}\" \
                 data-index=\"/search-index.json\"></script>"
            )
        );
        assert_eq!(
            telling.unwrap(),
            format!(
                "<script src=\"/share_boot-3.js\" type=\"module\" \
                 data-js=\"/share.js?{version}\" data-wasm=\"/share_bg.wasm?{version}\" \
                 data-preview-js=\"/preview.js?{version}\" data-preview-wasm=\"/preview_bg.wasm?{version}\"></script>"
            )
        );
    }
}
