//! Digests as jobs: who is due is looked up each quarter of an hour; each letter is an errand of its own.

use std::sync::Arc;
use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::Tx;
use kit::jobs::{About, Errand, Job, JobError, Queue};
use kit::post::Letter;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent, AgentId};
use tandem_core::doors::letters::{self, Outgoing};
use tandem_core::metrics::{self, Producers};
use tandem_core::workspaces::{self, Workspace, WorkspaceId};

use super::{Digest, store};
use crate::alerts::feed::place;
use crate::alerts::web::Basis;
use crate::alerts::{AlertError, Filter, Line, State, list, tallies};

/// Alerts that one letter names at most.
const MOST: usize = 20;
/// Open alerts that are looked through, part by part.
const PAGE: i64 = 200;
const PAGES: usize = 50;
/// How far back the first letter looks.
const FIRST: Duration = Duration::from_secs(7 * 86_400);

/// Finds who is to get a digest.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Writes one agent's.
#[derive(Debug, Serialize, Deserialize)]
pub struct Write {
    agent: AgentId,
}

impl Job for Turn {
    const KIND: &'static str = "alerts.digests";
}

impl Job for Write {
    const KIND: &'static str = "alerts.digest";
}

/// Queues a [`Write`] for everybody who is due; where no mail leaves this installation, for nobody.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    if tx.attached::<Outgoing>().is_none() {
        return Ok(());
    }
    for workspace in workspaces::all(tx)? {
        for agent in super::due(tx, workspace.id)? {
            let job = Write { agent };
            let put = Queue::new(&job).workspace(workspace.id).key(agent.to_string());
            put.put(tx)?;
        }
    }
    Ok(())
}

/// What a letter is written from.
struct Material {
    workspace: Workspace,
    agent: Agent,
    lines: Vec<Line>,
    open: usize,
    basis: Basis,
    producers: Arc<Producers>,
}

/// Writes the letter, if anything is new, and hands it to the mail server.
///
/// # Errors
/// The server's, to be tried again unless it refused for good; the database's.
pub async fn write(errand: Errand, job: Write) -> Result<(), JobError> {
    let Some(out) = errand.db().attached::<Outgoing>() else {
        return Err(JobError::give_up("no mail server is configured"));
    };
    let workspace: WorkspaceId = errand.about().workspace()?;
    let (db, now) = (errand.db(), errand.db().clock().now());
    let read = db.read(move |tx| read(tx, workspace, job.agent)).await;
    let material = match read {
        Ok(material) => material,
        Err(AlertError::Db(error)) => return Err(error.into()),
        Err(error) => return Err(JobError::give_up(error.to_string())),
    };
    // Who left, or has nothing new, gets no letter.
    let Some(material) = material else { return Ok(()) };
    let letter = written(material, (&*out, now, errand.key()));
    letters::hand_over(&out, &letter, now).await?;
    db.write(move |tx| {
        let digest = Digest {
            told_until: Some(now),
            ..super::of(tx, workspace, job.agent)?
        };
        store::put(tx, workspace, job.agent, &digest)
    })
    .await?;
    Ok(())
}

fn read(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<Option<Material>, AlertError> {
    let found = agents::find(tx, workspace, agent)?.filter(|agent| agent.is_active);
    let Some((agent, workspace)) = found.zip(workspaces::find(tx, workspace)?) else {
        return Ok(None);
    };
    let actor = agent.actor(workspace.id);
    let digest = super::of(tx, workspace.id, agent.id)?;
    if digest.is_off {
        return Ok(None);
    }
    let since = digest.told_until.unwrap_or_else(|| tx.now().minus(FIRST));
    let filter = Filter {
        way: None,
        state: State::Open,
        owner: Some(agent.id).into(),
        account: None,
    };
    let (mut lines, mut after) = (Vec::new(), None);
    for _ in 0..PAGES {
        let part = list(tx, &actor, filter, after, PAGE)?;
        after = part.last().map(place);
        let is_last = i64::try_from(part.len()).unwrap_or(PAGE) < PAGE;
        lines.extend(part.into_iter().filter(|line| line.alert.opened_at > since));
        if is_last {
            break;
        }
    }
    let tallies = tallies(tx, &actor, Some(agent.id))?;
    let open = usize::try_from(tallies.risks + tallies.chances).unwrap_or_default();
    if lines.is_empty() {
        return Ok(None);
    }
    Ok(Some(Material {
        basis: Basis::read(tx, &actor)?,
        producers: metrics::producers(tx, workspace.id)?,
        workspace,
        agent,
        lines,
        open,
    }))
}

fn written(material: Material, (out, now, key): (&Outgoing, Timestamp, String)) -> Letter {
    let t = letters::text_for(&material.agent, &material.workspace, now);
    let actor: Actor = material.agent.actor(material.workspace.id);
    let seen = material.basis.seen(&t, &actor, &material.producers);
    let count = material.lines.len();
    let mut parts = vec![
        t.say_with("letter-greeting", kit::args!(name = material.agent.name.as_str())),
        t.count("alerts-letter-new", count),
    ];
    for line in material.lines.iter().take(MOST) {
        let head = t.say_with(
            "alerts-letter-line",
            kit::args!(
                severity = seen.severity(&line.alert),
                title = seen.title(&line.alert),
                name = line.name.as_str()
            ),
        );
        let said = seen.sentence(&line.alert);
        parts.push(format!("{head}\n{said}\n{}/alerts/{}", out.origin, line.alert.id));
    }
    parts.push(t.count("alerts-letter-open", material.open));
    parts.push(format!("{}/alerts", out.origin));
    parts.push(t.say_with(
        "alerts-letter-off",
        kit::args!(address = format!("{}/settings/digest", out.origin)),
    ));
    Letter {
        to: material.agent.email.clone(),
        subject: t.count("alerts-letter-subject", count),
        text: parts.join("\n\n") + "\n",
        key,
    }
}
