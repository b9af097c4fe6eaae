//! Small acts that show before the server has answered, and lists that stay as long as they were made.

use serde_json::{Value, json};
use testkit::browser::{Browser, Driver, Theme, key};
use testkit::program::{Program, post};

use super::BINARY;

/// The first entry of the timeline that nobody judged: the id of the place that shows the impression.
fn unjudged(browser: &Browser) -> String {
    browser.see("#panel-timeline");
    browser.script(
        "document.querySelector('#panel-timeline').scrollIntoView()",
        json!([]),
    );
    browser.see("#timeline-entries .menu summary");
    let place = browser.value(
        "[...document.querySelectorAll('[id^=impression-tch]')].find((place) => !place.textContent.trim()).id",
    );
    place.as_str().expect("an id").to_owned()
}

fn judge(browser: &Browser, place: &str, impression: i64) {
    let form = format!("form[data-quick-place-value='{place}'] button[value='{impression}']");
    let open = "document.querySelector(arguments[0]).closest('details').open = true";
    browser.script(open, json!([form]));
    browser.click(&form);
}

fn shown(browser: &Browser, place: &str) -> String {
    let text = browser.value(&format!("document.getElementById('{place}').textContent.trim()"));
    text.as_str().expect("a text").to_owned()
}

#[test]
fn a_judgement_shows_at_once_and_leaves_again_when_the_server_refuses() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let (_node, place) = program.demo(12);
    let browser = driver.browser();
    place.enter(&browser);
    browser.open(&format!("{}/accounts", place.origin));
    browser.click("#accounts-rows a");
    let entry = unjudged(&browser);

    let silent = "window.asked = window.fetch; window.fetch = () => new Promise((answer) => { window.answer = answer; });";
    browser.script(silent, json!([]));
    judge(&browser, &entry, 2);
    assert_eq!(shown(&browser, &entry), "Much better", "before any answer");
    let refused = "window.fetch = window.asked; window.answer(new Response(JSON.stringify({ told: 'Kim was faster.' }), { status: 409 }));";
    browser.script(refused, json!([]));
    browser.read("Kim was faster.");
    assert_eq!(shown(&browser, &entry), "");

    judge(&browser, &entry, -1);
    assert_eq!(shown(&browser, &entry), "Worse");
    browser.read("The impression is noted");
    // The server says so too, and who judged.
    browser.wait(&format!(
        "/^Worse\\s+\\S/.test(document.getElementById('{entry}').textContent.trim())"
    ));
    assert!(shown(&browser, &entry).starts_with("Worse "));
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_list_that_was_made_longer_stays_so_when_something_changes() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let token = program.token();
    let node = program.serve();
    for number in 0..70 {
        node.add_account(&format!("Company {number}"), &token)
            .expect("an answer");
    }
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    browser.open(&format!("{}/accounts", place.origin));
    let rows = "document.querySelectorAll('#accounts-rows tr').length";
    let first = browser.value(rows).as_u64().expect("a number");
    browser.click(".more a");
    browser.wait(&format!("{rows} > {first}"));
    let second = browser.value(rows).as_u64().expect("a number");
    node.add_account("Aardvark", &token).expect("an answer");
    browser.wait("document.querySelector('#accounts-rows').innerText.includes('Aardvark')");
    assert!(browser.value(rows).as_u64().is_some_and(|now| now >= second));
    assert_eq!(browser.complaints(), [""; 0]);
}

fn status(browser: &Browser) -> String {
    shown(browser, "ticket-status")
}

/// Who is done with a ticket of a list goes on to the next unless they wish to stay.
fn stays(browser: &Browser, origin: &str) {
    browser.open(&format!("{origin}/inbox/open"));
    let stay = "return fetch('/preferences', { method: 'POST', body: new URLSearchParams({ after: 'stay' }), headers: { accept: 'application/json' } }).then((answer) => answer.status)";
    assert_eq!(browser.script(stay, json!([])), json!(204));
}

#[test]
fn a_ticket_is_solved_tagged_and_all_that_undone_before_the_server_has_said_anything() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let (_node, place) = program.demo(12);
    let browser = driver.browser();
    place.enter(&browser);
    stays(&browser, &place.origin);
    browser.open(&format!("{}/inbox/open", place.origin));
    browser.click("#ticket-rows a");
    browser.see("[data-command=solve]");
    let before = status(&browser);

    let silent = "window.asked = window.fetch; window.fetch = (...all) => all[1]?.method === 'POST' ? new Promise((answer) => { window.answer = answer; }) : window.asked(...all);";
    browser.script(silent, json!([]));
    browser.press("e");
    assert_eq!(status(&browser), "Solved", "before any answer");
    let refused = "window.fetch = window.asked; window.answer(new Response(JSON.stringify({ told: 'Kim was faster.' }), { status: 409 }));";
    browser.script(refused, json!([]));
    browser.read("Kim was faster.");
    assert_eq!(status(&browser), before);

    browser.press("e");
    browser.see("[data-command=reopen]");
    assert_eq!(status(&browser), "Solved");
    browser.see("#toasts .toast [data-command=undo]");
    browser.press(&format!("{}z", key::CONTROL));
    assert_eq!(status(&browser), before, "undone before any answer too");
    browser.see("[data-command=solve]");
    assert_eq!(status(&browser), before);

    browser.click(".tags-new summary");
    browser.click(".tags-new input");
    browser.press("quick");
    browser.press(key::ENTER);
    browser.wait("document.querySelector('#tags-on').innerText.includes('quick')");
    browser.see("#tags-on form button[aria-label*=quick]");
    browser.click("#tags-on form button[aria-label*=quick]");
    browser.wait("!document.querySelector('#tags-on').innerText.includes('quick')");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn an_older_message_undoes_its_own_act_and_not_the_newest_one() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let (_node, place) = program.demo(12);
    let browser = driver.browser();
    place.enter(&browser);
    stays(&browser, &place.origin);
    browser.open(&format!("{}/inbox/open", place.origin));
    browser.click("#ticket-rows a");
    browser.see("[data-command=snooze]");
    let before = shown(&browser, "ticket-snooze");
    browser.press("h");
    browser.click(".snooze button[value=week]");
    browser.see("#toasts .toast:nth-child(1) [data-command=undo]");
    browser.press("e");
    browser.see("#toasts .toast:nth-child(2) [data-command=undo]");
    assert_eq!(status(&browser), "Solved");
    let silent = "window.asked = window.fetch; window.fetch = (...all) => all[1]?.method === 'POST' ? new Promise(() => {}) : window.asked(...all);";
    browser.script(silent, json!([]));
    browser.click("#toasts .toast:nth-child(1) [data-command=undo]");
    browser.wait("document.querySelectorAll('#toasts .toast').length === 1");
    assert_eq!(
        (status(&browser), shown(&browser, "ticket-snooze")),
        ("Solved".to_owned(), before),
        "the snooze is taken back, the solving stays"
    );
}

#[test]
fn a_pasted_text_that_is_longer_than_a_message_becomes_a_file() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let token = program.token();
    let node = program.serve();
    let opened = post(
        node.address,
        "/api/v1/tickets",
        &token,
        r#"{"subject":"Logs","body":"Here they come.","channel":"email"}"#,
    );
    let opened: Value = serde_json::from_str(&opened.unwrap().body).unwrap();
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    browser.open(&format!(
        "{}/tickets/{}",
        place.origin,
        opened["id"].as_str().unwrap()
    ));
    browser.wait("document.readyState === 'complete' && Boolean(window.Turbo)");
    let paste = "const data = new DataTransfer(); data.setData('text/plain', 'a line of a log\\n'.repeat(arguments[0]));
        const text = document.querySelector('#body'); text.focus();
        text.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        return text.value;";
    // Twenty megabytes.
    assert_eq!(browser.script(paste, json!([1_300_000])), "");
    browser.see("#ticket-files .files a, #ticket-files .files li");
    browser.read("Pasted text.txt");
}

#[test]
fn the_head_of_a_table_stays_below_the_top_bar_and_no_page_scrolls_sideways() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let (_node, place) = program.demo(12);
    let browser = driver.browser();
    place.enter(&browser);
    browser.show(Theme::Light, 1280, 400);
    browser.open(&format!("{}/contacts", place.origin));
    browser.see(".table-frame[data-fits] thead th");
    browser.script("window.scrollTo(0, 300)", json!([]));
    let gap = "document.querySelector('thead th').getBoundingClientRect().top - document.querySelector('.topbar').getBoundingClientRect().bottom";
    browser.wait("window.scrollY >= 250");
    browser.wait(&format!("Math.abs({gap}) <= 1"));
    browser.show(Theme::Light, 320, 640);
    browser.open(&format!("{}/contacts", place.origin));
    browser.see(".table-frame");
    assert_eq!(browser.sideways(), [""; 0]);
}
