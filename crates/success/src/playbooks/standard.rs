//! Playbooks out of the box: two that most companies need first.

use super::{Aim, Conditions, Content, Goal, OwnerOf, Step, Test, Trigger};
use crate::health::Band;
use crate::tasks::Priority;

fn task(title: &str, words: &str, due_in: i64, priority: Priority) -> Step {
    Step::Task {
        title: title.to_owned(),
        words: words.to_owned(),
        owner: OwnerOf::Account,
        due_in,
        priority,
    }
}

/// Saves an account that slips: when its health turns red.
pub(super) fn save() -> (&'static str, Content) {
    let steps = vec![
        task(
            "Call {{ account.name }}: what has changed?",
            "Read the health page first: what it is made of, and what changed since last week. Ask, don't tell.",
            1,
            Priority::Urgent,
        ),
        Step::Await { days: 5 },
        Step::Branch {
            test: Test::Done,
            otherwise: 6,
        },
        task(
            "Agree with {{ account.name }} on what has to be better in 30 days",
            "Two or three things, each with a name and a day. Write them down where they see them.",
            5,
            Priority::High,
        ),
        Step::Wait { days: 14 },
        Step::Branch {
            test: Test::Band { band: Band::Red },
            otherwise: 9,
        },
        task(
            "Bring a lead into {{ account.name }}",
            "The health is red still. Say what was tried, and what it would take.",
            2,
            Priority::Urgent,
        ),
        Step::Signal {
            name: "still-red".to_owned(),
        },
        Step::Note {
            words: "The playbook for accounts that slip came to its end.".to_owned(),
        },
    ];
    let content = Content {
        about: "Find out early why an account slips, and agree on what has to be better.".to_owned(),
        trigger: Trigger::Band { band: Band::Red },
        conditions: Conditions::default(),
        steps,
        until_band: Some(Band::Green),
        until_closed: false,
        until_left: false,
        holdout: 10,
        cooldown: 60,
        goal: Goal::default(),
    };
    ("Save an account that slips", content)
}

/// Prepares a renewal in 90 days.
pub(super) fn renewal() -> (&'static str, Content) {
    let steps = vec![
        task(
            "Review what {{ account.name }} got out of it",
            "Usage, tickets, what they wanted to reach. One page with their own numbers.",
            5,
            Priority::Normal,
        ),
        Step::Await { days: 14 },
        task(
            "Talk to {{ account.name }} about the renewal",
            "Who decides, what they need for it, and until when.",
            10,
            Priority::High,
        ),
        Step::Wait { days: 30 },
        Step::Branch {
            test: Test::Band { band: Band::Green },
            otherwise: 7,
        },
        task(
            "Ask {{ account.name }} for more than a signature",
            "They are well: a longer term, more seats, or a reference.",
            5,
            Priority::Normal,
        ),
        task(
            "Send {{ account.name }} the offer",
            "Price, term and what is new. A copy to whoever signs.",
            5,
            Priority::High,
        ),
    ];
    let content = Content {
        about: "Come to a renewal prepared, and in time to mend what is not well.".to_owned(),
        trigger: Trigger::Renewal { days: 90 },
        conditions: Conditions::default(),
        steps,
        until_band: None,
        until_closed: false,
        until_left: false,
        holdout: 0,
        cooldown: 180,
        goal: Goal {
            aim: Aim::Renewed,
            days: 120,
        },
    };
    ("Renewal in 90 days", content)
}

/// The words with which a new playbook begins.
pub(super) fn blank() -> Content {
    Content {
        steps: vec![task("", "", 2, Priority::Normal)],
        cooldown: 30,
        holdout: 10,
        ..Content::default()
    }
}
