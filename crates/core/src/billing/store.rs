//! The rows of connections, their secrets, the events that arrived, and what is mapped.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};

use super::secrets::BillingSecretId;
use super::settling::Kept;
use super::{Connection, ConnectionId, Cursor, Outcome, Receipt, Unmapped};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Connection) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into billing_connections (workspace_id, id, name, adds_accounts, version, created_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            workspace,
            new.id,
            new.name,
            new.adds_accounts,
            new.version,
            new.created_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Connection) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update billing_connections
             set name = $3, adds_accounts = $4, version = $5
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, new.id, new.name, new.adds_accounts, new.version],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ConnectionId) -> Result<(), DbError> {
    for statement in [
        sql!("delete from billing_objects where workspace_id = $1 and connection_id = $2"),
        sql!("delete from billing_products where workspace_id = $1 and connection_id = $2"),
        sql!("delete from billing_customers where workspace_id = $1 and connection_id = $2"),
        sql!("delete from billing_events where workspace_id = $1 and connection_id = $2"),
        sql!("delete from billing_secrets where workspace_id = $1 and connection_id = $2"),
        sql!("delete from billing_connections where workspace_id = $1 and id = $2"),
    ] {
        tx.execute(statement, params![workspace, id])?;
    }
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ConnectionId,
) -> Result<Option<Connection>, DbError> {
    tx.optional(
        sql!(
            "select id, name, adds_accounts, version, created_at
             from billing_connections
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Connection>, DbError> {
    tx.rows(
        sql!(
            "select id, name, adds_accounts, version, created_at
             from billing_connections
             where workspace_id = $1
             order by id"
        ),
        params![workspace],
        read,
    )
}

pub(super) fn insert_secret(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    id: BillingSecretId,
    sealed: &[u8],
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into billing_secrets (workspace_id, id, connection_id, sealed, made_at, ends_at)
             values ($1, $2, $3, $4, $5, null)"
        ),
        params![workspace, id, connection, sealed, now],
    )?;
    Ok(())
}

/// Lets the secrets that have no end yet end at a moment.
pub(super) fn end_secrets(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update billing_secrets
             set ends_at = $3
             where workspace_id = $1 and connection_id = $2 and ends_at is null"
        ),
        params![workspace, connection, at],
    )?;
    Ok(())
}

pub(super) fn secrets(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    now: Timestamp,
) -> Result<Vec<(BillingSecretId, Vec<u8>)>, DbError> {
    tx.rows(
        sql!(
            "select id, sealed
             from billing_secrets
             where workspace_id = $1 and connection_id = $2 and (ends_at is null or ends_at > $3)
             order by id desc"
        ),
        params![workspace, connection, now],
        |row| Ok((row.get("id")?, row.get("sealed")?)),
    )
}

/// Whether the event is new.
pub(super) fn insert_event(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    new: &Receipt,
    body: &str,
) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "insert into billing_events (workspace_id, connection_id, event, id, kind, object, customer, happened_at,
               received_at, body, outcome, reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (workspace_id, connection_id, event) do nothing"
        ),
        params![
            workspace,
            connection,
            new.event,
            new.id,
            new.kind,
            new.object,
            new.customer,
            new.happened,
            new.received_at,
            body,
            new.outcome.as_str(),
            new.reason
        ],
    )?;
    Ok(rows > 0)
}

pub(super) fn of_object(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    object: &str,
) -> Result<Vec<Kept>, DbError> {
    tx.rows(
        sql!(
            "select kind, happened_at, event, customer, body
             from billing_events
             where workspace_id = $1 and connection_id = $2 and object = $3"
        ),
        params![workspace, connection, object],
        |row| {
            Ok(Kept {
                kind: row.get("kind")?,
                happened: row.get("happened_at")?,
                event: row.get("event")?,
                customer: row.get("customer")?,
                body: row.get("body")?,
            })
        },
    )
}

pub(super) fn set_outcome(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    object: &str,
    (outcome, reason): (Outcome, &str),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update billing_events
             set outcome = $4, reason = $5
             where workspace_id = $1 and connection_id = $2 and object = $3"
        ),
        params![workspace, connection, object, outcome.as_str(), reason],
    )?;
    Ok(())
}

pub(super) fn log(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    (outcome, after): (Option<Outcome>, Option<Cursor>),
    limit: i64,
) -> Result<Vec<Receipt>, DbError> {
    let after = after.map_or(Uuid::max(), |cursor| cursor.id.uuid());
    let outcome = outcome.map_or("", Outcome::as_str);
    tx.rows(
        sql!(
            "select id, event, kind, object, customer, happened_at, received_at, outcome, reason
             from billing_events
             where workspace_id = $1 and connection_id = $2 and id < $3 and (outcome = $4 or $4 = '')
             order by id desc
             limit $5"
        ),
        params![workspace, connection, after, outcome, limit],
        read_receipt,
    )
}

/// The objects of which something waits or failed.
pub(super) fn waiting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
) -> Result<Vec<String>, DbError> {
    tx.rows(
        sql!(
            "select distinct object
             from billing_events
             where workspace_id = $1 and connection_id = $2 and outcome in ('received', 'needs_mapping', 'failed')
             order by object"
        ),
        params![workspace, connection],
        |row| row.get("object"),
    )
}

/// The objects of a customer but itself.
pub(super) fn objects_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    customer: &str,
) -> Result<Vec<String>, DbError> {
    tx.rows(
        sql!(
            "select distinct object
             from billing_events
             where workspace_id = $1 and connection_id = $2 and customer = $3
             order by object"
        ),
        params![workspace, connection, customer],
        |row| row.get("object"),
    )
}

/// The subscriptions in whose events a price or product is named.
pub(super) fn objects_naming(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    code: &str,
) -> Result<Vec<String>, DbError> {
    let named = format!("%\"{}\"%", code.replace('_', "!_"));
    tx.rows(
        sql!(
            "select distinct object
             from billing_events
             where workspace_id = $1 and connection_id = $2 and kind like 'customer.subscription.%'
               and body like $3 escape '!'
             order by object"
        ),
        params![workspace, connection, named],
        |row| row.get("object"),
    )
}

/// What events wait for, by the word of the reason: the ids behind it, and how many wait.
pub(super) fn unmapped(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    word: &str,
) -> Result<Vec<Unmapped>, DbError> {
    let found = tx.rows(
        sql!(
            "select reason, count(*) as events
             from billing_events
             where workspace_id = $1 and connection_id = $2 and outcome = 'needs_mapping'
             group by reason
             order by reason"
        ),
        params![workspace, connection],
        |row| Ok((row.get::<String>("reason")?, row.get("events")?)),
    )?;
    let unmapped = |(reason, events): (String, i64)| {
        let code = reason.strip_prefix(word)?.to_owned();
        Some(Unmapped { code, events })
    };
    Ok(found.into_iter().filter_map(unmapped).collect())
}

pub(super) fn insert_part(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    (object, part): (&str, &str),
    subject: Uuid,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into billing_objects (workspace_id, connection_id, object, part, subject)
             values ($1, $2, $3, $4, $5)"
        ),
        params![workspace, connection, object, part, subject],
    )?;
    Ok(())
}

pub(super) fn parts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    object: &str,
) -> Result<Vec<(String, Uuid)>, DbError> {
    tx.rows(
        sql!(
            "select part, subject
             from billing_objects
             where workspace_id = $1 and connection_id = $2 and object = $3
             order by part"
        ),
        params![workspace, connection, object],
        |row| Ok((row.get("part")?, row.get("subject")?)),
    )
}

fn read(row: &Row<'_>) -> Result<Connection, DbError> {
    Ok(Connection {
        id: row.get("id")?,
        name: row.get("name")?,
        adds_accounts: row.get("adds_accounts")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
    })
}

fn read_receipt(row: &Row<'_>) -> Result<Receipt, DbError> {
    let outcome: String = row.get("outcome")?;
    Ok(Receipt {
        id: row.get("id")?,
        event: row.get("event")?,
        kind: row.get("kind")?,
        object: row.get("object")?,
        customer: row.get("customer")?,
        happened: row.get("happened_at")?,
        received_at: row.get("received_at")?,
        outcome: Outcome::named(&outcome).ok_or_else(|| row.broken("outcome", "an outcome"))?,
        reason: row.get("reason")?,
    })
}
