//! Draws every kind of page to files, in both languages, to look at them:
//! `cargo run --features ssr --example gallery -- DIR`. Serve `DIR` beside `public/`.

mod fixtures;

use std::path::PathBuf;
use std::{env, fs, process};

use weerklank::document::{DocumentAssets, html};
use weerklank_domain::Lang;

fn main() {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("name the folder to write to: cargo run --features ssr --example gallery -- DIR");
        process::exit(2);
    };
    if let Err(error) = draw(&folder) {
        eprintln!("{}: {error}", folder.display());
        process::exit(1);
    }
}

fn draw(folder: &std::path::Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for lang in Lang::ALL {
        for (name, envelope) in fixtures::all(*lang) {
            fs::write(
                folder.join(format!("{name}.{lang}.html")),
                html(&envelope, &DocumentAssets::default()),
            )?;
        }
    }
    Ok(())
}
