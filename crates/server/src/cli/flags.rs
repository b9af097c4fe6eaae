//! Settings as flags.

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Arg, ArgMatches, value_parser};

use crate::config::{ConfigError, Inputs, SETTINGS};

const FILE: &str = "config_file";

/// A flag for every setting, and `--config` for the file.
pub(super) fn arguments() -> Vec<Arg> {
    let file = Arg::new(FILE)
        .long("config")
        .value_name("FILE")
        .help("Read settings from this file instead of tandem.toml")
        .value_parser(value_parser!(PathBuf));
    let settings = SETTINGS.iter().map(|setting| {
        Arg::new(setting.key)
            .long(setting.flag())
            .value_name(setting.kind.to_uppercase().replace(' ', "-"))
            .help(setting.help.trim())
    });
    // A setting's value may begin with a dash; clap would take it for another flag.
    std::iter::once(file)
        .chain(settings)
        .map(|arg| {
            arg.global(true)
                .help_heading("Settings")
                .allow_hyphen_values(true)
                .hide_short_help(false)
        })
        .collect()
}

/// The sources of settings with the flags of this call.
pub(super) fn inputs(arguments: &ArgMatches) -> Result<Inputs, ConfigError> {
    let flags: BTreeMap<String, String> = SETTINGS
        .iter()
        .filter_map(|setting| {
            Some((
                setting.key.to_owned(),
                arguments.get_one::<String>(setting.key)?.clone(),
            ))
        })
        .collect();
    Inputs::of_this_process(arguments.get_one::<PathBuf>(FILE).map(PathBuf::as_path), flags)
}
