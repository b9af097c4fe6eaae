//! Sample answers: what the sample accounts' people said of tickets that were solved. Nothing was sent anywhere.

use std::time::Duration;

use kit::clock::{Clock, Timestamp};
use kit::db::{Db, Tx};
use kit::id::Ids;
use tandem_core::actor::Actor;

use super::answering::keep;
use super::asking;
use super::model::{Answer, Survey, SurveyError};
use crate::tickets::{self, TicketError, TicketId};

const HOUR: Duration = Duration::from_secs(3_600);

/// What people write, by rating.
const SAID: &[(i64, &[&str])] = &[
    (
        1,
        &["Three weeks for a one-line answer. We had to find it out ourselves."],
    ),
    (2, &["It works now, but I had to explain it twice.", ""]),
    (3, &["", "Okay, a bit slow."]),
    (4, &["", "Good, thank you.", ""]),
    (
        5,
        &[
            "",
            "Fast and to the point. Thank you!",
            "Szybko i konkretnie, dziękuję.",
            "",
        ],
    ),
];

/// Asks about a solved ticket as it stands; gives the survey.
fn ask(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Option<Survey>, SurveyError> {
    let ticket = tickets::find(tx, actor, id)?;
    let Some(ticket) = ticket.filter(|ticket| ticket.solved_at.is_some()) else {
        return Ok(None);
    };
    asking::begin(tx, actor, &ticket, None).map(Some)
}

/// Answers with what the dice say: most are content.
fn answer(tx: &mut Tx<'_>, actor: &Actor, survey: Survey, dice: &Ids) -> Result<(), SurveyError> {
    let rating = match dice.below(20) {
        0 => 1,
        1 | 2 => 2,
        3 | 4 => 3,
        5..=9 => 4,
        _ => 5,
    };
    let said = SAID
        .iter()
        .find(|(of, _)| *of == rating)
        .map_or(&[""][..], |(_, said)| said);
    let place = usize::try_from(dice.below(said.len() as u64)).unwrap_or_default();
    let now = tx.now();
    let answer = Answer {
        rating,
        comment: said[place].to_owned(),
        first_at: now,
        at: now,
    };
    keep(tx, actor.workspace, survey, answer).map(drop)
}

/// Most are asked how it was, and most of those answer within a day.
///
/// # Errors
/// The database's.
pub async fn rate(
    db: &Db,
    clock: &Clock,
    (now, end): (Timestamp, Timestamp),
    (actor, id): (&Actor, TicketId),
    seed: u64,
) -> Result<(), TicketError> {
    let dice = Ids::seeded(seed ^ 0x5AFE);
    if now >= end || dice.below(5) == 0 {
        return Ok(());
    }
    clock.set(now);
    let asker = actor.clone();
    let asked = db.write(move |tx| ask(tx, &asker, id)).await;
    let later = now.plus(HOUR * (1 + u32::try_from(dice.below(24)).expect("an hour fits")));
    let Some(survey) = asked
        .map_err(of_survey)?
        .filter(|_| later < end && dice.below(10) < 6)
    else {
        return Ok(());
    };
    clock.set(later);
    let (actor, seed) = (actor.clone(), dice.below(u64::MAX));
    let answered = db.write(move |tx| {
        let dice = Ids::seeded(seed);
        answer(tx, &actor, survey.clone(), &dice)
    });
    answered.await.map_err(of_survey)
}

fn of_survey(error: SurveyError) -> TicketError {
    match error {
        SurveyError::Db(error) => error.into(),
        SurveyError::Ticket(error) => error,
        _ => TicketError::Unknown,
    }
}
