//! Merging accounts: everything moves, and taking it back gives exactly the rows that there were.

mod afterwards;
mod asked_for;
mod there_and_back;

use kit::db::{Db, Tx};
use tandem_core::accounts::{self, Account, AccountError, AccountId, AccountText, external_ids, merging};
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
use tandem_core::{assignment, stages, tags, tiers};

use crate::world::{Office, World};

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
