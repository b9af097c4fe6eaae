//! What stands at the account, whatever came when.

use kit::day::Day;
use success::usage::account;
use success::usage::folding::fold;
use tandem_core::contacts::identities::{self, NewIdentity};
use testkit::on_both;

use super::{BROWSER, LEYLA, named, track, usage};
use crate::taking::{gate, send};
use crate::world::{LISTS, World};

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
}
