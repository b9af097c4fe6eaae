//! What the template of the work page takes.

use askama::Template;
use kit::i18n::Text;
use kit::jobs::admin::{JobRow, State};
use kit::web::Tab;

#[derive(Template)]
#[template(path = "work/views/failed.html")]
pub(super) struct FailedPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) failed: i64,
}

#[derive(Template)]
#[template(path = "work/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) jobs: Vec<JobRow>,
    pub(super) next: Option<String>,
    pub(super) may_change: bool,
}

impl ListPage<'_> {
    fn tone(&self, job: &JobRow) -> &'static str {
        match job.state {
            State::Done => "good",
            State::Running => "info",
            State::Dead => "bad",
            State::Ready if job.attempts > 0 => "warn",
            State::Ready | State::Cancelled => "",
        }
    }

    fn icon(&self, job: &JobRow) -> &'static str {
        match job.state {
            State::Done => "circle-check",
            State::Running => "rotate-cw",
            State::Dead => "circle-alert",
            State::Ready => "clock",
            State::Cancelled => "ban",
        }
    }

    fn state(&self, job: &JobRow) -> String {
        match job.state {
            State::Running if job.is_cancel_asked => self.t.say("work-stopping"),
            state => self.t.say(word(state)),
        }
    }
}

/// The key of a state's name.
pub(super) fn word(state: State) -> &'static str {
    match state {
        State::Ready => "work-ready",
        State::Running => "work-running",
        State::Done => "work-done",
        State::Dead => "work-dead",
        State::Cancelled => "work-cancelled",
    }
}
