//! Who uses a feature, who never did, and who stopped: accounts, a part at a time.

mod store;

use kit::clock::Timestamp;
use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::{AdoptionError, Filter, Window, must_read, store as features};
use crate::usage::folding::FeatureId;

/// Whose use of a feature is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "FeatureAccounts")]
pub enum Whose {
    /// Those that used it in the window, those that did most first.
    #[default]
    Used,
    /// Those that used it in as many days before, and not in the window.
    Stopped,
    /// Those that did anything in the window and never used it; those that bring the most first, for whoever may see money.
    Never,
}

impl Whose {
    /// All, in the order of the tabs.
    pub const ALL: [Self; 3] = [Self::Used, Self::Stopped, Self::Never];

    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Stopped => "stopped",
            Self::Never => "never",
        }
    }

    /// The one of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|whose| whose.as_str() == word)
    }

    /// The message of its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Used => "adoption-used",
            Self::Stopped => "adoption-stopped",
            Self::Never => "adoption-never",
        }
    }
}

/// What an account does with a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Different people who used it in the window; of an account that never did, who did anything.
    pub people: i64,
    /// How often.
    pub events: i64,
    /// How often in as many days before.
    pub before: i64,
    /// When last; none for never.
    pub last: Option<Timestamp>,
    /// What the account brings in a month, in minor units of the reporting currency; nothing for readers who may not see money.
    pub mrr: Option<i64>,
}

/// A place in such a list: by what it is sorted, and the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    whose: Whose,
    value: i64,
    account: AccountId,
}

impl Place {
    /// The place of an account in a list.
    pub fn of(one: &Use, whose: Whose) -> Self {
        let value = match whose {
            Whose::Used => one.events,
            Whose::Stopped => one.before,
            Whose::Never => one.mrr.unwrap_or_default(),
        };
        Self {
            whose,
            value,
            account: one.account,
        }
    }
}

/// Which accounts are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Users {
    /// The feature.
    pub feature: FeatureId,
    /// Whose use.
    pub whose: Whose,
    /// How many days are looked at.
    pub window: Window,
    /// Which accounts at all.
    pub filter: Filter,
}

/// Up to `limit` accounts after a place.
///
/// # Errors
/// [`AdoptionError::Unknown`] for a feature of another workspace, a missing permission, or the database's.
pub fn users(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: Users,
    after: Option<&Place>,
    limit: i64,
) -> Result<Vec<Use>, AdoptionError> {
    must_read(actor)?;
    asked.filter.checked(tx, actor)?;
    let workspace = actor.workspace;
    if features::find(tx, workspace, asked.feature)?.is_none() {
        return Err(AdoptionError::Unknown);
    }
    let may_see_money = actor.may(Permission::MoneyRead);
    let begin = (i64::MAX, AccountId::from_uuid(Uuid::nil()));
    let after = after.filter(|place| place.whose == asked.whose);
    let after = after.map_or(begin, |place| (place.value, place.account));
    let mut found = match asked.whose {
        Whose::Used => store::used(tx, workspace, asked, after, limit)?,
        Whose::Stopped => store::stopped(tx, workspace, asked, after, limit)?,
        // The order is not to tell what accounts bring.
        Whose::Never => store::never(tx, workspace, (asked, may_see_money), after, limit)?,
    };
    if !may_see_money {
        for one in &mut found {
            one.mrr = None;
        }
    }
    Ok(found)
}
