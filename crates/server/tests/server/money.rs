//! Money through its addresses: forms that say what is wrong beside the field, the API, and the files of retention.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_core::permissions::Role;
use testkit::on_both;

use crate::world::{Call, WORLD, World, settle};

/// What the form sends when all is well, with some fields otherwise.
fn form(product: &str, other: &[(&str, &str)]) -> String {
    let fields = [
        ("product", product),
        ("since", "2026-02-01"),
        ("seats", "10"),
        ("price", "1,200.50"),
        ("price_currency", "EUR"),
        ("period_months", "12"),
        ("discount", ""),
        ("term_months", "12"),
        ("notice_days", "30"),
        ("is_automatic", "on"),
        ("renews", ""),
        ("ends", ""),
    ];
    let value = |(name, usual): &(&str, &str)| {
        let value = other
            .iter()
            .find(|(other, _)| other == name)
            .map_or(*usual, |(_, value)| *value);
        format!("{name}={}", value.replace('%', "%25").replace(' ', "+"))
    };
    fields.iter().map(value).collect::<Vec<_>>().join("&")
}

on_both! { WORLD;
    async fn a_form_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(db: TestDb) {
        let world = World::new(&db).await;
        let (key, path) = (world.ours.key(Role::SuccessLead), format!("/accounts/{}/subscriptions", world.ours.account.id));
        let added = world.ask(Call::new(Method::POST, "/settings/products").key(key).form("name=Support")).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER);
        let products = world.ask(Call::get("/api/v1/products").key(key)).await.json();
        let support = products["items"].as_array().unwrap().iter().find(|one| one["name"] == "Support").unwrap();
        let product = support["id"].as_str().unwrap().to_owned();
        let send = async |product: &str, other: &[(&str, &str)]| {
            world.ask(Call::new(Method::POST, &path).key(key).html().form(form(product, other))).await
        };
        for (field, typed, said) in [
            ("price_currency", "XYZ", "Choose a currency of ISO 4217"),
            ("price", "1.2345", "$"),
            ("price", "much", "$"),
            ("ends", "2026-01-01", "The end lies after the first day"),
            ("renews", "2025-01-01", "The renewal lies after the first day"),
            ("seats", "0", "Seats are a number from"),
            ("discount", "101 %", "A discount is 0 to 100 percent"),
            ("since", "soon", "25"),
        ] {
            let refused = send(&product, &[(field, typed)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
            let page = refused.text();
            assert!(page.contains("aria-invalid=\"true\""), "{field} {typed}");
            let is_currency = field == "price_currency" || said == "$";
            assert!(is_currency || page.contains(said), "{field} {typed}: {page}");
            assert!(field == "price_currency" || page.contains(&format!("value=\"{typed}\"")), "{field} {typed}");
        }
        let overlap = send(&world.ours.product.to_string(), &[]).await;
        assert_eq!(overlap.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(overlap.text().contains("has this product in that time already"));
        assert_eq!(send(&product, &[]).await.status, StatusCode::SEE_OTHER);
        let panel = world.ask(Call::get(&path).key(key).html()).await.text();
        assert!(panel.contains("Support") && panel.contains("1,000.42"), "{panel}");
    }

    async fn a_program_subscribes_changes_ends_and_resumes(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::SuccessManager);
        let path = format!("/api/v1/subscriptions/{}", world.ours.subscription);
        let shown = world.ask(Call::get(&path).key(key)).await;
        let tag = shown.headers["etag"].to_str().unwrap().to_owned();
        assert_eq!(shown.json()["currency"], "EUR");
        let change = json!({ "since": "2026-03-01", "seats": 20, "price": 12_000, "term_months": 12, "is_automatic": true });
        let put = || Call::new(Method::PUT, &path).key(key).json(&change);
        assert_eq!(world.ask(put()).await.status, StatusCode::PRECONDITION_REQUIRED);
        let changed = world.ask(put().header("if-match", tag)).await;
        assert_eq!((changed.status, changed.json()["prices"].as_array().unwrap().len()), (StatusCode::OK, 2));
        let ending = format!("{path}/cancellation");
        let early = world.ask(Call::new(Method::PUT, &ending).key(key).json(&json!({ "ends": "2025-01-01", "reason": "price" }))).await;
        assert_eq!(early.json()["errors"][0]["pointer"], "#/ends");
        let ended = world.ask(Call::new(Method::PUT, &ending).key(key).json(&json!({ "ends": "2030-01-01", "reason": "price" }))).await;
        assert_eq!((ended.json()["ends"].as_str(), ended.json()["end_reason"].as_str()), (Some("2030-01-01"), Some("price")));
        let resumed = world.ask(Call::new(Method::DELETE, &ending).key(key)).await.json();
        assert!(resumed["ends"].is_null());
        let renewed = world.ask(Call::new(Method::POST, format!("{path}/renewal")).key(key)).await.json();
        assert!(renewed["renews"].as_str() > resumed["renews"].as_str());
    }

    async fn the_ledger_follows_what_happens_to_subscriptions(db: TestDb) {
        let world = World::new(&db).await;
        settle(&db).await;
        let key = world.ours.key(Role::ProductManager);
        let path = format!("/api/v1/accounts/{}/movements", world.ours.account.id);
        let moved = world.ask(Call::get(&path).key(key)).await.json();
        assert_eq!((moved["items"][0]["kind"].as_str(), moved["items"][0]["amount"].as_i64()), (Some("new"), Some(10_000)));
        let revenue = world.ask(Call::get("/api/v1/revenue?day=2026-02-01").key(key)).await.json();
        assert_eq!((revenue["items"][0]["mrr"].as_i64(), revenue["items"][0]["arr"].as_i64()), (Some(10_000), Some(120_000)));
        let page = world.ask(Call::get("/revenue?day=2026-02-01").key(key).html()).await.text();
        assert!(page.contains("100.00") && page.contains("1,200.00"), "{page}");
        let page = world.ask(Call::get(format!("/accounts/{}/movements", world.ours.account.id)).key(key).html()).await.text();
        assert!(page.contains("From then on") && page.contains("100.00"), "{page}");
        let soon = world.ask(Call::get("/revenue?day=soon").key(key).html()).await;
        let page = soon.text();
        assert_eq!(soon.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("value=\"soon\"") && page.contains("aria-invalid=\"true\"") && !page.contains("100.00"), "{page}");
        let numbers = world.ask(Call::get("/api/v1/retention?from=2026-01-01&last=2026-03-01").key(key)).await.json();
        assert_eq!((numbers["accounts"].as_i64(), numbers["months"][0]["new"].as_i64(), numbers["months"][2]["closing"].as_i64()), (Some(0), Some(10_000), Some(10_000)));
        let long = world.ask(Call::get("/api/v1/retention?from=2020-01-01&last=2026-03-01").key(key)).await;
        assert_eq!((long.status, long.json()["errors"][0]["parameter"].as_str()), (StatusCode::BAD_REQUEST, Some("last")));
    }

    async fn a_month_of_renewals_is_sorted_as_its_reader_likes(db: TestDb) {
        let world = World::new(&db).await;
        let (key, path) = (world.ours.key(Role::SuccessLead), format!("/accounts/{}/subscriptions", world.ours.account.id));
        for (name, price, renews) in [("Small", "100", "2027-02-05"), ("Large", "900", "2027-02-10")] {
            world.ask(Call::new(Method::POST, "/settings/products").key(key).form(format!("name={name}"))).await;
            let products = world.ask(Call::get("/api/v1/products").key(key)).await.json();
            let product = products["items"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["id"].as_str().unwrap().to_owned();
            let added = world.ask(Call::new(Method::POST, &path).key(key).html().form(form(&product, &[("price", price), ("renews", renews)]))).await;
            assert_eq!(added.status, StatusCode::SEE_OTHER);
        }
        let page = async |path: &str| world.ask(Call::get(path).key(key).html()).await.text();
        let small_first = |page: &str| page.find(">Small</a>").unwrap() < page.find(">Large</a>").unwrap();
        for (sort, is_small_first) in [("renews", true), ("-renews", false), ("arr", true), ("-arr", false), ("product", false)] {
            let page = page(&format!("/renewals?from=2027-02-01&sort={sort}")).await;
            assert_eq!(small_first(&page), is_small_first, "{sort}");
            assert!(page.contains("aria-sort") && page.contains("name=\"from\" value=\"2027-02-01\""), "{page}");
        }
        let kept = world.ask(Call::new(Method::POST, "/renewals/columns").key(key).form("sort=-arr&columns=product&columns=arr&from=2027-02-01&owner=me")).await;
        assert_eq!(kept.headers["location"], "/renewals?from=2027-02-01&owner=me");
        let kept = page("/renewals?from=2027-02-01").await;
        assert!(!small_first(&kept) && kept.contains("aria-sort=\"descending\"") && !kept.contains(">Notice</a>"), "{kept}");
    }

    async fn programs_filter_and_sort_accounts_and_renewals(db: TestDb) {
        let world = World::new(&db).await;
        settle(&db).await;
        let key = world.ours.key(Role::SuccessLead);
        let ask = async |path: &str| world.ask(Call::get(path).key(key)).await;
        let items = |answer: &serde_json::Value| answer["items"].as_array().unwrap().clone();
        let all = items(&ask("/api/v1/accounts?limit=200").await.json());
        type Fits = fn(&serde_json::Value) -> bool;
        let filters: [(&str, Fits); 4] = [
            ("owner=none", |one| one["owner"].is_null()),
            ("kind=person", |one| one["kind"] == "person"),
            ("state=open&kind=company", |one| one["closed_at"].is_null() && one["kind"] == "company"),
            ("q=northwind", |one| one["name"].as_str().unwrap().to_lowercase().contains("northwind")),
        ];
        for (query, passes) in filters {
            let ids = |list: Vec<serde_json::Value>| -> BTreeSet<String> { list.iter().map(|one| one["id"].to_string()).collect() };
            let found = ids(items(&ask(&format!("/api/v1/accounts?limit=200&{query}")).await.json()));
            let wanted = ids(all.iter().filter(|one| passes(one)).cloned().collect());
            assert_eq!(found, wanted, "{query}");
        }
        // Page by page in another order nothing is left out, and the order holds.
        let (mut path, mut seen) = ("/api/v1/accounts?sort=-arr&limit=1".to_owned(), Vec::new());
        loop {
            let page = ask(&path).await.json();
            seen.extend(items(&page).iter().map(|one| one["arr"].as_i64().unwrap_or(-1)));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/accounts?sort=-arr&limit=1&after={next}");
        }
        assert_eq!(seen.len(), all.len());
        assert!(seen.is_sorted_by(|one, next| one >= next), "{seen:?}");
        let cursor = path.rsplit("after=").next().unwrap();
        for (wrong, parameter) in [
            ("sort=luck".to_owned(), "sort"),
            ("owner=nobody".to_owned(), "owner"),
            ("renews_within=-1".to_owned(), "renews_within"),
            (format!("sort=created&after={cursor}"), "after"),
        ] {
            let answer = ask(&format!("/api/v1/accounts?{wrong}")).await;
            assert_eq!((answer.status, answer.json()["errors"][0]["parameter"].as_str()), (StatusCode::BAD_REQUEST, Some(parameter)), "{wrong}");
        }
        let whole = items(&ask("/api/v1/subscriptions?limit=200").await.json());
        let renewing = items(&ask("/api/v1/subscriptions?renews_from=2000-01-01&limit=200").await.json());
        assert!(!renewing.is_empty() && renewing.len() <= whole.len());
        let days: Vec<_> = renewing.iter().map(|one| one["renews"].as_str().unwrap().to_owned()).collect();
        assert!(days.is_sorted(), "{days:?}");
        let before = ask(&format!("/api/v1/subscriptions?renews_from=2000-01-01&renews_until={}", days[0])).await.json();
        assert_eq!(items(&before), Vec::<serde_json::Value>::new());
        let turned = ask("/api/v1/subscriptions?renews_from=2026-02-01&renews_until=2026-01-01").await;
        assert_eq!(turned.json()["errors"][0]["parameter"].as_str(), Some("renews_until"));
    }

    async fn the_calendar_of_renewals_narrows_to_a_book_and_leaves_as_a_file(db: TestDb) {
        let world = World::new(&db).await;
        settle(&db).await;
        let (lead, manager) = (world.ours.key(Role::SuccessLead), world.ours.key(Role::SuccessManager));
        let me = world.ours.agent(Role::SuccessManager).id.to_string();
        let path = format!("/api/v1/accounts/{}/owner", world.ours.account.id);
        let put = Call::new(Method::PUT, path).key(world.ours.key(Role::Admin)).json(&json!({ "agent": me }));
        assert!(world.ask(put).await.status.is_success());
        let all = world.ask(Call::get("/api/v1/subscriptions?renews_from=2000-01-01&limit=200").key(lead)).await.json();
        let renews = all["items"][0]["renews"].as_str().expect("one that renews").to_owned();
        let name = &world.ours.account.name;
        let of = format!("/api/v1/subscriptions?renews_from=2000-01-01&owner={me}");
        assert_eq!(world.ask(Call::get(of).key(lead)).await.json()["items"], all["items"], "the one account is theirs");
        for (key, is_theirs) in [(lead, false), (manager, true)] {
            let page = world.ask(Call::get(format!("/renewals?from={renews}&owner=me")).key(key).html()).await.text();
            assert_eq!(page.contains(name), is_theirs, "{page}");
            let form = format!("from={renews}&owner=me&format=csv");
            let file = world.ask(Call::new(Method::POST, "/renewals/export").key(key).form(form)).await.text();
            assert!(file.starts_with("account,name,subscription,product,renews"), "{file}");
            assert_eq!(file.contains(name), is_theirs, "{file}");
        }
    }

    async fn the_list_of_accounts_leaves_filtered_as_text_and_as_a_workbook(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let name = world.ours.account.name.clone();
        let export = async |form: &str| world.ask(Call::new(Method::POST, "/accounts/export").key(key).form(form)).await;
        let text = export("format=csv&state=open").await.text();
        assert!(text.trim_start_matches('\u{feff}').starts_with("id,name,kind,website,state,owner"), "{text}");
        assert!(text.contains(&name));
        assert!(!export("q=nobody+is+called+so").await.text().contains(&name));
        let book = export("format=xlsx").await;
        assert!(book.headers["content-disposition"].to_str().unwrap().contains("accounts.xlsx"));
        assert!(book.body.starts_with(b"PK"));
        let refused = world.ask(Call::new(Method::POST, "/accounts/export").form("format=csv")).await;
        assert_ne!(refused.status, StatusCode::OK);
    }

    async fn the_numbers_leave_as_text_and_as_a_workbook(db: TestDb) {
        let world = World::new(&db).await;
        settle(&db).await;
        let key = world.ours.key(Role::SuccessLead);
        let export = async |form: &str| world.ask(Call::new(Method::POST, "/retention/export").key(key).form(form)).await;
        let months = export("from=2026-01-01&last=2026-02-01&format=csv").await.text();
        assert_eq!(months.lines().nth(1), Some("2026-01-01,EUR,0.00,100.00,0.00,0.00,0.00,0.00,100.00"));
        let accounts = export("from=2026-01-01&last=2026-02-01&of=new&format=csv").await.text();
        assert!(accounts.contains("Northwind Customer,2026-01-01,new,EUR,100.00,100.00"), "{accounts}");
        let ordered = export("from=2000-01-01&last=2002-12-01&of=ordered-again&format=csv").await.text();
        assert_eq!(ordered.trim_end(), "account,name,first_order,last_order,orders");
        let book = export("from=2026-01-01&last=2026-02-01&format=xlsx").await;
        assert!(book.body.starts_with(b"PK") && book.headers["content-type"].to_str().unwrap().contains("spreadsheetml"));
        assert_eq!(export("from=2026-02-01&last=2026-01-01").await.status, StatusCode::BAD_REQUEST);
    }
}
