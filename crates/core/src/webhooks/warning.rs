//! Who is told that a webhook was switched off because nobody answered: its workspace's administrators, by letter where
//! a mail server is configured and on their home page until someone deals with it.

use kit::db::{DbError, Tx};
use kit::jobs::{self, Errand, Job, JobError};
use kit::post::Letter;
use serde::{Deserialize, Serialize};

use super::{StopReason, Webhook, WebhookError, WebhookId, store};
use crate::actor::Actor;
use crate::agents::{self, Agent, AgentId};
use crate::doors::letters::{self, Outgoing};
use crate::events::Listener;
use crate::panels::{Panel, Place};
use crate::permissions::Permission;
use crate::workspaces::{self, Workspace, WorkspaceId};

/// The panel of the home page: what was switched off, while something is.
pub const SWITCHED_OFF: Panel = Panel {
    lines: 1,
    is_wanted: Some(has_switched_off),
    first_for: &[Permission::WebhooksWrite],
    ..Panel::new(
        "webhooks",
        Place::Home,
        Permission::WebhooksRead,
        "/home/webhooks",
    )
};

/// Brings one agent the news that a webhook was switched off.
#[derive(Debug, Serialize, Deserialize)]
pub struct Warning {
    workspace: WorkspaceId,
    webhook: WebhookId,
    agent: AgentId,
}

impl Job for Warning {
    const KIND: &'static str = "webhooks.warning";
}

/// A letter for each agent who could do something about it. What a person switched off needs none.
pub const WARN: Listener = Listener::new(Warning::KIND, |tx, event| {
    let reason = event.payload["reason"].as_str().and_then(StopReason::parse);
    let Ok(webhook) = event.subject.parse() else {
        return Ok(());
    };
    if reason.is_none_or(|reason| !reason.is_of_the_system()) || tx.attached::<Outgoing>().is_none() {
        return Ok(());
    }
    let workspace = event.workspace;
    for agent in agents::all(tx, workspace)? {
        if agent.is_active && !agent.is_machine && agent.permissions.has(Permission::WebhooksWrite) {
            let warning = Warning {
                workspace,
                webhook,
                agent: agent.id,
            };
            jobs::queue(tx, workspace, &warning)?;
        }
    }
    Ok(())
});

/// Writes the letter and hands it to the mail server; none about what is on again or gone by then.
///
/// # Errors
/// The server's, to be tried again unless it refused for good; the database's.
pub async fn warn(errand: Errand, job: Warning) -> Result<(), JobError> {
    let Some(out) = errand.db().attached::<Outgoing>() else {
        return Err(JobError::give_up("no mail server is configured"));
    };
    let known = errand
        .db()
        .read(move |tx| {
            let webhook = store::find(tx, job.workspace, job.webhook)?;
            let agent = agents::find(tx, job.workspace, job.agent)?.filter(|agent| agent.is_active);
            let workspace = workspaces::find(tx, job.workspace)?;
            Ok::<_, DbError>(webhook.zip(agent).zip(workspace))
        })
        .await?;
    let Some(((webhook, agent), workspace)) = known else {
        return Ok(());
    };
    match webhook.stop.as_ref().map(|stop| stop.reason) {
        Some(reason) if reason.is_of_the_system() => {
            let now = errand.db().clock().now();
            let letter = Letter {
                key: errand.key(),
                ..written(&agent, &workspace, &webhook, reason, (&out.origin, now))
            };
            letters::hand_over(&out, &letter, now).await
        }
        _ => Ok(()),
    }
}

fn written(
    agent: &Agent,
    workspace: &Workspace,
    webhook: &Webhook,
    reason: StopReason,
    (origin, now): (&str, kit::clock::Timestamp),
) -> Letter {
    let t = letters::text_for(agent, workspace, now);
    let named = kit::args!(name = webhook.name.as_str(), workspace = workspace.name.as_str());
    let parts = [
        t.say_with("letter-greeting", kit::args!(name = agent.name.as_str())),
        t.say_with("webhooks-letter", named),
        format!("{}\n{}", t.say(reason.text()), webhook.host()),
        t.say("webhooks-letter-remedy"),
        format!("{origin}{}", webhook.page()),
    ];
    let named = kit::args!(name = webhook.name.as_str());
    Letter {
        to: agent.email.clone(),
        subject: t.say_with("webhooks-letter-subject", named),
        text: parts.join("\n\n") + "\n",
        key: String::new(),
    }
}

/// The webhooks that the system switched off and nobody has dealt with.
///
/// # Errors
/// [`WebhookError::Forbidden`], or the database's.
pub(super) fn switched_off(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Webhook>, WebhookError> {
    actor.must(Permission::WebhooksRead)?;
    let mut all = store::all(tx, actor.workspace)?;
    all.retain(|webhook| {
        let stop = webhook.stop.as_ref();
        stop.is_some_and(|stop| stop.reason.is_of_the_system())
    });
    Ok(all)
}

fn has_switched_off(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    let all = store::all(tx, actor.workspace)?;
    let mut stops = all.iter().filter_map(|webhook| webhook.stop.as_ref());
    Ok(stops.any(|stop| stop.reason.is_of_the_system()))
}
