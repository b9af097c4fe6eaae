//! What the templates of back-fills take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};
use tandem_core::imports::writing::DayOrder;

use super::files::Tried;
use super::model::{Backfill, Form, RefusedLine, State};
use super::table::Slot;
use crate::usage::protocol::{Event, Reason};

/// Two events as a file has them.
const EXAMPLE: &str = r#"{"type":"track","userId":"u-1","event":"Report opened","timestamp":"2025-03-02T09:00:00Z","context":{"groupId":"acme"}}
{"type":"identify","userId":"u-1","traits":{"email":"ada@acme.example"},"timestamp":"2025-03-02T09:00:00Z"}"#;

/// The word, the icon and the tone of a state.
fn badge(state: State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Draft => ("usage-backfills-state-draft", "pencil", ""),
        State::Running => ("usage-backfills-state-running", "rotate-cw", "info"),
        State::Paused => ("usage-backfills-state-paused", "hourglass", "warn"),
        State::Done => ("usage-backfills-state-done", "circle-check", "good"),
        State::Failed => ("usage-backfills-state-failed", "circle-alert", "bad"),
    }
}

/// The order of days that a form names.
pub(super) fn days_named(word: &str) -> Option<DayOrder> {
    match word {
        "day_first" => Some(DayOrder::DayFirst),
        "month_first" => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// What is asked about how times write days; nothing where the file says it.
pub(super) fn days(t: &Text, backfill: &Backfill) -> Vec<Choice> {
    let Some(order) = backfill.days() else {
        return Vec::new();
    };
    let choice = |word: &str, text: &str, of| Choice::new(word, t.say(text)).chosen_if(order == of);
    vec![
        choice("unclear", "usage-backfills-choose", DayOrder::Unclear),
        choice("day_first", "usage-backfills-day-first", DayOrder::DayFirst),
        choice("month_first", "usage-backfills-month-first", DayOrder::MonthFirst),
    ]
}

/// The columns of a table, what stands in them, and where they can go.
pub(super) fn columns(t: &Text, backfill: &Backfill, cells: &[Vec<String>]) -> Vec<ColumnRow> {
    let columns = backfill.layout.columns.iter().enumerate().map(|(place, title)| {
        let mapped = backfill.mapping.get(place).copied().flatten();
        let property = Choice::new("", t.say("usage-backfills-slot-property")).chosen_if(mapped.is_none());
        let slot = |slot: Slot| {
            let text = t.say(&format!("usage-backfills-slot-{}", slot.as_str()));
            Choice::new(slot.as_str(), text).chosen_if(mapped == Some(slot))
        };
        let said = cells
            .iter()
            .filter_map(|row| row.get(place))
            .map(|cell| cell.trim());
        let said: Vec<&str> = said.filter(|cell| !cell.is_empty()).take(3).collect();
        ColumnRow {
            name: format!("column-{place}"),
            title: title.clone(),
            samples: said.join(" · "),
            slots: std::iter::once(property)
                .chain(Slot::ALL.into_iter().map(slot))
                .collect(),
        }
    });
    columns.collect()
}

#[derive(Template)]
#[template(path = "usage/backfill/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) backfills: Vec<Backfill>,
    pub(super) next: Option<String>,
    pub(super) is_first: bool,
}

impl ListPage<'_> {
    fn badge(&self, backfill: &Backfill) -> (&'static str, &'static str, &'static str) {
        badge(backfill.state)
    }

    pub(super) fn actions(&self) -> ListActions<'_> {
        ListActions { t: self.t }
    }
}

#[derive(Template)]
#[template(path = "usage/backfill/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

#[derive(Template)]
#[template(path = "usage/backfill/views/upload.html")]
pub(super) struct UploadPage<'a> {
    pub(super) t: &'a Text,
    pub(super) sources: Vec<Choice>,
    pub(super) form: &'a Filled,
}

impl UploadPage<'_> {
    /// What lines look like.
    fn example(&self) -> &'static str {
        EXAMPLE
    }
}

/// A column of the file, and where it goes.
pub(super) struct ColumnRow {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) samples: String,
    pub(super) slots: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "usage/backfill/views/draft.html")]
pub(super) struct DraftPage<'a> {
    pub(super) t: &'a Text,
    pub(super) backfill: &'a Backfill,
    pub(super) columns: Vec<ColumnRow>,
    pub(super) tried: Vec<Tried>,
    pub(super) days: Vec<Choice>,
    pub(super) until: String,
    pub(super) form: &'a Filled,
}

impl DraftPage<'_> {
    fn is_table(&self) -> bool {
        self.backfill.layout.form == Form::Table
    }

    /// How many of the first lines are events.
    fn fitting(&self) -> i64 {
        let fitting = self.tried.iter().filter(|one| one.outcome.is_ok()).count();
        i64::try_from(fitting).unwrap_or_default()
    }

    fn looked_at(&self) -> i64 {
        i64::try_from(self.tried.len()).unwrap_or_default()
    }

    fn who(&self, event: &Event) -> String {
        let person = &event.person;
        let known = person.user.as_ref().or(person.anonymous.as_ref());
        known.cloned().unwrap_or_default()
    }

    fn event<'o>(&self, one: &'o Tried) -> Option<&'o Event> {
        one.outcome.as_ref().ok()
    }

    /// Whether somebody has to say how the file writes days.
    fn is_unclear(&self) -> bool {
        self.backfill.days() == Some(DayOrder::Unclear)
    }

    /// What is wrong with how days are written; said before anybody tries it.
    fn days_error(&self) -> String {
        match self.form.error("days") {
            "" if self.is_unclear() => self.unclear(),
            error => error.to_owned(),
        }
    }

    fn unclear(&self) -> String {
        self.t.say("usage-backfills-failure-unclear")
    }

    /// Why a line is no event, in the reader's words.
    fn reason(&self, one: &Tried) -> String {
        let refused = one.outcome.as_ref().err();
        if self.is_unclear() && refused.is_some_and(|refused| refused.reason == Reason::BadTime) {
            return self.unclear();
        }
        refused
            .map(|refused| refused.reason.said(self.t, &refused.about))
            .unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "usage/backfill/views/backfill.html")]
pub(super) struct BackfillPage<'a> {
    pub(super) t: &'a Text,
    pub(super) backfill: &'a Backfill,
    pub(super) refused: Vec<RefusedLine>,
}

impl BackfillPage<'_> {
    fn badge(&self) -> (&'static str, &'static str, &'static str) {
        badge(self.backfill.state)
    }

    fn is_moving(&self) -> bool {
        matches!(self.backfill.state, State::Running | State::Paused)
    }

    /// Why it failed, in the reader's words.
    fn problem(&self) -> String {
        let word = self.backfill.problem.as_deref().unwrap_or("gone");
        self.t.say(&format!("usage-backfills-problem-{word}"))
    }

    fn reason(&self, refused: &RefusedLine) -> String {
        refused.reason.said(self.t, &refused.about)
    }

    fn remedy(&self, refused: &RefusedLine) -> String {
        refused.reason.remedy(self.t, &refused.about)
    }

    pub(super) fn actions(&self) -> BackfillActions<'_> {
        BackfillActions {
            t: self.t,
            backfill: self.backfill,
        }
    }
}

#[derive(Template)]
#[template(path = "usage/backfill/views/backfill_actions.html")]
pub(super) struct BackfillActions<'a> {
    t: &'a Text,
    backfill: &'a Backfill,
}

impl BackfillActions<'_> {
    fn is_running(&self) -> bool {
        self.backfill.state == State::Running
    }

    fn has_file(&self) -> bool {
        self.backfill.is_kept && self.backfill.counts.refused > 0
    }
}
