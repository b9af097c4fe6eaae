//! Message files as the rules see them: ids, variables, plural choices and references.

use super::language_of;
use crate::source::{Finding, SourceFile, Sources};
use fluent_syntax::ast::{
    Attribute, Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::parser;
use std::collections::BTreeSet;

/// The names that make a choice one between plural forms rather than between words.
const FORMS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

/// All messages of one language.
pub(super) struct Language {
    /// The folder's name: `en`.
    pub(super) tag: String,
    /// In the order of the files; terms have their dash: `-brand`.
    pub(super) messages: Vec<Message>,
}

/// One message of one language.
#[derive(Default)]
pub(super) struct Message {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) variables: BTreeSet<String>,
    pub(super) choices: Vec<Choice>,
    /// Other messages and terms that it contains.
    pub(super) references: BTreeSet<String>,
}

/// A choice between plural forms.
pub(super) struct Choice {
    pub(super) variable: String,
    /// The forms given, exact numbers left out.
    pub(super) forms: BTreeSet<String>,
}

impl Language {
    /// The language of this tag.
    pub(super) fn named<'a>(languages: &'a [Self], tag: &str) -> Option<&'a Self> {
        languages.iter().find(|language| language.tag == tag)
    }

    /// The message or term of this id.
    pub(super) fn message(&self, id: &str) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id)
    }
}

/// Reads all languages; what can't be read or is there twice is a finding.
pub(super) fn read(sources: &Sources) -> (Vec<Language>, Vec<Finding>) {
    let mut languages: Vec<Language> = Vec::new();
    let mut findings = Vec::new();
    for file in sources.with_extension("ftl") {
        let Some(tag) = language_of(file) else { continue };
        let at = languages
            .iter()
            .position(|language| language.tag == tag)
            .unwrap_or_else(|| {
                languages.push(Language {
                    tag: tag.to_owned(),
                    messages: Vec::new(),
                });
                languages.len() - 1
            });
        let (messages, broken) = messages_of(file);
        findings.extend(broken);
        for message in messages {
            if languages[at].message(&message.id).is_some() {
                findings.push(message.finding("is there twice"));
            }
            languages[at].messages.push(message);
        }
    }
    (languages, findings)
}

fn messages_of(file: &SourceFile) -> (Vec<Message>, Vec<Finding>) {
    let (resource, errors) = match parser::parse(file.text.as_str()) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    let broken = errors.iter().map(|error| {
        let line = file.text[..error.pos.start].matches('\n').count() + 1;
        file.finding(line, format!("cannot be read: {error}"))
    });
    let messages = resource.body.iter().filter_map(|entry| {
        let mut message = Message {
            path: file.path.clone(),
            ..Message::default()
        };
        match entry {
            Entry::Message(own) => {
                message.id = own.id.name.to_owned();
                message.add(own.value.as_ref(), &own.attributes);
            }
            Entry::Term(own) => {
                message.id = format!("-{}", own.id.name);
                message.add(Some(&own.value), &own.attributes);
            }
            _ => return None,
        }
        message.line = line_of(&file.text, &message.id);
        Some(message)
    });
    (messages.collect(), broken.collect())
}

fn line_of(text: &str, id: &str) -> usize {
    let begins = |line: &str| {
        line.strip_prefix(id)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines().position(begins).map_or(0, |at| at + 1)
}

impl Message {
    fn add(&mut self, value: Option<&Pattern<&str>>, attributes: &[Attribute<&str>]) {
        for pattern in value
            .into_iter()
            .chain(attributes.iter().map(|attribute| &attribute.value))
        {
            self.add_pattern(pattern);
        }
    }

    fn add_pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.add_expression(expression);
            }
        }
    }

    fn add_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.add_inline(inline),
            Expression::Select { selector, variants } => {
                self.add_inline(selector);
                self.choices.extend(choice(selector, variants));
                for variant in variants {
                    self.add_pattern(&variant.value);
                }
            }
        }
    }

    fn add_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.references.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, .. } => {
                self.references.insert(format!("-{}", id.name));
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments
                    .positional
                    .iter()
                    .for_each(|argument| self.add_inline(argument));
            }
            InlineExpression::Placeable { expression } => self.add_expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }
}

/// A choice by a variable whose named variants are all plural forms.
fn choice(selector: &InlineExpression<&str>, variants: &[Variant<&str>]) -> Option<Choice> {
    let variable = match selector {
        InlineExpression::VariableReference { id } => id.name,
        InlineExpression::FunctionReference { arguments, .. } => match arguments.positional.first()? {
            InlineExpression::VariableReference { id } => id.name,
            _ => return None,
        },
        _ => return None,
    };
    let names = variants.iter().filter_map(|variant| match variant.key {
        VariantKey::Identifier { name } => Some(name.to_owned()),
        VariantKey::NumberLiteral { .. } => None,
    });
    let forms: BTreeSet<String> = names.collect();
    let is_plural = forms.iter().all(|name| FORMS.contains(&name.as_str()));
    is_plural.then(|| Choice {
        variable: variable.to_owned(),
        forms,
    })
}
