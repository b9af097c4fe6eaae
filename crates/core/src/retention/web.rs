//! The pages of retention: the numbers, the accounts behind each, and both as files.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use http::StatusCode;
use kit::chart::{Caption, Change, Cohorts, Unit, Waterfall};
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Failure, Page, Tab};
use serde::Deserialize;

use super::export;
use super::views::{AccountsPage, RetentionPage, accounts_at, month_choices, retention_at};
use super::{Backing, Behind, Cohort, Numbers, Of, Period, Place};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::currencies;
use crate::ledger::{self, Kind};
use crate::sheets::{self, Sheet};
use crate::{orders, subscriptions, workspaces};

const PLACE: &str = "retention";
/// Accounts on one page.
const PAGE: i64 = 50;
/// What a file says that was cut.
const CUT: &str = "retention-cut";
/// How many months there are until somebody chooses.
const USUAL: i64 = 12;

/// Which months, which cohorts, which accounts, and in which form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wishes {
    from: String,
    last: String,
    by: String,
    of: String,
    after: Option<String>,
    format: String,
}

impl Wishes {
    fn period(&self, today: Day) -> Result<Period, Failure> {
        if self.from.is_empty() && self.last.is_empty() {
            return Ok(Period::before(today, USUAL));
        }
        let day = |text: &str| text.parse::<Day>().ok();
        let period = day(&self.from).zip(day(&self.last));
        let period = period.and_then(|(from, last)| Period::new(from, last));
        period.ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST))
    }

    fn cohorts_of(&self) -> Of {
        if self.by == "revenue" {
            Of::Revenue
        } else {
            Of::Accounts
        }
    }

    fn behind(&self) -> Result<Behind, Failure> {
        Behind::named(&self.of).ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST))
    }
}

/// The numbers of a period.
///
/// # Errors
/// A period that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(wishes): Query<Wishes>,
) -> Result<Page, Failure> {
    let of = wishes.cohorts_of();
    let (numbers, cohorts, today, repeats) = db
        .report(move |tx| {
            let today = workspaces::today(tx, actor.workspace)?;
            let period = wishes.period(today)?;
            let cohorts = super::cohorts(tx, &actor, period, of)?;
            let repeats = orders::repeating::repeats(tx, &actor, (period.from, period.until))?;
            Ok::<_, Failure>((super::numbers(tx, &actor, period)?, cohorts, today, repeats))
        })
        .await?;
    let period = numbers.period;
    let view = RetentionPage {
        t: &t,
        from: month_choices(&t, today, period.from),
        last: month_choices(&t, today, period.last()),
        tabs: tabs(&t, period, of),
        of: word(of),
        waterfall: waterfall(&t, &numbers),
        cohorts: cohort_map(&t, &numbers, &cohorts, of),
        numbers: &numbers,
        repeats,
    };
    let page = Page::new(t.say("retention-title"), &view).place(PLACE);
    Ok(page
        .actions(&view.actions())
        .live(subscriptions::LIST)
        .live(orders::LIST)
        .live(currencies::LIST))
}

/// The accounts behind a number.
///
/// # Errors
/// A number that is none, a cursor that is none, or the database's.
pub async fn accounts(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(wishes): Query<Wishes>,
) -> Result<Page, Failure> {
    let behind = wishes.behind()?;
    let after: Option<Place> = cursor::wanted(ledger::LIST, wishes.after.as_deref())?;
    let (mut found, period, currency) = db
        .report(move |tx| {
            let period = wishes.period(workspaces::today(tx, actor.workspace)?)?;
            let found = super::behind(tx, &actor, (period, behind), after, PAGE + 1)?;
            let currency = currencies::on(tx, actor.workspace, period.last())?.to;
            Ok::<_, Failure>((found, period, currency))
        })
        .await?;
    let next = trim_to_page(&mut found).map(|key| {
        format!(
            "{}&after={}",
            accounts_at(behind, period),
            cursor::write(ledger::LIST, &key)
        )
    });
    let view = AccountsPage {
        t: &t,
        behind,
        period,
        currency,
        found,
        next,
    };
    let page = Page::new(view.title(), &view).place(PLACE);
    Ok(page
        .crumb(t.say("retention-title"), retention_at(period, ""))
        .actions(&view.actions()))
}

/// The numbers, or the accounts behind one of them, as a file; taking it is recorded.
///
/// # Errors
/// A period that is none, a missing permission, or the database's.
pub async fn export(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(wishes): Form<Wishes>,
) -> Result<Response, Failure> {
    let format = wishes.format.clone();
    let table = db.write(move |tx| table(tx, &actor, &t, &wishes)).await?;
    table.file(&format)
}

/// Cuts a list that was read with one row too many to its page; gives the cursor of the next one.
fn trim_to_page(found: &mut Vec<Backing>) -> Option<Place> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (found.len() > page).then(|| {
        found.truncate(page);
        found[page - 1].place()
    })
}

fn table(tx: &mut Tx<'_>, actor: &Actor, t: &Text, wishes: &Wishes) -> Result<Sheet, Failure> {
    let period = wishes.period(workspaces::today(tx, actor.workspace)?)?;
    let currency = currencies::on(tx, actor.workspace, period.last())?.to;
    let table = match wishes.of.as_str() {
        "" => export::months(&super::numbers(tx, actor, period)?),
        "cohorts" => {
            let of = wishes.cohorts_of();
            export::cohorts(&super::cohorts(tx, actor, period, of)?, (of, currency))
        }
        asked @ (export::ORDERED | export::ORDERED_AGAIN) => {
            let wanted = ((period.from, period.until), asked == export::ORDERED_AGAIN);
            let found = orders::repeating::repeaters(tx, actor, wanted, None, sheets::ASKED)?;
            export::orderers(&found).cut_saying(t, CUT)
        }
        _ => {
            let behind = wishes.behind()?;
            let found = super::behind(tx, actor, (period, behind), None, sheets::ASKED)?;
            export::accounts(&found, behind, currency).cut_saying(t, CUT)
        }
    };
    let entry = Entry::of(Act::Exported, actor.workspace).after(serde_json::json!({ "what": "retention" }));
    audit::record(tx, actor, entry)?;
    Ok(table)
}

fn word(of: Of) -> &'static str {
    match of {
        Of::Accounts => "accounts",
        Of::Revenue => "revenue",
    }
}

fn tabs(t: &Text, period: Period, now: Of) -> Vec<Tab> {
    let tab = |(of, key): (Of, &str)| Tab {
        text: t.say(key),
        href: retention_at(period, word(of)),
        current: of == now,
        count: None,
    };
    [
        (Of::Accounts, "retention-accounts"),
        (Of::Revenue, "retention-revenue"),
    ]
    .map(tab)
    .to_vec()
}

fn waterfall(t: &Text, numbers: &Numbers) -> String {
    let currency = numbers.rates.to;
    let summary = t.say_with(
        "retention-waterfall-says",
        kit::args!(
            opening = t.money_whole(numbers.opening.total.minor, currency.code()),
            closing = t.money_whole(numbers.closing(), currency.code())
        ),
    );
    let change = |kind: &Kind| Change {
        name: t.say(kind.text()),
        by: numbers.moved(*kind) as f64,
    };
    let chart = Waterfall {
        caption: Caption::new("retention-waterfall", t.say("retention-waterfall"), summary),
        unit: Unit::Money(currency.code().to_owned()),
        start: (t.say("retention-opening"), numbers.opening.total.minor as f64),
        changes: Kind::ALL.iter().map(change).collect(),
        end: t.say("retention-closing"),
        links: waterfall_links(numbers.period),
    };
    chart.draw(t)
}

/// What is behind each bar: who was there at the start, what moved, and who is there at the end.
fn waterfall_links(period: Period) -> Vec<String> {
    let moved = Kind::ALL.iter().map(|kind| Behind::Moved(*kind));
    let all = std::iter::once(Behind::Start).chain(moved).chain([Behind::End]);
    all.map(|behind| accounts_at(behind, period)).collect()
}

fn cohort_map(t: &Text, numbers: &Numbers, cohorts: &[Cohort], of: Of) -> String {
    let row = |cohort: &Cohort| {
        let (year, month) = cohort.month.year_and_month();
        let began = match of {
            Of::Accounts => cohort.began,
            // In major units: a row's name has no room for a currency.
            Of::Revenue => cohort.began / numbers.rates.to.scale(),
        };
        (t.month(year, month), began, cohort.shares.clone())
    };
    let chart = Cohorts {
        caption: Caption::new(
            "retention-cohorts",
            t.say("retention-cohorts"),
            t.count("retention-cohorts-say", cohorts.len()),
        ),
        rows: cohorts.iter().map(row).collect(),
        links: cohorts
            .iter()
            .map(|cohort| cohort_links(numbers.period, cohort))
            .collect(),
    };
    chart.draw(t)
}

fn cohort_links(period: Period, cohort: &Cohort) -> Vec<String> {
    let ages = (0_i64..).zip(&cohort.shares);
    ages.map(|(age, _)| accounts_at(Behind::Stayed(cohort.month, age), period))
        .collect()
}
