//! `tandem import usage`: usage events of the past from a file, as on the pages.
//!
//! The file is stored, its form and columns are guessed, and its lines are taken in batches. Where a server has the database's
//! file, the server takes them; otherwise this command does, and counts them into days.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use futures::StreamExt;
use kit::clock::Clock;
use kit::db::Db;
use kit::i18n::Text;
use kit::id::Ids;
use success::usage::backfill::{self, Backfill, BackfillError, BackfillId, New, Slot, State, Wish, files};
use success::usage::{folding, sources};
use tandem_core::actor::Actor;
use tandem_core::imports::writing::DayOrder;
use tokio_util::io::ReaderStream;

use super::imports::{EMAIL, FILE, MAP, PAUSE, REFUSED, actor, wrong};
use super::{Call, Exit, Failure, print, progress};
use crate::app::Opened;
use crate::{app, wiring};

pub(super) const USAGE: &str = "usage";
const SOURCE: &str = "source";
const UNTIL: &str = "until";
const DAYS: &str = "days";

pub(super) fn arguments() -> Command {
    let option = |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help);
    let file = Arg::new(FILE).required(true).value_parser(value_parser!(PathBuf));
    Command::new(USAGE)
        .about("Take usage events of the past from a file; the same file again adds nothing")
        .arg(file.help("JSONL in the form of Segment's protocol, or CSV with a header; packed with gzip or not"))
        .arg(
            option(SOURCE, "The source whose events they are, by its name or id; may be left out when there is only one")
                .value_name("NAME|ID"),
        )
        .arg(
            option(
                MAP,
                "A column and its place: --map \"Who=user\"; the places are event, user, group, time, message, call, \
                 anonymous, previous, nothing, and without one a property; may be given several times",
            )
            .value_name("COLUMN=PLACE")
            .action(ArgAction::Append),
        )
        .arg(
            option(DAYS, "How the times of a table write days, where the file leaves it open")
                .value_parser(["day_first", "month_first"]),
        )
        .arg(option(UNTIL, "Leave out events of this day and later: --until 2026-11-22").value_name("DAY"))
        .arg(
            option(REFUSED, "Where to write the lines that were refused, with the reason in each")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(option(
            "workspace",
            "The workspace's id; may be left out when there is only one",
        ))
        .arg(option(
            EMAIL,
            "The address of the agent in whose name the lines come; the program itself when left out",
        ))
}

pub(super) async fn run(call: &Call, arguments: &ArgMatches) -> Result<(), Failure> {
    let opened = app::open_beside(&call.config, Clock::system(), Ids::random())?;
    let runs_here = opened.is_alone() || opened.db.is_postgres();
    if runs_here {
        opened.db.migrate(wiring::MIGRATIONS).await?;
    }
    let actor = actor(&opened.db, arguments).await?;
    let begun = bring(&opened, &actor, arguments).await?;
    let id = begun.id;
    if !runs_here {
        opened.db.close().await;
        let told = format!("{id}: {} lines; the running server takes them\n", begun.total);
        return print(&told);
    }
    progress(&format!("{id}: {} lines", begun.total));
    let over = carry(&opened.db, &actor, id).await?;
    folding::fold(&opened.db).await?;
    if let Some(path) = arguments.get_one::<PathBuf>(REFUSED) {
        write_refused(&opened.db, &actor, id, path).await?;
    }
    opened.db.close().await;
    print(&summary(&over))?;
    match over.state {
        State::Done => Ok(()),
        state => Err(Failure::new(format!("the back-fill is {}", state.as_str()))
            .advice(over.problem.unwrap_or_else(|| "look at its page".to_owned()))),
    }
}

/// Stores the file, maps its columns, and begins the run; one that has begun already goes on.
async fn bring(opened: &Opened, actor: &Actor, arguments: &ArgMatches) -> Result<Backfill, Failure> {
    let path = arguments.get_one::<PathBuf>(FILE).expect("clap insists on it");
    let file = tokio::fs::File::open(path).await.map_err(|error| {
        Failure::new(format!("cannot read {}: {error}", path.display())).exit(Exit::Usage)
    })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let new = New {
        source: source(&opened.db, actor, arguments).await?,
        file_name: name.unwrap_or_default(),
    };
    let draft = files::receive(&opened.db, actor, new, ReaderStream::new(file)).await?;
    if draft.state != State::Draft {
        return Ok(draft);
    }
    let wish = wish(&draft, arguments)?;
    let (author, id) = (actor.clone(), draft.id);
    let begun = opened.db.write(move |tx| {
        backfill::map(tx, &author, id, &wish)?;
        backfill::start(tx, &author, id)
    });
    Ok(begun.await?)
}

/// The source that is meant.
async fn source(db: &Db, actor: &Actor, arguments: &ArgMatches) -> Result<sources::SourceId, Failure> {
    let reader = actor.clone();
    let all = db.read(move |tx| sources::all(tx, &reader)).await;
    let all = all.map_err(|error| Failure::new(error.to_string()))?;
    let names: Vec<&str> = all.iter().map(|source| source.name.as_str()).collect();
    let advice = format!("the workspace has: {}", names.join(", "));
    let Some(wanted) = arguments.get_one::<String>(SOURCE) else {
        return match all.as_slice() {
            [one] => Ok(one.id),
            _ => Err(wrong("say which source the events are of with --source".to_owned()).advice(advice)),
        };
    };
    let is_meant = |source: &&sources::Source| source.name == *wanted || source.id.to_string() == *wanted;
    let found = all.iter().find(is_meant);
    found
        .map(|source| source.id)
        .ok_or_else(|| wrong(format!("there is no source {wanted}")).advice(advice))
}

/// The guessed mapping with what the flags say otherwise.
fn wish(draft: &Backfill, arguments: &ArgMatches) -> Result<Wish, Failure> {
    let mut mapping = draft.mapping.clone();
    for pair in arguments.get_many::<String>(MAP).unwrap_or_default() {
        let (column, word) = pair
            .rsplit_once('=')
            .ok_or_else(|| wrong(format!("{pair} is no COLUMN=PLACE")))?;
        let columns = &draft.layout.columns;
        let place = columns.iter().position(|known| known == column);
        let advice = || format!("the file has: {}", columns.join(", "));
        let place = place.ok_or_else(|| wrong(format!("there is no column {column}")).advice(advice()))?;
        let slot = match word {
            "" => None,
            word => Some(Slot::named(word).ok_or_else(|| wrong(format!("{word} is no place of a column")))?),
        };
        if slot.is_some_and(|slot| slot != Slot::Nothing) {
            mapping
                .iter_mut()
                .filter(|known| **known == slot)
                .for_each(|known| *known = None);
        }
        mapping[place] = slot;
    }
    let until = match arguments.get_one::<String>(UNTIL) {
        Some(day) => Some(
            day.parse()
                .map_err(|_| wrong(format!("{day} is no day like 2026-11-22")))?,
        ),
        None => None,
    };
    let days = arguments.get_one::<String>(DAYS).map(|word| match word.as_str() {
        "month_first" => DayOrder::MonthFirst,
        _ => DayOrder::DayFirst,
    });
    Ok(Wish { mapping, days, until })
}

/// Runs what is due until it is over. On PostgreSQL a server may be the one who takes it.
async fn carry(db: &Db, actor: &Actor, id: BackfillId) -> Result<Backfill, Failure> {
    let jobs = wiring::jobs();
    loop {
        while kit::jobs::run_due(db, &jobs).await? > 0 {}
        let reader = actor.clone();
        let found = db.read(move |tx| backfill::find(tx, &reader, id)).await?;
        let backfill = found.ok_or_else(|| Failure::new("the back-fill is gone"))?;
        if backfill.state != State::Running {
            return Ok(backfill);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn write_refused(db: &Db, actor: &Actor, id: BackfillId, path: &Path) -> Result<(), Failure> {
    let trouble = |error: std::io::Error| Failure::new(format!("cannot write {}: {error}", path.display()));
    let mut lines = std::pin::pin!(files::refused(db, actor, id, Text::default()).await?);
    let mut file = std::fs::File::create(path).map_err(trouble)?;
    while let Some(Ok(line)) = lines.next().await {
        file.write_all(&line).map_err(trouble)?;
    }
    file.sync_all().map_err(trouble)
}

fn summary(backfill: &Backfill) -> String {
    let counts = &backfill.counts;
    format!(
        "{}: {} taken, {} known already, {} left out, {} refused\n",
        backfill.id, counts.taken, counts.known, counts.left_out, counts.refused
    )
}

impl From<BackfillError> for Failure {
    fn from(error: BackfillError) -> Self {
        match error {
            BackfillError::Db(error) => error.into(),
            BackfillError::Blob(error) => error.into(),
            BackfillError::Unmapped(_) | BackfillError::Twice(_) => Self::new(error.to_string())
                .exit(Exit::Usage)
                .advice("say which column it is with --map COLUMN=PLACE"),
            BackfillError::Unclear => Self::new(error.to_string())
                .exit(Exit::Usage)
                .advice("say it with --days day_first or month_first"),
            error => Self::new(error.to_string()).exit(Exit::Usage),
        }
    }
}
