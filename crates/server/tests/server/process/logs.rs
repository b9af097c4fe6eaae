//! The log of a whole run: one line for each request, and no secret in any of them.

use testkit::on_both;
use testkit::program::ask;

use super::on;
use crate::world::LISTS;

on_both! { LISTS;
    async fn a_run_is_told_by_routes_and_numbers_never_by_secrets(db: TestDb) {
        let mut program = on(&db)
            .with("log_format", "json")
            .with("log_level", "debug")
            .with("smtp_url", "smtp://desk:canary@127.0.0.1:9");
        if let kit::db::Location::Postgres(url) = &db.config.location {
            // The test server lets everyone in, whatever the password.
            let (scheme, rest) = url.split_once("://").unwrap();
            let (user, host) = rest.split_once('@').unwrap();
            let user = user.split(':').next().unwrap();
            program = program.with("database_url", format!("{scheme}://{user}:canary@{host}"));
        }
        let token = program.token();
        let link = program.output(&["admin", "link", "--email", "ada@example.com"]);
        let secret = link.rsplit('/').next().unwrap().to_owned();
        let mut node = program.serve();
        let page = node.get(&format!("/sign-in/{secret}?next=canary"), "");
        let agent = page.body.split("agt_").nth(1).unwrap();
        let agent: String = agent.chars().take_while(char::is_ascii_alphanumeric).collect();
        let form = format!("agent=agt_{agent}");
        let headers = format!(
            "content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        );
        let entered = ask(node.address, &format!("POST /sign-in/{secret}"), "", &headers).unwrap();
        let cookie = entered.head.split("set-cookie: ").nth(1).unwrap_or_else(|| panic!("{}", entered.head));
        let session = cookie.split_once('=').unwrap().1.split(';').next().unwrap().to_owned();
        assert!(session.len() > 20);
        assert_eq!(node.add_account("Canary Inc", &token).unwrap().status, 201);
        assert_eq!(node.get("/sign-in/no-such-canary", "").status / 100, 4);
        drop(node.live(&token, None));
        node.terminate();
        assert_eq!(node.end().code(), Some(0));

        let log = node.log();
        for secret in ["canary", "ada@example.com", &secret, &session, &token] {
            assert!(!log.to_lowercase().contains(&secret.to_lowercase()), "{secret} in {log}");
        }
        let lines = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let requests: Vec<_> = lines.filter(|line| line["message"] == "request").collect();
        assert!(requests.len() >= 5, "{log}");
        for line in &requests {
            assert!(line["ms"].is_u64() && line["status"].is_u64() && line["method"].is_string(), "{line}");
            assert_eq!(line["span"]["id"].as_str().unwrap().len(), 32, "{line}");
        }
        assert!(requests.iter().any(|line| line["route"] == "/sign-in/{link}" && line["method"] == "POST"));
    }
}
