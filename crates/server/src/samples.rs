//! The sample columns, inside the binary.

use anyhow::Context as _;
use weerklank_domain::Column;

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../content/columns"]
#[include = "*.md"]
struct Samples;

/// The sample columns, in the order of their file names.
pub fn samples() -> anyhow::Result<Vec<Column>> {
    let mut names: Vec<_> = Samples::iter().collect();
    names.sort();
    let column = |name: &str| {
        let file = Samples::get(name).context("it was listed a moment ago")?;
        let text = std::str::from_utf8(&file.data)?;
        weerklank_markdown::parse_file(name, text).map_err(|problems| match problems.first() {
            Some(problem) => anyhow::anyhow!("line {}: {}", problem.line, problem.message),
            None => anyhow::anyhow!("it was refused"),
        })
    };
    names.iter().map(|name| column(name).with_context(|| format!("sample column {name}"))).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_sample_column_is_well_formed() {
        assert!(super::samples().unwrap().len() >= 14);
    }
}
