//! What is asked for, each with the address of one request of many.

use super::load::Loaded;
use super::texts::word;

/// The address of a request with this number.
pub(super) type Address<'a> = Box<dyn Fn(usize) -> String + 'a>;

/// Pages of people. Each page of the inbox says beside every view how many tickets it has.
pub(super) fn pages(loaded: &Loaded) -> Vec<(&'static str, Address<'_>)> {
    let mut all: Vec<(&'static str, Address<'_>)> = Vec::new();
    for (name, path) in [
        ("inbox: mine", "/inbox/mine"),
        ("inbox: unassigned", "/inbox/unassigned"),
        ("inbox: open", "/inbox/open"),
        ("inbox: waiting", "/inbox/waiting"),
        ("inbox: on hold", "/inbox/on_hold"),
        ("inbox: snoozed", "/inbox/snoozed"),
        ("inbox: solved", "/inbox/solved"),
        ("inbox: all", "/inbox/all"),
    ] {
        all.push((name, Box::new(move |_| path.to_owned())));
    }
    all.push((
        "inbox: a team",
        Box::new(move |_| format!("/inbox/{}", loaded.team)),
    ));
    all.push((
        "inbox: own view, 2 % of all",
        Box::new(move |_| format!("/inbox/{}", loaded.views[0])),
    ));
    all.push((
        "inbox: own view, a sixth of all",
        Box::new(move |_| format!("/inbox/{}", loaded.views[1])),
    ));
    all.push((
        "a ticket",
        Box::new(move |number| format!("/tickets/{}", one_of(&loaded.tickets, number))),
    ));
    all.push((
        "tickets of an account",
        Box::new(move |number| format!("/accounts/{}/tickets", one_of(&loaded.accounts, number))),
    ));
    all.push((
        "report of 12 months, by agent",
        Box::new(move |_| report("agent", "calendar")),
    ));
    all.push((
        "report of 12 months, by kind, working hours",
        Box::new(move |_| report("kind", "working")),
    ));
    all
}

/// What programs ask for, and search.
pub(super) fn addresses(loaded: &Loaded) -> Vec<(&'static str, Address<'_>)> {
    vec![
        (
            "API: tickets, open",
            Box::new(move |_| "/api/v1/tickets?view=open".to_owned()),
        ),
        (
            "API: tickets, all",
            Box::new(move |_| "/api/v1/tickets?view=all".to_owned()),
        ),
        (
            "API: a ticket",
            Box::new(move |number| format!("/api/v1/tickets/{}", one_of(&loaded.tickets, number))),
        ),
        (
            "API: its messages",
            Box::new(move |number| format!("/api/v1/tickets/{}/messages", one_of(&loaded.tickets, number))),
        ),
        (
            "search: a common word",
            Box::new(move |number| sought(&[number % 20])),
        ),
        (
            "search: a rare word",
            Box::new(move |number| sought(&[4_000 + number * 37 % 8_000])),
        ),
        (
            "search: two words",
            Box::new(move |number| sought(&[100 + number % 50, 1_000 + number * 7 % 500])),
        ),
        (
            "search: a common word, open tickets",
            Box::new(move |number| format!("{}+kind:ticket+is:open", sought(&[number % 20]))),
        ),
        (
            "search: the beginning of a word",
            Box::new(move |number| {
                let mut begun = sought(&[4_000 + number * 37 % 8_000]);
                begun.truncate(begun.len() - 2);
                begun
            }),
        ),
    ]
}

fn one_of(ids: &[String], number: usize) -> &str {
    &ids[number * 7_919 % ids.len()]
}

fn report(by: &str, hours: &str) -> String {
    format!("/reports/support?period=365&by={by}&hours={hours}")
}

fn sought(words: &[usize]) -> String {
    let words: Vec<String> = words.iter().map(|number| word(*number as u64)).collect();
    format!("/api/v1/search?q={}", words.join("+"))
}
