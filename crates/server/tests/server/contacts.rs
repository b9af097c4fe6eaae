//! The pages of contacts: forms that keep what was typed, accounts named as people name them, and merging with its undo.

use axum::http::{Method, StatusCode};
use tandem_core::contacts::{self, ContactError, ContactText, Introduction};
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::lists::rows;
use crate::world::{Call, WORLD, World, settle};

fn post<'a>(world: &'a World, path: &str, body: &str) -> Call<'a> {
    Call::new(Method::POST, path)
        .key(world.ours.key(Role::SupportAgent))
        .form(body)
}

async fn page(world: &World, path: &str) -> String {
    world
        .ask(Call::get(path).key(world.ours.key(Role::SupportAgent)).html())
        .await
        .text()
}

on_both! { WORLD;
    async fn the_list_is_sorted_by_its_heads_page_by_page_with_and_without_filters(db: TestDb) {
        let world = World::new(&db).await;
        let count = rows(&world, Role::SupportAgent, "/contacts").await.len() + 120;
        for batch in 0..6 {
            db.clock.advance(std::time::Duration::from_secs(60));
            let system = world.ours.system();
            let added = db.write(move |tx| {
                for number in 0..20 {
                    let text = ContactText { name: format!("Sorted {:02}", (number * 7 + batch) % 20), ..ContactText::default() };
                    contacts::add(tx, &system, &text, &Introduction::default())?;
                }
                Ok::<_, ContactError>(())
            });
            added.await.unwrap();
        }
        for sort in ["name", "-name", "changed", "-changed", "created", "-created"] {
            let all = rows(&world, Role::SupportAgent, &format!("/contacts?sort={sort}")).await;
            let different: std::collections::BTreeSet<_> = all.iter().collect();
            assert_eq!((all.len(), different.len()), (count, count), "{sort}");
            let mut back = rows(&world, Role::SupportAgent, &format!("/contacts?sort={}", sort.strip_prefix('-').map_or(format!("-{sort}"), str::to_owned))).await;
            back.reverse();
            assert_eq!(all, back, "{sort} is the other way round");
            let some = rows(&world, Role::SupportAgent, &format!("/contacts?sort={sort}&q=sorted&account=none")).await;
            let left: Vec<_> = all.iter().filter(|id| some.contains(id)).cloned().collect();
            assert_eq!((some.len(), some), (120, left), "{sort} with filters");
        }
        let there = format!("/contacts?sort=-changed&account={}", world.ours.account.id);
        assert_eq!(rows(&world, Role::SupportAgent, &there).await, [world.ours.contact.to_string()]);
        let asked = page(&world, "/contacts?q=sorted&sort=changed").await;
        assert!(asked.contains("aria-sort=\"ascending\"") && asked.contains("sort=-changed&#38;columns=name%2Cemail%2Cchanged&#38;q=sorted"), "{asked}");
        let kept = world.ask(post(&world, "/contacts/columns", "columns=created&sort=-created").html()).await;
        assert_eq!((kept.status, kept.headers["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/contacts"));
        let arranged = page(&world, "/contacts").await;
        assert!(arranged.contains("sort=created&#38;columns=name%2Ccreated") && !arranged.contains(">E-mail</th>") && arranged.contains("aria-sort=\"descending\""), "{arranged}");
    }

    async fn a_refused_form_keeps_what_was_typed_and_says_what_is_wrong(db: TestDb) {
        let world = World::new(&db).await;
        let answer = world.ask(post(&world, "/contacts", "name=Nadia&value=nadia+at+example&note=Call+first").html()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text();
        for kept in ["Nadia", "nadia at example", "Call first", "An address looks like"] {
            assert!(page.contains(kept), "{kept}");
        }
    }

    async fn an_identity_of_somebody_else_is_refused_with_the_way_to_them(db: TestDb) {
        let world = World::new(&db).await;
        let added = world.ask(post(&world, "/contacts", "name=Nadia")).await;
        let nadia = added.headers["location"].to_str().unwrap().to_owned();
        let taken = world.ask(post(&world, &format!("{nadia}/identities"), "kind=email&value=PERSON@example.com").html()).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        let owner = format!("/contacts/{}", world.ours.contact);
        assert!(taken.text().contains(&format!("href=\"{owner}\"")));
    }

    async fn an_account_is_named_as_people_name_it(db: TestDb) {
        let world = World::new(&db).await;
        let nadia = world.ask(post(&world, "/contacts", "name=Nadia")).await.headers["location"].to_str().unwrap().to_owned();
        let memberships = format!("{nadia}/memberships");
        let none = world.ask(post(&world, &memberships, "account=Nobody").html()).await;
        assert!(none.text().contains("No account is called like that"));
        let wrong_day = world.ask(post(&world, &memberships, "account=northwind&since=sometime").html()).await;
        assert!(wrong_day.text().contains("A day looks like"));
        let added = world.ask(post(&world, &memberships, "account=northwind&champion=on&title=Head")).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER);
        let shown = page(&world, &nadia).await;
        assert!(shown.contains("Northwind Customer") && shown.contains("Head and Champion"), "{shown}");
        let at_account = page(&world, &format!("/accounts/{}/contacts", world.ours.account.id)).await;
        assert!(at_account.contains("Nadia"));
    }

    async fn two_accounts_of_one_name_are_offered_to_choose_from(db: TestDb) {
        let world = World::new(&db).await;
        for _ in 0..2 {
            world.ask(post(&world, "/accounts", "name=Twin&website=")).await;
        }
        let path = format!("/contacts/{}/memberships", world.ours.contact);
        let offered = world.ask(post(&world, &path, "account=twin").html()).await.text();
        assert_eq!(offered.matches("value=\"acc_").count(), 2);
    }

    async fn a_merge_is_undone_by_its_toast_and_a_merged_page_leads_on(db: TestDb) {
        let world = World::new(&db).await;
        let gone = world.ask(post(&world, "/contacts", "name=Double")).await.headers["location"].to_str().unwrap().to_owned();
        let id = gone.rsplit('/').next().unwrap();
        let merged = world.ask(post(&world, &format!("/contacts/{}/merge", world.ours.contact), &format!("other={id}"))).await;
        assert_eq!(merged.status, StatusCode::SEE_OTHER);
        let led_on = world.ask(Call::get(&gone).key(world.ours.key(Role::SupportAgent)).html()).await;
        assert_eq!(led_on.headers["location"].to_str().unwrap(), format!("/contacts/{}", world.ours.contact));
        world.ask(post(&world, &format!("{gone}/merge/end"), "")).await;
        assert!(page(&world, &gone).await.contains("Double"));
        settle(&db).await;
    }
}
