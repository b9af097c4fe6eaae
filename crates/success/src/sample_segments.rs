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

/// Makes them for everyone.
///
/// # Errors
/// The database's.
pub fn fill(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), SegmentError> {
    let tiers = ladders::open(tx, actor.workspace, Ladder::Tiers)?;
    let mut highest = tiers;
    highest.sort_by_key(|tier| std::cmp::Reverse(tier.text.threshold));
    let highest: Vec<String> = highest.iter().take(2).map(|tier| tier.id.to_string()).collect();
    let worse = Test::OneOf(vec!["red".to_owned(), "amber".to_owned()]);
    let slipping = any(vec![
        ask(metric("health.band"), worse),
        ask(metric("usage.active_people_30d"), Test::FellBy(2.0, 30)),
    ]);
    let mut all = vec![
        (
            "Renewing in 90 days and slipping",
            "Talk to these before they talk to somebody else.",
            open(vec![ask(Subject::Renews, Test::Next(90))], vec![slipping]),
        ),
        (
            "Quiet for two months",
            "Nobody there has been reached or has written.",
            open(
                vec![
                    ask(metric("people.last_heard"), Test::AtLeast(60.0)),
                    ask(metric("people.last_touch"), Test::AtLeast(60.0)),
                ],
                Vec::new(),
            ),
        ),
        (
            "Seats nearly full",
            "Ready for more seats.",
            open(
                vec![ask(metric("usage.seats_used"), Test::AtLeast(0.8))],
                Vec::new(),
            ),
        ),
        (
            "Support hurts",
            "Open tickets pile up, or people are unhappy with the answers.",
            open(
                Vec::new(),
                vec![any(vec![
                    ask(metric("tickets.open"), Test::AtLeast(3.0)),
                    ask(metric("surveys.unhappy_90d"), Test::AtLeast(1.0)),
                ])],
            ),
        ),
    ];
    if !highest.is_empty() {
        let champions = any(vec![
            ask(metric("people.champions"), Test::Unknown),
            ask(metric("people.champions"), Test::Below(1.0)),
        ]);
        let top = ask(Subject::Tier, Test::OneOf(highest));
        all.push((
            "Large without a champion",
            "Nobody there speaks for us.",
            open(vec![top], vec![champions]),
        ));
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
