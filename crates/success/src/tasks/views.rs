//! What the templates of tasks take.

use askama::Template;
use kit::day::Day;
use kit::i18n::Text;
use kit::web::{Choice, Filled, Tab};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::contacts::Contact;

use super::names::{Names, by, evidence, kind_of};
use super::{Change, Field, Filter, Line, Owner, Priority, State, Task, View};

/// What a task is called; one about a person who was erased has no title of its own any more.
pub(crate) fn title(t: &Text, task: &Task) -> String {
    match task.title.as_str() {
        "" => t.say("tasks-forgotten"),
        title => title.to_owned(),
    }
}

/// The tasks below one heading.
pub(super) struct Group {
    pub(super) title: String,
    pub(super) is_late: bool,
    pub(super) lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "tasks/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) states: Vec<Tab>,
    pub(super) groups: Vec<Group>,
    pub(super) filter: Filter,
    pub(super) names: Names,
    pub(super) next: Option<String>,
    pub(super) here: String,
    pub(super) may_write: bool,
    pub(super) may_see: bool,
}

impl ListPage<'_> {
    /// The lines below headings: by day, by account, or all below one.
    pub(super) fn grouped(t: &Text, filter: Filter, lines: Vec<Line>, today: Day) -> Vec<Group> {
        let mut groups: Vec<(String, Group)> = Vec::new();
        for line in lines {
            let (key, title, is_late) = heading(t, filter, &line, today);
            if groups.last().is_none_or(|(last, _)| *last != key) {
                let lines = Vec::new();
                groups.push((
                    key,
                    Group {
                        title,
                        is_late,
                        lines,
                    },
                ));
            }
            if let Some((_, group)) = groups.last_mut() {
                group.lines.push(line);
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn title_of(&self, line: &Line) -> String {
        title(self.t, &line.task)
    }

    /// The day, where the heading does not say it already.
    fn day_of(&self, line: &Line) -> String {
        match (&line.task.settled, line.task.due) {
            (Some((at, _)), _) => self.t.date(*at),
            (None, Some(day)) => self.t.day(day),
            (None, None) => String::new(),
        }
    }

    fn due_words(&self) -> Vec<Choice> {
        [
            ("", "tasks-quick-whenever"),
            ("+0", "tasks-quick-today"),
            ("+1", "tasks-quick-tomorrow"),
            ("+5", "tasks-quick-week"),
        ]
        .into_iter()
        .map(|(value, text)| Choice::new(value, self.t.say(text)).chosen_if(value == "+0"))
        .collect()
    }

    fn account(&self) -> Option<(String, String)> {
        let id = self.names.account?.to_string();
        let name = self.names.name(&id)?.to_owned();
        Some((id, name))
    }

    fn everywhere(&self) -> String {
        format!("/tasks?view={}", self.filter.view.as_str())
    }

    /// The address of a dialog about a task that leads back here.
    fn asks(&self, line: &Line, what: &str) -> String {
        kit::web::address(
            &format!("/tasks/{}/{what}", line.task.id),
            &[("back", &self.here)],
        )
    }

    fn is_open(&self) -> bool {
        self.filter.state == State::Open
    }
}

/// What a line stands below: a key, its words, and whether that is late.
fn heading(t: &Text, filter: Filter, line: &Line, today: Day) -> (String, String, bool) {
    if filter.state != State::Open {
        return ("settled".to_owned(), t.say(filter.state.text()), false);
    }
    if filter.view == View::Account {
        let id = line.task.account.map(|id| id.to_string()).unwrap_or_default();
        return (id, line.account_name.clone().unwrap_or_default(), false);
    }
    let (key, is_late) = match line.task.due {
        None => ("tasks-whenever", false),
        Some(day) if day < today => ("tasks-overdue", true),
        Some(day) if day == today => ("tasks-today", false),
        Some(day) if day <= today.plus_days(7) => ("tasks-this-week", false),
        Some(_) => ("tasks-later", false),
    };
    (key.to_owned(), t.say(key), is_late)
}

#[derive(Template)]
#[template(path = "tasks/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "tasks/views/task_actions.html")]
pub(super) struct TaskActions<'a> {
    pub(super) t: &'a Text,
    pub(super) task: &'a Task,
}

impl TaskActions<'_> {
    fn is_open(&self) -> bool {
        self.task.state == State::Open
    }
}

#[derive(Template)]
#[template(path = "tasks/views/task.html")]
pub(super) struct TaskPage<'a> {
    pub(super) t: &'a Text,
    pub(super) task: &'a Task,
    pub(super) changes: Vec<Change>,
    pub(super) names: Names,
    pub(super) reads: &'a Actor,
}

impl TaskPage<'_> {
    pub(super) fn title(&self) -> String {
        title(self.t, self.task)
    }

    fn owner(&self) -> String {
        self.shown(Field::Owner, &self.task.owner.written())
    }

    fn due(&self) -> String {
        self.task.due.map(|day| self.t.day_long(day)).unwrap_or_default()
    }

    fn by(&self, signature: &str) -> String {
        by(self.t, signature)
    }

    fn account(&self) -> Option<(String, String)> {
        let id = self.task.account?.to_string();
        let name = self.names.name(&id)?.to_owned();
        Some((id, name))
    }

    fn contact(&self) -> Option<(String, String)> {
        let id = self.task.contact?.to_string();
        let name = self.names.name(&id)?.to_owned();
        Some((id, name))
    }

    /// Where what it refers to is, and what that is; nothing where the reader may not see it.
    fn evidence(&self) -> Option<(String, String)> {
        evidence(self.t, self.reads, self.task)
    }

    fn changed(&self, change: &Change) -> String {
        let Some(field) = change.field else {
            return String::new();
        };
        let name = self.t.say(field.text());
        if field == Field::Words {
            return self
                .t
                .say_with("tasks-changed-words", kit::args!(field = name.as_str()));
        }
        let (before, after) = (
            self.shown(field, &change.before),
            self.shown(field, &change.after),
        );
        let args = kit::args!(
            field = name.as_str(),
            before = before.as_str(),
            after = after.as_str()
        );
        self.t.say_with("tasks-changed", args)
    }

    /// A value of a field in the reader's words.
    fn shown(&self, field: Field, value: &str) -> String {
        let t = self.t;
        match field {
            Field::Owner if value.is_empty() => t.say("tasks-nobody"),
            _ if value.is_empty() => "–".to_owned(),
            Field::State => State::named(value).map_or_else(String::new, |state| t.say(state.text())),
            Field::Priority => Priority::named(value).map_or_else(String::new, |one| t.say(one.text())),
            Field::Due => value
                .parse::<Day>()
                .map_or_else(|_| String::new(), |day| t.day(day)),
            Field::Owner | Field::Account | Field::Contact => self
                .names
                .name(value)
                .map_or_else(|| "…".to_owned(), str::to_owned),
            Field::Evidence => kind_of(value).map_or_else(String::new, |(text, _, _)| t.say(text)),
            Field::Title | Field::Words => value.to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "tasks/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) task: Option<&'a Task>,
    pub(super) form: Filled,
    pub(super) conflict: Option<String>,
    pub(super) owners: Vec<Choice>,
    pub(super) people: Vec<Choice>,
    pub(super) may_name: bool,
}

impl FormPage<'_> {
    pub(super) fn people(t: &Text, people: Vec<Contact>, chosen: &str) -> Vec<Choice> {
        if people.is_empty() {
            return Vec::new();
        }
        let nobody = Choice::new("", t.say("tasks-nobody-there")).chosen_if(chosen.is_empty());
        let person = |contact: Contact| {
            let id = contact.id.to_string();
            let is_chosen = id == chosen;
            Choice::new(id, contact.text.name).chosen_if(is_chosen)
        };
        [nobody]
            .into_iter()
            .chain(people.into_iter().map(person))
            .collect()
    }

    fn action(&self) -> String {
        self.task
            .map_or_else(|| "/tasks".to_owned(), |task| format!("/tasks/{}", task.id))
    }

    fn priorities(&self) -> Vec<Choice> {
        let chosen = Priority::named(self.form.value("priority")).unwrap_or_default();
        let choice =
            |one: Priority| Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(one == chosen);
        Priority::ALL.into_iter().map(choice).collect()
    }
}

#[derive(Template)]
#[template(path = "tasks/views/when.html")]
pub(super) struct WhenPage<'a> {
    pub(super) t: &'a Text,
    pub(super) task: &'a Task,
    pub(super) back: &'a str,
    pub(super) form: &'a Filled,
    pub(super) written: String,
}

#[derive(Template)]
#[template(path = "tasks/views/whom.html")]
pub(super) struct WhomPage<'a> {
    pub(super) t: &'a Text,
    pub(super) task: &'a Task,
    pub(super) back: &'a str,
    pub(super) owners: Vec<Choice>,
}

/// Open tasks in a place of another page.
#[derive(Template)]
#[template(path = "tasks/views/panel.html")]
pub(super) struct PanelView<'a> {
    pub(super) t: &'a Text,
    pub(super) lines: Vec<Line>,
    pub(super) today: Day,
    pub(super) account: Option<AccountId>,
    pub(super) none: &'static str,
    /// The address of all of them.
    pub(super) all: String,
    pub(super) may_write: bool,
    pub(super) may_see: bool,
}

impl PanelView<'_> {
    fn title_of(&self, line: &Line) -> String {
        title(self.t, &line.task)
    }

    fn is_late(&self, line: &Line) -> bool {
        line.task.due.is_some_and(|day| day < self.today)
    }

    /// What stands below the title: the account on the home page, the owner on an account's.
    fn note(&self, line: &Line) -> String {
        match self.account {
            Some(_) if line.task.owner == Owner::Nobody => self.t.say("tasks-nobody"),
            Some(_) => line.owner_name.clone(),
            None if self.may_see => line.account_name.clone().unwrap_or_default(),
            None => String::new(),
        }
    }

    fn day(&self, line: &Line) -> String {
        line.task.due.map(|day| self.t.day(day)).unwrap_or_default()
    }
}
