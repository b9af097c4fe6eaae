//! Files of the repository that seeds are made of.

use std::path::{Path, PathBuf};

/// The content of all files below a folder of the repository, in the order of their names; none where there is no folder.
pub fn files(folder: &str) -> Vec<Vec<u8>> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = own.ancestors().find(|above| above.join("crates/mail").is_dir());
    root.map(|root| contents(&root.join(folder))).unwrap_or_default()
}

fn contents(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.extend(std::fs::read(&path));
        }
    }
    found
}
