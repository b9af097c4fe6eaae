//! `tandem config`

use clap::{Arg, ArgAction, Command};

use super::{Call, Failure, print};
use crate::config::{self, Config};

const REFERENCE: &str = "reference";

pub(super) fn arguments(command: Command) -> Command {
    command.arg(
        Arg::new(REFERENCE)
            .long(REFERENCE)
            .action(ArgAction::SetTrue)
            .help("Print the reference of all settings as Markdown instead"),
    )
}

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    if call.arguments.get_flag(REFERENCE) {
        return print(&config::reference());
    }
    let settings = Config::show(&call.inputs)?;
    let widest = |width: fn(&config::Shown) -> usize| settings.iter().map(width).max().unwrap_or_default();
    let key_width = widest(|shown| shown.key.len());
    let value_width = widest(|shown| shown.value.len());
    let lines: Vec<String> = settings
        .iter()
        .map(|shown| {
            format!(
                "{:key_width$}  {:value_width$}  {}\n",
                shown.key, shown.value, shown.place
            )
        })
        .collect();
    print(&lines.concat())
}
