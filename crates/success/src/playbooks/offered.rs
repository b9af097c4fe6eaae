//! What can be chosen from in the form, as far as its reader may see it, and what ids in a playbook are called.

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::fields::{self, Field, FieldKind};
use tandem_core::ladders::{self, Ladder, Rung};
use tandem_core::metrics::{self, Metric};
use tandem_core::segments::{self, SegmentError};
use tandem_core::webhooks::{self, WebhookError};
use tandem_core::{accounts, agents, teams};

use super::PlaybookError;
use crate::alerts::AlertError;
use crate::alerts::rules::{self, Rule};

/// An id and what it is called.
pub(super) type Named = (String, String);

/// What can be chosen from in the form.
#[derive(Default)]
pub(super) struct Offered {
    pub(super) stages: Vec<Rung>,
    pub(super) tiers: Vec<Rung>,
    /// Who can look after accounts.
    pub(super) agents: Vec<Named>,
    /// Who can own tasks: the same, and teams.
    pub(super) owners: Vec<Named>,
    pub(super) metrics: Vec<&'static Metric>,
    /// Rules of early warning whose alerts can start a playbook.
    pub(super) rules: Vec<Rule>,
    /// Own fields of accounts.
    pub(super) fields: Vec<Field>,
    pub(super) webhooks: Vec<Named>,
    pub(super) segments: Vec<Named>,
}

impl Offered {
    /// Own fields that hold a day.
    pub(super) fn dates(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.kind == FieldKind::Date)
    }
}

/// Everything that an actor can choose from.
pub(super) fn offered(tx: &mut Tx<'_>, actor: &Actor) -> Result<Offered, PlaybookError> {
    let workspace = actor.workspace;
    let producers = metrics::producers(tx, workspace)?;
    let all = agents::all(tx, workspace)?.into_iter();
    let agents: Vec<Named> = all
        .filter(|agent| agent.is_active && !agent.is_machine)
        .map(|agent| (agent.id.to_string(), agent.name))
        .collect();
    let teams = teams::all(tx, workspace)?.into_iter();
    let teams = teams
        .filter(|team| team.archiving.is_none())
        .map(|team| (team.id.to_string(), team.name));
    Ok(Offered {
        stages: ladders::open(tx, workspace, Ladder::Stages)?,
        tiers: ladders::open(tx, workspace, Ladder::Tiers)?,
        owners: agents.iter().cloned().chain(teams).collect(),
        agents,
        metrics: metrics::library(&producers, actor),
        rules: match rules::list(tx, actor) {
            Ok(rules) => rules,
            Err(AlertError::Db(error)) => return Err(error.into()),
            // Who may see no alerts is offered none of their rules.
            Err(_) => Vec::new(),
        },
        fields: fields::open(tx, workspace, &accounts::NOUN)?,
        webhooks: match webhooks::all(tx, actor) {
            Ok(all) => all
                .into_iter()
                .map(|one| (one.id.to_string(), one.name))
                .collect(),
            Err(WebhookError::Db(error)) => return Err(error.into()),
            Err(_) => Vec::new(),
        },
        segments: match segments::all(tx, actor) {
            Ok(all) => all
                .into_iter()
                .filter(|segment| segment.is_shared())
                .map(|segment| (segment.id.to_string(), segment.text.name))
                .collect(),
            Err(SegmentError::Db(error)) => return Err(error.into()),
            Err(_) => Vec::new(),
        },
    })
}
