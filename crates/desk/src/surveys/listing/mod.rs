//! The answers of a time, the newest first, and what they come to.

pub(super) mod store;

use kit::clock::Timestamp;
use kit::db::Tx;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;
use tandem_core::teams::TeamId;

use super::SurveyId;
use super::model::{Ratings, Survey, SurveyError};

/// Which answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// From when on.
    pub from: Timestamp,
    /// Until before when.
    pub until: Timestamp,
    /// About tickets that were this agent's work.
    pub agent: Option<AgentId>,
    /// About tickets that were this team's work.
    pub team: Option<TeamId>,
    /// The lowest and the highest impression.
    pub impressions: (i64, i64),
    /// Whether only those who wrote something.
    pub with_comment: bool,
}

impl Filter {
    /// All answers of a time.
    pub const fn between(from: Timestamp, until: Timestamp) -> Self {
        Self {
            from,
            until,
            agent: None,
            team: None,
            impressions: (-2, 2),
            with_comment: false,
        }
    }
}

/// A place in the list of answers.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Cursor {
    /// When the last one shown was given.
    pub at: Timestamp,
    /// The last one shown.
    pub id: SurveyId,
}

impl Cursor {
    /// The place after a survey.
    pub fn after(last: &Survey) -> Self {
        Self {
            at: last.answer.as_ref().map_or(last.asked_at, |answer| answer.at),
            id: last.id,
        }
    }
}

/// What the answers of a time come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// How many were asked in that time.
    pub asked: i64,
    /// How many of those have answered by now.
    pub answered: i64,
    /// The answers given in that time, by question and scale.
    pub ratings: Vec<Ratings>,
}

/// Answered surveys, the newest answer first.
///
/// # Errors
/// A missing permission, or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Survey>, SurveyError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::list(tx, actor.workspace, filter, after, limit)?)
}

/// What the answers of a time come to; of a filter, time, agent and team count.
///
/// # Errors
/// As of [`list`].
pub fn figures(tx: &mut Tx<'_>, actor: &Actor, filter: &Filter) -> Result<Figures, SurveyError> {
    actor.must(Permission::TicketsRead)?;
    let (asked, answered) = store::response(tx, actor.workspace, filter)?;
    Ok(Figures {
        asked,
        answered,
        ratings: store::ratings(tx, actor.workspace, filter)?,
    })
}
