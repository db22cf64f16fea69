//! Draws every kind of page, and the sample columns, to files in both languages, to look at them:
//! `cargo run --features ssr --example gallery -- DIR`. Serve `DIR` beside `public/`.

mod content;
mod fixtures;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use weerklank::document::{DocumentAssets, html};
use weerklank_domain::Lang;

fn main() {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("name the folder to write to: cargo run --features ssr --example gallery -- DIR");
        process::exit(2);
    };
    if let Err(problem) = draw(&folder) {
        eprintln!("{problem}");
        process::exit(1);
    }
}

fn draw(folder: &Path) -> Result<(), String> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(said)?;
    for lang in Lang::ALL {
        let invented = fixtures::all(*lang).into_iter().map(|(name, page)| (name.to_owned(), page));
        for (name, envelope) in invented.chain(content::all(Path::new("content/columns"), *lang)?) {
            let file = folder.join(format!("{name}.{lang}.html"));
            fs::write(file, html(&envelope, &DocumentAssets::default())).map_err(said)?;
        }
    }
    Ok(())
}
