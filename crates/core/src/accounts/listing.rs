//! The list of accounts as each person arranges it.

use std::collections::BTreeMap;

use kit::db::Tx;
use kit::text::fold;
use kit::web::Order;
use kit::web::api::cursor;
use kit::web::table::{Arrangement, Shown, Sort, Table, TableColumn, Words};
use serde::{Deserialize, Serialize};

use super::finding::{Wishes, found};
use super::heading::{self, Heading};
use super::{Account, AccountError, AccountId, Cursor, PAGE, columns, store};
use crate::actor::Actor;
use crate::arrangements;
use crate::permissions::Permission;

const fn column(key: &'static str, text: &'static str, sorts: Option<Order>, shown: Shown) -> TableColumn {
    TableColumn {
        key,
        text,
        sorts,
        shown,
        numeric: false,
    }
}

/// The table of accounts.
pub static TABLE: Table = Table {
    name: "accounts",
    path: "/accounts",
    columns: &[
        column("name", "accounts-name", Some(Order::Ascending), Shown::Always),
        column("owner", "assignment-owner", None, Shown::Aside),
        column("tier", "tiers-tier", None, Shown::Aside),
        column("stage", "stages-stage", None, Shown::Aside),
        TableColumn {
            numeric: true,
            ..column(
                "arr",
                "subscriptions-arr",
                Some(Order::Descending),
                Shown::Usually,
            )
        },
        column("renews", "accounts-renews", None, Shown::Aside),
        column("website", "accounts-website", None, Shown::Seldom),
        column("state", "accounts-state", None, Shown::Aside),
        column(
            "changed",
            "accounts-changed",
            Some(Order::Descending),
            Shown::Seldom,
        ),
        column(
            "created",
            "accounts-since",
            Some(Order::Descending),
            Shown::Seldom,
        ),
    ],
    sort: Sort {
        by: "name",
        order: Order::Ascending,
    },
};

/// A place in the list: how it is sorted, and what the last account seen has there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The word of the sort.
    pub sort: String,
    /// The value that is sorted by.
    pub(super) value: SortValue,
    /// The account's id, which parts those with the same value.
    pub(super) id: AccountId,
}

/// What a list is sorted by in one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum SortValue {
    Moment(i64),
    Name(String),
}

impl Spot {
    /// The place after `account` in a list sorted like this.
    pub fn after(account: &Account, sort: Sort) -> Self {
        Self::at(account, sort, None)
    }

    /// The same where what the account brings in a year is known.
    pub(super) fn at(account: &Account, sort: Sort, arr: Option<i64>) -> Self {
        let value = match sort.by {
            "arr" => SortValue::Moment(arr.unwrap_or(-1)),
            "changed" => SortValue::Moment(account.changed_at.0),
            "created" => SortValue::Moment(account.created_at.0),
            _ => SortValue::Name(fold(&account.name)),
        };
        Self {
            sort: sort.word(),
            value,
            id: account.id,
        }
    }

    /// The place after an account of a list by name.
    pub(super) fn by_name(cursor: &Cursor) -> Self {
        Self {
            sort: TABLE.sort.word(),
            value: SortValue::Name(cursor.name.clone()),
            id: cursor.id,
        }
    }

    /// The text for addresses.
    pub fn encode(&self) -> String {
        cursor::write(TABLE.name, self)
    }

    /// Reads what [`Spot::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        cursor::read(TABLE.name, text)
    }

    pub(super) fn moment(&self) -> Option<i64> {
        match self.value {
            SortValue::Moment(moment) => Some(moment),
            SortValue::Name(_) => None,
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match &self.value {
            SortValue::Moment(_) => None,
            SortValue::Name(name) => Some(name),
        }
    }
}

/// The order in which the actor may see the list: one by money tells of money.
pub(super) fn allowed(actor: &Actor, sort: Sort) -> Sort {
    if sort.by == "arr" && !actor.may(Permission::MoneyRead) {
        TABLE.sort
    } else {
        sort
    }
}

/// Up to `limit` accounts sorted by `sort`, from `spot` on.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's.
pub fn sorted(
    tx: &mut Tx<'_>,
    actor: &Actor,
    sort: Sort,
    spot: Option<&Spot>,
    limit: i64,
) -> Result<Vec<Account>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    let workspace = actor.workspace;
    let sort = allowed(actor, sort);
    let spot = spot.filter(|spot| spot.sort == sort.word());
    Ok(match (sort.by, sort.order) {
        ("arr", _) => return found(tx, actor, &Wishes::default(), (sort, spot), limit),
        ("changed", Order::Ascending) => store::changed_first(tx, workspace, spot, limit)?,
        ("changed", Order::Descending) => store::changed_last(tx, workspace, spot, limit)?,
        ("created", Order::Ascending) => store::eldest(tx, workspace, spot, limit)?,
        ("created", Order::Descending) => store::youngest(tx, workspace, spot, limit)?,
        (_, Order::Ascending) => {
            let cursor = spot.and_then(|spot| {
                spot.name().map(|name| Cursor {
                    name: name.to_owned(),
                    id: spot.id,
                })
            });
            store::list(tx, workspace, cursor.as_ref(), limit)?
        }
        (_, Order::Descending) => store::by_name_backwards(tx, workspace, spot, limit)?,
    })
}

/// One page of the list, as somebody arranges it.
pub(super) struct Part {
    pub(super) arrangement: Arrangement,
    pub(super) accounts: Vec<Account>,
    pub(super) headings: BTreeMap<AccountId, Heading>,
    /// What features add.
    pub(super) extra: Vec<columns::Filled>,
    has_more: bool,
}

impl Part {
    /// The address of the next page.
    pub(super) fn next(&self, wishes: &Wishes) -> Option<String> {
        let last = self.accounts.last().filter(|_| self.has_more)?;
        let worth = self
            .headings
            .get(&last.id)
            .and_then(|heading| heading.worth.as_ref());
        let spot = Spot::at(last, self.arrangement.sort(), worth.map(|worth| worth.arr));
        Some(wishes.on(&self.arrangement.address(&spot.encode())))
    }
}

/// The page from `spot` on. Whoever goes on goes on in the order in which they began.
pub(super) fn part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: Words<'_>,
    wishes: &Wishes,
    spot: Option<&Spot>,
) -> Result<Part, AccountError> {
    let begun = spot.map(|spot| spot.sort.as_str());
    let asked = Words {
        sort: begun.or(asked.sort),
        ..asked
    };
    let arrangement = arrangements::arranged(tx, actor, columns::table(tx), asked)?;
    let arrangement = arrangement.hiding(&columns::hidden(tx, actor));
    let mut accounts = if wishes.is_empty() {
        sorted(tx, actor, arrangement.sort(), spot, PAGE + 1)?
    } else {
        found(tx, actor, wishes, (arrangement.sort(), spot), PAGE + 1)?
    };
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = accounts.len() > page;
    accounts.truncate(page);
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    Ok(Part {
        headings: heading::of(tx, actor, &ids)?,
        extra: columns::filled(tx, actor, &ids, |column| arrangement.shows(column.key))?,
        arrangement,
        accounts,
        has_more,
    })
}
