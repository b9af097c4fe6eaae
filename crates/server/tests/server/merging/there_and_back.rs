//! Everything moves, and comes back as it was.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::catalog::{self, Part};
use kit::db::{Db, DbError, Tx, Value};
use kit::id::TypedId;
use server::wiring;
use tandem_core::accounts::{self, AccountId, AccountText, external_ids, family};
use tandem_core::contacts::memberships::{self, MembershipText};
use tandem_core::contacts::{self, ContactText, Introduction};
use tandem_core::fields::{self, FieldValue};
use tandem_core::invoices::{self, InvoiceText};
use tandem_core::ladders::{self, Ladder};
use tandem_core::orders::{self, OrderText};
use tandem_core::permissions::Role;
use tandem_core::subscriptions::{self, Price, RenewalTerms, Terms};
use tandem_core::touchpoints::{self, Channel, Direction, NewTouchpoint};
use tandem_core::{assignment, stages, tags, tiers};
use testkit::on_both;

use super::{merged, parted};
use crate::world::{Office, WORLD, World, settle};

/// Tables that say what happened, not what is.
const STREAMS: &[&str] = &[
    "events",
    "event_marks",
    "jobs",
    "nodes",
    "schedules",
    "answers",
    "account_merges",
    "sessions",
    // Found anew from the other rows, with when that was.
    "metric_now",
    "metric_days",
    "health_now",
    "health_days",
    "alerts",
    "alert_changes",
    "alert_scales",
    "alert_tests",
    "alert_digests",
    "usage_adoption_due",
];

/// Columns that a merge and its end leave behind on purpose: a version only grows.
const GROWING: &[(&str, &str)] = &[
    ("accounts", "version"),
    ("accounts", "changed_at"),
    ("account_tiers", "set_at"),
];

/// Sums, of which a row may be left that says nothing.
const SUMS: &[&str] = &["ledger_months", "ledger_accounts", "ledger_revenue"];

/// Names of everything that can be chosen but fields.
const CHOICES: &[&str] = &[
    "name", "website", "kind", "parent", "state", "owner", "tier", "stage",
];

/// Small numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn is_lucky(&mut self) -> bool {
        self.roll(2) == 0
    }
}

type Rows = BTreeMap<String, BTreeSet<String>>;

/// Every row of every table but the streams.
async fn rows(db: &Db) -> Rows {
    db.read(|tx| {
        let mut all = Rows::new();
        for table in catalog::tables(tx)? {
            if STREAMS.contains(&table.name.as_str()) {
                continue;
            }
            let kept = all.entry(table.name.clone()).or_default();
            catalog::each_row(tx, &table, &Part::Whole, |values| {
                let says_nothing = !values
                    .iter()
                    .any(|value| matches!(value, Value::Int(number) if *number != 0));
                if SUMS.contains(&table.name.as_str()) && says_nothing {
                    return Ok(());
                }
                // That health went up or down by a merge, or a rule found something, stays on the timeline.
                let is_found = |value: &Value| {
                    ["health_band_changed", "alert_opened"]
                        .iter()
                        .any(|kind| *value == Value::Text((*kind).into()))
                };
                if table.name == "touchpoints" && values.iter().any(is_found) {
                    return Ok(());
                }
                let cells = table.columns.iter().zip(values);
                let cells = cells
                    .filter(|(column, _)| !GROWING.contains(&(table.name.as_str(), column.name.as_str())));
                kept.insert(
                    cells
                        .map(|(column, value)| format!("{}={}", column.name, shown(value)))
                        .collect::<Vec<_>>()
                        .join(" "),
                );
                Ok(())
            })?;
        }
        Ok::<_, DbError>(all)
    })
    .await
    .unwrap()
}

fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        other => format!("{other:?}"),
    }
}

fn differences(before: &Rows, after: &Rows) -> Vec<String> {
    let mut found = Vec::new();
    for (table, rows) in before {
        let now = after.get(table).cloned().unwrap_or_default();
        found.extend(rows.difference(&now).map(|row| format!("- {table}: {row}")));
        found.extend(now.difference(rows).map(|row| format!("+ {table}: {row}")));
    }
    found
}

/// An account with some of everything.
fn account(tx: &mut Tx<'_>, office: &Office, dice: &mut Dice, name: &str) -> AccountId {
    let system = office.system();
    let text = AccountText {
        name: name.to_owned(),
        website: dice.is_lucky().then(|| format!("{name}.example")),
        ..AccountText::default()
    };
    let id = accounts::add(tx, &system, &text).unwrap().id;
    for number in 0..dice.roll(3) {
        let person = ContactText {
            name: format!("{name} Person {number}"),
            ..ContactText::default()
        };
        let introduction = Introduction {
            membership: Some((id, MembershipText::default())),
            ..Introduction::default()
        };
        contacts::add(tx, &system, &person, &introduction).unwrap();
        external_ids::add(tx, &system, id, "crm", &format!("{name}-{number}")).unwrap();
    }
    if dice.is_lucky() {
        memberships::add(tx, &system, office.contact, id, &MembershipText::default()).unwrap();
    }
    for number in 0..dice.roll(4) {
        let call = NewTouchpoint {
            contact: None,
            kind: "call".into(),
            channel: Channel::Phone,
            direction: Direction::Inbound,
            summary: format!("{name} called {number}"),
            evidence: None,
            happened_at: None,
            impression: None,
        };
        touchpoints::add(tx, &system, id, &call).unwrap();
    }
    for tag in ["vip", "late", "new"] {
        if dice.is_lucky() {
            tags::put(tx, &system, &accounts::NOUN, id.into(), tag).unwrap();
        }
    }
    if dice.is_lucky() {
        let wanted = [(office.field, Some(FieldValue::Words(format!("Trade of {name}"))))];
        fields::set(
            tx,
            &system,
            &accounts::NOUN,
            id.into(),
            &wanted.into_iter().collect(),
        )
        .unwrap();
    }
    pays(tx, office, dice, id, name);
    stands(tx, office, dice, id);
    id
}

fn pays(tx: &mut Tx<'_>, office: &Office, dice: &mut Dice, id: AccountId, name: &str) {
    let (system, currency) = (office.system(), "EUR".parse().unwrap());
    for number in 0..dice.roll(2) {
        let since = format!("2025-{:02}-01", 1 + dice.roll(12)).parse().unwrap();
        let terms = Terms {
            product: office.product,
            currency,
            period_months: 1,
            price: Price {
                since,
                seats: 1,
                amount: 1_000 + i64::try_from(number).unwrap(),
                discount: 0,
            },
            renewal: RenewalTerms {
                term_months: 12,
                notice_days: 30,
                is_automatic: true,
                day: None,
            },
            ends: None,
        };
        subscriptions::add(tx, &system, id, &terms).unwrap();
        let day = "2026-01-02".parse().unwrap();
        let order = OrderText {
            number: format!("{name} {number}"),
            day,
            currency,
            lines: vec![orders::Line::whole(None, 700)],
        };
        orders::add(tx, &system, id, &order).unwrap();
        let invoice = InvoiceText {
            number: format!("{name} {number}"),
            issued: day,
            due: day.plus_days(14),
            currency,
            total: 700,
        };
        let invoice = invoices::add(tx, &system, id, &invoice).unwrap().id;
        invoices::pay(tx, &system, invoice, day, 300).unwrap();
    }
}

fn stands(tx: &mut Tx<'_>, office: &Office, dice: &mut Dice, id: AccountId) {
    let system = office.system();
    if dice.is_lucky() {
        let all = ladders::open(tx, system.workspace, Ladder::Stages).unwrap();
        let stage = all[usize::try_from(dice.roll(all.len() as u64)).unwrap()].id;
        stages::set(tx, &system, id, stage).unwrap();
    }
    if dice.is_lucky() {
        tiers::pin(tx, &system, id, office.tier, "Because").unwrap();
    }
    if dice.is_lucky() {
        assignment::give(tx, &system, id, Some(office.agent(Role::SuccessManager).id)).unwrap();
    }
    if dice.roll(4) == 0 {
        accounts::close(tx, &system, id).unwrap();
    }
}

/// Two accounts and their families: the one that stays and the one that goes, and which values are taken.
fn pair(tx: &mut Tx<'_>, office: &Office, seed: u64) -> (AccountId, AccountId, Vec<String>) {
    let mut dice = Dice(seed);
    let kept = account(tx, office, &mut dice, &format!("kept{seed}"));
    let gone = account(tx, office, &mut dice, &format!("gone{seed}"));
    let (above, below) = (format!("above{seed}"), format!("below{seed}"));
    let above = account(tx, office, &mut dice, &above);
    let below = account(tx, office, &mut dice, &below);
    let system = office.system();
    family::place(tx, &system, below, Some(gone)).unwrap();
    let (one, other) = match dice.roll(5) {
        0 => (kept, gone),
        1 => (gone, kept),
        2 => (kept, below),
        3 => (gone, above),
        _ => (kept, above),
    };
    family::place(tx, &system, one, Some(other)).unwrap();
    let all = CHOICES.iter().map(|name| (*name).to_owned());
    let all = all.chain([format!("field:{}", office.field)]);
    (kept, gone, all.filter(|_| dice.is_lucky()).collect())
}

on_both! { WORLD;
    async fn a_merge_and_its_end_give_exactly_the_rows_that_there_were(db: TestDb) {
        let world = World::new(&db).await;
        // What the two databases could do differently, a few seeds show.
        let seeds = if db.is_postgres() { 4 } else { 20 };
        for seed in 1..=seeds {
            let office = world.ours.clone();
            let (kept, gone, take) = db.write(move |tx| Ok::<_, DbError>(pair(tx, &office, seed))).await.unwrap();
            settle(&db).await;
            let before = rows(&db).await;
            merged(&db, world.ours.system(), kept, gone, take.clone()).await.unwrap();
            settle(&db).await;
            let between = rows(&db).await;
            let id: String = gone.uuid().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            let left: Vec<_> = between.iter().filter(|(_, rows)| rows.iter().any(|row| row.contains(&id))).map(|(table, _)| table).collect();
            assert!(left.is_empty(), "seed {seed}: {left:?} still name the account that is gone");
            parted(&db, world.ours.system(), gone).await.unwrap();
            settle(&db).await;
            let after = rows(&db).await;
            let found = differences(&before, &after);
            assert!(found.is_empty(), "seed {seed}, taking {take:?}:\n{}", found.join("\n"));
        }
    }

    async fn no_table_with_accounts_in_it_is_missing_in_the_wiring(db: TestDb) {
        let tables = db.read(catalog::tables).await.unwrap();
        let known: Vec<_> = wiring::merges().all().map(|part| (part.table, part.column)).collect();
        let mut missing = Vec::new();
        for table in tables.iter().filter(|table| !["accounts", "account_merges"].contains(&table.name.as_str())) {
            let refers = table.references.iter().filter(|reference| reference.table == "accounts");
            let referring = refers.filter_map(|reference| reference.columns.last());
            let named = table.columns.iter().map(|column| &column.name).filter(|name| *name == "account_id");
            for column in referring.chain(named) {
                if !known.contains(&(table.name.as_str(), column.as_str())) {
                    missing.push(format!("{}.{column}", table.name));
                }
            }
        }
        assert!(missing.is_empty(), "wiring::merges() says nothing of {missing:?}");
    }
}
