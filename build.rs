//! Makes the words of the interface and the style of every page before the views are compiled.

#[path = "build/styles.rs"]
mod styles;
#[path = "build/texts.rs"]
mod texts;

use std::path::{Path, PathBuf};
use std::{env, fs};

use base64::Engine;
use sha2::{Digest, Sha256};

/// In the order in which the cascade reads them.
const STYLES: &[&str] = &["layers", "fonts", "tokens", "base", "layout", "components/*", "helpers", "print"];

/// In the pages that have a form of more than a line, and in no other.
const FORMS: &str = "style/forms.css";

/// At the desk alone: all files of a folder.
const DESK: &str = "style/desk";

fn main() {
    if let Err(problem) = run() {
        // One line per problem: cargo shows them under "failed to run custom build command".
        eprintln!("{problem}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=style");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    write(&out.join("words.rs"), &words(Path::new("locales"), "Words")?)?;
    write(&out.join("desk_words.rs"), &words(Path::new("locales/desk"), "DeskWords")?)?;
    let beside = |path| Ok::<_, String>(styles::minify(&read(Path::new(path))?));
    let desk: String =
        files(Path::new(DESK), "css")?.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    for (name, css) in [("style", style()?), ("forms", beside(FORMS)?), ("desk", styles::minify(&desk))] {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(css.as_bytes()));
        write(&out.join(name).with_extension("css"), &css)?;
        write(&out.join(name).with_extension("sha256"), &hash)?;
    }
    Ok(())
}

/// The words in a folder of one file per language, as methods of a type.
fn words(folder: &Path, of: &str) -> Result<String, String> {
    let mut locales = Vec::new();
    for path in files(folder, "toml")? {
        let file = path.display().to_string();
        let lang = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        locales.push(texts::parse(&lang, &file, &read(&path)?)?);
    }
    texts::generate(&locales, of).map_err(|problems| problems.join("\n"))
}

fn style() -> Result<String, String> {
    let mut css = String::new();
    for name in STYLES {
        match name.strip_suffix("/*") {
            Some(folder) => {
                for path in files(&Path::new("style").join(folder), "css")? {
                    css.push_str(&read(&path)?);
                }
            }
            None => css.push_str(&read(&Path::new("style").join(name).with_extension("css"))?),
        }
    }
    Ok(styles::minify(&css))
}

/// The files of a folder with this extension, by name.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
