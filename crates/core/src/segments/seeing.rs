//! Who sees which segment, and what they see of it.

use kit::db::{DbError, Tx};
use kit::id::Uuid;

use super::members::store as rows;
use super::model::{Group, Segment, Subject};
use super::suppliers::{Suppliers, Use};
use super::{Member, SegmentError, SegmentId, store};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::metrics::Producers;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// The segment with this id, where the actor may see it; removed ones too.
///
/// # Errors
/// [`SegmentError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: SegmentId) -> Result<Option<Segment>, SegmentError> {
    actor.must(Permission::AccountsRead)?;
    let found = store::find(tx, actor.workspace, id)?;
    Ok(found.filter(|segment| sees(tx, actor, segment)))
}

/// The segment with this id, where the actor may see it and it is not removed.
///
/// # Errors
/// [`SegmentError::Unknown`], [`SegmentError::Forbidden`], or the database's.
pub fn open(tx: &mut Tx<'_>, actor: &Actor, id: SegmentId) -> Result<Segment, SegmentError> {
    let found = find(tx, actor, id)?.filter(|segment| segment.removal.is_none());
    found.ok_or(SegmentError::Unknown)
}

/// The segments that the actor sees, by name.
///
/// # Errors
/// [`SegmentError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Segment>, SegmentError> {
    actor.must(Permission::AccountsRead)?;
    let mut all = store::all(tx, actor.workspace)?;
    all.retain(|segment| sees(tx, actor, segment));
    Ok(all)
}

/// The segments that everybody shares, by name.
///
/// # Errors
/// [`DbError`] of the database.
pub fn choices(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(SegmentId, String)>, DbError> {
    let shared = store::all(tx, workspace)?.into_iter().filter(Segment::is_shared);
    Ok(shared.map(|segment| (segment.id, segment.text.name)).collect())
}

/// Whether an account is in a segment that is not removed.
///
/// # Errors
/// [`DbError`] of the database.
pub fn contains(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    account: AccountId,
) -> Result<bool, DbError> {
    rows::contains(tx, workspace, segment, account)
}

/// Up to `limit` accounts of a segment after one, in the order of their ids.
///
/// # Errors
/// [`SegmentError::Unknown`], [`SegmentError::Forbidden`], or the database's.
pub fn members(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SegmentId,
    after: AccountId,
    limit: i64,
) -> Result<Vec<Member>, SegmentError> {
    let segment = open(tx, actor, id)?;
    Ok(rows::members(tx, actor.workspace, segment.id, after, limit)?)
}

/// The segments that the actor sees and an account is in, by name.
///
/// # Errors
/// [`SegmentError::Forbidden`], or the database's.
pub fn of_account(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Vec<Segment>, SegmentError> {
    let mut all = all(tx, actor)?;
    let held = rows::held(tx, actor.workspace, &[account])?;
    all.retain(|segment| held.iter().any(|(id, _)| *id == segment.id));
    Ok(all)
}

/// Up to `limit` accounts of a segment, in no order: for lists that look at few.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn some(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: Uuid,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    rows::some(tx, workspace, segment, limit)
}

/// The segments that ask for a metric, for whoever asks what uses it; those that the actor does not see have no name.
///
/// # Errors
/// [`DbError`] of the database.
pub fn by_metric(tx: &mut Tx<'_>, actor: &Actor, metric: &str) -> Result<Vec<Use>, DbError> {
    let mut uses = Vec::new();
    for segment in store::definitions(tx, actor.workspace)? {
        let asks = |subject: &Subject| matches!(subject, Subject::Metric(name) if name == metric);
        let conditions = segment.text.definition.all();
        if conditions.into_iter().any(|condition| asks(&condition.about)) {
            let may_see = sees(tx, actor, &segment);
            uses.push(Use {
                kind: "segments-title",
                name: if may_see { segment.text.name } else { String::new() },
                path: format!("/segments/{}", segment.id),
            });
        }
    }
    Ok(uses)
}

/// Somebody's own is seen by nobody else, and what asks something secret by nobody who may not see that.
fn sees(tx: &Tx<'_>, actor: &Actor, segment: &Segment) -> bool {
    let is_own = segment
        .text
        .owner
        .is_none_or(|owner| actor.agent() == Some(owner));
    is_own && may_ask(tx, actor, &segment.text.definition)
}

/// Whether the actor may see everything that a definition asks.
fn may_ask(tx: &Tx<'_>, actor: &Actor, definition: &Group) -> bool {
    needs(tx, definition).into_iter().all(|need| actor.may(need))
}

/// What one needs beside seeing accounts to see everything that a definition asks; each once.
pub(super) fn needs(tx: &Tx<'_>, definition: &Group) -> Vec<Permission> {
    let producers = tx.attached::<Producers>().unwrap_or_default();
    let suppliers = tx.attached::<Suppliers>().unwrap_or_default();
    let need = |subject: &Subject| match subject {
        Subject::Arr | Subject::Renews => Permission::MoneyRead,
        Subject::Metric(name) => {
            let metrics = suppliers.metrics().map(|metric| (metric.name, metric.needs));
            let mut supplied = metrics.chain(suppliers.choices().map(|one| (one.name, one.needs)));
            let supplied = supplied.find(|(known, _)| known == name);
            let needs = producers.needs(name).or(supplied.map(|(_, needs)| needs));
            needs.unwrap_or(Permission::AccountsRead)
        }
        _ => Permission::AccountsRead,
    };
    let conditions = definition.all().into_iter();
    let mut needs: Vec<Permission> = conditions.map(|condition| need(&condition.about)).collect();
    needs.retain(|need| *need != Permission::AccountsRead);
    needs.sort_unstable();
    needs.dedup();
    needs
}
