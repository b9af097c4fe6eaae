//! Folding: numbers that are right whatever came when, and whose they are.

mod in_parts;
mod numbers;
mod whose;

use kit::day::Day;
use kit::db::Db;
use success::usage::account::{self, Usage};
use success::usage::settling::{self, Asked, Waiting as Unsettled};
use success::usage::sources::Gate;
use tandem_core::accounts::{AccountId, external_ids};
use tandem_core::actor::Actor;

use crate::taking::send;
use crate::world::World;

pub(crate) async fn usage(db: &Db, actor: &Actor, account: AccountId) -> Usage {
    let (actor, today) = (actor.clone(), Day::of(db.clock().now(), &jiff::tz::TimeZone::UTC));
    db.read(move |tx| account::of(tx, &actor, account, today))
        .await
        .unwrap()
}

/// Acme is called `acme` by the product.
async fn named(db: &Db, world: &World) {
    let (ada, account) = (world.ada.clone(), world.account);
    db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme"))
        .await
        .unwrap();
}

async fn track(db: &Db, gate: &Gate, who: &str, event: &str, group: Option<&str>) {
    let context = group.map_or(String::new(), |group| {
        format!(r#","context":{{"groupId":"{group}"}}"#)
    });
    let text = format!(r#"{{"type":"track","event":"{event}",{who}{context}}}"#);
    assert_eq!(send(db, gate, &[&text]).await.accepted, 1, "{text}");
}

/// What belongs to no account.
pub(crate) async fn waiting(db: &Db, world: &World) -> Vec<Unsettled> {
    let ada = world.ada.clone();
    db.read(move |tx| settling::list(tx, &ada, &Asked::default(), None, 99))
        .await
        .unwrap()
}

const LEYLA: &str = r#""userId":"u-leyla""#;

const BROWSER: &str = r#""anonymousId":"b-1""#;
