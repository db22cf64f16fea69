//! One folder of compiled dependencies for every checkout of this user.
//!
//! A fresh clone would otherwise compile some four hundred dependencies again. Cargo's build folder
//! (`CARGO_BUILD_BUILD_DIR`) is therefore shared, while finished programs still land in the
//! checkout's own `target`.
//!
//! Cargo tells workspace crates apart by their path *within* the workspace and judges by file times
//! whether they are fresh. Two checkouts that share a folder would thus be handed each other's
//! crates. So the folder remembers which checkout used it last, forgets the workspace's own crates
//! when another one comes, and is locked while one builds.

use std::env;
use std::fs::{self, File, TryLockError};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::project::Project;

/// Where each profile and target puts the crates that have to be forgotten.
const USED: &[&[&str]] = &[
    &["--profile=dev"],
    &["--profile=release"],
    &["--profile=dev", "--target=wasm32-unknown-unknown"],
    &["--profile=wasm-release", "--target=wasm32-unknown-unknown"],
];

/// The right to build in the shared folder, given back on drop.
pub struct BuildFolder {
    shared: Option<(PathBuf, File)>,
}

impl BuildFolder {
    /// Waits for other checkouts, then makes the folder this checkout's. A user who set
    /// `CARGO_TARGET_DIR` or `CARGO_BUILD_BUILD_DIR` keeps that choice.
    pub fn claim(project: &Project) -> Result<Self> {
        if ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "CARGO_BUILD_BUILD_DIR"]
            .iter()
            .any(|name| env::var_os(name).is_some())
        {
            return Ok(Self { shared: None });
        }
        let folder = Self::path(project)?;
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let lock = File::create(folder.join("checkout.lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                println!("waiting for another checkout that is building …");
                lock.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error).context("cannot lock the build folder"),
        }
        let claimed = Self { shared: Some((folder.clone(), lock)) };
        let marker = folder.join("checkout");
        let here = project.root.to_string_lossy();
        if fs::read_to_string(&marker).ok().as_deref() != Some(&*here) {
            claimed.forget_workspace_crates(project)?;
            fs::write(&marker, here.as_bytes())?;
        }
        Ok(claimed)
    }

    /// The shared folder of the compiler in use.
    pub fn path(project: &Project) -> Result<PathBuf> {
        let version = process::output(Command::new("rustc").arg("--version").current_dir(&project.root))?;
        let version = version.split_whitespace().nth(1).context("rustc told no version")?;
        Ok(project.cache.join("build").join(version))
    }

    /// Makes a cargo (or a program that starts one) build here.
    pub fn apply(&self, command: &mut Command) {
        if let Some((folder, _)) = &self.shared {
            command.env("CARGO_BUILD_BUILD_DIR", folder);
        }
    }

    fn forget_workspace_crates(&self, project: &Project) -> Result<()> {
        let Some((folder, _)) = &self.shared else { return Ok(()) };
        let metadata = project.metadata()?;
        let names: Vec<&str> = metadata["packages"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|package| package["name"].as_str())
            .collect();
        for place in USED {
            let mut cargo = project.cargo();
            // Both folders are the shared one here: the checkout's own programs are not touched.
            cargo.env("CARGO_BUILD_BUILD_DIR", folder).env("CARGO_TARGET_DIR", folder);
            cargo.args(["clean", "--quiet"]).args(*place);
            cargo.args(names.iter().flat_map(|name| ["--package", name]));
            process::quiet(&mut cargo)?;
        }
        Ok(())
    }
}
