//! The static mirror: step 2 of a page for every public address, written to files.
//!
//! `DIR/site` is the whole public site and works from any static host; `DIR/columns` holds every
//! column as Markdown, drafts included, and imports back to the same bytes.

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use weerklank::routes::{self, Route, pattern, picture};
use weerklank_api::pages::Page;
use weerklank_domain::{ColumnFilter, Lang, Picture};
use weerklank_markdown::{plain_text, to_file};
use weerklank_mirror::Index;

use crate::{
    app::App,
    jobs::index::labels,
    pages::{Form, PageKey, Seen, envelope, html, load, with_small},
    problem::Problem,
    routes::{feeds, sitemap},
    transparency,
};

/// Marks a folder as ours, and names each file in it that is.
const MARK: &str = ".weerklank-export";
/// What an export writes into the folder, in the order in which it takes its place: the mark last, so
/// that it never names what is not there.
const ENTRIES: [&str; 3] = ["columns", "site", MARK];
/// Where the new mirror is made, and where the old one waits to be removed: inside the folder, which
/// may be a mount point or the target of a link, and which nobody but its owner may be able to read.
const FRESH: &str = ".weerklank-export-new";
const OLD: &str = ".weerklank-export-old";
/// Columns read at once.
const BATCH: u32 = 200;
/// The interface language of addresses without one: a static host cannot negotiate.
const DEFAULT: Lang = Lang::Nl;

/// What was written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub pages: usize,
    pub columns: usize,
    pub files: usize,
}

/// Writes the mirror to `dir`, which is made if it is not there. What an earlier export wrote is
/// replaced once the new one is whole, so an export that fails half-way leaves what was there. Other
/// files are never touched: where they are in the way, nothing is written.
pub async fn export(app: &App, dir: &Path) -> anyhow::Result<Written> {
    let is_new = !dir.exists();
    fs::create_dir_all(dir)?;
    refuse_others(dir)?;
    let fresh = dir.join(FRESH);
    remove(&fresh)?;
    let mut writer = Writer { root: fresh.clone(), files: Vec::new(), written: Written::default() };
    let done = match everything(app, &mut writer).await {
        Ok(()) => replace(dir, &fresh),
        failed => failed,
    };
    // Where this failed, the error says more than one about what is left of the attempt.
    let removed = remove(&fresh).and_then(|()| remove(&dir.join(OLD)));
    if is_new && done.is_err() {
        let _empty = fs::remove_dir(dir);
    }
    done.and(removed)?;
    Ok(writer.written)
}

/// Refuses a folder in which files would be lost that no export wrote.
fn refuse_others(dir: &Path) -> anyhow::Result<()> {
    let Ok(mark) = fs::read_to_string(dir.join(MARK)) else {
        let ours = [FRESH, OLD];
        let mut others = fs::read_dir(dir).context("it is not a folder that can be read")?;
        if others.any(|entry| entry.is_ok_and(|entry| !ours.iter().any(|ours| entry.file_name() == *ours))) {
            bail!("it holds files that no export wrote; name an empty or a new folder");
        }
        return Ok(());
    };
    let ours: HashSet<&str> = mark.lines().skip(1).collect();
    let mut folders = vec![PathBuf::from("columns"), PathBuf::from("site")];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(dir.join(&folder)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if !path.to_str().is_some_and(|path| ours.contains(path)) {
                bail!(
                    "{} was written by no export and would be lost; move it, or name another folder",
                    path.display()
                );
            }
        }
    }
    Ok(())
}

/// Puts the new entries in the place of the old ones; where one cannot be, all is as it was.
fn replace(dir: &Path, fresh: &Path) -> anyhow::Result<()> {
    let old = dir.join(OLD);
    remove(&old)?;
    fs::create_dir(&old)?;
    for (done, entry) in ENTRIES.iter().enumerate() {
        let swapped = shift(&dir.join(entry), &old.join(entry))
            // A board without columns has no folder of them.
            .and_then(|()| shift(&fresh.join(entry), &dir.join(entry)));
        if let Err(error) = swapped {
            for entry in &ENTRIES[..=done] {
                // What cannot be undone either is not worse than the error that led here.
                let _back = fs::rename(dir.join(entry), fresh.join(entry));
                let _back = fs::rename(old.join(entry), dir.join(entry));
            }
            return Err(error).with_context(|| format!("cannot replace {}", dir.join(entry).display()));
        }
    }
    Ok(())
}

/// Moves what is at `from`, if anything is.
fn shift(from: &Path, to: &Path) -> std::io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        moved => moved,
    }
}

async fn everything(app: &App, writer: &mut Writer) -> anyhow::Result<()> {
    columns(app, writer).await?;
    pages(app, writer).await?;
    files(app, writer).await?;
    pictures(app, writer).await?;
    writer.mark()
}

/// Every column as a file that imports back to the same bytes.
async fn columns(app: &App, writer: &mut Writer) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let columns = app.store.all_columns(after.as_ref(), BATCH).await?;
        let Some(last) = columns.last() else { return Ok(()) };
        after = Some(last.column.slug.clone());
        for stored in &columns {
            writer.text(&format!("columns/{}.md", stored.column.slug), &to_file(&stored.column))?;
            writer.written.columns += 1;
        }
    }
}

async fn pages(app: &App, writer: &mut Writer) -> anyhow::Result<()> {
    let places = sitemap::places(app).await.map_err(|problem| words(&problem))?;
    let routes = places.into_iter().map(|place| place.route).chain([Route::Search(
        String::new(),
        ColumnFilter::default(),
        weerklank_domain::PageNumber::FIRST,
    )]);
    for route in routes {
        for ui in std::iter::once(None).chain(Lang::ALL.iter().copied().map(Some)) {
            let url = route.url();
            let seen = Seen { ui: ui.unwrap_or(DEFAULT), ui_in_path: ui.is_some(), mirror: true };
            let page = load(app, app.edition(), &route, seen).await?;
            writer.page(app, &url, ui, page)?;
        }
    }
    let page = envelope(app, &key(app, "/", None), Page::NotFound, true);
    writer.text("site/404.html", &html(app, &page))
}

async fn files(app: &App, writer: &mut Writer) -> anyhow::Result<()> {
    let origin = app.public_url.as_str();
    let feed = feeds::load(app, ColumnFilter::default()).await.map_err(|problem| words(&problem))?;
    writer.text(&format!("site{}", pattern::FEED_ATOM), &feeds::write_atom(app, &feed))?;
    writer.text(&format!("site{}", pattern::FEED_JSON), &feeds::write_json(app, &feed))?;
    let places = sitemap::places(app).await.map_err(|problem| words(&problem))?;
    writer.text(&format!("site{}", pattern::SITEMAP), &sitemap::urls(origin, &places))?;
    writer.text(&format!("site{}", pattern::ROBOTS), &sitemap::robots_text(origin))?;
    writer.text(&format!("site{}", pattern::MIRROR_INDEX), &index(app).await?)?;
    let figures = transparency::load(app, app.edition()).await?;
    for year in transparency::years(&figures) {
        if let Some(text) = transparency::csv(&figures, year) {
            writer.text(&format!("site{}", pattern::transparency_file(year)), &text)?;
        }
    }
    for (path, body) in app.assets.iter() {
        // Built files have names of ours; still, nothing is written outside the folder.
        if !path.split('/').any(|part| part == "..") {
            writer.bytes(&format!("site{path}"), body)?;
        }
    }
    Ok(())
}

/// The pictures that public columns show, in all their sizes. One that is not there is left out: the page says in
/// words what it would show.
async fn pictures(app: &App, writer: &mut Writer) -> anyhow::Result<()> {
    let today = app.edition().today;
    let mut named = BTreeSet::new();
    let mut after = None;
    loop {
        let stored = app.store.all_columns(after.as_ref(), BATCH).await?;
        let Some(last) = stored.last() else { break };
        after = Some(last.column.slug.clone());
        for column in stored.iter().map(|stored| &stored.column).filter(|column| column.is_public(today)) {
            named.extend(Picture::in_text(&column.body).flat_map(Picture::sizes));
            let above = column.image.as_ref().and_then(|image| picture::named(&image.src));
            named.extend(above.into_iter().flat_map(Picture::sizes));
        }
    }
    for picture in named {
        if let Some(file) = app.store.picture(picture).await? {
            writer.bytes(&format!("site{}", picture::address(picture)), &file)?;
        }
    }
    Ok(())
}

/// What the browser answers from where no server does.
async fn index(app: &App) -> anyhow::Result<String> {
    let today = app.edition().today;
    let mut columns = Vec::new();
    let mut after = None;
    loop {
        let stored = app.store.all_columns(after.as_ref(), BATCH).await?;
        let Some(last) = stored.last() else { break };
        after = Some(last.column.slug.clone());
        let public = stored.into_iter().filter(|stored| stored.column.is_public(today));
        columns.extend(public.map(|stored| {
            let text = plain_text(&stored.column.body);
            let [card] = with_small(vec![stored.card]).try_into().expect("as many as there were");
            (card, labels(&stored.column), text)
        }));
    }
    Ok(serde_json::to_string(&Index::of(columns))?)
}

fn key(app: &App, url: &str, ui: Option<Lang>) -> PageKey {
    PageKey {
        edition: app.edition(),
        ui: ui.unwrap_or(DEFAULT),
        ui_in_path: ui.is_some(),
        form: Form::Html,
        url: url.to_owned(),
    }
}

fn words(problem: &Problem) -> anyhow::Error {
    anyhow::anyhow!("{}", problem.code)
}

struct Writer {
    root: PathBuf,
    /// The path of each file, from the root, with `/` between its parts.
    files: Vec<String>,
    written: Written,
}

impl Writer {
    fn page(&mut self, app: &App, url: &str, ui: Option<Lang>, page: Page) -> anyhow::Result<()> {
        let envelope = envelope(app, &key(app, url, ui), page, true);
        let address = routes::localised(url, ui);
        let folder = address.trim_matches('/');
        let folder = if folder.is_empty() { "site".to_owned() } else { format!("site/{folder}") };
        self.text(&format!("{folder}/index.html"), &html(app, &envelope))?;
        self.text(&format!("{folder}/{}", pattern::DATA_FILE), &serde_json::to_string(&envelope)?)?;
        self.written.pages += 1;
        Ok(())
    }

    fn text(&mut self, path: &str, text: &str) -> anyhow::Result<()> {
        self.bytes(path, text.as_bytes())
    }

    fn bytes(&mut self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.files.push(path.to_owned());
        let path = self.root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        self.written.files += 1;
        Ok(())
    }

    fn mark(&mut self) -> anyhow::Result<()> {
        self.files.sort_unstable();
        let text = format!(
            "Written by `weerklank export`, which replaces these files and no others:\n{}\n",
            self.files.join("\n")
        );
        self.text(MARK, &text)
    }
}

fn remove(dir: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}
