//! What administrators should know before customers tell them: mailboxes that can't be read, mails that nobody decided on.

use std::time::Duration;

use askama::Template;
use axum::extract::State as Shared;
use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::i18n::{Args, Text};
use kit::web::{Failure, Page};
use tandem_core::actor::Actor;
use tandem_core::panels::{Panel, Place};
use tandem_core::permissions::Permission;

use super::watching::Watch;
use super::{LIST, State, listing, rhythm, watching};
use crate::dkim;
use crate::mailboxes::{self, Incoming, Mailbox, grants};

/// How long a mailbox may be silent before it counts as one that is not read.
pub(super) const SILENT: Duration = Duration::from_secs(30 * 60);

/// The panel of the home page: what is wrong with the mailboxes, and what waits for somebody.
pub const TROUBLES: Panel = Panel {
    lines: 2,
    is_wanted: Some(has_some),
    first_for: &[Permission::MailboxesWrite],
    ..Panel::new("mailboxes", Place::Home, Permission::MailboxesRead, "/home/mails")
};

/// What is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Troubles {
    unread: Vec<Mailbox>,
    /// No mail came there for much longer than is usual.
    quiet: Vec<Mailbox>,
    /// What is wrong with sign-ins, by the word of it.
    signed_out: Vec<(Mailbox, &'static str)>,
    held: i64,
    failed: i64,
    unsigned: Vec<String>,
}

fn has_some(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    Ok(troubles(tx, actor)? != Troubles::default())
}

fn troubles(tx: &mut Tx<'_>, actor: &Actor) -> Result<Troubles, DbError> {
    let workspace = actor.workspace;
    let (now, watches) = (tx.now(), watching::all(tx, workspace)?);
    let is_unread = |mailbox: &Mailbox| {
        let watch = watches.iter().find(|watch| watch.mailbox == mailbox.id);
        watch.is_some_and(|watch| !watch.trouble.is_empty()) || is_silent(mailbox, watch, now)
    };
    let mut troubles = Troubles {
        unsigned: dkim::lost(tx, workspace)?,
        ..Troubles::default()
    };
    for mailbox in mailboxes::all(tx, workspace)? {
        for (state, count) in listing::store::counts(tx, workspace, mailbox.id)? {
            match state {
                State::Suspended => troubles.held += count,
                State::Failed => troubles.failed += count,
                _ => {}
            }
        }
        if !mailbox.is_open() {
            continue;
        }
        if rhythm::of(tx, workspace, &mailbox)?.is_quiet {
            troubles.quiet.push(mailbox.clone());
        }
        let words = grants::warnings(tx, workspace, &mailbox)?;
        let is_explained = words
            .iter()
            .any(|word| *word != "secret_dies" && *word != "sign_in_dies");
        let signed_out = words.into_iter().map(|word| (mailbox.clone(), word));
        troubles.signed_out.extend(signed_out);
        if mailbox.incoming == Incoming::Imap && !is_explained && is_unread(&mailbox) {
            troubles.unread.push(mailbox);
        }
    }
    Ok(troubles)
}

/// Whether a mailbox that is read from a server was not for long.
pub(super) fn is_silent(mailbox: &Mailbox, watch: Option<&Watch>, now: Timestamp) -> bool {
    let since = watch
        .and_then(|watch| watch.succeeded_at)
        .unwrap_or(mailbox.created_at);
    mailbox.is_open() && mailbox.incoming == Incoming::Imap && now.since(since) > SILENT
}

#[derive(Template)]
#[template(path = "mails/views/troubles.html")]
struct TroublesPanel<'a> {
    t: &'a Text,
    troubles: Troubles,
}

impl TroublesPanel<'_> {
    /// What is wrong with the sign-in of a mailbox, in words.
    fn signed_out(&self, mailbox: &Mailbox, word: &str) -> String {
        let key = format!("mails-alarm-{}", word.replace('_', "-"));
        self.t.say_with(&key, kit::args!(name = mailbox.name.as_str()))
    }

    fn counted(&self, key: &str, count: &i64) -> String {
        self.t.say_with(key, Args::new().with_number("count", *count))
    }
}

/// The panel.
///
/// # Errors
/// The database's.
pub async fn panel(Shared(db): Shared<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let troubles = db.read(move |tx| troubles(tx, &actor)).await?;
    let page = Page::new(t.say("panel-mailboxes"), &TroublesPanel { t: &t, troubles });
    let page = page.place("home").crumb(t.say("nav-home"), "/");
    Ok(page.live(LIST).live(mailboxes::LIST).live(dkim::LIST))
}
