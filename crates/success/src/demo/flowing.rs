//! Sample usage that goes on: while a demo runs, people at the sample accounts go on using the product, so that whoever looks
//! at the debugger, at an account's usage or at features sees numbers move.
//!
//! Their events go the way of everybody's: read, checked, logged and folded. They come from the source that the sample data
//! set up, so that nothing is ever made up in a workspace of somebody else, and nothing comes while that source is off.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, DbError, Tx};
use kit::id::Ids;
use serde_json::json;
use tandem_core::accounts;
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, Kind};
use tandem_core::contacts::memberships;
use tandem_core::workspaces::WorkspaceId;
use tokio_util::sync::CancellationToken;

use super::FEATURES;
use crate::usage::account::{self, UsageError};
use crate::usage::protocol::taking;
use crate::usage::sources::{self, Gate};

/// How many accounts are looked at, and how many people of each take part.
const ACCOUNTS: i64 = 400;
const PEOPLE: i64 = 6;
/// How often it is looked again who takes part.
const LOOK: Duration = Duration::from_secs(600);
/// How long it takes until the next, in milliseconds, by the hour of the day in UTC: short in the middle of a working day.
#[rustfmt::skip]
const PAUSES: [u64; 24] = [
    2_600, 3_000, 3_200, 3_200, 2_800, 2_200, 1_500, 1_000, 700, 550, 500, 500,
    600, 550, 500, 550, 650, 900, 1_200, 1_500, 1_800, 2_000, 2_200, 2_400,
];
/// Pages that people look at between what they do.
const PAGES: &[&str] = &["Home", "Reports", "Invoices", "Settings"];
/// One of so many is one that something is wrong with.
const WRONG: u64 = 300;

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Visitor {
    user: String,
    name: String,
    group: String,
}

/// Who takes part, and where what they do comes in.
#[derive(Clone, Debug)]
struct Stage {
    gate: Gate,
    visitors: Vec<Visitor>,
    since: Timestamp,
}

/// Lets people use the product until `ending`. What goes wrong is tried again.
pub async fn run(db: Db, workspace: WorkspaceId, ending: CancellationToken) {
    let mut stage: Option<Stage> = None;
    while !ending.is_cancelled() {
        let now = db.clock().now();
        let is_old = |stage: &Stage| stage.since.plus(LOOK) < now;
        if stage.as_ref().is_none_or(is_old) {
            match db.report(move |tx| gathered(tx, workspace)).await {
                Ok(found) => stage = found,
                Err(error) => tracing::warn!(%error, "nobody takes part in the demo for now"),
            }
        }
        if let Some(stage) = &stage
            && let Err(error) = step(&db, stage).await
        {
            tracing::warn!(%error, "an event of the demo was not taken");
        }
        let wait = pause(now, db.ids());
        tokio::select! {
            () = ending.cancelled() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Somebody does something, or up to three do.
async fn step(db: &Db, stage: &Stage) -> Result<(), DbError> {
    let ids = db.ids();
    let mut events = Vec::new();
    for _ in 0..=ids.below(3) {
        events.push(happening(&stage.visitors, ids));
    }
    let items: Vec<&str> = events.iter().map(String::as_str).collect();
    taking::take(db, &stage.gate, &items, (None, None))
        .await
        .map(drop)
}

/// Who takes part: people at accounts that use the product; nobody where the source of the sample data is gone or off.
fn gathered(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Stage>, DbError> {
    let system = Actor::system(workspace, "demo");
    let signature = system.signature();
    let all = sources::all(tx, &system).unwrap_or_default();
    let ours = all
        .iter()
        .find(|source| source.created_by == signature && source.is_on());
    let Some(gate) = (match ours {
        Some(source) => sources::of_key(tx, source.key())?,
        None => None,
    }) else {
        return Ok(None);
    };
    let since = tx.now();
    let today = Day::of(since, &jiff::tz::TimeZone::UTC);
    let mut visitors = Vec::new();
    for account in accounts::list(tx, &system, None, ACCOUNTS).unwrap_or_default() {
        match account::of(tx, &system, account.id, today) {
            Ok(usage) if usage.events_30 > 0 => {}
            Err(UsageError::Db(error)) => return Err(error),
            _ => continue,
        }
        for (_, contact) in memberships::at_account(tx, &system, account.id, PEOPLE).unwrap_or_default() {
            let known = identities::of(tx, &system, contact.root).unwrap_or_default();
            let address = known.into_iter().find(|identity| identity.kind == Kind::Email);
            visitors.extend(address.map(|address| Visitor {
                user: address.value,
                name: contact.text.name.clone(),
                group: account.id.to_string(),
            }));
        }
    }
    Ok((!visitors.is_empty()).then_some(Stage {
        gate,
        visitors,
        since,
    }))
}

/// What somebody does, as an SDK says it.
fn happening(visitors: &[Visitor], ids: &Ids) -> String {
    let visitor = &visitors[skewed(ids, visitors.len())];
    let mut random = [0; 12];
    ids.fill(&mut random);
    let message = format!("demo-{}", kit::text::base64url(&random));
    let context = json!({ "groupId": visitor.group, "library": { "name": "analytics.js" } });
    let event = match ids.below(12) {
        _ if ids.below(WRONG) == 0 => {
            json!({ "type": "track", "userId": visitor.user, "messageId": message })
        }
        0 => json!({
            "type": "identify", "userId": visitor.user, "messageId": message,
            "traits": { "name": visitor.name, "email": visitor.user },
        }),
        1..4 => json!({
            "type": "page", "userId": visitor.user, "messageId": message, "context": context,
            "name": PAGES[skewed(ids, PAGES.len())],
        }),
        _ => json!({
            "type": "track", "userId": visitor.user, "messageId": message, "context": context,
            "event": FEATURES[skewed(ids, FEATURES.len())], "properties": { "rows": 1 + ids.below(200) },
        }),
    };
    event.to_string()
}

/// A place in a list of `length`; the first ones come up more often.
fn skewed(ids: &Ids, length: usize) -> usize {
    let length = length as u64;
    let place = ids.below(length) * ids.below(length) / length.max(1);
    usize::try_from(place).unwrap_or_default()
}

/// How long it is quiet, by the time of day.
fn pause(now: Timestamp, ids: &Ids) -> Duration {
    let hour = now.0.div_euclid(3_600_000_000).rem_euclid(24);
    let usual = PAUSES[usize::try_from(hour).unwrap_or_default()];
    Duration::from_millis(usual / 2 + ids.below(usual))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::protocol::read;

    #[test]
    fn nights_are_quieter_than_days_and_what_people_do_can_be_read() {
        let ids = Ids::seeded(7);
        let at = |hour: i64| pause(Timestamp(hour * 3_600_000_000), &ids);
        let sum = |hour: i64| (0..50).map(|_| at(hour)).sum::<Duration>();
        assert!(sum(2) > sum(11) * 3);
        let visitors = [Visitor {
            user: "leyla@acme.example".to_owned(),
            name: "Leyla".to_owned(),
            group: "acme".to_owned(),
        }];
        let now = Timestamp(1_800_000_000_000_000);
        let all: Vec<String> = (0..400).map(|_| happening(&visitors, &ids)).collect();
        let taken = all
            .iter()
            .filter(|text| read(text, 0, None, (now, None)).is_ok())
            .count();
        assert!((390..=400).contains(&taken), "{taken}");
    }
}
