//! What the parts of one run share: each thing is built once, when the first part asks for it.

use std::cell::OnceCell;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::assets::{self, Mode};
use crate::build_folder::BuildFolder;
use crate::commands::run;
use crate::process;
use crate::project::Project;
use crate::steps::step;

/// One run of `cargo xtask test`.
pub struct Session<'a> {
    pub project: &'a Project,
    folder: OnceCell<BuildFolder>,
    programs: OnceCell<Vec<TestProgram>>,
    assets: OnceCell<()>,
    server: OnceCell<PathBuf>,
}

/// A compiled file of tests.
pub struct TestProgram {
    /// The crate that it belongs to.
    pub package: String,
    /// The crate's folder, in which its tests run.
    pub folder: PathBuf,
    /// The name of the library, program or file in `tests`.
    pub target: String,
    /// True for a file in `tests`.
    pub is_integration: bool,
    pub path: PathBuf,
}

impl<'a> Session<'a> {
    pub fn start(project: &'a Project) -> Self {
        let folder = OnceCell::new();
        let (programs, assets, server) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { project, folder, programs, assets, server }
    }

    /// Cargo, building where this run builds.
    pub fn cargo(&self) -> Result<Command> {
        let mut cargo = self.project.cargo();
        self.folder()?.apply(&mut cargo);
        Ok(cargo)
    }

    /// Kept from the first part that compiles to the end of the run.
    fn folder(&self) -> Result<&BuildFolder> {
        get_or_try(&self.folder, || BuildFolder::claim(self.project))
    }

    /// Every file of tests of the workspace. All are compiled by one command: naming crates one by one
    /// would give their dependencies other features, and compile them again for each choice.
    pub fn programs(&self) -> Result<&[TestProgram]> {
        get_or_try(&self.programs, || step("compiling tests", || self.compile_tests())).map(Vec::as_slice)
    }

    /// The optimised page, as it is shipped.
    pub fn assets(&self) -> Result<()> {
        get_or_try(&self.assets, || assets::build(self.project, self.folder()?, Mode::Release)).copied()
    }

    /// The server's program: the one that the tests were compiled with, when they were.
    pub fn server(&self) -> Result<&Path> {
        get_or_try(&self.server, || run::build_server(self.project, self.folder()?, false))
            .map(PathBuf::as_path)
    }

    fn compile_tests(&self) -> Result<Vec<TestProgram>> {
        let mut cargo = self.cargo()?;
        cargo.args(["test", "--workspace", "--features", "weerklank/ssr", "--no-run"]);
        cargo.arg("--message-format=json-render-diagnostics").stdout(Stdio::piped());
        let mut child = cargo.spawn().context("could not start cargo")?;
        let mut programs = Vec::new();
        let mut server = None;
        for line in BufReader::new(child.stdout.take().context("cargo's output is piped")?).lines() {
            let message: Value = serde_json::from_str(&line?).context("cargo did not answer in JSON")?;
            programs.extend(TestProgram::from_message(&message));
            server = server.or_else(|| server_from_message(&message));
        }
        process::check(&cargo, child.wait()?)?;
        if let Some(server) = server {
            // One that is known already was built from the same source.
            let _ = self.server.set(server);
        }
        Ok(programs)
    }
}

impl TestProgram {
    /// Of a `compiler-artifact` message, when it is about a file of tests.
    fn from_message(message: &Value) -> Option<Self> {
        if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
            return None;
        }
        let manifest = Path::new(message["manifest_path"].as_str()?);
        let folder = manifest.parent()?.to_owned();
        Some(Self {
            package: package_name(message["package_id"].as_str()?, &folder),
            folder,
            target: message["target"]["name"].as_str()?.to_owned(),
            is_integration: message["target"]["kind"][0] == "test",
            path: message["executable"].as_str()?.into(),
        })
    }
}

/// The program `weerklank` of a `compiler-artifact` message.
fn server_from_message(message: &Value) -> Option<PathBuf> {
    let target = &message["target"];
    let is_server =
        message["profile"]["test"] == false && target["kind"][0] == "bin" && target["name"] == "weerklank";
    is_server.then(|| message["executable"].as_str().map(PathBuf::from))?
}

/// Cargo's id of a path crate ends in `#name@version`, or in `#version` when the folder has its name.
fn package_name(id: &str, folder: &Path) -> String {
    match id.rsplit_once('#').and_then(|(_, end)| end.split_once('@')) {
        Some((name, _)) => name.to_owned(),
        None => folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    }
}

/// `OnceCell::get_or_try_init`, which the standard library does not offer yet.
fn get_or_try<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = make()?;
    Ok(cell.get_or_init(|| value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_named_by_its_id_or_its_folder() {
        let folder = Path::new("/somewhere/xtask");
        assert_eq!(
            package_name("path+file:///a/crates/store#weerklank-store@0.1.0", folder),
            "weerklank-store"
        );
        assert_eq!(package_name("path+file:///a/xtask#0.1.0", folder), "xtask");
    }

    #[test]
    fn only_files_of_tests_count() {
        let message = |test: bool| {
            serde_json::json!({
                "reason": "compiler-artifact", "profile": { "test": test },
                "package_id": "path+file:///a/crates/store#weerklank-store@0.1.0",
                "manifest_path": "/a/crates/store/Cargo.toml",
                "target": { "name": "columns", "kind": ["test"] },
                "executable": "/a/target/debug/deps/columns-1",
            })
        };
        let program = TestProgram::from_message(&message(true)).unwrap();
        assert_eq!((&*program.package, &*program.target), ("weerklank-store", "columns"));
        assert!(program.is_integration);
        assert!(TestProgram::from_message(&message(false)).is_none());
    }

    #[test]
    fn the_server_is_the_program_and_not_its_tests() {
        let message = |kind: &str, test: bool| {
            serde_json::json!({
                "profile": { "test": test }, "target": { "name": "weerklank", "kind": [kind] },
                "executable": "/a/target/debug/weerklank",
            })
        };
        assert_eq!(
            server_from_message(&message("bin", false)).as_deref(),
            Some(Path::new("/a/target/debug/weerklank"))
        );
        assert!(server_from_message(&message("bin", true)).is_none());
        assert!(server_from_message(&message("lib", false)).is_none());
    }
}
