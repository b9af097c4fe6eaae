//! Touchpoints: written once, judged again with the earlier judgement kept, withdrawn and put back, forgotten with people.

use kit::clock::Timestamp;
use kit::db::Db;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactText, Introduction, erasing, merging};
use tandem_core::subscriptions::following::{self, Said};
use tandem_core::subscriptions::{Price, Renewal};
use tandem_core::touchpoints::{
    self, Channel, Cursor, Direction, Filter, Impression, Judging, NewTouchpoint, Touchpoint,
    TouchpointError, Whose, measures,
};
use tandem_core::workspaces;
use testkit::on_both;

use crate::money::{add_product, currency, day};
use crate::world::{LISTS, World, add_account, kinds};

fn call(summary: &str) -> NewTouchpoint {
    NewTouchpoint {
        contact: None,
        kind: "call".to_owned(),
        channel: Channel::Phone,
        direction: Direction::Outbound,
        summary: summary.to_owned(),
        evidence: None,
        happened_at: None,
        impression: None,
    }
}

async fn add(
    db: &Db,
    actor: &Actor,
    account: AccountId,
    new: NewTouchpoint,
) -> Result<Touchpoint, TouchpointError> {
    let actor = actor.clone();
    db.write(move |tx| touchpoints::add(tx, &actor, account, &new))
        .await
}

async fn timeline(db: &Db, actor: &Actor, whose: Whose, filter: Filter) -> Vec<String> {
    let actor = actor.clone();
    let found = db
        .read(move |tx| touchpoints::timeline(tx, &actor, whose, &filter))
        .await
        .unwrap();
    found.into_iter().map(|touchpoint| touchpoint.summary).collect()
}

fn good(number: i64) -> Option<(Impression, String)> {
    Some((number.try_into().unwrap(), String::new()))
}

on_both! { LISTS;
    async fn the_newest_stands_first_and_equal_moments_page_without_loss(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let same = Some(Timestamp(1_000_000));
        for number in 0..7 {
            add(&db, &world.sam, account, NewTouchpoint { happened_at: same, ..call(&format!("{number}")) }).await.unwrap();
        }
        add(&db, &world.sam, account, NewTouchpoint { happened_at: Some(Timestamp(2_000_000)), ..call("newest") }).await.unwrap();
        let (mut cursor, mut seen) = (None, Vec::new());
        loop {
            let sam = world.sam.clone();
            let filter = Filter { before: cursor, limit: 3, ..Filter::default() };
            let part = db.read(move |tx| touchpoints::timeline(tx, &sam, Whose::Account(account), &filter)).await.unwrap();
            let Some(last) = part.last() else { break };
            cursor = Some(Cursor { at: last.happened_at.0, id: last.id });
            seen.extend(part.into_iter().map(|touchpoint| touchpoint.summary));
        }
        assert_eq!(seen, ["newest", "6", "5", "4", "3", "2", "1", "0"]);
        let within = async |since: Option<i64>, until: Option<i64>| {
            let filter = Filter { since: since.map(Timestamp), until: until.map(Timestamp), ..Filter::default() };
            timeline(&db, &world.sam, Whose::Account(account), filter).await.len()
        };
        assert_eq!(within(Some(1_000_001), None).await, 1);
        assert_eq!(within(None, Some(2_000_000)).await, 7);
        assert_eq!(within(Some(1_000_000), Some(1_000_000)).await, 0);
        // Nobody there ever answered: they have been silent since we first turned to them.
        let workspace = world.workspace.id;
        let read = db.read(move |tx| {
            let today = workspaces::today(tx, workspace)?;
            (measures::PRODUCER.read)(tx, workspace, account, today)
        });
        let heard = read.await.unwrap().into_iter().find(|one| one.metric.name == "people.last_heard");
        assert_eq!(heard.unwrap().value, Some(0.0));
    }

    async fn what_does_not_fit_is_refused_and_nothing_is_written(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let tomorrow = Some(Timestamp(i64::MAX / 2));
        for (wrong, why) in [
            (call("  "), TouchpointError::BadSummary),
            (NewTouchpoint { kind: "subscription_started".to_owned(), ..call("x") }, TouchpointError::BadKind),
            (NewTouchpoint { happened_at: tomorrow, ..call("x") }, TouchpointError::InFuture),
            (NewTouchpoint { contact: Some("con_01k0000000000000000000000z".parse().unwrap()), ..call("x") }, TouchpointError::NoContact),
        ] {
            assert_eq!(add(&db, &world.sam, account, wrong).await.unwrap_err(), why);
        }
        assert!(matches!(add(&db, &world.pat, account, call("x")).await, Err(TouchpointError::Forbidden(_))));
        assert_eq!(add(&db, &world.eve, account, call("x")).await.unwrap_err(), TouchpointError::Unknown);
        assert!(timeline(&db, &world.sam, Whose::Account(account), Filter::default()).await.is_empty());
    }

    async fn a_judgement_replaces_the_one_before_and_the_experience_follows(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let first = add(&db, &world.sam, account, NewTouchpoint { impression: good(2), ..call("went well") }).await.unwrap();
        add(&db, &world.sam, account, call("nobody judged")).await.unwrap();
        let ada = world.ada.clone();
        let judging = Judging { impression: Some((-1).try_into().unwrap()), reason: "they were polite, not happy".into(), seen: None };
        let judged = db.write(move |tx| touchpoints::judge(tx, &ada, first.id, &judging)).await.unwrap();
        let judged = judged.impression.unwrap();
        assert_eq!((judged.impression.value(), judged.by), (-1, world.ada.signature()));
        let sam = world.sam.clone();
        let experience = db.read(move |tx| touchpoints::experience(tx, &sam, account)).await.unwrap();
        assert_eq!((experience.index, experience.n), (Some(-1.0), 1));
        let bad = Filter { is_good: Some(false), ..Filter::default() };
        assert_eq!(timeline(&db, &world.sam, Whose::Account(account), bad).await, ["went well"]);
        let chat = Filter { channel: Some(Channel::Chat), ..Filter::default() };
        assert!(timeline(&db, &world.sam, Whose::Account(account), chat).await.is_empty());
    }

    async fn whoever_judges_what_they_no_longer_see_is_told_how_it_is_now(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let id = add(&db, &world.sam, account, call("went well")).await.unwrap().id;
        let judge = async |actor: &Actor, impression: i64, seen: Option<i64>| {
            let judging = Judging {
                impression: Some(impression.try_into().unwrap()),
                reason: String::new(),
                seen: Some(seen.map(|seen| seen.try_into().unwrap())),
            };
            let actor = actor.clone();
            db.write(move |tx| touchpoints::judge(tx, &actor, id, &judging)).await
        };
        judge(&world.ada, 1, None).await.unwrap();
        let TouchpointError::JudgedMeanwhile(Some(now)) = judge(&world.sam, -1, None).await.unwrap_err() else { panic!("sam saw none") };
        assert_eq!((now.impression.value(), now.by), (1, world.ada.signature()));
        judge(&world.ada, 1, None).await.expect("the same once more changes nothing");
        let judged = judge(&world.sam, -1, Some(1)).await.unwrap();
        assert_eq!(judged.impression.unwrap().impression.value(), -1);
    }

    async fn what_is_withdrawn_leaves_timeline_and_experience_and_comes_back_whole(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let wrong = add(&db, &world.sam, account, NewTouchpoint { impression: good(-2), ..call("wrong account") }).await.unwrap();
        for _ in 0..2 {
            let sam = world.sam.clone();
            db.write(move |tx| touchpoints::withdraw(tx, &sam, wrong.id)).await.unwrap();
        }
        assert!(timeline(&db, &world.sam, Whose::Account(account), Filter::default()).await.is_empty());
        let sam = world.sam.clone();
        assert_eq!(db.read(move |tx| touchpoints::experience(tx, &sam, account)).await.unwrap().n, 0);
        for _ in 0..2 {
            let sam = world.sam.clone();
            db.write(move |tx| touchpoints::restore(tx, &sam, wrong.id)).await.unwrap();
        }
        assert_eq!(timeline(&db, &world.sam, Whose::Account(account), Filter::default()).await, ["wrong account"]);
        let told: Vec<String> = kinds(&db).await.into_iter().filter(|kind| kind.starts_with("touchpoint.")).collect();
        assert_eq!(told, ["touchpoint.added", "touchpoint.withdrawn", "touchpoint.restored"]);
    }

    async fn a_contact_has_the_touchpoints_of_those_merged_into_them_and_takes_their_words_along_when_erased(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let mut people = Vec::new();
        for name in ["Nadia", "N. R."] {
            let (sam, text) = (world.sam.clone(), ContactText { name: name.to_owned(), ..ContactText::default() });
            let contact = db.write(move |tx| contacts::add(tx, &sam, &text, &Introduction::default())).await.unwrap();
            add(&db, &world.sam, account, NewTouchpoint { contact: Some(contact.id), impression: good(1), ..call(&format!("spoke with {name}")) }).await.unwrap();
            people.push(contact.id);
        }
        let (sam, kept, gone) = (world.sam.clone(), people[0], people[1]);
        db.write(move |tx| merging::merge(tx, &sam, kept, gone)).await.unwrap();
        assert_eq!(timeline(&db, &world.sam, Whose::Contact(kept), Filter::default()).await, ["spoke with N. R.", "spoke with Nadia"]);
        let ada = world.ada.clone();
        let erasure = db.write(move |tx| erasing::erase(tx, &ada, kept)).await.unwrap();
        assert!(erasure.proof.contains("\"touchpoints\":2"), "{}", erasure.proof);
        // That something happened stays, with how it left them; whom it was with and what was said does not.
        assert_eq!(timeline(&db, &world.ada, Whose::Account(account), Filter::default()).await, ["", ""]);
        let ada = world.ada.clone();
        assert_eq!(db.read(move |tx| touchpoints::experience(tx, &ada, account)).await.unwrap().n, 2);
    }

    async fn what_the_program_wrote_of_a_subscription_goes_along_when_it_becomes_anothers(db: TestDb) {
        let world = World::new(&db).await;
        let first = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let second = add_account(&db, &world.ada, "Borealis").await.unwrap().id;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let starts = day("2026-01-01");
        let said = Said {
            account: first,
            product: product.id,
            currency: currency("EUR"),
            period_months: 1,
            starts,
            renewal: Renewal { term_months: 1, notice_days: 0, is_automatic: true, day: day("2026-02-01") },
            prices: vec![Price { since: starts, seats: 3, amount: 1_500, discount: 0 }],
            end: None,
        };
        let (ada, made) = (world.ada.clone(), said.clone());
        let id = db.write(move |tx| following::follow(tx, &ada, None, &made)).await.unwrap().id;
        let of_it = |summary: &str, channel| NewTouchpoint { channel, evidence: Some(format!("/subscriptions/{id}")), ..call(summary) };
        add(&db, &world.ada, first, of_it("They subscribed", Channel::System)).await.unwrap();
        add(&db, &world.ada, first, of_it("We talked of it", Channel::Phone)).await.unwrap();
        add(&db, &world.ada, first, NewTouchpoint { channel: Channel::System, ..call("Another thing") }).await.unwrap();
        let (ada, moved) = (world.ada.clone(), Said { account: second, ..said });
        db.write(move |tx| following::follow(tx, &ada, Some(id), &moved)).await.unwrap();
        let all = || Filter { limit: 9, ..Filter::default() };
        assert_eq!(timeline(&db, &world.ada, Whose::Account(second), all()).await, ["They subscribed"]);
        let mut stays = timeline(&db, &world.ada, Whose::Account(first), all()).await;
        stays.sort();
        assert_eq!(stays, ["Another thing", "We talked of it"]);
    }
}
