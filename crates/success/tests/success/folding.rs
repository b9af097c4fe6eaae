//! Folding: numbers that are right whatever came when, and whose they are.

use kit::day::Day;
use kit::db::{Db, DbError};
use success::usage::account::{self, Usage};
use success::usage::folding::fold;
use success::usage::people;
use success::usage::sources::Gate;
use tandem_core::accounts::external_ids;
use tandem_core::accounts::merging::{self, Parts};
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, NewIdentity};
use testkit::on_both;

use crate::taking::{gate, send};
use crate::world::{LISTS, World};

async fn usage(db: &Db, actor: &Actor, account: AccountId) -> Usage {
    let (actor, today) = (actor.clone(), Day::of(db.clock().now(), &jiff::tz::TimeZone::UTC));
    db.read(move |tx| account::of(tx, &actor, account, today))
        .await
        .unwrap()
}

/// Acme is called `acme` by the product.
async fn named(db: &Db, world: &World) {
    let (ada, account) = (world.ada.clone(), world.account);
    db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme"))
        .await
        .unwrap();
}

async fn follow(db: &Db, world: &World) {
    let (workspace, account, contact) = (world.workspace, world.account, world.contact);
    db.write(move |tx| {
        people::follow_account(tx, workspace, account)?;
        people::follow_contact(tx, workspace, contact)
    })
    .await
    .unwrap();
}

async fn track(db: &Db, gate: &Gate, who: &str, event: &str, group: Option<&str>) {
    let context = group.map_or(String::new(), |group| {
        format!(r#","context":{{"groupId":"{group}"}}"#)
    });
    let text = format!(r#"{{"type":"track","event":"{event}",{who}{context}}}"#);
    assert_eq!(send(db, gate, &[&text]).await.accepted, 1, "{text}");
}

const LEYLA: &str = r#""userId":"u-leyla""#;
const BROWSER: &str = r#""anonymousId":"b-1""#;

on_both! { LISTS;
    async fn who_did_what_stands_at_the_account_once_it_is_folded(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        track(&db, &gate, r#""userId":"u-tom""#, "Export made", Some("acme")).await;
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
        assert_eq!(fold(&db).await.unwrap(), 3);
        assert_eq!(fold(&db).await.unwrap(), 0, "each is counted once");
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.active_7, seen.active_30, seen.events_30), (2, 2, 3));
        assert_eq!(seen.weeks.last(), Some(&2));
        let features: Vec<_> = seen.features.iter().map(|f| (f.name.as_str(), f.people, f.events)).collect();
        assert_eq!(features, [("Report opened", 1, 2), ("Export made", 1, 1)]);
        assert!(seen.people.iter().any(|person| person.name == "u-tom" && person.contact.is_none()));
        let eve = world.eve.clone();
        let (account, today) = (world.account, Day::of(db.clock().now(), &jiff::tz::TimeZone::UTC));
        let theirs = db.read(move |tx| account::of(tx, &eve, account, today)).await;
        assert_eq!(theirs, Err(account::UsageError::Unknown));
    }

    async fn a_group_that_is_named_later_brings_its_past_along_and_can_be_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        fold(&db).await.unwrap();
        let workspace = world.workspace;
        let waiting = db.read(move |tx| people::unsettled(tx, workspace, Day::of(kit::clock::Timestamp(0), &jiff::tz::TimeZone::UTC), 9)).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].value.as_str(), waiting[0].events), (1, "acme", 1));
        named(&db, &world).await;
        follow(&db, &world).await;
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 1);
        let (ada, account) = (world.ada.clone(), world.account);
        db.write(move |tx| {
            let id = external_ids::of(tx, &ada, account).unwrap()[0].id;
            external_ids::remove(tx, &ada, id)
        })
        .await
        .unwrap();
        follow(&db, &world).await;
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
    }

    async fn a_browser_is_the_one_user_seen_with_it_and_nobody_when_it_is_shared(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        // Leyla is a contact at Acme and known by her address: no group is needed.
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| identities::add(tx, &ada, contact, &NewIdentity::email("leyla@acme.example")))
            .await
            .unwrap();
        track(&db, &gate, BROWSER, "Pricing seen", None).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
        let identify = format!(r#"{{"type":"identify",{LEYLA},{BROWSER},"traits":{{"email":"Leyla@acme.example"}}}}"#);
        send(&db, &gate, &[&identify]).await;
        fold(&db).await.unwrap();
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.active_30, seen.events_30), (1, 1));
        assert_eq!((seen.people[0].contact, seen.people[0].name.as_str()), (Some(world.contact), "Leyla"));
        // A second user at the same browser: what it did alone is nobody's any more.
        let other = format!(r#"{{"type":"identify","userId":"u-other",{BROWSER}}}"#);
        send(&db, &gate, &[&other]).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
    }

    async fn a_person_at_two_accounts_waits_and_a_group_says_which(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let ada = world.ada.clone();
        let other = db
            .write(move |tx| {
                let text = AccountText { name: "Other".to_owned(), ..AccountText::default() };
                let other = accounts::add(tx, &ada, &text).unwrap().id;
                external_ids::add(tx, &ada, other, "crm", "other-1").unwrap();
                Ok::<_, DbError>(other)
            })
            .await
            .unwrap();
        named(&db, &world).await;
        let group = |group: &str| format!(r#"{{"type":"group",{LEYLA},"groupId":"{group}","traits":{{"name":"X"}}}}"#);
        send(&db, &gate, &[&group("acme")]).await;
        track(&db, &gate, LEYLA, "Report opened", None).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 1);
        send(&db, &gate, &[&group("other-1")]).await;
        track(&db, &gate, LEYLA, "Report opened", Some("other-1")).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0, "she is at both now");
        assert_eq!(usage(&db, &world.ada, other).await.events_30, 1, "but this one says where");
    }

    async fn the_order_in_which_it_came_has_no_part_in_it(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        let mut items = vec![
            format!(r#"{{"type":"track","event":"A",{BROWSER}}}"#),
            format!(r#"{{"type":"identify",{LEYLA},{BROWSER},"traits":{{"name":"First"}},"timestamp":"2026-01-02T00:00:00Z"}}"#),
            format!(r#"{{"type":"identify",{LEYLA},"traits":{{"name":"Second"}},"timestamp":"2026-01-03T00:00:00Z"}}"#),
            format!(r#"{{"type":"group",{LEYLA},"groupId":"acme"}}"#),
            format!(r#"{{"type":"track","event":"B",{LEYLA}}}"#),
        ];
        let mut first = None;
        for round in 1..=5_i64 {
            for item in &items {
                send(&db, &gate, &[item]).await;
                fold(&db).await.unwrap();
            }
            let seen = usage(&db, &world.ada, world.account).await;
            assert_eq!(seen.events_30, 2 * round, "{round}");
            assert_eq!(seen.people.len(), 1);
            assert_eq!(seen.people[0].name, "Second", "the newest trait holds");
            assert_eq!(first.get_or_insert(seen.active_30), &seen.active_30);
            items.rotate_left(2);
        }
    }

    async fn each_trait_is_the_newest_whatever_came_together_or_late(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| identities::add(tx, &ada, contact, &NewIdentity::email("leyla@acme.example")))
            .await
            .unwrap();
        let named = format!(r#"{{"type":"identify",{LEYLA},"traits":{{"name":"L."}},"timestamp":"2026-01-05T00:00:00Z"}}"#);
        let called = format!(r#"{{"type":"identify",{LEYLA},"traits":{{"email":"leyla@acme.example"}},"timestamp":"2026-01-02T00:00:00Z"}}"#);
        track(&db, &gate, LEYLA, "Report opened", None).await;
        send(&db, &gate, &[&named]).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
        send(&db, &gate, &[&called]).await;
        fold(&db).await.unwrap();
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.events_30, seen.people[0].contact), (1, Some(world.contact)), "the address counts though it is older than the name");
    }

    async fn what_a_browser_said_of_its_group_is_said_of_who_signs_in(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        send(&db, &gate, &[&format!(r#"{{"type":"group",{BROWSER},"groupId":"acme"}}"#)]).await;
        track(&db, &gate, BROWSER, "Pricing seen", None).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 1);
        send(&db, &gate, &[&format!(r#"{{"type":"identify",{LEYLA},{BROWSER}}}"#)]).await;
        track(&db, &gate, LEYLA, "Report opened", None).await;
        fold(&db).await.unwrap();
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.events_30, seen.active_30), (2, 1));
    }

    async fn an_alias_makes_two_users_one(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        track(&db, &gate, r#""userId":"u-old""#, "Report opened", Some("acme")).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.active_30, 2);
        send(&db, &gate, &[&format!(r#"{{"type":"alias",{LEYLA},"previousId":"u-old"}}"#)]).await;
        fold(&db).await.unwrap();
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.active_30, seen.events_30), (1, 2));
    }

    async fn usage_goes_with_an_account_that_is_merged_and_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (ada, account) = (world.ada.clone(), world.account);
        let other = db
            .write(move |tx| {
                let text = AccountText { name: "Other".to_owned(), ..AccountText::default() };
                Ok::<_, DbError>(accounts::add(tx, &ada, &text).unwrap().id)
            })
            .await
            .unwrap();
        // The product knows it by its id here.
        track(&db, &gate, LEYLA, "Report opened", Some(&other.to_string())).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, other).await.events_30, 1);
        db.attach(std::sync::Arc::new(Parts::new(&[&success::usage::MERGES])));
        let ada = world.ada.clone();
        db.write(move |tx| merging::merge(tx, &ada, account, other, &[])).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 1);
        track(&db, &gate, LEYLA, "Report opened", Some(&other.to_string())).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 2, "also what comes afterwards");
        let ada = world.ada.clone();
        db.write(move |tx| merging::unmerge(tx, &ada, other)).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
        assert_eq!(usage(&db, &world.ada, other).await.events_30, 2);
    }

    async fn a_large_batch_is_folded_in_parts(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        let items: Vec<String> = (0..1_200)
            .map(|n| format!(r#"{{"type":"track","event":"A","userId":"u-{}","context":{{"groupId":"acme"}}}}"#, n % 40))
            .collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        assert_eq!(send(&db, &gate, &items).await.accepted, 1_200);
        let workspace = gate.workspace;
        let batches = db.read(move |tx| success::usage::log::newest(tx, workspace, None, None, 9)).await.unwrap();
        assert_eq!(batches.len(), 3);
        assert_eq!(fold(&db).await.unwrap(), 1_200);
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.events_30, seen.active_30), (1_200, 40));
    }
}
