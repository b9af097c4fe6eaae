//! What segments do by themselves: following accounts and the day, and looking at all accounts when a definition is new.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::keeping::{self, PART};
use super::{CHANGED, COUNTING, LIST, Segment, SegmentId, seeing, store};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::events::{self, Event, EventId, Listener, NewEvent};
use crate::workspaces::{self, WorkspaceId};

/// From how many accounts on an event is followed in parts.
const MANY: usize = 20;
/// After how many parts open pages are told how far a count has come.
const TOLD: i64 = 10;

/// Looks where one account belongs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Follow {
    account: AccountId,
}

/// Looks where the accounts belong that an event is about, from one of them on.
#[derive(Debug, Serialize, Deserialize)]
pub struct FollowMany {
    event: EventId,
    from: usize,
}

/// Looks where accounts belong of which something became at once.
#[derive(Debug, Serialize, Deserialize)]
pub struct FollowThese {
    accounts: Vec<AccountId>,
}

/// Looks at the accounts after one, for the state of a segment that is named.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Build {
    segment: SegmentId,
    version: i64,
    after: AccountId,
    entered: i64,
    left: i64,
}

/// Looks in which workspaces a new day has begun.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Looks at the accounts of a workspace after one, for the segments with time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Daily {
    after: AccountId,
}

impl Job for Follow {
    const KIND: &'static str = "segments.follow";
}

impl Job for FollowMany {
    const KIND: &'static str = "segments.follow-many";
    const LANE: Lane = Lane::Slow;
}

impl Job for FollowThese {
    const KIND: &'static str = "segments.follow-these";
    const LANE: Lane = Lane::Slow;
}

impl Job for Build {
    const KIND: &'static str = "segments.build";
}

impl Job for Turn {
    const KIND: &'static str = "segments.turn";
    const LANE: Lane = Lane::Slow;
}

impl Job for Daily {
    const KIND: &'static str = "segments.daily";
    const LANE: Lane = Lane::Slow;
}

/// Something became of accounts; however much it was, each is looked at once.
pub const FOLLOW: Listener = Listener::of_many(Follow::KIND, |tx, events| {
    let mut accounts: Vec<AccountId> = events.iter().flat_map(named_by).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let Some(workspace) = events.first().map(|event| event.workspace) else {
        return Ok(());
    };
    if accounts.is_empty() || store::how_many(tx, workspace)? == 0 {
        return Ok(());
    }
    match events {
        [event] if accounts.len() >= MANY => {
            let job = FollowMany {
                event: event.id,
                from: 0,
            };
            jobs::queue(tx, workspace, &job).map(drop)
        }
        _ if accounts.len() >= MANY => {
            let part = usize::try_from(PART).expect("a part is small");
            let parts = accounts.chunks(part).map(|part| FollowThese {
                accounts: part.to_vec(),
            });
            jobs::queue_all(tx, workspace, &parts.collect::<Vec<_>>())
        }
        _ => accounts.into_iter().try_for_each(|account| {
            let job = Follow { account };
            let put = Queue::new(&job).workspace(workspace);
            put.key(account.to_string()).put(tx).map(drop)
        }),
    }
});

/// The accounts that an event is about, or that it names as the one it happened at.
fn named_by(event: &Event) -> Vec<AccountId> {
    let topics = event.topics.iter().map(String::as_str);
    let named = topics.chain([event.subject.as_str()]).chain(event.subjects());
    let mut accounts: Vec<AccountId> = named.filter_map(|id| id.parse().ok()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// Runs [`super::follow`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn follow(tx: &mut Tx<'_>, job: &Follow, about: &About) -> Result<(), JobError> {
    Ok(super::follow(tx, about.workspace()?, job.account)?)
}

/// Looks at a part of the accounts that an event is about, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn follow_many(tx: &mut Tx<'_>, job: &FollowMany, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let Some(event) = events::find(tx, workspace, job.event)? else {
        return Ok(());
    };
    let part = usize::try_from(PART).expect("a part is small");
    let accounts: Vec<AccountId> = named_by(&event).into_iter().skip(job.from).take(part).collect();
    keeping::follow_all(tx, workspace, &accounts)?;
    if accounts.len() == part {
        let next = FollowMany {
            event: job.event,
            from: job.from + part,
        };
        jobs::queue(tx, workspace, &next)?;
    }
    Ok(())
}

/// Looks where these accounts belong.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn follow_these(tx: &mut Tx<'_>, job: &FollowThese, about: &About) -> Result<(), JobError> {
    Ok(keeping::follow_all(tx, about.workspace()?, &job.accounts)?)
}

/// Queues the looking at all accounts from the first on.
pub(super) fn begin(tx: &mut Tx<'_>, workspace: WorkspaceId, segment: &Segment) -> Result<(), DbError> {
    let build = Build {
        segment: segment.id,
        version: segment.version,
        after: first(),
        entered: 0,
        left: 0,
    };
    put(tx, workspace, &build).map(drop)
}

/// Queues a part, of which one waits at most for each state of a segment; whether none waited.
fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, build: &Build) -> Result<bool, DbError> {
    let key = format!("{}.{}", build.segment, build.version);
    let put = Queue::new(build).workspace(workspace).key(key).put(tx)?;
    Ok(put.is_some())
}

/// Begins again where a count was lost on its way.
fn take_up(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    for (segment, version) in store::uncounted(tx, workspace)? {
        let build = Build {
            segment,
            version,
            after: first(),
            entered: 0,
            left: 0,
        };
        if put(tx, workspace, &build)? {
            store::restart(tx, workspace, segment)?;
        }
    }
    Ok(())
}

fn first() -> AccountId {
    AccountId::from_uuid(Uuid::nil())
}

/// Looks at one part and queues the next; a segment that was changed since has a job of its own.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn build(tx: &mut Tx<'_>, job: &Build, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let Some(segment) = store::find(tx, workspace, job.segment)?.filter(|one| one.version == job.version)
    else {
        return Ok(());
    };
    if segment.removal.is_some() {
        if keeping::empty(tx, workspace, segment.id)? {
            put(tx, workspace, job)?;
        }
        return Ok(());
    }
    let (next, moved) = keeping::look_through(tx, workspace, &segment, job.after)?;
    let (entered, left) = (job.entered + moved.entered, job.left + moved.left);
    match next {
        Some(after) => {
            let build = Build {
                after,
                entered,
                left,
                ..*job
            };
            put(tx, workspace, &build)?;
            if (segment.looked / PART) % TOLD == TOLD - 1 {
                tell(tx, workspace, &segment, None)?;
            }
        }
        None => {
            store::finish(tx, workspace, segment.id)?;
            let members = segment.members + moved.entered - moved.left;
            let counted = json!({ "entered": entered, "left": left, "members": members });
            tell(tx, workspace, &segment, Some(counted))?;
        }
    }
    Ok(())
}

/// Tells how far a count has come, or what came of it; of somebody's own only that it did.
fn tell(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: &Segment,
    counted: Option<Value>,
) -> Result<(), DbError> {
    let event = match counted.filter(|_| segment.is_shared()) {
        Some(counted) => NewEvent::of(&CHANGED, segment.id)
            .payload(counted)
            .needs(seeing::needs(tx, &segment.text.definition)),
        None => NewEvent::of(&COUNTING, segment.id),
    };
    events::record(
        tx,
        &Actor::system(workspace, "segments"),
        event.topic(LIST).topic(accounts::LIST),
    )?;
    Ok(())
}

/// Queues a [`Daily`] for each workspace in which a day has begun since the last time, and takes up counts that were lost.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        let today = workspaces::today(tx, workspace.id)?;
        if store::day(tx, workspace.id)? == Some(today) {
            continue;
        }
        store::set_day(tx, workspace.id, today)?;
        take_up(tx, workspace.id)?;
        Queue::new(&Daily { after: first() })
            .workspace(workspace.id)
            .key("all")
            .put(tx)?;
    }
    Ok(())
}

/// Looks at a part of all accounts for the segments with time, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn daily(tx: &mut Tx<'_>, job: &Daily, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let mut segments = store::definitions(tx, workspace)?;
    segments.retain(|segment| segment.is_timed);
    if segments.is_empty() {
        return Ok(());
    }
    let part = accounts::ids_after(tx, workspace, job.after, PART)?;
    keeping::look(tx, workspace, &part, &segments)?;
    let is_last = i64::try_from(part.len()).unwrap_or(PART) < PART;
    if let Some(after) = part.last().copied().filter(|_| !is_last) {
        jobs::queue(tx, workspace, &Daily { after })?;
    }
    Ok(())
}
