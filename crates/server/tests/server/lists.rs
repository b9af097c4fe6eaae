//! The lists of accounts and contacts through their addresses: acts on many, columns of features, doubles, filters.

use axum::http::{Method, StatusCode};
use kit::day::Day;
use serde_json::json;
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::invoices::{self, InvoiceError, InvoiceText};
use tandem_core::permissions::{Permission, Role};
use testkit::on_both;

use crate::access::hire;
use crate::world::{Call, WORLD, World, settle};

async fn account(world: &World, name: &str) -> AccountId {
    let (system, text) = (
        world.ours.system(),
        AccountText {
            name: name.to_owned(),
            ..AccountText::default()
        },
    );
    let added = world
        .app
        .db
        .write(move |tx| accounts::add(tx, &system, &text))
        .await;
    added.unwrap().id
}

async fn page(world: &World, role: Role, path: &str) -> String {
    world
        .ask(Call::get(path).key(world.ours.key(role)).html())
        .await
        .text()
}

/// The rows of a list from `path` on, page by page, as their ids.
pub(crate) async fn rows(world: &World, role: Role, path: &str) -> Vec<String> {
    let (mut path, mut rows) = (path.to_owned(), Vec::new());
    loop {
        let text = page(world, role, &path).await;
        let ids = text.split("<tr id=\"").skip(1);
        rows.extend(ids.map(|row| row.split('"').next().unwrap().to_owned()));
        let Some((before, _)) = text.split_once("data-action=\"more#load\"") else {
            return rows;
        };
        let link = before.rsplit("href=\"").next().unwrap();
        path = link.trim_end_matches("\" ").replace("&#38;", "&");
    }
}

fn post<'a>(world: &'a World, role: Role, path: &str, body: &str) -> Call<'a> {
    Call::new(Method::POST, path)
        .key(world.ours.key(role))
        .html()
        .form(body)
}

on_both! { WORLD;
    async fn invoices_are_sorted_by_the_day_of_their_issue_and_the_day_they_are_due(db: TestDb) {
        let world = World::new(&db).await;
        let account = account(&world, "Payers Ltd").await;
        let system = world.ours.system();
        let added = world.app.db.write(move |tx| {
            let first: Day = "2026-01-01".parse().expect("a day");
            for number in 0..60 {
                let issued = first.plus_days(number * 7 % 20);
                let text = InvoiceText { number: format!("S-{number}"), issued, due: issued.plus_days(number * 11 % 30), currency: "EUR".parse().expect("a currency"), total: 5_000 };
                invoices::add(tx, &system, account, &text)?;
            }
            Ok::<_, InvoiceError>(())
        });
        added.await.unwrap();
        let usual = rows(&world, Role::Admin, "/invoices").await;
        for sort in ["issued", "due"] {
            let all = rows(&world, Role::Admin, &format!("/invoices?sort={sort}")).await;
            let different: std::collections::BTreeSet<_> = all.iter().collect();
            assert_eq!((all.len(), different.len()), (usual.len(), usual.len()), "{sort}");
            let mut back = rows(&world, Role::Admin, &format!("/invoices?sort=-{sort}")).await;
            back.reverse();
            assert_eq!(all, back, "{sort}");
            let theirs = rows(&world, Role::Admin, &format!("/invoices?sort={sort}&account={account}")).await;
            assert_eq!(theirs, all.iter().filter(|id| theirs.contains(id)).cloned().collect::<Vec<_>>(), "{sort} with filters");
            assert_eq!(theirs.len(), 60);
        }
        let first = page(&world, Role::Admin, "/invoices?sort=due&state=open").await;
        assert!(first.contains("aria-sort=\"ascending\"") && first.contains("state=open"), "{first}");
        let kept = world.ask(post(&world, Role::Admin, "/invoices/columns", "columns=owed&sort=due")).await;
        assert_eq!(kept.headers["location"], "/invoices");
        let arranged = page(&world, Role::Admin, "/invoices").await;
        assert!(arranged.contains(">Still owed</th>") && !arranged.contains(">Issued</a>"), "{arranged}");
    }

    async fn chosen_accounts_are_changed_from_the_list_and_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        let (one, other) = (account(&world, "One Ltd").await, account(&world, "Other Ltd").await);
        let list = page(&world, Role::Admin, "/accounts").await;
        assert!(list.contains(&format!("value=\"{one}\"")) && list.contains("name=\"deed.owner\""), "{list}");
        assert!(list.contains("name=\"deed.playbook\"") || !list.contains("Start a playbook"));
        let form = format!("account={one}&account={other}&deed.owner=me&deed.tag=vip&q=Ltd");
        let done = world.ask(post(&world, Role::Admin, "/accounts/bulk", &form)).await;
        assert_eq!((done.status, done.headers["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/accounts?q=Ltd"));
        assert!(page(&world, Role::Admin, &format!("/accounts/{one}")).await.contains("vip"));
        let nothing = world.ask(post(&world, Role::Admin, "/accounts/bulk", &format!("account={one}"))).await;
        assert_eq!(nothing.headers["location"], "/accounts");
        let reader = world.ask(post(&world, Role::ProductManager, "/accounts/bulk", &format!("account={one}&deed.tag=vip"))).await;
        assert_eq!(reader.status, StatusCode::FORBIDDEN);
        assert!(page(&world, Role::Admin, "/accounts/bulk/count?q=Ltd").await.contains("that the list finds"));
        let file = world.ask(post(&world, Role::Admin, "/accounts/bulk/export", &format!("account={one}&format=csv"))).await.text();
        assert!(file.contains("One Ltd") && !file.contains("Other Ltd"), "{file}");
        assert!(file.lines().next().unwrap().ends_with("health,touch,touch_model,next_touch,tickets"), "{file}");
    }

    async fn programs_change_many_accounts_and_see_what_became_of_each(db: TestDb) {
        let world = World::new(&db).await;
        let one = account(&world, "One Ltd").await;
        let key = world.ours.key(Role::Admin);
        let body = json!({ "accounts": [one, "acc_01k0000000000000000000000z"], "deeds": [{ "deed": "tag", "value": "vip" }] });
        let made = world.ask(Call::new(Method::POST, "/api/v1/accounts/bulk").key(key).json(&body)).await;
        assert_eq!(made.status, StatusCode::CREATED);
        let bulk = made.json();
        assert_eq!((&bulk["state"], &bulk["changed"], &bulk["refused"]), (&json!("done"), &json!(1), &json!(1)));
        let path = format!("/api/v1/accounts/bulk/{}", bulk["id"].as_str().unwrap());
        let results = world.ask(Call::get(format!("{path}/results")).key(key)).await.json();
        let fates: Vec<_> = results["items"].as_array().unwrap().iter().map(|one| one["fate"].clone()).collect();
        assert!(fates.contains(&json!("changed")) && fates.contains(&json!("refused")), "{results}");
        let back = world.ask(Call::new(Method::PUT, format!("{path}/undo")).key(key).json(&json!({}))).await;
        assert_eq!((back.status, back.json()["state"].clone()), (StatusCode::OK, json!("undone")));
        let again = world.ask(Call::new(Method::PUT, format!("{path}/undo")).key(key).json(&json!({}))).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        for (body, status) in [
            (json!({ "accounts": [one], "deeds": [{ "deed": "dance", "value": "" }] }), StatusCode::UNPROCESSABLE_ENTITY),
            (json!({ "accounts": [one], "deeds": [] }), StatusCode::UNPROCESSABLE_ENTITY),
            (json!({ "filters": { "q": "nobody" }, "deeds": [{ "deed": "tag", "value": "a" }] }), StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            let answer = world.ask(Call::new(Method::POST, "/api/v1/accounts/bulk").key(key).json(&body)).await;
            assert_eq!(answer.status, status, "{body}");
        }
    }

    async fn columns_of_features_stand_in_the_list_for_those_who_may_see_them(db: TestDb) {
        let world = World::new(&db).await;
        settle(&db).await;
        let list = page(&world, Role::Admin, "/accounts?columns=health,reason,touch,tickets").await;
        for head in ["Health", "Last touch", "Open tickets"] {
            assert!(list.contains(head), "{head}");
        }
        assert!(list.contains("class=\"sparkline\""), "{list}");
        let kept = world.ask(post(&world, Role::Admin, "/accounts/columns", "columns=tickets&sort=name")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER);
        let list = page(&world, Role::Admin, "/accounts").await;
        assert!(!list.contains("class=\"sparkline\"") && list.contains("value=\"tickets\" checked"));
    }

    async fn who_may_not_see_money_is_offered_no_way_to_ask_for_it(db: TestDb) {
        let world = World::new(&db).await;
        let key = hire(&world, "moneyless", [Permission::AccountsRead, Permission::AccountsWrite].into_iter().collect()).await;
        let path = "/accounts?sort=-arr&columns=arr,renews,state";
        let ours = page(&world, Role::Admin, path).await;
        assert!(ours.contains("name=\"renews\"") && ours.contains("value=\"arr\"") && ours.contains("value=\"-arr\""), "{ours}");
        let theirs = world.ask(Call::get(path).key(&key).html()).await;
        assert_eq!(theirs.status, StatusCode::OK);
        let theirs = theirs.text();
        assert!(theirs.contains("Northwind Customer"), "{theirs}");
        for part in ["name=\"renews\"", "value=\"arr\"", "value=\"renews\"", "value=\"-arr\"", "sort=arr"] {
            assert!(!theirs.contains(part), "{part}: {theirs}");
        }
        let refused = world.ask(Call::get("/accounts?renews=30").key(&key).html()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let bulk = json!({ "filters": { "renews": "30" }, "deeds": [{ "deed": "tag", "value": "vip" }] });
        let refused = world.ask(Call::new(Method::POST, "/api/v1/accounts/bulk").key(&key).json(&bulk)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }

    async fn contacts_who_may_be_one_are_listed_compared_and_kept_apart(db: TestDb) {
        let world = World::new(&db).await;
        let add = async |body: &str| {
            let made = world.ask(post(&world, Role::Admin, "/contacts", body)).await;
            made.headers["location"].to_str().unwrap().rsplit('/').next().unwrap().to_owned()
        };
        let one = add("name=Ana+Maria&value=ana.maria%40gmail.com").await;
        let other = add("name=A.+M.&value=anamaria%2Bshop%40gmail.com").await;
        settle(&db).await;
        assert!(page(&world, Role::Admin, "/contacts/doubles").await.contains("Same mailbox"));
        assert!(page(&world, Role::Admin, "/contacts").await.contains("class=\"count\">1<"));
        let compared = page(&world, Role::Admin, &format!("/contacts/{one}/merge?with={other}")).await;
        assert!(compared.contains("anamaria+shop@gmail.com") && compared.contains("Merge"), "{compared}");
        let said = world.ask(post(&world, Role::Admin, &format!("/contacts/{one}/distinction"), &format!("other={other}"))).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER);
        let key = world.ours.key(Role::Admin);
        let pairs = world.ask(Call::get("/api/v1/contacts/doubles").key(key)).await.json();
        assert_eq!(pairs["items"], json!([]));
        let input = json!({ "other": other, "is_distinct": false });
        world.ask(Call::new(Method::PUT, format!("/api/v1/contacts/{one}/distinction")).key(key).json(&input)).await;
        let pairs = world.ask(Call::get("/api/v1/contacts/doubles").key(key)).await.json();
        assert_eq!(pairs["items"][0]["because"], json!(["address"]));
    }

    async fn contacts_are_filtered_by_account_role_and_being_nowhere(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        world.ask(post(&world, Role::Admin, "/contacts", "name=Nowhere+Man")).await;
        let names = async |query: &str| {
            let found = world.ask(Call::get(format!("/api/v1/contacts?{query}")).key(key)).await.json();
            let items = found["items"].as_array().unwrap_or_else(|| panic!("{found}")).clone();
            items.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names("account=none").await, ["Nowhere Man"]);
        let at = names(&format!("account={}", world.ours.account.id)).await;
        assert!(!at.is_empty() && !at.contains(&"Nowhere Man".to_owned()), "{at:?}");
        assert_eq!(names("account=Northwind").await, at);
        assert_eq!(names("q=nowhere").await, ["Nowhere Man"]);
        assert_eq!(names("q=nowhere&role=champion").await, Vec::<String>::new());
        let shown = page(&world, Role::Admin, "/contacts?q=nobody+at+all").await;
        assert!(shown.contains("No contact fits all the filters"), "{shown}");
    }
}
