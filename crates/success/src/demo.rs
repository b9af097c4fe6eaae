//! Sample data of customer success: a year and a half of what people at the sample accounts do in the product. Most go on
//! as they are, some come more and more, some less and less, and a few are gone.

pub mod flowing;

use std::collections::BTreeSet;

use kit::clock::{Clock, Timestamp};
use kit::day::Day;
use kit::db::{Db, DbError, Tx};
use kit::id::{Ids, TypedId};
use tandem_core::accounts::Account;
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, Kind};
use tandem_core::contacts::memberships;
use tandem_core::demo::{Cast, Plan};
use tandem_core::subscriptions;
use tandem_core::workspaces::WorkspaceId;

use crate::health::demo::slips_away;
use crate::usage::adoption;
use crate::usage::backfill::{self, BackfillError};
use crate::usage::counts::{self, CountsError};
use crate::usage::debugger;
use crate::usage::folding::invented::{self, Done};
use crate::usage::lake::{self, LakeError};
use crate::usage::own::{self, OwnError};
use crate::usage::protocol::taking;
use crate::usage::sources::{self, Gate, SourceError};

/// How many weeks there are, and how many of them by the day.
const WEEKS: i64 = 78;
const BY_DAY: i64 = 6;
/// What the product can do, what most people do first.
const FEATURES: &[&str] = &[
    "Report opened",
    "Dashboard shared",
    "Export made",
    "Invoice sent",
    "Teammate invited",
    "Integration connected",
];
/// What the product can do since three weeks ago, and what it can't do any more.
const COME: &str = "Forecast built";
const GONE: &str = "Spreadsheet uploaded";
/// Events that something is wrong with, as beginners write them.
const WRONG: &[&str] = &[
    r#"{"type":"track","userId":"null","event":"Report opened","properties":{"rows":120}}"#,
    r#"{"type":"track","userId":"u-118","properties":{"name":"Export made"}}"#,
    r#"{"type":"track","userId":"u-118","event":"Export made","timestamp":"22.11.2026 9:00"}"#,
    r#"{"type":"group","userId":"u-118","traits":{"name":"Acme"}}"#,
];

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A source could not be set up.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A file of the past could not be brought.
    #[error(transparent)]
    Backfill(#[from] BackfillError),
    /// A metric could not be defined.
    #[error(transparent)]
    Metric(#[from] OwnError),
    /// What counts could not be said.
    #[error(transparent)]
    Counts(#[from] CountsError),
    /// Events could not be sealed.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// How an account's use goes.
#[derive(Clone, Copy, Debug)]
enum Course {
    Steady,
    Growing,
    Declining,
    Gone,
}

/// Makes sources and usage of the sample workspace.
///
/// # Errors
/// [`DemoError`]; what was made so far stays.
pub async fn fill(db: &Db, _clock: &Clock, plan: &Plan, cast: &Cast) -> Result<(), DemoError> {
    let workspace = cast.workspace.id;
    let gate = db.write(move |tx| set_up(tx, workspace)).await?;
    for (number, account) in cast.accounts.iter().enumerate() {
        // Every fourth has not begun to use it, or does not send.
        if number % 4 == 3 {
            continue;
        }
        let (account, end, seed) = (account.clone(), plan.end, plan.seed + number as u64);
        db.write(move |tx| live_through(tx, workspace, &account, (end, seed, slips_away(number))))
            .await?;
    }
    if let Some(gate) = gate {
        lake::demo::fill(db, &gate).await?;
        let now = [
            r#"{"type":"identify","userId":"u-7001","anonymousId":"b-31","traits":{"name":"Ines Duarte","email":"ines@harbour.example"},"messageId":"demo-1"}"#,
            r#"{"type":"page","userId":"u-7001","name":"Pricing","messageId":"demo-2"}"#,
            r#"{"type":"track","userId":"u-7001","event":"Report opened","context":{"groupId":"harbour-freight"},"properties":{"rows":42},"messageId":"demo-3"}"#,
            r#"{"type":"group","userId":"u-7001","groupId":"harbour-freight","traits":{"name":"Harbour Freight"},"messageId":"demo-4"}"#,
        ];
        taking::take(db, &gate, &now, (None, None)).await?;
        backfill::demo::fill(db, workspace, gate.source).await?;
        crate::usage::folding::fold(db).await?;
    }
    db.write(move |tx| own::demo::fill(tx, workspace)).await?;
    db.write(move |tx| counts::demo::fill(tx, workspace)).await?;
    adoption::jobs::adopt_all(db, workspace).await?;
    Ok(())
}

/// The sources, and what was rejected of them.
fn set_up(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Gate>, DemoError> {
    let actor = Actor::system(workspace, "demo");
    let web = sources::add(tx, &actor, "Web app")?;
    sources::add(tx, &actor, "Back end")?;
    for text in WRONG {
        debugger::invent(tx, workspace, web.id, text)?;
    }
    Ok(sources::of_key(tx, web.key())?)
}

/// What the people at one account did.
fn live_through(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: &Account,
    (end, seed, slips): (Timestamp, u64, bool),
) -> Result<(), DemoError> {
    let dice = Ids::seeded(seed ^ 0x05A6E);
    let course = match dice.below(20) {
        _ if slips => Course::Declining,
        0..10 => Course::Steady,
        10..14 => Course::Growing,
        14..19 => Course::Declining,
        _ => Course::Gone,
    };
    let system = Actor::system(workspace, "demo");
    let people = memberships::at_account(tx, &system, account.id, 6).unwrap_or_default();
    let group = invented::group(tx, workspace, account.id, &account.name)?;
    let today = Day::of(end, &jiff::tz::TimeZone::UTC);
    let contracts = subscriptions::of(tx, workspace, account.id)?;
    let bought = contracts.iter().map(|one| one.starts).min();
    for (_, contact) in people {
        let known = identities::of(tx, &system, contact.root).unwrap_or_default();
        let Some(address) = known.iter().find(|identity| identity.kind == Kind::Email) else {
            continue;
        };
        let title = contact.text.name.as_str();
        let person = invented::person(tx, workspace, (&address.value, title, contact.root))?;
        let mut done = a_life(course, today, &dice);
        // Nobody uses what they have not bought yet.
        done.retain(|one| bought.is_none_or(|bought| one.day >= bought));
        invented::lay(
            tx,
            workspace,
            (person, group, contact.root.uuid(), account.id),
            &done,
        )?;
    }
    Ok(())
}

/// What one person did, by the week long ago and by the day lately.
fn a_life(course: Course, today: Day, dice: &Ids) -> Vec<Done> {
    let mut done = Vec::new();
    let begun = i64::try_from(dice.below(30)).unwrap_or_default();
    let breadth = 2 + dice.below(FEATURES.len() as u64 - 1);
    for ago in (0..WEEKS - begun).rev() {
        // In thousandths of what a busy person does.
        let zeal = match course {
            Course::Steady => 700,
            Course::Growing => 1_000 - ago * 10,
            Course::Declining => 120 + (ago * 70).min(680),
            Course::Gone => i64::from(ago > 7) * 600,
        };
        let days: &[i64] = if ago < BY_DAY { &[0, 1, 2, 3, 4] } else { &[2] };
        for day in days {
            let comes = i64::try_from(dice.below(1_000)).unwrap_or_default() < zeal;
            if !comes {
                continue;
            }
            for feature in &FEATURES[..usize::try_from(breadth).unwrap_or(1).min(FEATURES.len())] {
                if dice.below(3) == 0 {
                    continue;
                }
                done.push(Done {
                    feature,
                    day: today.plus_days(-7 * ago - day),
                    events: 1 + i64::try_from(dice.below(9)).unwrap_or_default(),
                });
            }
        }
    }
    if breadth > 3 && matches!(course, Course::Steady | Course::Growing) {
        done.extend(with_the_times(&done, today));
    }
    done
}

/// What came and what went, on days on which somebody was there anyway.
fn with_the_times(done: &[Done], today: Day) -> Vec<Done> {
    let days: BTreeSet<Day> = done.iter().map(|one| one.day).collect();
    let mut more = Vec::new();
    for day in days {
        let ago = day.days_until(today);
        let feature = match ago {
            0..21 => COME,
            31..100 => GONE,
            _ => continue,
        };
        more.push(Done {
            feature,
            day,
            events: 1 + ago % 3,
        });
    }
    more
}
