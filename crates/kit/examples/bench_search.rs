//! How fast documents are indexed, and how long a question takes among 200,000 of them.
//!
//! `cargo run --release -p kit --example bench_search [DOCUMENTS]`: in a temporary folder, with one writer as in production.
//! The texts are made up: a vocabulary of 60,000 words, the frequent ones frequent, in five languages; two workspaces.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench: it prints, reads the command line, measures real time and ends where something is wrong"
)]

use std::time::Instant;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::id::{Ids, Uuid};
use kit::search::{Document, Index, Known, Language, Question, Shelf, Writer};

/// How many words there are.
const VOCABULARY: u64 = 60_000;
/// How many words a text has.
const WORDS: u64 = 60;
/// How many documents a commit of the running product may have.
const BATCH: usize = 500;
/// How often each question is asked.
const ASKED: usize = 2_000;

fn main() {
    let many: usize = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(200_000);
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::new(folder.path().join("search"));
    let chance = Ids::seeded(7);
    let documents: Vec<_> = (0..many).map(|n| document(n, &chance)).collect();
    rebuild(&shelf, &documents);
    let (_, index) = shelf.open().unwrap();
    questions(&index, &chance);
    changes(&index, &documents[..many.min(20_000)]);
}

fn rebuild(shelf: &Shelf, documents: &[Document]) {
    let begun = Instant::now();
    let mut build = shelf.build().unwrap();
    for (n, document) in documents.iter().enumerate() {
        build.writer().put(workspace(n), document.clone()).unwrap();
    }
    build.finish("0").unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "a rebuild        {:>10.0} documents/s",
        documents.len() as f64 / seconds
    );
}

/// Documents that come while the product runs, a commit for each batch.
fn changes(index: &Index, documents: &[Document]) {
    let mut writer = Writer::new(index).unwrap();
    let mut waits = Vec::new();
    let begun = Instant::now();
    for (n, batch) in documents.chunks(BATCH).enumerate() {
        let begun = Instant::now();
        for (at, document) in batch.iter().enumerate() {
            writer.put(workspace(n * BATCH + at), document.clone()).unwrap();
        }
        writer.commit("1").unwrap();
        waits.push(begun.elapsed().as_secs_f64());
    }
    let seconds = begun.elapsed().as_secs_f64();
    waits.sort_by(f64::total_cmp);
    println!(
        "commits of {BATCH}   {:>10.0} documents/s",
        documents.len() as f64 / seconds
    );
    println!(
        "a commit takes   {:>10.1} ms (p50) {:>8.1} ms (p99)",
        at(&waits, 50),
        at(&waits, 99)
    );
}

fn questions(index: &Index, chance: &Ids) {
    println!("question                      p50 ms   p99 ms");
    type Make = fn(&Ids) -> String;
    let kinds: [(&str, Make); 7] = [
        ("a word", |chance| format!("{} ", word(some(chance)))),
        ("two words", |chance| {
            format!("{} {} ", word(some(chance)), word(some(chance)))
        }),
        ("a frequent word", |chance| format!("{} ", word(chance.below(20)))),
        ("the beginning of a word", |chance| {
            word(some(chance)).chars().take(3).collect()
        }),
        ("a phrase", |chance| {
            format!("\"{} {}\"", word(some(chance)), word(some(chance)))
        }),
        ("a misspelled word", |chance| misspelled(&word(some(chance)))),
        ("a word and filters", |chance| {
            format!("{} is:open kind:note", word(some(chance)))
        }),
    ];
    for (name, make) in kinds {
        let mut waits: Vec<f64> = (0..ASKED)
            .map(|_| {
                let question = question(make(chance));
                let begun = Instant::now();
                index.ask(&question).unwrap();
                begun.elapsed().as_secs_f64()
            })
            .collect();
        waits.sort_by(f64::total_cmp);
        println!("{name:<26} {:>9.2} {:>8.2}", at(&waits, 50), at(&waits, 99));
    }
}

fn question(text: String) -> Question {
    Question {
        workspace: workspace(0),
        may: vec!["read"],
        text,
        known: Known {
            kinds: vec!["note", "person"],
            states: vec!["open", "closed"],
            names: vec![],
        },
        each: 20,
        after: None,
        zone: TimeZone::UTC,
        now: Timestamp(0),
    }
}

fn document(n: usize, chance: &Ids) -> Document {
    let text = |words: u64| {
        (0..words)
            .map(|_| word(some(chance)))
            .collect::<Vec<_>>()
            .join(" ")
    };
    Document {
        key: format!("doc_{n}"),
        kind: if n.is_multiple_of(5) { "person" } else { "note" },
        needs: "read",
        title: text(4),
        text: text(WORDS),
        exact: vec![format!("{n}")],
        flags: vec![(
            "is",
            if n.is_multiple_of(3) { "closed" } else { "open" }.to_owned(),
        )],
        language: Some(Language::ALL[n % Language::ALL.len()]),
        date: Timestamp(n as i64),
        ..Document::default()
    }
}

fn workspace(n: usize) -> Uuid {
    Uuid::from_u128(1 + u128::from(n.is_multiple_of(10)))
}

/// A word's number: small ones come often, as in any language.
fn some(chance: &Ids) -> u64 {
    let share = (chance.below(1_000_000) as f64 + 1.0) / 1_000_000.0;
    ((VOCABULARY as f64).powf(share) as u64).min(VOCABULARY - 1)
}

/// The word with this number, three to nine letters long.
fn word(number: u64) -> String {
    const SYLLABLES: [&str; 24] = [
        "ka", "to", "mi", "ra", "ne", "lo", "su", "vi", "da", "pe", "zo", "ti", "ba", "gu", "fe", "ri", "no",
        "sa", "le", "mu", "ko", "ja", "ły", "şə",
    ];
    let (mut rest, mut word) = (number + 30, String::new());
    while rest > 0 {
        word.push_str(SYLLABLES[(rest % 24) as usize]);
        rest /= 24;
    }
    word
}

/// The word with two letters exchanged.
fn misspelled(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 3 {
        letters.swap(1, 2);
    }
    letters.into_iter().collect()
}

fn at(sorted: &[f64], percent: usize) -> f64 {
    sorted[(sorted.len() - 1) * percent / 100] * 1_000.0
}
