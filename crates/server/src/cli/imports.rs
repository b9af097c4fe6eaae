//! `tandem import`: an exported workspace, with `csv` a file of another program, with `usage` events of the past
//! ([`super::backfill`]), with `mail` old mail ([`super::old_mail`]).
//!
//! A CSV file goes through the same import as on the pages: it is stored, guessed, mapped and taken in batches. Where a
//! server has the database's file, the server takes the rows; otherwise this command does.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use futures::StreamExt;
use kit::clock::Clock;
use kit::db::Db;
use kit::i18n::Text;
use kit::id::Ids;
use tandem_core::actor::Actor;
use tandem_core::imports::writing::{DayOrder, DecimalSign, Writing};
use tandem_core::imports::{self, Import, ImportError, ImportId, New, State, files};
use tokio_util::io::ReaderStream;

use super::{Call, Exit, Failure, admin, archives, backfill, old_mail, print, progress, wait};
use crate::app::Opened;
use crate::{app, wiring};

const CSV: &str = "csv";
const MAIL: &str = "mail";
pub(super) const FILE: &str = "file";
const TARGET: &str = "target";
pub(super) const MAP: &str = "map";
const READ: &str = "read";
pub(super) const REFUSED: &str = "refused";
pub(super) const EMAIL: &str = "email";
/// How long to wait before looking again whether something is due.
pub(super) const PAUSE: Duration = Duration::from_millis(200);

pub(super) fn arguments(command: Command) -> Command {
    let option = |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help);
    let file = Arg::new(FILE).required(true).value_parser(value_parser!(PathBuf));
    let csv = Command::new(CSV)
        .about("Import the rows of a CSV file; the same rows again double nothing")
        .arg(file.help("The file, in any encoding and with any separator"))
        .arg(option(TARGET, "What the file brings: accounts, contacts, subscriptions, orders, invoices or touchpoints").default_value("accounts"))
        .arg(
            option(
                MAP,
                "A column and its field: --map \"Company=name\"; may be given several times",
            )
            .value_name("COLUMN=FIELD")
            .action(ArgAction::Append),
        )
        .arg(
            option(
                READ,
                "How a column writes days or amounts: --read \"Since=month_first\", --read \"Price=comma\"; where the file leaves it open",
            )
            .value_name("COLUMN=day_first|month_first|comma|point")
            .action(ArgAction::Append),
        )
        .arg(
            option(
                REFUSED,
                "Where to write the rows that were refused, with the reason beside each",
            )
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(option(
            "workspace",
            "The workspace's id; may be left out when there is only one",
        ))
        .arg(option(
            EMAIL,
            "The address of the agent in whose name the rows come; the program itself when left out",
        ));
    archives::file(command)
        .subcommand_negates_reqs(true)
        .args_conflicts_with_subcommands(true)
        .subcommand(csv)
        .subcommand(backfill::arguments())
        .subcommand(old_mail::arguments(Command::new(MAIL)))
}

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    match call.arguments.subcommand() {
        Some((backfill::USAGE, arguments)) => wait(backfill::run(call, arguments)),
        Some((MAIL, arguments)) => wait(old_mail::run(call, arguments)),
        Some((_, arguments)) => wait(csv(call, arguments)),
        None => archives::import(call),
    }
}

async fn csv(call: &Call, arguments: &ArgMatches) -> Result<(), Failure> {
    let opened = app::open_beside(&call.config, Clock::system(), Ids::random())?;
    let runs_here = opened.is_alone() || opened.db.is_postgres();
    if runs_here {
        opened.db.migrate(wiring::MIGRATIONS).await?;
    }
    let actor = actor(&opened.db, arguments).await?;
    let import = bring(&opened, &actor, arguments).await?;
    let id = import.id;
    if !runs_here {
        opened.db.close().await;
        return print(&format!(
            "{id}: {} rows; the running server takes them\n",
            import.total
        ));
    }
    progress(&format!("{id}: {} rows", import.total));
    let over = carry(&opened.db, &actor, id).await?;
    if let Some(path) = arguments.get_one::<PathBuf>(REFUSED) {
        write_refused(&opened.db, &actor, id, path).await?;
    }
    opened.db.close().await;
    print(&summary(&over))?;
    match over.state {
        State::Done => Ok(()),
        state => Err(Failure::new(format!("the import is {}", state.as_str()))
            .advice(over.problem.unwrap_or_else(|| "look at its page".to_owned()))),
    }
}

/// Runs what is due until the import is over. A batch that gave way to others is tried again after a while, and on
/// PostgreSQL a server may be the one who takes it.
async fn carry(db: &Db, actor: &Actor, id: ImportId) -> Result<Import, Failure> {
    let jobs = wiring::jobs();
    loop {
        while kit::jobs::run_due(db, &jobs).await? > 0 {}
        let reader = actor.clone();
        let found = db.read(move |tx| imports::find(tx, &reader, id)).await?;
        let import = found.ok_or_else(|| Failure::new("the import is gone"))?;
        if !import.is_moving() {
            return Ok(import);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

pub(super) async fn actor(db: &Db, arguments: &ArgMatches) -> Result<Actor, Failure> {
    let workspace = admin::workspace(db, arguments).await?;
    if arguments.get_one::<String>(EMAIL).is_none() {
        return Ok(Actor::system(workspace, "command line"));
    }
    let agent = admin::named_agent(db, arguments).await?;
    Ok(agent.actor(workspace))
}

/// Stores the file, maps its columns, and begins the run.
async fn bring(opened: &Opened, actor: &Actor, arguments: &ArgMatches) -> Result<Import, Failure> {
    let path = arguments.get_one::<PathBuf>(FILE).expect("clap insists on it");
    let file = tokio::fs::File::open(path).await.map_err(|error| {
        Failure::new(format!("cannot read {}: {error}", path.display())).exit(Exit::Usage)
    })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let new = New {
        target: arguments.get_one::<String>(TARGET).cloned().unwrap_or_default(),
        file_name: name.unwrap_or_default(),
    };
    let draft = files::receive(&opened.db, actor, new, ReaderStream::new(file)).await?;
    let (mapping, writing) = (mapping(&draft, arguments)?, writing(&draft, arguments)?);
    let (author, id) = (actor.clone(), draft.id);
    let begun = opened.db.write(move |tx| {
        imports::map(tx, &author, id, &mapping, &writing)?;
        imports::start(tx, &author, id)
    });
    Ok(begun.await?)
}

/// The guessed mapping with what the flags say otherwise.
fn mapping(draft: &Import, arguments: &ArgMatches) -> Result<Vec<Option<String>>, Failure> {
    let mut mapping = draft.mapping.clone();
    for pair in arguments.get_many::<String>(MAP).unwrap_or_default() {
        let (place, field) = of_column(draft, pair)?;
        mapping
            .iter_mut()
            .filter(|known| known.as_deref() == Some(field))
            .for_each(|known| *known = None);
        mapping[place] = Some(field.to_owned()).filter(|field| !field.is_empty());
    }
    Ok(mapping)
}

/// What the flags say of the writing of columns.
fn writing(draft: &Import, arguments: &ArgMatches) -> Result<Vec<Writing>, Failure> {
    let mut writing = vec![Writing::default(); draft.layout.columns.len()];
    for pair in arguments.get_many::<String>(READ).unwrap_or_default() {
        let (place, word) = of_column(draft, pair)?;
        match word {
            "day_first" => writing[place].days = Some(DayOrder::DayFirst),
            "month_first" => writing[place].days = Some(DayOrder::MonthFirst),
            "comma" => writing[place].amounts = Some(DecimalSign::Comma),
            "point" => writing[place].amounts = Some(DecimalSign::Point),
            _ => {
                return Err(wrong(format!(
                    "{word} is none of day_first, month_first, comma, point"
                )));
            }
        }
    }
    Ok(writing)
}

/// The place of the column in `COLUMN=WORD`, and the word.
fn of_column<'p>(draft: &Import, pair: &'p str) -> Result<(usize, &'p str), Failure> {
    let (column, word) = pair
        .rsplit_once('=')
        .ok_or_else(|| wrong(format!("{pair} is no COLUMN=WORD")))?;
    let columns = &draft.layout.columns;
    let place = columns.iter().position(|known| known == column);
    let advice = || format!("the file has: {}", columns.join(", "));
    let place = place.ok_or_else(|| wrong(format!("there is no column {column}")).advice(advice()))?;
    Ok((place, word))
}

pub(super) fn wrong(problem: String) -> Failure {
    Failure::new(problem).exit(Exit::Usage)
}

async fn write_refused(db: &Db, actor: &Actor, id: ImportId, path: &PathBuf) -> Result<(), Failure> {
    let trouble = |error: std::io::Error| Failure::new(format!("cannot write {}: {error}", path.display()));
    let mut lines = std::pin::pin!(imports::refused(db, actor, id, Text::default()).await?);
    let mut file = std::fs::File::create(path).map_err(trouble)?;
    while let Some(Ok(line)) = lines.next().await {
        file.write_all(&line).map_err(trouble)?;
    }
    file.sync_all().map_err(trouble)
}

fn summary(import: &Import) -> String {
    let counts = &import.counts;
    format!(
        "{}: {} new, {} changed, {} unchanged, {} refused\n",
        import.id, counts.added, counts.changed, counts.unchanged, counts.refused
    )
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Db(error) => error.into(),
            ImportError::Blob(error) => error.into(),
            ImportError::Unmapped(_) => Self::new(error.to_string())
                .exit(Exit::Usage)
                .advice("say which column it is with --map COLUMN=FIELD"),
            ImportError::Unclear(_) => Self::new(error.to_string())
                .exit(Exit::Usage)
                .advice("say it with --read COLUMN=day_first, month_first, comma or point"),
            error => Self::new(error.to_string()).exit(Exit::Usage),
        }
    }
}
