//! Which files there are to read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

/// Something found under a path that the operator named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    shown: String,
    path: PathBuf,
    kind: Kind,
}

/// What to do with it, as far as its name and its place tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Markdown,
    /// An `.xml`; whether WordPress or Disqus wrote it shows when it is read.
    Xml,
    /// A `.json`; whether Ghost wrote it shows when it is read.
    Ghost,
    Skipped(String),
    Refused(String),
}

impl Found {
    /// The path as the operator would type it.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Where it is; for a file that is read, its real place, links followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    fn new(path: &Path, kind: Kind) -> Self {
        Self { shown: path.to_string_lossy().into_owned(), path: path.to_owned(), kind }
    }
}

/// Finds what can be imported under files and folders, in the order in which they were named and,
/// inside a folder, by name. Folders are read to the bottom.
///
/// Hidden files (a name that begins with a dot) are passed over. A link inside a folder may not
/// lead out of it and a link to a folder is not followed, so that a folder from elsewhere reaches
/// nothing but itself. A path that was named is followed wherever it leads: that was the
/// operator's choice. What cannot be read is among the results, with the reason.
pub fn discover(paths: &[PathBuf]) -> Vec<Found> {
    let mut walk = Walk::default();
    for path in paths {
        walk.named(path);
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Vec<Found>,
    /// Where files really are, so that none is read twice.
    seen: BTreeSet<PathBuf>,
}

impl Walk {
    fn named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Err(error) => self.refuse(path, cannot_read(&error)),
            Ok(meta) if meta.is_dir() => match fs::canonicalize(path) {
                Ok(root) => self.folder(path, &root),
                Err(error) => self.refuse(path, cannot_read(&error)),
            },
            Ok(meta) => match kind_of_name(path) {
                Some(kind) => self.file(path, meta.file_type(), kind),
                None => self.refuse(
                    path,
                    "not a Markdown file (.md, .markdown), WordPress or Disqus export (.xml) or Ghost export (.json)"
                        .to_owned(),
                ),
            },
        }
    }

    /// `root` is the real place of the folder that was named.
    fn folder(&mut self, folder: &Path, root: &Path) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.refuse(folder, cannot_read(&error)),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        let mut others = BTreeMap::<String, usize>::new();
        for entry in entries {
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            match entry.file_type() {
                Err(error) => self.refuse(&path, cannot_read(&error)),
                Ok(kind) if kind.is_dir() => self.folder(&path, root),
                Ok(kind) if kind.is_symlink() => self.link(&path, root),
                Ok(kind) => match kind_of_name(&path) {
                    Some(name) => self.file(&path, kind, name),
                    None => *others.entry(extension(&path)).or_default() += 1,
                },
            }
        }
        if !others.is_empty() {
            let counts: Vec<_> = others.iter().map(|(name, n)| format!("{n} {name}")).collect();
            let reason = format!("files of another kind: {}", counts.join(", "));
            self.found.push(Found::new(folder, Kind::Skipped(reason)));
        }
    }

    fn link(&mut self, path: &Path, root: &Path) {
        match fs::canonicalize(path).and_then(|target| Ok((fs::metadata(&target)?, target))) {
            Err(error) => self.refuse(path, format!("a link that leads nowhere: {error}")),
            Ok((_, target)) if !target.starts_with(root) => {
                self.refuse(path, "a link that leads outside its folder; import the file itself".to_owned());
            }
            Ok((meta, _)) if meta.is_dir() => {
                let reason = "a link to a folder; folders are read where they are".to_owned();
                self.found.push(Found::new(path, Kind::Skipped(reason)));
            }
            Ok((meta, _)) => {
                if let Some(kind) = kind_of_name(path) {
                    self.file(path, meta.file_type(), kind);
                } else {
                    let reason = "a link to a file of another kind".to_owned();
                    self.found.push(Found::new(path, Kind::Skipped(reason)));
                }
            }
        }
    }

    fn file(&mut self, path: &Path, file_type: FileType, kind: Kind) {
        if !file_type.is_file() {
            // Opening a pipe would wait for a writer for ever.
            return self.refuse(path, "not a regular file (a pipe, a socket or a device)".to_owned());
        }
        match fs::canonicalize(path) {
            Err(error) => self.refuse(path, cannot_read(&error)),
            Ok(real) if self.seen.contains(&real) => {
                let reason = "the same file was read before".to_owned();
                self.found.push(Found::new(path, Kind::Skipped(reason)));
            }
            Ok(real) => {
                let mut found = Found::new(path, kind);
                // The place that was checked is the place that is opened.
                found.path.clone_from(&real);
                self.seen.insert(real);
                self.found.push(found);
            }
        }
    }

    fn refuse(&mut self, path: &Path, reason: String) {
        self.found.push(Found::new(path, Kind::Refused(reason)));
    }
}

fn cannot_read(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read by this user".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

fn kind_of_name(path: &Path) -> Option<Kind> {
    match extension(path).as_str() {
        ".md" | ".markdown" => Some(Kind::Markdown),
        ".xml" => Some(Kind::Xml),
        ".json" => Some(Kind::Ghost),
        _ => None,
    }
}

/// In lower case and with its dot; `without extension` where there is none.
fn extension(path: &Path) -> String {
    path.extension().map_or_else(
        || "without extension".to_owned(),
        |name| format!(".{}", name.to_string_lossy().to_lowercase()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &[Found], root: &Path) -> Vec<(String, Kind)> {
        let prefix = format!("{}/", root.display());
        found.iter().map(|f| (f.shown.replace(&prefix, ""), f.kind.clone())).collect()
    }

    #[test]
    fn a_folder_is_read_to_the_bottom_by_name() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("b/deep")).unwrap();
        fs::create_dir_all(dir.path().join(".git")).unwrap();
        for name in
            ["c.MD", "a.markdown", "b/deep/x.md", ".hidden.md", ".git/y.md", "p.png", "q.png", "z.xml"]
        {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let found = discover(&[dir.path().to_owned()]);
        let found = names(&found, dir.path());
        assert_eq!(found[0], ("a.markdown".to_owned(), Kind::Markdown));
        assert_eq!(found[1], ("b/deep/x.md".to_owned(), Kind::Markdown));
        assert_eq!(found[2], ("c.MD".to_owned(), Kind::Markdown));
        assert_eq!(found[3], ("z.xml".to_owned(), Kind::Xml));
        assert_eq!(found[4].1, Kind::Skipped("files of another kind: 2 .png".to_owned()));
        assert_eq!(found.len(), 5);
    }

    #[test]
    fn a_file_is_read_once_however_often_it_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        fs::write(&file, "x").unwrap();
        let found = discover(&[file, dir.path().to_owned()]);
        assert_eq!(found[0].kind, Kind::Markdown);
        assert_eq!(found[1].kind, Kind::Skipped("the same file was read before".to_owned()));
    }

    #[test]
    fn what_is_not_there_or_of_another_kind_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let photo = dir.path().join("photo.jpg");
        fs::write(&photo, "x").unwrap();
        let found = discover(&[dir.path().join("absent"), photo]);
        assert_eq!(found[0].kind, Kind::Refused("there is no such file or folder".to_owned()));
        assert!(matches!(&found[1].kind, Kind::Refused(why) if why.starts_with("not a Markdown file")));
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_inside_and_pipes_are_not_opened() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "x").unwrap();
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("sub")).unwrap();
        symlink(outside.path().join("secret.md"), dir.path().join("a.md")).unwrap();
        symlink(outside.path(), dir.path().join("b")).unwrap();
        symlink("absent.md", dir.path().join("c.md")).unwrap();
        symlink("..", dir.path().join("sub/loop")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(dir.path().join("d.md")).status();
        assert!(made.unwrap().success());
        let found = names(&discover(&[dir.path().to_owned()]), dir.path());
        let refused = |i: usize, start: &str| {
            assert!(matches!(&found[i].1, Kind::Refused(why) if why.starts_with(start)), "{:?}", found[i]);
        };
        refused(0, "a link that leads outside its folder");
        refused(1, "a link that leads outside its folder");
        refused(2, "a link that leads nowhere");
        refused(3, "not a regular file");
        assert!(matches!(&found[4].1, Kind::Skipped(why) if why.starts_with("a link to a folder")));
        assert_eq!(found.len(), 5);
    }
}
