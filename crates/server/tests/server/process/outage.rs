//! PostgreSQL goes away under a running server and comes back.

use std::net::SocketAddr;

use kit::db::{DbError, Location};
use tandem_core::accounts::OPEN_TALLY;
use tandem_core::{tallies, workspaces};
use testkit::on_both;
use testkit::program::{Gate, until};

use super::{id, on};
use crate::world::LISTS;

/// The address in a URL, and the URL with another address in its place.
fn through(url: &str, make: impl FnOnce(SocketAddr) -> Gate) -> (Gate, String) {
    let rest = url.split_once("://").unwrap().1;
    let host = rest.split(['/', '?']).next().unwrap().rsplit('@').next().unwrap();
    let gate = make(host.replace("localhost", "127.0.0.1").parse().unwrap());
    let url = url.replace(host, &gate.address.to_string());
    (gate, url)
}

on_both! { LISTS;
    async fn a_database_that_goes_and_comes_back_needs_no_hand(db: TestDb) {
        let Location::Postgres(url) = &db.config.location else {
            return;
        };
        let program = on(&db);
        let token = program.token();
        let (gate, url) = through(url, Gate::before);
        let program = program.with("database_url", url);
        let node = program.serve();
        let mut stream = node.live(&token, Some("0"));
        assert_eq!(node.add_account("Before", &token).unwrap().status, 201);
        assert!(stream.names("acc_"));
        let ready = node.operators("/readyz");
        assert_eq!(ready.status, 200, "{}", ready.body);

        gate.shut();
        let answer = node.add_account("During", &token).unwrap();
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(answer.head.contains("retry-after:"), "{}", answer.head);
        assert!(answer.head.contains("application/problem+json"), "{}", answer.head);
        let page = testkit::program::ask(node.address, "GET /accounts", &token, "accept: text/html\r\n").unwrap();
        assert!(page.status == 503 && page.head.contains("text/html"), "{}", page.head);
        until("not ready", || (node.get("/readyz", "").status == 503).then_some(()));
        assert!(node.operators("/readyz").body.contains("database"));
        assert_eq!(node.get("/healthz", "").status, 200);

        gate.open();
        until("ready again", || (node.get("/readyz", "").status == 200).then_some(()));
        let after = until("an account added again", || {
            Some(node.add_account("After", &token).unwrap()).filter(|answer| answer.status == 201)
        });
        // The same stream if it lived, else one that goes on where it stopped: nothing is missing from it.
        let after = id(&after.body);
        if !stream.names(&after) {
            let mut stream = node.live(&token, stream.last.clone().as_deref());
            assert!(stream.names(&after));
        }
        until("every reaction", || (open_accounts(&db.db) == Some(2)).then_some(()));
        assert!(!node.log().contains("panic"), "{}", node.log());
    }
}

/// The tally of open accounts in the only workspace.
fn open_accounts(db: &kit::db::Db) -> Option<i64> {
    let asked = db.read(|tx| {
        let all = workspaces::all(tx)?;
        tallies::total(tx, all[0].id, OPEN_TALLY)
    });
    let asked: Result<i64, DbError> =
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(asked));
    asked.ok()
}
