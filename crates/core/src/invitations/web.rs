//! The pages of invitations: the form, the link that is shown once, and what the invited see.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::SET_COOKIE;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Failure, Frame, Notice, Page, Sent, known};

use super::views::{AcceptPage, ClosedPage, FormPage, LinkPage};
use super::{Delivery, Invitation, InvitationError, InvitationText};
use crate::actor::{Actor, Origin};
use crate::agents::web::ADDRESS;
use crate::doors::{Entrance, SESSION_MOST, Secret, Visitor};
use crate::permissions::Role;
use crate::roles::{self, CustomRole};
use crate::teams::{self, Team};
use crate::workspaces;

/// The empty form.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let empty = InvitationText {
        email: String::new(),
        name: String::new(),
        role: Role::SupportAgent,
        teams: Vec::new(),
    };
    form(&db, &actor, &t, &empty, None).await
}

/// Invites somebody and shows the link, or the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(Entrance { db, origin, .. }): State<Entrance>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let role = sent.one("role").parse::<Role>();
    let text = InvitationText {
        email: sent.one("email").to_owned(),
        name: sent.one("name").to_owned(),
        role: role.unwrap_or(Role::SupportAgent),
        teams: sent.all("teams").filter_map(|id| id.parse().ok()).collect(),
    };
    let (inviter, wanted) = (actor.clone(), text.clone());
    let delivery = Delivery::of(&db, !sent.one("link").is_empty());
    match db
        .write(move |tx| super::invite(tx, &inviter, &wanted, delivery))
        .await
    {
        Ok((invitation, secret)) => Ok(made(&t, &origin, &invitation, secret)),
        Err(error) => {
            let failure = Failure::from(error);
            if failure.fields.is_empty() {
                return Err(failure);
            }
            let page = form(&db, &actor, &t, &text, Some(&failure)).await?;
            Ok(page.status(failure.status()).into_response())
        }
    }
}

/// Gives an invitation a new link, by letter or to be shown.
///
/// # Errors
/// No such invitation here, a missing permission, or the database's.
pub async fn renew(
    State(Entrance { db, origin, .. }): State<Entrance>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let delivery = Delivery::of(&db, !sent.one("link").is_empty());
    let (invitation, secret) = db.write(move |tx| super::renew(tx, &actor, id, delivery)).await?;
    Ok(made(&t, &origin, &invitation, secret))
}

/// Takes an invitation back.
///
/// # Errors
/// As of [`renew`].
pub async fn revoke(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let invitation = db.write(move |tx| super::revoke(tx, &actor, id)).await?;
    let said = t.say_with(
        "invitations-revoked",
        kit::args!(email = invitation.email.as_str()),
    );
    Ok((Notice::new(said), Redirect::to(ADDRESS)).into_response())
}

/// What the invited see. Looking does not use the link up: programs that follow links in mails change nothing.
///
/// # Errors
/// The database's.
pub async fn look(State(db): State<Db>, t: Text, Path(link): Path<String>) -> Result<Page, Failure> {
    accept_page(&db, &t, &link, None).await
}

/// Makes the agent and signs them in.
///
/// # Errors
/// The database's.
pub async fn accept(
    State(Entrance { db, cookie, .. }): State<Entrance>,
    (visitor, origin): (Visitor, Origin),
    t: Text,
    Path(link): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let Ok(secret) = link.parse::<Secret>() else {
        return Ok(closed(&t).into_response());
    };
    let name = sent.one("name").to_owned();
    let wanted = name.clone();
    let accepted = db
        .write(move |tx| super::accept(tx, &secret, &wanted, &visitor, origin.clone()))
        .await;
    match accepted {
        Ok((_, session)) => {
            let key = cookie.set(&session.expose(), SESSION_MOST.as_secs());
            // They have no password yet: this is where they choose how to come in next time.
            let said = Notice::new(t.say("invitations-accepted"));
            Ok(([(SET_COOKIE, key)], said, Redirect::to("/settings/security")).into_response())
        }
        Err(InvitationError::Unknown) => Ok(closed(&t).into_response()),
        Err(error) => {
            let failure = Failure::from(error);
            if failure.field_text("name", &t).is_empty() {
                return Err(failure);
            }
            let page = accept_page(&db, &t, &link, Some((&name, &failure))).await?;
            Ok(page.status(failure.status()).into_response())
        }
    }
}

async fn accept_page(
    db: &Db,
    t: &Text,
    link: &str,
    wrong: Option<(&str, &Failure)>,
) -> Result<Page, Failure> {
    let Ok(secret) = link.parse::<Secret>() else {
        return Ok(closed(t));
    };
    let found = db
        .read(move |tx| {
            let Some((workspace, invitation)) = super::look(tx, &secret)? else {
                return Ok(None);
            };
            let workspace = workspaces::find(tx, workspace)?;
            Ok::<_, DbError>(workspace.map(|workspace| (workspace, invitation)))
        })
        .await?;
    let Some((workspace, invitation)) = found else {
        return Ok(closed(t));
    };
    let view = AcceptPage {
        t,
        link,
        name: wrong.map_or(invitation.name.as_str(), |(name, _)| name),
        name_error: wrong
            .map(|(_, failure)| failure.field_text("name", t))
            .unwrap_or_default(),
        workspace: workspace.name,
        invitation: &invitation,
    };
    Ok(Page::new(t.say("invitations-welcome"), &view).frame(Frame::Alone))
}

fn closed(t: &Text) -> Page {
    let page = Page::new(t.say("doors-link-closed"), &ClosedPage { t }).frame(Frame::Alone);
    page.status(StatusCode::NOT_FOUND)
}

/// The link, once; or that a letter brings it.
fn made(t: &Text, origin: &str, invitation: &Invitation, secret: Option<Secret>) -> Response {
    let Some(secret) = secret else {
        let said = t.say_with("invitations-sent", kit::args!(email = invitation.email.as_str()));
        return (Notice::new(said), Redirect::to(ADDRESS)).into_response();
    };
    let link = format!("{origin}/invitation/{}", secret.expose());
    settings(t, t.say("invitations-made"), &LinkPage { t, invitation, link }).into_response()
}

async fn form(
    db: &Db,
    actor: &Actor,
    t: &Text,
    sent: &InvitationText,
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let (custom, mut teams): (Vec<CustomRole>, Vec<Team>) = db
        .read(move |tx| Ok::<_, DbError>((roles::all(tx, workspace)?, teams::all(tx, workspace)?)))
        .await?;
    teams.retain(|team| team.archiving.is_none());
    let field = |name| {
        wrong
            .map(|failure| failure.field_text(name, t))
            .unwrap_or_default()
    };
    let view = FormPage {
        t,
        sent,
        roles: roles::choices(t, actor, &custom, sent.role),
        teams,
        has_mail: Delivery::of(db, false) == Delivery::Letter,
        name_error: field("name"),
        email_error: field("email"),
        role_error: field("role"),
    };
    Ok(settings(t, t.say("agents-invite"), &view))
}

fn settings(t: &Text, title: String, view: &impl askama::Template) -> Page {
    Page::new(title, view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-agents"), ADDRESS)
}
