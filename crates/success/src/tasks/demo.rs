//! Sample data of tasks: a worklist for everybody, some of it late, some of it nobody's, and what was done lately.

use kit::db::{Db, Tx};
use kit::id::Ids;
use tandem_core::accounts::Account;
use tandem_core::actor::Actor;
use tandem_core::agents::Agent;
use tandem_core::demo::{Cast, Plan};
use tandem_core::permissions::Permission;
use tandem_core::{assignment, teams, workspaces};

use super::{Due, Field, Origin, Owner, Priority, TaskError, TaskText, add, change};

/// What is to be done at accounts: the words, and what else there is to say.
const WORK: &[(&str, &str)] = &[
    (
        "Call about the open questions on exports",
        "Two people asked for the same in a week.",
    ),
    ("Send the agenda for the quarterly review", ""),
    (
        "Ask who takes over from their champion",
        "The last day was on Friday. Ask for an introduction.",
    ),
    (
        "Book the second training for the warehouse team",
        "Nobody came to the first one.",
    ),
    ("Check whether the import of old orders went through", ""),
    (
        "Write up what they want to reach until spring",
        "Three goals at most, each with a number.",
    ),
    (
        "Offer the yearly plan before the renewal",
        "They pay by the month and grow.",
    ),
    (
        "Answer the security questionnaire",
        "Sixty questions; the answers of last time are with legal.",
    ),
    ("Ask for a reference call", "They answered with a ten."),
    ("Find out why usage fell in the Warsaw office", ""),
];
/// What is to be done inside the company.
const INSIDE: &[(&str, &str)] = &[
    (
        "Review the reply about invoices by post",
        "It still names the old address.",
    ),
    ("Plan who is on duty at Christmas", ""),
    (
        "Write the notes for the release of December",
        "What changes for whom, in one page.",
    ),
];

/// Gives everybody a worklist.
///
/// # Errors
/// [`TaskError`]; the data made so far stays.
pub async fn fill(db: &Db, plan: &Plan, cast: &Cast) -> Result<(), TaskError> {
    let (cast, seed) = (cast.clone(), plan.seed);
    db.write(move |tx| {
        let dice = Ids::seeded(seed ^ 0x7A5C);
        for_accounts(tx, &cast, &dice)?;
        inside(tx, &cast)
    })
    .await
}

fn for_accounts(tx: &mut Tx<'_>, cast: &Cast, dice: &Ids) -> Result<(), TaskError> {
    let system = Actor::system(cast.workspace.id, "demo");
    let open: Vec<&Account> = cast.accounts.iter().filter(|one| one.closure.is_none()).collect();
    let workers: Vec<&Agent> = cast
        .agents
        .iter()
        .filter(|agent| agent.is_active && !agent.is_machine && agent.permissions.has(Permission::TasksWrite))
        .collect();
    let today = workspaces::today(tx, cast.workspace.id)?;
    for (number, agent) in workers.iter().enumerate() {
        let count = 5 + usize::try_from(dice.below(4)).unwrap_or_default();
        for index in 0..count {
            let Some(account) = open.get((number * 17 + index * 5) % open.len().max(1)) else {
                continue;
            };
            let (title, words) = WORK[(number + index * 3) % WORK.len()];
            let days = i64::try_from(dice.below(16)).unwrap_or_default() - 4;
            let text = TaskText {
                title: title.to_owned(),
                words: words.to_owned(),
                account: Some(account.id),
                owner: match index {
                    4 => Owner::Nobody,
                    _ => Owner::Agent(agent.id),
                },
                due: match index {
                    3 => Due::Whenever,
                    _ => Due::On(today.plus_days(days)),
                },
                priority: Priority::ALL[usize::try_from(dice.below(4)).unwrap_or(1)],
                ..TaskText::default()
            };
            let actor = agent.actor(cast.workspace.id);
            let task = add(tx, &actor, &text, Origin::Hand)?;
            match index {
                1 | 6 => {
                    let word = if index == 1 { "done" } else { "dropped" };
                    change(tx, &actor, (task.id, None), &[(Field::State, word.to_owned())])?;
                }
                5 => {
                    // The work of an account goes to whoever looks after it.
                    let owners = assignment::of(tx, cast.workspace.id, &[account.id])?;
                    if let Some(span) = owners.get(&account.id) {
                        let owner = Owner::Agent(span.agent).written();
                        change(tx, &system, (task.id, None), &[(Field::Owner, owner)])?;
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn inside(tx: &mut Tx<'_>, cast: &Cast) -> Result<(), TaskError> {
    let system = Actor::system(cast.workspace.id, "demo");
    let teams = teams::all(tx, cast.workspace.id)?;
    for (number, (title, words)) in INSIDE.iter().enumerate() {
        let team = teams.get(number % teams.len().max(1));
        let text = TaskText {
            title: (*title).to_owned(),
            words: (*words).to_owned(),
            owner: team.map_or(Owner::Nobody, |team| Owner::Team(team.id)),
            due: Due::In(2 + i64::try_from(number).unwrap_or_default()),
            ..TaskText::default()
        };
        add(tx, &system, &text, Origin::Hand)?;
    }
    Ok(())
}
