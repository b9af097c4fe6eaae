//! The list of accounts as it is filtered.

use kit::db::Db;
use kit::web::table::Words;
use tandem_core::accounts::finding::{Wishes, found};
use tandem_core::accounts::listing::{Spot, TABLE, sorted};
use tandem_core::accounts::{self, AccountError, AccountKind, AccountText, NOUN, deeds};
use tandem_core::actor::Actor;
use tandem_core::ladders::{self, Ladder};
use tandem_core::permissions::Permission;
use tandem_core::subscriptions::Terms;
use tandem_core::{assignment, currencies, stages, tags, tiers, workspaces, worth};
use testkit::on_both;

use crate::money::{add_product, subscribe, terms};
use crate::world::{LISTS, World, add_account, without};

on_both! { LISTS;
    async fn every_filter_leaves_what_it_asks_for(db: TestDb) {
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "Łódź Works").await.unwrap().id;
        let two = add_account(&db, &world.ada, "Harbour").await.unwrap().id;
        let text = AccountText { name: "Ada 100%".into(), kind: AccountKind::Person, ..AccountText::default() };
        let ada = world.ada.clone();
        let (owner, stage, tier, tag) = db.write(move |tx| {
            let three = accounts::add(tx, &ada, &text).unwrap().id;
            let stage = ladders::open(tx, ada.workspace, Ladder::Stages)?[1].id;
            let tier = ladders::open(tx, ada.workspace, Ladder::Tiers)?[2].id;
            stages::set(tx, &ada, one, stage).unwrap();
            tiers::pin(tx, &ada, two, tier, "Known").unwrap();
            assignment::give(tx, &ada, one, ada.agent()).unwrap();
            accounts::close(tx, &ada, two).unwrap();
            let tag = tags::put(tx, &ada, &NOUN, three.into(), "vip").unwrap().id;
            Ok::<_, kit::db::DbError>((ada.agent().unwrap(), stage, tier, tag))
        }).await.unwrap();
        let all = ["Ada 100%", "Harbour", "Łódź Works"];
        for (name, value, expected) in [
            ("q", "lodz".to_owned(), vec!["Łódź Works"]),
            ("q", "ŁÓDŹ".to_owned(), vec!["Łódź Works"]),
            ("q", "00%".to_owned(), vec!["Ada 100%"]),
            ("owner", "me".to_owned(), vec!["Łódź Works"]),
            ("owner", owner.to_string(), vec!["Łódź Works"]),
            ("owner", "none".to_owned(), vec!["Ada 100%", "Harbour"]),
            ("stage", stage.to_string(), vec!["Łódź Works"]),
            ("tier", tier.to_string(), vec!["Harbour"]),
            ("tag", tag.to_string(), vec!["Ada 100%"]),
            ("kind", "person".to_owned(), vec!["Ada 100%"]),
            ("state", "closed".to_owned(), vec!["Harbour"]),
            ("state", "open".to_owned(), vec!["Ada 100%", "Łódź Works"]),
            ("renews", "30".to_owned(), vec![]),
        ] {
            // The fold keeps Polish letters apart from plain ones or not: what is found is what folds alike.
            let expected = if value == "lodz" && kit::text::fold("Łódź") != "lodz" { vec![] } else { expected };
            assert_eq!(names(&db, &world.ada, &wishes(name, &value), "name", 10).await, expected, "{name}={value}");
        }
        assert_eq!(names(&db, &world.ada, &Wishes::default(), "name", 10).await, all);
        assert!(names(&db, &world.eve, &Wishes::default(), "name", 10).await.is_empty());
    }

    async fn a_filtered_list_goes_on_in_every_order_without_loss_or_repeat(db: TestDb) {
        let world = World::new(&db).await;
        for number in 0..11 {
            db.clock.advance(std::time::Duration::from_secs(u64::from(number % 3 == 0)));
            add_account(&db, &world.ada, ["Same", "same", "Other"][number % 3]).await.unwrap();
        }
        for word in ["name", "-name", "changed", "-changed", "created", "-created", "arr", "-arr"] {
            let open = wishes("state", "open");
            let mut whole = names(&db, &world.ada, &open, word, 100).await;
            let mut paged = names(&db, &world.ada, &open, word, 4).await;
            assert_eq!(paged, whole, "{word}");
            whole.sort();
            paged.sort();
            assert_eq!((whole.len(), whole), (11, paged), "{word}");
        }
    }

    async fn who_may_not_see_money_learns_nothing_of_it_by_sorting_and_filtering(db: TestDb) {
        let world = World::new(&db).await;
        add_account(&db, &world.ada, "Alpha").await.unwrap();
        let rich = add_account(&db, &world.ada, "Beta").await.unwrap().id;
        let workspace = world.workspace.id;
        let product = add_product(&db, &world.ada, "Plan").await.unwrap();
        let today = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
        let currency = db.read(move |tx| currencies::reporting(tx, workspace)).await.unwrap();
        subscribe(&db, &world.ada, rich, Terms { currency, ..terms(&product, today) }).await.unwrap();
        db.write(move |tx| worth::count(tx, workspace, rich)).await.unwrap();
        let poor = without(&world.ada, Permission::MoneyRead);
        let asked = Words { sort: Some("-arr"), columns: None };
        let sort = TABLE.arranged(asked, Words::default()).sort();
        for (actor, expected) in [(&world.ada, ["Beta", "Alpha"]), (&poor, ["Alpha", "Beta"])] {
            for open in [wishes("state", "open"), Wishes::default()] {
                let (reader, asked) = (actor.clone(), open.clone());
                let whole = db.read(move |tx| found(tx, &reader, &asked, (sort, None), 9)).await.unwrap();
                let whole: Vec<&str> = whole.iter().map(|account| account.name.as_str()).collect();
                assert_eq!(whole, expected, "{open:?}");
            }
            let reader = actor.clone();
            let whole = db.read(move |tx| sorted(tx, &reader, sort, None, 9)).await.unwrap();
            let whole: Vec<&str> = whole.iter().map(|account| account.name.as_str()).collect();
            assert_eq!(whole, expected);
        }
        let renewing = wishes("renews", "3000");
        assert_eq!(names(&db, &world.ada, &renewing, "name", 9).await, ["Beta"]);
        let (reader, asked) = (poor.clone(), renewing.clone());
        let refused = db.read(move |tx| found(tx, &reader, &asked, (TABLE.sort, None), 9)).await;
        assert!(matches!(refused, Err(AccountError::Forbidden(_))), "{refused:?}");
        let refused = db.read(move |tx| deeds::count(tx, &poor, &renewing)).await;
        assert!(matches!(refused, Err(AccountError::Forbidden(_))), "{refused:?}");
    }
}

fn wishes(name: &str, value: &str) -> Wishes {
    let mut wishes = Wishes::default();
    let field = match name {
        "q" => &mut wishes.q,
        "owner" => &mut wishes.owner,
        "tier" => &mut wishes.tier,
        "stage" => &mut wishes.stage,
        "tag" => &mut wishes.tag,
        "kind" => &mut wishes.kind,
        "state" => &mut wishes.state,
        _ => &mut wishes.renews,
    };
    *field = value.to_owned();
    wishes
}

/// The names of all that are found, read in parts of `limit`.
async fn names(db: &Db, actor: &Actor, wishes: &Wishes, word: &str, limit: i64) -> Vec<String> {
    let asked = Words {
        sort: Some(word),
        columns: None,
    };
    let sort = TABLE.arranged(asked, Words::default()).sort();
    let (mut seen, mut spot) = (Vec::new(), None::<Spot>);
    loop {
        let (actor, wishes, from) = (actor.clone(), wishes.clone(), spot.clone());
        let part = db
            .read(move |tx| found(tx, &actor, &wishes, (sort, from.as_ref()), limit))
            .await
            .unwrap();
        let Some(last) = part.last() else { return seen };
        spot = Some(Spot::after(last, sort));
        seen.extend(part.into_iter().map(|account| account.name));
    }
}
