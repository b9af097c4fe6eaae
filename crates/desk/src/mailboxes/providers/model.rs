//! What a mail provider is, and what people say about one.

use jiff::civil::Date;
use kit::db::DbError;
use kit::outgoing::OutgoingError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tandem_core::actor::Forbidden;

use super::MailProviderId;
use crate::mailboxes::{Direction, Password, Protection, ServerText};

/// Whose system it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MailProviderKind")]
pub enum ProviderKind {
    /// Google: Gmail and Workspace.
    #[default]
    Google,
    /// Microsoft: Outlook and Microsoft 365.
    Microsoft,
    /// Somebody else's, at addresses of its own.
    Own,
}

impl ProviderKind {
    /// All of them, in the order in which people choose.
    pub const ALL: &'static [Self] = &[Self::Google, Self::Microsoft, Self::Own];

    /// The word in rows, forms and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Microsoft => "microsoft",
            Self::Own => "own",
        }
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Google => "mail-providers-kind-google",
            Self::Microsoft => "mail-providers-kind-microsoft",
            Self::Own => "mail-providers-kind-own",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == word)
    }

    /// The servers of its mailboxes, where everybody knows them.
    pub(in crate::mailboxes) fn server(self, direction: Direction) -> Option<ServerText> {
        let (host, port, protection) = match (self, direction) {
            (Self::Google, Direction::In) => ("imap.gmail.com", 993, Protection::Tls),
            (Self::Google, Direction::Out) => ("smtp.gmail.com", 465, Protection::Tls),
            (Self::Microsoft, Direction::In) => ("outlook.office365.com", 993, Protection::Tls),
            (Self::Microsoft, Direction::Out) => ("smtp.office365.com", 587, Protection::StartTls),
            (Self::Own, _) => return None,
        };
        Some(ServerText {
            host: host.to_owned(),
            port,
            protection,
            ..ServerText::default()
        })
    }
}

/// A system at which mailboxes sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailProvider {
    /// Its id.
    pub id: MailProviderId,
    /// Whose system it is.
    pub kind: ProviderKind,
    /// What people call it.
    pub name: String,
    /// Its name for this installation.
    pub client: String,
    /// What only the two know, sealed; public clients have none.
    pub secret: Option<Vec<u8>>,
    /// The last day of the secret, where people have said it.
    pub secret_until: Option<Date>,
    /// Which directory of Microsoft; empty for all.
    pub tenant: String,
    /// Where browsers go, where it is somebody else's.
    pub authorize_at: String,
    /// Where tokens are, likewise.
    pub token_at: String,
    /// Where a grant is taken back (RFC 7009), likewise; empty where that is nowhere.
    pub revoke_at: String,
    /// What is asked for, likewise; with blanks between.
    pub scopes: String,
    /// Grows by one with every change.
    pub version: i64,
}

impl MailProvider {
    pub(super) fn blank(id: MailProviderId) -> Self {
        Self {
            id,
            kind: ProviderKind::default(),
            name: String::new(),
            client: String::new(),
            secret: None,
            secret_until: None,
            tenant: String::new(),
            authorize_at: String::new(),
            token_at: String::new(),
            revoke_at: String::new(),
            scopes: String::new(),
            version: 0,
        }
    }

    /// Where browsers go.
    pub fn authorize_at(&self) -> String {
        match self.kind {
            ProviderKind::Google => "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
            ProviderKind::Microsoft => self.of_microsoft("authorize"),
            ProviderKind::Own => self.authorize_at.clone(),
        }
    }

    /// Where tokens are.
    pub fn token_at(&self) -> String {
        match self.kind {
            ProviderKind::Google => "https://oauth2.googleapis.com/token".to_owned(),
            ProviderKind::Microsoft => self.of_microsoft("token"),
            ProviderKind::Own => self.token_at.clone(),
        }
    }

    /// Where a grant is taken back (RFC 7009); none where the provider has no address for that.
    pub fn revoke_at(&self) -> Option<String> {
        match self.kind {
            ProviderKind::Google => Some("https://oauth2.googleapis.com/revoke".to_owned()),
            ProviderKind::Microsoft => None,
            ProviderKind::Own => Some(self.revoke_at.clone()).filter(|at| !at.is_empty()),
        }
    }

    fn of_microsoft(&self, what: &str) -> String {
        let tenant = if self.tenant.is_empty() {
            "common"
        } else {
            &self.tenant
        };
        format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/{what}")
    }

    /// What is asked for.
    pub fn scopes(&self) -> &str {
        match self.kind {
            ProviderKind::Google => "https://mail.google.com/ openid email",
            ProviderKind::Microsoft => {
                "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access openid email"
            }
            ProviderKind::Own => &self.scopes,
        }
    }

    /// What else a browser takes along, so that what comes back lasts and the right account is chosen.
    pub(in crate::mailboxes) fn wishes(&self) -> &'static [(&'static str, &'static str)] {
        match self.kind {
            // Google gives what lasts only to those who ask for it, and only while it asks the person.
            ProviderKind::Google => &[("access_type", "offline"), ("prompt", "consent")],
            ProviderKind::Microsoft => &[("prompt", "select_account")],
            // Nobody is connected without having been asked.
            ProviderKind::Own => &[("prompt", "consent")],
        }
    }

    /// Whether it is the same client at the same addresses: what belongs to `before` may be shown to it. Whoever takes grants
    /// back is shown the secret too, so that this address may go, but no other come.
    pub(super) fn is_same_client(&self, before: &Self) -> bool {
        let revoke_at = self.revoke_at();
        self.client == before.client
            && self.token_at() == before.token_at()
            && (revoke_at.is_none() || revoke_at == before.revoke_at())
    }

    /// What the audit trail says of it.
    pub(super) fn facts(&self) -> Value {
        json!({
            "name": self.name,
            "kind": self.kind,
            "client": self.client,
            "host": self.token_at(),
            "last_day": self.secret_until.map(|day| day.to_string()),
        })
    }
}

/// What people write about a mail provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailProviderText {
    /// Whose system it is.
    pub kind: ProviderKind,
    /// What they call it; empty for the kind's own name.
    pub name: String,
    /// Its name for this installation.
    pub client: String,
    /// The secret; none keeps the one that is there.
    pub secret: Option<Password>,
    /// The last day of the secret, such as `2027-05-31`; empty where nobody knows.
    pub secret_until: String,
    /// Which directory of Microsoft.
    pub tenant: String,
    /// Where browsers go, for somebody else's system.
    pub authorize_at: String,
    /// Where tokens are, likewise.
    pub token_at: String,
    /// Where a grant is taken back, likewise; empty where that is nowhere.
    pub revoke_at: String,
    /// What is asked for, likewise.
    pub scopes: String,
}

/// A field that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongProvider {
    /// A name has 1 to 60 characters.
    Name,
    /// A client has 1 to 300 characters.
    Client,
    /// A secret is missing or too long.
    Secret,
    /// It is no day.
    SecretUntil,
    /// A directory has letters, digits, dots and hyphens.
    Tenant,
    /// Where browsers go is no address.
    AuthorizeAt(OutgoingError),
    /// Where tokens are is no address.
    TokenAt(OutgoingError),
    /// Where a grant is taken back is no address.
    RevokeAt(OutgoingError),
    /// What is asked for is too long.
    Scopes,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailProviderError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// A field does not fit.
    #[error("a field does not fit: {0:?}")]
    Bad(WrongProvider),
    /// There are as many as there may be.
    #[error("a workspace has at most 20 mail providers")]
    TooMany,
    /// Mailboxes sign in by it.
    #[error("mailboxes sign in by this provider")]
    InUse,
    /// There is no such provider here.
    #[error("there is no such mail provider")]
    Unknown,
    /// Someone changed it meanwhile.
    #[error("the mail provider was changed meanwhile")]
    Stale(Box<MailProvider>),
    /// This installation's keys don't open the secret.
    #[error("the secret of the mail provider does not open here")]
    Sealed,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<WrongProvider> for MailProviderError {
    fn from(wrong: WrongProvider) -> Self {
        Self::Bad(wrong)
    }
}

impl MailProviderText {
    /// The provider that the text describes, without its secret.
    pub(super) fn checked(&self, id: MailProviderId) -> Result<MailProvider, WrongProvider> {
        let clean = |text: &str| -> String { text.trim().chars().filter(|c| !c.is_control()).collect() };
        let within = |text: &str, most: usize| (1..=most).contains(&text.chars().count());
        let (name, client) = (clean(&self.name), clean(&self.client));
        if !within(&name, 60) {
            return Err(WrongProvider::Name);
        }
        if !within(&client, 300) {
            return Err(WrongProvider::Client);
        }
        let secret = self.secret.as_ref().map_or("", Password::expose);
        if secret.chars().count() > 1_000 {
            return Err(WrongProvider::Secret);
        }
        let secret_until = match self.secret_until.trim() {
            "" => None,
            day => Some(day.parse().map_err(|_| WrongProvider::SecretUntil)?),
        };
        let mut provider = MailProvider {
            kind: self.kind,
            name,
            client,
            secret_until,
            ..MailProvider::blank(id)
        };
        match self.kind {
            ProviderKind::Google => {}
            ProviderKind::Microsoft => provider.tenant = tenant(&clean(&self.tenant))?,
            ProviderKind::Own => {
                provider.authorize_at = address(&self.authorize_at).map_err(WrongProvider::AuthorizeAt)?;
                provider.token_at = address(&self.token_at).map_err(WrongProvider::TokenAt)?;
                if !self.revoke_at.trim().is_empty() {
                    provider.revoke_at = address(&self.revoke_at).map_err(WrongProvider::RevokeAt)?;
                }
                let words: Vec<String> = self.scopes.split_whitespace().map(clean).collect();
                provider.scopes = words.join(" ");
                if provider.scopes.chars().count() > 1_000 {
                    return Err(WrongProvider::Scopes);
                }
            }
        }
        Ok(provider)
    }
}

fn tenant(text: &str) -> Result<String, WrongProvider> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let is_good = text.len() <= 100 && text.chars().all(fits);
    is_good.then(|| text.to_lowercase()).ok_or(WrongProvider::Tenant)
}

/// An address of the web by its form; where it leads is seen when it is used.
fn address(text: &str) -> Result<String, OutgoingError> {
    let text = text.trim();
    let uri: http::Uri = text.parse().map_err(|_| OutgoingError::BadAddress)?;
    let is_web = matches!(uri.scheme_str(), Some("https" | "http"));
    let is_bare = uri
        .authority()
        .is_some_and(|authority| !authority.as_str().contains('@'));
    if !is_web || !is_bare || text.contains('#') || text.len() > 1_500 {
        return Err(OutgoingError::BadAddress);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
