//! Whose usage is: what belongs to no account, and what belongs together.

use kit::db::{Db, DbError};
use kit::jobs::{Jobs, Options};
use kit::{params, sql};
use success::usage::account::UsageError;
use success::usage::folding::fold;
use success::usage::identity::{self, IdentityError, Other};
use success::usage::log::scrubbing;
use success::usage::log::{self, unpacked};
use success::usage::people::{self, NameId, personal};
use success::usage::settling::{self, Asked, Made, Reason, SettleError, Waiting};
use success::usage::sources::Gate;
use tandem_core::accounts::merging::{self, Parts};
use tandem_core::accounts::{self, AccountId, AccountText, external_ids};
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::contacts::memberships::{self, MembershipText};
use testkit::on_both;

use crate::folding::{usage, waiting};
use crate::taking::{gate, send};
use crate::world::{LISTS, World};

pub(crate) const LEYLA: &str = r#""userId":"u-leyla""#;
const BROWSER: &str = r#""anonymousId":"b-1""#;

pub(crate) async fn fed(db: &Db, gate: &Gate, items: &[String]) {
    for part in items.chunks(200) {
        let part: Vec<&str> = part.iter().map(String::as_str).collect();
        assert_eq!(send(db, gate, &part).await.accepted, part.len(), "{part:?}");
    }
    fold(db).await.unwrap();
}

pub(crate) fn opened(who: &str) -> String {
    format!(r#"{{"type":"track","event":"Report opened",{who}}}"#)
}

pub(crate) fn identified(who: &str) -> String {
    format!(r#"{{"type":"identify",{who},"traits":{{"email":"leyla@acme.example"}}}}"#)
}

pub(crate) async fn other(db: &Db, world: &World) -> AccountId {
    let ada = world.ada.clone();
    let made = db.write(move |tx| {
        let text = AccountText {
            name: "Other".to_owned(),
            ..AccountText::default()
        };
        Ok::<_, DbError>(accounts::add(tx, &ada, &text).unwrap().id)
    });
    made.await.unwrap()
}

/// Leyla is known by her address, as the job says it that follows contacts.
pub(crate) async fn known(db: &Db, world: &World) {
    let (ada, contact, workspace) = (world.ada.clone(), world.contact, world.workspace);
    db.write(move |tx| {
        identities::add(tx, &ada, contact, &NewIdentity::email("leyla@acme.example")).unwrap();
        people::follow_contact(tx, workspace, contact)
    })
    .await
    .unwrap();
}

async fn also_at(db: &Db, world: &World, account: AccountId) {
    let (ada, contact, workspace) = (world.ada.clone(), world.contact, world.workspace);
    db.write(move |tx| {
        memberships::add(tx, &ada, contact, account, &MembershipText::default()).unwrap();
        people::follow_contact(tx, workspace, contact)
    })
    .await
    .unwrap();
}

pub(crate) fn named<'w>(all: &'w [Waiting], value: &str) -> &'w Waiting {
    let found = all.iter().find(|one| one.line.value == value);
    found.unwrap_or_else(|| panic!("{value} does not wait: {all:?}"))
}

pub(crate) async fn events(db: &Db, world: &World, account: AccountId) -> i64 {
    usage(db, &world.ada, account).await.events_30
}

pub(crate) async fn settle(
    db: &Db,
    world: &World,
    id: NameId,
    account: AccountId,
) -> Result<Option<AccountId>, SettleError> {
    let ada = world.ada.clone();
    db.write(move |tx| settling::settle(tx, &ada, id, account)).await
}

async fn unsettle(db: &Db, world: &World, id: NameId) {
    let ada = world.ada.clone();
    db.write(move |tx| settling::unsettle(tx, &ada, id))
        .await
        .unwrap();
}

async fn ended(db: &Db, world: &World, id: NameId, other: Other) -> Result<(), IdentityError> {
    let ada = world.ada.clone();
    db.write(move |tx| identity::end(tx, &ada, id, &other.to_string()))
        .await
}

async fn restored(db: &Db, world: &World, id: NameId, other: Other) {
    let ada = world.ada.clone();
    db.write(move |tx| identity::restore(tx, &ada, id, &other.to_string()))
        .await
        .unwrap();
}

pub(crate) async fn shown(db: &Db, world: &World, id: NameId) -> identity::Identity {
    let ada = world.ada.clone();
    db.read(move |tx| identity::of(tx, &ada, id, None)).await.unwrap()
}

fn jobs() -> Jobs {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), people::jobs::settle);
    jobs.reaction(Options::new(), people::jobs::spread);
    jobs.errand(Options::new().limit(1), people::shifting::shift);
    jobs.reaction(Options::new(), people::shifting::turn);
    jobs.reaction(Options::new(), scrubbing::scrub);
    jobs
}

pub(crate) async fn run(db: &Db) {
    let jobs = jobs();
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

on_both! { LISTS;
    async fn a_person_of_very_many_browsers_is_one_and_is_erased_from_all_of_them(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let browser = |number: i32| format!(r#""anonymousId":"b-{number}""#);
        let seen: Vec<String> = (0..450).map(|number| opened(&browser(number))).collect();
        let came: Vec<String> = (0..450).map(|number| identified(&format!("{LEYLA},{}", browser(number)))).collect();
        fed(&db, &gate, &seen).await;
        fed(&db, &gate, &came).await;
        assert_eq!(events(&db, &world, world.account).await, 0);
        known(&db, &world).await;
        run(&db).await;
        let all = usage(&db, &world.ada, world.account).await;
        assert_eq!((all.events_30, all.active_30), (450, 1));
        let (ada, contact, workspace) = (world.ada.clone(), world.contact, world.workspace);
        db.write(move |tx| (personal::HOLDS.forget)(tx, &ada, contact)).await.unwrap();
        run(&db).await;
        let batches = db.read(move |tx| log::newest(tx, workspace, None, None, 100)).await.unwrap();
        let left: Vec<_> = batches.iter().flat_map(|batch| unpacked(&batch.body)).collect();
        assert!(left.is_empty(), "{} events are left", left.len());
        let named = waiting(&db, &world).await.into_iter().filter(|one| one.line.value.starts_with("b-"));
        assert_eq!(named.count(), 0, "no browser is known by its id");
        let account = world.account;
        db.write(move |tx| people::follow_account(tx, workspace, account)).await.unwrap();
        run(&db).await;
        assert_eq!(events(&db, &world, account).await, 450, "what was done stays where it was");
    }

    async fn a_browser_that_others_came_with_joins_nobody_however_many_there_are(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let browser = |number: i32| format!(r#""anonymousId":"b-{number}""#);
        let seen: Vec<String> = (0..900).map(|number| opened(&browser(number))).collect();
        let came: Vec<String> = (0..900).map(|number| identified(&format!("{LEYLA},{}", browser(number)))).collect();
        // Every ninth is Tom's as well.
        let shared: Vec<String> = (0..900).step_by(9).map(|number| format!(r#"{{"type":"identify","userId":"u-tom",{}}}"#, browser(number))).collect();
        fed(&db, &gate, &seen).await;
        fed(&db, &gate, &came).await;
        fed(&db, &gate, &shared).await;
        // An id that she had before, which has browsers of its own.
        fed(&db, &gate, &[opened(r#""userId":"u-old""#), format!(r#"{{"type":"alias",{LEYLA},"previousId":"u-old"}}"#)]).await;
        fed(&db, &gate, &[opened(r#""anonymousId":"b-old""#), r#"{"type":"identify","userId":"u-old","anonymousId":"b-old"}"#.to_owned()]).await;
        known(&db, &world).await;
        run(&db).await;
        let all = usage(&db, &world.ada, world.account).await;
        assert_eq!((all.events_30, all.active_30), (802, 1), "eight hundred browsers, and two of before");
        let (ada, contact) = (world.ada.clone(), world.contact);
        let ids = db.read(move |tx| identity::of_contact(tx, &ada, contact)).await.unwrap();
        assert_eq!(ids[0].1, 804, "herself, eight hundred browsers, her old id as it is written twice, and its browser");
    }

    async fn a_group_is_put_down_by_a_job_and_nobody_sees_a_half_of_it(db: TestDb) {
        let world = World::new(&db).await;
        let (gate, other) = (gate(&db, &world).await, other(&db, &world).await);
        let of_group = |who: i32| opened(&format!(r#""userId":"u-{who}","context":{{"groupId":"acme"}}"#));
        fed(&db, &gate, &(0..30).map(of_group).collect::<Vec<_>>()).await;
        let acme = named(&waiting(&db, &world).await, "acme").line.id;
        settle(&db, &world, acme, other).await.unwrap();
        assert_eq!(events(&db, &world, other).await, 30);
        // It is another's from here on, as if it had very many days.
        let (ada, account, workspace) = (world.ada.clone(), world.account, world.workspace);
        db.write(move |tx| {
            let called = external_ids::of(tx, &ada, other).unwrap();
            external_ids::remove(tx, &ada, called[0].id).unwrap();
            external_ids::add(tx, &ada, account, people::REALM, "acme").unwrap();
            people::shifting::begin(tx, workspace, acme)
        }).await.unwrap();
        let ada = world.ada.clone();
        let today = db.read(move |tx| tandem_core::workspaces::today(tx, workspace)).await.unwrap();
        let half = db.read(move |tx| success::usage::account::of(tx, &ada, account, today)).await;
        assert_eq!(half, Err(UsageError::Resting(0, 1)));
        assert_eq!(shown(&db, &world, acme).await.spread, Some((0, 1)));
        let none = db.read(move |tx| (success::usage::measures::PRODUCER.read)(tx, workspace, account, today)).await;
        assert_eq!(none, Ok(Vec::new()), "what was found before stays as it was");
        run(&db).await;
        assert_eq!((events(&db, &world, other).await, events(&db, &world, account).await), (0, 30));
        assert_eq!(shown(&db, &world, acme).await.spread, None);
        // The same again after it was cut off: nothing is left of it, and nothing rests.
        db.write(move |tx| people::shifting::begin(tx, workspace, acme)).await.unwrap();
        run(&db).await;
        assert_eq!(events(&db, &world, account).await, 30);
        // One that nothing tells the account of waits again.
        let ada = world.ada.clone();
        db.write(move |tx| {
            let called = external_ids::of(tx, &ada, account).unwrap();
            external_ids::remove(tx, &ada, called[0].id).unwrap();
            people::shifting::begin(tx, workspace, acme)
        }).await.unwrap();
        run(&db).await;
        assert_eq!((events(&db, &world, account).await, named(&waiting(&db, &world).await, "acme").line.events), (0, 30));
    }

    async fn of_a_person_at_two_accounts_one_is_chosen_and_it_is_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        let (gate, other) = (gate(&db, &world).await, other(&db, &world).await);
        known(&db, &world).await;
        also_at(&db, &world, other).await;
        fed(&db, &gate, &[identified(LEYLA), opened(LEYLA), opened(LEYLA)]).await;
        let all = waiting(&db, &world).await;
        let leyla = named(&all, "u-leyla");
        assert_eq!((all.len(), leyla.looked.reason, leyla.looked.contact), (1, Some(Reason::Several), Some(world.contact)));
        assert_eq!((leyla.line.events, leyla.line.people), (2, 1));
        let offered: Vec<&str> = leyla.looked.candidates.iter().map(|one| one.name.as_str()).collect();
        assert!(offered.len() == 2 && offered.contains(&"Acme") && offered.contains(&"Other"), "{offered:?}");
        let id = leyla.line.id;
        assert_eq!(settle(&db, &world, id, other).await, Ok(None));
        assert_eq!((events(&db, &world, other).await, events(&db, &world, world.account).await), (2, 0));
        assert!(waiting(&db, &world).await.is_empty());
        fed(&db, &gate, &[opened(LEYLA)]).await;
        assert_eq!(events(&db, &world, other).await, 3, "also what comes later");
        assert_eq!(settle(&db, &world, id, world.account).await, Ok(Some(other)), "and which it was before");
        assert_eq!((events(&db, &world, other).await, events(&db, &world, world.account).await), (0, 3));
        unsettle(&db, &world, id).await;
        assert_eq!((events(&db, &world, other).await, events(&db, &world, world.account).await), (0, 0));
        assert_eq!(named(&waiting(&db, &world).await, "u-leyla").line.events, 3);
        // Eve of another workspace sees none of it and changes none of it.
        let (eve, account) = (world.eve.clone(), world.account);
        let theirs = db.write(move |tx| settling::settle(tx, &eve, id, account)).await;
        assert_eq!(theirs, Err(SettleError::Unknown));
        let eve = world.eve.clone();
        let theirs = db.read(move |tx| settling::list(tx, &eve, &Asked::default(), None, 9)).await.unwrap();
        assert!(theirs.is_empty());
        let sam = world.sam.clone();
        let refused = db.write(move |tx| settling::leave(tx, &sam, id)).await;
        assert!(matches!(refused, Err(SettleError::Forbidden(_))), "{refused:?}");
    }

    async fn a_choice_goes_with_an_account_that_is_merged_and_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let (gate, other) = (gate(&db, &world).await, other(&db, &world).await);
        fed(&db, &gate, &[opened(BROWSER)]).await;
        let all = waiting(&db, &world).await;
        let browser = named(&all, "b-1");
        assert_eq!(browser.looked.reason, Some(Reason::Anonymous));
        settle(&db, &world, browser.line.id, other).await.unwrap();
        assert_eq!(events(&db, &world, other).await, 1);
        db.attach(std::sync::Arc::new(Parts::new(&[&people::MERGES, &success::usage::MERGES])));
        let (ada, account) = (world.ada.clone(), world.account);
        db.write(move |tx| merging::merge(tx, &ada, account, other, &[])).await.unwrap();
        assert_eq!(events(&db, &world, world.account).await, 1);
        let ada = world.ada.clone();
        db.write(move |tx| merging::unmerge(tx, &ada, other)).await.unwrap();
        assert_eq!((events(&db, &world, other).await, events(&db, &world, world.account).await), (1, 0));
    }

    async fn what_waits_is_found_part_by_part_left_and_minded(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let of_group = |who: &str, group: &str| opened(&format!(r#""userId":"{who}","context":{{"groupId":"{group}"}}"#));
        let mut items = vec![opened(BROWSER), identified(&format!("{LEYLA},{BROWSER}")), format!(r#"{{"type":"identify","userId":"u-tom",{BROWSER}}}"#)];
        items.extend(["u-1", "u-2", "u-3"].map(|who| of_group(who, "acme")));
        items.extend(["u-1", "u-1"].map(|who| of_group(who, "harbour")));
        fed(&db, &gate, &items).await;
        let all = waiting(&db, &world).await;
        let values: Vec<_> = all.iter().map(|one| (one.line.value.as_str(), one.line.events, one.line.people)).collect();
        assert_eq!(values, [("acme", 3, 3), ("harbour", 2, 1), ("b-1", 1, 1)]);
        assert_eq!(all[2].looked.reason, Some(Reason::Shared));
        assert_eq!(all[0].looked.candidates[0].account, world.account, "it has this name");
        let mut parts = Vec::new();
        let mut after = None;
        loop {
            let ada = world.ada.clone();
            let part = db.read(move |tx| settling::list(tx, &ada, &Asked::default(), after.as_ref(), 1)).await.unwrap();
            let Some(one) = part.first() else { break };
            after = Some(one.line.queued());
            parts.push(one.line.value.clone());
        }
        assert_eq!(parts, ["acme", "harbour", "b-1"]);
        let asked = |text: &str, is_left: bool| Asked { text: text.to_owned(), days: Some(30), is_left };
        let found = |asked: Asked| {
            let (db, ada) = (db.db.clone(), world.ada.clone());
            async move {
                let found = db.read(move |tx| settling::list(tx, &ada, &asked, None, 9)).await.unwrap();
                found.into_iter().map(|one| one.line.value).collect::<Vec<_>>()
            }
        };
        assert_eq!(found(asked("arbou", false)).await, ["harbour"]);
        assert!(found(asked("a%e", false)).await.is_empty(), "a sign is a sign");
        assert_eq!(found(asked("ArBOU", false)).await, ["harbour"], "capitals say nothing");
        let called = |name: &str| format!(r#"{{"type":"group","userId":"u-1","groupId":"Łódź-1","traits":{{"name":"{name}"}}}}"#);
        fed(&db, &gate, &[called("ŻEGLUGA Śródlądowa"), of_group("u-4", "Łódź-1")]).await;
        for text in ["łódź-1", "ŁÓDŹ", "żegluga śród", "Żegluga"] {
            assert_eq!(found(asked(text, false)).await, ["Łódź-1"], "{text}");
        }
        // One that was written before names were folded is folded at night.
        let workspace = world.workspace;
        let folded = db.write(move |tx| {
            tx.execute(sql!("update usage_names set value_folded = null, title_folded = null where workspace_id = $1"), params![workspace])?;
            log::jobs::sweep_names(tx)
        });
        assert_eq!(folded.await, Ok(false), "no more are left");
        assert_eq!(found(asked("ŻEGLUGA", false)).await, ["Łódź-1"]);
        let (ada, group) = (world.ada.clone(), named(&waiting(&db, &world).await, "Łódź-1").line.id);
        db.write(move |tx| settling::leave(tx, &ada, group)).await.unwrap();
        // A shared browser may be an account's; its users stay two.
        let browser = all[2].line.id;
        settle(&db, &world, browser, world.account).await.unwrap();
        assert_eq!(events(&db, &world, world.account).await, 1);
        assert_eq!(shown(&db, &world, browser).await.ids, 1);
        let (ada, harbour) = (world.ada.clone(), all[1].line.id);
        db.write(move |tx| settling::leave(tx, &ada, harbour)).await.unwrap();
        assert_eq!((found(asked("", false)).await, found(asked("", true)).await), (vec!["acme".to_owned()], vec!["harbour".to_owned(), "Łódź-1".to_owned()]));
        let ada = world.ada.clone();
        db.write(move |tx| settling::mind(tx, &ada, harbour)).await.unwrap();
        assert_eq!(found(asked("", false)).await, ["acme", "harbour"]);
    }

    async fn an_account_is_made_of_a_group_and_a_contact_of_a_user(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let group = r#"{"type":"group","userId":"u-1","groupId":"harbour","traits":{"name":"Harbour Freight"}}"#;
        let items = [group.to_owned(), opened(r#""userId":"u-1","context":{"groupId":"harbour"}"#), identified(LEYLA), opened(LEYLA)];
        fed(&db, &gate, &items).await;
        let all = waiting(&db, &world).await;
        let (harbour, leyla) = (named(&all, "harbour").line.id, named(&all, "u-leyla"));
        assert_eq!(leyla.looked.reason, Some(Reason::NoContact));
        let ada = world.ada.clone();
        let made = db.write(move |tx| settling::make(tx, &ada, harbour)).await.unwrap();
        let Made::Account(account) = made else { panic!("{made:?}") };
        assert_eq!(events(&db, &world, account).await, 1);
        let (ada, id) = (world.ada.clone(), leyla.line.id);
        let made = db.write(move |tx| settling::make(tx, &ada, id)).await.unwrap();
        let Made::Contact(contact) = made else { panic!("{made:?}") };
        let all = waiting(&db, &world).await;
        let leyla = named(&all, "u-leyla");
        assert_eq!((leyla.looked.reason, leyla.looked.contact), (Some(Reason::Nowhere), Some(contact)));
        let workspace = world.workspace;
        let address = db.read(move |tx| identities::who_is(tx, workspace, &NewIdentity::email("leyla@acme.example"))).await;
        assert_eq!(address.unwrap().map(|contact| contact.id), Some(contact));
    }

    async fn a_link_that_is_ended_stays_so_until_it_is_restored(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        known(&db, &world).await;
        fed(&db, &gate, &[opened(BROWSER)]).await;
        let browser = named(&waiting(&db, &world).await, "b-1").line.id;
        let signed_in = identified(&format!("{LEYLA},{BROWSER}"));
        fed(&db, &gate, std::slice::from_ref(&signed_in)).await;
        assert_eq!(events(&db, &world, world.account).await, 1);
        let now = shown(&db, &world, browser).await;
        let [link] = &now.links[..] else { panic!("{now:?}") };
        assert_eq!((link.value.as_str(), link.heard, link.source.as_deref()), ("u-leyla", identity::Heard::Identify, Some("Web app")));
        assert_eq!((now.ids, now.looked.contact, link.ended.is_some()), (2, Some(world.contact), false));
        let user = link.other;
        ended(&db, &world, browser, user).await.unwrap();
        assert_eq!(events(&db, &world, world.account).await, 0, "the browser is nobody's now");
        fed(&db, &gate, &[signed_in, opened(&format!("{LEYLA},{BROWSER}"))]).await;
        assert_eq!(events(&db, &world, world.account).await, 1, "what the user did is theirs; what the browser did alone is not");
        let now = shown(&db, &world, browser).await;
        assert!(now.links[0].ended.is_some() && now.ids == 1 && now.looked.contact.is_none(), "{now:?}");
        restored(&db, &world, browser, user).await;
        assert_eq!(events(&db, &world, world.account).await, 2);
        // The same with the contact that a user is taken for.
        let Other::Name(user) = user else { panic!("{user:?}") };
        ended(&db, &world, user, Other::Contact(world.contact)).await.unwrap();
        fed(&db, &gate, &[identified(LEYLA)]).await;
        assert_eq!(events(&db, &world, world.account).await, 0);
        let now = shown(&db, &world, user).await;
        assert!(now.looked.contact.is_none() && now.links[0].other == Other::Contact(world.contact) && now.links[0].ended.is_some(), "{now:?}");
        restored(&db, &world, user, Other::Contact(world.contact)).await;
        assert_eq!(events(&db, &world, world.account).await, 2);
        // There is no link to end where nobody ever said one, nor for Eve.
        assert_eq!(ended(&db, &world, browser, Other::Contact(world.contact)).await, Err(IdentityError::NoLink));
        let eve = world.eve.clone();
        let theirs = db.write(move |tx| identity::end(tx, &eve, browser, &Other::Name(user).to_string())).await;
        assert_eq!(theirs, Err(IdentityError::Unknown));
        let (ada, contact) = (world.ada.clone(), world.contact);
        let ids = db.read(move |tx| identity::of_contact(tx, &ada, contact)).await.unwrap();
        assert_eq!((ids.len(), ids[0].0.id, ids[0].1), (1, user, 2));
    }

    async fn an_alias_is_ended_from_either_side(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let in_acme = |who: &str| opened(&format!(r#""userId":"{who}","context":{{"groupId":"acme"}}"#));
        fed(&db, &gate, &[in_acme("u-old"), in_acme("u-leyla"), format!(r#"{{"type":"alias",{LEYLA},"previousId":"u-old"}}"#)]).await;
        let acme = named(&waiting(&db, &world).await, "acme").line.id;
        settle(&db, &world, acme, world.account).await.unwrap();
        let active = async || usage(&db, &world.ada, world.account).await.active_30;
        assert_eq!(active().await, 1);
        let workspace = world.workspace;
        let ids = db.write(move |tx| {
            let wanted = ["u-leyla", "u-old"].map(|value| people::Named { kind: people::NameKind::User, value: value.to_owned(), said: people::Said::default() });
            people::ensure(tx, workspace, &wanted)
        });
        let ids = ids.await.unwrap().ids;
        let link = shown(&db, &world, ids[1]).await.links[0].clone();
        assert_eq!((link.heard, link.other), (identity::Heard::Alias, Other::Name(ids[0])));
        ended(&db, &world, ids[1], link.other).await.unwrap();
        assert_eq!(active().await, 2);
        restored(&db, &world, ids[1], link.other).await;
        assert_eq!(active().await, 1);
    }
}
