//! Who of the writers of old mail is one of us.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::{DbError, Tx};
use kit::text::fold;
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent};
use tandem_core::workspaces::WorkspaceId;

use crate::mailboxes::{self, folded};
use crate::mails::placing;

/// Our addresses: of mailboxes, of agents, and those that somebody has named.
#[derive(Clone, Debug, Default)]
pub(in crate::mails) struct Ours {
    addresses: BTreeSet<String>,
    by_address: BTreeMap<String, Agent>,
    by_name: BTreeMap<String, Agent>,
}

impl Ours {
    pub(in crate::mails) fn of(
        tx: &mut Tx<'_>,
        workspace: WorkspaceId,
        named: &[String],
    ) -> Result<Self, DbError> {
        let mut ours = Self::default();
        for mailbox in mailboxes::all(tx, workspace)? {
            ours.addresses.insert(folded(&mailbox.address));
        }
        ours.addresses.extend(named.iter().map(|address| folded(address)));
        for agent in agents::all(tx, workspace)?
            .into_iter()
            .filter(|one| !one.is_machine)
        {
            ours.by_name.insert(fold(&agent.name), agent.clone());
            ours.by_address.insert(folded(&agent.email), agent);
        }
        Ok(ours)
    }

    /// Whether an address is one of ours.
    pub(in crate::mails) fn has(&self, address: &str) -> bool {
        self.addresses.contains(address) || self.by_address.contains_key(address)
    }

    /// The agent who wrote a mail of ours, by the address or by the name beside it.
    pub(in crate::mails) fn agent(&self, address: &str, name: &str) -> Option<&Agent> {
        let by_name = || self.by_name.get(&fold(name));
        self.by_address.get(address).or_else(by_name)
    }

    /// In whose name a mail of ours is written down.
    pub(in crate::mails) fn actor(&self, workspace: WorkspaceId, address: &str, name: &str) -> Actor {
        match self.agent(address, name) {
            Some(agent) => agent.actor(workspace),
            None => placing::actor(workspace),
        }
    }
}
