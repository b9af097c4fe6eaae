//! One's book: in which order the accounts stand that need somebody; and all by health.

use std::sync::Arc;

use success::book;
use success::health::{self, Filter, Place};
use tandem_core::accounts::{self, AccountText};
use tandem_core::actor::{Actor, Who};
use tandem_core::metrics::{Metric, Producer, Producers, Unit};
use tandem_core::permissions::Permission;
use tandem_core::products;
use tandem_core::subscriptions::{self, Price, RenewalTerms, Terms};
use tandem_core::{assignment, currencies, metrics, workspaces, worth};
use testkit::on_both;

use crate::world::{LISTS, World};

/// What says that somebody is unhappy.
static URGENT: Metric = Metric::new("tickets.urgent", Unit::Count, Permission::AccountsRead);
static PRODUCER: Producer = Producer {
    metrics: &[&URGENT],
    read: |_, _, _, _| Ok(Vec::new()),
};

fn moneyless(actor: &Actor) -> Actor {
    let mut actor = actor.clone();
    if let Who::Agent { permissions, .. } = &mut actor.who {
        *permissions = permissions.without([Permission::MoneyRead].into_iter().collect());
    }
    actor
}

on_both! { LISTS;
    async fn among_equals_money_says_nothing_to_those_who_may_not_see_it(db: TestDb) {
        db.attach(Arc::new(Producers::new(&[&PRODUCER])));
        let world = World::new(&db).await;
        let (ada, first) = (world.ada.clone(), world.account);
        db.write(move |tx| {
            let text = AccountText { name: "Beta".to_owned(), ..AccountText::default() };
            let rich = accounts::add(tx, &ada, &text).unwrap().id;
            let today = workspaces::today(tx, ada.workspace)?;
            for account in [first, rich] {
                assignment::give(tx, &ada, account, ada.agent()).unwrap();
                metrics::note(tx, ada.workspace, account, today, &[URGENT.may_be(Some(2.0))])?;
            }
            let terms = Terms {
                product: products::add(tx, &ada, "Plan").unwrap().id,
                currency: currencies::reporting(tx, ada.workspace)?,
                period_months: 12,
                price: Price { since: today, seats: 1, amount: 120_000, discount: 0 },
                renewal: RenewalTerms { term_months: 12, notice_days: 30, is_automatic: true, day: None },
                ends: None,
            };
            subscriptions::add(tx, &ada, rich, &terms).unwrap();
            worth::count(tx, ada.workspace, rich)?;
            health::score(tx, ada.workspace, first)?;
            health::score(tx, ada.workspace, rich)
        }).await.unwrap();
        for (reader, expected) in [
            (world.ada.clone(), [("Beta", 10_000), ("Acme", 0)]),
            (moneyless(&world.ada), [("Acme", 0), ("Beta", 0)]),
        ] {
            let actor = reader.clone();
            let needs = db.read(move |tx| book::needs(tx, &actor)).await.unwrap();
            let order: Vec<_> = needs.iter().map(|need| (need.name.as_str(), need.mrr)).collect();
            assert_eq!(order, expected);
            let (mut after, mut healths) = (None, Vec::new());
            loop {
                let (reader, from) = (reader.clone(), after);
                let part = db.read(move |tx| health::list(tx, &reader, Filter::default(), from, 1)).await.unwrap();
                let Some(line) = part.into_iter().next() else { break };
                after = Some(Place { account: line.account });
                healths.push(line.name);
            }
            assert_eq!(healths, expected.map(|(name, _)| name));
        }
    }
}
