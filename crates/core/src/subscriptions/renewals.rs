//! The renewals calendar: which subscriptions come to the end of a term, month by month.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Redirect;
use http::StatusCode;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::text::fold;
use kit::web::table::{Arrangement, Shown, Sort, Table, TableColumn, Words};
use kit::web::{Failure, Order, Page};
use serde::{Deserialize, Serialize};

use super::views::{Month, RenewalsPage};
use super::{LIST, Subscription, SubscriptionError, SubscriptionId, store};
use crate::actor::Actor;
use crate::arrangements;
use crate::currencies::{self, Rates};
use crate::permissions::Permission;
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

/// Which months, and how they are arranged.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MonthsQuery {
    from: Option<String>,
    sort: Option<String>,
    columns: Option<String>,
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

/// What renews in the months from `from` on, or from the present month on. Sums are at today's rates.
///
/// # Errors
/// [`SubscriptionError::Forbidden`], or the database's.
pub fn calendar(tx: &mut Tx<'_>, actor: &Actor, from: Option<Day>) -> Result<Calendar, SubscriptionError> {
    actor.must(Permission::MoneyRead)?;
    let today = workspaces::today(tx, actor.workspace)?;
    let from = from.unwrap_or(today).month();
    let span = (from, from.plus_months(MONTHS));
    let mut renewals = store::renewing(tx, actor.workspace, span, None, MOST + 1)?;
    let most = usize::try_from(MOST).expect("a page is small");
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
/// first, after one of them.
///
/// # Errors
/// As of [`calendar`].
pub fn renewing(
    tx: &mut Tx<'_>,
    actor: &Actor,
    span: (Day, Day),
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Subscription>, SubscriptionError> {
    actor.must(Permission::MoneyRead)?;
    let after = after.map(|place| (place.day, place.id));
    Ok(store::renewing(tx, actor.workspace, span, after, limit)?)
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
    let from = query.from.as_deref().filter(|from| !from.is_empty());
    let from: Option<Day> = from
        .map(|day| day.parse().map_err(|_| Failure::of(StatusCode::BAD_REQUEST)))
        .transpose()?;
    let (calendar, arrangement) = db
        .report(move |tx| {
            let asked = Words {
                sort: query.sort.as_deref(),
                columns: query.columns.as_deref(),
            };
            let arrangement = arrangements::arranged(tx, &actor, &TABLE, asked)?;
            Ok::<_, SubscriptionError>((calendar(tx, &actor, from)?, arrangement))
        })
        .await?;
    let at = |months: i64| {
        let first = calendar.from.plus_months(months).to_string();
        arrangement.clone().asking(&[("from", &first)]).address("")
    };
    let view = RenewalsPage {
        t: &t,
        months: months(&calendar, &arrangement),
        earlier: at(-MONTHS),
        later: at(MONTHS),
        arrangement: arrangement
            .clone()
            .asking(&[("from", &calendar.from.to_string())]),
        calendar: &calendar,
    };
    let page = Page::new(t.say("renewals-title"), &view)
        .place("renewals")
        .live(LIST);
    Ok(page.live(currencies::LIST))
}

/// Keeps which columns the months have for whoever asks, with their order; or goes back to the usual ones.
///
/// # Errors
/// The database's.
pub async fn arrange(
    State(db): State<Db>,
    actor: Actor,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    db.write(move |tx| arrangements::keep(tx, &actor, &TABLE, &TABLE.sent(&sent)))
        .await?;
    Ok(Redirect::to(TABLE.path))
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
