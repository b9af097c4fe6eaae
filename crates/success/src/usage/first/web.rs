//! The page of how long first value takes, and the same as a file.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use kit::chart::{Caption, Lines, Series, Unit};
use kit::db::Db;
use kit::i18n::Text;
use kit::stats::Curve;
use kit::web::{Failure, Page, Tab, address};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::segments;

use super::curve::share_by;
use super::views::{ValueActions, ValuePage, called};
use super::{By, Overview, export};
use crate::usage::counts;
use crate::usage::measures::history;

const PATH: &str = "/time-to-value";
/// The place in the rail.
const PLACE: &str = "first-value";
/// Into how many parts the days of the chart are cut.
const PARTS: i64 = 24;

/// By what the accounts are parted, which part is shown, and in which form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wishes {
    by: String,
    of: String,
    format: String,
}

impl Wishes {
    fn by(&self) -> By {
        By::named(&self.by).unwrap_or_default()
    }
}

/// How long it takes.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(wishes): Query<Wishes>,
) -> Result<Page, Failure> {
    let by = wishes.by();
    let overview = db
        .report(move |tx| super::overview(tx, &actor, (by, &wishes.of)))
        .await?;
    let chart = overview.curve.as_ref().map(|curve| chart(&t, &overview, curve));
    let view = ValuePage {
        t: &t,
        by,
        tabs: tabs(&t, by),
        chart: chart.unwrap_or_default(),
        overview: &overview,
    };
    let title = match &overview.of {
        Some(part) => called(&t, part),
        None => t.say("first-value-title"),
    };
    let page = Page::new(title, &view)
        .place(PLACE)
        .live(counts::LIST)
        .live(history::LIST)
        .live(segments::LIST);
    let page = match overview.of {
        Some(_) => page.crumb(t.say("first-value-title"), at(by, "")),
        None => page,
    };
    Ok(match overview.accounts.is_empty() {
        true => page,
        false => page.actions(&ValueActions { t: &t, view: &view }),
    })
}

/// The accounts of the page as a file; taking it is recorded.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn export(
    State(db): State<Db>,
    actor: Actor,
    Form(wishes): Form<Wishes>,
) -> Result<Response, Failure> {
    let (by, format) = (wishes.by(), wishes.format.clone());
    let sheet = db
        .write(move |tx| {
            let overview = super::overview(tx, &actor, (by, &wishes.of))?;
            let what = serde_json::json!({ "what": "time-to-value" });
            let entry = Entry::of(Act::Exported, actor.workspace).after(what);
            audit::record(tx, &actor, entry)?;
            Ok::<_, Failure>(export::accounts(&overview))
        })
        .await?;
    sheet.file(&format)
}

/// The address of the page, parted by something, or of a part.
pub(super) fn at(by: By, of: &str) -> String {
    address(PATH, &[("by", by.as_str()), ("of", of)])
}

fn tabs(t: &Text, now: By) -> Vec<Tab> {
    let tab = |by: By| Tab {
        text: t.say(match by {
            By::Quarter => "first-value-by-quarter",
            By::Tier => "first-value-by-tier",
            By::Segment => "first-value-by-segment",
        }),
        href: at(by, ""),
        current: by == now,
        count: None,
    };
    By::ALL.map(tab).to_vec()
}

/// The share that has first value by a day, with the interval around it.
fn chart(t: &Text, overview: &Overview, curve: &Curve) -> String {
    let last = curve.steps.last().map_or(0, |step| step.time as i64).max(1);
    let step = (last + PARTS - 1) / PARTS;
    let days: Vec<i64> = (0..=(last + step - 1) / step)
        .map(|number| (number * step).min(last))
        .collect();
    let shares: Vec<(f64, f64, f64)> = days.iter().map(|day| share_by(curve, *day as f64)).collect();
    let series = |key: &str, of: fn(&(f64, f64, f64)) -> f64| {
        Series::new(t.say(key), &shares.iter().map(of).collect::<Vec<f64>>())
    };
    let end = shares.last().map_or(0.0, |share| share.0);
    let says = match overview.summary.median {
        Some(median) => t.say_with(
            "first-value-curve-says",
            kit::args!(
                days = t.count("metrics-days", median),
                share = t.percent(end, 0),
                last = t.count("metrics-days", last)
            ),
        ),
        None => t.say_with(
            "first-value-curve-open",
            kit::args!(share = t.percent(end, 0), last = t.count("metrics-days", last)),
        ),
    };
    Lines {
        caption: Caption::new("first-value-curve", t.say("first-value-curve"), says),
        unit: Unit::Percent(0),
        places: days.iter().map(|day| t.number(*day)).collect(),
        series: vec![
            series("first-value-share", |share| share.0),
            series("first-value-low", |share| share.1),
            series("first-value-high", |share| share.2),
        ],
        band: Some((1, 2)),
    }
    .draw(t)
}
