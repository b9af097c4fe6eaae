//! The page of what is at risk: who is, who was a week ago, and what each of them moved.

use axum::extract::{Query, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, Tab, address};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::currencies;
use tandem_core::metrics;

use super::views::RiskPage;
use super::{Risk, risk};
use crate::health::views::Seen;
use crate::health::web::PLACE;
use crate::health::{Band, HealthError, LIST};

/// Whose, and in which band.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RiskQuery {
    band: String,
    book: String,
}

/// What is at risk, of one's own accounts or of all.
///
/// # Errors
/// The database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<RiskQuery>,
) -> Result<Page, Failure> {
    let owner = actor.agent().filter(|_| query.book != "all");
    let band = Band::named(&query.band).filter(|band| super::is_at_risk(*band));
    let reader = actor.clone();
    let (found, currency) = db
        .report(move |tx| {
            let found: Risk = risk(tx, &reader, owner)?;
            Ok::<_, HealthError>((found, currencies::reporting(tx, reader.workspace)?))
        })
        .await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let book = if owner.is_some() { "own" } else { "all" };
    let tabs = tabs(&t, &found, (band, book));
    let view = RiskPage {
        t: &t,
        tabs,
        risk: found,
        band,
        is_own: owner.is_some(),
        other: here(band, if owner.is_some() { "all" } else { "own" }),
        seen: Seen::new(&t, &producers, &actor, currency),
    };
    Ok(Page::new(t.say("health-risk-title"), &view)
        .place(PLACE)
        .crumb(t.say("health-title"), "/health")
        .live(LIST))
}

fn tabs(t: &Text, found: &Risk, (now, book): (Option<Band>, &str)) -> Vec<Tab> {
    let tab = |band: Option<Band>, text: &str| Tab {
        text: t.say(text),
        href: here(band, book),
        current: band == now,
        count: Some(found.sum(band).accounts),
    };
    vec![
        tab(None, "health-at-risk-all"),
        tab(Some(Band::Red), Band::Red.text()),
        tab(Some(Band::Amber), Band::Amber.text()),
    ]
}

fn here(band: Option<Band>, book: &str) -> String {
    let pairs = [("band", band.map_or("", Band::as_str)), ("book", book)];
    address("/health/risk", &pairs)
}
