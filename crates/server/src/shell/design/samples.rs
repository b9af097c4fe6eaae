//! Invented accounts and happenings for the design page.

use std::time::Duration;

use super::charts;
use jiff::civil::{Date, date};
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::table::{Shown, Sort, Table, TableColumn};
use kit::web::{Choice, Filled, Order};

/// The colours shown as swatches: the names of their custom properties.
pub(super) const COLOURS: &[&str] = &[
    "canvas",
    "surface",
    "raised",
    "sunken",
    "hover",
    "selected",
    "line",
    "line-strong",
    "line-control",
    "text",
    "muted",
    "faint",
    "accent",
    "accent-fill",
    "good",
    "good-soft",
    "warn",
    "warn-soft",
    "bad",
    "bad-soft",
    "info",
    "info-soft",
    "note",
    "note-soft",
    "series-1",
    "series-2",
    "series-3",
    "series-4",
    "series-5",
    "series-6",
];

/// A name that does not fit.
pub(super) const LONG_NAME: &str =
    "The Extraordinarily Long Name of a Holding Company for the Northern Provinces Ltd";

/// An invented account.
pub(super) struct Account {
    pub(super) name: &'static str,
    pub(super) owner: &'static str,
    pub(super) tone: &'static str,
    pub(super) icon: &'static str,
    pub(super) health: String,
    pub(super) score: i64,
    pub(super) trend: String,
    pub(super) yearly: i64,
    pub(super) renewal: Date,
    pub(super) tickets: i64,
}

pub(super) fn accounts(t: &Text) -> Vec<Account> {
    let row = |name, owner, score: i64, yearly, renewal, tickets| {
        let (tone, icon, word) = match score {
            70.. => ("good", "circle-check", "design-health-good"),
            40..70 => ("warn", "triangle-alert", "design-health-fair"),
            _ => ("bad", "circle-alert", "design-health-poor"),
        };
        Account {
            name,
            owner,
            tone,
            icon,
            health: t.say(word),
            score,
            trend: charts::sparkline(t, score),
            yearly,
            renewal,
            tickets,
        }
    };
    vec![
        row(
            "Nordwind Logistics",
            "Leyla Quliyeva",
            82,
            4_200_000,
            date(2027, 1, 3),
            2,
        ),
        row(
            "Żabka Hurt Sp. z o.o.",
            "Piotr Wiśniewski",
            61,
            1_850_050,
            date(2026, 12, 14),
            7,
        ),
        row(
            "Gəncə Sənaye Birliyi",
            "Aygün Məmmədova",
            34,
            960_000,
            date(2026, 11, 30),
            14,
        ),
        row(
            "PT Sinar Harapan Nusantara",
            "Budi Santoso",
            76,
            12_400_000,
            date(2027, 6, 21),
            0,
        ),
        row(LONG_NAME, "Анна Кузнецова", 48, 310_000, date(2027, 2, 9), 3),
    ]
}

/// Something invented that happened.
pub(super) struct Event {
    pub(super) icon: &'static str,
    pub(super) tone: &'static str,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) at: Timestamp,
}

pub(super) fn events(t: &Text) -> Vec<Event> {
    let row = |icon, tone, key: &str, minutes: u64| Event {
        icon,
        tone,
        title: t.say(&format!("design-event-{key}")),
        text: t.say(&format!("design-event-{key}-text")),
        at: t.now().minus(Duration::from_secs(minutes * 60)),
    };
    vec![
        row("mail", "", "mail", 12),
        row("trending-down", "bad", "health", 190),
        row("circle-check", "good", "solved", 60 * 26),
        row("file-text", "info", "invoice", 60 * 24 * 41),
    ]
}

const fn column(key: &'static str, text: &'static str, sorts: Option<Order>, shown: Shown) -> TableColumn {
    TableColumn {
        key,
        text,
        sorts,
        shown,
        numeric: false,
    }
}

/// A table that can be arranged.
pub(super) static TABLE: Table = Table {
    name: "design",
    path: "/design",
    columns: &[
        column("name", "design-account", Some(Order::Ascending), Shown::Always),
        column("health", "design-health", None, Shown::Usually),
        column("trend", "design-trend", None, Shown::Usually),
        TableColumn {
            numeric: true,
            ..column("yearly", "design-yearly", Some(Order::Descending), Shown::Usually)
        },
        column("renewal", "design-renewal", None, Shown::Usually),
        column("owner", "design-owner", None, Shown::Usually),
        TableColumn {
            numeric: true,
            ..column("tickets", "design-tickets", None, Shown::Seldom)
        },
    ],
    sort: Sort {
        by: "yearly",
        order: Order::Descending,
    },
};

/// The accounts in the order of an arrangement.
pub(super) fn sorted(t: &Text, sort: Sort) -> Vec<Account> {
    let mut accounts = accounts(t);
    match sort.by {
        "name" => accounts.sort_by_key(|account| kit::text::fold(account.name)),
        _ => accounts.sort_by_key(|account| account.yearly),
    }
    if sort.order == Order::Descending {
        accounts.reverse();
    }
    accounts
}

/// A form with one good field and one refused.
pub(super) fn refused_form(t: &Text) -> Filled {
    let mut form = Filled::default();
    form.set("name", "Leyla Quliyeva");
    form.set("email", "leyla@nordwind");
    form.refuse("email", t.say("design-email-error"));
    form
}

pub(super) fn choices(t: &Text) -> Vec<Choice> {
    let keys = [
        "design-priority-low",
        "design-priority-normal",
        "design-priority-high",
    ];
    keys.map(|key| Choice::new(key, t.say(key)).chosen_if(key.ends_with("normal")))
        .into()
}

pub(super) fn segments(t: &Text) -> Vec<Choice> {
    let keys = ["design-period-week", "design-period-month", "design-period-year"];
    keys.map(|key| Choice::new(key, t.say(key)).chosen_if(key.ends_with("month")))
        .into()
}
