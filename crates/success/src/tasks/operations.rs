//! What the API's document says of tasks.

use kit::web::api::{Listed, Operation, Precondition};

use super::TaskId;
use super::documents::{ChangeDocument, ListQuery, StateInput, TaskDocument, TaskInput};
use super::failures::{ACCOUNT, CONTACT, DOUBLE, DUE, EVIDENCE, OWNER, TITLE, WORDS};

const PART: &str = "Tasks";

/// `GET /api/v1/tasks`
pub const LIST: Operation = Operation::new(
    PART,
    "List tasks",
    "Open ones by their days, those without one last; done and dropped ones by when that was, the last first.",
)
.asks::<ListQuery>()
.gives::<Listed<TaskDocument>>();

/// `POST /api/v1/tasks`
pub const ADD: Operation = Operation::new(
    PART,
    "Add a task",
    "For an account or none, until a day, or so many working days from today by the workspace's calendar.",
)
.takes::<TaskInput>()
.makes::<TaskDocument>()
.fails(&[
    &TITLE, &WORDS, &ACCOUNT, &CONTACT, &EVIDENCE, &OWNER, &DOUBLE, &DUE,
]);

/// `GET /api/v1/tasks/{id}`
pub const SHOW: Operation = Operation::new(PART, "Show a task", "Open or not.")
    .of::<TaskId>()
    .shows::<TaskDocument>();

/// `PUT /api/v1/tasks/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a task",
    "All that can be written of it; whether it is done has an address of its own.",
)
.of::<TaskId>()
.takes::<TaskInput>()
.shows::<TaskDocument>()
.held_by(Precondition::Required)
.fails(&[
    &TITLE, &WORDS, &ACCOUNT, &CONTACT, &EVIDENCE, &OWNER, &DOUBLE, &DUE,
]);

/// `PUT /api/v1/tasks/{id}/state`
pub const SETTLE: Operation = Operation::new(
    PART,
    "Do, drop or reopen a task",
    "Said twice it keeps who said it first.",
)
.of::<TaskId>()
.takes::<StateInput>()
.shows::<TaskDocument>();

/// `GET /api/v1/tasks/{id}/changes`
pub const CHANGES: Operation =
    Operation::new(PART, "List a task's changes", "The newest first, 200 at most.")
        .of::<TaskId>()
        .gives::<Listed<ChangeDocument>>();
