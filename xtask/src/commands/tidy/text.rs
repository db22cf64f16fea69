//! Rules on what stands in a file.

use anyhow::{Context, Result};

use super::{File, Findings};

/// Past this many lines a file is asking to be two.
const LONGEST: usize = 500;

/// Files that may be longer, each with its reason.
const MAY_BE_LONG: &[(&str, &str)] = &[];

/// Files of code that are too long, and exceptions that nobody needs any more.
pub fn long_files(files: &[File]) -> Findings {
    let mut findings = Findings::new();
    for file in files.iter().filter(|file| file.ending != "toml") {
        let lines = file.text.lines().count();
        let excused = MAY_BE_LONG.iter().any(|(path, _)| *path == file.path);
        if lines > LONGEST && !excused {
            findings
                .push(format!("{}: {lines} lines; more than {LONGEST} is asking to be two files", file.path));
        } else if lines <= LONGEST && excused {
            findings.push(format!("{}: {lines} lines need no exception in xtask's tidy", file.path));
        }
    }
    findings
}

/// Words of work that was left for later. They are spelled in two parts so that this file has none.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("dbg", "!("),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
];

pub fn unfinished(files: &[File]) -> Findings {
    find(files, |_, line| {
        let word = UNFINISHED.iter().find(|word| line.contains(**word))?;
        Some(format!("`{word}` is unfinished work: finish it, or open an issue"))
    })
}

/// Tests wait for what they need, and never sleep.
pub fn sleeping_tests(files: &[File]) -> Findings {
    const SLEEP: &[&str] = &[concat!("thread::", "sleep("), concat!("time::", "sleep(")];
    find(files, |place, line| {
        let sleeps = place.is_test && SLEEP.iter().any(|word| line.contains(word));
        sleeps.then(|| "a test awaits readiness and never sleeps".to_owned())
    })
}

/// The file that spells addresses.
const ROUTES: &str = "src/routes.rs";

/// Addresses of pages are built by the routes, in the views and in the server alike.
pub fn spelled_addresses(files: &[File]) -> Result<Findings> {
    let routes = files.iter().find(|file| file.path == ROUTES).context("src/routes.rs is gone")?;
    let firsts = first_segments(&routes.text);
    anyhow::ensure!(!firsts.is_empty(), "{ROUTES} has no pattern that this rule understands");
    let of_views = files.iter().filter(|file| {
        file.ending == "rs"
            && file.path != ROUTES
            && (file.path.starts_with("src/") || file.path.starts_with("crates/server/src/"))
    });
    Ok(find(of_views, |place, line| {
        if place.is_test || line.trim_start().starts_with("//") {
            return None;
        }
        let first = firsts.iter().find(|first| spells(line, first))?;
        Some(format!("the address \"{first}\" is spelled in {ROUTES} and nowhere else"))
    }))
}

/// `/columns` of `pub const COLUMN: &str = "/columns/{slug}";`, for every pattern that has a first part.
fn first_segments(routes: &str) -> Vec<&str> {
    let mut firsts: Vec<&str> = routes
        .lines()
        .filter_map(|line| {
            line.trim().strip_prefix("pub const ")?.split_once(": &str = \"")?.1.split_once('"')
        })
        .filter_map(|(pattern, _)| pattern.strip_prefix('/').map(|rest| (pattern, rest)))
        .filter(|(_, rest)| !rest.is_empty() && !rest.starts_with('{'))
        .map(|(pattern, rest)| &pattern[..=rest.find('/').unwrap_or(rest.len())])
        .collect();
    firsts.sort_unstable();
    firsts.dedup();
    firsts
}

/// True when a string of the line begins with the address: `"/columns"`, `"/columns/…`, `"/columns?…`.
fn spells(line: &str, address: &str) -> bool {
    line.match_indices(address).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let behind = line[at + address.len()..].chars().next();
        before == Some('"') && matches!(behind, Some('"' | '/' | '?' | '{'))
    })
}

/// A line's surroundings.
struct Place {
    /// In a folder of tests, or below `#[cfg(test)]`.
    is_test: bool,
}

fn find<'a>(
    files: impl IntoIterator<Item = &'a File>,
    rule: impl Fn(&Place, &str) -> Option<String>,
) -> Findings {
    let mut findings = Findings::new();
    for file in files {
        let mut place = Place { is_test: file.path.split('/').any(|folder| folder == "tests") };
        for (number, line) in (1..).zip(file.text.lines()) {
            place.is_test |= line.trim() == "#[cfg(test)]";
            if let Some(finding) = rule(&place, line) {
                findings.push(format!("{}:{number}: {finding}", file.path));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), ending: "rs".to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_long_file_is_found() {
        let files = [file("src/a.rs", &"x\n".repeat(501)), file("src/b.rs", &"x\n".repeat(500))];
        assert_eq!(long_files(&files), ["src/a.rs: 501 lines; more than 500 is asking to be two files"]);
    }

    #[test]
    fn unfinished_work_is_found() {
        for word in UNFINISHED {
            assert_eq!(unfinished(&[file("src/a.rs", &format!("\n// {word}"))]).len(), 1, "{word}");
        }
    }

    #[test]
    fn sleep_is_refused_in_tests_only() {
        let sleep = concat!("thread::", "sleep(second);");
        assert_eq!(sleeping_tests(&[file("crates/a/tests/b.rs", sleep)]).len(), 1);
        assert_eq!(sleeping_tests(&[file("src/a.rs", &format!("#[cfg(test)]\n{sleep}"))]).len(), 1);
        assert!(sleeping_tests(&[file("crates/a/src/b.rs", sleep)]).is_empty());
    }

    #[test]
    fn an_address_has_one_place() {
        let routes =
            file(ROUTES, "pub const COLUMN: &str = \"/columns/{slug}\";\npub const HOME: &str = \"/\";");
        let line = r#"format!("/columns/{slug}")"#;
        let views = [
            (file("src/a.rs", line), 1),
            (file("crates/server/src/a.rs", r#"get("/columns")"#), 1),
            (file("src/a.rs", r#""/columnist""#), 0),
            (file("src/a.rs", &format!("// {line}")), 0),
            (file("src/a.rs", &format!("#[cfg(test)]\n{line}")), 0),
            (file("crates/store/src/a.rs", line), 0),
        ];
        for (view, expected) in views {
            let path = view.path.clone();
            let found = spelled_addresses(&[file(ROUTES, &routes.text), view]).unwrap();
            assert_eq!(found.len(), expected, "{path}: {found:?}");
        }
    }
}
