//! The index: what is found, in which order, by whom; and what a crash or a damaged file leaves of it.

use std::fs;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::id::Uuid;
use kit::search::{Answer, Document, Index, Known, Language, Note, Question, SearchError, Shelf};
use proptest::prelude::*;
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

fn spoken(language: Language, key: &str, text: &str) -> Document {
    Document {
        language: Some(language),
        ..note(key, "", text)
    }
}

#[test]
fn names_are_found_from_any_keyboard() {
    let names = ["Łódź", "Ёлкин", "Əliyev", "Işıq", "İSTANBUL", "Café", "Straße"];
    let library = Library::ours(names.map(|name| note(name, name, "")).into());
    for (typed, name) in [
        ("lodz", "Łódź"),
        ("ŁÓDŹ", "Łódź"),
        ("елкин", "Ёлкин"),
        ("eliyev", "Əliyev"),
        ("ISIQ", "Işıq"),
        ("işıq", "Işıq"),
        ("istanbul", "İSTANBUL"),
        ("ıstanbul", "İSTANBUL"),
        ("cafe", "Café"),
        ("strasse", "Straße"),
    ] {
        assert_eq!(library.keys(typed), [name], "{typed}");
    }
}

#[test]
fn inflected_words_are_found_by_the_language_of_their_document() {
    let library = Library::ours(vec![
        spoken(Language::English, "en", "The invoices were refunded"),
        spoken(Language::Polish, "pl", "Proszę o korektę faktury"),
        spoken(Language::Russian, "ru", "Верните деньги за заказы"),
        spoken(Language::Azerbaijani, "az", "Müştərilərimizdən gələn məktublar"),
        spoken(Language::Indonesian, "id", "Kami sudah membayar"),
    ]);
    for (typed, key) in [
        ("refund ", "en"),
        ("faktura ", "pl"),
        ("заказ ", "ru"),
        ("müştəri ", "az"),
        ("musteri ", "az"),
        ("bayar ", "id"),
    ] {
        assert_eq!(library.keys(typed), [key], "{typed}");
    }
}

#[test]
fn chinese_and_japanese_are_found_by_any_part() {
    let library = Library::ours(vec![note("a", "東京都庁", ""), note("b", "京都の寺", "")]);
    assert_eq!(library.keys("東京"), ["a"]);
    assert_eq!(library.keys("都庁"), ["a"]);
    assert_eq!(library.keys("庁"), ["a"]);
    assert_eq!(library.keys("東庁"), Vec::<String>::new());
    assert_eq!(library.keys("京都").len(), 2);
}

#[test]
fn the_last_word_is_found_while_it_is_typed() {
    let library = Library::ours(vec![
        note("a", "Greenwood Logistics", ""),
        note("b", "Green Tea", ""),
    ]);
    assert_eq!(library.keys("greenw")[0], "a");
    assert_eq!(library.keys("greenwood lo"), ["a"]);
    assert_eq!(library.keys("gre").len(), 2);
    // As written stands before begun.
    assert_eq!(library.keys("green"), ["b", "a"]);
    assert_eq!(library.keys("gre tea"), Vec::<String>::new());
}

#[test]
fn phrases_stand_together() {
    let library = Library::ours(vec![
        note("a", "", "the red wagon arrived"),
        note("b", "", "a wagon that is red"),
    ]);
    assert_eq!(library.keys("\"red wagon\""), ["a"]);
    assert_eq!(library.keys("red wagon").len(), 2);
    assert_eq!(library.keys("\"red wag"), ["a"]);
    assert_eq!(library.keys("\"rad wagon\""), Vec::<String>::new());
}

#[test]
fn typing_errors_are_forgiven_and_stand_below_what_was_written() {
    let library = Library::ours(vec![
        note("near", "Martin Martin Martin", "martin"),
        note("right", "", "a letter of Marten, long ago"),
        note("short", "Ana", ""),
    ]);
    assert_eq!(library.keys("marten "), ["right", "near"]);
    assert_eq!(library.keys("amrten "), ["right"]);
    // Three letters are too few, and numbers are never nearly right.
    assert_eq!(library.keys("anu "), Vec::<String>::new());
    let numbers = Library::ours(vec![note("a", "Order 12345", "")]);
    assert_eq!(numbers.keys("12346 "), Vec::<String>::new());
}

#[test]
fn eight_letters_may_have_two_errors() {
    let library = Library::ours(vec![note("a", "Northwind Traders", "")]);
    assert_eq!(library.keys("nortwint "), ["a"]);
    assert_eq!(library.keys("norwint "), Vec::<String>::new());
}

#[test]
fn what_was_meant_is_said_when_nothing_was_found_as_written() {
    let library = Library::ours(vec![note("a", "Greenwood Logistics", "")]);
    let answer = library.ask("grenwood is:open");
    assert_eq!((answer.count(), answer.meant), (0, None));
    assert_eq!(
        library.ask("grenwood logistisc").meant.as_deref(),
        Some("greenwood logistics")
    );
    assert_eq!(library.ask("greenwood").meant, None);
}

#[test]
fn ids_numbers_and_addresses_come_first() {
    let whole = |key: &str, exact: &str| Document {
        exact: vec![exact.to_owned()],
        ..note(key, "Something", "")
    };
    let library = Library::ours(vec![
        note("text", "1042 1042 ada@example.com", "1042 acc_1"),
        whole("number", "1042"),
        whole("address", "ada@example.com"),
        note("acc_1", "Something", ""),
    ]);
    assert_eq!(library.keys("#1042"), ["number", "text"]);
    assert_eq!(library.keys("Ada@Example.com"), ["address", "text"]);
    assert_eq!(library.keys("ada@exa")[0], "address");
    assert_eq!(library.keys("acc_1")[0], "acc_1");
}

#[test]
fn newer_stands_before_older_and_a_list_goes_on_after_its_last() {
    let dated = |n: i64| Document {
        date: Timestamp(n % 7),
        ..note(&format!("n{n}"), "Wagon", "")
    };
    let library = Library::ours((0..50).map(dated).collect());
    let all = library
        .index
        .ask(&Question {
            each: 100,
            ..question("wagon")
        })
        .unwrap();
    let dates: Vec<_> = all.groups[0].hits.iter().map(|hit| hit.shown.date).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    let (mut after, mut walked) = (None, Vec::new());
    loop {
        let page = library
            .index
            .ask(&Question {
                each: 7,
                after,
                ..question("wagon")
            })
            .unwrap();
        assert_eq!(page.count(), 50);
        walked.extend(keys(&page));
        let group = &page.groups[0];
        after = group
            .hits
            .last()
            .map(|hit| hit.place.to_string().parse().unwrap());
        if !group.has_more {
            break;
        }
    }
    assert_eq!(walked, keys(&all));
}

#[test]
fn filters_narrow_down() {
    let flagged = |key: &str, kind, state: &str, tag: &str, day: i64| Document {
        kind,
        flags: vec![("is", state.to_owned()), ("tag", tag.to_owned())],
        date: Timestamp(day * 86_400_000_000),
        ..note(key, "Wagon", "")
    };
    let library = Library::ours(vec![
        flagged("a", "note", "open", "VIP", 0),
        flagged("b", "note", "closed", "Łódź", 400),
        flagged("c", "person", "open", "vip", 800),
    ]);
    for (typed, found) in [
        ("wagon is:closed", vec!["b"]),
        ("wagon tag:vip", vec!["c", "a"]),
        ("tag:lodz", vec!["b"]),
        ("kind:person", vec!["c"]),
        ("kind:note is:open wagon", vec!["a"]),
        ("before:1971 wagon", vec!["a"]),
        ("after:1971-02 before:1972 wagon", vec!["b"]),
        ("is:open is:closed", vec![]),
    ] {
        assert_eq!(library.keys(typed), found, "{typed}");
    }
    let answer = library.ask("wagon is:opne");
    assert_eq!(answer.count(), 3);
    assert!(matches!(&answer.notes[..], [Note::NoValue { name, .. }] if name == "is"));
}

#[test]
fn what_is_hidden_is_found_by_who_asks_for_its_state_alone() {
    let lies = |key: &str, state: &str, is_hidden| Document {
        flags: vec![("is", state.to_owned())],
        is_hidden,
        ..note(key, "Wagon", "")
    };
    let library = Library::ours(vec![lies("a", "open", false), lies("b", "closed", true)]);
    for (typed, found) in [
        ("wagon", vec!["a"]),
        ("kind:note", vec!["a"]),
        ("is:closed", vec!["b"]),
        ("wagon is:closed", vec!["b"]),
        ("wagon is:open", vec!["a"]),
    ] {
        assert_eq!(library.keys(typed), found, "{typed}");
    }
}

#[test]
fn what_one_may_not_see_is_not_even_counted_or_suggested() {
    let secret = Document {
        needs: "secret",
        ..note("s", "Greenwood", "")
    };
    let library = Library::of(vec![
        (OURS, secret),
        (THEIRS, note("t", "Greenwood", "")),
        (OURS, note("o", "Something", "")),
    ]);
    for typed in [
        "greenwood",
        "grenwood",
        "green",
        "\"greenwood\"",
        "s",
        "t",
        "kind:note greenwood",
    ] {
        let answer = library.ask(typed);
        let seen = keys(&answer);
        assert!(seen.is_empty() || seen == ["o"], "{typed}: {seen:?}");
        assert_eq!((answer.count(), answer.meant), (seen.len(), None), "{typed}");
    }
    let nobody = Question {
        may: vec![],
        ..question("something")
    };
    assert_eq!(library.index.ask(&nobody).unwrap().count(), 0);
    let all = Question {
        may: vec!["read", "secret"],
        ..question("greenwood")
    };
    assert_eq!(library.index.ask(&all).unwrap().count(), 1);
}

#[test]
fn what_needs_several_permissions_is_found_with_all_of_them_only() {
    let joint = Document {
        also: vec!["money", "people"],
        ..note("j", "Overdue", "three invoices")
    };
    let library = Library::ours(vec![joint, note("o", "Overdue", "a book")]);
    let seen = |may: &[&'static str]| {
        let question = Question {
            may: may.to_vec(),
            ..question("overdue")
        };
        let answer = library.index.ask(&question).unwrap();
        let mut seen = keys(&answer);
        assert_eq!(answer.count(), seen.len(), "what is not seen is not counted");
        seen.sort();
        seen
    };
    assert_eq!(seen(&["read", "people", "money"]), ["j", "o"]);
    assert_eq!(seen(&["read", "money"]), ["o"]);
    assert_eq!(seen(&["read"]), ["o"]);
    assert_eq!(seen(&["money", "people"]), [""; 0]);
}

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_a_question(text in "(?s).{0,80}") {
        any(&text);
    }

    #[test]
    fn any_mixture_of_signs_is_a_question(text in "[a-c\"': #@*~^(){}\\[\\]\\\\+-/.,łЁəıİ東京\u{301}\u{0}\u{200d}]{0,40}") {
        any(&text);
    }
}

fn any(text: &str) {
    thread_local! {
        static LIBRARY: Library = Library::ours(vec![
            spoken(Language::Polish, "a", "abc łódź 東京 \"quoted\" text: with a-b c@d"),
            note("b", "aaa bbb ccc", "Ёлка \u{301} ıİ"),
        ]);
    }
    LIBRARY.with(|library| {
        let answer = library.ask(text);
        for hit in answer.groups.iter().flat_map(|group| &group.hits) {
            let whole: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(whole, hit.shown.title);
        }
    });
}
