//! Sample data of playbooks: the two out of the box, with runs on their way, ended and held back; one by date that has long
//! been there, with a hold-out that can be compared; and one that writes before renewals and leaves the choice to a person.

use std::time::Duration;

use kit::day::Day;
use kit::db::{Db, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::demo::Cast;
use tandem_core::workspaces;

use super::beginning::occasion;
use super::dates::occasion_on;
use super::{
    Aim, Begun, Content, Goal, PlaybookError, PlaybookId, Recipient, RunId, Side, Step, Trigger, add,
    advance, begin, change, past, publish, runs, standard, stop,
};
use crate::health::{self, Band};
use crate::tasks::{self, Field};

const DAY: Duration = Duration::from_secs(86_400);
/// How many accounts have runs of each.
const MOST: usize = 9;
/// How many accounts were asked how it goes, and how many of them lately.
const ASKED: usize = 110;
const LATELY: usize = 6;

/// Makes the two playbooks, and what became of them so far.
///
/// # Errors
/// [`PlaybookError`]; the data made so far stays.
pub async fn fill(db: &Db, cast: &Cast) -> Result<(), PlaybookError> {
    asked(db, cast).await?;
    let cast = cast.clone();
    db.write(move |tx| {
        let system = Actor::system(cast.workspace.id, "demo");
        let (name, content) = standard::save();
        let save = publish_new(tx, &system, name, content)?;
        let (name, content) = standard::renewal();
        let renewal = publish_new(tx, &system, name, content)?;
        let mut red = Vec::new();
        for account in cast.accounts.iter().filter(|account| account.closure.is_none()) {
            if health::band_of(tx, cast.workspace.id, account.id)? == Some(Band::Red) {
                red.push(account.id);
            }
        }
        for account in red.into_iter().take(MOST) {
            let begun = occasion(tx, &system, save, account, health::BANDED.name)?;
            live_through(tx, &system, &begun)?;
        }
        let today = workspaces::today(tx, cast.workspace.id)?;
        let renewing = past::store::renewing(
            tx,
            cast.workspace.id,
            ((today, AccountId::from_uuid(Uuid::max())), today.plus_days(90)),
            50,
        )?;
        for (account, _) in renewing.into_iter().take(MOST) {
            let begun = occasion(tx, &system, renewal, account, "renewal")?;
            live_through(tx, &system, &begun)?;
        }
        let (name, content) = writing();
        let letters = publish_new(tx, &system, name, content)?;
        let soon = past::store::renewing(
            tx,
            cast.workspace.id,
            ((today, AccountId::from_uuid(Uuid::max())), today.plus_days(60)),
            50,
        )?;
        for (account, renews) in soon.into_iter().take(MOST / 2) {
            if let Begun::Run(run) = occasion_on(tx, &system, letters, (account, renews))? {
                advance(tx, cast.workspace.id, run.id)?;
            }
        }
        if let Some(account) = cast.accounts.iter().find(|account| account.closure.is_none())
            && let Ok(run) = begin(tx, &system, renewal, account.id)
        {
            stop(tx, &system, run.id)?;
        }
        Ok(())
    })
    .await
}

fn publish_new(
    tx: &mut Tx<'_>,
    actor: &Actor,
    name: &str,
    content: Content,
) -> Result<PlaybookId, PlaybookError> {
    let made = add(tx, actor, name, content)?;
    Ok(publish(tx, actor, made.id)?.id)
}

/// Every second one has its first task behind it.
fn live_through(tx: &mut Tx<'_>, actor: &Actor, begun: &Begun) -> Result<(), PlaybookError> {
    let Begun::Run(run) = begun else {
        return Ok(());
    };
    let id: RunId = run.id;
    advance(tx, actor.workspace, id)?;
    let steps = runs::store::steps(tx, actor.workspace, id)?;
    let task = steps.iter().find_map(|step| step.subject.parse().ok());
    if let Some(task) = task
        && run.account.uuid().as_bytes()[15].is_multiple_of(2)
    {
        let done = [(Field::State, "done".to_owned())];
        if let Err(tasks::TaskError::Db(error)) = tasks::change(tx, actor, (task, None), &done) {
            return Err(error.into());
        }
        advance(tx, actor.workspace, id)?;
    }
    Ok(())
}

/// What asks how it goes a month after a subscription began: first by a note for us, by now by a mail.
fn asking() -> (&'static str, Content, Content) {
    let first = Content {
        about: "Ask the champion after a month how it goes, while there is time to mend what does not."
            .to_owned(),
        trigger: Trigger::Date {
            date: "start".to_owned(),
            days: 30,
            side: Side::After,
        },
        steps: vec![
            Step::Note {
                words: "A month with us: we looked at how {{ account.name }} uses the product.".to_owned(),
            },
            Step::Wait { days: 7 },
            Step::Tag {
                name: "asked".to_owned(),
            },
        ],
        holdout: 30,
        goal: Goal {
            aim: Aim::Score { points: 5 },
            days: 28,
        },
        ..Content::default()
    };
    let mut steps = first.steps.clone();
    steps[0] = Step::Mail {
        to: Recipient::Champion,
        subject: "A month with us: how does it go?".to_owned(),
        words: "Hello {{ contact.first_name | default(\"there\") }},\n\nyou have worked with us for a month now. What goes well at \
                {{ account.name }}, and what does not? Just answer this mail, it comes straight to me.\n\nBest regards\n\
                {{ owner.name | default(\"Your team\") }}"
            .to_owned(),
    };
    let by_mail = Content {
        steps,
        ..first.clone()
    };
    ("Ask how it goes", first, by_mail)
}

/// What writes before a renewal, to whomever a person chooses.
fn writing() -> (&'static str, Content) {
    let content = Content {
        about: "Nobody is surprised by a renewal: who decides hears of it two months before.".to_owned(),
        trigger: Trigger::Date {
            date: "renewal".to_owned(),
            days: 60,
            side: Side::Before,
        },
        steps: vec![
            Step::Mail {
                to: Recipient::Chosen,
                subject: "Your renewal on {{ renewal.date }}".to_owned(),
                words: "Dear {{ contact.first_name }},\n\nyour contract renews on {{ renewal.date }}. Shall we look together at what \
                        {{ account.name }} got out of it so far?\n\nBest regards\n{{ owner.name | default(\"Your team\") }}"
                    .to_owned(),
            },
            Step::Wait { days: 14 },
            Step::Tag {
                name: "renewal-announced".to_owned(),
            },
        ],
        holdout: 0,
        goal: Goal {
            aim: Aim::Renewed,
            days: 90,
        },
        ..Content::default()
    };
    ("Write before the renewal", content)
}

/// Lets the past of one go by: whom it asked and whom it left alone, some of them long enough ago to be compared.
async fn asked(db: &Db, cast: &Cast) -> Result<(), PlaybookError> {
    let (workspace, end) = (cast.workspace.id, db.clock().now());
    let system = Actor::system(workspace, "demo");
    let open = cast.accounts.iter().filter(|account| account.closure.is_none());
    let mut accounts: Vec<AccountId> = open.map(|account| account.id).take(ASKED).collect();
    let lately = accounts.split_off(accounts.len().saturating_sub(LATELY));
    let (name, first, by_mail) = asking();
    db.clock().set(end.minus(DAY * 90));
    let actor = system.clone();
    let id = db
        .write(move |tx| publish_new(tx, &actor, name, first.clone()))
        .await?;
    for (place, account) in accounts.into_iter().enumerate() {
        // The last ones are too near to be judged.
        let ago = 88 - u32::try_from(place).unwrap_or_default() * 2 / 3;
        db.clock().set(end.minus(DAY * ago));
        let actor = system.clone();
        let run = db.write(move |tx| on_its_day(tx, &actor, id, account)).await?;
        db.clock().set(end.minus(DAY * ago.saturating_sub(8)));
        if let Some(run) = run {
            db.write(move |tx| advance(tx, workspace, run)).await?;
        }
    }
    db.clock().set(end);
    db.write(move |tx| {
        change(tx, &system, (id, 1), name, by_mail.clone())?;
        publish(tx, &system, id)?;
        for account in &lately {
            on_its_day(tx, &system, id, *account)?;
        }
        Ok(())
    })
    .await
}

/// Begins it at an account whose subscription began thirty days ago, as it is told.
fn on_its_day(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PlaybookId,
    account: AccountId,
) -> Result<Option<RunId>, PlaybookError> {
    let today: Day = workspaces::today(tx, actor.workspace)?;
    match occasion_on(tx, actor, id, (account, today.plus_days(-30)))? {
        Begun::Run(run) => {
            advance(tx, actor.workspace, run.id)?;
            Ok(Some(run.id))
        }
        Begun::HeldOut | Begun::No => Ok(None),
    }
}
