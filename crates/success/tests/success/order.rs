//! The order in which news comes makes no difference: the same things happen to some accounts, each time in another order and looked at
//! at other moments, and the scores are the same to the digit.

use std::sync::Arc;
use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::id::Ids;
use success::alerts;
use success::health::{self, Part};
use success::usage::people;
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::contacts::memberships::{self, ContactRole, MembershipText};
use tandem_core::contacts::{self, ContactText, Introduction};
use tandem_core::metrics::{self, Producers};
use tandem_core::touchpoints::{self, Channel, Direction, Impression, NewTouchpoint};
use testkit::on_both;

use crate::world::{LISTS, World};

const DAY: Duration = Duration::from_secs(86_400);
const TURNS: u64 = 8;

/// Something that happens to an account.
#[derive(Clone, Copy, Debug)]
enum News {
    /// So many days ago, in which direction, with which impression.
    Talk(u32, Direction, i64),
    /// Somebody is there, a champion or not.
    Person(bool),
}

/// What happens to each account.
fn news() -> Vec<News> {
    let talk = |days| {
        let direction = if days % 3 == 0 {
            Direction::Outbound
        } else {
            Direction::Inbound
        };
        News::Talk(days, direction, i64::from(days % 5) - 2)
    };
    let talks = (0..15).map(|days| talk(days * 4 / 3));
    talks
        .chain([News::Person(true), News::Person(false), News::Person(false)])
        .collect()
}

fn happen(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, news: News) {
    match news {
        News::Talk(days, direction, impression) => {
            let new = NewTouchpoint {
                contact: None,
                kind: "call".to_owned(),
                channel: Channel::Phone,
                direction,
                summary: "We talked".to_owned(),
                evidence: None,
                happened_at: Some(tx.now().minus(DAY * days)),
                impression: Some((Impression::try_from(impression).unwrap(), String::new())),
            };
            touchpoints::add(tx, actor, account, &new).unwrap();
        }
        News::Person(is_champion) => {
            let mut text = MembershipText::default();
            text.roles.extend(is_champion.then_some(ContactRole::Champion));
            let introduction = Introduction {
                identities: Vec::new(),
                membership: Some((account, text)),
            };
            let text = ContactText {
                name: "Somebody".to_owned(),
                ..ContactText::default()
            };
            contacts::add(tx, actor, &text, &introduction).unwrap();
        }
    }
}

on_both! { LISTS;
    async fn in_whatever_order_news_comes_the_score_is_the_same_to_the_digit(db: TestDb) {
        db.attach(Arc::new(Producers::new(&[&people::measures::PRODUCER, &touchpoints::measures::PRODUCER, &memberships::measures::PRODUCER])));
        let world = World::new(&db).await;
        let mut seen: Vec<(Option<f64>, f64, Vec<Part>)> = Vec::new();
        for turn in 0..TURNS {
            let actor = world.ada.clone();
            let shown = db.write(move |tx| {
                let dice = Ids::seeded(turn);
                let text = AccountText { name: format!("Account {turn}"), ..AccountText::default() };
                let account = accounts::add(tx, &actor, &text).unwrap().id;
                let mut all = news();
                while !all.is_empty() {
                    let next = all.swap_remove(dice.below(all.len() as u64) as usize);
                    happen(tx, &actor, account, next);
                    // What follows from it now and then comes late, or twice.
                    for _ in 0..dice.below(3) {
                        metrics::find(tx, actor.workspace, account)?;
                        health::score(tx, actor.workspace, account)?;
                        alerts::look(tx, actor.workspace, account)?;
                    }
                }
                metrics::find(tx, actor.workspace, account)?;
                health::score(tx, actor.workspace, account)?;
                let kept = health::explain(tx, &actor, account, None).unwrap().kept.unwrap();
                Ok::<_, DbError>((kept.scored.score, kept.scored.confidence, kept.scored.parts))
            }).await.unwrap();
            seen.push(shown);
        }
        assert!(seen[0].0.is_some() && seen[0].2.iter().filter(|part| part.value.is_some()).count() >= 3, "{:?}", seen[0]);
        for (turn, shown) in seen.iter().enumerate() {
            assert_eq!(shown, &seen[0], "turn {turn}");
        }
    }
}
