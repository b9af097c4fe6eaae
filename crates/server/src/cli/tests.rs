//! The command line as clap understands it.

use super::*;

fn parsed(arguments: &[&str]) -> Result<ArgMatches, clap::Error> {
    command().try_get_matches_from(std::iter::once("tandem").chain(arguments.iter().copied()))
}

#[test]
fn the_command_line_is_well_formed() {
    command().debug_assert();
}

#[test]
fn every_setting_is_a_flag_of_every_command() {
    for entry in COMMANDS {
        let help = command()
            .find_subcommand(entry.name)
            .unwrap()
            .get_about()
            .map(ToString::to_string);
        assert_eq!(help.as_deref(), Some(entry.about));
    }
    let matches = parsed(&["config", "--listen", "[::1]:1", "--slow-query", "1s"]).unwrap();
    let inputs = flags::inputs(matches.subcommand().unwrap().1).unwrap();
    assert_eq!(inputs.flags["listen"], "[::1]:1");
    assert_eq!(inputs.flags["slow_query"], "1s");
    assert_eq!(inputs.flags.len(), 2);
}

#[test]
fn an_unknown_flag_names_the_nearest_known_one() {
    let refused = parsed(&["serve", "--lissten", "x"]).unwrap_err().to_string();
    assert!(refused.contains("--listen"), "{refused}");
}

#[test]
fn a_failure_says_what_and_what_to_do_in_one_line() {
    let failure = Failure::new("cannot listen").advice("choose another port");
    assert_eq!(failure.to_string(), "cannot listen; choose another port");
    assert_eq!(failure.exit, Exit::Failed);
    let taken = crate::lock::LockError::Held {
        database: "a.db".into(),
        pid: Some(7),
    };
    let failure = Failure::from(taken);
    assert_eq!(failure.exit, Exit::InUse);
    assert!(
        failure
            .to_string()
            .starts_with("a.db is in use by process 7; stop that process"),
        "{failure}"
    );
}
