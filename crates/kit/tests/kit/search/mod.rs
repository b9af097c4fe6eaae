//! The index: what is found, in which order, by whom; and what a crash or a damaged file leaves of it.

mod kept;
mod order;
mod words;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::id::Uuid;
use kit::search::{Answer, Document, Index, Known, Question, Shelf};
use tempfile::TempDir;

const OURS: Uuid = Uuid::from_u128(1);

const THEIRS: Uuid = Uuid::from_u128(2);

/// A shelf in a folder of its own with one index of these documents.
struct Library {
    _folder: TempDir,
    shelf: Shelf,
    index: Index,
}

impl Library {
    fn of(documents: Vec<(Uuid, Document)>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path().join("search"));
        let mut build = shelf.build().unwrap();
        for (workspace, document) in documents {
            build.writer().put(workspace, document).unwrap();
        }
        build.finish("0").unwrap();
        let (_, index) = shelf.open().unwrap();
        Self {
            _folder: folder,
            shelf,
            index,
        }
    }

    fn ours(documents: Vec<Document>) -> Self {
        Self::of(documents.into_iter().map(|document| (OURS, document)).collect())
    }

    fn ask(&self, text: &str) -> Answer {
        self.index.ask(&question(text)).unwrap()
    }

    /// The keys that are found, the best first.
    fn keys(&self, text: &str) -> Vec<String> {
        keys(&self.ask(text))
    }
}

fn question(text: &str) -> Question {
    Question {
        workspace: OURS,
        may: vec!["read"],
        text: text.to_owned(),
        known: Known {
            kinds: vec!["note", "person"],
            states: vec!["open", "closed"],
            names: vec!["from", "tag"],
        },
        each: 20,
        after: None,
        zone: TimeZone::UTC,
        now: Timestamp(0),
    }
}

fn keys(answer: &Answer) -> Vec<String> {
    let hits = answer.groups.iter().flat_map(|group| &group.hits);
    hits.map(|hit| hit.shown.key.clone()).collect()
}

fn note(key: &str, title: &str, text: &str) -> Document {
    Document {
        key: key.to_owned(),
        kind: "note",
        needs: "read",
        title: title.to_owned(),
        text: text.to_owned(),
        ..Document::default()
    }
}
