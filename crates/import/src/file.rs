//! Reading a text file without trusting it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use weerklank_markdown::{MAX_BODY, MAX_FRONT_MATTER};

use crate::Problem;

/// A Markdown file: the largest body, the largest front matter and the lines around it.
pub(crate) const MAX_MARKDOWN_FILE: u64 = (MAX_BODY + MAX_FRONT_MATTER + 1024) as u64;
/// A WordPress or Ghost export.
pub(crate) const MAX_EXPORT: u64 = 200_000_000;

/// Opens a file that is at most `limit` bytes long; `what` begins the sentence when it is longer.
pub(crate) fn open(path: &Path, limit: u64, what: &str) -> Result<File, Problem> {
    let cannot = |error| Problem::new(None, format!("cannot be read: {error}"));
    let file = File::open(path).map_err(cannot)?;
    let size = file.metadata().map_err(cannot)?.len();
    if size > limit { Err(too_large(size, limit, what)) } else { Ok(file) }
}

fn too_large(size: u64, limit: u64, what: &str) -> Problem {
    let megabytes = |n: u64| format!("{}.{} MB", n / 1_000_000, n / 100_000 % 10);
    let message = format!(
        "{what} is at most {}, this file has {}; split it into smaller ones",
        megabytes(limit / 100_000 * 100_000),
        megabytes(size)
    );
    Problem::new(None, message)
}

/// Reads a Markdown file as UTF-8, without its byte order mark.
pub(crate) fn read_markdown(path: &Path) -> Result<String, Problem> {
    let what = "a column";
    let file = open(path, MAX_MARKDOWN_FILE, what)?;
    let mut bytes = Vec::new();
    // One byte past the limit tells a file that grew while it was read.
    let read = file.take(MAX_MARKDOWN_FILE + 1).read_to_end(&mut bytes);
    let size = read.map_err(|error| Problem::new(None, format!("cannot be read: {error}")))? as u64;
    if size > MAX_MARKDOWN_FILE {
        return Err(too_large(size, MAX_MARKDOWN_FILE, what));
    }
    decode(bytes)
}

/// UTF-8 or a sentence that says what it is instead and how to convert it.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    if let Some(name) = other_encoding(&bytes) {
        return Err(Problem::new(Some(1), convert(&format!("the file is {name}, not UTF-8"), name)));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = line_ends(&bytes[..at]) + 1;
        let what = format!("byte {:#04x} at offset {at} is not UTF-8", bytes[at]);
        let message = if looks_like_windows_1252(bytes) {
            convert(&format!("{what}; the file looks like Windows-1252"), "WINDOWS-1252")
        } else {
            format!("{what}; save the file as UTF-8")
        };
        Problem::new(Some(line), message)
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// UTF-16 or UTF-32, by its byte order mark or by the zero bytes that Latin text has in it.
pub(crate) fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        [1..=255, 0, 1..=255, 0, ..] => Some("UTF-16LE"),
        [0, 1..=255, 0, 1..=255, ..] => Some("UTF-16BE"),
        _ => None,
    }
}

/// How many lines end in it.
pub(crate) fn line_ends(text: impl AsRef<[u8]>) -> usize {
    memchr::memchr_iter(b'\n', text.as_ref()).count()
}

fn convert(what: &str, encoding: &str) -> String {
    format!("{what}; convert it with `iconv -f {encoding} -t UTF-8 OLD > NEW`")
}

/// Whether every byte has a meaning there and the ones above ASCII stand where a letter or a
/// typographer's mark would: mostly alone, between ASCII.
fn looks_like_windows_1252(bytes: &[u8]) -> bool {
    // The five bytes that Windows-1252 leaves undefined, and what no text file holds.
    let impossible = |b: &u8| matches!(b, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d | 0..=8);
    if bytes.iter().any(impossible) {
        return false;
    }
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let pairs = bytes.windows(2).filter(|pair| pair.iter().all(|b| *b >= 0x80)).count();
    pairs * 4 <= high
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> (Option<usize>, String) {
        let problem = decode(bytes.to_vec()).unwrap_err();
        (problem.line, problem.message)
    }

    #[test]
    fn other_encodings_are_named() {
        let (line, said) = message(b"---\ntitle: caf\xe9 \x96 goed\n");
        assert_eq!(line, Some(2));
        assert_eq!(
            said,
            "byte 0xe9 at offset 14 is not UTF-8; the file looks like Windows-1252; convert it with \
             `iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW`"
        );
        assert!(message(b"\xff\xfe-\0-\0").1.starts_with("the file is UTF-16, not UTF-8; convert it with"));
        assert!(message(b"-\0-\0-\0").1.contains("`iconv -f UTF-16LE -t UTF-8"));
        assert_eq!(message(b"ab\x81").1, "byte 0x81 at offset 2 is not UTF-8; save the file as UTF-8");
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode(b"\xef\xbb\xbf---\n".to_vec()).unwrap(), "---\n");
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("big.md");
        // Sparse: ten megabytes long and nothing on the disk.
        File::create(&path).unwrap().set_len(10_400_000).unwrap();
        let problem = read_markdown(&path).unwrap_err();
        assert_eq!(
            problem.message,
            "a column is at most 1.0 MB, this file has 10.4 MB; split it into smaller ones"
        );
    }
}
