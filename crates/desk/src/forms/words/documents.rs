//! Words as programs see and send them.

use kit::i18n::Locale;
use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::fields::FieldId;

use super::{Spot, Translations, Words};
use crate::forms::{FormError, WebForm, WebFormId};

/// What a form says in other languages than its own.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WebFormWords")]
pub struct WordsDocument {
    /// The form.
    form: WebFormId,
    /// Each language that has words.
    languages: Vec<LanguageDocument>,
    /// Grows by one with every change of the form or its words.
    version: i64,
}

/// What a program says in all other languages.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebFormWordsInput")]
#[serde(deny_unknown_fields)]
pub struct WordsInput {
    /// Each language that has words; those of others are taken away.
    #[schemars(length(max = 50))]
    languages: Vec<LanguageDocument>,
}

/// What a form says in one language. What is left out or empty is said as the form itself says it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebFormLanguage")]
#[serde(deny_unknown_fields)]
pub struct LanguageDocument {
    /// The tag of a language that Tandem speaks: `pl`.
    #[schemars(length(max = 40))]
    language: String,
    /// What stands above it.
    #[serde(default)]
    #[schemars(length(max = 100))]
    title: String,
    /// What stands below the title.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    intro: String,
    /// What the page says when it was sent.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    thanks: String,
    /// What its fields say.
    #[serde(default)]
    #[schemars(length(max = 200))]
    fields: Vec<FieldWordsDocument>,
}

/// What a field of a form says in one language.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebFormFieldWords")]
#[serde(deny_unknown_fields)]
pub struct FieldWordsDocument {
    /// Which field of tickets.
    field: FieldId,
    /// What it is called.
    #[serde(default)]
    #[schemars(length(max = 80))]
    label: String,
    /// What helps to fill it in.
    #[serde(default)]
    #[schemars(length(max = 200))]
    hint: String,
    /// Its choices.
    #[serde(default)]
    #[schemars(length(max = 100))]
    choices: Vec<ChoiceWordsDocument>,
}

/// What a choice is called in one language.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebFormChoiceWords")]
#[serde(deny_unknown_fields)]
pub struct ChoiceWordsDocument {
    /// The choice, as the field says it.
    #[schemars(length(min = 1, max = 80))]
    choice: String,
    /// What visitors read.
    #[schemars(length(max = 80))]
    words: String,
}

impl From<(WebForm, Translations)> for WordsDocument {
    fn from((form, all): (WebForm, Translations)) -> Self {
        Self {
            form: form.id,
            languages: all
                .iter()
                .map(|(tag, words)| LanguageDocument::of(tag, words))
                .collect(),
            version: form.version,
        }
    }
}

impl LanguageDocument {
    fn of(language: &str, words: &Words) -> Self {
        let said = |spot: Spot| words.or(&spot, "");
        let field = |field: FieldId| FieldWordsDocument {
            field,
            label: said(Spot::Label(field)),
            hint: said(Spot::Hint(field)),
            choices: words
                .iter()
                .filter_map(|(spot, words)| match spot {
                    Spot::Choice(of, choice) if *of == field => Some(ChoiceWordsDocument {
                        choice: choice.clone(),
                        words: words.to_owned(),
                    }),
                    _ => None,
                })
                .collect(),
        };
        Self {
            language: language.to_owned(),
            title: said(Spot::Title),
            intro: said(Spot::Intro),
            thanks: said(Spot::Thanks),
            fields: words.fields().map(field).collect(),
        }
    }

    fn words(self) -> Words {
        let mut words = Words::default();
        words.put(Spot::Title, self.title);
        words.put(Spot::Intro, self.intro);
        words.put(Spot::Thanks, self.thanks);
        for field in self.fields {
            words.put(Spot::Label(field.field), field.label);
            words.put(Spot::Hint(field.field), field.hint);
            for choice in field.choices {
                words.put(Spot::Choice(field.field, choice.choice), choice.words);
            }
        }
        words
    }
}

impl WordsInput {
    /// The words by their languages.
    ///
    /// # Errors
    /// [`FormError::BadLanguage`] for a language that Tandem does not speak, or that comes twice.
    pub(super) fn translations(self) -> Result<Translations, FormError> {
        let mut all = Translations::new();
        for one in self.languages {
            let locale = Locale::all().find(|locale| locale.tag() == one.language);
            let locale = locale.ok_or(FormError::BadLanguage)?;
            if all.insert(locale.tag(), one.words()).is_some() {
                return Err(FormError::BadLanguage);
            }
        }
        Ok(all)
    }
}

fn sample() -> Vec<LanguageDocument> {
    vec![LanguageDocument {
        language: "pl".to_owned(),
        title: "Napisz do nas".to_owned(),
        intro: "Odpowiadamy w ciągu dnia roboczego.".to_owned(),
        ..LanguageDocument::default()
    }]
}

impl Sample for WordsInput {
    fn sample() -> Self {
        Self { languages: sample() }
    }
}

impl Sample for WordsDocument {
    fn sample() -> Self {
        Self {
            form: "wfm_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            languages: sample(),
            version: 2,
        }
    }
}
