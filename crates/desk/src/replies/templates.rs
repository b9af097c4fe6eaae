//! The language of saved replies: plain text with variables, `{{ contact.first_name }}`, and `{% if … %}` around parts.
//!
//! It is a small part of Jinja in a sandbox. No text can be longer than its source with every variable in full: nothing
//! repeats, joins or includes. A variable that there is not is refused when the reply is saved; one that has no value in a
//! ticket stops the reply with its name, unless the text says what stands there instead: `| default("there")`.
//!
//! The engine reads chains and conditions by calling itself, so long and deep ones are refused before it sees them: no text
//! can use up the stack.

use std::collections::BTreeMap;
use std::io;

use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, filters, tests as questions};

use super::LONGEST;

/// How many steps filling in may take.
const FUEL: u64 = 50_000;
/// What can be done to a variable, behind a `|`.
const FILTERS: [&str; 6] = ["default", "upper", "lower", "title", "capitalize", "trim"];
/// The most that can come out, in bytes.
const MOST: usize = 200_000;
/// The longest tag, in characters.
const LONGEST_TAG: usize = 300;
/// How many brackets stand in each other in a tag.
const BRACKETS: usize = 5;
/// How many conditions stand in each other; what follows an `elif` stands in it.
const CONDITIONS: usize = 20;

/// Something that stands for a word of the ticket at hand.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// What it is called in texts.
    pub name: &'static str,
    /// The key of what it is, in the reader's language.
    pub text: &'static str,
}

/// Every variable, in the order in which they are listed.
pub const VARIABLES: &[Variable] = &[
    Variable {
        name: "contact.name",
        text: "replies-variable-contact-name",
    },
    Variable {
        name: "contact.first_name",
        text: "replies-variable-contact-first-name",
    },
    Variable {
        name: "contact.email",
        text: "replies-variable-contact-email",
    },
    Variable {
        name: "account.name",
        text: "replies-variable-account-name",
    },
    Variable {
        name: "account.tier",
        text: "replies-variable-account-tier",
    },
    Variable {
        name: "account.owner",
        text: "replies-variable-account-owner",
    },
    Variable {
        name: "agent.name",
        text: "replies-variable-agent-name",
    },
    Variable {
        name: "agent.first_name",
        text: "replies-variable-agent-first-name",
    },
    Variable {
        name: "agent.email",
        text: "replies-variable-agent-email",
    },
    Variable {
        name: "ticket.number",
        text: "replies-variable-ticket-number",
    },
    Variable {
        name: "ticket.subject",
        text: "replies-variable-ticket-subject",
    },
    Variable {
        name: "ticket.status",
        text: "replies-variable-ticket-status",
    },
    Variable {
        name: "ticket.priority",
        text: "replies-variable-ticket-priority",
    },
    Variable {
        name: "ticket.kind",
        text: "replies-variable-ticket-kind",
    },
    Variable {
        name: "ticket.team",
        text: "replies-variable-ticket-team",
    },
    Variable {
        name: "ticket.opened",
        text: "replies-variable-ticket-opened",
    },
    Variable {
        name: "workspace.name",
        text: "replies-variable-workspace-name",
    },
    Variable {
        name: "today",
        text: "replies-variable-today",
    },
];

/// What the variables stand for; one without a value is not in it.
pub type Values = BTreeMap<&'static str, String>;

/// Why a text can't be filled in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// It is not written as it should be, in this line.
    #[error(
        "line {0} can't be read: a bracket, a quote or an {{% endif %}} is missing, or a word is unknown"
    )]
    Syntax(usize),
    /// It says something that saved replies do not have.
    #[error("{0} can't stand in a saved reply")]
    Forbidden(String),
    /// There is no such variable.
    #[error("there is no variable {0}")]
    Unknown(String),
    /// The variable has no value in this ticket.
    #[error("{0} has no value in this ticket")]
    Missing(String),
    /// A tag is too long, or too much stands in each other, in this line.
    #[error(
        "line {0} is too tangled: a tag has up to 300 characters, and up to 20 conditions stand in each other"
    )]
    Tangled(usize),
    /// The text is too long, or what comes out.
    #[error("the text gets too long")]
    TooLong,
}

impl Broken {
    /// The variable that it is about, where it is about one.
    pub fn variable(&self) -> Option<String> {
        match self {
            Self::Unknown(name) | Self::Missing(name) => Some(name.clone()),
            _ => None,
        }
    }
}

/// Whether a text can be filled in at all.
///
/// # Errors
/// [`Broken`], but never [`Broken::Missing`].
pub fn check(source: &str) -> Result<(), Broken> {
    only_small_words(source)?;
    let env = environment();
    let template = env.template_from_str(source).map_err(|error| unread(&error))?;
    let mut used: Vec<String> = template.undeclared_variables(true).into_iter().collect();
    used.sort();
    match used.into_iter().find(|name| !is_known(name)) {
        Some(name) => Err(Broken::Unknown(name)),
        None => Ok(()),
    }
}

/// The text with the values in it.
///
/// # Errors
/// [`Broken`]
pub fn fill(source: &str, values: &Values) -> Result<String, Broken> {
    check(source)?;
    let env = environment();
    let template = env.template_from_str(source).map_err(|error| unread(&error))?;
    let mut written = Written(Vec::new());
    match template.render_captured_to(context(values), &mut written) {
        Ok(_) => {
            let text = String::from_utf8(written.0).map_err(|_| Broken::TooLong)?;
            Ok(text.trim().to_owned())
        }
        Err(error) => match error.kind() {
            ErrorKind::UndefinedError => {
                let at = error
                    .range()
                    .and_then(|range| source.get(range))
                    .unwrap_or_default();
                Err(Broken::Missing(missing(
                    &template.undeclared_variables(true),
                    values,
                    at,
                )))
            }
            ErrorKind::WriteFailure | ErrorKind::OutOfFuel => Err(Broken::TooLong),
            _ => Err(unread(&error)),
        },
    }
}

fn environment() -> Environment<'static> {
    let mut env = Environment::empty();
    env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    env.set_fuel(Some(FUEL));
    env.set_debug(true);
    env.add_filter("default", filters::default);
    env.add_filter("upper", filters::upper);
    env.add_filter("lower", filters::lower);
    env.add_filter("title", filters::title);
    env.add_filter("capitalize", filters::capitalize);
    env.add_filter("trim", filters::trim);
    env.add_test("defined", questions::is_defined);
    env.add_test("undefined", questions::is_undefined);
    env
}

/// Only variables, filters and conditions, neither long nor deep: everything that could make much of little is refused before
/// it is read.
fn only_small_words(source: &str) -> Result<(), Broken> {
    if source.chars().count() > LONGEST {
        return Err(Broken::TooLong);
    }
    let (mut rest, mut open) = (source, Vec::new());
    while let Some(at) = rest.find('{') {
        rest = &rest[at..];
        let line = || line_of(source, source.len() - rest.len());
        let end = match rest.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                rest = &rest[1..];
                continue;
            }
        };
        let inner = &rest[2..];
        let length = if end == "#}" {
            inner.find(end).ok_or_else(|| Broken::Syntax(line()))?
        } else {
            let length = length(inner, end).map_err(|broken| broken(line()))?;
            let word = small(&inner[..length], end == "%}")?;
            if conditions(&mut open, word) > CONDITIONS {
                return Err(Broken::Tangled(line()));
            }
            length
        };
        rest = &inner[length + 2..];
    }
    Ok(())
}

/// How long a tag is. What would end it ends nothing within quotes, nor does the engine end it within brackets: those have to
/// be closed by then.
fn length(inner: &str, end: &str) -> Result<usize, fn(usize) -> Broken> {
    let (mut quote, mut brackets) = (None, 0);
    for (place, (at, letter)) in inner.char_indices().enumerate() {
        if place > LONGEST_TAG || brackets > BRACKETS {
            return Err(Broken::Tangled);
        }
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(') => brackets += 1,
            (None, ')') if brackets == 0 => return Err(Broken::Syntax),
            (None, ')') => brackets -= 1,
            (None, _) if inner[at..].starts_with(end) && brackets > 0 => return Err(Broken::Syntax),
            (None, _) if inner[at..].starts_with(end) => return Ok(at),
            (None, _) => {}
        }
    }
    Err(Broken::Syntax)
}

/// How many conditions stand in each other after a tag that begins with a word.
fn conditions(open: &mut Vec<usize>, word: &str) -> usize {
    match word {
        "if" => open.push(1),
        "elif" => open.last_mut().into_iter().for_each(|ifs| *ifs += 1),
        "endif" => drop(open.pop()),
        _ => {}
    }
    open.iter().sum()
}

/// Whether nothing but small words stands in a tag; gives the word of a statement.
fn small(tag: &str, is_statement: bool) -> Result<&str, Broken> {
    let tag = tag.trim().trim_matches('-').trim_matches('+').trim();
    let word = if is_statement {
        tag.split_whitespace().next().unwrap_or_default()
    } else {
        ""
    };
    if is_statement && !["if", "elif", "else", "endif"].contains(&word) {
        return Err(Broken::Forbidden(format!("{{% {word} %}}")));
    }
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match quote {
            // After it, what we take for the end of the quote may be none for the engine.
            _ if letter == '\\' => return Err(Broken::Forbidden(letter.to_string())),
            Some(open) if open == letter => quote = None,
            Some(_) => {}
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            None if "*~+[]{}%^".contains(letter) => return Err(Broken::Forbidden(letter.to_string())),
            None if letter == '|' => {
                let filter: String = tag[at + 1..]
                    .trim_start()
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if !FILTERS.contains(&filter.as_str()) {
                    return Err(Broken::Forbidden(format!("| {filter}")));
                }
            }
            None => {}
        }
    }
    Ok(word)
}

fn is_known(name: &str) -> bool {
    VARIABLES.iter().any(|variable| variable.name == name)
}

fn unread(error: &minijinja::Error) -> Broken {
    Broken::Syntax(error.line().unwrap_or(1))
}

fn line_of(source: &str, at: usize) -> usize {
    1 + source[..at].matches('\n').count()
}

/// Which variable had no value: of those without one, what stands where filling in stopped.
fn missing(used: &std::collections::HashSet<String>, values: &Values, at: &str) -> String {
    let mut without: Vec<&String> = used
        .iter()
        .filter(|name| !values.contains_key(name.as_str()))
        .collect();
    without.sort();
    let here: Vec<&str> = without
        .iter()
        .filter(|name| at.contains(name.as_str()))
        .map(|name| name.as_str())
        .collect();
    if here.is_empty() {
        let all: Vec<&str> = without.iter().map(|name| name.as_str()).collect();
        all.join(", ")
    } else {
        here.join(", ")
    }
}

fn context(values: &Values) -> Value {
    let mut parts: BTreeMap<&str, BTreeMap<String, Value>> = BTreeMap::new();
    let mut whole: BTreeMap<String, Value> = BTreeMap::new();
    for variable in VARIABLES {
        let value = values.get(variable.name).map(Value::from);
        match variable.name.split_once('.') {
            Some((of, name)) => parts
                .entry(of)
                .or_default()
                .extend(value.map(|value| (name.to_owned(), value))),
            None => whole.extend(value.map(|value| (variable.name.to_owned(), value))),
        }
    }
    for (name, fields) in parts {
        whole.insert(name.to_owned(), Value::from(fields));
    }
    Value::from(whole)
}

/// What was written, up to the limit.
struct Written(Vec<u8>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST {
            return Err(io::Error::other("too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
