//! The rows of mailboxes, their servers and keys.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::providers::MailProviderId;
use super::{
    Archiving, Direction, Incoming, MailServer, Mailbox, MailboxId, Outgoing, Protection, Rules, Strangers,
};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: &Mailbox) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mailboxes (workspace_id, id, name, address, sender, team_id, signature, is_default, incoming,
               outgoing, folders, trusted, version, created_at, provider_id, sent_folder, sent_since, has_plus_addresses,
               tags_subjects, strangers, holds_unverified, joins_copies, quotes, archived_at, archived_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
               null, null)"
        ),
        params![
            workspace,
            mailbox.id,
            mailbox.name,
            mailbox.address,
            mailbox.sender,
            mailbox.team,
            mailbox.signature,
            mailbox.is_default,
            mailbox.incoming.as_str(),
            mailbox.outgoing.as_str(),
            mailbox.folders.join("\n"),
            mailbox.trusted.join(" "),
            mailbox.version,
            mailbox.created_at,
            mailbox.provider,
            mailbox.sent_folder,
            mailbox.sent_since,
            mailbox.has_plus_addresses,
            mailbox.tags_subjects,
            mailbox.rules.strangers.as_str(),
            mailbox.rules.holds_unverified,
            mailbox.rules.joins_copies,
            mailbox.rules.quotes
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: &Mailbox) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update mailboxes
             set name = $3, address = $4, sender = $5, team_id = $6, signature = $7, is_default = $8, incoming = $9,
               outgoing = $10, folders = $11, trusted = $12, version = $13, provider_id = $14, sent_folder = $15,
               sent_since = $16, has_plus_addresses = $17, tags_subjects = $18, strangers = $19, holds_unverified = $20,
               joins_copies = $21, quotes = $22
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            mailbox.id,
            mailbox.name,
            mailbox.address,
            mailbox.sender,
            mailbox.team,
            mailbox.signature,
            mailbox.is_default,
            mailbox.incoming.as_str(),
            mailbox.outgoing.as_str(),
            mailbox.folders.join("\n"),
            mailbox.trusted.join(" "),
            mailbox.version,
            mailbox.provider,
            mailbox.sent_folder,
            mailbox.sent_since,
            mailbox.has_plus_addresses,
            mailbox.tags_subjects,
            mailbox.rules.strangers.as_str(),
            mailbox.rules.holds_unverified,
            mailbox.rules.joins_copies,
            mailbox.rules.quotes
        ],
    )?;
    Ok(())
}

pub(super) fn set_archiving(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
) -> Result<(), DbError> {
    let archiving = mailbox.archiving.as_ref();
    tx.execute(
        sql!(
            "update mailboxes
             set archived_at = $3, archived_by = $4
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            mailbox.id,
            archiving.map(|archiving| archiving.at),
            archiving.map(|archiving| archiving.by.as_str())
        ],
    )?;
    Ok(())
}

/// Another one will be the default.
pub(super) fn no_default(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    tx.execute(
        sql!("update mailboxes set is_default = false where workspace_id = $1 and is_default"),
        params![workspace],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailboxId,
) -> Result<Option<Mailbox>, DbError> {
    let found = tx.optional(
        sql!(
            "select id, name, address, sender, team_id, signature, is_default, incoming, outgoing, folders, trusted, version,
               created_at, provider_id, sent_folder, sent_since, has_plus_addresses, tags_subjects, strangers, holds_unverified,
               joins_copies, quotes, archived_at, archived_by
             from mailboxes
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )?;
    let Some(mut mailbox) = found else {
        return Ok(None);
    };
    with_servers(&mut mailbox, &servers(tx, workspace)?);
    Ok(Some(mailbox))
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Mailbox>, DbError> {
    let mut mailboxes = tx.rows(
        sql!(
            "select id, name, address, sender, team_id, signature, is_default, incoming, outgoing, folders, trusted, version,
               created_at, provider_id, sent_folder, sent_since, has_plus_addresses, tags_subjects, strangers, holds_unverified,
               joins_copies, quotes, archived_at, archived_by
             from mailboxes
             where workspace_id = $1"
        ),
        params![workspace],
        read,
    )?;
    let servers = servers(tx, workspace)?;
    for mailbox in &mut mailboxes {
        with_servers(mailbox, &servers);
    }
    mailboxes.sort_by_cached_key(|mailbox| {
        (
            mailbox.archiving.is_some(),
            kit::text::fold(&mailbox.name),
            mailbox.id,
        )
    });
    Ok(mailboxes)
}

pub(super) fn fetched(tx: &mut Tx<'_>) -> Result<Vec<(WorkspaceId, MailboxId, i64)>, DbError> {
    tx.rows(
        sql!(
            "select m.workspace_id, m.id, m.version + coalesce(g.granted_at, 0) as version
             from mailboxes m
             left join mailbox_grants g on g.workspace_id = m.workspace_id and g.mailbox_id = m.id
             where m.incoming = 'imap' and m.archived_at is null
             order by m.workspace_id, m.id"
        ),
        params![],
        |row| Ok((row.get("workspace_id")?, row.get("id")?, row.get("version")?)),
    )
}

pub(super) fn for_recipient(
    tx: &mut Tx<'_>,
    address: &str,
) -> Result<Option<(WorkspaceId, MailboxId)>, DbError> {
    tx.optional(
        sql!(
            "select workspace_id, id
             from mailboxes
             where address = $1 and incoming = 'handed' and archived_at is null
             order by id
             limit 1"
        ),
        params![address],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

/// Whether a mailbox signs in at a provider.
pub(super) fn has_provider(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailboxId) -> Result<bool, DbError> {
    let found = tx.optional(
        sql!("select id from mailboxes where workspace_id = $1 and id = $2 and provider_id is not null"),
        params![workspace, id],
        |row| row.get::<MailboxId>("id"),
    )?;
    Ok(found.is_some())
}

/// How many mailboxes sign in at a provider, archived ones too.
pub(super) fn with_provider(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    provider: MailProviderId,
) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as n from mailboxes where workspace_id = $1 and provider_id = $2"),
        params![workspace, provider],
        |row| row.get("n"),
    )
}

type Kept = (MailboxId, Direction, MailServer);
/// A server and its sealed password.
type WithSecret = (MailServer, Option<Vec<u8>>);

fn servers(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Kept>, DbError> {
    tx.rows(
        sql!(
            "select mailbox_id, direction, host, port, security, login, sealed
             from mailbox_servers
             where workspace_id = $1"
        ),
        params![workspace],
        |row| {
            let direction: String = row.get("direction")?;
            let direction =
                Direction::parse(&direction).ok_or_else(|| row.broken("direction", "a direction"))?;
            Ok((row.get("mailbox_id")?, direction, read_server(row)?))
        },
    )
}

fn with_servers(mailbox: &mut Mailbox, servers: &[Kept]) {
    for (id, direction, server) in servers {
        if *id != mailbox.id {
            continue;
        }
        match direction {
            Direction::In => mailbox.imap = Some(server.clone()),
            Direction::Out => mailbox.smtp = Some(server.clone()),
        }
    }
}

pub(super) fn server(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailboxId,
    direction: Direction,
) -> Result<Option<WithSecret>, DbError> {
    tx.optional(
        sql!(
            "select host, port, security, login, sealed
             from mailbox_servers
             where workspace_id = $1 and mailbox_id = $2 and direction = $3"
        ),
        params![workspace, id, direction.as_str()],
        |row| Ok((read_server(row)?, row.get("sealed")?)),
    )
}

pub(super) fn delete_server(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailboxId,
    direction: Direction,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mailbox_servers where workspace_id = $1 and mailbox_id = $2 and direction = $3"),
        params![workspace, id, direction.as_str()],
    )?;
    Ok(())
}

pub(super) fn insert_server(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, direction): (MailboxId, Direction),
    server: &MailServer,
    sealed: Option<&[u8]>,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mailbox_servers (workspace_id, mailbox_id, direction, host, port, security, login, sealed)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            workspace,
            id,
            direction.as_str(),
            server.host,
            i64::from(server.port),
            server.protection.as_str(),
            server.login,
            sealed
        ],
    )?;
    Ok(())
}

/// The newest first.
pub(super) fn keys(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(String, Vec<u8>)>, DbError> {
    tx.rows(
        sql!(
            "select letter, sealed
             from mailbox_keys
             where workspace_id = $1
             order by created_at desc, letter desc"
        ),
        params![workspace],
        |row| Ok((row.get("letter")?, row.get("sealed")?)),
    )
}

pub(super) fn insert_key(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    letter: &str,
    sealed: &[u8],
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into mailbox_keys (workspace_id, letter, sealed, created_at)
             values ($1, $2, $3, $4)"
        ),
        params![workspace, letter, sealed, now],
    )?;
    Ok(())
}

fn read_server(row: &Row<'_>) -> Result<MailServer, DbError> {
    let (port, security): (i64, String) = (row.get("port")?, row.get("security")?);
    let sealed: Option<Vec<u8>> = row.get("sealed")?;
    Ok(MailServer {
        host: row.get("host")?,
        port: u16::try_from(port).map_err(|_| row.broken("port", "a port"))?,
        protection: Protection::parse(&security).ok_or_else(|| row.broken("security", "a protection"))?,
        login: row.get("login")?,
        has_password: sealed.is_some(),
    })
}

fn read(row: &Row<'_>) -> Result<Mailbox, DbError> {
    let (incoming, outgoing): (String, String) = (row.get("incoming")?, row.get("outgoing")?);
    let (folders, trusted): (String, String) = (row.get("folders")?, row.get("trusted")?);
    let archiving = match (row.get("archived_by")?, row.get("archived_at")?) {
        (Some(by), Some(at)) => Some(Archiving { by, at }),
        _ => None,
    };
    Ok(Mailbox {
        id: row.get("id")?,
        name: row.get("name")?,
        address: row.get("address")?,
        sender: row.get("sender")?,
        team: row.get("team_id")?,
        signature: row.get("signature")?,
        is_default: row.get("is_default")?,
        provider: row.get("provider_id")?,
        incoming: Incoming::parse(&incoming).ok_or_else(|| row.broken("incoming", "a way in"))?,
        imap: None,
        folders: folders.lines().map(str::to_owned).collect(),
        sent_folder: row.get("sent_folder")?,
        sent_since: row.get("sent_since")?,
        has_plus_addresses: row.get("has_plus_addresses")?,
        tags_subjects: row.get("tags_subjects")?,
        trusted: trusted.split_whitespace().map(str::to_owned).collect(),
        rules: rules(row)?,
        outgoing: Outgoing::parse(&outgoing).ok_or_else(|| row.broken("outgoing", "a way out"))?,
        smtp: None,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        archiving,
    })
}

fn rules(row: &Row<'_>) -> Result<Rules, DbError> {
    let strangers: String = row.get("strangers")?;
    Ok(Rules {
        strangers: Strangers::parse(&strangers)
            .ok_or_else(|| row.broken("strangers", "what becomes of them"))?,
        holds_unverified: row.get("holds_unverified")?,
        joins_copies: row.get("joins_copies")?,
        quotes: row.get("quotes")?,
    })
}
