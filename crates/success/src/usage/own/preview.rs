//! What a definition would say of three accounts, before it is kept.

use std::collections::{BTreeMap, HashMap};

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::counting::{Counting, properties};
use super::days::store::{busiest, spots, used};
use super::days::{Counted, Seen, Spot, value};
use super::model::Content;
use super::{OwnError, OwnText};
use crate::usage::log::{self, unpacked};

/// Accounts that are shown.
const SHOWN: i64 = 3;
/// Events that are read at most, the newest first, and in how large parts.
const MOST_EVENTS: usize = 100_000;
const PART: i64 = 50;

/// What a definition would say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// The accounts at which most was done, each with its name and value.
    pub accounts: Vec<(AccountId, String, f64)>,
    /// How many events were read for it; 0 where the days of usage suffice.
    pub read: usize,
    /// Whether there are more events in the window than were read.
    pub is_part: bool,
}

/// Looks what a definition would say of the accounts that use the product most.
///
/// # Errors
/// [`OwnError::Bad`], a missing permission, or the database's.
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, text: &OwnText) -> Result<Preview, OwnError> {
    actor.must(Permission::ShapeWrite)?;
    actor.must(Permission::UsageRead)?;
    actor.must(Permission::AccountsRead)?;
    let content = text.content.checked().map_err(OwnError::Bad)?;
    let today = workspaces::today(tx, actor.workspace)?;
    let span = (today.plus_days(1 - content.window), today);
    let mut shown = busiest(tx, actor.workspace, content.event.as_ref(), span.0, SHOWN)?;
    for other in busiest(tx, actor.workspace, None, span.0, SHOWN)? {
        if !shown.contains(&other) && shown.len() < 3 {
            shown.push(other);
        }
    }
    let mut preview = Preview::default();
    let counted = match content.needs_events() {
        true => read_events(tx, actor, &content, (span, &mut preview))?,
        false => HashMap::new(),
    };
    for account in shown {
        let seen = match content.needs_events() {
            true => seen_of(&spots(tx, actor.workspace, account, span)?, &counted),
            false => used(tx, actor.workspace, account, content.event.as_ref(), span)?,
        };
        let Some(name) = accounts::name(tx, actor.workspace, account)? else {
            continue;
        };
        preview
            .accounts
            .push((account, name, value(&content, &seen, today)));
    }
    Ok(preview)
}

/// What is in the log, counted, the newest batches first.
fn read_events(
    tx: &mut Tx<'_>,
    actor: &Actor,
    content: &Content,
    (span, preview): ((Day, Day), &mut Preview),
) -> Result<HashMap<Spot, (i64, f64)>, DbError> {
    let zone = workspaces::zone(tx, actor.workspace)?;
    let mut counting = Counting::in_zone(zone.clone());
    let mut before = None;
    'log: loop {
        let part = log::newest(tx, actor.workspace, None, before, PART)?;
        for batch in &part {
            // What came before the window began happened before it, too.
            if Day::of(batch.received, &zone) < span.0 {
                break 'log;
            }
            if preview.read >= MOST_EVENTS {
                preview.is_part = true;
                break 'log;
            }
            counting.go_to(log::zone_of(batch.zone.as_deref(), &zone));
            for event in unpacked(&batch.body) {
                preview.read += 1;
                if content.means(&event.header.call, &event.header.name) {
                    counting.add(content, &event, &properties(&event.raw));
                }
            }
        }
        before = part.last().map(|batch| batch.id);
        if i64::try_from(part.len()).unwrap_or(PART) < PART {
            break;
        }
    }
    let mut found: HashMap<Spot, (i64, f64)> = HashMap::new();
    for row in counting.resolved(tx, actor.workspace)? {
        let Counted {
            person,
            group,
            feature,
            day,
            events,
            total,
        } = row;
        found.insert((person, group, feature, day), (events, total));
    }
    Ok(found)
}

fn seen_of(spots: &[(Spot, Uuid)], counted: &HashMap<Spot, (i64, f64)>) -> Vec<Seen> {
    let mut all: BTreeMap<(Day, Uuid), (i64, f64)> = BTreeMap::new();
    for (spot, who) in spots {
        if let Some((events, total)) = counted.get(spot) {
            let sum = all.entry((spot.3, *who)).or_insert((0, 0.0));
            *sum = (sum.0 + events, sum.1 + total);
        }
    }
    let seen = all.into_iter().map(|((day, who), (events, total))| Seen {
        who,
        day,
        events,
        total,
    });
    seen.collect()
}
