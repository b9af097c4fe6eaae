//! DKIM keys: what a domain sends is signed with them, so that the world knows it from what others send in its name.
//!
//! A key is made for a domain from which an open mailbox sends. It signs nothing before its record was *seen* in the DNS,
//! and nothing while the record is gone. A domain has one signing key of each kind: once the record of a second one is
//! seen, that one signs and the first is *retired*; its record should stand for some days, for the mails that are on their
//! way. A retired key can be taken back into use for thirty days and is forgotten then. The private part is sealed and
//! never shown.

pub mod api;
mod checking;
pub mod demo;
mod documents;
mod failures;
pub mod jobs;
mod model;
pub mod operations;
mod signing;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::db::{Db, DbError, Tx};
use mail::dkim::{self, Algorithm, Secret};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use checking::{check, settle};
pub use model::{DkimKey, DkimKeyError, Retirement, Stage, Wanted};
pub use signing::sign;

use crate::mailboxes::{self, Outgoing};

kit::id! {
    /// A DKIM key.
    DkimKeyId, "dkm"
}

/// A key was made, signs, signs no more, or is out of use.
pub const CHANGED: Kind = Kind::new("dkim_key.changed", Permission::MailboxesRead);

/// The name of the list of keys, for pages that show it.
pub const LIST: &str = "dkim_keys";
/// How many keys in use a workspace may have.
pub const MOST: usize = 100;
/// For how long the record of a retired key should stand: no mail is tried for longer.
pub const STANDS: Duration = Duration::from_secs(7 * 86_400);
/// For how long a retired key can be taken back into use.
pub const KEPT: Duration = Duration::from_secs(30 * 86_400);

/// The signs of which selectors are made, without those that look alike.
const SIGNS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// The domains from which open mailboxes send, in their order.
///
/// # Errors
/// [`DbError`] of the database.
pub fn domains(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<String>, DbError> {
    let all = mailboxes::all(tx, workspace)?;
    let sending = all
        .iter()
        .filter(|mailbox| mailbox.is_open() && mailbox.outgoing != Outgoing::None);
    let mut domains: Vec<String> = sending
        .filter_map(|mailbox| Some(mailbox.address.rsplit_once('@')?.1.to_owned()))
        .collect();
    domains.sort();
    domains.dedup();
    Ok(domains)
}

/// All keys of the actor's workspace by domain, the newest first.
///
/// # Errors
/// A missing permission, or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<DkimKey>, DkimKeyError> {
    actor.must(Permission::MailboxesRead)?;
    Ok(store::all(tx, actor.workspace)?)
}

/// The domains whose mails are not signed any more because the record of their key is gone.
///
/// # Errors
/// [`DbError`] of the database.
pub fn lost(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<String>, DbError> {
    store::lost(tx, workspace)
}

/// The key with this id in the actor's workspace.
///
/// # Errors
/// [`DkimKeyError::Unknown`], a missing permission, or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: DkimKeyId) -> Result<DkimKey, DkimKeyError> {
    actor.must(Permission::MailboxesRead)?;
    known(tx, actor, id)
}

/// Makes the private part of a wanted key, which takes a while: outside of any transaction, and only of a key that may be.
///
/// # Errors
/// As of [`make`].
pub async fn secret(db: &Db, actor: &Actor, wanted: &Wanted) -> Result<Secret, DkimKeyError> {
    let (asking, of) = (actor.clone(), wanted.clone());
    db.read(move |tx| may_be(tx, &asking, &of)).await?;
    let (ids, algorithm) = (db.ids().clone(), wanted.algorithm);
    let making = tokio::task::spawn_blocking(move || {
        let made = dkim::generate(algorithm, &mut |bytes| ids.fill(bytes));
        made.map_err(|error| DkimKeyError::Seal(error.to_string()))
    });
    making
        .await
        .map_err(|error| DkimKeyError::Seal(error.to_string()))?
}

/// Keeps a key. It signs once its record was seen.
///
/// # Errors
/// [`DkimKeyError::Domain`], [`DkimKeyError::Pending`], [`DkimKeyError::TooMany`], a missing permission.
pub fn make(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wanted: &Wanted,
    secret: &Secret,
) -> Result<DkimKey, DkimKeyError> {
    may_be(tx, actor, wanted)?;
    kept(tx, actor, wanted, secret)
}

fn kept(tx: &mut Tx<'_>, actor: &Actor, wanted: &Wanted, secret: &Secret) -> Result<DkimKey, DkimKeyError> {
    let selector = selector(tx);
    let signer = dkim::Signer::new(&wanted.domain, &selector, secret);
    let (_, record) = signer
        .map_err(|error| match error {
            dkim::DkimError::Name => DkimKeyError::Domain,
            other => DkimKeyError::Seal(other.to_string()),
        })?
        .record();
    let key = DkimKey {
        id: tx.new_id(),
        domain: wanted.domain.clone(),
        selector,
        algorithm: wanted.algorithm,
        record,
        made_by: actor.signature(),
        made_at: tx.now(),
        verdict: None,
        checked_at: None,
        signing_since: None,
        lost_at: None,
        retirement: None,
    };
    let sealed = signing::sealed(tx, actor.workspace, &key, secret)?;
    store::insert(tx, actor.workspace, &key, &sealed)?;
    note(tx, actor, Act::DkimKeyMade, &key)?;
    Ok(key)
}

/// Puts a key out of use; doing it twice keeps the first one's name and moment.
///
/// # Errors
/// [`DkimKeyError::Unknown`], a missing permission, or the database's.
pub fn retire(tx: &mut Tx<'_>, actor: &Actor, id: DkimKeyId) -> Result<DkimKey, DkimKeyError> {
    actor.must(Permission::MailboxesWrite)?;
    let mut key = known(tx, actor, id)?;
    if key.retirement.is_none() {
        put_away(tx, actor, &mut key)?;
    }
    Ok(key)
}

/// Takes a retired key back into use; the one that signs in its place is retired. Another stays as it is.
///
/// # Errors
/// [`DkimKeyError::Pending`] when one of its kind waits for its record; as of [`retire`].
pub fn resume(tx: &mut Tx<'_>, actor: &Actor, id: DkimKeyId) -> Result<DkimKey, DkimKeyError> {
    actor.must(Permission::MailboxesWrite)?;
    let mut key = known(tx, actor, id)?;
    if key.retirement.is_none() {
        return Ok(key);
    }
    if key.signing_since.is_none()
        && is_pending(&store::all(tx, actor.workspace)?, &key.domain, key.algorithm)
    {
        return Err(DkimKeyError::Pending);
    }
    key.retirement = None;
    store::update(tx, actor.workspace, &key)?;
    note(tx, actor, Act::DkimKeyResumed, &key)?;
    if key.stage() == Stage::Signing {
        replace_others(tx, actor, &key)?;
    }
    Ok(key)
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: DkimKeyId) -> Result<DkimKey, DkimKeyError> {
    store::find(tx, actor.workspace, id)?.ok_or(DkimKeyError::Unknown)
}

fn may_be(tx: &mut Tx<'_>, actor: &Actor, wanted: &Wanted) -> Result<(), DkimKeyError> {
    actor.must(Permission::MailboxesWrite)?;
    if !domains(tx, actor.workspace)?.contains(&wanted.domain) {
        return Err(DkimKeyError::Domain);
    }
    let keys = store::all(tx, actor.workspace)?;
    if is_pending(&keys, &wanted.domain, wanted.algorithm) {
        return Err(DkimKeyError::Pending);
    }
    let in_use = keys.iter().filter(|key| key.retirement.is_none()).count();
    if in_use >= MOST {
        return Err(DkimKeyError::TooMany);
    }
    Ok(())
}

/// Whether a key of a kind waits for its record: one at a time, so that people know which record to publish.
fn is_pending(keys: &[DkimKey], domain: &str, algorithm: Algorithm) -> bool {
    let mut waiting = keys.iter().filter(|key| key.stage() == Stage::Waiting);
    waiting.any(|key| key.domain == domain && key.algorithm == algorithm)
}

/// `tandem-` and six signs by chance: another one for every key, so that two records can stand at a time.
fn selector(tx: &Tx<'_>) -> String {
    let sign = |_| {
        let place = tx.ids().below(SIGNS.len() as u64);
        char::from(SIGNS[usize::try_from(place).unwrap_or_default()])
    };
    let signs: String = (0..6).map(sign).collect();
    format!("tandem-{signs}")
}

/// Retires what signed the same mails in the same way.
fn replace_others(tx: &mut Tx<'_>, actor: &Actor, key: &DkimKey) -> Result<(), DkimKeyError> {
    for mut other in store::all(tx, actor.workspace)? {
        if other.id != key.id && other.stage() == Stage::Signing && other.does_the_same_as(key) {
            put_away(tx, actor, &mut other)?;
        }
    }
    Ok(())
}

fn put_away(tx: &mut Tx<'_>, actor: &Actor, key: &mut DkimKey) -> Result<(), DkimKeyError> {
    key.retirement = Some(Retirement {
        by: actor.signature(),
        at: tx.now(),
    });
    store::update(tx, actor.workspace, key)?;
    note(tx, actor, Act::DkimKeyRetired, key)
}

/// Writes an act down and tells of it.
fn note(tx: &mut Tx<'_>, actor: &Actor, act: Act, key: &DkimKey) -> Result<(), DkimKeyError> {
    let event = NewEvent::of(&CHANGED, key.id).topic(LIST);
    events::record(
        tx,
        actor,
        event.payload(json!({ "domain": key.domain, "stage": key.stage().as_str() })),
    )?;
    let entry = Entry::of(act, key.id).named(&key.domain).after(key.facts());
    audit::record(tx, actor, entry)?;
    Ok(())
}
