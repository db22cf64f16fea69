//! The folder of an index, read so that serving it takes little memory.

use std::fmt;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle,
    WritePtr,
};

/// Bytes up to which a read is copied instead of mapped.
const MAX_COPY: usize = 2 << 20;

/// A memory-mapped folder, save that texts, postings and positions are copied out piece by piece.
///
/// Those three are nearly all of an index. Mapped, every page a query ever touched counts as memory
/// of this process until the system needs it elsewhere; copied, only what is in use does. The
/// system's cache holds the files either way.
#[derive(Debug, Clone)]
pub struct IndexFolder {
    mapped: MmapDirectory,
    root: Arc<Path>,
}

impl IndexFolder {
    pub fn open(root: &Path) -> io::Result<Self> {
        let mapped = MmapDirectory::open(root).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self { mapped, root: root.into() })
    }
}

impl Directory for IndexFolder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let mapped = self.mapped.get_file_handle(path)?;
        if !path.extension().is_some_and(|kind| kind == "store" || kind == "idx" || kind == "pos") {
            return Ok(mapped);
        }
        let file = File::open(self.root.join(path))
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        Ok(Arc::new(Copied { file, mapped }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.mapped.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

/// A file of which small pieces are copied; large ones, which only merging and checking ask for,
/// stay mapped while they are used.
struct Copied {
    file: File,
    mapped: Arc<dyn FileHandle>,
}

impl fmt::Debug for Copied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Copied").field("file", &self.file).finish_non_exhaustive()
    }
}

impl HasLen for Copied {
    fn len(&self) -> usize {
        self.mapped.len()
    }
}

impl FileHandle for Copied {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() > MAX_COPY {
            return self.mapped.read_bytes(range);
        }
        let mut bytes = vec![0; range.len()];
        read_at(&self.file, &mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        at += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_and_mapped_pieces_are_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(MAX_COPY + 1000).collect();
        std::fs::write(folder.path().join("a.idx"), &bytes).unwrap();
        let directory = IndexFolder::open(folder.path()).unwrap();
        let file = directory.get_file_handle(Path::new("a.idx")).unwrap();
        for range in [0..0, 0..1, 17..4711, 1..MAX_COPY + 1, 0..bytes.len(), bytes.len() - 3..bytes.len()] {
            assert_eq!(file.read_bytes(range.clone()).unwrap().as_slice(), &bytes[range]);
        }
        assert!(matches!(
            directory.get_file_handle(Path::new("b.idx")),
            Err(OpenReadError::FileDoesNotExist(_))
        ));
    }
}
