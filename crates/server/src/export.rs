//! The static mirror: step 2 of a page for every public address, written to files.
//!
//! `DIR/site` is the whole public site and works from any static host; `DIR/columns` holds every
//! column as Markdown, drafts included, and imports back to the same bytes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use weerklank::routes::{self, Route, pattern};
use weerklank_api::pages::Page;
use weerklank_domain::{ColumnFilter, Lang};
use weerklank_markdown::{plain_text, to_file};
use weerklank_mirror::Index;

use crate::{
    app::App,
    jobs::index::labels,
    pages::{Form, PageKey, envelope, html, load},
    problem::Problem,
    routes::{feeds, sitemap},
};

/// Marks a folder as ours to replace.
const MARK: &str = ".weerklank-export";
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

/// Writes the mirror to `dir`. It is made beside it and takes its place whole, so an export that
/// fails half-way leaves what was there.
pub async fn export(app: &App, dir: &Path) -> anyhow::Result<Written> {
    if dir.exists() && !is_empty(dir)? && !dir.join(MARK).exists() {
        bail!("it holds files that no export wrote; name an empty or a new folder");
    }
    let fresh = beside(dir, "new")?;
    remove(&fresh)?;
    let mut writer = Writer { root: fresh.clone(), written: Written::default() };
    if let Err(error) = everything(app, &mut writer).await {
        // The error that led here says more than one about what is left of the attempt.
        let _removed = remove(&fresh);
        return Err(error);
    }
    let old = beside(dir, "old")?;
    remove(&old)?;
    if dir.exists() {
        fs::rename(dir, &old)?;
    }
    fs::rename(&fresh, dir)?;
    remove(&old)?;
    Ok(writer.written)
}

async fn everything(app: &App, writer: &mut Writer) -> anyhow::Result<()> {
    writer.text(MARK, "Written by `weerklank export`, which may replace this folder.\n")?;
    columns(app, writer).await?;
    pages(app, writer).await?;
    files(app, writer).await
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
            let page = load(app, app.edition(), &route, ui.unwrap_or(DEFAULT)).await?;
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
    for (path, body) in app.assets.iter() {
        // Built files have names of ours; still, nothing is written outside the folder.
        if !path.split('/').any(|part| part == "..") {
            writer.bytes(&format!("site{path}"), body)?;
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
            (stored.card, labels(&stored.column), text)
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
        let path = self.root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        self.written.files += 1;
        Ok(())
    }
}

fn is_empty(dir: &Path) -> anyhow::Result<bool> {
    Ok(fs::read_dir(dir).context("it is not a folder that can be read")?.next().is_none())
}

/// A folder beside `dir`, so that taking its place is one rename.
fn beside(dir: &Path, what: &str) -> anyhow::Result<PathBuf> {
    let name = dir.file_name().context("name a folder, not `.` or `/`")?;
    Ok(dir.with_file_name(format!(".{}.{what}", name.to_string_lossy())))
}

fn remove(dir: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}
