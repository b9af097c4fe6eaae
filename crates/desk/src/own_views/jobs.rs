//! What views do by themselves: looking through all tickets when their conditions are new, and following accounts and the
//! clock.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::{self, About, Job, JobError};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::events::{self, Event, Listener, NewEvent};
use tandem_core::tags::{self, TagId};
use tandem_core::workspaces::WorkspaceId;

use super::{COUNTED, LIST, OwnView, OwnViewId, keeping, store};
use crate::tickets::listing::{self, Cursor};
use crate::tickets::{self, TicketError, TicketId};

/// How many tickets come into views at a time, by the clock.
const MOST: i64 = 500;

/// Looks through the tickets after one, for the state of a view that is named.
#[derive(Debug, Serialize, Deserialize)]
pub struct Build {
    view: OwnViewId,
    version: i64,
    after: TicketId,
}

/// Looks where the tickets of accounts lie now.
#[derive(Debug, Serialize, Deserialize)]
pub struct Again {
    accounts: Vec<AccountId>,
    after: Option<Cursor>,
}

/// Looks where one ticket lies now.
#[derive(Debug, Serialize, Deserialize)]
pub struct One {
    ticket: TicketId,
}

/// Looks which tickets have been quiet for long enough, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Build {
    const KIND: &'static str = "views.build";
}

impl Job for Again {
    const KIND: &'static str = "views.again";
}

impl Job for One {
    const KIND: &'static str = "views.one";
}

impl Job for Turn {
    const KIND: &'static str = "views.turn";
}

/// An account has another tier or owner, or is merged.
pub const ACCOUNT: Listener = Listener::new(Again::KIND, |tx, event| {
    if !ask_accounts(tx, event.workspace)? {
        return Ok(());
    }
    let again = Again {
        accounts: accounts_of(event),
        after: None,
    };
    jobs::queue(tx, event.workspace, &again).map(drop)
});

/// A contact was merged, or is somebody else again.
pub const CONTACT: Listener = Listener::new(Build::KIND, |tx, event| {
    for view in store::all(tx, event.workspace)? {
        if view.text.conditions.asks_contact() {
            begin(tx, event.workspace, &view)?;
        }
    }
    Ok(())
});

/// A ticket was changed beside its verbs.
pub const TICKET: Listener = Listener::new(One::KIND, |tx, event| match event.subject.parse() {
    Ok(ticket) => jobs::queue(tx, event.workspace, &One { ticket }).map(drop),
    Err(_) => Ok(()),
});

/// Something that views ask of a ticket and that does not stand in it is other: a tag, who follows, a rating.
pub const AROUND: Listener = Listener::new(One::KIND, |tx, event| match event.subject.parse() {
    Ok(ticket) if ask_around(tx, event.workspace)? => {
        jobs::queue(tx, event.workspace, &One { ticket }).map(drop)
    }
    _ => Ok(()),
});

/// A tag was merged into another: views ask for that one.
pub const TAGS: Listener = Listener::new(Build::KIND, |tx, event| match event.subject.parse() {
    Ok(kept) => follow_tag(tx, event.workspace, kept),
    Err(_) => Ok(()),
});

fn ask_around(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    let views = store::all(tx, workspace)?;
    Ok(views.iter().any(|view| {
        let asked = &view.text.conditions;
        asked.asks_tags() || asked.asks_followers() || asked.asks_ratings()
    }))
}

/// Tags that are no more were merged, this moment, into the one that was kept.
fn follow_tag(tx: &mut Tx<'_>, workspace: WorkspaceId, kept: TagId) -> Result<(), DbError> {
    let mut views = store::all(tx, workspace)?;
    views.retain(|view| view.text.conditions.asks_tags());
    if views.is_empty() {
        return Ok(());
    }
    let vocabulary = tags::all(tx, workspace)?;
    let is_there = |id: TagId| vocabulary.iter().any(|(tag, _)| tag.id == id);
    for mut view in views {
        let now = |id: TagId| if is_there(id) { id } else { kept };
        if view.text.conditions.follow_tags(&now) {
            view.version += 1;
            store::update(tx, workspace, &view)?;
        }
        begin(tx, workspace, &view)?;
    }
    Ok(())
}

fn accounts_of(event: &Event) -> Vec<AccountId> {
    let named = event.topics.iter().map(String::as_str);
    let named = named.chain([event.subject.as_str()]).chain(event.subjects());
    let mut accounts: Vec<AccountId> = named.filter_map(|id| id.parse().ok()).collect();
    accounts.sort();
    accounts.dedup();
    accounts
}

fn ask_accounts(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    let views = store::all(tx, workspace)?;
    Ok(views.iter().any(|view| view.text.conditions.asks_account()))
}

/// Queues the looking through from the beginning.
pub(super) fn begin(tx: &mut Tx<'_>, workspace: WorkspaceId, view: &OwnView) -> Result<(), DbError> {
    let build = Build {
        view: view.id,
        version: view.version,
        after: TicketId::from_uuid(Uuid::nil()),
    };
    jobs::queue(tx, workspace, &build).map(drop)
}

/// Looks through one part and queues the next; a view that was changed since has a job of its own.
///
/// # Errors
/// The database's.
pub fn build(tx: &mut Tx<'_>, job: &Build, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let Some(view) = store::find(tx, workspace, job.view)?.filter(|view| view.version == job.version) else {
        return Ok(());
    };
    let next = if view.removal.is_some() {
        keeping::empty(tx, workspace, &view)?.then_some(job.after)
    } else {
        keeping::look_through(tx, workspace, &view, job.after)?
    };
    match next {
        Some(after) => {
            let build = Build { after, ..*job };
            jobs::queue(tx, workspace, &build)?;
        }
        None if view.removal.is_none() => {
            let view = OwnView {
                is_counted: true,
                ..view
            };
            store::update(tx, workspace, &view)?;
            let actor = Actor::system(workspace, "views");
            events::record(tx, &actor, NewEvent::of(&COUNTED, view.id).topic(LIST))?;
        }
        None => {}
    }
    Ok(())
}

/// Looks where a part of the accounts' tickets lies and queues the next.
///
/// # Errors
/// The database's.
pub fn again(tx: &mut Tx<'_>, job: &Again, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let Some((account, others)) = job.accounts.split_first() else {
        return Ok(());
    };
    let actor = Actor::system(workspace, "views");
    let part = match listing::of_account(tx, &actor, *account, job.after, keeping::PART) {
        Ok(part) => part,
        Err(TicketError::Db(error)) => return Err(error.into()),
        Err(error) => return Err(JobError::retry(error.to_string())),
    };
    for ticket in &part {
        keeping::follow(tx, workspace, ticket)?;
    }
    let is_last = i64::try_from(part.len()).unwrap_or(keeping::PART) < keeping::PART;
    let next = if is_last {
        Again {
            accounts: others.to_vec(),
            after: None,
        }
    } else {
        Again {
            accounts: job.accounts.clone(),
            after: part.last().map(Cursor::of),
        }
    };
    if !next.accounts.is_empty() {
        jobs::queue(tx, workspace, &next)?;
    }
    Ok(())
}

/// Looks where the ticket lies.
///
/// # Errors
/// The database's.
pub fn one(tx: &mut Tx<'_>, job: &One, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    if let Some(ticket) = tickets::with_id(tx, workspace, job.ticket)? {
        keeping::follow(tx, workspace, &ticket)?;
    }
    Ok(())
}

/// Begins anew for every view that asks something of accounts: some are gone.
///
/// # Errors
/// The database's.
pub fn look_again(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    for view in store::all(tx, workspace)? {
        if view.text.conditions.asks_account() {
            begin(tx, workspace, &view)?;
        }
    }
    Ok(())
}

/// Queues a [`One`] for each ticket that is due.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    let now = tx.now();
    let due = store::due(tx, now, MOST)?;
    for (workspace, ticket) in &due {
        jobs::queue(tx, *workspace, &One { ticket: *ticket })?;
    }
    Ok(())
}
