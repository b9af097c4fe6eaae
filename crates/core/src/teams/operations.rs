//! What the API's document says about teams.

use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::TeamId;
use super::api::{TeamDocument, TeamInput};
use super::failures::{MEMBER, NAME, TAKEN};

const PART: &str = "Teams";

/// `GET /api/v1/teams`
pub const LIST: Operation = Operation::new(
    PART,
    "List teams",
    "All teams of the workspace by name, archived ones last. The list is whole.",
)
.gives::<Listed<TeamDocument>>();

/// `POST /api/v1/teams`
pub const CREATE: Operation = Operation::new(PART, "Add a team", "No two teams have the same name.")
    .takes::<TeamInput>()
    .makes::<TeamDocument>()
    .fails(&[&NAME, &TAKEN, &MEMBER]);

/// `GET /api/v1/teams/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a team",
    "Its ETag is what a change names with If-Match.",
)
.of::<TeamId>()
.shows::<TeamDocument>();

/// `PUT /api/v1/teams/{id}`
pub const CHANGE: Operation = Operation::new(PART, "Change a team", "Replaces name and members.")
    .of::<TeamId>()
    .takes::<TeamInput>()
    .shows::<TeamDocument>()
    .held_by(Precondition::Required)
    .fails(&[&NAME, &TAKEN, &MEMBER]);

/// `PUT /api/v1/teams/{id}/archiving`
pub const ARCHIVE: Operation = Operation::new(
    PART,
    "Archive a team",
    "Archiving an archived team changes nothing.",
)
.of::<TeamId>()
.shows::<TeamDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/teams/{id}/archiving`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Take a team out of the archive",
    "A team that is not archived stays as it is.",
)
.of::<TeamId>()
.shows::<TeamDocument>()
.held_by(Precondition::Optional);

impl Sample for TeamInput {
    fn sample() -> Self {
        Self {
            name: "Night shift".to_owned(),
            members: vec!["agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")],
        }
    }
}

impl Sample for TeamDocument {
    fn sample() -> Self {
        let TeamInput { name, members } = TeamInput::sample();
        Self {
            id: "tem_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name,
            members,
            version: 3,
            created_at: 1_772_442_000_000_000,
            archived_at: None,
        }
    }
}
