//! How alerts are found: by their account, what their rule is called, what was found, and what somebody told or said of them. Who
//! may not see a metric that one rests on does not find it, as the lists do not show it.

mod store;

use std::sync::Arc;

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use kit::id::{TypedId, Uuid};
use kit::money::Currency;
use kit::search::Document;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::metrics::{self, Producers};
use tandem_core::permissions::Permission;
use tandem_core::search::{Follow, Source, filed};
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{contacts, currencies};

use super::rules::{self, Rule, WarningRuleId};
use super::{Alert, AlertId, RULES, Seen, State, past};

/// Alerts, for the search.
pub const SOURCE: Source = Source {
    prefix: AlertId::PREFIX,
    kind: "alert",
    title: "alerts-title",
    icon: "triangle-alert",
    needs: Permission::AlertsRead,
    states: &[
        (State::Open.as_str(), State::Open.text()),
        (State::Snoozed.as_str(), State::Snoozed.text()),
        (State::Dismissed.as_str(), State::Dismissed.text()),
        (State::Handled.as_str(), State::Handled.text()),
        (State::Eased.as_str(), State::Eased.text()),
    ],
    filters: &["account"],
    path: "/alerts/",
    keep: None,
    actions: &[],
    find,
    after,
};

/// Alerts of an account that is called otherwise, and of a rule that says something else.
pub const FOLLOWS: &[Follow] = &[
    Follow {
        of: AccountId::PREFIX,
        after: &[
            &accounts::CHANGED,
            &accounts::merging::MERGED,
            &accounts::merging::UNMERGED,
        ],
        source: &SOURCE,
        find: |tx, workspace, account, part| {
            store::ids_of_account(tx, workspace, AccountId::from_uuid(account), part)
        },
    },
    Follow {
        of: WarningRuleId::PREFIX,
        after: &[&RULES],
        source: &SOURCE,
        find: |tx, workspace, rule, part| {
            store::ids_of_rule(tx, workspace, WarningRuleId::from_uuid(rule), part)
        },
    },
];

/// What documents of a workspace are made with: in its language.
struct Basis {
    t: Text,
    producers: Arc<Producers>,
    actor: Actor,
    currency: Currency,
    rules: Vec<Rule>,
}

impl Basis {
    fn read(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Self, DbError> {
        Ok(Self {
            t: contacts::reader(tx, workspace, None)?,
            producers: metrics::producers(tx, workspace)?,
            actor: Actor::system(workspace, "search"),
            currency: currencies::reporting(tx, workspace)?,
            rules: rules::ever(tx, workspace)?,
        })
    }

    fn seen(&self) -> Seen<'_> {
        Seen {
            t: &self.t,
            producers: &self.producers,
            actor: &self.actor,
            currency: self.currency,
            rules: self.rules.clone(),
        }
    }
}

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let Some(alert) = super::find(tx, workspace, AlertId::from_uuid(id))? else {
        return Ok(None);
    };
    let basis = Basis::read(tx, workspace)?;
    document(tx, workspace, &alert, &basis.seen()).map(Some)
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let basis = Basis::read(tx, workspace)?;
    let seen = basis.seen();
    let mut documents = Vec::new();
    for alert in store::after(tx, workspace, AlertId::from_uuid(last), limit)? {
        documents.push((alert.id.uuid(), document(tx, workspace, &alert, &seen)?));
    }
    Ok(documents)
}

fn document(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    alert: &Alert,
    seen: &Seen<'_>,
) -> Result<Document, DbError> {
    let account = accounts::name(tx, workspace, alert.account)?.unwrap_or_default();
    let mut words: Vec<String> = match alert.signal() {
        Some(signal) => vec![signal.said(seen.t)],
        None => alert.found.iter().map(|finding| seen.says(finding)).collect(),
    };
    words.push(alert.work.words.clone());
    words.retain(|said| !said.is_empty());
    let mut flags = vec![("is", alert.work.state.as_str().to_owned())];
    flags.extend(filed("account", &account));
    Ok(Document {
        also: needs(tx, alert, seen),
        title: format!("{} · {account}", seen.title(alert)),
        is_part: true,
        text: words.join("\n"),
        flags,
        date: alert.work.closed_at.unwrap_or(alert.opened_at),
        ..Document::default()
    })
}

/// What one needs beside the permission for alerts: to see what it rests on, and what its rule looks at by now.
fn needs(tx: &Tx<'_>, alert: &Alert, seen: &Seen<'_>) -> Vec<&'static str> {
    let rule = seen.rules.iter().find(|rule| Some(rule.id) == alert.rule());
    let conditions = rule.iter().flat_map(|rule| &rule.content.conditions);
    // What nobody knows any more may have been of usage.
    let need = |metric: &str| past::needs(seen.producers, metric).unwrap_or(Permission::UsageRead);
    let looked_at = conditions.map(|condition| need(&condition.metric));
    let all = alert.needs(tx).into_iter().chain(looked_at);
    all.map(Permission::as_str).collect()
}
