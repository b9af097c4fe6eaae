//! What can be wrong with the configuration, said so that it can be put right.

use super::{SETTINGS, sources::Place};

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A name that is no setting.
    #[error("unknown setting {name} from {place}{}", nearest(name))]
    Unknown {
        /// The name as given.
        name: String,
        /// Where it was given.
        place: Place,
    },
    /// A value that the setting cannot take.
    #[error("{key} from {place} must be {right}{}", given.as_ref().map(|text| format!(", not {text:?}")).unwrap_or_default())]
    Value {
        /// The setting.
        key: &'static str,
        /// Where it was given.
        place: Place,
        /// What would be right.
        right: String,
        /// What was given; absent for secrets.
        given: Option<String>,
    },
    /// The file cannot be read or is not TOML.
    #[error("cannot read {path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it, without quoting from it.
        reason: String,
    },
}

/// The known name closest to `name`, as the end of a sentence.
fn nearest(name: &str) -> String {
    let name = name.to_lowercase().replace('-', "_");
    let name = name.strip_prefix("tandem_").unwrap_or(&name);
    let closest = SETTINGS
        .iter()
        .map(|setting| (edits(name, setting.key), setting.key))
        .min();
    match closest {
        Some((edits, key)) if edits <= 3 => format!("; did you mean {key}?"),
        _ => "; `tandem config` lists all settings".to_owned(),
    }
}

/// The number of single-letter edits between two words (Levenshtein).
fn edits(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (line, from) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, to) in to.chars().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    *row.last().expect("a row has at least its first cell")
}
