//! Where settings come from, and how the sources are joined.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use super::{ConfigError, SETTINGS, Setting, values::Value};

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nobody set it.
    Default,
    /// A line of this file.
    File(String),
    /// A credential of the service manager.
    Credential,
    /// This environment variable.
    Environment(String),
    /// This command-line flag.
    Flag(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "file {path}"),
            Self::Credential => f.write_str("credential"),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::Flag(name) => write!(f, "flag --{name}"),
        }
    }
}

/// Everything the outside world said, before any of it is understood.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The configuration file: its name and text.
    pub file: Option<(String, String)>,
    /// Credentials by file name.
    pub credentials: BTreeMap<String, String>,
    /// The whole environment.
    pub environment: BTreeMap<String, String>,
    /// Flags by setting key.
    pub flags: BTreeMap<String, String>,
}

impl Inputs {
    /// Collects what this process was given: `file` or `tandem.toml` if there is one, the folder
    /// named by `CREDENTIALS_DIRECTORY`, the environment, and `flags`.
    ///
    /// # Errors
    /// A file that was asked for cannot be read.
    pub fn of_this_process(
        file: Option<&Path>,
        flags: BTreeMap<String, String>,
    ) -> Result<Self, ConfigError> {
        let environment: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let named = file
            .map(Path::to_owned)
            .or_else(|| environment.get("TANDEM_CONFIG").map(PathBuf::from));
        let file = match named {
            Some(path) => Some(read_file(&path)?),
            None if Path::new("tandem.toml").exists() => Some(read_file(Path::new("tandem.toml"))?),
            None => None,
        };
        let credentials = match environment.get("CREDENTIALS_DIRECTORY") {
            Some(folder) => read_credentials(Path::new(folder))?,
            None => BTreeMap::new(),
        };
        Ok(Self {
            file,
            credentials,
            environment,
            flags,
        })
    }

    /// The last word on each setting.
    pub(super) fn gather(&self) -> Result<Given, ConfigError> {
        let mut given = Given::default();
        self.gather_file(&mut given)?;
        for setting in SETTINGS {
            if let Some(text) = self.credentials.get(setting.key) {
                given.set(setting, Place::Credential, text.trim_end());
            }
        }
        self.gather_environment(&mut given)?;
        for (key, text) in &self.flags {
            let setting = find(key, || Place::Flag(key.replace('_', "-")))?;
            given.set(setting, Place::Flag(setting.flag()), text);
        }
        Ok(given)
    }

    fn gather_file(&self, given: &mut Given) -> Result<(), ConfigError> {
        let Some((path, text)) = &self.file else {
            return Ok(());
        };
        // The parser's own message quotes the line, which may hold a secret.
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| ConfigError::File {
            path: path.clone(),
            reason: format!("line {}: {}", line_of(text, error.span()), error.message()),
        })?;
        for (key, value) in &table {
            let place = Place::File(path.clone());
            let setting = find(key, || place.clone())?;
            let text = flat(value).ok_or_else(|| ConfigError::Value {
                key: setting.key,
                place: place.clone(),
                right: format!("a plain value ({}) or a list of texts", setting.kind),
                given: None,
            })?;
            given.set(setting, place, &text);
        }
        Ok(())
    }

    fn gather_environment(&self, given: &mut Given) -> Result<(), ConfigError> {
        if let (Some(url), Some(setting)) = (self.environment.get("DATABASE_URL"), setting("database_url")) {
            given.set(setting, Place::Environment("DATABASE_URL".to_owned()), url);
        }
        for (name, text) in &self.environment {
            let Some(key) = name.strip_prefix("TANDEM_") else {
                continue;
            };
            if key == "CONFIG" || key.starts_with("TEST_") {
                continue;
            }
            let setting = find(&key.to_lowercase(), || Place::Environment(name.clone()))?;
            // Compose files pass variables on that nobody filled in.
            if !text.is_empty() {
                given.set(setting, Place::Environment(name.clone()), text);
            }
        }
        Ok(())
    }
}

/// The settings that somebody set: text and place by key.
#[derive(Default)]
pub(super) struct Given(BTreeMap<&'static str, (Place, String)>);

impl Given {
    fn set(&mut self, setting: &Setting, place: Place, text: &str) {
        self.0.insert(setting.key, (place, text.to_owned()));
    }

    pub(super) fn place(&self, key: &str) -> Place {
        self.0.get(key).map_or(Place::Default, |(place, _)| place.clone())
    }

    pub(super) fn value<T: Value>(&self, key: &str) -> Result<T, ConfigError> {
        let setting = setting(key).expect("the struct and the table have the same rows");
        let text = self.0.get(key).map_or(setting.default, |(_, text)| text);
        T::parse(text).map_err(|right| ConfigError::Value {
            key: setting.key,
            place: self.place(key),
            right,
            given: (!setting.is_secret).then(|| text.to_owned()),
        })
    }
}

fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

fn find(key: &str, place: impl Fn() -> Place) -> Result<&'static Setting, ConfigError> {
    setting(key).ok_or_else(|| ConfigError::Unknown {
        name: key.to_owned(),
        place: place(),
    })
}

/// A TOML value as the text that the other sources would give.
fn flat(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(answer) => Some(answer.to_string()),
        toml::Value::Array(items) => items
            .iter()
            .map(|item| item.as_str())
            .collect::<Option<Vec<_>>>()
            .map(|items| items.join(",")),
        _ => None,
    }
}

fn line_of(text: &str, span: Option<std::ops::Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start.min(text.len()));
    text.as_bytes()[..start]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

fn read_file(path: &Path) -> Result<(String, String), ConfigError> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(ConfigError::File {
            path: name,
            reason: error.to_string(),
        }),
    }
}

/// Credentials that are named like a setting; others belong to somebody else.
fn read_credentials(folder: &Path) -> Result<BTreeMap<String, String>, ConfigError> {
    let mut credentials = BTreeMap::new();
    for setting in SETTINGS {
        let path = folder.join(setting.key);
        if path.exists() {
            let (_, text) = read_file(&path)?;
            credentials.insert(setting.key.to_owned(), text);
        }
    }
    Ok(credentials)
}
