//! Trying a mailbox or a way out in steps, so that somebody who set it up learns which one fails and what to do.
//!
//! A trial says what happened as codes; the words belong to the product. Nothing of what the server said is in it but its
//! answer to a command, and never a password.

use crate::imap::client::{self as imap, Credentials, Folder, ImapError, Use};
use crate::submit::{self, Fate, Parcel, SubmitError};
use crate::wire::{Reach, Security, Server, Wire, WireError};

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Name to address.
    Resolve,
    /// A connection.
    Connect,
    /// Encryption from the first byte.
    Encrypt,
    /// The greeting, and STARTTLS if that is the way.
    Greet,
    /// A token from the provider that the mailbox signs in by.
    Token,
    /// Password or token.
    Authenticate,
    /// The folder.
    Folder,
    /// A mail to somebody.
    Send,
}

impl Step {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Encrypt => "encrypt",
            Self::Greet => "greet",
            Self::Token => "token",
            Self::Authenticate => "authenticate",
            Self::Folder => "folder",
            Self::Send => "send",
        }
    }
}

/// What is wrong, by what there is to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// The host's name is wrong.
    NoSuchHost,
    /// The network is not allowed: an administrator of the installation may allow it.
    NetworkNotAllowed,
    /// Nobody listens: host or port are wrong.
    NobodyListens,
    /// No answer: a firewall, or host or port are wrong.
    NoAnswer,
    /// Something else answers there, or with another encryption: the port is wrong.
    WrongPort,
    /// The certificate is for another name: use the name that it is for.
    CertificateForOtherName,
    /// The certificate has expired: its owner has to renew it.
    CertificateExpired,
    /// Nobody known vouches for the certificate.
    CertificateUnknown,
    /// Encryption failed.
    NoEncryption,
    /// Without encryption nothing is sent: choose TLS or STARTTLS.
    NotEncrypted,
    /// Name or password are wrong.
    BadCredentials,
    /// The provider wants a password made for programs.
    AppPasswordNeeded,
    /// The provider takes no passwords, or none this way: connect by the provider's own sign-in.
    PasswordNotTaken,
    /// Nobody has signed the mailbox in at its provider yet.
    NotSignedIn,
    /// The provider has ended the sign-in: somebody has to sign in again.
    SignInAgain,
    /// The provider can't be asked for a token now.
    SignInFails,
    /// The server does not take the token: IMAP or SMTP are off for the account, or somebody else signed in.
    TokenRefused,
    /// The server knows no sign-in by token.
    TokenNotTaken,
    /// There is no such folder.
    NoSuchFolder,
    /// The server does not take mail from this sender.
    SenderRefused,
    /// The server refused something else: see its words.
    Refused,
    /// The server is busy or broken: try again later.
    TryLater,
}

impl Problem {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoSuchHost => "no_such_host",
            Self::NetworkNotAllowed => "network_not_allowed",
            Self::NobodyListens => "nobody_listens",
            Self::NoAnswer => "no_answer",
            Self::WrongPort => "wrong_port",
            Self::CertificateForOtherName => "certificate_for_other_name",
            Self::CertificateExpired => "certificate_expired",
            Self::CertificateUnknown => "certificate_unknown",
            Self::NoEncryption => "no_encryption",
            Self::NotEncrypted => "not_encrypted",
            Self::BadCredentials => "bad_credentials",
            Self::AppPasswordNeeded => "app_password_needed",
            Self::PasswordNotTaken => "password_not_taken",
            Self::NotSignedIn => "not_signed_in",
            Self::SignInAgain => "sign_in_again",
            Self::SignInFails => "sign_in_fails",
            Self::TokenRefused => "token_refused",
            Self::TokenNotTaken => "token_not_taken",
            Self::NoSuchFolder => "no_such_folder",
            Self::SenderRefused => "sender_refused",
            Self::Refused => "refused",
            Self::TryLater => "try_later",
        }
    }
}

/// What came of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The steps that went well, in order.
    pub done: Vec<Step>,
    /// The step that did not, and why.
    pub failed: Option<(Step, Problem)>,
    /// What the server said to it.
    pub said: Option<String>,
    /// The folder of what was sent, where there is one that can be opened.
    pub sent: Option<Folder>,
}

/// Why a step failed, with the server's words.
type Failed = (Problem, Option<String>);

/// Collects steps up to the first that fails.
struct Steps {
    trial: Trial,
}

impl Steps {
    fn new() -> Self {
        Self {
            trial: Trial {
                done: Vec::new(),
                failed: None,
                said: None,
                sent: None,
            },
        }
    }

    /// Notes a step; nothing if it failed.
    fn took<T, E: Into<Failure>>(&mut self, step: Step, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => {
                self.trial.done.push(step);
                Some(value)
            }
            Err(error) => {
                let Failure((problem, said)) = error.into();
                self.trial.failed = Some((step, problem));
                self.trial.said = said;
                None
            }
        }
    }

    async fn connection(&mut self, reach: &Reach, server: &Server) -> Option<Wire> {
        let found = reach.resolve(server).await;
        let addresses = self.took(Step::Resolve, found)?;
        let opened = reach.open(&addresses).await;
        let wire = self.took(Step::Connect, opened)?;
        if server.security != Security::Tls {
            return Some(wire);
        }
        let encrypted = wire.encrypted(reach, &server.host).await;
        self.took(Step::Encrypt, encrypted)
    }
}

/// Tries to read a mailbox.
pub async fn mailbox(reach: &Reach, server: &Server, credentials: &Credentials, folder: &str) -> Trial {
    let mut steps = Steps::new();
    // What failed is noted; there is nothing else to do about it.
    let _ = try_mailbox(&mut steps, reach, server, credentials, folder).await;
    steps.trial
}

async fn try_mailbox(
    steps: &mut Steps,
    reach: &Reach,
    server: &Server,
    credentials: &Credentials,
    folder: &str,
) -> Option<()> {
    let wire = steps.connection(reach, server).await?;
    let greeting = async {
        let entry = imap::Entry::greeted(wire).await?;
        match server.security {
            Security::StartTls => entry.encrypt(reach, &server.host).await,
            _ => Ok(entry),
        }
    };
    let entry = steps.took(Step::Greet, greeting.await)?;
    let mut client = steps.took(Step::Authenticate, entry.enter(credentials).await)?;
    let opened = client.open(folder, false).await;
    steps.took(Step::Folder, opened)?;
    // A server that does not list its folders is read all the same.
    if let Ok(folders) = client.folders().await {
        let is_sent = |one: &Folder| one.purpose == Some(Use::Sent) && one.can_be_opened;
        steps.trial.sent = folders.into_iter().find(is_sent);
    }
    client.leave().await;
    Some(())
}

/// Tries to send, a mail too if there is one.
pub async fn way_out(
    reach: &Reach,
    server: &Server,
    hello: &str,
    credentials: Option<&Credentials>,
    parcel: Option<Parcel<'_>>,
) -> Trial {
    let mut steps = Steps::new();
    let way = Way {
        reach,
        server,
        hello,
        credentials,
    };
    let _ = try_way_out(&mut steps, way, parcel).await;
    steps.trial
}

/// Asks the server by which mail goes out whether it takes an address as sender and recipient; what it says where it does not.
/// None where it could not be asked. Nothing is sent.
pub async fn address(
    reach: &Reach,
    server: &Server,
    hello: &str,
    credentials: Option<&Credentials>,
    address: &str,
) -> Option<Result<(), String>> {
    let entry = submit::Entry::knock(reach, server, hello).await.ok()?;
    let mut client = entry.enter(credentials).await.ok()?;
    let taken = client.takes(address).await.ok()?;
    client.leave().await;
    Some(taken.map_err(|reply| reply.said))
}

/// Which way out.
#[derive(Clone, Copy)]
struct Way<'a> {
    reach: &'a Reach,
    server: &'a Server,
    hello: &'a str,
    credentials: Option<&'a Credentials>,
}

async fn try_way_out(steps: &mut Steps, way: Way<'_>, parcel: Option<Parcel<'_>>) -> Option<()> {
    let wire = steps.connection(way.reach, way.server).await?;
    let greeting = async {
        let entry = submit::Entry::greeted(wire, way.hello).await?;
        match way.server.security {
            Security::StartTls => entry.encrypt(way.reach, &way.server.host, way.hello).await,
            _ => Ok(entry),
        }
    };
    let entry = steps.took(Step::Greet, greeting.await)?;
    let mut client = steps.took(Step::Authenticate, entry.enter(way.credentials).await)?;
    if let Some(parcel) = parcel {
        let fates = submit::send(&mut client, parcel).await;
        let bad = fates.into_iter().find(|fate| !matches!(fate, Fate::Accepted(_)));
        steps.took(Step::Send, bad.map_or(Ok(()), Err))?;
    }
    client.leave().await;
    Some(())
}

/// What is wrong, where a conversation with a mailbox failed at any other time, and what the server said.
pub fn problem_of(error: ImapError) -> (Problem, Option<String>) {
    Failure::from(error).0
}

/// Any error as a problem.
struct Failure(Failed);

impl From<WireError> for Failure {
    fn from(error: WireError) -> Self {
        let problem = match error {
            WireError::NoSuchHost => Problem::NoSuchHost,
            WireError::Forbidden => Problem::NetworkNotAllowed,
            WireError::Refused => Problem::NobodyListens,
            WireError::TooLate => Problem::NoAnswer,
            WireError::NoTls | WireError::TooLong | WireError::Lost => Problem::WrongPort,
            WireError::OtherName => Problem::CertificateForOtherName,
            WireError::Expired => Problem::CertificateExpired,
            WireError::UnknownAuthority => Problem::CertificateUnknown,
            WireError::Tls | WireError::Injected => Problem::NoEncryption,
            WireError::NotEncrypted => Problem::NotEncrypted,
        };
        Self((problem, None))
    }
}

impl From<ImapError> for Failure {
    fn from(error: ImapError) -> Self {
        let problem = match error {
            ImapError::Wire(error) => return error.into(),
            ImapError::NotImap => Problem::WrongPort,
            ImapError::NoStartTls => Problem::WrongPort,
            ImapError::NoWayIn => Problem::PasswordNotTaken,
            ImapError::AppPassword => Problem::AppPasswordNeeded,
            ImapError::BadCredentials => Problem::BadCredentials,
            ImapError::TokenNotTaken => Problem::TokenNotTaken,
            ImapError::TokenRefused(said) => return Self((Problem::TokenRefused, Some(said))),
            ImapError::Unavailable | ImapError::Bye => Problem::TryLater,
            ImapError::NoSuchFolder => Problem::NoSuchFolder,
            ImapError::Refused(said) => return Self((Problem::Refused, Some(said))),
            ImapError::Odd => Problem::Refused,
        };
        Self((problem, None))
    }
}

impl From<SubmitError> for Failure {
    fn from(error: SubmitError) -> Self {
        let problem = match error {
            SubmitError::Wire(error) => return error.into(),
            SubmitError::NotSmtp | SubmitError::NoStartTls => Problem::WrongPort,
            SubmitError::NoWayIn => Problem::PasswordNotTaken,
            SubmitError::AppPassword => Problem::AppPasswordNeeded,
            SubmitError::BadCredentials => Problem::BadCredentials,
            SubmitError::TokenNotTaken => Problem::TokenNotTaken,
            SubmitError::TokenRefused(said) => return Self((Problem::TokenRefused, Some(said))),
            SubmitError::BadAddress => Problem::SenderRefused,
            SubmitError::Refused(reply) if reply.is_for_later() => {
                return Self((Problem::TryLater, Some(reply.said)));
            }
            SubmitError::Refused(reply) => return Self((Problem::Refused, Some(reply.said))),
        };
        Self((problem, None))
    }
}

impl From<Fate> for Failure {
    fn from(fate: Fate) -> Self {
        match fate {
            Fate::Refused(reply) if reply.is_for_later() => Self((Problem::TryLater, Some(reply.said))),
            Fate::Refused(reply) => {
                let is_about_sender = matches!(
                    reply.enhanced.as_deref(),
                    Some("5.1.7" | "5.1.8" | "5.7.1" | "5.7.60")
                );
                let problem = if is_about_sender {
                    Problem::SenderRefused
                } else {
                    Problem::Refused
                };
                Self((problem, Some(reply.said)))
            }
            Fate::Accepted(_) | Fate::NotSent | Fate::Unknown => Self((Problem::TryLater, None)),
        }
    }
}
