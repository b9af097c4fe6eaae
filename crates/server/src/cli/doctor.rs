//! `tandem doctor`

use clap::{Arg, ArgAction, Command};
use kit::clock::Clock;

use super::{Call, Exit, Failure, print, wait};
use crate::doctor::{self, Verdict};
use crate::wiring;

const JSON: &str = "json";

pub(super) fn arguments(command: Command) -> Command {
    command.arg(
        Arg::new(JSON)
            .long(JSON)
            .action(ArgAction::SetTrue)
            .help("Print the findings as JSON"),
    )
}

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    wait(async {
        let findings = doctor::examine(&call.config, &Clock::system(), wiring::MIGRATIONS).await;
        let text = if call.arguments.get_flag(JSON) {
            let json = serde_json::to_string_pretty(&findings).expect("findings have only plain fields");
            format!("{json}\n")
        } else {
            doctor::text(&findings)
        };
        print(&text)?;
        match findings
            .iter()
            .filter(|finding| finding.verdict == Verdict::Fail)
            .count()
        {
            0 => Ok(()),
            1 => Err(Failure::new("one thing does not work").exit(Exit::Unhealthy)),
            count => Err(Failure::new(format!("{count} things do not work")).exit(Exit::Unhealthy)),
        }
    })
}
