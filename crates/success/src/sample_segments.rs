//! Sample segments, of what the sample data has.

use kit::db::Tx;

use tandem_core::actor::Actor;
use tandem_core::ladders::{self, Ladder};
use tandem_core::segments::{Condition, Group, Join, SegmentError, SegmentText, Subject, Test, add};

fn metric(name: &str) -> Subject {
    Subject::Metric(name.to_owned())
}

fn ask(about: Subject, test: Test) -> Condition {
    Condition { about, test }
}

fn any(conditions: Vec<Condition>) -> Group {
    Group {
        join: Join::Any,
        conditions,
        groups: Vec::new(),
    }
}

fn open(mut conditions: Vec<Condition>, groups: Vec<Group>) -> Group {
    let open = Test::OneOf(vec!["open".to_owned()]);
    conditions.insert(0, ask(Subject::State, open));
    Group {
        join: Join::All,
        conditions,
        groups,
    }
}

/// A name, what it is for, and who is in.
type Sample = (&'static str, &'static str, Group);

/// Makes them for everyone.
///
/// # Errors
/// The database's.
pub fn fill(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), SegmentError> {
    let mut all = vec![slipping(), quiet(), full(), hurting()];
    let mut tiers = ladders::open(tx, actor.workspace, Ladder::Tiers)?;
    tiers.sort_by_key(|tier| std::cmp::Reverse(tier.text.threshold));
    let highest: Vec<String> = tiers.iter().take(2).map(|tier| tier.id.to_string()).collect();
    if !highest.is_empty() {
        all.push(without_champion(highest));
    }
    for (name, about, definition) in all {
        let text = SegmentText {
            name: name.to_owned(),
            about: about.to_owned(),
            owner: None,
            definition,
        };
        add(tx, actor, &text)?;
    }
    Ok(())
}

fn slipping() -> Sample {
    let worse = Test::OneOf(vec!["red".to_owned(), "amber".to_owned()]);
    let slips = any(vec![
        ask(metric("health.band"), worse),
        ask(metric("usage.active_people_30d"), Test::FellBy(2.0, 30)),
    ]);
    (
        "Renewing in 90 days and slipping",
        "Talk to these before they talk to somebody else.",
        open(vec![ask(Subject::Renews, Test::Next(90))], vec![slips]),
    )
}

fn quiet() -> Sample {
    let asked = ["people.last_heard", "people.last_touch"];
    let asked = asked.map(|name| ask(metric(name), Test::AtLeast(60.0)));
    (
        "Quiet for two months",
        "Nobody there has been reached or has written.",
        open(asked.to_vec(), Vec::new()),
    )
}

fn full() -> Sample {
    let seats = ask(metric("usage.seats_used"), Test::AtLeast(0.8));
    (
        "Seats nearly full",
        "Ready for more seats.",
        open(vec![seats], Vec::new()),
    )
}

fn hurting() -> Sample {
    let hurts = any(vec![
        ask(metric("tickets.open"), Test::AtLeast(3.0)),
        ask(metric("surveys.unhappy_90d"), Test::AtLeast(1.0)),
    ]);
    (
        "Support hurts",
        "Open tickets pile up, or people are unhappy with the answers.",
        open(Vec::new(), vec![hurts]),
    )
}

fn without_champion(tiers: Vec<String>) -> Sample {
    let none = any(vec![
        ask(metric("people.champions"), Test::Unknown),
        ask(metric("people.champions"), Test::Below(1.0)),
    ]);
    (
        "Large without a champion",
        "Nobody there speaks for us.",
        open(vec![ask(Subject::Tier, Test::OneOf(tiers))], vec![none]),
    )
}
