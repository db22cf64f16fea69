//! Whatever a file holds: it is a column that its own file gives back, or problems with their lines.
//!
//! `cargo +nightly fuzz run front_matter fuzz/corpus/front_matter content/columns`
#![no_main]

use libfuzzer_sys::fuzz_target;
use weerklank_markdown::{parse_file, tidy_body, to_file};

fuzz_target!(|text: &str| {
    match parse_file("een-bestand.md", text) {
        Ok(column) => {
            assert_eq!(tidy_body(&column.body), column.body);
            let file = to_file(&column);
            let again = parse_file("een-ander-bestand.md", &file);
            assert_eq!(again.as_ref(), Ok(&column), "in {file}");
            assert_eq!(to_file(&column), file);
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            let lines = text.matches(['\n', '\r']).count() + 1;
            for problem in problems {
                assert!((1..=lines).contains(&problem.line), "{problem} in a file of {lines} lines");
            }
        }
    }
});
