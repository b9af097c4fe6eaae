//! How the failures of tickets look from outside.

use http::StatusCode;
use kit::blob::BlobError;
use kit::web::{Code, Failure};
use tandem_core::{fields, tags};

use super::TicketError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(crate) const SUBJECT: Code = Code::new("ticket-subject", WRONG, "tickets-failure-subject");
pub(crate) const BODY: Code = Code::new("ticket-body", WRONG, "tickets-failure-body");
pub(super) const WORD: Code = Code::new("ticket-word", WRONG, "tickets-failure-word");
/// An agent fills fields in before solving.
pub(crate) const UNANSWERED: Code = Code::new("ticket-unanswered", WRONG, "tickets-failure-unanswered");
pub(super) const SNOOZE: Code = Code::new("ticket-snooze", WRONG, "tickets-failure-snooze");
pub(crate) const AGENT: Code = Code::new("ticket-agent", WRONG, "tickets-failure-agent");
pub(super) const TEAM: Code = Code::new("ticket-team", WRONG, "tickets-failure-team");
pub(super) const ACCOUNT: Code = Code::new("ticket-account", WRONG, "tickets-failure-account");
pub(super) const CONTACT: Code = Code::new("ticket-contact", WRONG, "tickets-failure-contact");
pub(crate) const FILE: Code = Code::new("ticket-file", WRONG, "tickets-failure-file");
pub(super) const FILE_SENT: Code = Code::new(
    "ticket-file-sent",
    StatusCode::CONFLICT,
    "tickets-failure-file-sent",
);
pub(crate) const LARGE_FILE: Code = Code::new("ticket-large-file", WRONG, "tickets-failure-large-file");
pub(super) const OVERTAKEN: Code = Code::new(
    "ticket-overtaken",
    StatusCode::CONFLICT,
    "tickets-failure-overtaken",
);
pub(super) const MEANWHILE: Code = Code::new(
    "ticket-changed",
    StatusCode::CONFLICT,
    "tickets-failure-meanwhile",
);
const CONFLICT: StatusCode = StatusCode::CONFLICT;

pub(super) const NO_TICKET: Code = Code::new("ticket-other", WRONG, "connections-failure-ticket");
pub(super) const SAME_TICKET: Code = Code::new("ticket-same", WRONG, "connections-failure-same");
pub(super) const MERGED: Code = Code::new("ticket-merged", CONFLICT, "connections-failure-merged");
pub(super) const APART: Code = Code::new("ticket-apart", CONFLICT, "bins-failure-apart");
pub(super) const CIRCLE: Code = Code::new("ticket-circle", CONFLICT, "connections-failure-circle");
pub(super) const WHOLE: Code = Code::new("ticket-part", CONFLICT, "connections-failure-whole");
pub(super) const NOTHING_LEFT: Code =
    Code::new("ticket-nothing-left", CONFLICT, "connections-failure-nothing");
pub(super) const JOINT: Code = Code::new("ticket-connection", WRONG, "connections-failure-kind");

impl From<TicketError> for Failure {
    fn from(error: TicketError) -> Self {
        match error {
            TicketError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            TicketError::BadSubject => Self::field("subject", &SUBJECT),
            TicketError::BadBody => Self::field("body", &BODY),
            TicketError::BadHtml => Self::field("html", &BODY),
            TicketError::BadStatus => Self::field("status", &WORD),
            TicketError::BadPriority => Self::field("priority", &WORD),
            TicketError::BadKind | TicketError::BadMessage | TicketError::BadField => {
                Self::field("kind", &WORD)
            }
            TicketError::Unanswered(all) => {
                all.into_iter()
                    .fold(Self::new(&UNANSWERED), |failure, (key, label)| {
                        failure.pointer(
                            format!("/fields/{key}"),
                            format!("{label} is filled in before solving"),
                        )
                    })
            }
            TicketError::Unfit(all) => all
                .into_iter()
                .fold(Self::new(&fields::VALUES), |failure, (key, _)| {
                    failure.pointer(format!("/fields/{key}"), "does not fit the field")
                }),
            TicketError::BadSnooze => Self::field("snoozed_until", &SNOOZE),
            TicketError::NoAgent => Self::field("agent", &AGENT),
            TicketError::NoTeam => Self::field("team", &TEAM),
            TicketError::NoAccount => Self::field("account", &ACCOUNT),
            TicketError::NoContact => Self::field("contact", &CONTACT),
            TicketError::ManyTags => Self::field("tags", &tags::TOO_MANY),
            TicketError::BadFile => Self::field("files", &FILE),
            TicketError::FileSent => Self::new(&FILE_SENT),
            TicketError::LargeFile => Self::field("files", &LARGE_FILE),
            TicketError::Blob(BlobError::Interrupted(said)) => Self::of(StatusCode::BAD_REQUEST).detail(said),
            TicketError::Blob(error) => {
                tracing::error!(%error, "the store of files failed");
                Self::of(StatusCode::SERVICE_UNAVAILABLE)
            }
            TicketError::Overtaken(_) => Self::new(&OVERTAKEN),
            TicketError::ChangedMeanwhile => Self::new(&MEANWHILE),
            TicketError::NoTicket => Self::field("number", &NO_TICKET),
            TicketError::SameTicket => Self::field("number", &SAME_TICKET),
            TicketError::Merged(..) => Self::field("number", &MERGED).detail(error.to_string()),
            TicketError::Apart(_) => Self::new(&APART),
            TicketError::Circle => Self::field("number", &CIRCLE),
            TicketError::HasWhole => Self::field("number", &WHOLE),
            TicketError::NothingLeft => Self::new(&NOTHING_LEFT),
            TicketError::BadJoint => Self::field("kind", &JOINT),
            TicketError::Unknown => Self::of(StatusCode::NOT_FOUND),
            TicketError::Db(error) => error.into(),
        }
    }
}
