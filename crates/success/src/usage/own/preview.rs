//! What a definition would say of three accounts, before it is kept.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::time::Duration;

use jiff::tz::TimeZone;
use kit::day::Day;
use kit::db::{Db, Tx};
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
use crate::usage::lake::{self, Window};
use crate::usage::log::{self, Logged};

/// Accounts that are shown.
const SHOWN: i64 = 3;
/// Events that are read at most, the newest first; what they lie in is read to its end.
const MOST_EVENTS: usize = 100_000;

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

/// What is asked about, and where to look.
#[derive(Debug)]
struct Begun {
    content: Content,
    today: Day,
    zone: TimeZone,
    window: Option<Window>,
}

/// Looks what a definition would say of the accounts that use the product most. Events are read outside of transactions.
///
/// # Errors
/// [`OwnError::Bad`], a missing permission, or trouble of the database or of the store of events.
pub async fn preview(db: &Db, actor: &Actor, text: &OwnText) -> Result<Preview, OwnError> {
    let (reader, text) = (actor.clone(), text.clone());
    let begun = db.report(move |tx| begin(tx, &reader, &text)).await?;
    let mut preview = Preview::default();
    let mut counting = Counting::in_zone(begun.zone.clone());
    if let Some(window) = begun.window {
        let (content, zone) = (&begun.content, &begun.zone);
        preview.is_part = window.is_part();
        let each = |folded: Option<&str>, events: &[Logged]| {
            preview.read += events.len();
            counting.go_to(log::zone_of(folded, zone));
            for event in events {
                if content.means(&event.header.call, &event.header.name) {
                    counting.add(content, event, &properties(&event.raw));
                }
            }
            ControlFlow::Continue(())
        };
        window.each(db, each).await?;
    }
    let (reader, content, today) = (actor.clone(), begun.content, begun.today);
    let accounts = db.report(move |tx| shown(tx, &reader, (&content, today), &counting));
    preview.accounts = accounts.await?;
    Ok(preview)
}

fn begin(tx: &mut Tx<'_>, actor: &Actor, text: &OwnText) -> Result<Begun, OwnError> {
    actor.must(Permission::ShapeWrite)?;
    actor.must(Permission::UsageRead)?;
    actor.must(Permission::AccountsRead)?;
    let content = text.content.checked().map_err(OwnError::Bad)?;
    // What came before the window began happened before it, too.
    let days = u32::try_from(content.window).unwrap_or_default();
    let from = tx.now().minus(Duration::from_secs(86_400) * days);
    let most = i64::try_from(MOST_EVENTS).unwrap_or(i64::MAX);
    let window = match content.needs_events() {
        true => Some(lake::window(tx, actor.workspace, from, most)?),
        // The days of usage suffice.
        false => None,
    };
    Ok(Begun {
        content,
        today: workspaces::today(tx, actor.workspace)?,
        zone: workspaces::zone(tx, actor.workspace)?,
        window,
    })
}

/// The accounts at which most was done, each with its name and value.
fn shown(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (content, today): (&Content, Day),
    counting: &Counting,
) -> Result<Vec<(AccountId, String, f64)>, OwnError> {
    let span = (today.plus_days(1 - content.window), today);
    let mut shown = busiest(tx, actor.workspace, content.event.as_ref(), span.0, SHOWN)?;
    for other in busiest(tx, actor.workspace, None, span.0, SHOWN)? {
        if !shown.contains(&other) && shown.len() < 3 {
            shown.push(other);
        }
    }
    let mut counted: HashMap<Spot, (i64, f64)> = HashMap::new();
    for row in counting.resolved(tx, actor.workspace)? {
        let Counted {
            person,
            group,
            feature,
            day,
            events,
            total,
        } = row;
        counted.insert((person, group, feature, day), (events, total));
    }
    let mut said = Vec::new();
    for account in shown {
        let seen = match content.needs_events() {
            true => seen_of(&spots(tx, actor.workspace, account, span)?, &counted),
            false => used(tx, actor.workspace, account, content.event.as_ref(), span)?,
        };
        if let Some(name) = accounts::name(tx, actor.workspace, account)? {
            said.push((account, name, value(content, &seen, today)));
        }
    }
    Ok(said)
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
