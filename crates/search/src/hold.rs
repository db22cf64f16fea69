//! One index, one folder, one process.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::SearchError;
use crate::index::{META, STAMP};

/// The file whose lock says that the folder is in use.
const LOCK: &str = ".weerklank.lock";

/// A folder that no other process uses for an index, until this is dropped or its process ends.
#[derive(Debug)]
pub struct Hold {
    folder: PathBuf,
    lock: File,
}

impl Hold {
    /// Takes a folder, which is made when absent. [`SearchError::Locked`] where another holds it.
    pub fn take(folder: &Path) -> Result<Self, SearchError> {
        let failed = |source| SearchError::Folder { folder: folder.to_owned(), source: Arc::new(source) };
        fs::create_dir_all(folder).map_err(failed)?;
        let mut options = File::options();
        let lock =
            options.write(true).create(true).truncate(false).open(folder.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(SearchError::Locked { folder: folder.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let hold = Self { folder: folder.to_owned(), lock };
        // Another that held it may just have removed the folder, and the file that we locked with it.
        if hold.is_ours() { Ok(hold) } else { Err(SearchError::Locked { folder: folder.to_owned() }) }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the folder is still the one that was taken, and an index in it.
    pub fn has_index(&self) -> bool {
        self.is_ours() && self.folder.join(META).is_file()
    }

    #[cfg(unix)]
    fn is_ours(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        match (self.lock.metadata(), fs::metadata(self.folder.join(LOCK))) {
            (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
            _ => false,
        }
    }

    #[cfg(not(unix))]
    fn is_ours(&self) -> bool {
        self.lock.metadata().is_ok() && self.folder.join(LOCK).is_file()
    }
}

/// Removes a folder with an index that this program made and nobody uses. Whatever else is in it
/// stays, and then the folder as well. Gives whether there was such an index.
pub fn remove_abandoned(folder: &Path) -> Result<bool, SearchError> {
    let failed = |source| SearchError::Folder { folder: folder.to_owned(), source: Arc::new(source) };
    let of_ours = fs::read_to_string(folder.join(META)).is_ok_and(|meta| meta.contains(STAMP));
    if !of_ours {
        return Ok(false);
    }
    let hold = Hold::take(folder)?;
    discard(folder).map_err(failed)?;
    fs::remove_file(folder.join(LOCK)).map_err(failed)?;
    drop(hold);
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => Err(failed(error)),
        _ => Ok(true),
    }
}

/// Removes what an index consists of and nothing else: a folder given by mistake stays whole.
pub(crate) fn discard(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let of_segment = name.split_once('.').is_some_and(|(id, extension)| {
            id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()) && !extension.is_empty()
        });
        let of_index = matches!(name, META | ".managed.json" | ".tantivy-meta.lock" | ".tantivy-writer.lock");
        if (of_segment || of_index) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
