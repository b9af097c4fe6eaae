//! Sample data of the help desk: what the sample accounts ask for, and how the team answers.

use std::time::Duration;

use kit::clock::{Clock, Timestamp};
use kit::db::{Db, Tx};
use kit::id::Ids;
use tandem_core::accounts::Account;
use tandem_core::actor::Actor;
use tandem_core::agents::Agent;
use tandem_core::contacts::memberships;
use tandem_core::demo::{Cast, Plan};
use tandem_core::permissions::Permission;
use tandem_core::touchpoints::Channel;

use crate::forms::{self, FormError};
use crate::mailboxes::{self, Incoming, MailboxError, MailboxId, MailboxText};
use crate::mails::{self, IntakeError};
use crate::outbox;
use crate::own_views::{self, ViewError};
use crate::replies::{self, ReplyError};
use crate::surveys;
use crate::tickets::{
    self, Field, Kind, MessageKind, NewMessage, NewTicket, Priority, Status, TicketError, TicketId,
};

const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);
/// How many days of tickets there are.
const DAYS: u32 = 60;

/// A thread: its subject, sort, urgency, channel, and what the customer and we write in turn.
type Thread = (&'static str, Kind, Priority, Channel, &'static [&'static str]);

use Channel::{Chat, Email, InPerson, Phone};

const THREADS: &[Thread] = &[
    (
        "Exports stop at 10,000 rows",
        Kind::Problem,
        Priority::High,
        Email,
        &[
            "Hello,\n\nsince Monday every export ends after 10,000 rows. Our month-end needs all 23,000. Is this a new limit?\n\nThanks",
            "Thank you for telling us. It is not meant to be: a limit for previews was applied to exports too. We are testing the mend now and I will write again this afternoon.",
            "Good to know. We can wait until tomorrow morning, not longer.",
            "It is live. I ran your last export again: 23,114 rows. Sorry for the trouble.",
        ],
    ),
    (
        "How do I add a second workspace?",
        Kind::Question,
        Priority::Normal,
        Chat,
        &[
            "Hi! We bought a company in Austria and would like to keep their data apart. Do we need a second contract?",
            "Hi! No, a workspace is enough, and your plan includes three. Settings, Workspace, \"Add another\" at the bottom. You need to be an admin for it.",
        ],
    ),
    (
        "Invoice shows the old address",
        Kind::Billing,
        Priority::Normal,
        Email,
        &[
            "Our invoice of this month still carries the address we left in March. Could you send a corrected one?",
            "Of course. The corrected invoice is on its way to your billing contact, and the new address is kept for the next ones.",
        ],
    ),
    (
        "Nie mogę zalogować się po zmianie hasła",
        Kind::Account,
        Priority::Urgent,
        Email,
        &[
            "Dzień dobry, po zmianie hasła nikt z naszego działu nie może się zalogować. Mamy dziś zamknięcie miesiąca, proszę o pilną pomoc.",
            "Dzień dobry, widzę to po naszej stronie: reguła haseł odrzucała stare sesje bez komunikatu. Proszę spróbować teraz i potwierdzić, czy działa.",
            "Działa, dziękuję za szybką reakcję!",
        ],
    ),
    (
        "Не приходит сводка за неделю",
        Kind::Problem,
        Priority::Normal,
        Email,
        &[
            "Добрый день. С прошлой недели перестала приходить еженедельная сводка. Настройки не меняли.",
            "Добрый день! Ваш адрес попал в список недоставленных после сбоя почтового сервера. Мы сняли отметку и отправили сводку ещё раз.",
        ],
    ),
    (
        "Hesabatı necə paylaşa bilərəm?",
        Kind::Question,
        Priority::Low,
        Chat,
        &[
            "Salam, aylıq hesabatı rəhbərimizlə necə paylaşa bilərəm? Onun hesabı yoxdur.",
            "Salam! Hesabatın yuxarısında \"Paylaş\" düyməsi var: keçid yeddi gün açıq qalır və hesab tələb etmir.",
        ],
    ),
    (
        "Tagihan dobel bulan ini",
        Kind::Billing,
        Priority::High,
        Email,
        &[
            "Halo, bulan ini kami ditagih dua kali untuk langganan yang sama. Mohon dicek.",
            "Halo, benar, tagihan kedua adalah kesalahan kami. Sudah kami batalkan dan dananya kembali dalam tiga hari kerja. Mohon maaf.",
            "Terima kasih, sudah kami terima.",
        ],
    ),
    (
        "Webhook signature does not match",
        Kind::Technical,
        Priority::Normal,
        Email,
        &[
            "We verify signatures as in your docs but about one in fifty fails. Body and headers of a failing one are below. We use the raw body.",
        ],
    ),
    (
        "Wants to see the roadmap",
        Kind::Product,
        Priority::Low,
        Phone,
        &[
            "Called and asked whether offline mode is planned for this year; it decides whether the field team joins.",
            "Offline mode is planned for the autumn. I have put you on the list of those who try it first.",
        ],
    ),
    (
        "Card reader at the counter is offline",
        Kind::Problem,
        Priority::Urgent,
        InPerson,
        &[
            "Came by the counter: the reader in their shop shows \"offline\" since this morning and there is a queue.",
        ],
    ),
    (
        "Import of contacts mixes up first and last names",
        Kind::Problem,
        Priority::Normal,
        Email,
        &[
            "The import put last names first for about half of our contacts. Is there a way to turn them around without doing it by hand?",
            "There is: undo the import on its page, map the two columns the other way, and run it again. Nothing is doubled. Shall I do it with you on a call?",
            "That worked, no call needed. Thanks!",
        ],
    ),
    (
        "Please delete our test data",
        Kind::Account,
        Priority::Low,
        Email,
        &[
            "We have finished testing. Please delete everything in the workspace \"Sandbox\" and confirm in writing.",
        ],
    ),
];

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
}

/// Makes a mailbox, and the tickets of the last weeks before the plan's end, with a clock that is set by hand.
///
/// # Errors
/// The database's; what was made so far stays.
pub async fn fill(db: &Db, clock: &Clock, plan: &Plan, cast: &Cast) -> Result<(), DemoError> {
    let actor = Actor::system(cast.workspace.id, "demo");
    let mailbox = db.write(move |tx| set_up(tx, &actor)).await?;
    let actor = Actor::system(cast.workspace.id, "demo");
    let maker = actor.clone();
    db.write(move |tx| replies::demo::fill(tx, &actor)).await?;
    db.write(move |tx| own_views::demo::fill(tx, &maker)).await?;
    let actor = Actor::system(cast.workspace.id, "demo");
    db.write(move |tx| forms::demo::fill(tx, &actor)).await?;
    write(db, clock, plan, cast).await?;
    Ok(mails::demo::fill(db, cast.workspace.id, mailbox).await?)
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
    mailboxes::create(tx, actor, &text).map(|mailbox| mailbox.id)
}

async fn write(db: &Db, clock: &Clock, plan: &Plan, cast: &Cast) -> Result<(), TicketError> {
    let dice = Ids::seeded(plan.seed ^ 0x71C4);
    let days = DAYS.min(plan.days);
    let start = plan.end.minus(DAY * days);
    let mut number = 0;
    for day in 0..days {
        let morning = start.plus(DAY * day);
        for _ in 0..a_day(day, cast.accounts.len(), &dice) {
            let place = usize::try_from(dice.below(cast.accounts.len() as u64)).expect("an index fits");
            let at = morning.plus(HOUR * u32::try_from(dice.below(9)).expect("an hour fits"));
            let story = Story {
                thread: THREADS[number % THREADS.len()],
                account: cast.accounts[place].clone(),
                agents: cast.agents.clone(),
                age: days - day,
                seed: dice.below(u64::MAX),
            };
            number += 1;
            play(db, clock, (at, plan.end), cast, story).await?;
        }
    }
    clock.set(plan.end);
    tickets::demo::fill(db, cast).await
}

/// Fewer at week-ends, more on Mondays.
fn a_day(day: u32, accounts: usize, dice: &Ids) -> u64 {
    let most = match day % 7 {
        0 => 8,
        5 | 6 => 1,
        _ => 5,
    };
    dice.below(most + 1).min(1 + accounts as u64 / 12)
}

/// One ticket to be played.
#[derive(Clone)]
struct Story {
    thread: Thread,
    account: Account,
    agents: Vec<Agent>,
    age: u32,
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
    let writers: Vec<Agent> = story
        .agents
        .iter()
        .filter(|agent| agent.permissions.has(Permission::TicketsWrite))
        .cloned()
        .collect();
    let Some(agent) = writers.get(usize::try_from(dice.below(writers.len().max(1) as u64)).unwrap_or(0))
    else {
        return Ok(());
    };
    let actor = agent.actor(workspace);
    clock.set(at);
    let (opener, told) = (Actor::system(workspace, "demo"), story.clone());
    let id = db.write(move |tx| begin(tx, &opener, &told)).await?;
    let words = story.thread.4;
    let is_fresh = story.age <= 3;
    let by_mail = story.thread.3 == Email;
    // Of the newest some have nobody yet.
    if is_fresh && dice.below(2) == 0 {
        return Ok(());
    }
    let mut now = at.plus(HOUR * 2);
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
    let rater = Actor::system(workspace, "demo");
    match words.len() {
        1 => park(db, (&actor, agent), id, dice.below(3) == 0).await,
        _ if is_fresh => Ok(()),
        _ => surveys::demo::rate(db, clock, (now, end), (&rater, id), story.seed).await,
    }
}

/// What is written at a place of a thread: the customer and we take turns, and at its end it is solved.
fn said(words: &[&str], place: usize, is_fresh: bool) -> NewMessage {
    let is_ours = place % 2 == 1;
    let is_last = place + 1 == words.len() || (place + 2 == words.len() && is_ours);
    NewMessage {
        kind: if is_ours {
            MessageKind::Reply
        } else {
            MessageKind::Inbound
        },
        body: words[place].to_owned(),
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
    let (subject, kind, priority, channel, words) = story.thread;
    let people = memberships::at_account(tx, actor, story.account.id, 3).unwrap_or_default();
    let new = NewTicket {
        subject: subject.to_owned(),
        body: words[0].to_owned(),
        account: Some(story.account.id),
        contact: people.first().map(|(_, contact)| contact.id),
        priority,
        kind,
        channel,
        ..NewTicket::default()
    };
    tickets::open(tx, actor, &new).map(|ticket| ticket.id)
}
