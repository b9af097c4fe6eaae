//! A day in the inbox by keyboard: what is unread, choices as a second step of the palette, going on to the next, and long
//! conversations.

use serde_json::{Value, json};
use testkit::browser::{Browser, Driver, Theme, key};
use testkit::program::{Program, post};

use super::BINARY;

fn text(browser: &Browser, expression: &str) -> String {
    let text = browser.value(expression);
    text.as_str().expect("a text").to_owned()
}

/// Opens the first ticket of the open ones.
fn first(browser: &Browser, origin: &str) {
    browser.open(&format!("{origin}/inbox/open"));
    browser.click("#ticket-rows a");
    browser.see("[data-command=solve]");
}

#[test]
fn what_a_command_lets_one_choose_is_the_second_step_of_the_palette() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let (_node, place) = program.demo(12);
    let browser = driver.browser();
    place.enter(&browser);
    first(&browser, &place.origin);
    browser.press("p");
    browser.see("#palette [role=option]");
    browser.press("urgent");
    browser.press(key::ENTER);
    browser.wait("document.querySelector('.conversation-head').innerText.includes('Urgent')");
    browser.press("s");
    browser.see("#palette [role=option]");
    // Where one began with the second step, Escape leads out.
    browser.press(key::ESCAPE);
    browser.wait("!document.querySelector('#palette').open");
    browser.press("t");
    browser.see("#palette");
    browser.press("by keyboard");
    browser.press(key::ENTER);
    browser.wait("document.querySelector('#tags-on').innerText.includes('by keyboard')");

    // Rows that are chosen are changed together.
    browser.open(&format!("{}/inbox/open", place.origin));
    browser.see("#ticket-rows a");
    browser.press("jxjx");
    browser.press("p");
    browser.see("#palette [role=option]");
    browser.press("low");
    browser.press(key::ENTER);
    browser.read("2 tickets were changed");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_ticket_that_is_solved_makes_way_for_the_next_and_can_be_taken_back_from_there() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let (_node, place) = program.demo(12);
    let browser = driver.browser();
    place.enter(&browser);
    first(&browser, &place.origin);
    let solved = text(&browser, "location.pathname");
    let next = text(
        &browser,
        "new URL(document.querySelector('.ticket-row.current + .ticket-row a').href).pathname",
    );
    browser.press("e");
    browser.wait(&format!("location.pathname === '{next}'"));
    browser.see("#toasts .toast [data-command=undo]");
    browser.press(&format!("{}z", key::CONTROL));
    browser.wait(&format!("location.pathname === '{solved}'"));
    browser.see("[data-command=solve]");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_ticket_is_read_when_it_was_opened_and_unread_when_somebody_says_so() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let (_node, place) = program.demo(12);
    let browser = driver.browser();
    place.enter(&browser);
    // A list stands beside the open ticket where there is room for both.
    browser.show(Theme::Light, 1280, 800);
    browser.open(&format!("{}/inbox/open", place.origin));
    browser.see(".ticket-row.unread");
    let row = text(&browser, "document.querySelector('.ticket-row.unread').id");
    browser.click(&format!("#{row} a"));
    browser.see(&format!("#{row}.current:not(.unread)"));
    let read = format!(
        "fetch('/inbox/open').then((answer) => answer.text()).then((text) => !text.includes('unread\" id=\"{row}'))"
    );
    browser.wait(&read);
    browser.press("u");
    browser.wait("location.pathname === '/inbox/open'");
    browser.see(&format!("#{row}.unread"));
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_long_conversation_opens_at_its_end_and_grows_above_without_losing_the_place() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let token = program.token();
    let node = program.serve();
    let ask = |path: &str, body: Value| -> Value {
        let answer = post(node.address, path, &token, &body.to_string()).expect("an answer");
        serde_json::from_str(&answer.body).expect("JSON")
    };
    let opened = ask(
        "/api/v1/tickets",
        json!({ "subject": "Logs", "body": "Here they come.", "channel": "email" }),
    );
    let ticket = opened["id"].as_str().expect("an id").to_owned();
    let mut last = String::new();
    for number in 0..75 {
        let body = json!({ "kind": "note", "body": format!("Line {number}.\n\nAnd more.") });
        let written = ask(&format!("/api/v1/tickets/{ticket}/messages"), body);
        last = written["id"].as_str().expect("an id").to_owned();
    }
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    let address = format!("{}/tickets/{ticket}", place.origin);
    // The conversation scrolls in its place, on small screens with the page.
    for (width, height) in [(1280, 800), (390, 700)] {
        browser.show(Theme::Light, width, height);
        grows(&browser, &address, &last);
    }
    assert_eq!(browser.complaints(), [""; 0]);
}

fn grows(browser: &Browser, address: &str, last: &str) {
    browser.open(address);
    browser.see(&format!("#{last}"));
    let below = format!("document.getElementById('{last}').getBoundingClientRect().bottom - innerHeight");
    browser.wait(&format!("{below} < 4"));
    let rest = "(({ scrollTop, clientHeight, scrollHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector('.conversation-scroll'))";
    browser.wait(&format!("{rest} < 4"));

    // By the beginning of what is there, more is put in above, and what one looked at stays where it was.
    let count = "document.querySelectorAll('.messages > .message').length";
    assert_eq!(browser.value(count), json!(60));
    let begin = "dispatchEvent(new Event('wheel')); scrollTo(0, 0); document.querySelector('.conversation-scroll').scrollTop = 0";
    browser.script(begin, json!([]));
    let top = "Math.round(document.querySelector('.messages > .message:nth-last-child(60)').getBoundingClientRect().top)";
    let before = browser.value(top).as_i64().expect("a number");
    browser.click("a[href*='since=']");
    browser.wait(&format!("{count} === 76"));
    browser.wait(&format!("Math.abs({top} - {before}) < 4"));

    // From message to message, from the first that is seen: little of what came in above.
    browser.press(&format!("{}k", key::CONTROL));
    browser.see("#palette");
    browser.press("next message");
    browser.press(key::ENTER);
    browser.wait("document.activeElement.matches('.message:nth-last-child(-n + 66)')");
}
