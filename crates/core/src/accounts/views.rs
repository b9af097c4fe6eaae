//! What the templates of accounts take.

use std::collections::BTreeMap;

use askama::Template;
use kit::db::Tx;
use kit::i18n::Text;
use kit::web::table::Arrangement;
use kit::web::{Choice, Column};

use super::bulk::Origin;
use super::columns::Filled;
use super::deeds::Bar;
use super::doubles::Double;
use super::finding::Wishes;
use super::heading::Heading;
use super::merging::Merge;
use super::{Account, AccountId, AccountKind};
use crate::actor::Actor;
use crate::events::Event;
use crate::ladders::{self, Ladder, Rung};
use crate::panels::PanelFrames;
use crate::segments::SegmentError;
use crate::segments::strip::{Strip, Views};
use crate::tags::line::TagLine;
use crate::tiers::service::TouchModel;
use crate::{agents, tags};

#[derive(Template)]
#[template(path = "accounts/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) accounts: Vec<Account>,
    pub(super) headings: BTreeMap<AccountId, Heading>,
    pub(super) extra: Vec<Filled>,
    pub(super) bar: Bar<'a>,
    pub(super) known: Known,
    pub(super) views: Strip<'a>,
    pub(super) wishes: Wishes,
    pub(super) open: i64,
    pub(super) next: Option<String>,
    pub(super) arrangement: Arrangement,
    pub(super) may_add: bool,
    pub(super) may_import: bool,
    pub(super) may_see_money: bool,
    pub(super) is_first: bool,
}

#[derive(Template)]
#[template(path = "accounts/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
    may_import: bool,
}

/// What the list can be filtered by.
pub(super) struct Known {
    owners: Vec<(String, String)>,
    tiers: Vec<(String, String)>,
    stages: Vec<(String, String)>,
    tags: Vec<(String, String)>,
    pub(super) views: Views,
}

impl Known {
    pub(super) fn of(tx: &mut Tx<'_>, reader: &Actor) -> Result<Self, SegmentError> {
        let workspace = reader.workspace;
        let rungs = |rungs: Vec<Rung>| {
            rungs
                .into_iter()
                .map(|rung| (rung.id.to_string(), rung.text.name))
                .collect()
        };
        let agents = agents::all(tx, workspace)?
            .into_iter()
            .filter(|agent| agent.is_active && !agent.is_machine);
        Ok(Self {
            views: Views::of(tx, reader)?,
            owners: agents.map(|agent| (agent.id.to_string(), agent.name)).collect(),
            tiers: rungs(ladders::all(tx, workspace, Ladder::Tiers)?),
            stages: rungs(ladders::all(tx, workspace, Ladder::Stages)?),
            tags: tags::all(tx, workspace)?
                .into_iter()
                .map(|(tag, _)| (tag.id.to_string(), tag.name))
                .collect(),
        })
    }
}

impl ListPage<'_> {
    fn heading(&self, account: &Account) -> Option<&Heading> {
        self.headings.get(&account.id)
    }

    fn heads(&self) -> Vec<Column> {
        let mut heads = self.arrangement.heads(self.t);
        for head in &mut heads {
            head.href = head.href.take().map(|href| self.wishes.on(&href));
        }
        heads
    }

    /// From everybody's accounts to one's own, and back.
    fn any(&self, held: &str, all: &[(String, String)]) -> Vec<Choice> {
        let any = Choice::new("", self.t.say("assignment-any")).chosen_if(held.is_empty());
        let rest = all
            .iter()
            .map(|(value, text)| Choice::new(value, text).chosen_if(value == held));
        std::iter::once(any).chain(rest).collect()
    }

    fn owners(&self) -> Vec<Choice> {
        let mut all = vec![
            ("me".to_owned(), self.t.say("assignment-my-book")),
            ("none".to_owned(), self.t.say("assignment-unowned")),
        ];
        all.extend(self.known.owners.iter().cloned());
        self.any(&self.wishes.owner, &all)
    }

    fn tiers(&self) -> Vec<Choice> {
        self.any(&self.wishes.tier, &self.known.tiers)
    }

    fn touches(&self) -> Vec<Choice> {
        let all = TouchModel::ALL.map(|model| (model.as_str().to_owned(), self.t.say(model.text())));
        self.any(&self.wishes.touch, &all)
    }

    fn stages(&self) -> Vec<Choice> {
        self.any(&self.wishes.stage, &self.known.stages)
    }

    fn tags(&self) -> Vec<Choice> {
        self.any(&self.wishes.tag, &self.known.tags)
    }

    fn kinds(&self) -> Vec<Choice> {
        let all = AccountKind::ALL.map(|kind| (kind.as_str().to_owned(), self.t.say(kind.text())));
        self.any(&self.wishes.kind, &all)
    }

    fn states(&self) -> Vec<Choice> {
        let all = [("open", "accounts-is-open"), ("closed", "accounts-is-closed")];
        let all = all.map(|(value, text)| (value.to_owned(), self.t.say(text)));
        self.any(&self.wishes.state, &all)
    }

    fn renewals(&self) -> Vec<Choice> {
        let all = ["30", "60", "90", "180"].map(|days| {
            let said = self
                .t
                .count("accounts-within-days", days.parse::<i64>().unwrap_or(0));
            (days.to_owned(), said)
        });
        self.any(&self.wishes.renews, &all)
    }

    pub(super) fn actions(&self) -> ListActions<'_> {
        ListActions {
            t: self.t,
            may_import: self.may_import,
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/views/account.html")]
pub(super) struct AccountPage<'a> {
    pub(super) t: &'a Text,
    pub(super) account: &'a Account,
    pub(super) heading: Heading,
    pub(super) merged: Vec<Merge>,
    pub(super) doubles: Vec<Double>,
    pub(super) tags: TagLine<'a>,
    pub(super) panels: PanelFrames<'a>,
    pub(super) may_write: bool,
    pub(super) may_close: bool,
    pub(super) may_task: bool,
}

#[derive(Template)]
#[template(path = "accounts/views/account_actions.html")]
pub(super) struct AccountActions<'a> {
    t: &'a Text,
    account: &'a Account,
    may_write: bool,
    may_close: bool,
    may_task: bool,
}

impl AccountPage<'_> {
    fn beside<'d>(&self, double: &'d Double) -> (AccountId, &'d str) {
        double.beside(self.account.id)
    }

    pub(super) fn actions(&self) -> AccountActions<'_> {
        AccountActions {
            t: self.t,
            account: self.account,
            may_write: self.may_write,
            may_close: self.may_close,
            may_task: self.may_task,
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/views/summary.html")]
pub(super) struct SummaryPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) open: i64,
}

#[derive(Template)]
#[template(path = "accounts/views/history.html")]
pub(super) struct HistoryPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) history: Vec<Event>,
    pub(super) origin: Option<Origin>,
}

impl HistoryPanel<'_> {
    fn came(&self, origin: &Origin) -> String {
        let file = kit::args!(file = origin.file.as_str());
        self.t.say_with("accounts-event-imported", file)
    }

    fn sentence(&self, event: &Event) -> String {
        self.t.say(match event.kind.as_str() {
            "account.added" => "accounts-event-added",
            "account.changed" => "accounts-event-changed",
            "account.moved" => "accounts-event-moved",
            "account.identified" => "accounts-event-identified",
            "account.tagged" => "accounts-event-tagged",
            "account.described" => "accounts-event-described",
            "account.stage_changed" => "accounts-event-stage",
            "account.tier_changed" => "accounts-event-tier",
            "account.worth_changed" => "accounts-event-worth",
            "account.owner_changed" => "accounts-event-owner",
            "account.merged" => "merging-event-merged",
            "account.double_judged" => "doubles-event-judged",
            "account.unmerged" => "merging-event-unmerged",
            "account.closed" => "accounts-event-closed",
            "account.reopened" => "accounts-event-reopened",
            _ => "accounts-event-other",
        })
    }

    fn icon(&self, event: &Event) -> &'static str {
        match event.kind.as_str() {
            "account.added" => "plus",
            "account.changed" => "pencil",
            "account.moved" => "workflow",
            "account.identified" => "hash",
            "account.tagged" => "tag",
            "account.described" => "list-checks",
            "account.stage_changed" => "flag",
            "account.tier_changed" => "star",
            "account.worth_changed" => "trending-up",
            "account.owner_changed" => "user",
            "account.merged" | "account.unmerged" => "git-merge",
            "account.closed" => "archive",
            "account.reopened" => "undo-2",
            _ => "activity",
        }
    }

    /// The name in an actor's signature, without its id.
    fn actor<'e>(&self, event: &'e Event) -> &'e str {
        event
            .actor
            .split_once(' ')
            .map_or(event.actor.as_str(), |(_, name)| name)
    }
}

#[derive(Template)]
#[template(path = "accounts/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) take: String,
    pub(super) typed_name: &'a str,
    pub(super) typed_website: &'a str,
    pub(super) kind: AccountKind,
    pub(super) version: i64,
    pub(super) name_error: String,
    pub(super) website_error: String,
    pub(super) whole: Option<String>,
    pub(super) now: Option<&'a Account>,
}

impl FormPage<'_> {
    fn kinds(&self) -> Vec<Choice> {
        let kinds = AccountKind::ALL.into_iter();
        let choice = |kind: AccountKind| {
            Choice::new(kind.as_str(), self.t.say(kind.text())).chosen_if(kind == self.kind)
        };
        kinds.map(choice).collect()
    }
}
