//! Alerts as they are looked at: lists with the most at stake first, counts, and one with all that is known of it. Who may not
//! see a metric does not see the alerts of rules that look at it.

mod store;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::bridge::{self, Case};
use tandem_core::metrics::{self, Producers};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};
use tandem_core::worth;

use super::past::Finding;
use super::rules::{self, Rule, WarningRuleId};
use super::{Alert, AlertError, AlertId, Change, Place, Source, State, Way, past};

/// Before everything.
const ALWAYS: Timestamp = Timestamp(0);

/// Where to go on in a list.
pub type Cursor = Place;

/// Whose alerts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's, and nobody's.
    #[default]
    Anybodys,
    /// An agent's.
    Of(AgentId),
    /// Those of accounts after which nobody looks who is still here, as far as nobody was given them.
    Nobodys,
}

impl From<Option<AgentId>> for Whose {
    fn from(agent: Option<AgentId>) -> Self {
        agent.map_or(Self::Anybodys, Self::Of)
    }
}

impl Whose {
    /// Whose they are, where they are an agent's.
    fn agent(self) -> Option<AgentId> {
        match self {
            Self::Of(agent) => Some(agent),
            Self::Anybodys | Self::Nobodys => None,
        }
    }

    /// A word where they are nobody's, as statements take it.
    fn nobody(self) -> &'static str {
        match self {
            Self::Nobodys => "nobody",
            Self::Anybodys | Self::Of(_) => "",
        }
    }
}

/// Which alerts.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// Risks or chances; both without.
    pub way: Option<Way>,
    /// Where they stand.
    pub state: State,
    /// Whose.
    pub owner: Whose,
    /// Of which account; of all without.
    pub account: Option<AccountId>,
}

/// An alert in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The alert.
    pub alert: Alert,
    /// The account's name.
    pub name: String,
    /// Whose it is; nobody's without.
    pub owner: Option<String>,
    /// When the account next renews or ends.
    pub renews: Option<Day>,
}

/// An alert with all that is known of it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The alert as in a list.
    pub line: Line,
    /// The rule as it was when it found it; none where somebody told us.
    pub rule: Option<Rule>,
    /// The ticket in which somebody heard it, where the reader may see it.
    pub case: Option<Case>,
    /// What happened to it, the last first.
    pub changes: Vec<Change>,
    /// Others of the account that are open.
    pub others: Vec<Line>,
    /// Today in the workspace.
    pub today: Day,
}

/// How many open alerts there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tallies {
    /// Risks.
    pub risks: i64,
    /// Chances.
    pub chances: i64,
    /// Accounts at which something may be lost.
    pub accounts: i64,
    /// What those bring together in a month.
    pub mrr: i64,
}

/// Up to `limit` alerts after `after`: those that are not closed with the most at stake first, for readers who may not see money in
/// the order of accounts; closed ones the last first.
///
/// # Errors
/// [`AlertError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Line>, AlertError> {
    lines(tx, actor, (filter, ALWAYS), after, limit)
}

/// Up to `limit` alerts that were opened after a moment, or closed after it where the filter asks for closed ones.
///
/// # Errors
/// As of [`list`].
pub fn lately(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: Filter,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Line>, AlertError> {
    lines(tx, actor, (filter, since), None, limit)
}

fn lines(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (filter, since): (Filter, Timestamp),
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Line>, AlertError> {
    actor.must(Permission::AlertsRead)?;
    let hidden = rules::hidden(tx, actor)?;
    let of = store::Of {
        way: filter.way,
        state: filter.state,
        whose: filter.owner,
        account: filter.account,
        hidden: &hidden,
        since,
    };
    let is_closed = filter.state.is_closed();
    let first = (
        i64::MAX,
        AccountId::from_uuid(Uuid::nil()),
        AlertId::from_uuid(if is_closed { Uuid::max() } else { Uuid::nil() }),
    );
    let after = match after {
        Some(place) => match store::rank(tx, actor.workspace, place.id)? {
            Some(rank) => (rank, place.account, place.id),
            None => first,
        },
        None => first,
    };
    let ids = match is_closed {
        true => store::closed(tx, actor.workspace, of, after, limit)?,
        false if actor.may(Permission::MoneyRead) => store::list(tx, actor.workspace, of, after, limit)?,
        // The order would tell what each account brings.
        false => store::list_by_account(tx, actor.workspace, of, (after.1, after.2), limit)?,
    };
    let mut lines = store::lines(tx, actor.workspace, &ids)?;
    let producers = metrics::producers(tx, actor.workspace)?;
    for line in &mut lines {
        // A rule looks at other metrics now than when it found some of them.
        line.alert.found.retain(|one| may_see(&producers, actor, one));
        line.alert.finds.retain(|one| may_see(&producers, actor, one));
    }
    Ok(lines)
}

fn may_see(producers: &Producers, actor: &Actor, finding: &Finding) -> bool {
    past::needs(producers, &finding.condition.metric).is_none_or(|needs| actor.may(needs))
}

/// The place of a line in its list.
pub(super) fn place(line: &Line) -> Place {
    let alert = &line.alert;
    Place {
        account: alert.account,
        id: alert.id,
    }
}

/// How many alerts are open, of somebody's or of all.
///
/// # Errors
/// As of [`list`].
pub fn tallies(tx: &mut Tx<'_>, actor: &Actor, whose: impl Into<Whose>) -> Result<Tallies, AlertError> {
    actor.must(Permission::AlertsRead)?;
    let hidden = rules::hidden(tx, actor)?;
    let mut tallies = Tallies::default();
    for (way, _, alerts, mrr) in store::tallies(tx, actor.workspace, whose.into(), &hidden)? {
        match way {
            Way::Chance => tallies.chances += alerts,
            Way::Risk => {
                tallies.risks += alerts;
                tallies.accounts += 1;
                tallies.mrr += mrr;
            }
        }
    }
    Ok(tallies)
}

/// The alerts of an account that are open or snoozed; its name.
///
/// # Errors
/// [`AlertError::UnknownAccount`], and as of [`list`].
pub fn of_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
) -> Result<(String, Vec<Line>), AlertError> {
    let name = accounts::name(tx, actor.workspace, account)?.ok_or(AlertError::UnknownAccount)?;
    let mut lines = Vec::new();
    for state in [State::Open, State::Snoozed] {
        let filter = Filter {
            way: None,
            state,
            owner: Whose::Anybodys,
            account: Some(account),
        };
        lines.extend(list(tx, actor, filter, None, 50)?);
    }
    Ok((name, lines))
}

/// An alert that the actor may see.
pub(super) fn seen(tx: &mut Tx<'_>, actor: &Actor, id: AlertId) -> Result<Alert, AlertError> {
    actor.must(Permission::AlertsRead)?;
    let alert = super::find(tx, actor.workspace, id)?.ok_or(AlertError::UnknownAlert)?;
    let producers = metrics::producers(tx, actor.workspace)?;
    let all = rules::ever(tx, actor.workspace)?;
    let rule = all.iter().find(|rule| Some(rule.id) == alert.rule());
    let mut findings = alert.found.iter().chain(&alert.finds);
    let may = rule.is_none_or(|rule| rules::may_see(rule, &producers, actor))
        && findings.all(|one| may_see(&producers, actor, one));
    match may {
        true => Ok(alert),
        false => Err(AlertError::UnknownAlert),
    }
}

/// An alert with all that is known of it.
///
/// # Errors
/// [`AlertError::UnknownAlert`], a missing permission, or the database's.
pub fn show(tx: &mut Tx<'_>, actor: &Actor, id: AlertId) -> Result<Shown, AlertError> {
    let alert = seen(tx, actor, id)?;
    let workspace = actor.workspace;
    let rule = match &alert.source {
        Source::Rule { id, version } => {
            Some(rules::as_of(tx, workspace, *id, *version)?.ok_or(AlertError::UnknownRule)?)
        }
        Source::Signal(_) => None,
    };
    let case = match alert.signal().filter(|signal| !signal.ticket.is_empty()) {
        Some(signal) => bridge::case(tx, actor, &signal.ticket)?,
        None => None,
    };
    let (name, mut others) = of_account(tx, actor, alert.account)?;
    others.retain(|other| other.alert.id != id);
    let owner = match alert.owner {
        Some(owner) => agents::find(tx, workspace, owner)?.map(|agent| agent.name),
        None => None,
    };
    let worth = worth::of(tx, workspace, &[alert.account])?.remove(&alert.account);
    Ok(Shown {
        rule,
        case,
        changes: super::store::changes(tx, workspace, id)?,
        others,
        today: workspaces::today(tx, workspace)?,
        line: Line {
            alert,
            name,
            owner,
            renews: worth.and_then(|worth| worth.renews),
        },
    })
}

/// How many alerts of each rule ended how: rule, state, word, count.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn ends(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Vec<(WarningRuleId, State, String, i64)>, DbError> {
    store::ends(tx, workspace)
}
