//! What the templates of imports take.

use askama::Template;
use kit::csv::{Charset, Dialect};
use kit::i18n::Text;
use kit::text::fold;
use kit::web::Choice;

use super::files::Tried;
use super::target::{CODES, Refusal, Slot, Slots, Taken, Target};
use super::{Import, Left, State};

/// Why a row was refused, in the reader's words: the field, and its column where the file calls it otherwise.
pub(super) fn reason(t: &Text, slots: &Slots, import: &Import, refusal: &Refusal) -> String {
    let slot = slots.named(&refusal.field);
    let mut field = slot.map(|slot| slot.title.said(t)).unwrap_or_default();
    let mut columns = import.layout.columns.iter().zip(&import.mapping);
    let column = columns.find(|(_, mapped)| mapped.as_deref() == Some(refusal.field.as_str()));
    if let Some((column, _)) = column.filter(|(column, _)| fold(column) != fold(&field)) {
        let args = kit::args!(field = field.as_str(), column = column.as_str());
        field = t.say_with("imports-field-of-column", args);
    }
    let key = format!("imports-reason-{}", known(&refusal.code));
    t.say_with(
        &key,
        kit::args!(field = field.as_str(), about = refusal.about.as_str()),
    )
}

/// What to do about a refused row, in the reader's words.
pub(super) fn remedy(t: &Text, refusal: &Refusal) -> String {
    if refusal.instead.is_empty() {
        return t.say(&format!("imports-remedy-{}", known(&refusal.code)));
    }
    t.say_with("imports-perhaps", kit::args!(value = refusal.instead.as_str()))
}

/// Where in its file a problem is, in the reader's words; nothing where it is nowhere in particular.
pub(super) fn place(t: &Text, problem: &str) -> String {
    let mut words = problem.split(' ');
    match (words.next(), words.next(), words.next()) {
        (Some("cell"), Some(row), Some(column)) => {
            t.say_with("imports-place-cell", kit::args!(row = row, column = column))
        }
        (Some("columns"), Some(row), None) => t.say_with("imports-place-row", kit::args!(row = row)),
        _ => String::new(),
    }
}

fn known(code: &str) -> &str {
    CODES
        .iter()
        .find(|known| **known == code)
        .unwrap_or(&super::target::OTHER)
}

/// The word, the icon and the tone of a state.
pub(super) fn badge(state: State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Draft => ("imports-state-draft", "pencil", ""),
        State::Running => ("imports-state-running", "rotate-cw", "info"),
        State::Paused => ("imports-state-paused", "hourglass", "warn"),
        State::Done => ("imports-state-done", "circle-check", "good"),
        State::Failed => ("imports-state-failed", "circle-alert", "bad"),
        State::Undoing => ("imports-state-undoing", "undo-2", "info"),
        State::Undone => ("imports-state-undone", "undo-2", ""),
    }
}

#[derive(Template)]
#[template(path = "imports/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) imports: Vec<Import>,
    pub(super) next: Option<String>,
    pub(super) is_first: bool,
}

impl ListPage<'_> {
    fn badge(&self, import: &Import) -> (&'static str, &'static str, &'static str) {
        badge(import.state)
    }

    pub(super) fn actions(&self) -> ListActions<'_> {
        ListActions { t: self.t }
    }
}

#[derive(Template)]
#[template(path = "imports/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

#[derive(Template)]
#[template(path = "imports/views/upload.html")]
pub(super) struct UploadPage<'a> {
    pub(super) t: &'a Text,
    pub(super) targets: Vec<Choice>,
    pub(super) file_error: String,
    pub(super) file_place: String,
}

/// A column of the file, and where it goes.
pub(super) struct ColumnRow {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) samples: String,
    pub(super) fields: Vec<Choice>,
    /// What has to be said about how it writes days or amounts.
    pub(super) question: Option<Question>,
}

/// How a column writes its days or amounts, to be chosen.
pub(super) struct Question {
    pub(super) name: String,
    pub(super) label: String,
    /// Whether the file leaves it open.
    pub(super) is_open: bool,
    pub(super) choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "imports/views/draft.html")]
pub(super) struct DraftPage<'a> {
    pub(super) t: &'a Text,
    pub(super) import: &'a Import,
    pub(super) target: &'static Target,
    pub(super) slots: &'a Slots,
    pub(super) columns: Vec<ColumnRow>,
    pub(super) rows: Vec<Tried>,
    pub(super) charsets: Vec<Choice>,
    pub(super) separators: Vec<Choice>,
    pub(super) error: String,
}

impl DraftPage<'_> {
    fn columns_text(&self) -> String {
        let target = self.t.say(self.target.title);
        self.t
            .say_with("imports-columns-text", kit::args!(target = target.as_str()))
    }

    fn shown(&self) -> Vec<&Slot> {
        let is_mapped = |key: &str| self.import.mapping.iter().flatten().any(|field| field == key);
        self.slots.iter().filter(|slot| is_mapped(&slot.key)).collect()
    }

    fn value<'r>(&self, row: &'r Tried, key: &str) -> &'r str {
        row.values.get(key).unwrap_or_default()
    }

    /// How many rows end in this tone.
    fn like(&self, tone: &str) -> i64 {
        let is = |row: &&Tried| outcome(row).2 == tone;
        i64::try_from(self.rows.iter().filter(is).count()).unwrap_or(i64::MAX)
    }

    fn outcome(&self, row: &Tried) -> (&'static str, &'static str, &'static str) {
        outcome(row)
    }

    fn reason(&self, row: &Tried) -> String {
        let refused = row.outcome.as_ref().err();
        let words = |refusal| {
            format!(
                "{} · {}",
                reason(self.t, self.slots, self.import, refusal),
                remedy(self.t, refusal)
            )
        };
        refused.map(words).unwrap_or_default()
    }

    fn looked_at(&self) -> i64 {
        i64::try_from(self.rows.len()).unwrap_or(i64::MAX)
    }
}

fn outcome(row: &Tried) -> (&'static str, &'static str, &'static str) {
    match &row.outcome {
        Ok(Taken::Added(..)) => ("imports-row-added", "plus", "good"),
        Ok(Taken::Changed { .. }) => ("imports-row-changed", "pencil", "info"),
        Ok(Taken::Unchanged(_)) => ("imports-row-unchanged", "minus", ""),
        Err(_) => ("imports-row-refused", "circle-alert", "bad"),
    }
}

#[derive(Template)]
#[template(path = "imports/views/import.html")]
pub(super) struct ImportPage<'a> {
    pub(super) t: &'a Text,
    pub(super) import: &'a Import,
    pub(super) target: &'static Target,
    pub(super) slots: &'a Slots,
    pub(super) refused: Vec<(i64, Refusal)>,
    pub(super) left: Vec<Left>,
}

impl ImportPage<'_> {
    fn badge(&self) -> (&'static str, &'static str, &'static str) {
        badge(self.import.state)
    }

    fn reason(&self, refusal: &Refusal) -> String {
        reason(self.t, self.slots, self.import, refusal)
    }

    fn remedy(&self, refusal: &Refusal) -> String {
        remedy(self.t, refusal)
    }

    fn problem(&self) -> String {
        let Some(problem) = self.import.problem.as_deref() else {
            return String::new();
        };
        let said = self.t.say(match problem.split(' ').next() {
            Some("forbidden") => "imports-problem-forbidden",
            Some("cell") => "imports-failure-cell",
            Some("columns") => "imports-failure-columns",
            _ => "imports-problem-other",
        });
        let place = place(self.t, problem);
        if place.is_empty() {
            said
        } else {
            format!("{said} ({place})")
        }
    }

    fn id(&self, left: &Left) -> String {
        (self.target.id)(left.subject)
    }

    pub(super) fn actions(&self) -> ImportActions<'_> {
        ImportActions {
            t: self.t,
            import: self.import,
        }
    }
}

#[derive(Template)]
#[template(path = "imports/views/import_actions.html")]
pub(super) struct ImportActions<'a> {
    t: &'a Text,
    import: &'a Import,
}

/// The encodings to choose from, that of the file among them.
pub(super) fn charsets(dialect: Dialect) -> Vec<Choice> {
    let now = dialect.charset.name();
    let known = Charset::CHOICES.into_iter();
    let mut names: Vec<&str> = known.collect();
    if !names.contains(&now) {
        names.push(now);
    }
    let choice = |name: &str| Choice::new(name, name).chosen_if(name == now);
    names.into_iter().map(choice).collect()
}

/// The separators to choose from.
pub(super) fn separators(t: &Text, dialect: Dialect) -> Vec<Choice> {
    let word = |separator: char| match separator {
        ';' => "imports-separator-semicolon",
        '\t' => "imports-separator-tab",
        '|' => "imports-separator-bar",
        _ => "imports-separator-comma",
    };
    let choice = |separator: char| {
        Choice::new(separator_name(separator), t.say(word(separator)))
            .chosen_if(separator == dialect.separator)
    };
    Dialect::SEPARATORS.into_iter().map(choice).collect()
}

/// The word for a separator in forms: a tab would not survive one.
pub(super) fn separator_name(separator: char) -> String {
    if separator == '\t' {
        "tab".to_owned()
    } else {
        separator.to_string()
    }
}
