//! Sample data: a place with the queue of a morning. Who comes are people of the sample accounts.

use std::time::Duration;

use kit::clock::{Clock, Timestamp};
use kit::db::{Db, Tx};
use tandem_core::actor::Actor;
use tandem_core::agents::Agent;
use tandem_core::contacts::{self, ContactId, memberships};
use tandem_core::demo::{Cast, Plan};
use tandem_core::permissions::Permission;

use super::model::{Deed, Place, PlaceText, Queue};
use super::{Arrival, CounterError, CounterPlaceId, Who, looking, places};
use crate::tickets::Kind;

/// How long before the end the first one comes, unless that is another day.
const MORNING: Duration = Duration::from_secs(3 * 3_600);
/// Of those who come, so many wait at the end.
const WAITING: usize = 5;

/// What people come for, and in which queue.
const REASONS: &[(&str, &str)] = &[
    ("A", "The card reader shows \"offline\" since this morning"),
    ("B", "Wants the invoice of last month with the new address"),
    ("A", "Printer of receipts jams after every third one"),
    ("C", "Czy mogę dodać drugą kasę do tego samego konta?"),
    ("B", "Paid twice by mistake and would like one payment back"),
    ("A", "Сканер не читает новые этикетки"),
    ("C", "Would like to be shown how the daily summary works"),
    ("A", "Brought a terminal back that does not start"),
    ("C", "Yeni işçi üçün giriş kodunu necə almaq olar?"),
    ("B", "Ingin mengganti kartu untuk pembayaran langganan"),
    ("A", "The display stays black after the update"),
    ("C", "Asks which plan fits three shops"),
    ("A", "Drawer of the till does not open"),
    ("B", "Needs a receipt for the deposit"),
];

/// Sets two places up and plays a morning at the first.
///
/// # Errors
/// The database's; what was made so far stays.
pub async fn fill(db: &Db, clock: &Clock, plan: &Plan, cast: &Cast) -> Result<(), CounterError> {
    clock.set(plan.end);
    let workspace = cast.workspace.id;
    let place = db
        .write(move |tx| set_up(tx, &Actor::system(workspace, "demo")))
        .await?;
    let serves = |agent: &&Agent| agent.permissions.has(Permission::CounterWrite);
    let agents: Vec<Actor> = cast
        .agents
        .iter()
        .filter(serves)
        .take(2)
        .map(|agent| agent.actor(workspace))
        .collect();
    let people = people(db, cast).await?;
    let (Some(first), false) = (agents.first().cloned(), people.is_empty()) else {
        return Ok(());
    };
    let begin = db.read(move |tx| morning(tx, &first)).await?;
    let step = plan.end.since(begin) / u32::try_from(REASONS.len()).unwrap_or(1);
    clock.set(begin);
    for (window, actor) in (1_u8..).zip(agents.clone()) {
        let id = place.id;
        db.write(move |tx| super::sit(tx, &actor, id, &window.to_string(), &[]))
            .await?;
    }
    let last = REASONS.len() - WAITING;
    for (index, (queue, what)) in REASONS.iter().enumerate() {
        clock.set(begin.plus(step * u32::try_from(index).unwrap_or(0)));
        let actor = agents[index % agents.len()].clone();
        let new = Arrival {
            who: Who::Known(people[index % people.len()]),
            what: (*what).to_owned(),
            queue: (*queue).to_owned(),
        };
        let id = place.id;
        db.write(move |tx| {
            super::arrive(tx, &actor, id, &new)?;
            match (2..=last).contains(&index) {
                true => serve(tx, &actor, id, index),
                false => Ok(()),
            }
        })
        .await?;
    }
    clock.set(plan.end);
    Ok(())
}

fn set_up(tx: &mut Tx<'_>, actor: &Actor) -> Result<Place, CounterError> {
    let queue = |letter: &str, name: &str, kind| Queue {
        letter: letter.to_owned(),
        name: name.to_owned(),
        kind,
        team: None,
    };
    let text = |name: &str, queues| PlaceText {
        name: name.to_owned(),
        queues,
    };
    let shop = [
        queue("A", "Repairs", Kind::Problem),
        queue("B", "Payments", Kind::Billing),
        queue("C", "Questions", Kind::Question),
    ];
    let station = [queue("A", "Service desk", Kind::Question)];
    places::create(tx, actor, &text("Station", station.to_vec()))?;
    places::create(tx, actor, &text("Main street", shop.to_vec()))
}

/// When the first one comes: never on the day before.
fn morning(tx: &mut Tx<'_>, actor: &Actor) -> Result<Timestamp, CounterError> {
    let (t, now) = (contacts::reader(tx, actor.workspace, None)?, tx.now());
    let today = tandem_core::workspaces::today(tx, actor.workspace)?;
    let midnight = t.day_begins(&today.to_string()).unwrap_or(now);
    Ok(now.minus(MORNING).max(midnight))
}

/// People of the sample accounts, one of each.
async fn people(db: &Db, cast: &Cast) -> Result<Vec<ContactId>, CounterError> {
    let actor = Actor::system(cast.workspace.id, "demo");
    let accounts: Vec<_> = cast
        .accounts
        .iter()
        .take(REASONS.len())
        .map(|account| account.id)
        .collect();
    db.read(move |tx| {
        let mut people = Vec::new();
        for account in &accounts {
            let there = memberships::at_account(tx, &actor, *account, 1)?;
            people.extend(there.into_iter().map(|(_, contact)| contact.root));
        }
        Ok(people)
    })
    .await
}

/// An agent is done with whoever is at their window and calls the next; now and then nobody comes.
fn serve(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId, index: usize) -> Result<(), CounterError> {
    if let Some(visit) = looking::current(tx, actor)? {
        let deed = match index {
            6 => Deed::NoShow,
            index if index % 3 == 0 => Deed::Done,
            _ => Deed::Solve,
        };
        super::act(tx, actor, visit.id, (deed, ""))?;
    }
    match super::next(tx, actor, id) {
        Err(CounterError::Nobody) => Ok(()),
        called => called.map(drop),
    }
}
