//! Pages that follow, in real browsers: what others do appears, what one is doing stays, and a server may go and come back.

use serde_json::{Value, json};
use testkit::browser::{Browser, Driver, Theme, key};
use testkit::program::{Node, Program, tell, until};

use super::BINARY;

fn add(node: &Node, token: &str, name: &str) {
    assert_eq!(node.add_account(name, token).unwrap().status, 201);
}

/// Waits until the list of accounts shows this one.
fn lists(browser: &Browser, name: &str) {
    let name = json!(name);
    browser.wait(&format!(
        "document.querySelector('#accounts-rows')?.innerText.includes({name})"
    ));
}

#[test]
fn what_one_person_does_another_sees_and_loses_nothing_by_it() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let token = program.token();
    let node = program.serve();
    add(&node, &token, "Mine");
    let place = program.place(&node);
    let (one, other) = (driver.browser(), driver.browser());
    place.enter(&one);
    program.place(&node).enter(&other);
    let accounts = format!("{}/accounts", place.origin);

    // Half typed in a dialog, the caret in the middle.
    one.open(&accounts);
    one.press("?");
    one.see("#sheet-dialog form");
    one.click("#sheet-dialog summary");
    one.see("#sheet-dialog .input");
    one.script(
        "document.querySelector('#sheet-dialog .input').focus()",
        json!([]),
    );
    one.press("g x");
    let caret = "const field = document.activeElement; field.setSelectionRange(1, 1); field.mine = true;";
    one.script(caret, json!([]));
    other.open(&format!("{accounts}/new"));
    other.click("[name=name]");
    other.press("Theirs");
    other.press(key::ENTER);
    other.wait("document.querySelector('#page-title').textContent === 'Theirs'");
    lists(&one, "Theirs");
    let field =
        "(({ value, selectionStart, mine }) => [value, selectionStart, mine])(document.activeElement)";
    let kept = one.value(field);
    assert!(
        kept[0].as_str().is_some_and(|value| value.contains("g x")) && kept[1] == 1 && kept[2] == true,
        "{kept}"
    );

    // The focus stays on its row, though another comes before it.
    one.press(key::ESCAPE);
    one.tab_to("#accounts-rows a");
    let focused = "document.activeElement.textContent";
    assert_eq!(one.value(focused), "Mine");
    add(&node, &token, "Early");
    lists(&one, "Early");
    assert_eq!(one.value(focused), "Mine");
    assert_eq!(one.complaints(), [""; 0]);
}

#[test]
fn the_tabs_of_a_browser_share_one_stream() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let token = program.token();
    let node = program.serve();
    let place = program.place(&node);
    add(&node, &token, "First");
    let browser = driver.browser();
    place.enter(&browser);
    let accounts = format!("{}/accounts", place.origin);
    let first = browser.tab();
    browser.open(&accounts);
    let second = browser.new_tab();
    browser.open(&accounts);
    // One tab holds the lock that goes with the stream; the other waits for it.
    browser.wait(
        "navigator.locks.query().then(({ held, pending }) => held.length === 1 && pending.length === 1)",
    );
    for (tab, name) in [(&first, "Second"), (&second, "Third")] {
        add(&node, &token, name);
        browser.turn_to(tab);
        lists(&browser, name);
    }
    // Whichever of them had the stream, the other goes on alone.
    browser.close_tab();
    browser.turn_to(&first);
    add(&node, &token, "Fourth");
    lists(&browser, "Fourth");
}

#[test]
fn a_change_elsewhere_does_not_take_the_answer_from_a_form_that_is_being_sent() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    program.token();
    let node = program.serve();
    let place = program.place(&node);
    let browser = driver.browser();
    place.enter(&browser);
    browser.open(&format!("{}/accounts/new", place.origin));
    // The answer takes long enough for the page to hear of a change and to follow it.
    let hold = "document.addEventListener('turbo:before-fetch-request', ({ detail }) => {
        if (detail.fetchOptions.method.toUpperCase() !== 'POST') return;
        const later = new Promise((resolve) => setTimeout(resolve, 2_500));
        detail.fetchRequest = { response: later.then(() => fetch(detail.url, detail.fetchOptions)) };
        new BroadcastChannel('tandem-live').postMessage('*');
    });";
    browser.script(hold, json!([]));
    browser.click("[name=name]");
    browser.press("Sent slowly");
    browser.press(key::ENTER);
    browser.wait("document.querySelector('#page-title').textContent === 'Sent slowly'");
}

#[test]
fn a_refresh_of_a_form_asks_nothing_and_keeps_what_is_typed() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    program.token();
    let node = program.serve();
    let place = program.place(&node);
    let browser = driver.browser();
    place.enter(&browser);
    browser.open(&format!("{}/accounts/new", place.origin));
    browser.click("[name=name]");
    browser.press("Half a na");
    let change = "window.confirm = () => { window.isAsked = true; return false };
        document.addEventListener('turbo:render', () => window.isRefreshed = true);
        new BroadcastChannel('tandem-live').postMessage('*');";
    browser.script(change, json!([]));
    browser.wait("window.isRefreshed === true || window.isAsked === true");
    browser.press("me");
    assert_eq!(browser.value("window.isAsked ?? false"), Value::Bool(false));
    let typed = "document.querySelector('[name=name]').value";
    assert_eq!(browser.value(typed), Value::from("Half a name"));
}

#[test]
fn a_server_that_was_killed_is_missed_and_found_again() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let token = program.token();
    let mut node = program.serve();
    let place = program.place(&node);
    add(&node, &token, "Before");
    let browser = driver.browser();
    place.enter(&browser);
    browser.open(&format!("{}/accounts/new", place.origin));
    browser.click("[name=name]");
    browser.press("Typed in vain");
    node.kill();
    browser.press(key::ENTER);
    browser.read("The server cannot be reached");
    let typed = "document.querySelector('[name=name]').value";
    assert_eq!(browser.value(typed), Value::from("Typed in vain"));

    // It comes back at the same address, and the same press succeeds.
    let address = node.address.to_string();
    let mut node = program.clone().with("listen", &address).serve();
    browser.wait("!document.documentElement.dataset.connection");
    browser.click("[name=name]");
    browser.press(key::ENTER);
    browser.wait("document.querySelector('#page-title').textContent === 'Typed in vain'");

    // A page that only looks on says so by itself, and catches up by itself.
    browser.open(&format!("{}/accounts", place.origin));
    node.kill();
    browser.read("The server cannot be reached");
    let node = program.clone().with("listen", &address).serve();
    add(&node, &token, "After");
    lists(&browser, "After");
    browser.wait("!document.documentElement.dataset.connection");
}

/// Somebody with a role, in a browser of their own.
fn somebody(program: &Program, node: &Node, driver: &Driver, (name, role): (&str, &str)) -> Browser {
    let email = format!("{}@example.com", name.to_lowercase());
    program.output(&[
        "admin", "agent", "--name", name, "--email", &email, "--role", role,
    ]);
    let browser = driver.browser();
    // Wide enough for what stands beside a ticket.
    browser.show(Theme::Light, 1_440, 900);
    program.place_of(node, &email).enter(&browser);
    browser
}

/// Waits until a page that stays open says `text`, in a part of it; panels that wait to be scrolled to are loaded meanwhile.
fn follows(browser: &Browser, part: &str, text: &str) {
    let (part, text) = (json!(part), json!(text));
    browser.wait(&format!(
        "(() => {{
            document.querySelectorAll('turbo-frame[loading=lazy]').forEach((panel) => {{ panel.loading = 'eager'; }});
            return [...document.querySelectorAll({part})].some((one) => one.innerText.includes({text}));
        }})()"
    ));
}

/// Chooses something in the select of a form, as a person does.
fn choose(browser: &Browser, select: &str, option: &str) {
    browser.wait(&format!("document.querySelector({}) !== null", json!(select)));
    let choose = "const select = document.querySelector(arguments[0]);
        const option = [...select.options].find((one) => one.text.includes(arguments[1]));
        select.value = option.value;
        select.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.script(choose, json!([select, option]));
}

#[test]
fn support_and_success_see_what_the_other_does_on_pages_that_stay_open() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let token = program.token();
    let node = program.serve();
    let say = |line: &str, body: Value| -> Value {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = tell(node.address, line, &token, &body).unwrap();
        assert!(answer.status < 300, "{line}: {} {}", answer.status, answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    };
    let account = say("POST /api/v1/accounts", json!({ "name": "Acme" }));
    let account = account["id"].as_str().unwrap();
    let ask = |subject: &str, priority: &str| -> String {
        let ticket = json!({ "subject": subject, "body": "Help!", "account": account, "priority": priority, "channel": "email" });
        let ticket = say("POST /api/v1/tickets", ticket);
        ticket["id"].as_str().unwrap().to_owned()
    };
    let ticket = ask("Nothing prints", "normal");
    let origin = format!("http://{}", node.address);
    let manager = ("Cora", "success_manager");
    let (manager, feed) = (somebody(&program, &node, &driver, manager), driver.browser());
    program.place_of(&node, "cora@example.com").enter(&feed);
    let agent = somebody(&program, &node, &driver, ("Ben", "support_agent"));

    // The success manager looks at the account and at the warnings; the agent works in the ticket.
    manager.open(&format!("{origin}/accounts/{account}"));
    follows(&manager, "#panel-tickets", "Nothing prints");
    feed.open(&format!("{origin}/alerts?book=all"));
    agent.open(&format!("{origin}/tickets/{ticket}"));
    choose(&agent, "form[action$='/fields'] select[name=priority]", "Urgent");
    ask("The scanner too", "urgent");
    follows(&manager, "#panel-health", "Urgent open tickets");
    for (browser, part) in [
        (&feed, "#alerts-rows"),
        (&manager, "#panel-alerts"),
        (&agent, "#panel-alerts"),
    ] {
        follows(browser, part, "Urgent trouble in support");
    }
    choose(&agent, "form[action$='/fields'] select[name=status]", "Waiting");
    follows(&manager, "#panel-tickets", "Waiting");

    // The success manager acts, and the ticket that is open says so.
    let act = "document.querySelector(arguments[0]).click()";
    feed.script(
        act,
        json!(["#alerts-rows form[action$='/owner'] button[value=me]"]),
    );
    follows(&agent, "#panel-alerts", "Cora");
    manager.open(&format!("{origin}/accounts/{account}/stages"));
    choose(&manager, "form[action$='/stage'] [name=stage]", "Renewing");
    let send = "document.querySelector(arguments[0]).requestSubmit()";
    manager.script(send, json!(["form[action$='/stage']"]));
    follows(&agent, "body", "Renewing");
    manager.open(&format!("{origin}/accounts/{account}/health"));
    choose(&manager, "form[action$='/override'] [name=band]", "Watch");
    let why = "document.querySelector('form[action$=\"/override\"] [name=reason]').value = 'Their board decides on Friday'";
    manager.script(why, json!([]));
    manager.script(send, json!(["form[action$='/override']"]));
    follows(&agent, "#panel-health", "Their board decides on Friday");
    until("the account says so too", || {
        let said = say(&format!("GET /api/v1/accounts/{account}/health"), Value::Null);
        (said["said"]["band"] == "amber").then_some(())
    });
    for browser in [&manager, &feed, &agent] {
        assert_eq!(browser.complaints(), [""; 0]);
    }
}
