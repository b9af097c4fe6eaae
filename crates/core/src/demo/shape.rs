//! What the accounts of the sample data are known by: families, external ids, tags, fields.

use std::collections::BTreeMap;

use kit::db::{Db, DbError, Tx};

use super::DemoError;
use crate::accounts::{self, Account, AccountKind, external_ids, family};
use crate::actor::Actor;
use crate::contacts;
use crate::fields::{self, Field, FieldKind, FieldText, FieldValue};
use crate::ladders::{self, Ladder};
use crate::nouns::Noun;
use crate::tiers::service::{self, Service, TouchModel};
use crate::touchpoints::Channel;
use crate::{stages, tags, tiers};

const TAGS: [&str; 6] = [
    "key account",
    "pilot",
    "reseller",
    "at risk",
    "event 2026",
    "reference",
];
const INDUSTRIES: [&str; 6] = ["Logistics", "Retail", "Health", "Software", "Energy", "Education"];
const MODULES: [&str; 4] = ["Reports", "Approvals", "Warehouse", "Mobile"];
/// How many accounts one transaction describes.
const BATCH: usize = 40;

/// Describes `made` by their numbers, so that the same accounts are always described the same way.
pub(super) async fn describe(db: &Db, actor: &Actor, made: &[Account]) -> Result<(), DemoError> {
    let shaper = actor.clone();
    let own = db.write(move |tx| set_up(tx, &shaper)).await?;
    let whole: Vec<(usize, Account)> = made.iter().cloned().enumerate().collect();
    for batch in whole.chunks(BATCH) {
        let (batch, actor, own) = (batch.to_vec(), actor.clone(), own.clone());
        db.write(move |tx| {
            for (number, account) in &batch {
                describe_one(tx, &actor, &own, *number, account)?;
                live_through(tx, &actor, *number, account)?;
            }
            Ok::<_, DemoError>(())
        })
        .await?;
    }
    let (actor, made) = (actor.clone(), made.to_vec());
    db.write(move |tx| {
        // A holding of four in each hundred.
        for (number, _) in made.iter().enumerate().filter(|(number, _)| number % 25 == 3) {
            for (child, above) in [
                (number + 1, number),
                (number + 2, number),
                (number + 3, number + 2),
            ] {
                if let (Some(child), Some(above)) = (made.get(child), made.get(above)) {
                    family::place(tx, &actor, child.id, Some(above.id))?;
                }
            }
        }
        Ok::<_, DemoError>(())
    })
    .await
}

fn set_up(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Field>, DemoError> {
    let mut add = |noun: &'static Noun, kind, label: &str, choices: &[&str]| {
        let text = FieldText {
            label: label.to_owned(),
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            ..FieldText::default()
        };
        fields::add(tx, actor, noun, kind, &text).map_err(broken)
    };
    let own = vec![
        add(&accounts::NOUN, FieldKind::Choice, "Industry", &INDUSTRIES)?,
        add(&accounts::NOUN, FieldKind::Number, "Sites", &[])?,
        add(&accounts::NOUN, FieldKind::Choices, "Modules", &MODULES)?,
        add(&accounts::NOUN, FieldKind::Date, "Contract signed", &[])?,
        add(
            &accounts::NOUN,
            FieldKind::YesNo,
            "May be named as reference",
            &[],
        )?,
    ];
    add(&contacts::NOUN, FieldKind::Text, "Department", &[])?;
    serve(tx, actor)?;
    Ok(own)
}

/// What the tiers give: the first one helps itself, the last one is looked after by people.
fn serve(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), DemoError> {
    let tiers = ladders::open(tx, actor.workspace, Ladder::Tiers)?;
    let self_service = vec![Channel::Email, Channel::Web, Channel::Chat];
    let models = [
        (TouchModel::SelfService, self_service, None),
        (TouchModel::TechTouch, Vec::new(), Some(120)),
        (TouchModel::HighTouch, Vec::new(), Some(45)),
    ];
    for (tier, (model, channels, cadence)) in tiers.iter().zip(models) {
        let given = Service {
            model,
            channels,
            cadence,
            has_owner: true,
            most: None,
            version: 0,
        };
        service::set(tx, actor, tier.id, None, Some(given)).map_err(broken)?;
    }
    Ok(())
}

fn describe_one(
    tx: &mut Tx<'_>,
    actor: &Actor,
    own: &[Field],
    number: usize,
    account: &Account,
) -> Result<(), DemoError> {
    for (at, tag) in TAGS.iter().enumerate() {
        if number % (at + 3) == at {
            tags::put(tx, actor, &accounts::NOUN, account.id.into(), tag).map_err(broken)?;
        }
    }
    if number % 3 != 1 {
        external_ids::add(
            tx,
            actor,
            account.id,
            "crm",
            &format!("C-{:05}", 10_000 + number * 7),
        )?;
    }
    if account.kind == AccountKind::Person || number % 5 == 4 {
        return Ok(());
    }
    let words = |words: &str| FieldValue::Words(words.to_owned());
    let modules = MODULES
        .iter()
        .enumerate()
        .filter(|(at, _)| (number >> at) % 2 == 1);
    let modules: Vec<String> = modules.map(|(_, module)| (*module).to_owned()).collect();
    let values = [
        words(INDUSTRIES[number % INDUSTRIES.len()]),
        FieldValue::Number(i32::try_from(1 + number % 9).map(f64::from).unwrap_or(1.0)),
        FieldValue::Several(modules),
        FieldValue::Day("2025-03-10".parse().expect("a day")),
        FieldValue::Flag(number.is_multiple_of(4)),
    ];
    let wanted: BTreeMap<_, _> = own.iter().map(|field| field.id).zip(values.map(Some)).collect();
    fields::set(tx, actor, &accounts::NOUN, account.id.into(), &wanted).map_err(broken)?;
    Ok(())
}

/// The stages that an account went through, one for each third of a year; a few are pinned to a tier.
fn live_through(tx: &mut Tx<'_>, actor: &Actor, number: usize, account: &Account) -> Result<(), DemoError> {
    let ladder = ladders::open(tx, actor.workspace, Ladder::Stages)?;
    let mut came = account.created_at;
    for stage in ladder.iter().take(1 + number % 4) {
        if came >= tx.now() {
            break;
        }
        tx.as_of(came, |tx| stages::set(tx, actor, account.id, stage.id))
            .map_err(broken)?;
        came = came.plus(super::DAY * 90);
    }
    if number % 29 == 4 {
        let tiers = ladders::open(tx, actor.workspace, Ladder::Tiers)?;
        if let Some(top) = tiers.last() {
            tiers::pin(tx, actor, account.id, top.id, "Strategic partner").map_err(broken)?;
        }
    }
    Ok(())
}

/// None of this can be refused but by the database.
fn broken(error: impl std::fmt::Display) -> DemoError {
    DemoError::Db(DbError::Schema(format!("the sample shape: {error}")))
}
