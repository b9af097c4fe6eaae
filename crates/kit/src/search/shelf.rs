//! The folder of an installation's indexes: the one in use, and perhaps one being built beside it.
//!
//! Each index is a folder of its own; the file `current` names the one in use and is exchanged in one step. Whoever builds
//! holds the file `lock`, in whichever process. Folders that are neither in use nor being built are swept.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::error::SearchError;
use super::index::Index;
use super::schema::VERSION;
use super::writer::Writer;

const CURRENT: &str = "current";
const LOCK: &str = "lock";

/// The folder of the indexes.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

/// An index being built.
#[derive(Debug)]
pub struct Build {
    shelf: Shelf,
    name: String,
    writer: Writer,
    /// Held until the end of the build.
    _lock: File,
}

impl Shelf {
    /// The shelf in `folder`, which need not exist yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name of the index in use; none when there is none of this program's version.
    pub fn current(&self) -> Option<String> {
        let name = fs::read_to_string(self.folder.join(CURRENT)).ok()?;
        is_ours(&name).then_some(name)
    }

    /// Opens the index in use.
    ///
    /// # Errors
    /// There is none, or it can't be read.
    pub fn open(&self) -> Result<(String, Index), SearchError> {
        let name = self.current().ok_or(SearchError::Missing)?;
        let index = Index::open(&self.folder.join(&name))?;
        Ok((name, index))
    }

    /// Reads the whole index in use and compares it with the sums that were written with it.
    ///
    /// # Errors
    /// There is none, or [`SearchError::Damaged`] with the first file that is not as it was written.
    pub fn check(&self) -> Result<(), SearchError> {
        let name = self.current().ok_or(SearchError::Missing)?;
        Index::check(&self.folder.join(name))
    }

    /// Begins a new index beside the one in use.
    ///
    /// # Errors
    /// [`SearchError::Busy`] when one is being built already; or the file system fails.
    pub fn build(&self) -> Result<Build, SearchError> {
        fs::create_dir_all(&self.folder).map_err(SearchError::at(&self.folder))?;
        let path = self.folder.join(LOCK);
        let lock = File::options().create(true).append(true).open(&path);
        let lock = lock.map_err(SearchError::at(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(SearchError::Busy),
            Err(TryLockError::Error(error)) => return Err(SearchError::at(&path)(error)),
        }
        self.sweep();
        let number = self
            .names()
            .iter()
            .filter_map(|name| number(name))
            .max()
            .unwrap_or_default()
            + 1;
        let name = format!("v{VERSION}-{number}");
        let folder = self.folder.join(&name);
        fs::create_dir(&folder).map_err(SearchError::at(&folder))?;
        Ok(Build {
            shelf: self.clone(),
            writer: Writer::new(&Index::create(&folder)?)?,
            name,
            _lock: lock,
        })
    }

    /// Takes away what is not in use. Only whoever holds the lock may.
    fn sweep(&self) {
        let current = self.current();
        for name in self.names() {
            if current.as_ref() != Some(&name) {
                // What can't be taken away now is tried again the next time.
                let _ = fs::remove_dir_all(self.folder.join(name));
            }
        }
    }

    /// The folders of indexes of any version.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| number(name).is_some()).collect()
    }
}

impl Build {
    /// The writer of the new index.
    pub fn writer(&mut self) -> &mut Writer {
        &mut self.writer
    }

    /// Commits with `mark` and puts the new index in the old one's place. Whoever has the old one open goes on with it
    /// until they look again.
    ///
    /// # Errors
    /// The disk is full; then the old index stays in use.
    pub fn finish(mut self, mark: &str) -> Result<(), SearchError> {
        self.writer.commit(mark)?;
        self.writer.close()?;
        let folder = &self.shelf.folder;
        let (fresh, current) = (folder.join("current.new"), folder.join(CURRENT));
        fs::write(&fresh, &self.name).map_err(SearchError::at(&fresh))?;
        let to_disk = |path: &Path| File::open(path).and_then(|file| file.sync_all());
        to_disk(&fresh).map_err(SearchError::at(&fresh))?;
        fs::rename(&fresh, &current).map_err(SearchError::at(&current))?;
        to_disk(folder).map_err(SearchError::at(folder))?;
        self.shelf.sweep();
        Ok(())
    }
}

fn is_ours(name: &str) -> bool {
    name.starts_with(&format!("v{VERSION}-")) && number(name).is_some()
}

/// The number in a name like `v1-7`.
fn number(name: &str) -> Option<u64> {
    let (version, number) = name.strip_prefix('v')?.split_once('-')?;
    version.parse::<u32>().ok()?;
    number.parse().ok()
}
