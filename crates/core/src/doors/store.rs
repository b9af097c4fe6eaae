//! The rows of sign-in links and sessions. Look-ups by secret begin without a workspace.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::i18n::Formats;
use kit::{params, sql};

use super::links::OpenLink;
use super::sessions::SessionRow;
use super::{Own, Purpose, Secret, Session, SessionId, SessionKind, SignInLinkId};
use crate::actor::Origin;
use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;
use crate::{roles, tokens};

pub(super) fn insert_link(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    link: &OpenLink,
    secret: &Secret,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into sign_in_links (workspace_id, id, agent_id, token_hash, created_at, expires_at, used_at, purpose)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            workspace,
            link.id,
            link.agent,
            secret.hash(),
            now,
            link.expires_at,
            link.used_at,
            link.purpose.as_str()
        ],
    )?;
    Ok(())
}

pub(super) fn find_link(
    tx: &mut Tx<'_>,
    secret: &Secret,
    purpose: Purpose,
) -> Result<Option<OpenLink>, DbError> {
    tx.optional(
        sql!(
            "select workspace_id, id, agent_id, expires_at, used_at
             from sign_in_links
             where token_hash = $1 and purpose = $2"
        ),
        params![secret.hash(), purpose.as_str()],
        |row| {
            Ok(OpenLink {
                purpose,
                workspace: row.get("workspace_id")?,
                id: row.get("id")?,
                agent: row.get("agent_id")?,
                expires_at: row.get("expires_at")?,
                used_at: row.get("used_at")?,
            })
        },
    )
}

pub(super) fn use_link(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: SignInLinkId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update sign_in_links
             set used_at = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, now],
    )?;
    Ok(())
}

pub(super) fn use_links_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update sign_in_links
             set used_at = $3
             where workspace_id = $1 and agent_id = $2 and used_at is null"
        ),
        params![workspace, agent, now],
    )?;
    Ok(())
}

/// A session in the making.
pub(super) struct NewSession<'a> {
    pub(super) id: SessionId,
    pub(super) agent: AgentId,
    pub(super) kind: SessionKind,
    pub(super) name: &'a str,
    pub(super) created_at: Timestamp,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) ends_at: Option<Timestamp>,
    pub(super) browser: Option<&'a str>,
    pub(super) source: Option<&'a str>,
}

pub(super) fn insert_session(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    session: &NewSession<'_>,
    secret: &Secret,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into sessions
             (workspace_id, id, agent_id, kind, name, token_hash, created_at, expires_at, ended_at, browser, source, last_used_at, ends_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, null, $9, $10, $7, $11)"
        ),
        params![
            workspace,
            session.id,
            session.agent,
            session.kind.as_str(),
            session.name,
            secret.hash(),
            session.created_at,
            session.expires_at,
            session.browser,
            session.source,
            session.ends_at
        ],
    )?;
    Ok(())
}

pub(super) fn find_session(
    tx: &mut Tx<'_>,
    secret: &Secret,
    now: Timestamp,
) -> Result<Option<Session>, DbError> {
    tx.optional(
        sql!(
            "select s.id, s.workspace_id, s.agent_id, s.kind, s.source, s.created_at, s.expires_at, s.ends_at, s.last_used_at,
                    a.name, a.email, a.role, w.name as workspace_name,
                    coalesce(a.locale, w.locale) as locale, coalesce(a.zone, w.zone) as zone,
                    a.locale as own_locale, a.zone as own_zone, a.formats,
                    r.id as role_id, r.name as role_name, r.permissions as role_permissions, t.scopes
             from sessions s
             join agents a on a.workspace_id = s.workspace_id and a.id = s.agent_id
             join workspaces w on w.id = s.workspace_id
             left join agent_roles g on g.workspace_id = a.workspace_id and g.agent_id = a.id
             left join custom_roles r on r.workspace_id = g.workspace_id and r.id = g.role_id
             left join tokens t on t.workspace_id = s.workspace_id and t.session_id = s.id
             where s.token_hash = $1
               and s.ended_at is null
               and (s.expires_at is null or s.expires_at > $2)
               and a.is_active = $3"
        ),
        params![secret.hash(), now, true],
        |row| {
            let standing = roles::read_standing(row)?;
            let kind: String = row.get("kind")?;
            let scopes: Option<String> = row.get("scopes")?;
            let formats: Option<String> = row.get("formats")?;
            Ok(Session {
                kind: SessionKind::parse(&kind).ok_or_else(|| row.broken("kind", "a kind of session"))?,
                source: row.get("source")?,
                began_at: row.get("created_at")?,
                expires_at: row.get("expires_at")?,
                ends_at: row.get("ends_at")?,
                last_used_at: row.get("last_used_at")?,
                id: row.get("id")?,
                workspace: row.get("workspace_id")?,
                agent: row.get("agent_id")?,
                name: row.get("name")?,
                email: row.get("email")?,
                role: standing.role,
                is_token: scopes.is_some(),
                permissions: tokens::narrowed(standing.permissions, scopes),
                workspace_name: row.get("workspace_name")?,
                locale: row.get("locale")?,
                zone: row.get("zone")?,
                own: Own {
                    locale: row.get("own_locale")?,
                    zone: row.get("own_zone")?,
                    formats: formats.as_deref().map(Formats::read).unwrap_or_default(),
                },
                origin: Origin::default(),
            })
        },
    )
}

pub(super) fn end_session(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    session: SessionId,
    owner: Option<AgentId>,
    now: Timestamp,
) -> Result<bool, DbError> {
    let ended = tx.execute(
        sql!(
            "update sessions
             set ended_at = $4
             where workspace_id = $1 and id = $2 and ended_at is null
               and agent_id = coalesce($3, agent_id)"
        ),
        params![workspace, session, owner, now],
    )?;
    Ok(ended > 0)
}

pub(super) fn sessions_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    now: Timestamp,
) -> Result<Vec<SessionRow>, DbError> {
    tx.rows(
        sql!(
            "select id, browser, source, created_at, last_used_at
             from sessions
             where workspace_id = $1 and agent_id = $2 and kind = $3
               and ended_at is null
               and (expires_at is null or expires_at > $4)
             order by last_used_at desc, id desc"
        ),
        params![workspace, agent, SessionKind::Browser.as_str(), now],
        |row| {
            Ok(SessionRow {
                id: row.get("id")?,
                browser: row.get("browser")?,
                source: row.get("source")?,
                began_at: row.get("created_at")?,
                last_used_at: row.get("last_used_at")?,
            })
        },
    )
}

pub(super) fn note_use(
    tx: &mut Tx<'_>,
    session: &Session,
    expires_at: Option<Timestamp>,
    source: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update sessions
             set last_used_at = $3, source = $4, expires_at = $5
             where workspace_id = $1 and id = $2"
        ),
        params![session.workspace, session.id, now, source, expires_at],
    )?;
    Ok(())
}
