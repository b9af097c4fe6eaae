//! What the API's document says of playbooks.

use kit::web::api::{Listed, Operation, Precondition};
use tandem_core::accounts::AccountId;

use super::documents::{
    FiredDocument, MailDocument, MailInput, PastQuery, PlaybookDocument, PlaybookInput, PreviewDocument,
    PreviewQuery, RunDocument, RunInput, RunsQuery, StepDocument, UndoInput,
};
use super::effect::Effect;
use super::failures::{
    ABOUT, ACCOUNT, CHANGED_SINCE, CONTACT, COOLDOWN, GOAL, HINDERED, HOLDOUT, MISSING, NAME, NOT_ACTIVE,
    NOT_WAITING, RANGE, RUNG, RUNNING, STEP, STEPS, TRIGGER, VARIABLE,
};
use super::{PlaybookId, RunId};

const PART: &str = "Playbooks";

/// `GET /api/v1/playbooks`
pub const LIST: Operation = Operation::new(PART, "List playbooks", "Those that are not removed, by name.")
    .gives::<Listed<PlaybookDocument>>();

/// `POST /api/v1/playbooks`
pub const ADD: Operation = Operation::new(
    PART,
    "Add a playbook",
    "As a draft: it begins no runs before it is published.",
)
.takes::<PlaybookInput>()
.makes::<PlaybookDocument>()
.fails(&[
    &NAME, &ABOUT, &TRIGGER, &RANGE, &RUNG, &HOLDOUT, &COOLDOWN, &STEPS, &STEP, &VARIABLE, &GOAL,
]);

/// `GET /api/v1/playbooks/{id}`
pub const SHOW: Operation = Operation::new(PART, "Show a playbook", "With what its newest version says.")
    .of::<PlaybookId>()
    .shows::<PlaybookDocument>();

/// `PUT /api/v1/playbooks/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a playbook",
    "Makes a version; what is published stays in force until the change is published too.",
)
.of::<PlaybookId>()
.takes::<PlaybookInput>()
.shows::<PlaybookDocument>()
.held_by(Precondition::Required)
.fails(&[
    &NAME, &ABOUT, &TRIGGER, &RANGE, &RUNG, &HOLDOUT, &COOLDOWN, &STEPS, &STEP, &VARIABLE, &GOAL,
]);

/// `DELETE /api/v1/playbooks/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove a playbook",
    "Its runs stand still and are kept. Removed twice it changes nothing.",
)
.of::<PlaybookId>()
.shows::<PlaybookDocument>();

/// `PUT /api/v1/playbooks/{id}/publication`
pub const PUBLISH: Operation = Operation::new(
    PART,
    "Publish a playbook",
    "Puts its newest version in force; runs that were begun keep theirs.",
)
.of::<PlaybookId>()
.shows::<PlaybookDocument>();

/// `DELETE /api/v1/playbooks/{id}/publication`
pub const PAUSE: Operation = Operation::new(
    PART,
    "Pause a playbook",
    "It begins no runs, and those that were begun stand still until it is published again.",
)
.of::<PlaybookId>()
.shows::<PlaybookDocument>();

/// `GET /api/v1/playbooks/{id}/runs`
pub const RUNS: Operation = Operation::new(PART, "List a playbook's runs", "The newest first.")
    .of::<PlaybookId>()
    .asks::<RunsQuery>()
    .gives::<Listed<RunDocument>>();

/// `GET /api/v1/playbooks/{id}/dry-run`
pub const PAST: Operation = Operation::new(
    PART,
    "Try a playbook on the past",
    "For whom it would have begun in the last days, without doing anything; conditions are asked of accounts as they are today.",
)
.of::<PlaybookId>()
.asks::<PastQuery>()
.gives::<Listed<FiredDocument>>();

/// `POST /api/v1/accounts/{id}/playbook-runs`
pub const START: Operation = Operation::new(
    PART,
    "Start a playbook at an account",
    "By hand: conditions, hold-out and the time between runs are not asked.",
)
.of::<AccountId>()
.takes::<RunInput>()
.makes::<RunDocument>()
.fails(&[&ACCOUNT, &NOT_ACTIVE, &RUNNING]);

/// `GET /api/v1/playbook-runs/{id}`
pub const RUN: Operation = Operation::new(PART, "Show a run", "Where it is, and what it waits for.")
    .of::<RunId>()
    .shows::<RunDocument>();

/// `GET /api/v1/playbook-runs/{id}/steps`
pub const STEPS_OF: Operation =
    Operation::new(PART, "List a run's steps", "What became of each that it reached.")
        .of::<RunId>()
        .gives::<Listed<StepDocument>>();

/// `PUT /api/v1/playbook-runs/{id}/stop`
pub const STOP: Operation = Operation::new(
    PART,
    "Stop a run",
    "Its tasks stay. Stopped twice it keeps who stopped it first.",
)
.of::<RunId>()
.shows::<RunDocument>();

/// `DELETE /api/v1/playbook-runs/{id}/stop`
pub const RESUME: Operation = Operation::new(PART, "Let a run go on", "Where it was when it was stopped.")
    .of::<RunId>()
    .shows::<RunDocument>()
    .fails(&[&RUNNING]);

/// `GET /api/v1/playbooks/{id}/effect`
pub const EFFECT: Operation = Operation::new(
    PART,
    "Show what a playbook changed",
    "Those it began with beside those it left alone on purpose, counted where chance put them; nothing is claimed while the interval of the difference holds zero.",
)
.of::<PlaybookId>()
.shows::<Effect>();

/// `GET /api/v1/playbooks/{id}/preview`
pub const PREVIEW: Operation = Operation::new(
    PART,
    "Show a mail before it goes out",
    "To each of those whom a mail of the newest version is for at an account; nothing is sent.",
)
.of::<PlaybookId>()
.asks::<PreviewQuery>()
.gives::<Listed<PreviewDocument>>();

/// `GET /api/v1/playbook-runs/{id}/mails`
pub const MAILS: Operation = Operation::new(
    PART,
    "List a run's mails",
    "What became of each, by whom it was for.",
)
.of::<RunId>()
.gives::<Listed<MailDocument>>();

/// `POST /api/v1/playbook-runs/{id}/mails`
pub const SEND: Operation = Operation::new(
    PART,
    "Send the mail that a run waits with",
    "To somebody at the account; the run goes on. Sent twice to the same contact it goes out once.",
)
.of::<RunId>()
.takes::<MailInput>()
.shows::<RunDocument>()
.fails(&[&NOT_WAITING, &CONTACT, &MISSING, &HINDERED]);

/// `POST /api/v1/playbook-runs/{id}/undo`
pub const UNDO: Operation = Operation::new(
    PART,
    "Take back what a step set",
    "While it still stands there; taken back twice it changes nothing.",
)
.of::<RunId>()
.takes::<UndoInput>()
.shows::<RunDocument>()
.fails(&[&CHANGED_SINCE]);
