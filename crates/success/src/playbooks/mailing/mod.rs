//! Mails of runs to people at their accounts: each once, written with its step in one transaction, carried by whatever has
//! mailboxes. Where somebody lacks a value that the mail needs, where nobody is there to be written to, or where a person is to
//! choose, the run waits for a person instead of sending nonsense.

mod letter;
mod personal;
mod store;

use std::collections::{BTreeSet, HashMap};

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts::memberships::{self, ContactRole, Membership};
use tandem_core::contacts::{self, Contact, ContactError, ContactId, merging};
use tandem_core::correspondence::{Carrier, Fate, Hindrance, Mailing};
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

pub(super) use letter::Letter;
pub use personal::HOLDS;

use super::filling::fill_loosely;
use super::values::{of_account, owner, with_contact};
use super::{
    PlaybookError, Recipient, Run, RunId, RunState, Status, Step, beginning, find_run, jobs, runs,
    store as written,
};
use crate::tasks::{self, Due, Field, Origin, Owner, Priority, State, TaskError, TaskId, TaskText};
use store::Kept;

/// To how many people one step writes.
const MOST: usize = 20;
/// How many people at an account are looked through.
const LOOKED: i64 = 200;
/// In how many working days somebody is to look at a mail that waits.
const SOON: i64 = 2;

/// A mail of a run to one contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailed {
    /// Of which step, from 0.
    pub number: i64,
    /// To whom.
    pub contact: ContactId,
    /// What became of it when it was written: `written`, `missing` for one that lacks values, or what was in the way.
    pub outcome: String,
    /// The conversation in which an answer comes back; empty for none.
    pub conversation: String,
    /// When.
    pub at: Timestamp,
    /// What became of it since; none where nobody knows any more.
    pub fate: Option<Fate>,
}

/// What a mail step came to.
pub(super) enum Came {
    /// Everybody was written to who can be; the first conversation.
    Sent(String),
    /// A person is asked, by this task.
    Asks(TaskId),
    /// Nobody can be asked.
    Failed,
}

fn of_contact(error: ContactError) -> PlaybookError {
    match error {
        ContactError::Forbidden(missing) => missing.into(),
        ContactError::Db(error) => error.into(),
        _ => PlaybookError::UnknownContact,
    }
}

/// The people who are at an account today, each once.
pub(super) fn people(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
) -> Result<Vec<(Membership, Contact)>, PlaybookError> {
    let today = workspaces::today(tx, actor.workspace)?;
    let all = memberships::at_account(tx, actor, account, LOOKED).map_err(of_contact)?;
    let mut seen = BTreeSet::new();
    let is_there = |(membership, contact): &(Membership, Contact)| {
        let (since, until) = (membership.text.since, membership.text.until);
        let is_now = since.is_none_or(|since| Day::from(since) <= today)
            && until.is_none_or(|until| today <= Day::from(until));
        is_now && seen.insert(contact.root)
    };
    Ok(all.into_iter().filter(is_there).collect())
}

/// Those whom a mail is for.
pub(super) fn meant(people: &[(Membership, Contact)], to: Recipient) -> Vec<&Contact> {
    let role = match to {
        Recipient::Champion => ContactRole::Champion,
        Recipient::DecisionMaker => ContactRole::DecisionMaker,
        Recipient::User => ContactRole::User,
        Recipient::Billing => ContactRole::Billing,
        Recipient::Chosen => return Vec::new(),
    };
    let with_role = people
        .iter()
        .filter(|(membership, _)| membership.text.roles.contains(&role));
    with_role.map(|(_, contact)| contact).take(MOST).collect()
}

/// Writes to everybody whom a step is for, or asks a person.
pub(super) fn write(
    tx: &mut Tx<'_>,
    actor: &Actor,
    run: &Run,
    letter: Letter<'_>,
) -> Result<Came, PlaybookError> {
    let people = people(tx, actor, run.account)?;
    let (mut lacking, mut first) = (BTreeSet::new(), None);
    for contact in meant(&people, letter.to) {
        let t = contacts::reader(tx, actor.workspace, Some(contact.id))?;
        // The account's values are written in the contact's language.
        let values = with_contact(&of_account(tx, actor, run.account, &t)?, contact);
        let kept = match letter.filled(&values) {
            Ok(said) => carried(tx, actor, run, (contact, said))?,
            Err(missing) => {
                lacking.extend(missing);
                kept(tx, run, contact, "missing")
            }
        };
        if kept.outcome == "written" {
            first.get_or_insert(kept.conversation.clone());
        }
        store::put(tx, actor.workspace, run, &kept)?;
    }
    match first {
        Some(conversation) if lacking.is_empty() => Ok(Came::Sent(conversation)),
        _ => ask(tx, actor, run, (letter, &lacking)),
    }
}

fn kept(tx: &Tx<'_>, run: &Run, contact: &Contact, outcome: &str) -> Kept {
    Kept {
        number: run.step,
        contact: contact.id,
        outcome: outcome.to_owned(),
        conversation: String::new(),
        message: String::new(),
        at: tx.now(),
    }
}

/// Hands a mail to whatever carries mails.
fn carried(
    tx: &mut Tx<'_>,
    actor: &Actor,
    run: &Run,
    (contact, (subject, words)): (&Contact, (String, String)),
) -> Result<Kept, PlaybookError> {
    let Some(carrier) = tx.attached::<Carrier>() else {
        return Ok(kept(tx, run, contact, Hindrance::NoWay.as_str()));
    };
    let agent = owner(tx, actor, run.account)?.filter(|agent| agent.is_active);
    let mailing = Mailing {
        contact: contact.id,
        account: run.account,
        agent: agent.map(|agent| agent.id),
        subject,
        words,
        by: "playbook",
    };
    Ok(match (carrier.carries)(tx, actor.workspace, &mailing)? {
        Ok(carried) => Kept {
            conversation: carried.conversation,
            message: carried.message,
            ..kept(tx, run, contact, "written")
        },
        Err(hindrance) => kept(tx, run, contact, hindrance.as_str()),
    })
}

/// Asks whoever looks after the account. The task names nobody: whom it is about stands in the run.
fn ask(
    tx: &mut Tx<'_>,
    actor: &Actor,
    run: &Run,
    (letter, lacking): (Letter<'_>, &BTreeSet<String>),
) -> Result<Came, PlaybookError> {
    let t = contacts::reader(tx, actor.workspace, None)?;
    let values = of_account(tx, actor, run.account, &t)?;
    let name = values.get("account.name").map_or("", String::as_str);
    let subject = fill_loosely(letter.subject, &values);
    let why = match (letter.to, lacking.is_empty()) {
        (Recipient::Chosen, _) => t.say("playbooks-mail-why-chosen"),
        (_, false) => {
            let lacking: Vec<&str> = lacking.iter().map(String::as_str).collect();
            t.say_with(
                "playbooks-mail-why-missing",
                kit::args!(names = lacking.join(", ")),
            )
        }
        _ => t.say("playbooks-mail-why-nobody"),
    };
    let title = t.say_with(
        "playbooks-mail-task",
        kit::args!(account = name, subject = subject.as_str()),
    );
    let agent = owner(tx, actor, run.account)?.filter(|agent| agent.is_active);
    let text = TaskText {
        title: title.chars().take(200).collect(),
        words: format!("{why}\n\n{}", t.say("playbooks-mail-task-words")),
        account: Some(run.account),
        evidence: run.id.to_string(),
        owner: agent.map_or(Owner::Nobody, |agent| Owner::Agent(agent.id)),
        due: Due::In(SOON),
        priority: Priority::High,
        ..TaskText::default()
    };
    match tasks::add(tx, actor, &text, Origin::Playbook) {
        Ok(task) => Ok(Came::Asks(task.id)),
        Err(TaskError::Db(error)) => Err(error.into()),
        Err(_) => Ok(Came::Failed),
    }
}

/// Whether a person wrote anything since a step waits for them; what it wrote by itself before is no answer of theirs.
pub(super) fn wrote(tx: &mut Tx<'_>, actor: &Actor, run: &Run) -> Result<bool, DbError> {
    let steps = runs::store::steps(tx, actor.workspace, run.id)?;
    let since = steps.iter().find(|reached| reached.number == run.step);
    let all = store::of_run(tx, actor.workspace, run.id)?;
    Ok(all.iter().any(|one| {
        one.number == run.step && one.outcome == "written" && since.is_none_or(|reached| one.at > reached.at)
    }))
}

/// The mail that a run waits for a person to send; none where it waits for something else or stands still.
pub(super) fn waiting(tx: &mut Tx<'_>, actor: &Actor, run: &Run) -> Result<Option<Step>, PlaybookError> {
    if run.state != RunState::Running || run.waits_for.is_empty() {
        return Ok(None);
    }
    let playbook = written::find(tx, actor.workspace, run.playbook)?;
    let goes = playbook.is_some_and(|one| one.status == Status::Active);
    if !goes || !accounts::is_open(tx, actor.workspace, run.account)? {
        return Ok(None);
    }
    let content = written::content(tx, actor.workspace, run.playbook, run.version)?;
    let step = usize::try_from(run.step).ok();
    let step = content
        .zip(step)
        .and_then(|(content, step)| content.steps.get(step).cloned());
    Ok(step.filter(|step| matches!(step, Step::Mail { .. })))
}

/// Sends the mail that a run waits with to somebody at the account, as a person chose; the run goes on. Sent twice to the same
/// one it goes out once.
///
/// # Errors
/// [`PlaybookError::NotWaiting`], [`PlaybookError::UnknownContact`], [`PlaybookError::Missing`], [`PlaybookError::Hindered`], a
/// missing permission, or the database's.
pub fn send(tx: &mut Tx<'_>, actor: &Actor, id: RunId, contact: ContactId) -> Result<Run, PlaybookError> {
    actor.must(Permission::TasksWrite)?;
    actor.must(Permission::TicketsWrite)?;
    let run = find_run(tx, actor, id)?;
    let step = waiting(tx, actor, &run)?.ok_or(PlaybookError::NotWaiting)?;
    let letter = Letter::of(&step).ok_or(PlaybookError::NotWaiting)?;
    let system = Actor::system(actor.workspace, "playbook");
    let people = people(tx, actor, run.account)?;
    let chosen = people
        .into_iter()
        .map(|(_, one)| one)
        .find(|one| one.id == contact || one.root == contact);
    let chosen = chosen.ok_or(PlaybookError::UnknownContact)?;
    let before = store::of_run(tx, actor.workspace, id)?;
    // They may have been written to before it was known that two are one person.
    let same = merging::all_of(tx, actor.workspace, chosen.root)?;
    let is_written =
        |one: &Kept| one.number == run.step && same.contains(&one.contact) && one.outcome == "written";
    if !before.iter().any(is_written) {
        let t = contacts::reader(tx, actor.workspace, Some(chosen.id))?;
        let values = with_contact(&of_account(tx, &system, run.account, &t)?, &chosen);
        let said = letter.filled(&values).map_err(PlaybookError::Missing)?;
        let kept = carried(tx, &system, &run, (&chosen, said))?;
        if let Some(hindrance) = hindrance(&kept.outcome) {
            return Err(PlaybookError::Hindered(hindrance));
        }
        store::put(tx, actor.workspace, &run, &kept)?;
    }
    if let Ok(task) = run.waits_for.parse::<TaskId>() {
        let done = [(Field::State, State::Done.as_str().to_owned())];
        if let Err(TaskError::Db(error)) = tasks::change(tx, actor, (task, None), &done) {
            return Err(error.into());
        }
    }
    beginning::tell_of(tx, actor, &run)?;
    jobs::put(tx, actor.workspace, run.id, None)?;
    Ok(run)
}

fn hindrance(outcome: &str) -> Option<Hindrance> {
    let all = [
        Hindrance::NoWay,
        Hindrance::NoAddress,
        Hindrance::Suppressed,
        Hindrance::TooMany,
    ];
    all.into_iter().find(|one| one.as_str() == outcome)
}

/// The mails of a run, with what became of each so far.
///
/// # Errors
/// [`PlaybookError::UnknownRun`], a missing permission, or the database's.
pub fn mails_of(tx: &mut Tx<'_>, actor: &Actor, id: RunId) -> Result<Vec<Mailed>, PlaybookError> {
    find_run(tx, actor, id)?;
    let carrier = tx.attached::<Carrier>();
    let mut mails = Vec::new();
    for kept in store::of_run(tx, actor.workspace, id)? {
        // A few look-ups by key.
        let fate = match &carrier {
            Some(carrier) if !kept.message.is_empty() => {
                (carrier.follows)(tx, actor.workspace, &kept.message)?
            }
            _ => None,
        };
        mails.push(Mailed {
            number: kept.number,
            contact: kept.contact,
            outcome: kept.outcome,
            conversation: kept.conversation,
            at: kept.at,
            fate,
        });
    }
    Ok(mails)
}

/// The names of those whom mails went to, as far as the reader may see them.
pub(super) fn names(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mails: &[Mailed],
) -> Result<HashMap<ContactId, String>, PlaybookError> {
    if !actor.may(Permission::ContactsRead) {
        return Ok(HashMap::new());
    }
    let ids: Vec<ContactId> = mails.iter().map(|one| one.contact).collect();
    contacts::names(tx, actor, &ids).map_err(of_contact)
}
