//! The rows of what contacts are known by.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::{Identity, IdentityId, Kind, Verified};
use crate::contacts::store::read as contact;
use crate::contacts::{Contact, ContactId};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    identity: &Identity,
    folded: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into contact_identities (workspace_id, id, contact_id, kind, realm, value, value_folded, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            workspace,
            identity.id,
            identity.contact,
            identity.kind,
            identity.realm,
            identity.value,
            folded,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn set_verified(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    identity: &Identity,
) -> Result<(), DbError> {
    let verified = identity.verified.as_ref();
    tx.execute(
        sql!(
            "update contact_identities
             set verified_by = $3, verified_at = $4
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            identity.id,
            verified.map(|verified| verified.by.clone()),
            verified.map(|verified| verified.at)
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: IdentityId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from contact_identities
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn delete_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from contact_identities
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: IdentityId,
) -> Result<Option<Identity>, DbError> {
    tx.optional(
        sql!(
            "select id, contact_id, kind, realm, value, verified_by, verified_at
             from contact_identities
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// What a contact and those merged into it are known by. SQLite reads a cross join in the order in which it is written: from
/// the few contacts on, not through all that is known in the workspace.
pub(super) fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, root: ContactId) -> Result<Vec<Identity>, DbError> {
    tx.rows(
        sql!(
            "select i.id, i.contact_id, i.kind, i.realm, i.value, i.verified_by, i.verified_at
             from contacts c
             cross join contact_identities i
             where c.workspace_id = $1 and c.root_id = $2 and i.workspace_id = c.workspace_id and i.contact_id = c.id
             order by i.kind, i.realm, i.value_folded"
        ),
        params![workspace, root],
        read,
    )
}

/// The addresses of `contacts`, for a list of them.
pub(super) fn addresses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contacts: &[ContactId],
) -> Result<Vec<(ContactId, String)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select i.contact_id, i.value
                   from contact_identities i
                   where i.workspace_id = $1 and i.kind = 'email' and i.contact_id in (select value from rarray($2))
                   order by i.contact_id, i.value_folded",
            pg: "select i.contact_id, i.value
                 from contact_identities i
                 where i.workspace_id = $1 and i.kind = 'email' and i.contact_id = any($2)
                 order by i.contact_id, i.value_folded",
        },
        params![workspace, contacts],
        |row| Ok((row.get("contact_id")?, row.get("value")?)),
    )
}

/// The contact that is known by this: the one that stands for them.
pub(super) fn by_identity(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kind: Kind,
    realm: &str,
    folded: &str,
) -> Result<Option<Contact>, DbError> {
    tx.optional(
        sql!(
            "select r.id, r.root_id, r.name, r.language, r.time_zone, r.note, r.version, r.created_at, r.changed_at
             from contact_identities i
             join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
             join contacts r on r.workspace_id = c.workspace_id and r.id = c.root_id
             where i.workspace_id = $1 and i.kind = $2 and i.realm = $3 and i.value_folded = $4"
        ),
        params![workspace, kind, realm, folded],
        contact,
    )
}

/// What of these somebody is known by, and the contact that stands for them.
pub(super) fn known_by(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (kind, realm): (Kind, &str),
    folded: &[&str],
) -> Result<Vec<(String, ContactId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select i.value_folded, c.root_id
                   from contact_identities i
                   cross join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
                   where i.workspace_id = $1 and i.kind = $2 and i.realm = $3
                     and i.value_folded in (select value from rarray($4))",
            pg: "select i.value_folded, c.root_id
                 from contact_identities i
                 join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
                 where i.workspace_id = $1 and i.kind = $2 and i.realm = $3 and i.value_folded = any($4)",
        },
        params![workspace, kind, realm, folded],
        |row| Ok((row.get("value_folded")?, row.get("root_id")?)),
    )
}

fn read(row: &Row<'_>) -> Result<Identity, DbError> {
    Ok(Identity {
        id: row.get("id")?,
        contact: row.get("contact_id")?,
        kind: row.get("kind")?,
        realm: row.get("realm")?,
        value: row.get("value")?,
        verified: match (row.get::<Option<String>>("verified_by")?, row.get("verified_at")?) {
            (Some(by), Some(at)) => Some(Verified { by, at }),
            _ => None,
        },
    })
}
