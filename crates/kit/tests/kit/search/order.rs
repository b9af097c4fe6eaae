//! What comes first, what is left out, and by whom it is found.

use kit::clock::Timestamp;
use kit::search::{Document, Note, Question};

use super::{Library, OURS, THEIRS, keys, note, question};

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
