//! Merging accounts: everything moves, and taking it back gives exactly the rows that there were.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use kit::db::catalog::{self, Part};
use kit::db::{Db, DbError, Tx, Value};
use kit::id::TypedId;
use serde_json::json;
use server::wiring;
use success::alerts::signals::{self, NewSignal};
use success::alerts::{self, SignalKind};
use tandem_core::accounts::{
    self, Account, AccountError, AccountId, AccountText, external_ids, family, merging,
};
use tandem_core::actor::Actor;
use tandem_core::contacts::memberships::{self, MembershipText};
use tandem_core::contacts::{self, ContactText, Introduction};
use tandem_core::fields::{self, FieldValue};
use tandem_core::invoices::{self, InvoiceText};
use tandem_core::ladders::{self, Ladder};
use tandem_core::orders::{self, OrderText};
use tandem_core::permissions::Role;
use tandem_core::subscriptions::{self, Price, RenewalTerms, Terms};
use tandem_core::touchpoints::{self, Channel, Direction, NewTouchpoint};
use tandem_core::{assignment, ledger, stages, tags, tallies, tiers, worth};
use testkit::on_both;

use crate::world::{Call, Office, WORLD, World, settle};

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

async fn merged(
    db: &Db,
    actor: Actor,
    kept: AccountId,
    gone: AccountId,
    take: Vec<String>,
) -> Result<Account, AccountError> {
    db.write(move |tx| merging::merge(tx, &actor, kept, gone, &take))
        .await
}

async fn parted(db: &Db, actor: Actor, gone: AccountId) -> Result<Account, AccountError> {
    db.write(move |tx| merging::unmerge(tx, &actor, gone)).await
}

async fn accounts_of(db: &Db, world: &World, names: &'static [&'static str]) -> Vec<AccountId> {
    let system = world.ours.system();
    db.write(move |tx| {
        let text = |name: &&str| AccountText {
            name: (*name).to_owned(),
            ..AccountText::default()
        };
        names
            .iter()
            .map(|name| accounts::add(tx, &system, &text(name)).map(|account| account.id))
            .collect::<Result<Vec<_>, _>>()
    })
    .await
    .unwrap()
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

    async fn what_came_after_the_merge_stays_with_the_survivor(db: TestDb) {
        let world = World::new(&db).await;
        let [kept, gone] = accounts_of(&db, &world, &["Acme", "Acme Ltd"]).await[..] else { panic!("two accounts") };
        merged(&db, world.ours.system(), kept, gone, vec!["name".into()]).await.unwrap();
        let system = world.ours.system();
        db.write(move |tx| {
            tags::put(tx, &system, &accounts::NOUN, kept.into(), "after").unwrap();
            external_ids::add(tx, &system, kept, "crm", "after").unwrap();
            let now = accounts::find(tx, &system, kept)?.unwrap();
            assert_eq!(now.name, "Acme Ltd");
            let text = AccountText { name: "Acme Group".into(), ..AccountText::default() };
            accounts::change(tx, &system, kept, now.version, &text)
        }).await.unwrap();
        parted(&db, world.ours.system(), gone).await.unwrap();
        let system = world.ours.system();
        db.read(move |tx| {
            assert_eq!(accounts::find(tx, &system, kept)?.unwrap().name, "Acme Group");
            assert_eq!(accounts::find(tx, &system, gone)?.unwrap().name, "Acme Ltd");
            assert_eq!(external_ids::of(tx, &system, kept)?.len(), 1);
            assert_eq!(tags::of(tx, system.workspace, &accounts::NOUN, kept.uuid())?.len(), 1);
            Ok::<_, AccountError>(())
        }).await.unwrap();
    }

    async fn what_people_told_goes_with_the_account_and_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let [kept, gone] = accounts_of(&db, &world, &["Acme", "Acme Ltd"]).await[..] else { panic!("two accounts") };
        let sam = world.ours.agent(Role::SupportAgent).actor(world.ours.workspace.id);
        let new = NewSignal { kind: SignalKind::Risk, words: "They look at another".to_owned(), account: Some(gone), ticket: String::new() };
        let teller = sam.clone();
        let told = db.write(move |tx| {
            let id = tx.new_id();
            signals::tell(tx, &teller, id, &new)
        }).await.unwrap();
        let id = told.alert.id;
        let of = async |account: AccountId| {
            let admin = world.ours.agent(Role::Admin).actor(world.ours.workspace.id);
            db.read(move |tx| {
                let filter = signals::Filter { account: Some(account), ticket: String::new() };
                let signals = signals::list(tx, &admin, &filter, None, 10)?.len();
                let alerts = alerts::of_account(tx, &admin, account).map_or(0, |(_, lines)| lines.iter().filter(|line| line.alert.id == id).count());
                Ok::<_, alerts::AlertError>((signals, alerts))
            }).await.unwrap()
        };
        assert_eq!((of(gone).await, of(kept).await), ((1, 1), (0, 0)));
        merged(&db, world.ours.system(), kept, gone, Vec::new()).await.unwrap();
        assert_eq!((of(gone).await, of(kept).await), ((0, 0), (1, 1)));
        let admin = world.ours.agent(Role::Admin).actor(world.ours.workspace.id);
        let shown = db.read(move |tx| alerts::show(tx, &admin, id)).await.unwrap();
        assert_eq!((shown.line.alert.account, shown.changes.len()), (kept, 1));
        parted(&db, world.ours.system(), gone).await.unwrap();
        assert_eq!((of(gone).await, of(kept).await), ((1, 1), (0, 0)));
    }

    async fn revenue_and_the_tally_are_right_after_both(db: TestDb) {
        let world = World::new(&db).await;
        let numbers = async |db: &Db| {
            settle(db).await;
            let workspace = world.ours.workspace.id;
            db.read(move |tx| {
                let day = "2026-12-01".parse().unwrap();
                Ok::<_, DbError>((ledger::mrr_on(tx, workspace, day)?, tallies::total(tx, workspace, accounts::OPEN_TALLY)?))
            }).await.unwrap()
        };
        let other = accounts_of(&db, &world, &["Northwind Customers"]).await[0];
        let (mrr, open) = numbers(&db).await;
        let ours = world.ours.account.id;
        merged(&db, world.ours.system(), other, ours, Vec::new()).await.unwrap();
        assert_eq!(numbers(&db).await, (mrr.clone(), open - 1));
        let workspace = world.ours.workspace.id;
        let worth = db.read(move |tx| worth::of(tx, workspace, &[other])).await.unwrap();
        assert!(worth[&other].mrr > 0);
        parted(&db, world.ours.system(), ours).await.unwrap();
        assert_eq!(numbers(&db).await, (mrr, open));
    }

    async fn duplicates_are_found_with_their_reasons_and_not_again_when_they_are_none(db: TestDb) {
        let world = World::new(&db).await;
        let [one, other, far] = accounts_of(&db, &world, &["Acme Ltd", "ACME Inc.", "Other"]).await[..] else { panic!("three accounts") };
        let system = world.ours.system();
        db.write(move |tx| {
            external_ids::add(tx, &system, one, "crm", "PL-5252248481")?;
            external_ids::add(tx, &system, far, "shop", "pl 525 224 84 81")
        }).await.unwrap();
        settle(&db).await;
        let key = world.ours.key(Role::Admin);
        let found = world.ask(Call::get("/api/v1/accounts/doubles").key(key)).await.json();
        let pairs: Vec<_> = found["items"].as_array().unwrap().iter().map(|pair| (pair["account"].clone(), pair["other"].clone(), pair["because"].clone())).collect();
        assert_eq!(pairs, [(json!(one), json!(far), json!(["number"])), (json!(one), json!(other), json!(["name"]))]);
        let shown = world.ask(Call::get("/accounts/doubles").key(key).html()).await.text();
        assert!(shown.contains("ACME Inc.") && shown.contains("Same name"), "{shown}");
        let on_page = world.ask(Call::get(format!("/accounts/{other}")).key(key).html()).await.text();
        assert!(on_page.contains("Acme Ltd may be the same account"));
        let said = Call::new(Method::POST, format!("/accounts/{other}/distinction")).key(key).form(format!("other={one}"));
        assert_eq!(world.ask(said).await.status, StatusCode::SEE_OTHER);
        let system = world.ours.system();
        db.write(move |tx| {
            let now = accounts::find(tx, &system, other)?.unwrap();
            let text = AccountText { name: "Acme GmbH".into(), ..AccountText::default() };
            accounts::change(tx, &system, other, now.version, &text)
        }).await.unwrap();
        settle(&db).await;
        let of = async |id: AccountId| world.ask(Call::get(format!("/api/v1/accounts/{id}/doubles")).key(key)).await.json()["items"].as_array().unwrap().len();
        assert_eq!((of(other).await, of(one).await), (0, 1));
        world.ask(Call::new(Method::POST, format!("/accounts/{other}/distinction/end?other={one}")).key(key).form("")).await;
        assert_eq!(of(other).await, 1);
    }

    async fn the_first_of_two_merges_waits_for_the_second(db: TestDb) {
        let world = World::new(&db).await;
        let [one, two, three] = accounts_of(&db, &world, &["One", "Two", "Three"]).await[..] else { panic!("three accounts") };
        merged(&db, world.ours.system(), two, one, Vec::new()).await.unwrap();
        merged(&db, world.ours.system(), three, two, Vec::new()).await.unwrap();
        let system = world.ours.system();
        assert_eq!(db.read(move |tx| merging::stands_for(tx, &system, one)).await.unwrap(), Some(three));
        assert_eq!(parted(&db, world.ours.system(), one).await.unwrap_err(), AccountError::MergedOn("Two".into()));
        parted(&db, world.ours.system(), two).await.unwrap();
        parted(&db, world.ours.system(), one).await.unwrap();
        let again = merged(&db, world.ours.system(), one, one, Vec::new()).await;
        assert_eq!(again.unwrap_err(), AccountError::BadMerge);
        let theirs = merged(&db, world.ours.system(), one, world.theirs.account.id, Vec::new()).await;
        assert_eq!(theirs.unwrap_err(), AccountError::BadMerge);
    }

    async fn old_addresses_lead_on_and_the_toast_takes_it_back(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let [kept, gone] = accounts_of(&db, &world, &["Kept", "Gone"]).await[..] else { panic!("two accounts") };
        let preview = world.ask(Call::get(format!("/accounts/{kept}/merge?with={gone}")).key(key).html()).await.text();
        assert!(preview.contains("value=\"theirs\"") && preview.contains("Gone"), "{preview}");
        let merge = Call::new(Method::POST, format!("/accounts/{kept}/merge")).key(key).form(format!("other={gone}&name=theirs"));
        let answer = world.ask(merge).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        for path in [format!("/accounts/{gone}"), format!("/accounts/{gone}/orders?x=1"), format!("/api/v1/accounts/{gone}")] {
            let led = world.ask(Call::get(&path).key(key)).await;
            assert_eq!(led.status, StatusCode::TEMPORARY_REDIRECT, "{path}");
            assert_eq!(led.headers["location"].to_str().unwrap(), path.replace(&gone.to_string(), &kept.to_string()));
        }
        let survivor = world.ask(Call::get(format!("/accounts/{kept}")).key(key).html()).await.text();
        assert!(survivor.contains(&format!("/accounts/{gone}/merge/end")));
        assert_eq!(world.ask(Call::get(format!("/accounts/{gone}")).key(world.theirs.key(Role::Admin))).await.status, StatusCode::NOT_FOUND);
        world.ask(Call::new(Method::POST, format!("/accounts/{gone}/merge/end")).key(key).form("")).await;
        assert_eq!(world.ask(Call::get(format!("/accounts/{gone}")).key(key)).await.status, StatusCode::OK);
    }

    async fn programs_see_before_and_merge_and_take_back(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let [kept, gone] = accounts_of(&db, &world, &["Kept", "Gone"]).await[..] else { panic!("two accounts") };
        let path = format!("/api/v1/accounts/{gone}/merge");
        let preview = world.ask(Call::get(format!("{path}?into={kept}")).key(key)).await.json();
        assert_eq!(preview["differ"], json!(["name"]));
        assert_eq!(preview["take"], json!([]));
        for _ in 0..2 {
            let merged = world.ask(Call::new(Method::PUT, &path).key(key).json(&json!({ "into": kept }))).await;
            assert_eq!((merged.status, merged.json()["id"].clone()), (StatusCode::OK, json!(kept)));
        }
        let back = world.ask(Call::new(Method::DELETE, &path).key(key)).await;
        assert_eq!((back.status, back.json()["name"].clone()), (StatusCode::OK, json!("Gone")));
        let wrong = world.ask(Call::new(Method::PUT, &path).key(key).json(&json!({ "into": gone }))).await;
        assert_eq!((wrong.status, wrong.json()["type"].clone()), (StatusCode::UNPROCESSABLE_ENTITY, json!("urn:tandem:problem:account-merge")));
    }
}
