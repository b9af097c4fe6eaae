//! The pages of metrics: all of them, and one over the book.

use axum::extract::{Query, State};
use kit::chart::{Bars, Caption, Series, Stacking, Unit as ChartUnit};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page};
use serde::Deserialize;

use super::views::{BookPage, ListActions, ListPage};
use super::{Book, Metric, MetricError, book, known, library};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::{currencies, workspaces};

const PLACE: &str = "health";

/// Of which metric.
#[derive(Debug, Default, Deserialize)]
pub struct BookQuery {
    #[serde(default)]
    of: String,
}

/// Every metric, with how its values lie.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let may_define = actor.may(Permission::UsageRead);
    let (lines, currency) = db
        .report(move |tx| {
            let producers = super::producers(tx, actor.workspace)?;
            let today = workspaces::today(tx, actor.workspace)?;
            let mut lines = Vec::new();
            for metric in library(&producers, &actor) {
                lines.push((metric, book::spread(tx, actor.workspace, metric, today)?));
            }
            Ok::<_, MetricError>((lines, currencies::reporting(tx, actor.workspace)?))
        })
        .await?;
    let view = ListPage {
        t: &t,
        lines,
        currency: currency.to_string(),
    };
    let page = Page::new(t.say("metrics-title"), &view).place(PLACE);
    Ok(match may_define {
        true => page.actions(&ListActions { t: &t }),
        false => page,
    })
}

/// One metric over the book.
///
/// # Errors
/// No such metric, or one that the actor may not see, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<BookQuery>,
) -> Result<Page, Failure> {
    let (metric, book, currency) = db
        .report(move |tx| {
            let producers = super::producers(tx, actor.workspace)?;
            let metric = known(&producers, &actor, &query.of)?;
            let book = book::of(tx, actor.workspace, metric)?;
            Ok::<_, MetricError>((metric, book, currencies::reporting(tx, actor.workspace)?))
        })
        .await?;
    let currency = currency.to_string();
    let chart = book
        .as_ref()
        .map_or_else(String::new, |book| chart(&t, metric, book, &currency));
    let view = BookPage {
        t: &t,
        metric,
        book,
        chart,
        currency,
    };
    Ok(Page::new(metric.called(&t), &view)
        .place(PLACE)
        .crumb(t.say("metrics-title"), "/metrics"))
}

fn chart(t: &Text, metric: &Metric, book: &Book, currency: &str) -> String {
    let counts: Vec<f64> = book.parts.iter().map(|(_, _, n)| *n as f64).collect();
    let places = book
        .parts
        .iter()
        .map(|(from, _, _)| metric.written(t, *from, currency));
    let summary = t.say_with(
        "metrics-spread-says",
        kit::args!(
            accounts = t.number(book.spread.n),
            low = metric.written(t, book.spread.five[1], currency),
            high = metric.written(t, book.spread.five[3], currency)
        ),
    );
    Bars {
        caption: Caption::new("metric-spread", t.say("metrics-spread"), summary),
        unit: ChartUnit::Number(0),
        places: places.collect(),
        series: vec![Series::new(t.say("metrics-accounts"), &counts)],
        stacking: Stacking::Beside,
        links: Vec::new(),
    }
    .draw(t)
}
