//! What the template of the family takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::{Family, Relative};
use crate::accounts::Account;
use crate::currencies::Sum;

#[derive(Template)]
#[template(path = "accounts/views/family.html")]
pub(super) struct FamilyPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) account: &'a Account,
    pub(super) family: Family,
    pub(super) form: &'a Filled,
    pub(super) offered: Vec<Account>,
    pub(super) may_write: bool,
}

impl FamilyPanel<'_> {
    fn choices(&self) -> Vec<Choice> {
        let offered = self.offered.iter();
        let choice = |account: &Account| {
            let site = account.website.as_deref().unwrap_or_default();
            Choice::new(account.id.to_string(), format!("{} {site}", account.name).trim())
        };
        offered.map(choice).collect()
    }

    fn is_alone(&self) -> bool {
        self.family.members.len() < 2
    }

    /// What stands small below a name.
    fn facts(&self, one: &Relative) -> String {
        let mut facts = Vec::new();
        if let Some(sum) = &one.mrr {
            facts.push(self.money(sum));
        }
        facts.push(self.t.count(
            "accounts-family-subscriptions",
            i64::try_from(one.subscriptions).unwrap_or(0),
        ));
        facts.push(self.t.count("accounts-family-contacts", one.contacts));
        facts.join(" · ")
    }

    fn money(&self, sum: &Sum) -> String {
        self.t.money(sum.total.minor, sum.total.currency.code())
    }
}
