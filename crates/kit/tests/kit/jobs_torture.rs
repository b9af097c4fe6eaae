//! The short form of `cargo run -p kit --example torture_jobs`.

use std::path::PathBuf;

use testkit::Place;
use testkit::torture::Torment;

/// The example beside this test, which the same build made.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).expect("tests lie in target/…/deps");
    let program = folder.join("examples/torture_jobs");
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
        program: program(),
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
