//! The conditions of a view that is to show what somebody searched for.

use kit::text::fold;

use super::views::Choices;
use super::{Conditions, SHELVES};

/// What a search can be narrowed by.
const FILTERS: [&str; 11] = [
    "kind", "is", "priority", "channel", "agent", "team", "tag", "status", "from", "account", "has",
];

/// What the words and filters of a search ask of tickets, as far as a view can ask it, and the filters that it can't. Words are
/// looked for in the subject.
pub(super) fn conditions(typed: &str, choices: &Choices) -> (Conditions, Vec<String>) {
    let (mut asked, mut words, mut left) = (Conditions::default(), Vec::new(), Vec::new());
    for part in parts(typed) {
        match part.split_once(':') {
            Some((filter, value)) if ask(&mut asked, (filter, value), choices) => {}
            Some(("kind", "ticket")) => {}
            Some((filter, _)) if FILTERS.contains(&filter) => left.push(part),
            _ => words.push(part),
        }
    }
    asked.words = words.join(" ").chars().take(100).collect();
    (asked, left)
}

/// Whether a view can ask for it; then it does.
fn ask(asked: &mut Conditions, (filter, value): (&str, &str), choices: &Choices) -> bool {
    let is_named = |name: &str| fold(name) == fold(value);
    match filter {
        "is" | "status" if SHELVES.iter().any(|(word, _)| *word == value) => {
            asked.shelves.push(value.to_owned());
        }
        "priority" => return put(&mut asked.priorities, value.parse().ok()),
        "channel" => return put(&mut asked.channels, value.parse().ok()),
        "agent" if value == "nobody" => value.clone_into(&mut asked.agent),
        "agent" => {
            let found = choices.agents.iter().find(|agent| is_named(&agent.name));
            asked.agent = found.map(|agent| agent.id.to_string()).unwrap_or_default();
            return found.is_some();
        }
        "team" => {
            let found = choices.teams.iter().find(|team| is_named(&team.name));
            asked.team = found.map(|team| team.id.to_string()).unwrap_or_default();
            return found.is_some();
        }
        "tag" => {
            let found = choices.tags.iter().find(|tag| is_named(&tag.name));
            return put(&mut asked.tags, found.map(|tag| tag.id));
        }
        "status" => {
            let found = choices.statuses.iter().find(|own| is_named(&own.text.name));
            return put(&mut asked.statuses, found.map(|own| own.id));
        }
        _ => return false,
    }
    true
}

fn put<T>(list: &mut Vec<T>, found: Option<T>) -> bool {
    let has_it = found.is_some();
    list.extend(found);
    has_it
}

/// What stands between spaces; quotes keep several words together and are left out.
fn parts(typed: &str) -> Vec<String> {
    let (mut parts, mut part, mut is_quoted) = (Vec::new(), String::new(), false);
    for letter in typed.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            letter if letter.is_whitespace() && !is_quoted => parts.push(std::mem::take(&mut part)),
            letter => part.push(letter),
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use tandem_core::tags::{Colour, Tag};

    use super::*;
    use crate::tickets::Priority;

    #[test]
    fn filters_become_conditions_and_what_is_none_stays_a_word() {
        let tag = Tag {
            id: "tag_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().unwrap(),
            name: "Month end".to_owned(),
            colour: Colour::Grey,
            version: 1,
        };
        let choices = Choices {
            agents: Vec::new(),
            teams: Vec::new(),
            tiers: Vec::new(),
            statuses: Vec::new(),
            fields: Vec::new(),
            tags: vec![tag.clone()],
        };
        let typed = r#"kind:ticket is:open priority:urgent tag:"month END" agent:nobody status:waiting has:attachment from:Leyla exports  stop 10:30"#;
        let (asked, left) = conditions(typed, &choices);
        assert_eq!(
            (asked.shelves, asked.priorities),
            (
                vec!["open".to_owned(), "waiting".to_owned()],
                vec![Priority::Urgent]
            )
        );
        assert_eq!((asked.tags, asked.agent.as_str()), (vec![tag.id], "nobody"));
        assert_eq!(asked.words, "exports stop 10:30");
        assert_eq!(left, ["has:attachment", "from:Leyla"]);
    }
}
