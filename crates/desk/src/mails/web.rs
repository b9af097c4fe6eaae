//! The pages of mails: how mailboxes do and what came, one mail with what became of it, its look in a frame, its bytes.

use axum::extract::{Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Page};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::views::{self, Health, ListPage, MailPage};
use super::{
    Cause, LIST, Mail, MailError, MailId, State, alarm, asked, deciding, held, large, listing, look,
    oddities, pictures, reconciling, remote, replaying, rhythm, senders, watching,
};
use crate::mailboxes::{self, MailboxId, grants};
use crate::tickets::Ticket;

pub(super) const ADDRESS: &str = "/settings/mails";
/// Mails on one page of the list.
const PAGE: i64 = 50;
/// What the frame of a mail may load: images that stand in it, and pictures of ours. Links open elsewhere.
const FRAME: &str = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// Which mails, and where to go on.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    state: Option<String>,
    cause: Option<String>,
    after: Option<MailId>,
}

impl ListQuery {
    /// Of which state, and held back for which cause; a cause alone means what is held back.
    fn kind(&self) -> Result<(Option<State>, Option<Cause>), Failure> {
        let bad = || Failure::of(StatusCode::BAD_REQUEST);
        let state = self.state.as_deref();
        let state = state.map(|word| State::parse(word).ok_or_else(bad)).transpose()?;
        let cause = self.cause.as_deref();
        let cause = cause.map(|word| Cause::parse(word).ok_or_else(bad)).transpose()?;
        Ok((state.or(cause.map(|_| State::Suspended)), cause))
    }
}

/// Where the list goes on behind a mail.
fn next(kind: (Option<State>, Option<Cause>), last: &Mail) -> String {
    let state = kind
        .0
        .map_or(String::new(), |state| format!("state={}&", state.as_str()));
    let cause = kind
        .1
        .map_or(String::new(), |cause| format!("cause={}&", cause.as_str()));
    format!("{ADDRESS}?{state}{cause}after={}", last.id)
}

/// How the mailboxes do, and what came to them.
///
/// # Errors
/// A state or a cause that is none, or the database's.
pub async fn list(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let kind = query.kind()?;
    let may_compare = actor.may(Permission::MailsWrite);
    let may_open = actor.may(Permission::MailboxesWrite);
    let (health, causes, mut mails) = db
        .read(move |tx| {
            let mails = match kind {
                (state, Some(cause)) => listing::of_cause(tx, &actor, (state, cause), query.after, PAGE + 1)?,
                (state, None) => super::list(tx, &actor, state, query.after, PAGE + 1)?,
            };
            Ok::<_, MailError>((health(tx, &actor)?, held::causes(tx, &actor)?, mails))
        })
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = mails.len() > page;
    mails.truncate(page);
    let next = mails.last().filter(|_| has_more).map(|last| next(kind, last));
    let view = ListPage {
        t: &t,
        tabs: views::tabs(&t, kind.0, &health),
        causes: held::views::tabs(&t, kind, &causes),
        may_compare,
        may_open,
        health,
        mails,
        next,
    };
    let page = Page::new(t.say("settings-mails"), &view).place("settings");
    Ok(page
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST)
        .live(mailboxes::LIST))
}

/// How each mailbox does.
fn health(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Health>, MailError> {
    let boxes = mailboxes::all(tx, actor.workspace)?;
    let watches = watching::all(tx, actor.workspace)?;
    let mut all = Vec::new();
    let (workspace, now) = (actor.workspace, tx.now());
    let large = large::counts(tx, workspace)?;
    for mailbox in boxes {
        let watch = watches.iter().find(|watch| watch.mailbox == mailbox.id);
        let last = listing::store::last(tx, workspace, mailbox.id)?;
        all.push(Health {
            is_silent: alarm::is_silent(&mailbox, watch, now),
            rhythm: rhythm::of(tx, workspace, &mailbox)?,
            warnings: if mailbox.is_open() {
                grants::warnings(tx, workspace, &mailbox)?
            } else {
                Vec::new()
            },
            watch: watch.cloned(),
            counts: super::counts(tx, actor, mailbox.id)?,
            large: large
                .iter()
                .find(|(id, _)| *id == mailbox.id)
                .map_or(0, |(_, n)| *n),
            // What lay there before the mailbox was connected says nothing.
            last: last.filter(|(arrived, _)| *arrived > mailbox.created_at),
            waiting_since: listing::store::waiting_since(tx, workspace, mailbox.id)?,
            reconciliation: reconciling::store::find(tx, workspace, mailbox.id)?,
            replay: replaying::store::find(tx, workspace, mailbox.id)?,
            mailbox,
        });
    }
    Ok(all)
}

/// Begins to compare a mailbox with its server.
///
/// # Errors
/// No such mailbox here, one that is not read from a server, a missing permission, or the database's.
pub async fn reconcile(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
) -> Result<Response, Failure> {
    db.write(move |tx| reconciling::begin(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("mails-reconcile-begun"));
    Ok((notice, Redirect::to(ADDRESS)).into_response())
}

/// One mail: what happened to it and why, and what it looks like.
///
/// # Errors
/// No such mail here, or the database's.
pub async fn show(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
    Query(query): Query<LookQuery>,
) -> Result<Page, Failure> {
    let images = asked::images(&db, &actor, id, &query).await?;
    let may_decide = actor.may(Permission::MailsWrite);
    let may_list = actor.may(Permission::MailboxesRead);
    let (mail, mailbox, ticket, odd, wish) = db
        .read(move |tx| {
            let mail = super::seen(tx, &actor, id)?;
            let mailbox = mailboxes::one(tx, actor.workspace, mail.mailbox)?.ok_or(MailError::Unknown)?;
            let ticket = super::beside::of_mail(tx, &actor, &mail)?;
            let odd = oddities::of(tx, actor.workspace, &[id])?
                .remove(&id)
                .unwrap_or_default();
            Ok::<_, MailError>((mail, mailbox, ticket, odd, large::wish(tx, actor.workspace, id)?))
        })
        .await?;
    let view = MailPage {
        t: &t,
        mail: &mail,
        mailbox: &mailbox,
        ticket: ticket.as_ref(),
        may_decide,
        wish: wish.as_ref(),
        images,
        odd: oddities::sentences(&t, &odd),
    };
    let page = Page::new(views::subject(&t, &mail), &view).live(id.to_string());
    Ok(placed(page, &t, ticket.as_ref().filter(|_| !may_list)))
}

/// Under the ticket for who sees no mailboxes, else in the list of mails.
fn placed(page: Page, t: &Text, ticket: Option<&Ticket>) -> Page {
    match ticket {
        Some(ticket) => page
            .place("inbox")
            .crumb(format!("#{}", ticket.number), format!("/tickets/{}", ticket.id)),
        None => page
            .place("settings")
            .crumb(t.say("nav-settings"), "/settings")
            .crumb(t.say("settings-mails"), ADDRESS),
    }
}

/// Whether images of other hosts are to be shown.
#[derive(Debug, Default, Deserialize)]
pub struct LookQuery {
    images: Option<String>,
}

impl LookQuery {
    pub(super) fn shows_images(&self) -> bool {
        self.images.as_deref() == Some("shown")
    }
}

/// Shows images of a mail's sender at once from now on.
///
/// # Errors
/// No such mail here, or the database's.
pub async fn show_images(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
) -> Result<Response, Failure> {
    let mail = set_images(&db, actor, id, true).await?;
    let notice = Notice::new(t.say("mails-images-ever-on")).undo(format!("/mails/{id}/images/end"));
    Ok(to(notice, &mail))
}

/// Shows them no more unless they are asked for.
///
/// # Errors
/// As of [`show_images`].
pub async fn hide_images(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
) -> Result<Response, Failure> {
    let mail = set_images(&db, actor, id, false).await?;
    Ok(to(Notice::new(t.say("mails-images-ever-off")), &mail))
}

async fn set_images(db: &Db, actor: Actor, id: MailId, are_shown: bool) -> Result<Mail, Failure> {
    let set = db.write(move |tx| {
        let mail = super::seen(tx, &actor, id)?;
        senders::set_images(tx, &actor, &mail, are_shown)?;
        Ok::<_, MailError>(mail)
    });
    Ok(set.await?)
}

/// What a mail looks like: a document of its own for a frame, in which nothing runs and nothing is fetched.
///
/// # Errors
/// No such mail here, or trouble of the store.
pub async fn frame(
    Shared(db): Shared<Db>,
    actor: Actor,
    At(id): At<MailId>,
    Query(query): Query<LookQuery>,
) -> Result<Response, Failure> {
    let (mail, raw) = look::bytes(&db, &actor, id).await?;
    let fetched = if query.shows_images() || asked::ever(&db, &actor, &mail).await? {
        let images = asked::asked(&mail, &raw).await?;
        remote::fetched(&db, &images).await
    } else {
        Vec::new()
    };
    let named = mail.clone();
    let pictures = db.read(move |tx| pictures::of(tx, &actor, &named)).await?;
    let document = tokio::task::spawn_blocking(move || look::document(&mail, &raw, &fetched, &pictures))
        .await
        .map_err(|_| Failure::of(StatusCode::INTERNAL_SERVER_ERROR))?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAME)),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
    ];
    Ok((headers, document).into_response())
}

/// A mail as it came, to download.
///
/// # Errors
/// As of [`frame`].
pub async fn raw(Shared(db): Shared<Db>, actor: Actor, At(id): At<MailId>) -> Result<Response, Failure> {
    let (mail, raw) = look::bytes(&db, &actor, id).await?;
    let name = format!("attachment; filename=\"{}.eml\"", mail.id);
    let name = HeaderValue::from_str(&name).map_err(|_| Failure::of(StatusCode::INTERNAL_SERVER_ERROR))?;
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("message/rfc822")),
        (header::CONTENT_DISPOSITION, name),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
    ];
    Ok((headers, raw).into_response())
}

/// What the buttons send: whether it holds for the sender's mail from now on.
#[derive(Debug, Deserialize)]
pub struct Decided {
    #[serde(default)]
    ever: String,
}

impl Decided {
    fn is_for_ever(&self) -> bool {
        !self.ever.is_empty()
    }
}

/// Lets a mail through that was held back.
///
/// # Errors
/// No such mail here, one that nobody has to decide about, a missing permission, or the database's.
pub async fn release(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
    axum::Form(sent): axum::Form<Decided>,
) -> Result<Response, Failure> {
    let ever = sent.is_for_ever();
    let mail = db
        .write(move |tx| deciding::release(tx, &actor, id, ever))
        .await?;
    Ok(to(Notice::new(t.say("mails-was-released")), &mail))
}

/// Puts a mail aside that was held back.
///
/// # Errors
/// As of [`release`].
pub async fn block(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
    axum::Form(sent): axum::Form<Decided>,
) -> Result<Response, Failure> {
    let ever = sent.is_for_ever();
    let mail = db.write(move |tx| deciding::block(tx, &actor, id, ever)).await?;
    let notice = Notice::new(t.say("mails-was-blocked")).undo(format!("/mails/{id}/block/end"));
    Ok(to(notice, &mail))
}

/// Takes that back.
///
/// # Errors
/// As of [`release`].
pub async fn unblock(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
) -> Result<Response, Failure> {
    let mail = db.write(move |tx| deciding::unblock(tx, &actor, id)).await?;
    Ok(to(Notice::new(t.say("mails-was-unblocked")), &mail))
}

/// Has a mail read again.
///
/// # Errors
/// As of [`release`].
pub async fn reread(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
) -> Result<Response, Failure> {
    let mail = db.write(move |tx| deciding::reread(tx, &actor, id)).await?;
    Ok(to(Notice::new(t.say("mails-is-reread")), &mail))
}

fn to(notice: Notice, mail: &Mail) -> Response {
    (notice, Redirect::to(&format!("/mails/{}", mail.id))).into_response()
}
