//! What the API's document says about agents.

use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::AgentId;
use super::api::{AgentDocument, AgentRoleInput, MachineInput};
use super::failures::{LAST_ADMIN, NAME, ROLE};

const PART: &str = "Agents";

/// `GET /api/v1/agents`
pub const LIST: Operation = Operation::new(
    PART,
    "List agents",
    "Everybody who works here, and the machines, by name; those without access last. The list is whole.",
)
.gives::<Listed<AgentDocument>>();

/// `POST /api/v1/agents`
pub const ADD_MACHINE: Operation = Operation::new(
    PART,
    "Add a machine",
    "An agent for a program: it signs in nowhere and acts by its tokens only, which are made for it with `POST /api/v1/tokens`. People are \
     invited.",
)
.takes::<MachineInput>()
.makes::<AgentDocument>()
.fails(&[&NAME, &ROLE]);

/// `GET /api/v1/agents/{id}`
pub const SHOW: Operation = Operation::new(PART, "Show an agent", "A member of staff, or a machine.")
    .of::<AgentId>()
    .shows::<AgentDocument>();

/// `PUT /api/v1/agents/{id}/role`
pub const CHANGE_ROLE: Operation = Operation::new(
    PART,
    "Give an agent another role",
    "It holds from the agent's next request on. Nobody gives more than they have, and one person at least can always manage the workspace.",
)
.of::<AgentId>()
.takes::<AgentRoleInput>()
.shows::<AgentDocument>()
.held_by(Precondition::Optional)
.fails(&[&ROLE, &LAST_ADMIN]);

/// `PUT /api/v1/agents/{id}/deactivation`
pub const DEACTIVATE: Operation = Operation::new(
    PART,
    "Take an agent's access away",
    "Their sessions and tokens end with it.",
)
.of::<AgentId>()
.shows::<AgentDocument>()
.held_by(Precondition::Optional)
.fails(&[&LAST_ADMIN]);

/// `DELETE /api/v1/agents/{id}/deactivation`
pub const REACTIVATE: Operation = Operation::new(
    PART,
    "Give an agent their access back",
    "Sessions and tokens that ended stay ended.",
)
.of::<AgentId>()
.shows::<AgentDocument>()
.held_by(Precondition::Optional);

impl Sample for AgentRoleInput {
    fn sample() -> Self {
        Self {
            role: "support_lead".to_owned(),
        }
    }
}

impl Sample for MachineInput {
    fn sample() -> Self {
        Self {
            name: "Nightly import".to_owned(),
            role: "success_manager".to_owned(),
        }
    }
}

impl Sample for AgentDocument {
    fn sample() -> Self {
        Self {
            id: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Piotr Nowak".to_owned(),
            email: Some("piotr@northwind.example".to_owned()),
            role: "support_agent".to_owned(),
            is_active: true,
            is_machine: false,
            created_at: 1_772_442_000_000_000,
        }
    }
}
