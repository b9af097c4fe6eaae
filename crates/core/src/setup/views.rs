//! What the templates of the setup take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::draft::HASH;
use super::{Finished, STEPS, Step};
use crate::calendars::HoursFields;
use crate::doors::passwords::SHORTEST;
use crate::workspaces::WorkspaceFields;

#[derive(Template)]
#[template(path = "setup/views/step.html")]
pub(super) struct StepPage<'a> {
    pub(super) t: &'a Text,
    pub(super) link: &'a str,
    pub(super) step: Step,
    pub(super) form: &'a Filled,
    pub(super) workspace: WorkspaceFields<'a>,
    pub(super) hours: HoursFields<'a>,
}

impl StepPage<'_> {
    fn has_password(&self) -> bool {
        !self.form.value(HASH).is_empty()
    }

    fn password_hint(&self) -> String {
        if self.has_password() {
            return self.t.say("setup-password-kept");
        }
        let shortest = kit::args!(shortest = SHORTEST);
        self.t.say_with("security-new-password-hint", shortest)
    }

    fn steps(&self) -> [Step; 4] {
        STEPS
    }

    fn name(&self, step: &Step) -> String {
        self.t.say(match step {
            Step::Admin => "setup-step-admin",
            Step::Workspace => "setup-step-workspace",
            Step::Hours => "setup-step-hours",
            Step::Data => "setup-step-data",
        })
    }

    /// Whether the page lies behind the present one, so that a link may lead back.
    fn is_before(&self, step: &Step) -> bool {
        STEPS
            .iter()
            .take_while(|one| **one != self.step)
            .any(|one| one == step)
    }
}

#[derive(Template)]
#[template(path = "setup/views/over.html")]
pub(super) struct OverPage<'a> {
    pub(super) t: &'a Text,
    pub(super) finished: Option<Finished>,
}
