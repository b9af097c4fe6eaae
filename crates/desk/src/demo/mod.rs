//! Sample data of the help desk: what the sample accounts ask for, and how the team answers.
//!
//! The last days go through the ordinary verbs, in the clock's own time. The year and a half before is lived through without
//! the database and brought many tickets at once (`tickets/past`), with what the verbs would have made of it.

mod history;
mod outage;
mod rhythm;
mod threads;

use std::time::Duration;

use kit::clock::{Clock, Timestamp};
use kit::db::{Db, DbError, Tx};
use kit::id::Ids;
use tandem_core::accounts::Account;
use tandem_core::actor::Actor;
use tandem_core::agents::Agent;
use tandem_core::contacts::memberships;
use tandem_core::demo::{Cast, Plan};
use tandem_core::metrics;
use tandem_core::permissions::Permission;
use tandem_core::touchpoints::Channel;

use crate::counter::{self, CounterError};
use crate::dkim::{self, DkimKeyError};
use crate::forms::{self, FormError};
use crate::mailboxes::providers::{self, MailProviderError, MailProviderText, ProviderKind};
use crate::mailboxes::{self, Incoming, MailboxError, MailboxId, MailboxText, Password};
use crate::mails::{self, IntakeError};
use crate::own_views::{self, ViewError};
use crate::replies::{self, ReplyError};
use crate::sides::{self, SideError};
use crate::tickets::{self, Field, MessageKind, NewMessage, NewTicket, Status, TicketError, TicketId, past};
use crate::{numbers, outbox, surveys};

const HOUR: Duration = Duration::from_secs(3_600);
/// What is that new has not been solved yet.
const FRESH: Duration = Duration::from_secs(3 * 86_400);
/// How many accounts are looked at anew in one transaction.
const ACCOUNTS: usize = 200;

/// Why there are no sample tickets.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A ticket could not be made.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// A mailbox could not be set up.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// A reply could not be written down.
    #[error(transparent)]
    Reply(#[from] ReplyError),
    /// A view could not be made.
    #[error(transparent)]
    View(#[from] ViewError),
    /// A form, a field or a status could not be made.
    #[error(transparent)]
    Form(#[from] FormError),
    /// A mail could not be handed over.
    #[error(transparent)]
    Mail(#[from] IntakeError),
    /// A file of old mail could not be brought.
    #[error(transparent)]
    OldMail(#[from] mails::old::MailImportError),
    /// A side conversation could not be made.
    #[error(transparent)]
    Side(#[from] SideError),
    /// Nobody could come to the counter.
    #[error(transparent)]
    Counter(#[from] CounterError),
}

/// Makes a mailbox, and the tickets of the time before the plan's end, with a clock that is set by hand. `progress` hears of
/// done and total tickets.
///
/// # Errors
/// The database's; what was made so far stays.
pub async fn fill(
    db: &Db,
    clock: &Clock,
    plan: &Plan,
    cast: &Cast,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(), DemoError> {
    let actor = Actor::system(cast.workspace.id, "demo");
    let mailbox = db.write(move |tx| set_up(tx, &actor)).await?;
    let calendar = rhythm::calendar(plan, cast);
    remember(db, (plan, cast), &calendar, progress).await?;
    let (actor, maker) = (
        Actor::system(cast.workspace.id, "demo"),
        Actor::system(cast.workspace.id, "demo"),
    );
    db.write(move |tx| replies::demo::fill(tx, &actor)).await?;
    db.write(move |tx| own_views::demo::fill(tx, &maker)).await?;
    let actor = Actor::system(cast.workspace.id, "demo");
    db.write(move |tx| forms::demo::fill(tx, &actor)).await?;
    write(db, clock, (plan, cast), &calendar.recent).await?;
    let asker = cast
        .agents
        .iter()
        .find(|agent| agent.permissions.has(Permission::TicketsWrite));
    let asker = asker.map_or_else(
        || Actor::system(cast.workspace.id, "demo"),
        |agent| agent.actor(cast.workspace.id),
    );
    db.write(move |tx| sides::demo::fill(tx, &asker)).await?;
    let junk = Actor::system(cast.workspace.id, "demo");
    db.write(move |tx| tickets::bins::demo::fill(tx, &junk)).await?;
    counter::demo::fill(db, clock, plan, cast).await?;
    let keeper = Actor::system(cast.workspace.id, "demo");
    mails::old::demo::fill(db, &keeper, mailbox).await?;
    Ok(mails::demo::fill(db, cast.workspace.id, mailbox).await?)
}

/// What is done when all jobs have run: nobody waits for the clock to pack the numbers.
///
/// # Errors
/// The database's.
pub async fn finish(db: &Db) -> Result<(), DbError> {
    numbers::past::pack(db).await
}

/// The tickets of the past, and the one that tells what the outage was.
async fn remember(
    db: &Db,
    (plan, cast): (&Plan, &Cast),
    calendar: &rhythm::Calendar,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(), DemoError> {
    let scene = history::scene(db, (plan, cast), calendar.outage).await?;
    let (workspace, total) = (cast.workspace.id, calendar.past.len());
    // The report of the outage has a number among those that tell of it.
    let count = i64::try_from(total).unwrap_or(i64::MAX - 1) + i64::from(calendar.outage.is_some());
    let first = db
        .write(move |tx| past::take_numbers(tx, workspace, count))
        .await
        .map_err(TicketError::from)?;
    let reported = calendar.outage.map(|at| at.plus(HOUR));
    let before = |plot: &&rhythm::Plot| reported.is_none_or(|at| plot.at < at);
    let place = calendar.past.iter().filter(before).count();
    let report = first + i64::try_from(place).unwrap_or_default();
    let numbers = (first..).filter(|number| reported.is_none() || *number != report);
    let plots: Vec<(rhythm::Plot, i64)> = calendar.past.iter().copied().zip(numbers).collect();
    let (mut told, mut done) = (Vec::new(), 0);
    for part in plots.chunks(history::BATCH) {
        let (part, there) = (part.to_vec(), scene.clone());
        done += part.len();
        told.extend(db.write(move |tx| history::bring(tx, &there, &part)).await?);
        progress(done, total);
    }
    if let Some(outage) = calendar.outage {
        db.write(move |tx| outage::report(tx, &scene, (outage, report), &told))
            .await?;
    }
    look(db, cast).await.map_err(TicketError::from)?;
    Ok(())
}

/// The numbers of the accounts are others now.
async fn look(db: &Db, cast: &Cast) -> Result<(), DbError> {
    let workspace = cast.workspace.id;
    for part in cast.accounts.chunks(ACCOUNTS) {
        let part: Vec<_> = part.iter().map(|account| account.id).collect();
        db.write(move |tx| {
            part.iter()
                .try_for_each(|account| metrics::jobs::look(tx, workspace, *account))
        })
        .await?;
    }
    Ok(())
}

/// The address that the sample accounts write to. Nothing of it leads anywhere.
fn set_up(tx: &mut Tx<'_>, actor: &Actor) -> Result<MailboxId, MailboxError> {
    let text = MailboxText {
        name: "Support".to_owned(),
        address: "support@fernweh.example".to_owned(),
        sender: "Fernweh".to_owned(),
        signature: "Your team at Fernweh".to_owned(),
        incoming: Incoming::Handed,
        ..MailboxText::default()
    };
    let mailbox = mailboxes::create(tx, actor, &text)?;
    dkim::demo::fill(tx, actor, "fernweh.example").map_err(|error| match error {
        DkimKeyError::Db(error) => MailboxError::Db(error),
        other => MailboxError::Seal(other.to_string()),
    })?;
    let text = MailProviderText {
        kind: ProviderKind::Microsoft,
        name: "Microsoft 365".to_owned(),
        client: "7d1a9a0e-6f6b-4c0e-9d53-2f3a5a1e8b11".to_owned(),
        secret: Password::of("of the sample data"),
        tenant: "fernweh.example".to_owned(),
        ..MailProviderText::default()
    };
    providers::add(tx, actor, &text).map_err(|error| match error {
        MailProviderError::Db(error) => MailboxError::Db(error),
        other => MailboxError::Seal(other.to_string()),
    })?;
    Ok(mailbox.id)
}

/// The tickets of the last days.
async fn write(
    db: &Db,
    clock: &Clock,
    (plan, cast): (&Plan, &Cast),
    plots: &[rhythm::Plot],
) -> Result<(), TicketError> {
    for plot in plots {
        let dice = Ids::seeded(plot.seed);
        let tongue = threads::any_tongue(&dice);
        let (subject, kind, priority, channel, words) = *threads::one_of(tongue.threads, &dice);
        let say = threads::spoken(&dice);
        let story = Story {
            subject: say(subject),
            sort: (kind, priority, channel),
            words: words.iter().map(|text| say(text)).collect(),
            account: cast.accounts[plot.account].clone(),
            agents: cast.agents.clone(),
            is_fresh: plan.end.since(plot.at) <= FRESH,
            seed: dice.below(u64::MAX),
        };
        play(db, clock, (plot.at, plan.end), cast, story).await?;
    }
    clock.set(plan.end);
    tickets::demo::fill(db, cast).await
}

/// One ticket to be played.
#[derive(Clone)]
struct Story {
    subject: String,
    sort: (tickets::Kind, tickets::Priority, Channel),
    words: Vec<String>,
    account: Account,
    agents: Vec<Agent>,
    is_fresh: bool,
    seed: u64,
}

async fn play(
    db: &Db,
    clock: &Clock,
    (at, end): (Timestamp, Timestamp),
    cast: &Cast,
    story: Story,
) -> Result<(), TicketError> {
    let workspace = cast.workspace.id;
    let dice = Ids::seeded(story.seed);
    let Some(agent) = writer(&story.agents, &dice) else {
        return Ok(());
    };
    let actor = agent.actor(workspace);
    clock.set(at);
    let (opener, told) = (Actor::system(workspace, "demo"), story.clone());
    let id = db.write(move |tx| begin(tx, &opener, &told)).await?;
    let (words, is_fresh) = (&story.words, story.is_fresh);
    let by_mail = story.sort.2 == Channel::Email;
    // Of the newest some have nobody yet.
    if is_fresh && dice.below(2) == 0 {
        return Ok(());
    }
    let mut now = at.plus(HOUR * 2);
    if dice.below(8) == 0 && now < end {
        clock.set(now);
        return park(db, (&actor, agent), id, dice.below(3) == 0).await;
    }
    for place in 1..words.len() {
        if now >= end {
            return Ok(());
        }
        clock.set(now);
        let (actor, new, me) = (actor.clone(), said(words, place, is_fresh), agent.id);
        db.write(move |tx| {
            tickets::change(tx, &actor, id, &[(Field::Agent, me.to_string())])?;
            let (ticket, message) = tickets::write(tx, &actor, id, &new)?;
            if by_mail && message.kind == MessageKind::Reply {
                outbox::demo::bring(
                    tx,
                    &actor,
                    (&ticket, &message),
                    ticket.number.unsigned_abs() as usize,
                )?;
            }
            Ok::<_, TicketError>(())
        })
        .await?;
        now = now.plus(HOUR * (1 + u32::try_from(dice.below(20)).expect("an hour fits")));
    }
    if is_fresh {
        return Ok(());
    }
    let rater = Actor::system(workspace, "demo");
    surveys::demo::rate(db, clock, (now, end), (&rater, id), story.seed).await
}

/// One of those who may write.
fn writer<'a>(agents: &'a [Agent], dice: &Ids) -> Option<&'a Agent> {
    let able = |agent: &&Agent| agent.permissions.has(Permission::TicketsWrite);
    let able: Vec<&Agent> = agents.iter().filter(able).collect();
    let place = usize::try_from(dice.below(able.len().max(1) as u64)).unwrap_or(0);
    able.get(place).copied()
}

/// What is written at a place of a thread: the customer and we take turns, and at its end it is solved.
fn said(words: &[String], place: usize, is_fresh: bool) -> NewMessage {
    let is_ours = place % 2 == 1;
    let is_last = place + 1 == words.len() || (place + 2 == words.len() && is_ours);
    NewMessage {
        kind: if is_ours {
            MessageKind::Reply
        } else {
            MessageKind::Inbound
        },
        body: words[place].clone(),
        html: None,
        seen: None,
        files: Vec::new(),
        then: match (is_ours, is_last && !is_fresh) {
            (_, true) => Some(Status::Solved.into()),
            (true, false) => Some(Status::Waiting.into()),
            (false, false) => None,
        },
    }
}

/// Somebody takes a ticket without answering it yet, and says why among agents.
async fn park(
    db: &Db,
    (actor, agent): (&Actor, &Agent),
    id: TicketId,
    is_held: bool,
) -> Result<(), TicketError> {
    let end = if is_held { Status::OnHold } else { Status::Open };
    let values = [
        (Field::Agent, agent.id.to_string()),
        (Field::Status, end.as_str().to_owned()),
    ];
    let actor = actor.clone();
    db.write(move |tx| {
        let note = NewMessage {
            kind: MessageKind::Note,
            body: "Asked the engineers; they look into it this week.".to_owned(),
            html: None,
            seen: None,
            then: None,
            files: Vec::new(),
        };
        tickets::change(tx, &actor, id, &values)?;
        tickets::write(tx, &actor, id, &note).map(drop)
    })
    .await
}

fn begin(tx: &mut Tx<'_>, actor: &Actor, story: &Story) -> Result<TicketId, TicketError> {
    let (kind, priority, channel) = story.sort;
    let people = memberships::at_account(tx, actor, story.account.id, 3).unwrap_or_default();
    let new = NewTicket {
        subject: story.subject.clone(),
        body: story.words[0].clone(),
        account: Some(story.account.id),
        contact: people.first().map(|(_, contact)| contact.id),
        priority,
        kind,
        channel,
        ..NewTicket::default()
    };
    tickets::open(tx, actor, &new).map(|ticket| ticket.id)
}
