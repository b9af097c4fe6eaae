//! What changes, a crash or a damaged file leave of an index.

use std::fs;

use kit::search::{SearchError, Shelf};

use super::{Library, OURS, THEIRS, note};

#[test]
fn a_document_takes_the_place_of_the_one_before_and_can_be_taken_out() {
    let library = Library::ours(vec![note("a", "Old", "")]);
    let mut writer = kit::search::Writer::new(&library.index).unwrap();
    writer.put(OURS, note("a", "New", "")).unwrap();
    writer.put(THEIRS, note("a", "Other", "")).unwrap();
    assert_eq!(library.keys("old"), ["a"], "nothing is found before the commit");
    writer.commit("7").unwrap();
    assert_eq!((library.keys("old").len(), library.keys("new").len()), (0, 1));
    assert_eq!(library.index.mark().unwrap(), "7");
    writer.take(OURS, "a");
    writer.commit("8").unwrap();
    assert_eq!(library.keys("new").len(), 0);
    assert_eq!(library.index.documents(), 1, "the other workspace keeps its own");
    writer.close().unwrap();
}

#[test]
fn a_writer_that_dies_leaves_the_last_commit() {
    let library = Library::ours(vec![note("a", "Old", "")]);
    let mut writer = kit::search::Writer::new(&library.index).unwrap();
    for n in 0..2_000 {
        writer
            .put(OURS, note(&format!("n{n}"), "Uncommitted", &"words ".repeat(50)))
            .unwrap();
    }
    drop(writer);
    let (_, again) = library.shelf.open().unwrap();
    assert_eq!(again.mark().unwrap(), "0");
    assert_eq!(again.documents(), 1);
    library.shelf.check().unwrap();
}

#[test]
fn a_new_index_takes_the_place_of_the_old_in_one_step() {
    let library = Library::ours(vec![note("a", "Old", "")]);
    let before = library.shelf.current();
    let mut build = library.shelf.build().unwrap();
    assert!(matches!(library.shelf.build(), Err(SearchError::Busy)));
    build.writer().put(OURS, note("a", "New", "")).unwrap();
    let (_, meanwhile) = library.shelf.open().unwrap();
    assert_eq!(meanwhile.everything().unwrap()[0].title, "Old");
    build.finish("9").unwrap();
    assert_ne!(library.shelf.current(), before);
    let (_, index) = library.shelf.open().unwrap();
    assert_eq!(index.everything().unwrap()[0].title, "New");
    assert_eq!(
        library.keys("old"),
        ["a"],
        "who has the old one open goes on with it"
    );
    assert_eq!(
        fs::read_dir(library.shelf.folder()).unwrap().count(),
        3,
        "current, lock, one index"
    );
}

#[test]
fn an_unfinished_build_is_not_used_and_is_swept() {
    let library = Library::ours(vec![note("a", "Old", "")]);
    let mut build = library.shelf.build().unwrap();
    build.writer().put(OURS, note("b", "Half", "")).unwrap();
    drop(build);
    let (_, index) = library.shelf.open().unwrap();
    assert_eq!(index.documents(), 1);
    library.shelf.build().unwrap().finish("1").unwrap();
    assert_eq!(fs::read_dir(library.shelf.folder()).unwrap().count(), 3);
}

#[test]
fn damage_and_other_versions_are_noticed() {
    let library = Library::ours((0..50).map(|n| note(&format!("n{n}"), "Wagon", "text")).collect());
    let folder = library.shelf.folder().join(library.shelf.current().unwrap());
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort_by_key(|file| fs::metadata(file).unwrap().len());
    let largest = files
        .iter()
        .rev()
        .find(|file| file.extension().is_some_and(|end| end != "json"))
        .unwrap();
    let mut bytes = fs::read(largest).unwrap();
    bytes[3] ^= 0xff;
    fs::write(largest, bytes).unwrap();
    assert!(matches!(library.shelf.check(), Err(SearchError::Damaged(_))));
    fs::write(folder.join("meta.json"), "{").unwrap();
    assert!(library.shelf.open().is_err());
    fs::write(library.shelf.folder().join("current"), "v0-1").unwrap();
    assert!(matches!(library.shelf.open(), Err(SearchError::Missing)));
    assert!(matches!(
        Shelf::new("/nonexistent/search").open(),
        Err(SearchError::Missing)
    ));
}
