//! The command line: `tandem COMMAND [--setting value …]`.
//!
//! One table of commands; every setting is a flag of every command. A command that fails says in
//! one line what failed and what to do, and ends with the exit code of its kind ([`Exit`]).

mod admin;
mod archives;
pub(crate) mod audit;
mod backfill;
mod config;
mod demo;
mod doctor;
mod failure;
mod flags;
mod imports;
mod migrate;
mod old_mail;
mod search;
mod serve;
mod stored_mail;
mod wiring;

#[cfg(test)]
mod tests;

use std::{
    ffi::OsString,
    future::Future,
    io::{self, Write},
    process::ExitCode,
};

use clap::{ArgMatches, Command};

pub use failure::{Exit, Failure};

use crate::{
    config::{Config, Inputs, Place},
    logs::{self, Target},
};

/// One command of the table.
struct Entry {
    name: &'static str,
    about: &'static str,
    arguments: fn(Command) -> Command,
    run: fn(&Call) -> Result<(), Failure>,
    logs: Target,
}

/// A command as it was called.
pub(crate) struct Call {
    pub(crate) config: Config,
    pub(crate) inputs: Inputs,
    pub(crate) arguments: ArgMatches,
}

const COMMANDS: &[Entry] = &[
    Entry {
        name: "demo",
        about: "Serve sample data in a folder of its own and print the address that signs in",
        arguments: demo::arguments,
        run: demo::run,
        logs: Target::Error,
    },
    Entry {
        name: "serve",
        about: "Serve people and programs, receive mail, run jobs",
        arguments: |command| command,
        run: serve::run,
        logs: Target::Output,
    },
    Entry {
        name: "admin",
        about: "Make workspaces and agents, and links and tokens that let them in",
        arguments: admin::arguments,
        run: admin::run,
        logs: Target::Error,
    },
    Entry {
        name: "migrate",
        about: "Bring the database's schema up to this version",
        arguments: |command| command,
        run: migrate::run,
        logs: Target::Error,
    },
    Entry {
        name: "backup",
        about: "Write everything into one file, beside a running server",
        arguments: archives::file,
        run: archives::backup,
        logs: Target::Error,
    },
    Entry {
        name: "restore",
        about: "Load a backup into an empty database",
        arguments: archives::file,
        run: archives::restore,
        logs: Target::Error,
    },
    Entry {
        name: "export",
        about: "Write one workspace into one file, beside a running server",
        arguments: archives::workspace_and_file,
        run: archives::export,
        logs: Target::Error,
    },
    Entry {
        name: "import",
        about: "Load an exported workspace, the rows of a CSV file, usage events of the past, or old mail into this database",
        arguments: imports::arguments,
        run: imports::run,
        logs: Target::Error,
    },
    Entry {
        name: "mail",
        about: "Read the stored mail of one mailbox or of all again",
        arguments: stored_mail::arguments,
        run: stored_mail::run,
        logs: Target::Error,
    },
    Entry {
        name: "search",
        about: "Rebuild the search index of this machine",
        arguments: search::arguments,
        run: search::run,
        logs: Target::Error,
    },
    Entry {
        name: "doctor",
        about: "Look at everything the program stands on and say what to do",
        arguments: doctor::arguments,
        run: doctor::run,
        logs: Target::Error,
    },
    Entry {
        name: "wiring",
        about: "Print who listens to which event, and the kinds of jobs",
        arguments: |command| command,
        run: wiring::run,
        logs: Target::Error,
    },
    Entry {
        name: "config",
        about: "Print every setting, its value and where it came from",
        arguments: config::arguments,
        run: config::run,
        logs: Target::Error,
    },
];

impl Call {
    /// Where the setting `key` got its value.
    pub(crate) fn place_of(&self, key: &str) -> Result<Place, Failure> {
        let shown = Config::show(&self.inputs)?;
        Ok(shown
            .into_iter()
            .find(|shown| shown.key == key)
            .expect("the table has this setting")
            .place)
    }
}

/// Runs the command that `arguments` ask for; the first of them is the program's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version are no failures; clap prints each to where it belongs.
            let _ = error.print();
            return if error.use_stderr() {
                Exit::Usage.into()
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match call(&matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "tandem: {failure}");
            failure.exit.into()
        }
    }
}

/// The whole command line as clap sees it.
fn command() -> Command {
    let all = COMMANDS
        .iter()
        .map(|entry| (entry.arguments)(Command::new(entry.name).about(entry.about)));
    Command::new("tandem")
        .about("Help desk and customer success in one program")
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(failure::EXIT_CODES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(flags::arguments())
        .subcommands(all)
}

fn call(matches: &ArgMatches) -> Result<(), Failure> {
    let (name, arguments) = matches.subcommand().expect("clap insists on a command");
    let entry = COMMANDS
        .iter()
        .find(|entry| entry.name == name)
        .expect("clap knows only the table");
    let inputs = flags::inputs(arguments)?;
    let config = Config::load(&inputs)?;
    logs::start(config.log_format, &config.log_level, entry.logs);
    (entry.run)(&Call {
        config,
        inputs,
        arguments: arguments.clone(),
    })
}

/// Runs the asynchronous part of a command to its end.
pub(crate) fn wait<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start the runtime: {error}")))?;
    let done = runtime.block_on(work);
    // What still runs was told to stop and did not; it ends with the process.
    runtime.shutdown_background();
    done
}

/// Writes the result of a command. A reader that has seen enough and left is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}

/// Tells how far a long command is, to the person watching.
pub(crate) fn progress(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
