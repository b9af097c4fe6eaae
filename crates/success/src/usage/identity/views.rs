//! What the templates of ids take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};
use tandem_core::accounts::{Account, AccountId};
use tandem_core::contacts::ContactId;

use super::{Identity, Link, Other};
use crate::usage::people::{MANY, Name, NameKind};
use crate::usage::settling::{Candidate, kind};

#[derive(Template)]
#[template(path = "usage/identity/views/identity.html")]
pub(super) struct IdentityPage<'a> {
    pub(super) t: &'a Text,
    pub(super) identity: &'a Identity,
    pub(super) account: Option<(AccountId, String)>,
    pub(super) chosen: Option<(AccountId, String)>,
    pub(super) contact: Option<(ContactId, String)>,
    pub(super) offered: Vec<Account>,
    pub(super) next: Option<String>,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
    pub(super) may_settle: bool,
    pub(super) may_make: bool,
}

#[derive(Template)]
#[template(path = "usage/identity/views/identity_actions.html")]
pub(super) struct IdentityActions<'a> {
    t: &'a Text,
    identity: &'a Identity,
    is_makable: bool,
    may_write: bool,
}

#[derive(Template)]
#[template(path = "usage/identity/views/panel.html")]
pub(super) struct NamesPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) names: &'a [(Name, i64)],
}

/// The part of a signature that people read.
fn by(signature: &str) -> &str {
    signature.split_once(' ').map_or(signature, |(_, name)| name)
}

/// How many ids a person has, which are counted so far and no further.
fn ids(t: &Text, count: i64) -> String {
    match count < MANY {
        true => t.count("usage-identity-ids", count),
        false => t.count("usage-identity-many-ids", count),
    }
}

impl IdentityPage<'_> {
    pub(super) fn actions(&self) -> IdentityActions<'_> {
        let name = &self.identity.name;
        let is_makable = match NameKind::named(&name.kind) {
            Some(NameKind::Group) => self.may_settle && self.identity.looked.account.is_none(),
            Some(NameKind::User) => self.may_make && self.identity.looked.contact.is_none(),
            _ => false,
        };
        IdentityActions {
            t: self.t,
            identity: self.identity,
            is_makable: is_makable && self.may_write,
            may_write: self.may_write,
        }
    }

    fn kind(&self) -> String {
        kind(self.t, &self.identity.name.kind)
    }

    fn ids(&self) -> String {
        ids(self.t, self.identity.ids)
    }

    fn is_group(&self) -> bool {
        self.identity.name.kind == NameKind::Group.as_str()
    }

    /// Whether a link leads on to somebody else.
    fn leads_on(&self) -> bool {
        self.identity.looked.root != self.identity.name.id
    }

    /// Why the account can't be told for all days.
    fn why(&self) -> String {
        let reason = self.identity.looked.reason;
        reason.map_or_else(String::new, |reason| self.t.say(reason.text()))
    }

    fn because(&self, candidate: &Candidate) -> String {
        self.t.say(candidate.why.text())
    }

    fn choices(&self) -> Vec<Choice> {
        let chosen = self.form.value("account");
        let choice = |account: &Account| Choice {
            chosen: account.id.to_string() == chosen,
            ..Choice::new(account.id.to_string(), &*account.name)
        };
        self.offered.iter().map(choice).collect()
    }

    fn kind_of(&self, link: &Link) -> String {
        kind(self.t, &link.kind)
    }

    fn heard(&self, link: &Link) -> String {
        let heard = self.t.say(link.heard.text());
        match &link.source {
            Some(source) => format!("{heard} · {source}"),
            None => heard,
        }
    }

    fn address(&self, link: &Link) -> String {
        match link.other {
            Other::Name(id) => format!("/settings/sources/names/{id}"),
            Other::Contact(id) => format!("/contacts/{id}"),
        }
    }

    fn ended(&self, link: &Link) -> String {
        let Some(ended) = &link.ended else {
            return String::new();
        };
        self.t
            .say_with("usage-identity-ended-by", kit::args!(name = by(&ended.by)))
    }
}

impl IdentityActions<'_> {
    fn makes(&self) -> String {
        self.t.say(match NameKind::named(&self.identity.name.kind) {
            Some(NameKind::Group) => "usage-settling-make-account",
            _ => "usage-settling-make-contact",
        })
    }
}

impl NamesPanel<'_> {
    fn ids(&self, count: &i64) -> String {
        ids(self.t, *count)
    }
}
