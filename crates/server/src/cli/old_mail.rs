//! `tandem import mail`: an mbox file or a Maildir becomes tickets with their past.
//!
//! It goes through the same import as on the pages. With `--look` it ends when the file was looked through; otherwise its
//! mails are taken: by this command, or by the server that has the database's file.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use desk::mailboxes;
use desk::mails::old::{self, Choices, MailImport, MailImportError, MailImportId, MailImportState, New};
use kit::clock::Clock;
use kit::db::Db;
use kit::id::Ids;
use tandem_core::actor::Actor;
use tokio_util::io::ReaderStream;

use super::imports::{EMAIL, PAUSE, actor};
use super::{Call, Exit, Failure, print, progress};
use crate::app::Opened;
use crate::{app, wiring};

const PATH: &str = "path";
const INBOX: &str = "inbox";
const OPEN_DAYS: &str = "open-days";
const OWN: &str = "own";
const MACHINES: &str = "machines";
const LOOK: &str = "look";

pub(super) fn arguments(command: Command) -> Command {
    let option = |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help);
    command
        .about("Import old mail from an mbox file or a Maildir; the same mail again doubles nothing")
        .arg(
            Arg::new(PATH)
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The mbox file, or the folder with cur and new in it"),
        )
        .arg(
            option(INBOX, "The address of the mailbox to which the mails had come")
                .value_name("ADDRESS")
                .required(true),
        )
        .arg(
            option(
                OPEN_DAYS,
                "Tickets whose last message is at most so many days old stay open",
            )
            .value_name("DAYS")
            .value_parser(value_parser!(i64).range(0..=3_650))
            .default_value("14"),
        )
        .arg(
            option(
                OWN,
                "An address that was ours beside those of mailboxes and agents; may be given several times",
            )
            .value_name("ADDRESS")
            .action(ArgAction::Append),
        )
        .arg(
            option(
                MACHINES,
                "Newsletters, notices of absence and the like become tickets too",
            )
            .action(ArgAction::SetTrue),
        )
        .arg(option(LOOK, "Say what is in it and stop; it then waits on its page").action(ArgAction::SetTrue))
        .arg(option(
            "workspace",
            "The workspace's id; may be left out when there is only one",
        ))
        .arg(option(
            EMAIL,
            "The address of the agent in whose name it runs; the program itself when left out",
        ))
}

pub(super) async fn run(call: &Call, arguments: &ArgMatches) -> Result<(), Failure> {
    let opened = app::open_beside(&call.config, Clock::system(), Ids::random())?;
    let runs_here = opened.is_alone() || opened.db.is_postgres();
    if runs_here {
        opened.db.migrate(wiring::MIGRATIONS).await?;
    }
    let actor = actor(&opened.db, arguments).await?;
    let id = bring(&opened, &actor, arguments).await?;
    // A server beside this command has the jobs; whoever is alone does them.
    let looked = carry(&opened.db, &actor, id, runs_here).await?;
    print(&found(&looked))?;
    if arguments.get_flag(LOOK) || looked.state != MailImportState::Ready {
        opened.db.close().await;
        return ended(&looked, MailImportState::Ready);
    }
    let choices = choices(arguments);
    let author = actor.clone();
    opened
        .db
        .write(move |tx| old::start(tx, &author, id, &choices))
        .await?;
    if !runs_here {
        opened.db.close().await;
        return print(&format!("{id}: the running server takes them\n"));
    }
    let over = carry(&opened.db, &actor, id, true).await?;
    opened.db.close().await;
    print(&summary(&over))?;
    ended(&over, MailImportState::Done)
}

fn ended(import: &MailImport, wanted: MailImportState) -> Result<(), Failure> {
    if import.state == wanted {
        return Ok(());
    }
    let advice = if import.problem.is_empty() {
        "look at its page".to_owned()
    } else {
        import.problem.clone()
    };
    Err(Failure::new(format!("the import is {}", import.state.as_str())).advice(advice))
}

fn choices(arguments: &ArgMatches) -> Choices {
    let own = arguments.get_many::<String>(OWN).unwrap_or_default();
    Choices {
        open_days: arguments.get_one::<i64>(OPEN_DAYS).copied().unwrap_or_default(),
        takes_machines: arguments.get_flag(MACHINES),
        own: own.cloned().collect(),
    }
}

/// Stores the file, or the folder as one.
async fn bring(opened: &Opened, actor: &Actor, arguments: &ArgMatches) -> Result<MailImportId, Failure> {
    let path = arguments.get_one::<PathBuf>(PATH).expect("clap insists on it");
    let trouble = |error: std::io::Error| {
        Failure::new(format!("cannot read {}: {error}", path.display())).exit(Exit::Usage)
    };
    let address = arguments.get_one::<String>(INBOX).cloned().unwrap_or_default();
    let workspace = actor.workspace;
    let boxes = opened.db.read(move |tx| mailboxes::all(tx, workspace)).await?;
    let wanted = mailboxes::folded(&address);
    let known: Vec<&str> = boxes.iter().map(|one| one.address.as_str()).collect();
    let mailbox = boxes.iter().find(|one| one.address == wanted).ok_or_else(|| {
        Failure::new(format!("there is no mailbox {address}"))
            .exit(Exit::Usage)
            .advice(format!("there are: {}", known.join(", ")))
    })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let new = New {
        mailbox: mailbox.id,
        file_name: name.unwrap_or_default(),
    };
    let import = if tokio::fs::metadata(path).await.map_err(trouble)?.is_dir() {
        old::receive(&opened.db, actor, new, old::maildir(path)).await?
    } else {
        let file = tokio::fs::File::open(path).await.map_err(trouble)?;
        old::receive(&opened.db, actor, new, ReaderStream::new(file)).await?
    };
    Ok(import.id)
}

/// Waits until the import stands; does what is due where nobody else would.
async fn carry(db: &Db, actor: &Actor, id: MailImportId, runs_here: bool) -> Result<MailImport, Failure> {
    let jobs = wiring::jobs();
    let mut told = (0, 0);
    loop {
        while runs_here && kit::jobs::run_due(db, &jobs).await? > 0 {}
        let reader = actor.clone();
        let found = db.read(move |tx| old::find(tx, &reader, id)).await?;
        let import = found.ok_or_else(|| Failure::new("the import is gone"))?;
        if !import.is_moving() {
            return Ok(import);
        }
        let now = import.progress();
        if now != told {
            told = now;
            progress(&format!("{id}: {} of {}, {} mails/s", now.0, now.1, import.rate));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn found(import: &MailImport) -> String {
    let found = &import.found;
    let own: Vec<String> = found
        .own
        .iter()
        .map(|(address, count)| format!("{address} ({count})"))
        .collect();
    format!(
        "{}: {} mails, {} conversations; sent by us: {}\n",
        import.id,
        found.mails,
        found.threads,
        if own.is_empty() {
            "none".to_owned()
        } else {
            own.join(", ")
        }
    )
}

fn summary(import: &MailImport) -> String {
    let counts = &import.counts;
    format!(
        "{}: {} tickets, {} further messages, {} known, {} aside, {} refused\n",
        import.id, counts.opened, counts.joined, counts.repeated, counts.aside, counts.refused
    )
}

impl From<MailImportError> for Failure {
    fn from(error: MailImportError) -> Self {
        match error {
            MailImportError::Db(error) => error.into(),
            MailImportError::Blob(error) => error.into(),
            error => Self::new(error.to_string()).exit(Exit::Usage),
        }
    }
}
