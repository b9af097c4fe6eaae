//! Filling the only workspace with agents, customers and tickets that have lived through three years.

use std::ops::Range;
use std::time::Duration;

use desk::own_views::{self, Conditions, Order, ViewText};
use desk::replies::Audience;
use desk::tickets::past::{self, Story};
use desk::tickets::{Field, Kind, MessageKind, NewTicket, Priority, Status, TicketError};
use kit::clock::{Clock, Timestamp};
use kit::db::{Db, DbConfig, Location, Tx};
use kit::id::Ids;
use tandem_core::accounts::{self, AccountError, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent, AgentError, NewAgent};
use tandem_core::contacts::{self, ContactError, ContactId, ContactText, Introduction};
use tandem_core::permissions::Role;
use tandem_core::teams::{self, TeamId, TeamText};
use tandem_core::tokens::{self, TokenError, TokenText};
use tandem_core::touchpoints::Channel;
use tandem_core::workspaces;

use super::texts::Dice;
use super::{Outcome, Size};

/// Tickets of one transaction.
const PART: usize = 500;
/// Tickets of an account, roughly.
const EACH: usize = 250;
/// How long ago the first ticket was opened.
const PAST: u64 = 3 * 365 * 86_400;
const HOUR: Duration = Duration::from_secs(3_600);

/// What was filled in, as far as requests name it.
#[derive(Clone, Debug, Default)]
pub(super) struct Loaded {
    /// About every thousandth ticket; all of them where there are few.
    pub(super) tickets: Vec<String>,
    /// Some accounts.
    pub(super) accounts: Vec<String>,
    /// The team of half of the tickets.
    pub(super) team: String,
    /// Views that somebody made.
    pub(super) views: Vec<String>,
    /// A token of each agent.
    pub(super) tokens: Vec<String>,
}

/// Who plays.
#[derive(Clone)]
struct Scene {
    rule: Actor,
    agents: Vec<Agent>,
    team: TeamId,
    customers: Vec<(AccountId, ContactId)>,
    total: usize,
    first: i64,
    end: Timestamp,
}

/// Fills the only workspace.
pub(super) async fn load(location: Location, size: Size) -> Outcome<Loaded> {
    let db = Db::open(&DbConfig::new(location), Clock::system(), Ids::random())?;
    let all = db.read(workspaces::all).await?;
    let workspace = all.first().ok_or("no workspace")?.id;
    let rule = Actor::system(workspace, "bench");
    let (agents, tokens) = agents_of(&db, &rule, size.agents).await?;
    let members = agents.iter().map(|agent| agent.id).collect();
    let text = TeamText {
        name: "Second line".to_owned(),
        members,
    };
    let actor = rule.clone();
    let team = db.load(move |tx| teams::add(tx, &actor, &text)).await?;
    let customers = customers(&db, &rule, size.tickets.div_ceil(EACH).max(1)).await?;
    let count = i64::try_from(size.tickets)?;
    let scene = Scene {
        first: db
            .load(move |tx| past::take_numbers(tx, workspace, count))
            .await?,
        end: db.clock().now(),
        total: size.tickets,
        team: team.id,
        agents,
        customers,
        rule,
    };
    let mut tickets = Vec::new();
    for part in 0..size.tickets.div_ceil(PART) {
        let numbers = part * PART..((part + 1) * PART).min(size.tickets);
        let there = scene.clone();
        tickets.extend(db.load(move |tx| bring(tx, &there, numbers.clone())).await?);
        if part % 200 == 199 {
            eprintln!("  {} of {} tickets", (part + 1) * PART, size.tickets);
        }
    }
    desk::demo::finish(&db).await?;
    // The program looks through the tickets for them, as it does when somebody makes a view.
    let views = views(&db, &scene.rule).await?;
    db.close().await;
    let accounts = scene
        .customers
        .iter()
        .take(1_000)
        .map(|(account, _)| account.to_string());
    Ok(Loaded {
        tickets,
        accounts: accounts.collect(),
        team: scene.team.to_string(),
        views,
        tokens,
    })
}

/// Ada, who was there before, and others, each with a token.
async fn agents_of(db: &Db, rule: &Actor, count: usize) -> Outcome<(Vec<Agent>, Vec<String>)> {
    let actor = rule.clone();
    let made: Result<_, AgentError> = db
        .load(move |tx| {
            for number in 1..count {
                let new = NewAgent {
                    name: format!("Agent {number}"),
                    email: format!("agent{number}@example.com"),
                    role: Role::SupportAgent,
                };
                agents::add(tx, &actor, &new)?;
            }
            Ok(agents::all(tx, actor.workspace)?)
        })
        .await;
    let (made, actor) = (made?, rule.clone());
    let all = made.clone();
    let tokens: Result<Vec<String>, TokenError> = db
        .load(move |tx| {
            let mut tokens = Vec::new();
            for agent in &all {
                let text = TokenText {
                    name: "bench".to_owned(),
                    agent: Some(agent.id),
                    scopes: agent.permissions,
                    days: None,
                };
                tokens.push(tokens::make(tx, &actor, &text)?.1);
            }
            Ok(tokens)
        })
        .await;
    Ok((made, tokens?))
}

/// Accounts with a contact each.
async fn customers(db: &Db, rule: &Actor, count: usize) -> Outcome<Vec<(AccountId, ContactId)>> {
    let mut all = Vec::with_capacity(count);
    for part in 0..count.div_ceil(PART) {
        let numbers = part * PART..((part + 1) * PART).min(count);
        let (actor, there) = (rule.clone(), numbers.clone());
        let made: Result<Vec<AccountId>, AccountError> = db
            .load(move |tx| {
                let text = |number: usize| AccountText {
                    name: format!("Account {number}"),
                    ..AccountText::default()
                };
                let mut made = Vec::new();
                for number in there.clone() {
                    made.push(accounts::add(tx, &actor, &text(number))?.id);
                }
                Ok(made)
            })
            .await;
        let (made, actor) = (made?, rule.clone());
        let paired: Result<Vec<(AccountId, ContactId)>, ContactError> = db
            .load(move |tx| {
                let mut paired = Vec::new();
                for (account, number) in made.iter().zip(numbers.clone()) {
                    let text = ContactText {
                        name: format!("Contact {number}"),
                        ..ContactText::default()
                    };
                    let there = Introduction {
                        membership: Some((*account, contacts::memberships::MembershipText::default())),
                        ..Introduction::default()
                    };
                    paired.push((*account, contacts::add(tx, &actor, &text, &there)?.id));
                }
                Ok(paired)
            })
            .await;
        all.extend(paired?);
    }
    Ok(all)
}

/// Two views that everybody sees: one of few tickets, one of many.
async fn views(db: &Db, rule: &Actor) -> Outcome<Vec<String>> {
    let pressing = Conditions {
        shelves: vec!["open".to_owned()],
        priorities: vec![Priority::High, Priority::Urgent],
        ..Conditions::default()
    };
    let questions = Conditions {
        kinds: vec![Kind::Question],
        ..Conditions::default()
    };
    let mut ids = Vec::new();
    for (name, conditions, order) in [
        ("Pressing", pressing, Order::Urgent),
        ("Questions", questions, Order::Newest),
    ] {
        let text = ViewText {
            name: name.to_owned(),
            audience: Audience::Everyone,
            conditions,
            order,
        };
        let actor = rule.clone();
        let view = db.load(move |tx| own_views::add(tx, &actor, &text)).await?;
        ids.push(view.id.to_string());
    }
    Ok(ids)
}

/// Brings a part of the past; gives those of its tickets that requests name.
fn bring(tx: &mut Tx<'_>, scene: &Scene, numbers: Range<usize>) -> Result<Vec<String>, TicketError> {
    let (mut stories, mut named) = (Vec::with_capacity(PART), Vec::new());
    for number in numbers {
        let story = live(tx, scene, number)?;
        if number % 997 == 0 || scene.total < 10_000 {
            named.push(story.id().to_string());
        }
        stories.push(story);
    }
    past::bring(tx, scene.rule.workspace, stories)?;
    Ok(named)
}

/// One ticket with five messages. Of a hundred, four are still open, two wait, one is on hold, one is snoozed.
fn live(tx: &mut Tx<'_>, scene: &Scene, number: usize) -> Result<Story, TicketError> {
    let mut dice = Dice::of(number);
    let (account, contact) = scene.customers[number % scene.customers.len()];
    let age = PAST * (scene.total - number) as u64 / scene.total as u64;
    let mut now = scene.end.minus(Duration::from_secs(age) + 9 * HOUR);
    let agent = &scene.agents[dice.below(scene.agents.len() as u64) as usize];
    let me = agent.actor(scene.rule.workspace);
    let new = NewTicket {
        subject: dice.subject(number),
        body: dice.message(),
        account: Some(account),
        contact: Some(contact),
        priority: Priority::ALL[dice.below(4) as usize],
        kind: Kind::ALL[dice.below(6) as usize],
        channel: Channel::Email,
        team: number.is_multiple_of(2).then_some(scene.team),
        ..NewTicket::default()
    };
    let place = scene.first + number as i64;
    let mut story = Story::open(tx, &scene.rule, (now, place), &new)?;
    now = now.plus(HOUR);
    let end = number % 100;
    if end != 3 {
        story.change(tx, (&me, now), &[(Field::Agent, agent.id.to_string())])?;
    }
    let customer = MessageKind::Inbound;
    for (actor, kind) in [
        (&me, MessageKind::Note),
        (&me, MessageKind::Reply),
        (&scene.rule, customer),
    ] {
        now = now.plus(HOUR);
        story.write(tx, (actor, now), (kind, &dice.message()), None)?;
    }
    now = now.plus(HOUR);
    let (kind, then) = match end {
        0..4 => (MessageKind::Note, None),
        4 | 5 => (MessageKind::Reply, Some(Status::Waiting)),
        6 | 7 => (MessageKind::Note, Some(Status::OnHold)),
        _ => (MessageKind::Reply, Some(Status::Solved)),
    };
    story.write(tx, (&me, now), (kind, &dice.message()), then)?;
    if end == 7 {
        let until = scene.end.plus(Duration::from_secs(30 * 86_400));
        story.change(tx, (&me, now), &[(Field::Snooze, until.0.to_string())])?;
    }
    Ok(story)
}
