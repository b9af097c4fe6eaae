//! Playbooks as programs see them.

use kit::day::Day;
use kit::web::api::Limit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::permissions::Permission;

mod samples;
#[cfg(test)]
mod tests;

use super::preview::Shown;
use super::{
    Content, FieldChange, Fired, Mailed, Playbook, PlaybookId, Reached, Run, RunId, RunState, Status,
};

/// A written way to act.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Playbook")]
pub struct PlaybookDocument {
    /// Its id.
    pub(super) id: PlaybookId,
    /// Its name.
    pub(super) name: String,
    /// Whether it begins runs.
    pub(super) status: Status,
    /// The newest version.
    pub(super) version: i64,
    /// The version in force; null before it was published.
    pub(super) published: Option<i64>,
    /// What the newest version says.
    pub(super) content: Content,
    /// When it was last changed: microseconds since 1970-01-01 UTC.
    pub(super) changed_at: i64,
    /// Who changed it.
    pub(super) changed_by: String,
}

/// What a program says of a playbook.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaybookInput {
    /// Its name.
    #[schemars(length(min = 1, max = 80))]
    pub(super) name: String,
    /// What it says.
    pub(super) content: Content,
}

/// One use of a playbook at an account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PlaybookRun")]
pub struct RunDocument {
    /// Its id.
    pub(super) id: RunId,
    /// Of which playbook.
    pub(super) playbook: PlaybookId,
    /// Of which of its versions.
    pub(super) version: i64,
    /// At which account.
    pub(super) account: AccountId,
    /// Where it is.
    pub(super) state: RunState,
    /// The step it stands at, from 0.
    pub(super) step: i64,
    /// Until when it waits: microseconds since 1970-01-01 UTC; null while it does not.
    pub(super) wait_until: Option<i64>,
    /// The task that it waits for.
    pub(super) waits_for: Option<String>,
    /// What began it: `hand`, `renewal`, `date`, or the name of an event.
    pub(super) cause: String,
    /// What it ended by: `steps`, `hand`, `band`, `alert`, `segment` or `closed`; null while it runs.
    pub(super) why: Option<String>,
    /// When it began: microseconds since 1970-01-01 UTC.
    pub(super) began_at: i64,
    /// Who began it.
    pub(super) began_by: String,
    /// When it ended: microseconds since 1970-01-01 UTC.
    pub(super) ended_at: Option<i64>,
    /// Who ended it.
    pub(super) ended_by: Option<String>,
}

/// What became of a step of a run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PlaybookRunStep")]
pub struct StepDocument {
    /// Which step, from 0.
    pub(super) number: i64,
    /// Its kind.
    pub(super) kind: String,
    /// What became of it: `done`, `waiting`, `waited`, `yes`, `no`, `failed`, `left` where a person was done with it otherwise, or
    /// `undone`.
    pub(super) outcome: String,
    /// The id of what it made or waits for.
    pub(super) subject: Option<String>,
    /// When it was reached: microseconds since 1970-01-01 UTC.
    pub(super) reached_at: i64,
    /// The field that it gave another value, with what stood there before; null where it changed none.
    pub(super) change: Option<FieldChange>,
}

/// A mail of a run to one contact.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PlaybookMail")]
pub struct MailDocument {
    /// Of which step, from 0.
    pub(super) number: i64,
    /// To whom; null for who may not see contacts.
    pub(super) contact: Option<ContactId>,
    /// What became of it when it was written: `written`, `missing` where it lacked values, `no_way` where no mailbox sends,
    /// `no_address`, `suppressed` where their address takes no mail, `too_many` where they got too many by themselves today.
    pub(super) outcome: String,
    /// The conversation in which an answer comes back; null for who may not see tickets.
    pub(super) conversation: Option<String>,
    /// What became of it since: `waiting`, `sent`, `failed`, `unknown`, `withdrawn` or `answered`; null for who may not see
    /// tickets.
    pub(super) fate: Option<String>,
    /// When: microseconds since 1970-01-01 UTC.
    pub(super) written_at: i64,
}

/// To whom the mail goes that a run waits with.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlaybookMailInput")]
pub struct MailInput {
    /// A contact who is at the account.
    pub(super) contact: ContactId,
}

/// What is taken back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlaybookUndoInput")]
pub struct UndoInput {
    /// What this step set, from 0.
    pub(super) step: i64,
}

/// Of which mail, and at which account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewQuery {
    /// The number of the step, from 1; the first mail unless told.
    #[serde(default)]
    pub(super) step: u32,
    /// The account; the first by name unless told.
    pub(super) account: Option<AccountId>,
}

/// A mail as it would go out.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PlaybookPreview")]
pub struct PreviewDocument {
    /// To whom.
    pub(super) contact: ContactId,
    /// In a line what it is about; null where values are missing.
    pub(super) subject: Option<String>,
    /// What it says; null where values are missing.
    pub(super) words: Option<String>,
    /// The variables that have no value; `subject` or `words` where that would be empty or too long.
    pub(super) missing: Vec<String>,
    /// What is in the way: `no_way`, `no_address`, `suppressed` or `too_many`.
    pub(super) hindrance: Option<String>,
}

/// Which playbook begins.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlaybookRunInput")]
pub struct RunInput {
    /// Which playbook.
    pub(super) playbook: PlaybookId,
}

/// Which part of the runs.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunsQuery {
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// How far back a dry run looks.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastQuery {
    /// So many days, from 1 to 365: what is beyond stands for those; 90 unless told.
    #[serde(default = "quarter")]
    pub(super) days: i64,
}

fn quarter() -> i64 {
    90
}

/// An account for which a playbook would have begun.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PlaybookFired")]
pub struct FiredDocument {
    /// The account.
    pub(super) account: AccountId,
    /// Its name.
    pub(super) name: String,
    /// On which days.
    pub(super) days: Vec<Day>,
    /// Whether it would have been left alone.
    pub(super) is_held_out: bool,
}

impl From<Playbook> for PlaybookDocument {
    fn from(one: Playbook) -> Self {
        Self {
            id: one.id,
            name: one.name,
            status: one.status,
            version: one.version,
            published: one.published,
            content: one.content,
            changed_at: one.changed_at.0,
            changed_by: one.changed_by,
        }
    }
}

impl From<Run> for RunDocument {
    fn from(run: Run) -> Self {
        let (ended_at, ended_by) = run.ended.unzip();
        Self {
            id: run.id,
            playbook: run.playbook,
            version: run.version,
            account: run.account,
            state: run.state,
            step: run.step,
            wait_until: run.wait_until.map(|at| at.0),
            waits_for: Some(run.waits_for).filter(|id| !id.is_empty()),
            cause: run.cause,
            why: Some(run.why).filter(|why| !why.is_empty()),
            began_at: run.began_at.0,
            began_by: run.began_by,
            ended_at: ended_at.map(|at| at.0),
            ended_by,
        }
    }
}

impl From<Reached> for StepDocument {
    fn from(reached: Reached) -> Self {
        Self {
            number: reached.number,
            kind: reached.kind,
            outcome: reached.outcome,
            subject: Some(reached.subject).filter(|id| !id.is_empty()),
            reached_at: reached.at.0,
            change: reached.change,
        }
    }
}

impl MailDocument {
    /// A mail as far as a reader may see it.
    pub(super) fn of(mail: Mailed, reader: &Actor) -> Self {
        let sees_tickets = reader.may(Permission::TicketsRead);
        Self {
            number: mail.number,
            contact: Some(mail.contact).filter(|_| reader.may(Permission::ContactsRead)),
            outcome: mail.outcome,
            conversation: Some(mail.conversation).filter(|id| sees_tickets && !id.is_empty()),
            fate: mail
                .fate
                .filter(|_| sees_tickets)
                .map(|fate| fate.as_str().to_owned()),
            written_at: mail.at.0,
        }
    }
}

impl From<Shown> for PreviewDocument {
    fn from(mail: Shown) -> Self {
        let (said, missing) = match mail.said {
            Ok(said) => (Some(said), Vec::new()),
            Err(missing) => (None, missing),
        };
        let (subject, words) = said.unzip();
        Self {
            contact: mail.contact,
            subject,
            words,
            missing,
            hindrance: mail.hindrance.map(|hindrance| hindrance.as_str().to_owned()),
        }
    }
}

impl From<Fired> for FiredDocument {
    fn from(fired: Fired) -> Self {
        Self {
            account: fired.account,
            name: fired.name,
            days: fired.days,
            is_held_out: fired.is_held_out,
        }
    }
}
