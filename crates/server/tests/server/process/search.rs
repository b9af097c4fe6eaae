//! The index beside a program that is killed and restarted, and a rebuild beside a running one.

use kit::search::{Shelf, Shown};
use testkit::on_both;
use testkit::program::{Node, Program, until};

use super::on;
use crate::world::LISTS;

/// How many accounts a program finds under a name.
fn count(node: &Node, token: &str, name: &str) -> Option<u64> {
    let answer = node.get(&format!("/api/v1/search?q={name}+kind:account"), token);
    let found: serde_json::Value = serde_json::from_str(&answer.body).ok()?;
    found["counts"].as_array()?.first()?["count"].as_u64()
}

fn everything(program: &Program) -> Vec<Shown> {
    let (_, index) = Shelf::new(program.data().join("search")).open().unwrap();
    index.everything().unwrap()
}

on_both! { LISTS;
    async fn killed_while_it_indexes_it_is_as_good_as_rebuilt(db: TestDb) {
        let program = on(&db);
        let token = program.token();
        let mut added = 0;
        for round in 0..4 {
            let mut node = program.serve();
            // At each round the end comes at another moment of reading, writing and committing.
            for _ in 0..(9 + 13 * round) {
                node.add_account(&format!("Wagon {added}"), &token).unwrap();
                added += 1;
            }
            node.kill();
        }
        let node = program.serve();
        until("everything to be found", || (count(&node, &token, "wagon") == Some(added)).then_some(()));
        node.end_politely();
        let kept = everything(&program);
        program.output(&["search", "rebuild"]);
        assert_eq!(kept, everything(&program));
    }

    async fn rebuilt_beside_a_running_server_it_goes_on_with_the_new_one(db: TestDb) {
        let program = on(&db);
        let token = program.token();
        let node = program.serve();
        node.add_account("Wagon one", &token).unwrap();
        until("the first account", || (count(&node, &token, "wagon") == Some(1)).then_some(()));
        let shelf = Shelf::new(program.data().join("search"));
        let before = shelf.current();
        assert_eq!(program.output(&["search", "rebuild"]), "2 documents");
        assert_ne!(shelf.current(), before);
        node.add_account("Wagon two", &token).unwrap();
        until("the second account", || (count(&node, &token, "wagon") == Some(2)).then_some(()));
        node.end_politely();
        let titles: Vec<_> = everything(&program).into_iter().map(|shown| shown.title).collect();
        assert!(titles.contains(&"Wagon two".to_owned()), "the new index is kept up to date: {titles:?}");
    }
}
