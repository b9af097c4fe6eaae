//! Merging accounts: everything moves, and taking it back gives exactly the rows that there were.

mod afterwards;
mod asked_for;
mod there_and_back;

use kit::db::Db;
use tandem_core::accounts::{self, Account, AccountError, AccountId, AccountText, merging};
use tandem_core::actor::Actor;

use crate::world::World;

async fn merged(
    db: &Db,
    actor: Actor,
    kept: AccountId,
    gone: AccountId,
    take: Vec<String>,
) -> Result<Account, AccountError> {
    db.write(move |tx| merging::merge(tx, &actor, kept, gone, &take))
        .await
}

async fn parted(db: &Db, actor: Actor, gone: AccountId) -> Result<Account, AccountError> {
    db.write(move |tx| merging::unmerge(tx, &actor, gone)).await
}

async fn accounts_of(db: &Db, world: &World, names: &'static [&'static str]) -> Vec<AccountId> {
    let system = world.ours.system();
    db.write(move |tx| {
        let text = |name: &&str| AccountText {
            name: (*name).to_owned(),
            ..AccountText::default()
        };
        names
            .iter()
            .map(|name| accounts::add(tx, &system, &text(name)).map(|account| account.id))
            .collect::<Result<Vec<_>, _>>()
    })
    .await
    .unwrap()
}
