//! Whose what was done is: groups, browsers, people at several accounts, and merges.

use kit::db::{Db, DbError};
use success::usage::folding::fold;
use success::usage::people;
use tandem_core::accounts::merging::{self, Parts};
use tandem_core::accounts::{self, AccountText, external_ids};
use tandem_core::contacts::identities::{self, NewIdentity};
use testkit::on_both;

use super::{BROWSER, LEYLA, named, track, usage, waiting};
use crate::taking::{gate, send};
use crate::world::{LISTS, World};

async fn follow(db: &Db, world: &World) {
    let (workspace, account, contact) = (world.workspace, world.account, world.contact);
    db.write(move |tx| {
        people::follow_account(tx, workspace, account)?;
        people::follow_contact(tx, workspace, contact)
    })
    .await
    .unwrap();
}

on_both! { LISTS;
    async fn a_group_that_is_named_later_brings_its_past_along_and_can_be_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        fold(&db).await.unwrap();
        let waiting = waiting(&db, &world).await;
        assert_eq!((waiting.len(), waiting[0].line.value.as_str(), waiting[0].line.events), (1, "acme", 1));
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
}
