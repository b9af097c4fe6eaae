//! The short forms of `cargo xtask torture jobs` and `cargo xtask torture db`.

use std::path::PathBuf;

use testkit::Place;
use testkit::torture::{Torment, WriteTorment};

/// The example beside this test, which the same build made.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).expect("tests lie in target/…/deps");
    let program = folder.join("examples").join(name);
    assert!(
        program.exists(),
        "run without `--test`, so that the example is built too"
    );
    program
}

async fn torment(place: Place) {
    let torment = Torment {
        place,
        kills: 10,
        seed: 7,
        program: program("torture_jobs"),
    };
    if let Some(outcome) = torment.run().await {
        assert!(outcome.is_good(), "{outcome}");
    }
}

#[tokio::test]
async fn ten_killed_workers_lose_and_double_nothing_on_sqlite() {
    torment(Place::Sqlite).await;
}

#[tokio::test]
async fn ten_killed_workers_lose_and_double_nothing_on_postgres() {
    torment(Place::Postgres).await;
}

/// The server of the tests is not crashed: others use it.
async fn torment_writers(place: Place) {
    let torment = WriteTorment {
        place,
        kills: 10,
        crashes_server: false,
        seed: 7,
        program: program("torture_db"),
    };
    if let Some(outcome) = torment.run().await {
        assert!(outcome.is_good(), "{outcome}");
    }
}

#[tokio::test]
async fn ten_killed_writers_keep_their_word_on_sqlite() {
    torment_writers(Place::Sqlite).await;
}

#[tokio::test]
async fn ten_killed_writers_keep_their_word_on_postgres() {
    torment_writers(Place::Postgres).await;
}
