//! What is written into a setup, page by page, and what it makes in the end.

use kit::i18n::Text;
use kit::web::{Failure, Filled};

use super::{Hours, NewAgent, NewWorkspace, calendars};
use crate::doors::passwords::{self, Hashed, Password, Weakness};
use crate::permissions::Role;
use crate::workspaces;

/// A page of the setup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Who becomes the first administrator.
    Admin,
    /// What the workspace is called, its language and zone.
    Workspace,
    /// When it works.
    Hours,
    /// Whether it begins empty; the last page.
    Data,
}

/// The pages in their order.
pub const STEPS: [Step; 4] = [Step::Admin, Step::Workspace, Step::Hours, Step::Data];

/// All that a setup makes.
#[derive(Clone, Debug)]
pub struct Founding {
    /// The first administrator.
    pub admin: NewAgent,
    /// Their password; without one only a link lets them in again.
    pub password: Option<Hashed>,
    /// The workspace.
    pub workspace: NewWorkspace,
    /// When it works.
    pub hours: Hours,
    /// Whether it gets sample data.
    pub wants_samples: bool,
}

impl Step {
    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Workspace => "workspace",
            Self::Hours => "hours",
            Self::Data => "data",
        }
    }

    /// The step with this word.
    pub fn parse(word: &str) -> Option<Self> {
        STEPS.into_iter().find(|step| step.as_str() == word)
    }

    /// The one after it.
    pub fn next(self) -> Option<Self> {
        STEPS.into_iter().skip_while(|step| *step != self).nth(1)
    }

    /// The one before it.
    pub fn previous(self) -> Option<Self> {
        STEPS.into_iter().take_while(|step| *step != self).last()
    }

    /// Refuses the fields of this page that do not fit.
    pub(super) fn check(self, form: &mut Filled, t: &Text) {
        match self {
            Self::Admin => drop((admin(form, t), password(form, t))),
            Self::Workspace => drop(workspace(form, t)),
            Self::Hours => drop(calendars::hours_of(form, t)),
            Self::Data => {}
        }
    }
}

/// What the draft makes, or the first page with something wrong on it.
pub(super) fn founding(form: &mut Filled, t: &Text) -> Result<Founding, Step> {
    let admin = admin(form, t).ok_or(Step::Admin)?;
    let password = password(form, t).ok_or(Step::Admin)?;
    let workspace = workspace(form, t).ok_or(Step::Workspace)?;
    let hours = calendars::hours_of(form, t).ok_or(Step::Hours)?;
    Ok(Founding {
        admin,
        password: Some(password),
        workspace,
        hours,
        wants_samples: form.value("data") == "samples",
    })
}

fn admin(form: &mut Filled, t: &Text) -> Option<NewAgent> {
    let (name, email) = (form.value("admin.name").trim(), form.value("admin.email").trim());
    let (has_name, has_address) = (
        (1..=200).contains(&name.chars().count()),
        crate::agents::is_address(email),
    );
    let new = NewAgent {
        name: name.to_owned(),
        email: email.to_owned(),
        role: Role::Admin,
    };
    if !has_name {
        form.refuse("admin.name", t.say("setup-failure-name"));
    }
    if !has_address {
        form.refuse("admin.email", t.say("setup-failure-email"));
    }
    (has_name && has_address).then_some(new)
}

/// The field in which a password is typed; it is never kept.
pub(super) const PASSWORD: &str = "admin.password";
/// Under which name the draft keeps what is stored of a password.
pub(super) const HASH: &str = "admin.password_hash";

/// What keeps the typed password from being taken, if anything does.
pub(super) fn weakness(form: &Filled, typed: &Password) -> Option<Weakness> {
    let about = [form.value("admin.name"), form.value("admin.email")];
    passwords::check(typed, &about).err()
}

fn password(form: &mut Filled, t: &Text) -> Option<Hashed> {
    let hash = form.value(HASH);
    if !hash.is_empty() {
        return Some(Hashed::from_row(hash.to_owned()));
    }
    if form.error(PASSWORD).is_empty() {
        form.refuse(PASSWORD, t.say("setup-failure-password"));
    }
    None
}

fn workspace(form: &mut Filled, t: &Text) -> Option<NewWorkspace> {
    match workspaces::web::text_of(form).checked() {
        Ok(new) => Some(new),
        Err(error) => {
            workspaces::web::refuse(form, &Failure::from(error), t);
            None
        }
    }
}
