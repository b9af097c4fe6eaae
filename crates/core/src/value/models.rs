//! The page of the models: what they were made from, what they say beside what happened, and whether what they assume holds.

use axum::extract::State;
use kit::chart::{Caption, Lines, Series, Unit};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page};

use super::views::ModelsPage;
use super::web::{PLACE, tabs};
use super::{ContractModel, LIST, RepeatModel, ValueError};
use crate::actor::Actor;

/// Both models of the newest estimate.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let (estimate, is_asked) = db
        .read(move |tx| Ok::<_, ValueError>((super::newest(tx, &actor)?, super::is_asked(tx, &actor)?)))
        .await?;
    let models = estimate.as_ref().map(|estimate| &estimate.models);
    let contract = models.and_then(|models| models.contract.fitted());
    let repeat = models.and_then(|models| models.repeat.fitted());
    let view = ModelsPage {
        t: &t,
        tabs: tabs(&t, "/value/models"),
        estimate: estimate.as_ref(),
        is_asked,
        survival: contract.map(|model| survival(&t, model)).unwrap_or_default(),
        cumulative: repeat.map(|model| cumulative(&t, model)).unwrap_or_default(),
    };
    Ok(Page::new(t.say("value-models"), &view)
        .place(PLACE)
        .crumb(t.say("value-title"), "/value")
        .live(LIST))
}

/// The share of accounts still there after each term, beside what is expected.
fn survival(t: &Text, model: &ContractModel) -> String {
    let last = model.survival.last().copied().unwrap_or((1.0, 1.0));
    let says = t.say_with(
        "value-survival-says",
        kit::args!(
            actual = t.percent(last.0, 0),
            expected = t.percent(last.1, 0),
            terms = t.number(model.survival.len() as i64 - 1)
        ),
    );
    let column = |pick: fn(&(f64, f64)) -> f64| model.survival.iter().map(pick).collect::<Vec<_>>();
    Lines {
        caption: Caption::new("value-survival", t.say("value-survival"), says),
        unit: Unit::Percent(0),
        places: (0..model.survival.len())
            .map(|term| t.number(term as i64))
            .collect(),
        series: vec![
            Series::new(t.say("value-actual"), &column(|pair| pair.0)),
            Series::new(t.say("value-expected"), &column(|pair| pair.1)),
        ],
        band: None,
    }
    .draw(t)
}

/// Repeat orders until each day, beside what the model of the earlier time expects.
fn cumulative(t: &Text, model: &RepeatModel) -> String {
    let held = &model.hold_out;
    let says = t.say_with(
        "value-cumulative-says",
        kit::args!(
            actual = t.number(held.actual),
            expected = t.decimal(held.predicted, 0),
            day = t.day_long(held.split)
        ),
    );
    let actual: Vec<f64> = held.cumulative.iter().map(|point| point.1 as f64).collect();
    let expected: Vec<f64> = held.cumulative.iter().map(|point| point.2).collect();
    Lines {
        caption: Caption::new("value-cumulative", t.say("value-cumulative"), says),
        unit: Unit::Number(0),
        places: held.cumulative.iter().map(|point| t.day(point.0)).collect(),
        series: vec![
            Series::new(t.say("value-actual"), &actual),
            Series::new(t.say("value-expected"), &expected),
        ],
        band: None,
    }
    .draw(t)
}
