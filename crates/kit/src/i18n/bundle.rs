//! The message files, read once and kept for the life of the process.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::Memoizable;
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use super::locale::is_right_to_left;
use super::number::Separators;
use super::{NumberStyle, Value};

/// Named values for a message; made with [`args!`](crate::args).
#[derive(Debug, Default)]
pub struct Args<'a>(FluentArgs<'a>);

impl<'a> Args<'a> {
    /// No values yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with words for `{ $name }`: the form for templates, where values come as references.
    #[must_use]
    pub fn with(mut self, name: &'a str, words: impl std::fmt::Display) -> Self {
        self.0.set(name, words.to_string());
        self
    }

    /// The same with a number for `{ $name }`, which may choose a plural form.
    #[must_use]
    pub fn with_number(mut self, name: &'a str, number: impl Value<i64>) -> Self {
        self.0.set(name, number.value());
        self
    }

    /// Gives the value for `{ $name }`, in place of an earlier one.
    pub fn set(&mut self, name: &'a str, value: impl Into<FluentValue<'a>>) {
        self.0.set(name, value);
    }
}

/// Every key that `tag` itself defines, English left aside: what the completeness check compares.
pub fn keys(tag: &str) -> BTreeSet<String> {
    languages()
        .iter()
        .filter(|language| language.tag == tag)
        .flat_map(|language| language.keys.clone())
        .collect()
}

/// One folder of `locales/`.
pub(super) struct Language {
    pub(super) tag: String,
    pub(super) separators: Separators,
    keys: BTreeSet<String>,
    bundle: FluentBundle<FluentResource>,
}

impl Language {
    /// The message with numbers as its reader wants them.
    pub(super) fn message_in(
        &self,
        key: &str,
        args: Option<&Args<'_>>,
        numbers: Option<NumberStyle>,
    ) -> Option<String> {
        let before = NUMBERS.replace(numbers);
        let said = self.message(key, args);
        NUMBERS.set(before);
        said
    }

    /// The message in this very language; `None` when it has none.
    pub(super) fn message(&self, key: &str, args: Option<&Args<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let said = self
            .bundle
            .format_pattern(pattern, args.map(|args| &args.0), &mut errors)
            .into_owned();
        if !errors.is_empty() {
            tracing::warn!(key, language = self.tag, ?errors, "a message lacks what it needs");
        }
        Some(said)
    }
}

/// Every language, by tag.
pub(super) fn languages() -> &'static [Language] {
    static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(read);
    &LANGUAGES
}

/// The language that answers when another is silent.
pub(super) fn english() -> &'static Language {
    static ENGLISH: LazyLock<&Language> = LazyLock::new(|| {
        languages()
            .iter()
            .find(|language| language.tag == "en")
            .expect("locales/en is part of the program")
    });
    &ENGLISH
}

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct Files;

fn read() -> Vec<Language> {
    let mut sources: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in Files::iter() {
        if let (true, Some((tag, _)), Some(file)) =
            (path.ends_with(".ftl"), path.split_once('/'), Files::get(&path))
        {
            sources
                .entry(tag.to_owned())
                .or_default()
                .push(String::from_utf8_lossy(&file.data).into_owned());
        }
    }
    sources
        .into_iter()
        .map(|(tag, sources)| language(tag, sources))
        .collect()
}

fn language(tag: String, sources: Vec<String>) -> Language {
    let id: LanguageIdentifier = tag
        .parse()
        .expect("a folder of locales/ is named by a language tag");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks would leak into mail, titles and exports; only mixed directions need them.
    bundle.set_use_isolating(is_right_to_left(&tag));
    bundle.set_formatter(Some(written));
    let mut keys = BTreeSet::new();
    for source in sources {
        // A file with a mistake keeps its good messages; the completeness test then names what is missing.
        let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, _)| resource);
        keys.extend(messages(&resource));
        bundle.add_resource_overriding(resource);
    }
    Language {
        separators: Separators::of(&tag),
        tag,
        keys,
        bundle,
    }
}

fn messages(resource: &FluentResource) -> impl Iterator<Item = String> + '_ {
    resource.entries().filter_map(|entry| match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    })
}

/// Separators reachable from a formatter, which Fluent gives nothing but the language.
impl Memoizable for Separators {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, _: ()) -> Result<Self, ()> {
        Ok(Self::of(language.language.as_str()))
    }
}

thread_local! {
    /// How the message that is being written wants its numbers: Fluent gives a formatter nothing but the language.
    static NUMBERS: Cell<Option<NumberStyle>> = const { Cell::new(None) };
}

fn written<M: MemoizerKind>(value: &FluentValue<'_>, memo: &M) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let digits = number.options.minimum_fraction_digits.unwrap_or(0);
    if let Some(style) = NUMBERS.get() {
        return Some(style.separators().decimal(number.value, digits));
    }
    memo.with_try_get_threadsafe::<Separators, _, _>((), |separators| {
        separators.decimal(number.value, digits)
    })
    .ok()
}
