//! The story of an account, with everything real: three browsers, Postfix, Dovecot, and the SDK that sends usage. Usage
//! falls; the score falls and says why; a warning opens and a playbook starts; an angry mail comes; the agent sees it all
//! beside the ticket and answers; the customer rates the answer; usage returns, and the score recovers.
//!
//! It begins some weeks ago, by a clock that is behind; its last day is today. With `TANDEM_STORY_PICTURES` it writes the
//! pictures of the README into that folder.

use std::ffi::OsString;
use std::process::Command;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use testkit::browser::{Browser, Driver, Theme};
use testkit::postbox::{Postbox, unfolded};
use testkit::program::{Node, Past, Program, tell, until};
use testkit::{TestDb, on_both, skip};

use crate::process::on;
use crate::world::LISTS;

/// For how many days nobody has used the product when the story comes to today.
const SILENT: u32 = 24;
const WIDTH: u32 = 1_440;
const HEIGHT: u32 = 900;
const SUBJECT: &str = "Reports are wrong again";

/// Five people use three features on each of so many days up to now.
const SDK: &str = "
const { Analytics } = require('@segment/analytics-node');
const [writeKey, host, days] = process.argv.slice(1);
const analytics = new Analytics({ writeKey, host, flushAt: 100 });
analytics.on('error', (error) => { console.error(error); process.exitCode = 1; });
const day = 86400000, minute = 60000;
const people = ['Leyla Quliyeva', 'Dana Reed', 'Tomasz Lis', 'Putri Ayu', 'Olga Orlova'];
for (const [n, name] of people.entries()) {
  const userId = 'u-' + n;
  analytics.identify({ userId, traits: { name } });
  analytics.group({ userId, groupId: 'acme', timestamp: new Date(Date.now() - 90 * day) });
  for (let ago = Number(days); ago >= 0; ago--)
    for (const event of ['Report opened', 'Project created', 'Invoice sent'])
      analytics.track({ userId, event, timestamp: new Date(Date.now() - ago * day - minute) });
}
analytics.closeAndFlush();
";

/// What the story needs from the machine.
struct Stage {
    driver: Driver,
    postbox: Postbox,
    sdk: OsString,
    past: Past,
    /// The company's address and its customer's: two people of the mail servers, for each database others.
    desk: &'static str,
    customer: &'static str,
}

impl Stage {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
    fn set(db: &TestDb) -> Option<Self> {
        let sdk = std::env::var_os("TANDEM_TEST_SEGMENT_NODE");
        if sdk.is_none() {
            skip("no SDK of Segment's; run `cargo xtask test`");
        }
        let (desk, customer) = if db.is_postgres() {
            ("u32@world.test", "u33@world.test")
        } else {
            ("u30@world.test", "u31@world.test")
        };
        Some(Self {
            driver: Driver::start()?,
            postbox: Postbox::find()?,
            sdk: sdk?,
            past: Past::days(SILENT)?,
            desk,
            customer,
        })
    }

    /// Sends usage of so many days, from a clock that is behind where the product's is.
    fn use_product(&self, node: &Node, key: &str, days: u32, past: Option<&Past>) {
        let mut sending = Command::new("node");
        sending
            .args([
                "-e",
                SDK,
                key,
                &format!("http://{}", node.address),
                &days.to_string(),
            ])
            .current_dir(&self.sdk);
        if let Some(past) = past {
            past.around(&mut sending);
        }
        let sent = sending.output().unwrap();
        assert!(sent.status.success(), "{}", String::from_utf8_lossy(&sent.stderr));
    }
}

/// A person's way to the API.
struct Api<'a> {
    node: &'a Node,
    token: &'a str,
}

impl Api<'_> {
    fn say(&self, line: &str, body: &Value) -> Value {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = tell(self.node.address, line, self.token, &body).unwrap();
        assert!(answer.status < 300, "{line}: {} {}", answer.status, answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    fn look(&self, path: &str) -> Value {
        self.say(&format!("GET {path}"), &Value::Null)
    }

    fn add(&self, path: &str, body: &Value) -> Value {
        self.say(&format!("POST {path}"), body)
    }

    fn health(&self, account: &str) -> Value {
        self.look(&format!("/api/v1/accounts/{account}/health"))
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Some weeks ago: an account with money, people and a call that went well; everybody uses the product. Gives the account
/// and the key for usage.
fn good_days(stage: &Stage, api: &Api<'_>) -> (String, String) {
    let account = text(&api.add("/api/v1/accounts", &json!({ "name": "Acme" }))["id"]);
    let at = |path: &str| format!("/api/v1/accounts/{account}{path}");
    api.add(
        &at("/external-ids"),
        &json!({ "source": "usage", "value": "acme" }),
    );
    let me = text(&api.look("/api/v1/agents")["items"][0]["id"]);
    api.say(&format!("PUT {}", at("/owner")), &json!({ "agent": me }));
    for (name, address, role) in [
        ("Dana Reed", stage.customer, "champion"),
        ("Omar Haddad", "omar@acme.example", "billing"),
    ] {
        let contact = json!({
            "name": name, "identities": [{ "kind": "email", "value": address }],
            "membership": { "account": account, "roles": [role] },
        });
        api.add("/api/v1/contacts", &contact);
    }
    let today = text(&api.health(&account)["day"]);
    let product = text(&api.add("/api/v1/products", &json!({ "name": "Northwind Pro" }))["id"]);
    let subscription = json!({
        "product": product, "currency": "EUR", "starts": today, "seats": 6, "price": 240_000,
        "period_months": 12, "term_months": 12, "is_automatic": true,
    });
    api.add(&at("/subscriptions"), &subscription);
    let call = json!({
        "kind": "call", "channel": "phone", "direction": "outbound", "impression": 1,
        "summary": "Quarterly call: they like the new reports.",
    });
    api.add(&at("/touchpoints"), &call);
    plan(api);
    let source = api.add("/api/v1/usage-sources", &json!({ "name": "Web app" }));
    let key = text(&source["keys"][0]["key"]);
    stage.use_product(api.node, &key, 60, Some(&stage.past));
    until("the account is well", || {
        (api.health(&account)["band"] == "green").then_some(())
    });
    (account, key)
}

/// A playbook for the day on which nobody uses the product any more.
fn plan(api: &Api<'_>) {
    let rules = api.look("/api/v1/warning-rules");
    let mut rules = rules["items"].as_array().unwrap().iter();
    let gone = rules.find(|rule| rule["key"] == "usage-gone").unwrap();
    let playbook = json!({
        "name": "Win them back",
        "content": {
            "trigger": { "kind": "alert", "rule": gone["id"] }, "until_closed": true,
            "steps": [
                { "kind": "task", "title": "Call {{ account.name }}: what has changed?", "due_in": 1, "priority": "urgent" },
                { "kind": "wait", "days": 7 },
                { "kind": "note", "words": "A week after the call." },
            ],
        },
    });
    let playbook = text(&api.add("/api/v1/playbooks", &playbook)["id"]);
    api.say(
        &format!("PUT /api/v1/playbooks/{playbook}/publication"),
        &json!({}),
    );
}

/// Mail in and out, and a question after each solved ticket.
fn prepare(stage: &Stage, api: &Api<'_>) {
    let outbox = json!({ "undo_seconds": 0, "quotes_history": false });
    api.say("PUT /api/v1/outbox-settings", &outbox);
    let mut surveys = api.look("/api/v1/survey-settings");
    surveys["is_on"] = json!(true);
    surveys["delay_minutes"] = json!(0);
    api.say("PUT /api/v1/survey-settings", &surveys);
    let server = |port: u16| json!({ "host": "127.0.0.1", "port": port, "protection": "plain" });
    let mut imap = server(stage.postbox.imap);
    imap["login"] = json!(stage.desk);
    imap["password"] = json!("secret");
    let mailbox = json!({
        "name": "Help", "address": stage.desk, "is_default": true,
        "incoming": "imap", "imap": imap, "outgoing": "smtp", "smtp": server(stage.postbox.smtp),
    });
    api.add("/api/v1/mailboxes", &mailbox);
}

/// An angry mail, as a mail program writes it.
fn complain(stage: &Stage, run: &str) {
    let Stage { desk, customer, .. } = stage;
    let mail = format!(
        "From: Dana Reed <{customer}>\nTo: {desk}\nSubject: {SUBJECT}, {run}\n\
         Message-ID: <{run}@world.test>\n\
         Content-Type: text/plain; charset=utf-8\n\n\
         This is the third time this month that the numbers in our reports are wrong. It is unacceptable, my whole team has \
         stopped using it.\nPlease tell me what you are going to do about it.\n\nDana Reed\n"
    );
    stage.postbox.send(customer, desk, &mail);
}

/// Waits for a mail to the customer that says both, and gives its text.
fn mail_with(stage: &Stage, parts: [&str; 2]) -> String {
    until(parts[1], || {
        let mails = stage.postbox.mails(stage.customer);
        let mut texts = mails.iter().map(|mail| unfolded(mail));
        texts.find(|text| parts.iter().all(|part| text.contains(part)))
    })
}

/// Keeps a picture for the README where one is asked for.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
fn picture(browser: &Browser, name: &str) {
    if let Some(folder) = std::env::var_os("TANDEM_STORY_PICTURES") {
        let picture = BASE64_STANDARD
            .decode(browser.picture(WIDTH, HEIGHT, HEIGHT))
            .unwrap();
        std::fs::write(std::path::Path::new(&folder).join(name), picture).unwrap();
    }
}

fn somebody(stage: &Stage, program: &Program, node: &Node) -> Browser {
    let browser = stage.driver.browser();
    browser.show(Theme::Light, WIDTH, HEIGHT);
    program.place(node).enter(&browser);
    browser
}

/// What the success manager finds in the morning: the score has fallen, says why, a warning is open, a playbook runs.
fn morning(api: &Api<'_>, manager: &Browser, account: &str) {
    let origin = format!("http://{}", api.node.address);
    until("the score has fallen", || {
        let health = api.health(account);
        (health["band"] != "green" && health["score"].as_f64()? < 75.0).then_some(())
    });
    let runs = format!("{origin}/accounts/{account}");
    manager.open(&format!("{origin}/alerts?book=all"));
    manager.read("Nobody uses it any more");
    picture(manager, "warning.png");
    manager.open(&runs);
    manager.load_panels();
    manager.read("Win them back");
    manager.open(&format!("{origin}/tasks"));
    manager.read("Call Acme: what has changed?");
    manager.open(&format!("{origin}/accounts/{account}/health"));
    manager.read("What changed in a week");
    manager.read("Since the last use");
    picture(manager, "health.png");
}

/// The agent sees the ticket come, with the account beside it, answers and solves.
fn answer(stage: &Stage, api: &Api<'_>, agent: &Browser, run: &str) -> String {
    let origin = format!("http://{}", api.node.address);
    agent.open(&format!("{origin}/inbox/unassigned"));
    complain(stage, run);
    let ticket = until("the mail is a ticket", || {
        let tickets = api.look("/api/v1/tickets");
        let is_it = |ticket: &&Value| {
            ticket["subject"]
                .as_str()
                .is_some_and(|subject| subject.contains(run))
        };
        let found = tickets["items"].as_array()?.iter().find(is_it)?;
        Some(text(&found["id"]))
    });
    agent.read(SUBJECT);
    agent.open(&format!("{origin}/tickets/{ticket}"));
    agent.read("my whole team has stopped using it");
    agent.load_panels();
    for seen in [
        "Nobody uses it any more",
        "Call Acme: what has changed?",
        "Northwind Pro",
        "Since the last use",
    ] {
        agent.read(seen);
    }
    picture(agent, "ticket.png");
    agent.click("#body");
    agent.press("The totals are right again, and a check now runs every night. I am sorry.");
    agent.click("#composer button[name=then][value=solved]");
    let reply = mail_with(stage, [run, "The totals are right again"]);
    assert!(
        reply.contains(&format!("In-Reply-To: <{run}@world.test>")),
        "{reply}"
    );
    ticket
}

/// The customer opens the link of the question, and rates.
fn rate(stage: &Stage, node: &Node, run: &str) {
    let customer = stage.driver.browser();
    let mail = mail_with(stage, [run, "/s/"]);
    let mut links = mail.split_whitespace().filter_map(|word| word.split_once("/s/"));
    let (_, link) = links.find(|(_, link)| !link.contains("/stop")).unwrap();
    customer.open(&format!(
        "http://{}/s/{}",
        node.address,
        link.trim_end_matches('>')
    ));
    customer.see("form .rating");
    customer.script(
        "document.querySelector('[name=rating][value=\"5\"]').click()",
        json!([]),
    );
    customer.click("[name=comment]");
    customer.press("Quick and honest.");
    customer.click("form .button.primary");
    customer.read("Thank you");
}

on_both! { LISTS;
    async fn an_account_slips_away_and_is_won_back(db: TestDb) {
        let Some(stage) = Stage::set(&db) else { return };
        let program = on(&db).with("outgoing_allowed", "127.0.0.0/8");
        let before = program.clone().at(&stage.past);
        let token = before.token();
        let node = before.serve();
        let (account, key) = good_days(&stage, &Api { node: &node, token: &token });
        node.end_politely();

        // Nobody comes for weeks. Then it is today.
        let node = program.serve();
        let api = Api { node: &node, token: &token };
        prepare(&stage, &api);
        let (manager, agent) = (somebody(&stage, &program, &node), somebody(&stage, &program, &node));
        morning(&api, &manager, &account);

        let run = format!("NW-{}", 100_000 + kit::id::Ids::random().below(900_000));
        let ticket = answer(&stage, &api, &agent, &run);
        rate(&stage, &node, &run);
        agent.open(&format!("http://{}/tickets/{ticket}", node.address));
        agent.read("Quick and honest.");

        // The manager's page is open all the while, and follows.
        let worst = api.health(&account)["score"].as_f64().unwrap();
        stage.use_product(&node, &key, 0, None);
        until("the score recovers", || {
            let health = api.health(&account);
            (health["band"] == "green" && health["score"].as_f64()? > worst).then_some(())
        });
        manager.read("Healthy");
        picture(&manager, "recovered.png");
        until("the warning eases", || {
            let alerts = api.look("/api/v1/alerts?state=open");
            let open = alerts["items"].as_array()?;
            let is_gone = |alert: &Value| alert["found"][0]["condition"]["metric"] == "usage.last_used" && alert["quiet_since"].is_null();
            (!open.iter().any(is_gone)).then_some(())
        });
        for browser in [&manager, &agent] {
            assert_eq!(browser.complaints(), [""; 0]);
        }
        node.end_politely();
    }
}
