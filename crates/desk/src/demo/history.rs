//! The tickets of the past: written, answered, solved and rated long ago, many of them at once.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::id::Ids;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::Agent;
use tandem_core::contacts::{self, ContactId, identities, memberships};
use tandem_core::demo::{Cast, Plan};
use tandem_core::permissions::Role;
use tandem_core::touchpoints::Channel;

use super::rhythm::{Plot, at_work};
use super::threads::{Thread, Tongue, any_tongue, one_of, spoken, tongue};
use crate::surveys::{self, Settings, SurveyError, past::Said};
use crate::tickets::past::{self, Story};
use crate::tickets::{Field, Kind, MessageKind, NewTicket, Priority, Status, TicketError, TicketId};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);
/// How many tickets one transaction brings.
pub(super) const BATCH: usize = 250;
/// Tickets that nobody answered yet are no older.
const PATIENCE: Duration = Duration::from_secs(40 * 86_400);

/// Somebody at an account.
#[derive(Clone, Debug)]
pub(super) struct Person {
    id: ContactId,
    name: String,
    /// The language they told us of.
    language: Option<String>,
    /// The language in which they are asked.
    reads: String,
}

/// Who plays.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    accounts: Vec<(AccountId, Vec<Person>)>,
    pub(super) agents: Vec<Agent>,
    pub(super) rule: Actor,
    settings: Settings,
    end: Timestamp,
    /// When nothing worked.
    outage: Option<Timestamp>,
}

/// Looks who is there.
pub(super) async fn scene(
    db: &Db,
    (plan, cast): (&Plan, &Cast),
    outage: Option<Timestamp>,
) -> Result<Scene, TicketError> {
    let rule = Actor::system(cast.workspace.id, "demo");
    let support = |agent: &&Agent| matches!(agent.role, Role::SupportAgent | Role::SupportLead);
    let agents: Vec<Agent> = cast.agents.iter().filter(support).cloned().collect();
    let (accounts, end) = (cast.accounts.clone(), plan.end);
    db.read(move |tx| {
        let mut scene = Scene {
            accounts: Vec::with_capacity(accounts.len()),
            agents: agents.clone(),
            settings: surveys::settings(tx, rule.workspace)?,
            rule: rule.clone(),
            end,
            outage,
        };
        for account in &accounts {
            let people = people(tx, &rule, account.id)?;
            scene.accounts.push((account.id, people));
        }
        Ok(scene)
    })
    .await
}

fn people(tx: &mut Tx<'_>, rule: &Actor, account: AccountId) -> Result<Vec<Person>, DbError> {
    let mut people = Vec::new();
    for (_, contact) in memberships::at_account(tx, rule, account, 3).unwrap_or_default() {
        let known = identities::of(tx, rule, contact.root).unwrap_or_default();
        // Whoever has no address writes to nobody.
        if !known.iter().any(|one| one.kind == identities::Kind::Email) {
            continue;
        }
        let reads = contacts::reader(tx, rule.workspace, Some(contact.id))?;
        people.push(Person {
            id: contact.id,
            reads: reads.locale().tag().to_owned(),
            name: contact.text.name,
            language: contact.text.language,
        });
    }
    Ok(people)
}

/// Brings a part of the past; gives those tickets of it that tell of the outage, with when they were opened.
pub(super) fn bring(
    tx: &mut Tx<'_>,
    scene: &Scene,
    plots: &[(Plot, i64)],
) -> Result<Vec<(TicketId, Timestamp)>, TicketError> {
    let (mut stories, mut told) = (Vec::with_capacity(plots.len()), Vec::new());
    for (plot, number) in plots {
        let story = scene.live(tx, (plot, *number), &Ids::seeded(plot.seed))?;
        if plot.is_outage {
            told.push((story.id(), plot.at));
        }
        stories.push(story);
    }
    past::bring(tx, scene.rule.workspace, stories)?;
    Ok(told)
}

impl Scene {
    /// One ticket from its first words on.
    fn live(&self, tx: &mut Tx<'_>, (plot, number): (&Plot, i64), dice: &Ids) -> Result<Story, TicketError> {
        let (account, people) = &self.accounts[plot.account];
        let person = (!people.is_empty()).then(|| one_of(people, dice));
        let told = person.and_then(|person| person.language.as_deref());
        let tongue = told.map_or_else(|| any_tongue(dice), tongue);
        let agent = one_of(&self.agents, dice);
        let mut talk = Talk {
            scene: self,
            dice,
            tongue,
            agent,
            me: agent.actor(self.rule.workspace),
            now: plot.at,
        };
        let (subject, kind, priority, channel, words) = talk.thread(plot);
        let say = spoken(dice);
        let new = NewTicket {
            subject: say(subject),
            body: talk.signed(say(words[0]), (channel, person)),
            account: Some(*account),
            contact: person.map(|person| person.id),
            priority,
            kind,
            channel,
            ..NewTicket::default()
        };
        let mut story = Story::open(tx, &self.rule, (plot.at, number), &new)?;
        if !plot.is_outage && self.end.since(plot.at) < PATIENCE && dice.below(16) == 0 {
            talk.park(tx, &mut story)?;
            return Ok(story);
        }
        let rest: Vec<String> = words[1..].iter().map(|text| say(text)).collect();
        talk.go_on(tx, &mut story, (&rest, plot.is_outage))?;
        if !plot.is_outage && dice.below(16) == 0 {
            talk.come_back(tx, &mut story)?;
        }
        if let Some(person) = person {
            talk.rate(tx, &mut story, person).map_err(of_survey)?;
        }
        Ok(story)
    }
}

/// One conversation as it goes.
struct Talk<'s> {
    scene: &'s Scene,
    dice: &'s Ids,
    tongue: &'static Tongue,
    agent: &'s Agent,
    me: Actor,
    now: Timestamp,
}

impl Talk<'_> {
    fn thread(&self, plot: &Plot) -> Thread {
        if !plot.is_outage {
            return *one_of(self.tongue.threads, self.dice);
        }
        let words = self.tongue.outage;
        let priority = *one_of(&[Priority::Urgent, Priority::High], self.dice);
        (words[0], Kind::Problem, priority, Channel::Email, &words[1..])
    }

    /// A mail ends with who wrote it.
    fn signed(&self, words: String, (channel, person): (Channel, Option<&Person>)) -> String {
        match person.filter(|_| channel == Channel::Email) {
            Some(person) => format!("{words}\n\n{}\n{}", self.tongue.regards, person.name),
            None => words,
        }
    }

    /// Somebody takes it without answering yet, or nobody does.
    fn park(&mut self, tx: &mut Tx<'_>, story: &mut Story) -> Result<(), TicketError> {
        self.pause(20, 600);
        if self.now >= self.scene.end || self.dice.below(6) == 0 {
            return Ok(());
        }
        let status = *one_of(&[Status::OnHold, Status::Open], self.dice);
        let values = [
            (Field::Agent, self.agent.id.to_string()),
            (Field::Status, status.as_str().to_owned()),
        ];
        story.change(tx, (&self.me, self.now), &values)?;
        let note = "Asked the engineers; they look into it this week.";
        story.write(tx, (&self.me, self.now), (MessageKind::Note, note), None)
    }

    /// The customer and we write in turn, on the day of the outage we alone; at its end it is solved.
    fn go_on(
        &mut self,
        tx: &mut Tx<'_>,
        story: &mut Story,
        (rest, is_outage): (&[String], bool),
    ) -> Result<(), TicketError> {
        for (place, words) in rest.iter().enumerate() {
            let is_last = place + 1 == rest.len();
            if place % 2 == 1 && !is_outage {
                self.pause(10, 1_100);
                if self.now >= self.scene.end {
                    return Ok(());
                }
                let rule = &self.scene.rule;
                story.write(tx, (rule, self.now), (MessageKind::Inbound, words), None)?;
                if is_last {
                    self.pause(5, 90);
                    self.solve(tx, story)?;
                }
                continue;
            }
            if is_outage {
                self.pause(3, 15);
                let works_again = self.scene.outage.filter(|_| is_last).map(|at| at.plus(HOUR * 3));
                self.now = works_again.map_or(self.now, |at| self.now.max(at));
            } else {
                self.work();
            }
            self.answer(tx, story, (words, is_last))?;
        }
        Ok(())
    }

    fn answer(
        &mut self,
        tx: &mut Tx<'_>,
        story: &mut Story,
        (words, is_last): (&str, bool),
    ) -> Result<(), TicketError> {
        if self.now >= self.scene.end {
            return Ok(());
        }
        let mine = [(Field::Agent, self.agent.id.to_string())];
        story.change(tx, (&self.me, self.now), &mine)?;
        let then = if is_last { Status::Solved } else { Status::Waiting };
        let reply = (MessageKind::Reply, words);
        story.write(tx, (&self.me, self.now), reply, Some(then))
    }

    fn solve(&mut self, tx: &mut Tx<'_>, story: &mut Story) -> Result<(), TicketError> {
        if self.now >= self.scene.end {
            return Ok(());
        }
        let solved = [(Field::Status, Status::Solved.as_str().to_owned())];
        story.change(tx, (&self.me, self.now), &solved)
    }

    /// It was not solved after all.
    fn come_back(&mut self, tx: &mut Tx<'_>, story: &mut Story) -> Result<(), TicketError> {
        if story.ticket.status != Status::Solved {
            return Ok(());
        }
        self.pause(1_000, 8_000);
        if self.now >= self.scene.end {
            return Ok(());
        }
        let (theirs, ours) = self.tongue.again;
        let again = (MessageKind::Inbound, theirs);
        story.write(tx, (&self.scene.rule, self.now), again, None)?;
        self.work();
        self.answer(tx, story, (ours, true))
    }

    /// About half are asked how it was, and most of those say it within a day.
    fn rate(&mut self, tx: &mut Tx<'_>, story: &mut Story, person: &Person) -> Result<(), SurveyError> {
        let Some(solved_at) = story.ticket.solved_at.filter(|_| self.dice.below(100) < 55) else {
            return Ok(());
        };
        let asked_at = solved_at.plus(HOUR);
        if asked_at >= self.scene.end {
            return Ok(());
        }
        self.now = asked_at;
        self.pause(4, 1_400);
        let rating = self.rating(story);
        let comments = self.tongue.comments.iter().filter(|(of, _)| *of == rating);
        let comment = comments.map(|(_, words)| *words).next();
        let comment = comment.filter(|_| self.dice.below(3) == 0).unwrap_or_default();
        let says = self.dice.below(10) < 6 && self.now < self.scene.end;
        let said = Said {
            settings: &self.scene.settings,
            language: &person.reads,
            asked_at,
            answer: says.then_some((self.now, rating, comment)),
        };
        surveys::past::rate(tx, &self.scene.rule, story, said)
    }

    /// Most are content, fewer of those who waited long or had to come back.
    fn rating(&self, story: &Story) -> i64 {
        let ticket = &story.ticket;
        let took = ticket.solved_at.map(|at| at.since(ticket.opened_at));
        let mut luck = self.dice.below(100);
        luck += if took.is_some_and(|took| took > DAY * 3) {
            18
        } else {
            0
        };
        luck += if ticket.reopenings > 0 { 25 } else { 0 };
        match luck {
            0..=52 => 5,
            53..=78 => 4,
            79..=90 => 3,
            91..=98 => 2,
            _ => 1,
        }
    }

    /// Some minutes go by.
    fn pause(&mut self, least: u64, most: u64) {
        let minutes = least + self.dice.below(most - least);
        self.now = self.now.plus(MINUTE * u32::try_from(minutes).unwrap_or(u32::MAX));
    }

    /// Until somebody of us has an answer: mostly soon, at times only after hours.
    fn work(&mut self) {
        match self.dice.below(10) {
            0..=3 => self.pause(5, 45),
            4..=7 => self.pause(45, 240),
            _ => self.pause(240, 900),
        }
        self.now = at_work(self.now, self.dice);
    }
}

fn of_survey(error: SurveyError) -> TicketError {
    match error {
        SurveyError::Db(error) => error.into(),
        SurveyError::Ticket(error) => error,
        _ => TicketError::Unknown,
    }
}
