//! Brotli and gzip beside each file, made once so that no request waits for them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Mode;

/// Endings whose bytes are not yet compressed.
const COMPRESSIBLE: &[&str] =
    &["css", "html", "ico", "js", "json", "map", "svg", "txt", "wasm", "webmanifest", "xml"];

/// What a run did.
#[derive(Default)]
pub struct Compressed {
    /// Compressible files.
    pub files: usize,
    /// Their bytes.
    pub plain: usize,
    /// Their bytes as brotli.
    pub brotli: usize,
}

/// Writes `name.br` and `name.gz` beside each compressible file of a folder. A twin that would not be
/// smaller is left out.
pub fn folder(folder: &Path, mode: Mode) -> Result<Compressed> {
    let mut done = Compressed::default();
    for path in files(folder)? {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if !COMPRESSIBLE.contains(&ending.as_str()) {
            continue;
        }
        let plain = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let brotli = brotli(&plain, if mode == Mode::Release { 11 } else { 4 })?;
        let gzip = gzip(&plain, if mode == Mode::Release { 9 } else { 4 })?;
        done.files += 1;
        done.plain += plain.len();
        done.brotli += brotli.len().min(plain.len());
        for (twin, bytes) in [("br", brotli), ("gz", gzip)] {
            if bytes.len() < plain.len() {
                let twin = path.with_extension(format!("{ending}.{twin}"));
                fs::write(&twin, bytes).with_context(|| format!("cannot write {}", twin.display()))?;
            }
        }
    }
    Ok(done)
}

/// Every file below a folder, in one order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// The size in bytes at the quality that the server sends.
pub fn brotli_size(bytes: &[u8]) -> Result<usize> {
    Ok(brotli(bytes, 11)?.len())
}

fn brotli(bytes: &[u8], quality: u32) -> Result<Vec<u8>> {
    // A window of 2^22 bytes is the largest that every browser accepts.
    let mut writer = CompressorWriter::new(Vec::new(), 1 << 16, quality, 22);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8], level: u32) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::new(level));
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_gets_smaller_gets_a_twin() {
        let folder = std::env::temp_dir().join(format!("weerklank-compress-{}", std::process::id()));
        fs::create_dir_all(folder.join("fonts")).unwrap();
        fs::write(folder.join("page.html"), "<p>weerklank</p>".repeat(100)).unwrap();
        fs::write(folder.join("tiny.txt"), "a").unwrap();
        fs::write(folder.join("fonts/text.woff2"), [0; 1000]).unwrap();

        let done = super::folder(&folder, Mode::Release).unwrap();

        assert_eq!((done.files, done.plain), (2, 1601));
        let names: Vec<_> = files(&folder)
            .unwrap()
            .iter()
            .map(|path| path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["fonts/text.woff2", "page.html", "page.html.br", "page.html.gz", "tiny.txt"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
