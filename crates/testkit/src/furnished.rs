//! Templates that hold what many tests begin with: made once for each program of tests, by that program itself.
//!
//! A template is a folder with the files beside the database, the database itself where it is a file, and a note of
//! what is in it. Its name has the schema and the program in it: another build of the tests furnishes anew.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;

use kit::db::{Location, fingerprint};
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::MORNING;
use crate::fresh::{self, FILE, Furnish, Lists, template};

const NOTE: &str = "beginning";

/// The folder of the furnished `SQLite` template, made where there is none.
pub(crate) async fn file(lists: Lists, furnish: Furnish) -> PathBuf {
    let place = std::env::temp_dir().join(name(lists));
    if !place.exists() {
        let making = TempDir::new().expect("a temporary folder");
        let file = making.path().join(FILE);
        std::fs::copy(template(lists).await, &file).expect("the template copies");
        make(Location::File(file), making, furnish, &place).await;
    }
    place
}

/// Where the files beside the furnished `PostgreSQL` template are.
pub(crate) fn beside(lists: Lists) -> PathBuf {
    std::env::temp_dir().join(format!("{}-postgres", name(lists)))
}

/// Furnishes the database at `location` and keeps its folder at `place`. Whoever did so first wins: the others' folder
/// goes.
pub(crate) async fn make(location: Location, folder: TempDir, furnish: Furnish, place: &Path) {
    let mut test = fresh::open(location, folder);
    // What tests add comes after it: ids of one millisecond have no order between two processes.
    test.clock.set(MORNING.minus(Duration::from_millis(1)));
    let note = furnish(&test).await;
    test.db.close().await;
    test.beginning.clear();
    std::fs::write(test.folder.path().join(NOTE), note).expect("the note is written");
    let folder = test.folder.keep();
    if std::fs::rename(&folder, place).is_err() {
        std::fs::remove_dir_all(&folder).expect("the folder goes");
    }
}

/// Copies what is in the folder of a template and gives its note.
pub(crate) fn copy(template: &Path, folder: &Path) -> String {
    for entry in WalkDir::new(template).min_depth(1) {
        let entry = entry.expect("the template is read");
        let place = entry.path().strip_prefix(template).expect("a path inside");
        let copied = if entry.file_type().is_dir() {
            std::fs::create_dir_all(folder.join(place))
        } else {
            std::fs::copy(entry.path(), folder.join(place)).map(drop)
        };
        copied.expect("the template copies");
    }
    std::fs::read_to_string(folder.join(NOTE)).expect("the template has a note")
}

/// What templates of this schema and this program are called; a name that PostgreSQL takes too.
pub(crate) fn name(lists: Lists) -> String {
    let mut hash = DefaultHasher::new();
    let program = std::env::current_exe().expect("this program has a path");
    let about = std::fs::metadata(&program).expect("this program is there");
    (program, about.len(), about.modified().ok()).hash(&mut hash);
    format!("tandem_world_{}_{:016x}", fingerprint(lists), hash.finish())
}
