//! Sample data of health: accounts that slip away and one that only looks so, and the scores of the last quarter, week by
//! week, from what the sample accounts have lived through.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, DbError, Tx};
use kit::i18n::Value;
use tandem_core::accounts::Account;
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactError;
use tandem_core::contacts::memberships::{self, MembershipText};
use tandem_core::demo::{Cast, Plan};
use tandem_core::invoices::{self, InvoiceError, InvoiceText};
use tandem_core::touchpoints::{self, Channel, Direction, Impression, NewTouchpoint, TouchpointError};
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::{currencies, metrics};

use super::{Band, HealthError, overriding, score, score_as_of, scorecards, store};

const DAY: Duration = Duration::from_secs(86_400);
/// How many weeks of scores there are.
const WEEKS: u32 = 13;
/// Of so many accounts, one slips away.
const ONE_IN: usize = 9;
/// What those who slip away say, the newest first: days ago, and what.
const SAID: &[(u32, &str)] = &[
    (3, "Asked what notice they have to give."),
    (8, "Their new head of operations wants to see what they pay for."),
    (13, "The monthly check was cancelled, without another day."),
    (19, "Two departments went back to spreadsheets."),
    (26, "Nobody came to the training."),
    (34, "Said that the reports come too late to be of use."),
    (41, "Their champion told us of leaving the company."),
    (50, "Was short on the phone: \"We are looking around.\""),
];

/// Why there is no sample data of health.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A touchpoint could not be written down.
    #[error(transparent)]
    Touchpoint(#[from] TouchpointError),
    /// An invoice could not be written.
    #[error(transparent)]
    Invoice(#[from] InvoiceError),
    /// A contact could not leave.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// Nobody could say otherwise.
    #[error(transparent)]
    Health(#[from] HealthError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Whether the sample account of a number slips away.
pub(crate) fn slips_away(number: usize) -> bool {
    number % ONE_IN == 4
}

/// Lets some of the sample accounts slip away, and scores each as it was every week, and as it is.
///
/// # Errors
/// [`DemoError`]; the data made so far stays.
pub async fn fill(db: &Db, plan: &Plan, cast: &Cast) -> Result<(), DemoError> {
    let (workspace, end) = (cast.workspace.id, plan.end);
    let usual = move |tx: &mut Tx<'_>| scorecards::usual::add_all(tx, &Actor::system(workspace, "demo"));
    db.write(usual).await?;
    for (number, account) in cast.accounts.iter().enumerate() {
        let account = account.clone();
        db.write(move |tx| {
            let actor = Actor::system(workspace, "demo");
            let is_open = account.closure.is_none();
            if is_open && slips_away(number) {
                slip_away(tx, &actor, &account, (end, number))?;
            }
            live_through(tx, workspace, &account, end)?;
            if is_open && number == ONE_IN + 4 {
                let until = workspaces::today(tx, workspace)?.plus_days(45);
                let why = "Their board signed the renewal on Friday; the bills go to a new address.";
                overriding::say(tx, &actor, account.id, (Band::Green, why, until))?;
            }
            Ok::<_, DemoError>(())
        })
        .await?;
    }
    Ok(())
}

/// Talks go badly, bills stay open, and people leave; less of it for every second one.
fn slip_away(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: &Account,
    (end, number): (Timestamp, usize),
) -> Result<(), DemoError> {
    let is_worse = number.is_multiple_of(2);
    let said = if is_worse { SAID } else { &SAID[4..] };
    for (days, summary) in said {
        let moment = end.minus(DAY * *days);
        if moment < account.created_at {
            continue;
        }
        let new = NewTouchpoint {
            contact: None,
            kind: "call".to_owned(),
            channel: Channel::Phone,
            direction: Direction::Outbound,
            summary: (*summary).to_owned(),
            evidence: None,
            happened_at: Some(moment),
            impression: Some((Impression::ALL[0], String::new())),
        };
        touchpoints::add(tx, actor, account.id, &new)?;
    }
    owe(tx, actor, account, (end, if is_worse { 3 } else { 1 }))?;
    if is_worse {
        leave(tx, actor, account, end)?;
    }
    Ok(())
}

/// Some invoices that nobody pays.
fn owe(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: &Account,
    (end, count): (Timestamp, u32),
) -> Result<(), DemoError> {
    let zone = workspaces::zone(tx, actor.workspace)?;
    let currency = currencies::reporting(tx, actor.workspace)?;
    for index in 0..count {
        let issued = Day::of(end.minus(DAY * (60 - 14 * index)), &zone);
        let text = InvoiceText {
            number: format!("LATE-{}-{index}", account.id),
            issued,
            due: issued.plus_days(14),
            currency,
            total: 48_000,
        };
        invoices::add(tx, actor, account.id, &text)?;
    }
    Ok(())
}

/// Everybody but one leaves the account.
fn leave(tx: &mut Tx<'_>, actor: &Actor, account: &Account, end: Timestamp) -> Result<(), DemoError> {
    let zone = workspaces::zone(tx, actor.workspace)?;
    let last = Day::of(end.minus(DAY * 38), &zone);
    for (membership, _) in memberships::at_account(tx, actor, account.id, 20)?
        .into_iter()
        .skip(1)
    {
        let text = membership.text;
        let is_before = text.since.is_none_or(|since| Day::from(since) < last);
        if text.until.is_none() && is_before {
            let text = MembershipText {
                until: Some(last.value()),
                ..text
            };
            memberships::change(tx, actor, membership.id, &text)?;
        }
    }
    Ok(())
}

fn live_through(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: &Account,
    end: Timestamp,
) -> Result<(), DbError> {
    metrics::forget_now(tx, workspace, account.id)?;
    store::forget_now(tx, workspace, account.id)?;
    let zone = workspaces::zone(tx, workspace)?;
    for week in (1..=WEEKS).rev() {
        let moment = end.minus(DAY * 7 * week);
        if moment < account.created_at {
            continue;
        }
        tx.as_of(moment, |tx| {
            metrics::find(tx, workspace, account.id)?;
            score_as_of(tx, workspace, account.id, Day::of(moment, &zone))
        })?;
    }
    metrics::find(tx, workspace, account.id)?;
    score(tx, workspace, account.id)
}
