//! Two processes on one PostgreSQL.

use kit::db::DbError;
use tandem_core::accounts::OPEN_TALLY;
use tandem_core::{events, tallies, workspaces};
use testkit::on_both;
use testkit::program::post;

use super::{id, on};
use crate::world::LISTS;

on_both! { LISTS;
    async fn what_one_node_adds_the_stream_of_another_names(db: TestDb) {
        if !db.is_postgres() {
            return;
        }
        let program = on(&db);
        let token = program.token();
        let (first, second) = (program.serve(), program.serve());
        let mut stream = second.live(&token, Some("0"));
        let added = first.add_account("Acme", &token).unwrap();
        assert!(stream.names(&id(&added.body)));
    }

    async fn the_jobs_of_a_killed_node_are_done_by_the_other(db: TestDb) {
        if !db.is_postgres() {
            return;
        }
        let program = on(&db);
        let token = program.token();
        let mut first = program.serve();
        let _second = program.clone().with("roles", "worker").serve();
        let address = first.address;
        let (tell, told) = std::sync::mpsc::channel();
        let clients: Vec<_> = (0..4).map(|client| {
            let (tell, token) = (tell.clone(), token.clone());
            std::thread::spawn(move || {
                for number in 0.. {
                    let body = format!(r#"{{"name":"Account {client} {number}"}}"#);
                    if post(address, "/api/v1/accounts", &token, &body).is_err() {
                        return;
                    }
                    tell.send(()).unwrap();
                }
            })
        }).collect();
        assert_eq!(told.iter().take(60).count(), 60);
        first.kill();
        clients.into_iter().for_each(|client| client.join().unwrap());
        loop {
            let (added, counted) = db.read(|tx| {
                let workspace = workspaces::all(tx)?[0].id;
                let happened = events::newest(tx, workspace, 10_000)?;
                let added = happened.iter().filter(|event| event.kind == "account.added").count();
                Ok::<_, DbError>((added as i64, tallies::total(tx, workspace, OPEN_TALLY)?))
            }).await.unwrap();
            assert!(counted <= added, "a job had its effect twice: {counted} of {added}");
            if counted == added && added >= 60 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}
