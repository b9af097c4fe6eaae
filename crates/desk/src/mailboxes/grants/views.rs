//! How a sign-in is shown on the page of its mailbox.

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use tandem_core::workspaces::WorkspaceId;

use super::super::{Mailbox, providers};
use super::{Grant, Revocation, Standing, revoking, store};

/// A mailbox and its sign-in.
pub(in crate::mailboxes) struct Connection {
    /// What people call the provider.
    pub(in crate::mailboxes) provider: String,
    /// Whether the provider is there.
    pub(in crate::mailboxes) is_known: bool,
    pub(in crate::mailboxes) grant: Option<Grant>,
    /// What became of the grant before, where there is none now.
    pub(in crate::mailboxes) revocation: Option<Revocation>,
    standing: Standing,
}

impl Connection {
    /// The sign-in of a mailbox that has one instead of passwords.
    pub(in crate::mailboxes) fn of(
        tx: &mut Tx<'_>,
        workspace: WorkspaceId,
        mailbox: &Mailbox,
    ) -> Result<Option<Self>, DbError> {
        let Some(id) = mailbox.provider else {
            return Ok(None);
        };
        let (provider, now) = (providers::store::find(tx, workspace, id)?, tx.now());
        let grant = store::find(tx, workspace, mailbox.id)?;
        let revocation = revoking::of(tx, workspace, mailbox.id)?;
        Ok(Some(Self {
            revocation: revocation.filter(|_| grant.is_none()),
            is_known: provider.is_some(),
            provider: provider.map_or_else(String::new, |provider| provider.name),
            standing: Standing::of(grant.as_ref(), now),
            grant,
        }))
    }

    pub(in crate::mailboxes) fn tone(&self) -> &'static str {
        match self.standing {
            Standing::Good => "good",
            Standing::Dying(_) | Standing::Failing(_) | Standing::Nobody => "warn",
            Standing::Over(_) => "bad",
        }
    }

    pub(in crate::mailboxes) fn icon(&self) -> &'static str {
        match self.standing {
            Standing::Good => "circle-check",
            Standing::Nobody => "key-round",
            Standing::Dying(_) | Standing::Failing(_) => "triangle-alert",
            Standing::Over(_) => "circle-alert",
        }
    }

    /// Whether it opens the mailbox.
    pub(in crate::mailboxes) fn is_good(&self) -> bool {
        self.standing == Standing::Good
    }

    /// How it stands, in one sentence.
    pub(in crate::mailboxes) fn title(&self, t: &Text) -> String {
        let provider = self.provider.as_str();
        let account = self.grant.as_ref().map_or("", |grant| grant.account.as_str());
        if !self.is_known {
            return t.say("mailboxes-sign-in-gone");
        }
        match &self.standing {
            Standing::Nobody => t.say_with("mailboxes-sign-in-nobody", kit::args!(provider = provider)),
            Standing::Good if account.is_empty() => {
                t.say_with("mailboxes-sign-in-good", kit::args!(provider = provider))
            }
            Standing::Good => t.say_with(
                "mailboxes-sign-in-good-as",
                kit::args!(provider = provider, account = account),
            ),
            Standing::Dying(at) => t.say_with("mailboxes-sign-in-dying", kit::args!(moment = t.moment(*at))),
            Standing::Failing(at) => {
                t.say_with("mailboxes-sign-in-failing", kit::args!(moment = t.moment(*at)))
            }
            Standing::Over(_) => t.say_with("mailboxes-sign-in-over", kit::args!(provider = provider)),
        }
    }

    /// What to do, where there is something to do.
    pub(in crate::mailboxes) fn advice(&self, t: &Text) -> Option<String> {
        let trouble = self.grant.as_ref().map_or("", |grant| grant.trouble.as_str());
        Some(t.say(match (&self.standing, trouble) {
            (Standing::Good, _) => return None,
            (Standing::Nobody, _) => "mailboxes-sign-in-advice-nobody",
            (Standing::Failing(_), "client_refused") => "mailboxes-sign-in-advice-client",
            (Standing::Failing(_), "provider_not_allowed") => "mailboxes-problem-network-not-allowed",
            (Standing::Failing(_), _) => "mailboxes-sign-in-advice-failing",
            (Standing::Dying(_), _) => "mailboxes-sign-in-advice-dying",
            (Standing::Over(_), _) => "mailboxes-sign-in-advice-over",
        }))
    }

    /// What the provider said.
    pub(in crate::mailboxes) fn said(&self) -> Option<&str> {
        let said = self.grant.as_ref()?.said.as_str();
        (!said.is_empty()).then_some(said)
    }

    /// The word on the button.
    pub(in crate::mailboxes) fn button(&self, t: &Text) -> String {
        let key = if self.grant.is_some() {
            "mailboxes-sign-in-again"
        } else {
            "mailboxes-sign-in"
        };
        t.say_with(key, kit::args!(provider = self.provider.as_str()))
    }
}
