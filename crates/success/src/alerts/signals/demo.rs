//! Sample data of signals: what agents told from tickets, and what became of one.

use std::time::Duration;

use kit::db::{Db, Tx};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent};
use tandem_core::demo::{Cast, Plan};
use tandem_core::permissions::{Permission, Role};
use tandem_core::touchpoints::{self, Filter, Whose};
use tandem_core::workspaces::WorkspaceId;

use super::{NewSignal, SignalId, tell};
use crate::alerts::demo::DemoError;
use crate::alerts::{Outcome, SignalKind, acting};

const HOUR: Duration = Duration::from_secs(3_600);
/// Entries of a timeline among which a ticket is looked for.
const LOOKED_AT: i64 = 5;

/// What was told: hours ago, what, in which words, and what came of it.
type Told = (u32, SignalKind, &'static str, Option<(Outcome, &'static str)>);

const TOLD: &[Told] = &[
    (
        190,
        SignalKind::Praise,
        "“Best support we ever had”, said their head of operations.",
        None,
    ),
    (
        96,
        SignalKind::Reference,
        "Would talk to other logistics companies about us.",
        Some((Outcome::Won, "They speak at our autumn meeting.")),
    ),
    (
        20,
        SignalKind::Upsell,
        "Asked what ten more seats would cost.",
        None,
    ),
    (
        3,
        SignalKind::Risk,
        "Says that they look at a competitor before the renewal.",
        None,
    ),
];

/// Lets an agent tell what they heard in tickets, one of an account each.
///
/// # Errors
/// [`DemoError`]; the data made so far stays.
pub async fn fill(db: &Db, plan: &Plan, cast: &Cast) -> Result<(), DemoError> {
    let workspace = cast.workspace.id;
    let teller = cast.agents.iter().find(|agent| agent.role == Role::SupportAgent);
    let Some(teller) = teller.cloned() else {
        return Ok(());
    };
    let mut told = TOLD.iter();
    let mut next = told.next();
    for account in cast.accounts.iter().filter(|account| account.closure.is_none()) {
        let Some(now) = next else { break };
        let (teller, id, at) = (teller.clone(), account.id, plan.end.minus(HOUR * now.0));
        let is_told = db
            .write(move |tx| {
                let Some(ticket) = ticket(tx, &teller.actor(workspace), id)? else {
                    return Ok(false);
                };
                tx.as_of(at, |tx| one(tx, workspace, (&teller, id, &ticket), now))?;
                Ok::<_, DemoError>(true)
            })
            .await?;
        if is_told {
            next = told.next();
        }
    }
    Ok(())
}

/// A ticket of an account, by what it left on the timeline.
fn ticket(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Option<String>, DemoError> {
    if !accounts::is_open(tx, actor.workspace, account)? {
        return Ok(None);
    }
    let filter = Filter {
        kind: Some("ticket_opened".to_owned()),
        limit: LOOKED_AT,
        ..Filter::default()
    };
    let timeline = touchpoints::timeline(tx, actor, Whose::Account(account), &filter);
    let timeline = timeline.unwrap_or_default();
    let evidence = timeline.iter().filter_map(|one| one.evidence.as_deref());
    let tickets = evidence.filter_map(|path| path.strip_prefix("/tickets/"));
    Ok(tickets.map(str::to_owned).next())
}

fn one(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (teller, account, ticket): (&Agent, AccountId, &str),
    (_, kind, words, outcome): &Told,
) -> Result<(), DemoError> {
    let id: SignalId = tx.new_id();
    let new = NewSignal {
        kind: *kind,
        words: (*words).to_owned(),
        account: Some(account),
        ticket: ticket.to_owned(),
    };
    let sent = tell(tx, &teller.actor(workspace), id, &new)?;
    if let Some((outcome, words)) = outcome {
        let owner = match sent.alert.owner {
            Some(owner) => agents::find(tx, workspace, owner)?,
            None => None,
        };
        let actor = owner.map(|owner| owner.actor(workspace));
        let actor = actor.filter(|actor| actor.may(Permission::AlertsWrite));
        let actor = actor.unwrap_or_else(|| Actor::system(workspace, "demo"));
        acting::handle(tx, &actor, sent.alert.id, (*outcome, words))?;
    }
    Ok(())
}
