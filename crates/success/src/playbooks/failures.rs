//! How the failures of playbooks look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::PlaybookError;

const fn code(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const NAME: Code = code("playbook-name", "playbooks-failure-name");
pub(super) const ABOUT: Code = code("playbook-about", "playbooks-failure-about");
pub(super) const TRIGGER: Code = code("playbook-trigger", "playbooks-failure-trigger");
pub(super) const RANGE: Code = code("playbook-range", "playbooks-failure-range");
pub(super) const RUNG: Code = code("playbook-rung", "playbooks-failure-rung");
pub(super) const HOLDOUT: Code = code("playbook-holdout", "playbooks-failure-holdout");
pub(super) const COOLDOWN: Code = code("playbook-cooldown", "playbooks-failure-cooldown");
pub(super) const STEPS: Code = code("playbook-steps", "playbooks-failure-steps");
pub(super) const STEP: Code = code("playbook-step", "playbooks-failure-step");
pub(super) const VARIABLE: Code = code("playbook-variable", "playbooks-failure-variable");
pub(super) const GOAL: Code = code("playbook-goal", "playbooks-failure-goal");
pub(super) const CONTACT: Code = code("playbook-contact", "playbooks-failure-contact");
pub(super) const MISSING: Code = code("playbook-mail-missing", "playbooks-failure-missing");
pub(super) const HINDERED: Code = code("playbook-mail-hindered", "playbooks-failure-hindered");
pub(super) const ACCOUNT: Code = code("playbook-account", "playbooks-failure-account");
/// Only what is published begins runs.
pub(super) const NOT_ACTIVE: Code = Code::new(
    "playbook-not-active",
    StatusCode::CONFLICT,
    "playbooks-failure-not-active",
);
/// The run does not stand at a mail.
pub(super) const NOT_WAITING: Code = Code::new(
    "playbook-run-not-waiting",
    StatusCode::CONFLICT,
    "playbooks-failure-not-waiting",
);
/// Something else stands in the field by now.
pub(super) const CHANGED_SINCE: Code = Code::new(
    "playbook-changed-since",
    StatusCode::CONFLICT,
    "playbooks-failure-changed-since",
);
/// The account has a run already.
pub(super) const RUNNING: Code = Code::new(
    "playbook-running",
    StatusCode::CONFLICT,
    "playbooks-failure-running",
);
/// Somebody changed it since the sender saw it.
pub(super) const STALE: Code = Code::new("playbook-stale", StatusCode::CONFLICT, "playbooks-failure-stale");

impl From<PlaybookError> for Failure {
    fn from(error: PlaybookError) -> Self {
        let said = error.to_string();
        match error {
            PlaybookError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            PlaybookError::Unknown | PlaybookError::UnknownRun => Self::of(StatusCode::NOT_FOUND),
            PlaybookError::UnknownAccount => Self::field("account", &ACCOUNT),
            PlaybookError::Stale(_) => Self::new(&STALE),
            PlaybookError::BadName => Self::field("name", &NAME),
            PlaybookError::LongAbout => Self::field("about", &ABOUT),
            PlaybookError::BadTrigger => Self::field("trigger", &TRIGGER),
            PlaybookError::BadRange => Self::field("mrr_from", &RANGE),
            PlaybookError::UnknownRung => Self::field("stage", &RUNG),
            PlaybookError::BadHoldout => Self::field("holdout", &HOLDOUT),
            PlaybookError::BadCooldown => Self::field("cooldown", &COOLDOWN),
            PlaybookError::StepCount => Self::field("steps", &STEPS),
            PlaybookError::BadStep(_) => Self::field("steps", &STEP).detail(said),
            PlaybookError::UnknownVariable(..) => Self::field("steps", &VARIABLE).detail(said),
            PlaybookError::BadGoal => Self::field("goal", &GOAL),
            PlaybookError::NotWaiting => Self::new(&NOT_WAITING),
            PlaybookError::UnknownContact => Self::field("contact", &CONTACT),
            PlaybookError::Missing(_) => Self::field("contact", &MISSING).detail(said),
            PlaybookError::Hindered(_) => Self::field("contact", &HINDERED).detail(said),
            PlaybookError::ChangedSince => Self::new(&CHANGED_SINCE),
            PlaybookError::NotActive => Self::new(&NOT_ACTIVE),
            PlaybookError::Running => Self::new(&RUNNING),
            PlaybookError::Db(error) => error.into(),
        }
    }
}
