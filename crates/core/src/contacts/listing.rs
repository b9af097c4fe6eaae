//! The list of contacts as each person arranges it.

use kit::db::Tx;
use kit::text::fold;
use kit::web::Order;
use kit::web::table::{self, Arrangement, Shown, Sort, SpotValue, Table, TableColumn, Words};

use super::finding::{self, Wishes};
use super::{Contact, ContactError, ContactId, PAGE};
use crate::actor::Actor;
use crate::arrangements;

/// A place in the list.
pub type Spot = table::Spot<ContactId>;

const fn column(key: &'static str, text: &'static str, sorts: Option<Order>, shown: Shown) -> TableColumn {
    TableColumn {
        key,
        text,
        sorts,
        shown,
        numeric: false,
    }
}

/// The table of contacts.
pub static TABLE: Table = Table {
    name: "contacts",
    path: "/contacts",
    columns: &[
        column("name", "contacts-name", Some(Order::Ascending), Shown::Always),
        column("email", "contacts-identity-email", None, Shown::Aside),
        column("language", "contacts-language", None, Shown::Seldom),
        column("zone", "contacts-zone", None, Shown::Seldom),
        column(
            "changed",
            "contacts-changed",
            Some(Order::Descending),
            Shown::Aside,
        ),
        column(
            "created",
            "contacts-known-since",
            Some(Order::Descending),
            Shown::Seldom,
        ),
    ],
    sort: Sort {
        by: "name",
        order: Order::Ascending,
    },
};

/// What the list is sorted by in a contact.
pub(super) fn value(contact: &Contact, sort: Sort) -> SpotValue {
    match sort.by {
        "changed" => SpotValue::Number(contact.changed_at.0),
        "created" => SpotValue::Number(contact.created_at.0),
        _ => SpotValue::Text(fold(&contact.text.name)),
    }
}

/// One page of the list, as somebody arranges it.
pub(super) struct Part {
    pub(super) arrangement: Arrangement,
    pub(super) contacts: Vec<Contact>,
    /// Where the next page begins.
    pub(super) next: Option<Spot>,
}

/// The page from `spot` on. Whoever goes on goes on in the order in which they began.
pub(super) fn part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: Words<'_>,
    wishes: &Wishes,
    spot: Option<&Spot>,
) -> Result<Part, ContactError> {
    let begun = spot.map(|spot| spot.sort.as_str());
    let asked = Words {
        sort: begun.or(asked.sort),
        ..asked
    };
    let arrangement = arrangements::arranged(tx, actor, &TABLE, asked)?.asking(&wishes.pairs());
    let sort = arrangement.sort();
    let spot = spot.filter(|spot| spot.sort == sort.word());
    let mut contacts = finding::sorted(tx, actor, wishes, (sort, spot), PAGE + 1)?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = contacts.len() > page;
    contacts.truncate(page);
    let last = contacts.last().filter(|_| has_more);
    let next = last.map(|last| Spot {
        sort: sort.word(),
        value: value(last, sort),
        id: last.id,
    });
    Ok(Part {
        arrangement,
        contacts,
        next,
    })
}
