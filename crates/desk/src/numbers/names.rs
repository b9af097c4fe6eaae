//! What values are called: agents, teams, mailboxes, tiers, tags and words.

use std::collections::HashMap;

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use kit::id::{TypedId, Uuid};
use kit::web::Choice;
use tandem_core::ladders::{self, Ladder};
use tandem_core::touchpoints::Channel;
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{agents, tags, teams};

use super::asking::{NOBODY, word};
use super::item::{By, Filter, HOURS, Key};
use crate::mailboxes;
use crate::tickets::{Kind, Priority};

/// Every name that a report may need.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(HashMap<&'static str, Vec<(Uuid, String)>>);

impl Names {
    pub(super) fn of(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Self, DbError> {
        let agents = agents::all(tx, workspace)?.into_iter();
        let teams = teams::all(tx, workspace)?.into_iter();
        let mailboxes = mailboxes::all(tx, workspace)?.into_iter();
        let tiers = ladders::all(tx, workspace, Ladder::Tiers)?.into_iter();
        let tags = tags::all(tx, workspace)?.into_iter();
        Ok(Self(HashMap::from([
            (
                By::Agent.as_str(),
                agents.map(|one| (one.id.uuid(), one.name)).collect(),
            ),
            (
                By::Team.as_str(),
                teams.map(|one| (one.id.uuid(), one.name)).collect(),
            ),
            (
                By::Mailbox.as_str(),
                mailboxes.map(|one| (one.id.uuid(), one.name)).collect(),
            ),
            (
                By::Tier.as_str(),
                tiers.map(|one| (one.id.uuid(), one.text.name)).collect(),
            ),
            (
                By::Tag.as_str(),
                tags.map(|(one, _)| (one.id.uuid(), one.name)).collect(),
            ),
        ])))
    }

    fn known(&self, by: By) -> &[(Uuid, String)] {
        self.0.get(by.as_str()).map_or(&[], Vec::as_slice)
    }

    /// What a value is called; what is gone has no name.
    pub(super) fn name(&self, t: &Text, by: By, key: &Key) -> String {
        match key {
            Key::None => t.say("numbers-none"),
            Key::Id(id) => {
                let found = self.known(by).iter().find(|(one, _)| one == id);
                found.map_or_else(|| t.say("numbers-gone"), |(_, name)| name.clone())
            }
            Key::Word(hour) if by == By::Hour => format!("{hour}:00"),
            Key::Word(word) => t.say(match by {
                By::Channel => word.parse::<Channel>().map_or("", Channel::text),
                By::Kind => word.parse::<Kind>().map_or("", Kind::text),
                _ => word.parse::<Priority>().map_or("", Priority::text),
            }),
        }
    }

    /// The values to choose from, all of them first.
    pub(super) fn choices(&self, t: &Text, by: By, filter: &Filter) -> Vec<Choice> {
        let chosen = filter.of(by).map(|key| word(by, key)).unwrap_or_default();
        let words = |all: Vec<(&'static str, &'static str)>| {
            let named = all.into_iter().map(|(one, text)| (one.to_owned(), t.say(text)));
            named.collect::<Vec<_>>()
        };
        let mut all = match by {
            By::Channel => words(
                Channel::ALL
                    .iter()
                    .map(|one| (one.as_str(), one.text()))
                    .collect(),
            ),
            By::Kind => words(Kind::ALL.iter().map(|one| (one.as_str(), one.text())).collect()),
            By::Priority => words(
                Priority::ALL
                    .iter()
                    .map(|one| (one.as_str(), one.text()))
                    .collect(),
            ),
            By::Hour => HOURS
                .iter()
                .map(|hour| ((*hour).to_owned(), format!("{hour}:00")))
                .collect(),
            _ => {
                let known = self.known(by).iter();
                known
                    .map(|(id, name)| (word(by, &Key::Id(*id)), name.clone()))
                    .chain([(NOBODY.to_owned(), t.say("numbers-none"))])
                    .collect()
            }
        };
        all.insert(0, (String::new(), t.say("numbers-all")));
        let choice = |(value, name): (String, String)| {
            let is_chosen = value == chosen;
            Choice::new(value, name).chosen_if(is_chosen)
        };
        all.into_iter().map(choice).collect()
    }
}
