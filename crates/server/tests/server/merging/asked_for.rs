//! Duplicates, pages and programs: how a merge is asked for and taken back.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_core::accounts::{self, AccountId, AccountText, external_ids};
use tandem_core::permissions::Role;
use testkit::on_both;

use super::accounts_of;
use crate::world::{Call, WORLD, World, settle};

on_both! { WORLD;
    async fn duplicates_are_found_with_their_reasons_and_not_again_when_they_are_none(db: TestDb) {
        let world = World::new(&db).await;
        let [one, other, far] = accounts_of(&db, &world, &["Acme Ltd", "ACME Inc.", "Other"]).await[..] else { panic!("three accounts") };
        let system = world.ours.system();
        db.write(move |tx| {
            external_ids::add(tx, &system, one, "crm", "PL-5252248481")?;
            external_ids::add(tx, &system, far, "shop", "pl 525 224 84 81")
        }).await.unwrap();
        settle(&db).await;
        let key = world.ours.key(Role::Admin);
        let found = world.ask(Call::get("/api/v1/accounts/doubles").key(key)).await.json();
        let pairs: Vec<_> = found["items"].as_array().unwrap().iter().map(|pair| (pair["account"].clone(), pair["other"].clone(), pair["because"].clone())).collect();
        assert_eq!(pairs, [(json!(one), json!(far), json!(["number"])), (json!(one), json!(other), json!(["name"]))]);
        let shown = world.ask(Call::get("/accounts/doubles").key(key).html()).await.text();
        assert!(shown.contains("ACME Inc.") && shown.contains("Same name"), "{shown}");
        let on_page = world.ask(Call::get(format!("/accounts/{other}")).key(key).html()).await.text();
        assert!(on_page.contains("Acme Ltd may be the same account"));
        let said = Call::new(Method::POST, format!("/accounts/{other}/distinction")).key(key).form(format!("other={one}"));
        assert_eq!(world.ask(said).await.status, StatusCode::SEE_OTHER);
        let system = world.ours.system();
        db.write(move |tx| {
            let now = accounts::find(tx, &system, other)?.unwrap();
            let text = AccountText { name: "Acme GmbH".into(), ..AccountText::default() };
            accounts::change(tx, &system, other, now.version, &text)
        }).await.unwrap();
        settle(&db).await;
        let of = async |id: AccountId| world.ask(Call::get(format!("/api/v1/accounts/{id}/doubles")).key(key)).await.json()["items"].as_array().unwrap().len();
        assert_eq!((of(other).await, of(one).await), (0, 1));
        world.ask(Call::new(Method::POST, format!("/accounts/{other}/distinction/end?other={one}")).key(key).form("")).await;
        assert_eq!(of(other).await, 1);
    }

    async fn old_addresses_lead_on_and_the_toast_takes_it_back(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let [kept, gone] = accounts_of(&db, &world, &["Kept", "Gone"]).await[..] else { panic!("two accounts") };
        let preview = world.ask(Call::get(format!("/accounts/{kept}/merge?with={gone}")).key(key).html()).await.text();
        assert!(preview.contains("value=\"theirs\"") && preview.contains("Gone"), "{preview}");
        let merge = Call::new(Method::POST, format!("/accounts/{kept}/merge")).key(key).form(format!("other={gone}&name=theirs"));
        let answer = world.ask(merge).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        for path in [format!("/accounts/{gone}"), format!("/accounts/{gone}/orders?x=1"), format!("/api/v1/accounts/{gone}")] {
            let led = world.ask(Call::get(&path).key(key)).await;
            assert_eq!(led.status, StatusCode::TEMPORARY_REDIRECT, "{path}");
            assert_eq!(led.headers["location"].to_str().unwrap(), path.replace(&gone.to_string(), &kept.to_string()));
        }
        let survivor = world.ask(Call::get(format!("/accounts/{kept}")).key(key).html()).await.text();
        assert!(survivor.contains(&format!("/accounts/{gone}/merge/end")));
        assert_eq!(world.ask(Call::get(format!("/accounts/{gone}")).key(world.theirs.key(Role::Admin))).await.status, StatusCode::NOT_FOUND);
        world.ask(Call::new(Method::POST, format!("/accounts/{gone}/merge/end")).key(key).form("")).await;
        assert_eq!(world.ask(Call::get(format!("/accounts/{gone}")).key(key)).await.status, StatusCode::OK);
    }

    async fn programs_see_before_and_merge_and_take_back(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::Admin);
        let [kept, gone] = accounts_of(&db, &world, &["Kept", "Gone"]).await[..] else { panic!("two accounts") };
        let path = format!("/api/v1/accounts/{gone}/merge");
        let preview = world.ask(Call::get(format!("{path}?into={kept}")).key(key)).await.json();
        assert_eq!(preview["differ"], json!(["name"]));
        assert_eq!(preview["take"], json!([]));
        for _ in 0..2 {
            let merged = world.ask(Call::new(Method::PUT, &path).key(key).json(&json!({ "into": kept }))).await;
            assert_eq!((merged.status, merged.json()["id"].clone()), (StatusCode::OK, json!(kept)));
        }
        let back = world.ask(Call::new(Method::DELETE, &path).key(key)).await;
        assert_eq!((back.status, back.json()["name"].clone()), (StatusCode::OK, json!("Gone")));
        let wrong = world.ask(Call::new(Method::PUT, &path).key(key).json(&json!({ "into": gone }))).await;
        assert_eq!((wrong.status, wrong.json()["type"].clone()), (StatusCode::UNPROCESSABLE_ENTITY, json!("urn:tandem:problem:account-merge")));
    }
}
