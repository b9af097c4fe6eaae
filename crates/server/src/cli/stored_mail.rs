//! `tandem mail replay`: stored mail is read again, of one mailbox or of all.
//!
//! It goes through the same work as on the pages: by this command, or by the server that has the database's file.

use clap::{Arg, ArgMatches, Command};
use desk::mailboxes::{self, MailboxId};
use desk::mails::MailError;
use desk::mails::replaying::{self, Replay};
use kit::clock::Clock;
use kit::db::Db;
use kit::id::Ids;
use tandem_core::actor::Actor;

use super::imports::{EMAIL, PAUSE, actor};
use super::{Call, Exit, Failure, print, progress, wait};
use crate::{app, wiring};

const INBOX: &str = "inbox";

pub(super) fn arguments(command: Command) -> Command {
    let option = |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help);
    command.subcommand_required(true).subcommand(
        Command::new("replay")
            .about("Read stored mail again over the same bytes; nothing moves and nothing comes twice")
            .arg(option(INBOX, "The address of the mailbox; all of them when left out").value_name("ADDRESS"))
            .arg(option(
                "workspace",
                "The workspace's id; may be left out when there is only one",
            ))
            .arg(option(
                EMAIL,
                "The address of the agent in whose name it runs; the program itself when left out",
            )),
    )
}

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    let (_, arguments) = call.arguments.subcommand().expect("clap insists on it");
    wait(replay(call, arguments))
}

async fn replay(call: &Call, arguments: &ArgMatches) -> Result<(), Failure> {
    let opened = app::open_beside(&call.config, Clock::system(), Ids::random())?;
    let runs_here = opened.is_alone() || opened.db.is_postgres();
    if runs_here {
        opened.db.migrate(wiring::MIGRATIONS).await?;
    }
    let actor = actor(&opened.db, arguments).await?;
    let author = actor.clone();
    let begun = match named(&opened.db, &actor, arguments).await? {
        Some(id) => {
            let begun = opened.db.write(move |tx| replaying::begin(tx, &author, id));
            vec![begun.await?]
        }
        None => {
            opened
                .db
                .write(move |tx| replaying::begin_all(tx, &author))
                .await?
        }
    };
    for one in &begun {
        // A server beside this command has the jobs; whoever is alone does them.
        if runs_here {
            let over = carry(&opened.db, &actor, one.mailbox).await?;
            print(&summary(&over))?;
        } else {
            print(&format!(
                "{}: the running server reads {} mails again\n",
                one.mailbox, one.total
            ))?;
        }
    }
    opened.db.close().await;
    Ok(())
}

/// The mailbox that was named.
async fn named(db: &Db, actor: &Actor, arguments: &ArgMatches) -> Result<Option<MailboxId>, Failure> {
    let Some(address) = arguments.get_one::<String>(INBOX) else {
        return Ok(None);
    };
    let workspace = actor.workspace;
    let boxes = db.read(move |tx| mailboxes::all(tx, workspace)).await?;
    let wanted = mailboxes::folded(address);
    let known: Vec<&str> = boxes.iter().map(|one| one.address.as_str()).collect();
    let found = boxes.iter().find(|one| one.address == wanted).ok_or_else(|| {
        Failure::new(format!("there is no mailbox {address}"))
            .exit(Exit::Usage)
            .advice(format!("there are: {}", known.join(", ")))
    })?;
    Ok(Some(found.id))
}

/// Does what is due until the mailbox is read.
async fn carry(db: &Db, actor: &Actor, id: MailboxId) -> Result<Replay, Failure> {
    let jobs = wiring::jobs();
    let mut told = -1;
    loop {
        while kit::jobs::run_due(db, &jobs).await? > 0 {}
        let reader = actor.clone();
        let found = db.read(move |tx| replaying::find(tx, &reader, id)).await?;
        let now = found.ok_or_else(|| Failure::new("the mailbox is gone"))?;
        if !now.phase.is_moving() {
            return Ok(now);
        }
        if now.looked != told {
            told = now.looked;
            progress(&format!("{id}: {} of {}", now.looked, now.total));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn summary(replay: &Replay) -> String {
    format!(
        "{}: {} mails read again, {} say something else, {} could not be read\n",
        replay.mailbox, replay.looked, replay.changed, replay.unread
    )
}

impl From<MailError> for Failure {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Db(error) => error.into(),
            error => Self::new(error.to_string()).exit(Exit::Usage),
        }
    }
}
