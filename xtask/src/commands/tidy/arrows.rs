//! The arrows between crates: each points inward.

use serde_json::Value;

use super::Findings;

/// Which of our crates each may use. Reading order: from the middle outward.
const ARROWS: &[(&str, &[&str])] = &[
    ("weerklank-domain", &[]),
    ("weerklank-api", &["weerklank-domain"]),
    ("weerklank-markdown", &["weerklank-domain"]),
    ("weerklank-import", &["weerklank-domain", "weerklank-markdown"]),
    // Words against words: nothing of it knows where they are kept.
    ("weerklank-revision", &["weerklank-domain"]),
    ("weerklank-migration", &[]),
    ("weerklank-store", &["weerklank-domain", "weerklank-migration"]),
    ("weerklank-search", &["weerklank-domain"]),
    // The views: they take data and never fetch it.
    ("weerklank", &["weerklank-api", "weerklank-domain"]),
    // What the static mirror answers; of the views it needs the addresses.
    ("weerklank-mirror", &["weerklank", "weerklank-api", "weerklank-domain"]),
    // What helps with the form in the browser.
    ("weerklank-share", &["weerklank-api", "weerklank-domain", "weerklank-markdown"]),
    (
        "weerklank-server",
        &[
            "weerklank",
            "weerklank-api",
            "weerklank-domain",
            "weerklank-import",
            "weerklank-markdown",
            "weerklank-mirror",
            "weerklank-revision",
            "weerklank-search",
            "weerklank-store",
        ],
    ),
    // What only tests and measurements use may look at everything.
    (
        "weerklank-test-support",
        &[
            "weerklank-import",
            "weerklank-domain",
            "weerklank-markdown",
            "weerklank-search",
            "weerklank-server",
            "weerklank-store",
        ],
    ),
    ("weerklank-bench", &["weerklank-domain", "weerklank-store", "weerklank-test-support"]),
    ("xtask", &[]),
];

/// Reads `cargo metadata` of the workspace.
pub fn check(metadata: &Value) -> Findings {
    let mut findings = Findings::new();
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        if package["description"].as_str().is_none_or(str::is_empty) {
            findings.push(format!("{name}: a crate has a description"));
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            findings.push(format!("{name}: say in xtask's tidy which of our crates it may use"));
            continue;
        };
        for dependency in uses(package).filter(|used| packages.iter().any(|ours| ours["name"] == **used)) {
            if !allowed.contains(&dependency) {
                findings.push(format!("{name} uses {dependency}: that arrow does not point inward"));
            }
        }
    }
    findings
}

/// What a crate is built from; what only its tests use may point anywhere.
fn uses(package: &Value) -> impl Iterator<Item = &str> {
    package["dependencies"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|dependency| dependency["kind"] != "dev")
        .filter_map(|dependency| dependency["name"].as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn package(name: &str, dependency: &str, kind: &Value) -> Value {
        json!({ "name": name, "description": "words", "dependencies": [{ "name": dependency, "kind": kind }] })
    }

    #[test]
    fn an_arrow_outward_is_found() {
        let store = package("weerklank-store", "weerklank-domain", &Value::Null);
        let outward = package("weerklank-domain", "weerklank-store", &Value::Null);
        let in_tests = package("weerklank-domain", "weerklank-store", &json!("dev"));
        let found = |packages: Value| check(&json!({ "packages": packages }));
        assert_eq!(
            found(json!([store, outward])),
            ["weerklank-domain uses weerklank-store: that arrow does not point inward"]
        );
        assert!(found(json!([store, in_tests])).is_empty());
    }

    #[test]
    fn a_crate_is_known_and_described() {
        let stranger = json!({ "name": "stranger", "dependencies": [] });
        assert_eq!(check(&json!({ "packages": [stranger] })).len(), 2);
    }
}
