//! What the API's document says about invitations.

use kit::web::api::{Listed, Operation, Sample};

use super::InvitationId;
use super::api::{InvitationDocument, InvitationInput, RenewalInput};
use crate::agents::failures::{EMAIL, EMAIL_TAKEN, NAME, ROLE};

const PART: &str = "Invitations";

/// `GET /api/v1/invitations`
pub const LIST: Operation = Operation::new(
    PART,
    "List invitations",
    "Those that wait, the newest first. The list is whole.",
)
.gives::<Listed<InvitationDocument>>();

/// `POST /api/v1/invitations`
pub const CREATE: Operation = Operation::new(
    PART,
    "Invite somebody",
    "A letter brings the link; without a mail server, or where it is wanted, the answer holds it, and nothing else shows it. Nobody gives a role that may do more than they.",
)
.takes::<InvitationInput>()
.makes::<InvitationDocument>()
.without_tag()
.fails(&[&NAME, &EMAIL, &EMAIL_TAKEN, &ROLE]);

/// `POST /api/v1/invitations/{id}/renewal`
pub const RENEW: Operation = Operation::new(
    PART,
    "Give an invitation a new link",
    "It gets a new week, and the link before leads nowhere.",
)
.of::<InvitationId>()
.takes::<RenewalInput>()
.shows::<InvitationDocument>()
.without_tag();

/// `DELETE /api/v1/invitations/{id}`
pub const REVOKE: Operation = Operation::new(
    PART,
    "Take an invitation back",
    "Its link leads nowhere from then on.",
)
.of::<InvitationId>();

impl Sample for InvitationInput {
    fn sample() -> Self {
        Self {
            email: "piotr@northwind.example".to_owned(),
            name: "Piotr Nowak".to_owned(),
            role: "support_agent".to_owned(),
            teams: Vec::new(),
            wants_link: false,
        }
    }
}

impl Sample for InvitationDocument {
    fn sample() -> Self {
        let InvitationInput {
            email,
            name,
            role,
            teams,
            ..
        } = InvitationInput::sample();
        Self {
            id: "inv_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            email,
            name,
            role,
            teams,
            created_at: 1_772_442_000_000_000,
            expires_at: 1_773_046_800_000_000,
            link: None,
        }
    }
}

impl Sample for RenewalInput {
    fn sample() -> Self {
        Self { wants_link: true }
    }
}
