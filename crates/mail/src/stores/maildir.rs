//! Maildir: a folder with a file for each mail in `cur` and `new`; subfolders begin with a dot.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// One mail of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Below the folder, such as `.Sent/cur/1.host:2,S`; from here a later reader goes on.
    pub place: String,
    /// Its flags, such as `RS`.
    pub flags: String,
    /// The mail.
    pub raw: Vec<u8>,
    /// Whether it is longer than the limit: `raw` is its beginning.
    pub is_cut: bool,
}

/// All mails of a folder and its subfolders in the order of their places.
#[derive(Debug)]
pub struct Maildir {
    root: PathBuf,
    places: std::vec::IntoIter<String>,
    limit: usize,
}

impl Maildir {
    /// Lists what comes behind the place `after`. Mails beyond `limit` bytes are cut.
    ///
    /// # Errors
    /// If a folder can't be read.
    pub fn open(root: &Path, after: Option<&str>, limit: usize) -> io::Result<Self> {
        let mut places = Vec::new();
        list(root, "", &mut places)?;
        for entry in std::fs::read_dir(root)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') && entry.file_type()?.is_dir() {
                list(&entry.path(), &format!("{name}/"), &mut places)?;
            }
        }
        places.sort();
        places.retain(|place| after.is_none_or(|after| place.as_str() > after));
        Ok(Self {
            root: root.to_path_buf(),
            places: places.into_iter(),
            limit,
        })
    }

    /// How many are left.
    pub fn left(&self) -> usize {
        self.places.len()
    }

    fn read(&self, place: String) -> io::Result<Stored> {
        let mut raw = Vec::new();
        File::open(self.root.join(&place))?
            .take(self.limit as u64 + 1)
            .read_to_end(&mut raw)?;
        let is_cut = raw.len() > self.limit;
        raw.truncate(self.limit);
        let flags = place.rsplit_once(":2,").map_or("", |(_, flags)| flags).to_owned();
        Ok(Stored {
            place,
            flags,
            raw,
            is_cut,
        })
    }
}

fn list(folder: &Path, prefix: &str, places: &mut Vec<String>) -> io::Result<()> {
    for half in ["cur", "new"] {
        let entries = match std::fs::read_dir(folder.join(half)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            // Links could lead anywhere.
            if let Some(name) = name.to_str().filter(|name| !name.starts_with('.'))
                && entry.file_type()?.is_file()
            {
                places.push(format!("{prefix}{half}/{name}"));
            }
        }
    }
    Ok(())
}

impl Iterator for Maildir {
    type Item = io::Result<Stored>;

    fn next(&mut self) -> Option<Self::Item> {
        let place = self.places.next()?;
        Some(self.read(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_folders_are_read_in_order_and_from_any_place_on() {
        let folder = tempfile::tempdir().unwrap();
        for (place, content) in [
            ("cur/1.h:2,S", "one"),
            ("new/2.h", "two"),
            (".Sent/cur/3.h:2,RS", "three is long"),
        ] {
            let path = folder.path().join(place);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        let all: Vec<Stored> = Maildir::open(folder.path(), None, 5)
            .unwrap()
            .collect::<io::Result<_>>()
            .unwrap();
        let seen: Vec<_> = all
            .iter()
            .map(|mail| (mail.place.as_str(), mail.flags.as_str(), mail.is_cut))
            .collect();
        assert_eq!(
            seen,
            [
                (".Sent/cur/3.h:2,RS", "RS", true),
                ("cur/1.h:2,S", "S", false),
                ("new/2.h", "", false)
            ]
        );
        let rest = Maildir::open(folder.path(), Some("cur/1.h:2,S"), 5).unwrap();
        assert_eq!(rest.left(), 1);
    }
}
