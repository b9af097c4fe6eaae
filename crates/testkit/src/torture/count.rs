//! The reckoning: what was acknowledged, what had its effect, what had it twice.

use std::collections::HashMap;
use std::fmt;

use kit::db::{Db, DbError};
use kit::jobs::admin;
use kit::{params, sql};

use super::program::CHAIN;

/// What a torment showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Workers killed.
    pub kills: usize,
    /// Workers frozen beyond the others' patience.
    pub frozen: usize,
    /// Chains of reactions that were acknowledged.
    pub chains: usize,
    /// Effects of reactions that were found.
    pub effects: usize,
    /// Effects that were acknowledged and are not there.
    pub lost: usize,
    /// Effects that are there twice.
    pub doubled: usize,
    /// Errands that were acknowledged and never ran.
    pub trips_lost: usize,
    /// Errands that ran more than once, which they may.
    pub trips_repeated: usize,
    /// Jobs that ended dead.
    pub dead: usize,
    /// What was asked for and not seen by the reaction with a key.
    pub unseen: i64,
}

impl Outcome {
    /// Whether all is as it must be.
    pub fn is_good(&self) -> bool {
        self.chains > 0
            && (self.lost, self.doubled, self.trips_lost, self.dead, self.unseen) == (0, 0, 0, 0, 0)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills, {} freezes: {} chains acknowledged, {} effects, {} lost, {} doubled; errands {} lost, {} repeated; \
             {} dead; {} unseen by the keyed reaction",
            self.kills,
            self.frozen,
            self.chains,
            self.effects,
            self.lost,
            self.doubled,
            self.trips_lost,
            self.trips_repeated,
            self.dead,
            self.unseen
        )
    }
}

/// Jobs that are not over.
pub(super) async fn left(db: &Db) -> i64 {
    let counts = db.read(|tx| admin::counts(tx, None)).await;
    let counts = counts.unwrap_or_else(|error: DbError| panic!("{error}"));
    let open = counts.iter().filter(|count| !count.state.is_over());
    open.map(|count| count.count).sum()
}

pub(super) async fn count(db: &Db, acknowledged: &[String]) -> Outcome {
    let effects = rows(db, sql!("select root, step from effects order by root, step")).await;
    let trips = rows(db, sql!("select root, 0 as step from trips order by root")).await;
    let expected = acknowledged
        .iter()
        .flat_map(|root| (1..=CHAIN).map(move |step| (root.clone(), step)));
    let sums = db.read(|tx| {
        tx.one(
            sql!("select cast(coalesce(sum(abs(asked - seen)), 0) as bigint) as unseen from sums"),
            params![],
            |row| row.get::<i64>("unseen"),
        )
    });
    let counts = db.read(|tx| admin::counts(tx, None)).await;
    let dead = counts.unwrap_or_else(|error: DbError| panic!("{error}"));
    Outcome {
        chains: acknowledged.len(),
        effects: effects.values().sum(),
        lost: expected.filter(|key| !effects.contains_key(key)).count(),
        doubled: effects.values().filter(|count| **count > 1).count(),
        trips_lost: acknowledged
            .iter()
            .filter(|root| !trips.contains_key(&((*root).clone(), 0)))
            .count(),
        trips_repeated: trips.values().filter(|count| **count > 1).count(),
        dead: dead
            .iter()
            .map(|count| usize::try_from(count.count).unwrap_or(0))
            .sum(),
        unseen: sums.await.unwrap_or_else(|error: DbError| panic!("{error}")),
        ..Outcome::default()
    }
}

async fn rows(db: &Db, sql: &'static kit::db::sql::Sql) -> HashMap<(String, i64), usize> {
    let found = db.read(move |tx| {
        tx.rows(sql, params![], |row| {
            Ok((row.get::<String>("root")?, row.get::<i64>("step")?))
        })
    });
    let mut counts = HashMap::new();
    for key in found.await.unwrap_or_else(|error: DbError| panic!("{error}")) {
        *counts.entry(key).or_default() += 1;
    }
    counts
}
