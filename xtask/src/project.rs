//! Where things are: the checkout, and the folder shared by every checkout of this user.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;

/// One checkout, and the user's cache folder.
pub struct Project {
    /// The workspace's root.
    pub root: PathBuf,
    /// `$XDG_CACHE_HOME/weerklank`, or `~/.cache/weerklank`.
    pub cache: PathBuf,
}

impl Project {
    /// The checkout that cargo was started in.
    pub fn find() -> Result<Self> {
        let xtask = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = xtask.parent().context("xtask lies in the workspace")?.to_owned();
        let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let cache = absolute("XDG_CACHE_HOME")
            .or_else(|| env::home_dir().map(|home| home.join(".cache")))
            .context("neither XDG_CACHE_HOME nor a home folder is set: set one of them")?
            .join("weerklank");
        Ok(Self { root, cache })
    }

    /// What Trunk builds, and the server serves.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where cargo puts finished programs: `target`, unless the user chose another folder.
    pub fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), |dir| self.root.join(dir))
    }

    /// A finished program of the given profile's folder (`debug`, `release`).
    pub fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Cargo, started in the workspace's root.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        cargo.current_dir(&self.root);
        cargo
    }

    /// `cargo metadata` of the workspace's own packages.
    pub fn metadata(&self) -> Result<Value> {
        let mut cargo = self.cargo();
        cargo.args(["metadata", "--format-version=1", "--no-deps"]);
        serde_json::from_str(&process::output(&mut cargo)?).context("cargo metadata did not answer in JSON")
    }
}

/// True where `CI=true`: what could not run is then a failure.
pub fn is_ci() -> bool {
    env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}
