//! The configuration: one table of settings, four ways to set each.
//!
//! The table [`settings!`] below is the only list. From it come the struct [`Config`], every
//! command-line flag, the names in the file and in the environment, `tandem config` and
//! `docs/configuration.md`. Where a setting is given twice, the later of these wins: default,
//! file, credential (a file handed over by the service manager), environment, flag.
//!
//! Invariant: nothing here is guessed. An unknown name or a value that cannot be right stops the
//! program with the name, where it came from and what would have been right.

mod choices;
mod error;
mod reference;
mod sources;
mod values;

#[cfg(test)]
mod tests;

use std::{
    net::SocketAddr,
    num::{NonZeroU32, NonZeroUsize},
    path::PathBuf,
    time::Duration,
};

use secrecy::SecretString;

pub use choices::{LogFormat, LogLevel, Network, Role, Roles};
pub use error::ConfigError;
pub use reference::reference;
pub use sources::{Inputs, Place};
pub use values::{Origin, SecretUrl, Size, Value};

/// One row of the table of settings.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the file; `TANDEM_` and upper case in the environment; with dashes as a flag.
    pub key: &'static str,
    /// What kind of value it takes.
    pub kind: &'static str,
    /// The text it has when nobody sets it; empty means unset.
    pub default: &'static str,
    /// What it is for, in one sentence or two.
    pub help: &'static str,
    /// Whether the text must never be printed.
    pub is_secret: bool,
}

impl Setting {
    /// The name of the environment variable.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("TANDEM_{}", self.key.to_uppercase())
    }

    /// The name of the flag, without its two dashes.
    #[must_use]
    pub fn flag(&self) -> String {
        self.key.replace('_', "-")
    }
}

/// A setting as `tandem config` prints it.
#[derive(Debug)]
pub struct Shown {
    /// Its name.
    pub key: &'static str,
    /// Its value, secrets replaced.
    pub value: String,
    /// Where the value came from.
    pub place: Place,
}

macro_rules! settings {
    ($( $(#[doc = $help:literal])+ $key:ident: $kind:ty = $default:literal; )+) => {
        /// Every setting with its value. The fields are the rows of the table of settings.
        #[derive(Clone, Debug)]
        pub struct Config { $( $(#[doc = $help])+ pub $key: $kind, )+ }

        /// The table of settings, in the order in which the reference shows them.
        pub const SETTINGS: &[Setting] = &[ $( Setting {
            key: stringify!($key),
            kind: <$kind as Value>::KIND,
            default: $default,
            help: concat!($($help),+),
            is_secret: <$kind as Value>::IS_SECRET,
        }, )+ ];

        impl Config {
            /// Joins the sources; later ones win.
            ///
            /// # Errors
            /// The first unknown name or bad value.
            pub fn load(inputs: &Inputs) -> Result<Self, ConfigError> {
                let given = inputs.gather()?;
                Ok(Self { $( $key: given.value(stringify!($key))?, )+ })
            }

            /// Every setting with its value and where that came from.
            ///
            /// # Errors
            /// As [`Config::load`].
            pub fn show(inputs: &Inputs) -> Result<Vec<Shown>, ConfigError> {
                let given = inputs.gather()?;
                let config = Self::load(inputs)?;
                Ok(vec![ $( Shown {
                    key: stringify!($key),
                    value: config.$key.show(),
                    place: given.place(stringify!($key)),
                }, )+ ])
            }
        }
    };
}

settings! {
    /// Folder of everything this machine keeps: the database, the blobs, the search index.
    data: PathBuf = "tandem-data";
    /// Address at which people and programs are served.
    listen: SocketAddr = "127.0.0.1:8080";
    /// Address of metrics and health probes; keep it away from the internet.
    operations_listen: SocketAddr = "127.0.0.1:9090";
    /// Where people reach this server, for links in mails; when empty, http and the listening address.
    public_url: Option<Origin> = "";
    /// Addresses of the proxies in front, whose x-forwarded-for and x-request-id are believed.
    trusted_proxies: Vec<Network> = "";
    /// What this process takes part in: any of web, mail, worker, ingest.
    roles: Roles = "web,mail,worker,ingest";
    /// A PostgreSQL URL; when empty, an SQLite file in the data folder. `DATABASE_URL` is read as well.
    database_url: Option<SecretUrl> = "";
    /// Threads that answer interactive reads.
    database_readers: NonZeroUsize = "4";
    /// Threads that write, on PostgreSQL; SQLite always has one.
    database_writers: NonZeroUsize = "4";
    /// Threads that compute reports, apart from the interactive ones.
    database_reporters: NonZeroUsize = "2";
    /// Longest time one interactive statement may take.
    statement_timeout: Duration = "10s";
    /// Longest time one statement of a report may take.
    report_timeout: Duration = "5min";
    /// Statements slower than this are logged.
    slow_query: Duration = "200ms";
    /// Where files and mails are kept: a folder or s3://bucket/prefix; when empty, `blobs` in the data folder.
    blobs: Option<String> = "";
    /// Address of an S3-compatible store that is not Amazon's.
    s3_endpoint: Option<Origin> = "";
    /// Region of the S3 bucket.
    s3_region: String = "us-east-1";
    /// Access key of the S3 bucket.
    s3_access_key: Option<SecretString> = "";
    /// Secret key of the S3 bucket.
    s3_secret_key: Option<SecretString> = "";
    /// Keys that seal secrets in the database, joined by commas, the newest first; when empty, those in `seal.key` in the data folder, made at the first start. Several machines need the same.
    seal_keys: Option<SecretString> = "";
    /// Networks of your own that webhooks and single sign-on may reach, over http too, beside the public internet.
    outgoing_allowed: Vec<Network> = "";
    /// Mail server for outgoing mail, such as smtps://user:password@mail.example.com or smtp://mail.example.com?tls=required; when empty, no mail leaves.
    smtp_url: Option<SecretUrl> = "";
    /// Sender of the program's own mail, such as Tandem <tandem@example.com>; when empty, tandem at the host of the public address.
    mail_sender: Option<String> = "";
    /// Address at which other mail servers hand mail over by LMTP, such as 127.0.0.1:2424; when empty, none do. Keep it away from the internet.
    lmtp_listen: Option<SocketAddr> = "";
    /// Address at which other mail servers hand mail over by SMTP; when empty, none do. Only mail for mailboxes that are set up so is taken.
    smtp_listen: Option<SocketAddr> = "";
    /// File with the chain of certificates, as PEM, by which STARTTLS is offered to those who hand mail over by SMTP; when empty, it is not offered. Changed files are read within a minute, without a restart.
    smtp_certificate: Option<PathBuf> = "";
    /// File with the key of that certificate, as PEM.
    smtp_key: Option<PathBuf> = "";
    /// Connections to one mail server that this process has at a time, for reading and sending; mailboxes share them in turn.
    mail_connections: NonZeroUsize = "8";
    /// Whether agents whose role allows it may open further workspaces from the pages: true or false. The command line always may.
    further_workspaces: bool = "true";
    /// How log lines are written: text or json.
    log_format: LogFormat = "text";
    /// Which log lines are written.
    log_level: LogLevel = "info";
    /// Largest request body that is read at all; single pages allow less.
    body_limit: Size = "32MiB";
    /// Largest file that is read at all: an import.
    upload_limit: Size = "1GiB";
    /// Longest time until a file has come in.
    upload_timeout: Duration = "1h";
    /// Requests a minute that one API token may make of one process.
    api_requests: NonZeroU32 = "600";
    /// Longest time until an answer begins.
    request_timeout: Duration = "30s";
    /// Longest time that running requests have to finish when the server stops.
    drain: Duration = "5s";
    /// The server reports itself not ready when the disk has less room than this.
    disk_reserve: Size = "256MiB";
}

impl Config {
    /// Where people reach this server, as origin.
    #[must_use]
    pub fn public_origin(&self) -> Origin {
        self.public_url.clone().unwrap_or_else(|| {
            let (host, port) = (self.listen.ip(), self.listen.port());
            // Nobody can follow a link to "every address".
            let host = if host.is_unspecified() {
                "localhost".to_owned()
            } else {
                SocketAddr::new(host, port)
                    .to_string()
                    .rsplit_once(':')
                    .expect("an address has a port")
                    .0
                    .to_owned()
            };
            Origin::parse(&format!("http://{host}:{port}")).expect("an address and a port make an origin")
        })
    }

    /// The SQLite file used when no `database_url` is set.
    #[must_use]
    pub fn sqlite_file(&self) -> PathBuf {
        self.data.join("tandem.sqlite")
    }
}
