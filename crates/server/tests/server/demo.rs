//! Sample data: the same seed makes the same, and it is as real as any other.

use kit::clock::Clock;
use kit::db::DbError;
use kit::id::Ids;
use tandem_core::accounts::OPEN_TALLY;
use tandem_core::demo::{Plan, fill};
use tandem_core::{events, tallies};
use testkit::{MORNING, on_both};

use crate::world::{LISTS, settle};

fn plan(seed: u64) -> Plan {
    Plan {
        seed,
        accounts: 40,
        days: 60,
        end: MORNING,
    }
}

on_both! { LISTS;
    async fn the_same_seed_makes_the_same_accounts_with_their_history(db: TestDb) {
        db.attach(std::sync::Arc::new(server::wiring::wiring()));
        let mut books = Vec::new();
        for seed in [7, 7, 8] {
            let clock = Clock::manual(MORNING);
            let again = kit::db::Db::open(&db.config, clock.clone(), Ids::seeded(seed)).unwrap();
            again.attach(std::sync::Arc::new(server::wiring::wiring()));
            let cast = fill(&again, &clock, &plan(seed), &|_, _| {}).await;
            if books.len() == 1 {
                // The same ids again: the database itself sees that nothing differs.
                assert!(cast.is_err());
                books.push(books[0]);
                again.close().await;
                continue;
            }
            let cast = cast.unwrap();
            settle(&again).await;
            let open = i64::try_from(cast.accounts.iter().filter(|account| account.is_open()).count()).unwrap();
            let workspace = cast.workspace.id;
            let (tally, history) = again
                .read(move |tx| {
                    Ok::<_, DbError>((tallies::total(tx, workspace, OPEN_TALLY)?, events::newest(tx, workspace, 10_000)?))
                })
                .await
                .unwrap();
            assert_eq!(tally, open);
            assert!(history.iter().all(|event| event.created_at <= MORNING));
            assert!(history.iter().any(|event| event.kind == "account.closed"));
            assert_eq!(cast.accounts.len(), 40);
            books.push(cast.workspace.id);
            again.close().await;
        }
        assert_ne!(books[0], books[2]);
    }
}
