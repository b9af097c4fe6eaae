//! What a provider is, and what a workspace says about one.

use kit::db::DbError;
use kit::outgoing::OutgoingError;
use serde_json::{Value, json};

use super::ProviderId;
use super::talk::TalkError;
use crate::actor::Forbidden;
use crate::agents::AgentError;
use crate::permissions::Role;
use crate::workspaces::WorkspaceId;

/// A system by which agents of a workspace come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Its id.
    pub id: ProviderId,
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// What stands on its button.
    pub label: String,
    /// Its name for itself: `https://login.example.com`.
    pub issuer: String,
    /// Its name for this installation.
    pub client: String,
    /// What only the two know, sealed; public clients have none.
    pub secret: Option<Vec<u8>>,
    /// The mail domains of people who are let in though nobody here knows them.
    pub domains: Vec<String>,
    /// The role that they get; none when they are not let in.
    pub role: Option<Role>,
    /// Whether its button stands on the front door.
    pub is_on: bool,
    /// Grows by one with every change.
    pub version: i64,
}

impl Provider {
    /// What the audit trail says of it.
    pub(super) fn facts(&self) -> Value {
        json!({
            "name": self.label,
            "issuer": self.issuer,
            "client": self.client,
            "domains": self.domains,
            "role": self.role.map(|role| role.to_string()),
            "is_on": self.is_on,
        })
    }

    /// Whether somebody with this address is let in though nobody here knows them.
    pub(super) fn welcomes(&self, email: &str) -> Option<Role> {
        let email = crate::agents::fold(email);
        let (_, host) = email.rsplit_once('@')?;
        self.role
            .filter(|_| self.domains.iter().any(|domain| domain == host))
    }
}

/// What people write about a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderText {
    /// What stands on its button.
    pub label: String,
    /// Its issuer.
    pub issuer: String,
    /// Its name for this installation.
    pub client: String,
    /// The secret; none keeps the one that is there.
    pub secret: Option<Plain>,
    /// Mail domains, with blanks or commas between them.
    pub domains: String,
    /// The role of those who are let in by their domain; none lets nobody in.
    pub role: Option<Role>,
    /// Whether its button stands on the front door.
    pub is_on: bool,
}

/// A secret as it was typed; never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Plain(String);

impl Plain {
    /// The secret in `text`; none when that is empty.
    pub fn of(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Plain(…)")
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ProviderError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The label is empty or longer than 60 characters.
    #[error("a label has 1 to 60 characters")]
    BadLabel,
    /// The address is none that can be used.
    #[error("the issuer: {0}")]
    BadIssuer(OutgoingError),
    /// What stands at the address is no provider.
    #[error("the issuer: {0}")]
    Silent(TalkError),
    /// The client's name is empty or too long.
    #[error("a client has 1 to 200 characters")]
    BadClient,
    /// The secret is too long.
    #[error("a secret has at most 1000 characters")]
    BadSecret,
    /// A word that is no mail domain.
    #[error("{0} is not a mail domain")]
    BadDomain(String),
    /// People are to be let in, and nothing says which.
    #[error("to let people in, name their mail domains")]
    NoDomains,
    /// There is no such role here.
    #[error("there is no such role")]
    UnknownRole,
    /// There is no such provider here.
    #[error("there is no such provider")]
    Unknown,
    /// Someone changed it meanwhile.
    #[error("the provider was changed meanwhile")]
    Stale(Box<Provider>),
    /// This installation's key does not open the secret.
    #[error("the key of the secret does not open here")]
    Sealed,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<AgentError> for ProviderError {
    fn from(error: AgentError) -> Self {
        match error {
            AgentError::Forbidden(missing) => Self::Forbidden(missing),
            AgentError::Db(error) => Self::Db(error),
            _ => Self::UnknownRole,
        }
    }
}

impl ProviderText {
    /// The text in the form in which it is stored, and its domains.
    pub(super) fn checked(&self) -> Result<(Self, Vec<String>), ProviderError> {
        let clean = |text: &str| -> String { text.trim().chars().filter(|c| !c.is_control()).collect() };
        let (label, client) = (clean(&self.label), clean(&self.client));
        if label.is_empty() || label.chars().count() > 60 {
            return Err(ProviderError::BadLabel);
        }
        if client.is_empty() || client.chars().count() > 200 {
            return Err(ProviderError::BadClient);
        }
        if self.secret.as_ref().is_some_and(|secret| secret.0.len() > 1_000) {
            return Err(ProviderError::BadSecret);
        }
        let domains = domains(&self.domains)?;
        if self.role.is_some() && domains.is_empty() {
            return Err(ProviderError::NoDomains);
        }
        let checked = Self {
            label,
            client,
            issuer: self.issuer.trim().to_owned(),
            domains: domains.join(" "),
            ..self.clone()
        };
        Ok((checked, domains))
    }
}

fn domains(text: &str) -> Result<Vec<String>, ProviderError> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    let mut domains = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        let domain = word.trim_start_matches('@').to_lowercase();
        if !crate::agents::is_address(&format!("someone@{domain}")) {
            return Err(ProviderError::BadDomain(word.to_owned()));
        }
        domains.push(domain);
    }
    domains.sort();
    domains.dedup();
    Ok(domains)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_read_as_people_write_them() {
        let read = domains("@Example.com, example.com;  mail.example.org").unwrap();
        assert_eq!(read, ["example.com", "mail.example.org"]);
        for bad in ["example", "a@b.example", "ex ample.com x", "."] {
            assert!(domains(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_whole_domains_are_welcome() {
        let provider = Provider {
            id: "idp_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().unwrap(),
            workspace: "wsp_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().unwrap(),
            label: String::new(),
            issuer: String::new(),
            client: String::new(),
            secret: None,
            domains: vec!["example.com".to_owned()],
            role: Some(Role::SupportAgent),
            is_on: true,
            version: 1,
        };
        assert!(provider.welcomes("Ada@Example.COM").is_some());
        for other in [
            "ada@evil-example.com",
            "ada@sub.example.com",
            "ada@example.com.evil.org",
            "example.com",
        ] {
            assert!(provider.welcomes(other).is_none(), "{other}");
        }
    }
}
