//! The renewals calendar: which subscriptions come to the end of a term, month by month.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Redirect, Response};
use http::StatusCode;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::text::fold;
use kit::web::table::{Arrangement, Shown, Sort, Table, TableColumn, Words};
use kit::web::{Failure, Order, Page, Tab};
use serde::{Deserialize, Serialize};

use super::views::{Month, RenewalsActions, RenewalsPage};
use super::{LIST, Subscription, SubscriptionError, SubscriptionId, store};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::arrangements;
use crate::audit::{self, Act, Entry};
use crate::currencies::{self, Rates};
use crate::permissions::Permission;
use crate::sheets::{self, Cell, Sheet};
use crate::workspaces;

/// How many months one page shows.
const MONTHS: i64 = 6;
/// How many renewals one page shows at most; more are named, never left out in silence.
const MOST: i64 = 2_000;

const fn column(key: &'static str, text: &'static str, sorts: Order, shown: Shown) -> TableColumn {
    TableColumn {
        key,
        text,
        sorts: Some(sorts),
        shown,
        numeric: false,
    }
}

/// The table of the renewals of a month.
static TABLE: Table = Table {
    name: "renewals",
    path: "/renewals",
    columns: &[
        column(
            "account",
            "subscriptions-account",
            Order::Ascending,
            Shown::Always,
        ),
        column("product", "subscriptions-product", Order::Ascending, Shown::Aside),
        column("renews", "subscriptions-renews", Order::Ascending, Shown::Usually),
        column("notice", "subscriptions-notice", Order::Ascending, Shown::Aside),
        TableColumn {
            numeric: true,
            ..column("arr", "subscriptions-arr", Order::Descending, Shown::Usually)
        },
    ],
    sort: Sort {
        by: "renews",
        order: Order::Ascending,
    },
};

/// What stands for the accounts of whoever looks.
const ME: &str = "me";

/// Which months, whose accounts, how they are arranged, and in which form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MonthsQuery {
    from: String,
    owner: String,
    format: String,
    sort: Option<String>,
    columns: Option<String>,
}

impl MonthsQuery {
    fn month(&self) -> Result<Option<Day>, Failure> {
        let from = Some(self.from.as_str()).filter(|from| !from.is_empty());
        let day = |from: &str| {
            from.parse::<Day>()
                .map_err(|_| Failure::of(StatusCode::BAD_REQUEST))
        };
        from.map(day).transpose()
    }

    fn owner(&self, actor: &Actor) -> Option<AgentId> {
        actor.agent().filter(|_| self.owner == ME)
    }
}

/// The renewals of a few months.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The day it is.
    pub today: Day,
    /// The first month shown.
    pub from: Day,
    /// The renewals, the nearest first.
    pub renewals: Vec<Subscription>,
    /// The rates of today, for sums.
    pub rates: Rates,
    /// Whether there are more than could be shown.
    pub has_more: bool,
}

/// What renews in the months from `from` on, or from the present month on, of the accounts of `owner` or of all. Sums are at
/// today's rates.
///
/// # Errors
/// [`SubscriptionError::Forbidden`], or the database's.
pub fn calendar(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Option<Day>,
    owner: Option<AgentId>,
) -> Result<Calendar, SubscriptionError> {
    renewals(tx, actor, (from, owner), MOST)
}

/// The same with up to `most` renewals.
fn renewals(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (from, owner): (Option<Day>, Option<AgentId>),
    most: i64,
) -> Result<Calendar, SubscriptionError> {
    actor.must(Permission::MoneyRead)?;
    let today = workspaces::today(tx, actor.workspace)?;
    let from = from.unwrap_or(today).month();
    let span = (from, from.plus_months(MONTHS));
    let mut renewals = store::renewing(tx, actor.workspace, (span, owner), None, most + 1)?;
    let most = usize::try_from(most).expect("a page and a file are small");
    let has_more = renewals.len() > most;
    renewals.truncate(most);
    Ok(Calendar {
        today,
        from,
        renewals,
        rates: currencies::on(tx, actor.workspace, today)?,
        has_more,
    })
}

/// A place in the list of renewals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    day: Day,
    id: SubscriptionId,
}

impl Place {
    /// The place of a subscription.
    pub(super) fn of(one: &Subscription) -> Self {
        Self {
            day: one.renewal.day,
            id: one.id,
        }
    }
}

/// Up to `limit` subscriptions without an end that renew from the first day of `span` on and before the second, the nearest
/// first, after one of them; with an owner those alone of the accounts that they look after.
///
/// # Errors
/// As of [`calendar`].
pub fn renewing(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (span, owner): ((Day, Day), Option<AgentId>),
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Subscription>, SubscriptionError> {
    actor.must(Permission::MoneyRead)?;
    let after = after.map(|place| (place.day, place.id));
    Ok(store::renewing(tx, actor.workspace, (span, owner), after, limit)?)
}

/// The page of the calendar.
///
/// # Errors
/// A month that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<MonthsQuery>,
) -> Result<Page, Failure> {
    let (from, owner) = (query.month()?, query.owner(&actor));
    let (calendar, arrangement) = db
        .report(move |tx| {
            let asked = Words {
                sort: query.sort.as_deref(),
                columns: query.columns.as_deref(),
            };
            let arrangement = arrangements::arranged(tx, &actor, &TABLE, asked)?;
            Ok::<_, SubscriptionError>((calendar(tx, &actor, from, owner)?, arrangement))
        })
        .await?;
    let whose = owner.map_or("", |_| ME);
    let arranged = |from: &str, whose: &str| arrangement.clone().asking(&[("from", from), ("owner", whose)]);
    let at = |months: i64, whose: &str| {
        let from = calendar.from.plus_months(months).to_string();
        arranged(&from, whose).address("")
    };
    let tab = |(whose_else, key): (&str, &str)| Tab {
        text: t.say(key),
        href: at(0, whose_else),
        current: whose_else == whose,
        count: None,
    };
    let view = RenewalsPage {
        t: &t,
        months: months(&calendar, &arrangement),
        tabs: [("", "renewals-all"), (ME, "assignment-my-book")]
            .map(tab)
            .to_vec(),
        now: arranged("", whose).address(""),
        earlier: at(-MONTHS, whose),
        later: at(MONTHS, whose),
        arrangement: arranged(&calendar.from.to_string(), whose),
        calendar: &calendar,
    };
    let actions = RenewalsActions {
        t: &t,
        from: calendar.from,
        owner: whose,
    };
    let page = Page::new(t.say("renewals-title"), &view).place("renewals");
    Ok(page.actions(&actions).live(LIST).live(currencies::LIST))
}

/// The same renewals as a file; taking it is recorded.
///
/// # Errors
/// As of [`show`].
pub async fn export(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(query): Form<MonthsQuery>,
) -> Result<Response, Failure> {
    let (from, owner) = (query.month()?, query.owner(&actor));
    let calendar = db
        .write(move |tx| {
            let entry =
                Entry::of(Act::Exported, actor.workspace).after(serde_json::json!({ "what": "renewals" }));
            audit::record(tx, &actor, entry)?;
            renewals(tx, &actor, (from, owner), sheets::ASKED).map_err(Failure::from)
        })
        .await?;
    sheet(&calendar).cut(&t).file(&query.format)
}

fn sheet(calendar: &Calendar) -> Sheet {
    let head = [
        "account",
        "name",
        "subscription",
        "product",
        "renews",
        "automatic",
        "notice_by",
        "currency",
        "arr",
    ];
    let row = |one: &Subscription| {
        vec![
            Cell::text(one.account),
            Cell::text(&one.account_name),
            Cell::text(one.id),
            Cell::text(&one.product_name),
            Cell::text(one.renewal.day),
            Cell::text(if one.renewal.is_automatic { "yes" } else { "no" }),
            Cell::text(one.notice_by()),
            Cell::text(one.currency),
            Cell::money(one.arr_on(calendar.today)),
        ]
    };
    Sheet::new("renewals", head, calendar.renewals.iter().map(row).collect())
}

/// Keeps which columns the months have for whoever asks, with their order; or goes back to the usual ones. The months and whose
/// they are stay.
///
/// # Errors
/// The database's.
pub async fn arrange(
    State(db): State<Db>,
    actor: Actor,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let named = |name: &str| {
        let found = sent.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let (from, owner) = (named("from"), named("owner"));
    let to = kit::web::address(TABLE.path, &[("from", &from), ("owner", &owner)]);
    db.write(move |tx| arrangements::keep(tx, &actor, &TABLE, &TABLE.sent(&sent)))
        .await?;
    Ok(Redirect::to(&to))
}

/// The months with what renews in each, as somebody arranges it.
fn months<'a>(calendar: &'a Calendar, arrangement: &Arrangement) -> Vec<Month<'a>> {
    let month = |number| {
        let first = calendar.from.plus_months(number);
        let mut renewals: Vec<_> = calendar
            .renewals
            .iter()
            .filter(|one| one.renewal.day.month() == first)
            .collect();
        arrange_month(&mut renewals, calendar, arrangement.sort());
        let sum = calendar
            .rates
            .sum(renewals.iter().map(|one| one.arr_on(calendar.today)));
        Month { first, renewals, sum }
    };
    (0..MONTHS).map(month).collect()
}

/// Puts what renews in a month in its order; amounts of several currencies are compared at the rates of today.
fn arrange_month(renewals: &mut [&Subscription], calendar: &Calendar, sort: Sort) {
    match sort.by {
        "account" => renewals.sort_by_cached_key(|one| fold(&one.account_name)),
        "product" => renewals.sort_by_cached_key(|one| fold(&one.product_name)),
        "notice" => renewals.sort_by_key(|one| one.notice_by()),
        "arr" => renewals.sort_by_cached_key(|one| {
            let arr = one.arr_on(calendar.today);
            calendar.rates.sum([arr]).total.minor
        }),
        _ => {}
    }
    if sort.order == Order::Descending {
        renewals.reverse();
    }
}
