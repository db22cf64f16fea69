//! Draws every kind of page and mail, and the sample columns, to files in both languages, to look at them:
//! `cargo run --features ssr --example gallery -- DIR`. Serve `DIR` beside `public/`.

mod content;
mod fixtures;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use weerklank::document::{DocumentAssets, html};
use weerklank::mail::{self, Decided, Rendered};
use weerklank::routes::pattern;
use weerklank_domain::desk::{Ground, Verdict};
use weerklank_domain::{Date, Lang};

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
        for (name, mail) in mails(*lang) {
            fs::write(folder.join(format!("{name}.{lang}.html")), mail.html).map_err(said)?;
            fs::write(folder.join(format!("{name}.{lang}.txt")), mail.text).map_err(said)?;
        }
    }
    Ok(())
}

fn mails(lang: Lang) -> [(&'static str, Rendered); 2] {
    let origin = "https://board.example";
    let secret = "AbCdEfGhIjKlMnOpQrStUvWxYz012345";
    let decided = Decided {
        lang,
        site: "board.example",
        to: mail::To::Sender,
        kind: weerklank_domain::desk::Kind::Experience,
        verdict: Verdict::Reject,
        ground: Some(Ground::Privacy),
        statement: Some("Er staat een telefoonnummer in.\nDat leidt naar iemand.\n\nZonder kan het wel."),
        automated: false,
        may_appeal: true,
        away: None,
        column_stays: false,
        received: Date::new(2026, 11, 21).expect("a day of the calendar"),
        url: &format!("{origin}{}", pattern::mine(secret)),
    };
    let confirm = mail::confirm(lang, "board.example", format!("{origin}{}", pattern::confirm(secret)));
    [("mail-confirm", confirm), ("mail-decided", mail::decided(&decided))]
}
