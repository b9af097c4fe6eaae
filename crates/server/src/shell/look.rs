//! How a person likes the screen: kept in the cookie `tandem_look`, so that the first byte already looks right.
//!
//! Language and zone in it are a copy for pages before signing in; those of an agent stand on their row.

use std::collections::BTreeMap;
use std::fmt;

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use kit::i18n::Locale;
use kit::web::Onward;

use super::commands;

/// The cookie's name.
pub(super) const COOKIE_NAME: &str = "tandem_look";

/// One person's wishes about the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Colours.
    pub theme: Theme,
    /// Height of rows and controls.
    pub density: Density,
    /// Width of the rail.
    pub rail: Rail,
    /// Where to after one thing of a list is done with.
    pub after: After,
    /// Whether single letters act as commands (WCAG 2.1.4 asks for the switch).
    pub single_keys: bool,
    /// How answers are written.
    pub writing: Writing,
    /// How mails with a look of their own are shown in conversations.
    pub mails: Mails,
    /// A language: a stranger's choice, or the copy of an agent's.
    pub locale: Option<Locale>,
    /// An IANA time zone: a stranger's, chosen or told by the browser, or the copy of an agent's.
    pub zone: Option<String>,
    /// Keys chosen by hand: by command id.
    pub keymap: BTreeMap<String, String>,
}

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $(#[$first_doc:meta])* $first:ident = $first_word:literal $(, $(#[$each_doc:meta])* $each:ident = $word:literal)* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name {
            $(#[$first_doc])* #[default] $first,
            $($(#[$each_doc])* $each,)*
        }

        impl $name {
            /// Every choice, the default first.
            pub const ALL: &[Self] = &[Self::$first $(, Self::$each)*];

            /// The word used in the cookie, in forms and in CSS.
            pub fn as_str(self) -> &'static str {
                match self { Self::$first => $first_word $(, Self::$each => $word)* }
            }

            fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.as_str() == word)
            }
        }
    };
}

choices! {
    /// Colours of the screen.
    Theme {
        /// Light or dark as the system says.
        System = "system",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
        /// High contrast, light or dark as the system says.
        Contrast = "contrast",
    }
}

impl Theme {
    /// The colour of what the browser draws around the page while the system is light: the canvas of `tokens.css`.
    pub fn in_light(self) -> &'static str {
        match self {
            Self::System | Self::Light => "#f7f7f8",
            Self::Dark => "#0e0f11",
            Self::Contrast => "#ffffff",
        }
    }

    /// The same while the system is dark.
    pub fn in_dark(self) -> &'static str {
        match self {
            Self::System | Self::Dark => "#0e0f11",
            Self::Light => "#f7f7f8",
            Self::Contrast => "#000000",
        }
    }
}

choices! {
    /// Height of rows and controls.
    Density {
        /// Rows of 52 px.
        Comfortable = "comfortable",
        /// Rows of 36 px.
        Compact = "compact",
        /// Rows of 68 px.
        Roomy = "roomy",
    }
}

choices! {
    /// Width of the rail.
    Rail {
        /// Wide where there is room.
        Auto = "auto",
        /// Icons with words.
        Wide = "wide",
        /// Icons alone.
        Narrow = "narrow",
    }
}

choices! {
    /// Where to after one thing of a list is done with.
    After {
        /// To the next one.
        Next = "next",
        /// Back to the list.
        List = "list",
        /// Nowhere.
        Stay = "stay",
    }
}

impl From<After> for Onward {
    fn from(after: After) -> Self {
        match after {
            After::Next => Self::Next,
            After::List => Self::List,
            After::Stay => Self::Stay,
        }
    }
}

choices! {
    /// How answers are written.
    Writing {
        /// Plain words.
        Plain = "plain",
        /// In an editor with formatting.
        Formatted = "formatted",
    }
}

choices! {
    /// How mails with a look of their own are shown in conversations.
    Mails {
        /// As words; the look is unfolded when somebody asks.
        Words = "words",
        /// As they were sent, below the words.
        Sent = "sent",
    }
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            density: Density::Comfortable,
            rail: Rail::Auto,
            after: After::Next,
            single_keys: true,
            writing: Writing::Plain,
            mails: Mails::Words,
            locale: None,
            zone: None,
            keymap: BTreeMap::new(),
        }
    }
}

impl Look {
    /// The wishes in a request's cookies; what is missing or not understood stays at its default.
    pub fn of(headers: &HeaderMap) -> Self {
        let cookies = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok());
        let mut pairs = cookies
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs
            .find(|(name, _)| *name == COOKIE_NAME)
            .map_or_else(Self::default, |(_, value)| Self::read(value))
    }

    /// The wishes in a text that a look wrote; what is not understood stays at its default.
    pub fn read(text: &str) -> Self {
        let mut look = Self::default();
        for (name, word) in text.split('|').filter_map(|wish| wish.split_once(':')) {
            look.wish(name, word);
        }
        look
    }

    /// What a newcomer takes over from a browser that others may use too: its colours alone.
    #[must_use]
    pub fn of_a_newcomer(headers: &HeaderMap) -> Self {
        Self {
            theme: Self::of(headers).theme,
            ..Self::default()
        }
    }

    /// The wishes about the screen alone, without language and zone.
    #[must_use]
    pub fn of_the_screen(&self) -> Self {
        Self {
            locale: None,
            zone: None,
            ..self.clone()
        }
    }

    /// Takes one wish over; a name or word that is not understood changes nothing.
    pub fn wish(&mut self, name: &str, word: &str) {
        match name {
            "theme" => self.theme = Theme::parse(word).unwrap_or(self.theme),
            "density" => self.density = Density::parse(word).unwrap_or(self.density),
            "rail" => self.rail = Rail::parse(word).unwrap_or(self.rail),
            "after" => self.after = After::parse(word).unwrap_or(self.after),
            "keys" if word == "on" || word == "off" => self.single_keys = word == "on",
            "writing" => self.writing = Writing::parse(word).unwrap_or(self.writing),
            "mails" => self.mails = Mails::parse(word).unwrap_or(self.mails),
            "lang" => self.locale = Locale::parse(word).or(self.locale),
            "zone" if jiff::tz::TimeZone::get(word).is_ok() => self.zone = Some(word.to_owned()),
            _ => {
                if let Some(command) = name.strip_prefix("key.") {
                    self.bind(command, &word.replace('_', " "));
                }
            }
        }
    }

    /// Gives a command other keys; its own ones bring the default back, and keys that cannot be are ignored.
    fn bind(&mut self, command: &str, keys: &str) {
        let Some(default) = commands::default_keys(command) else {
            return;
        };
        if keys == default {
            self.keymap.remove(command);
        } else if commands::are_keys(keys) {
            self.keymap.insert(command.to_owned(), keys.to_owned());
        }
    }

    /// The keys of a command: those chosen by hand, else `default`.
    pub fn keys_of<'a>(&'a self, command: &str, default: &'a str) -> &'a str {
        self.keymap.get(command).map_or(default, String::as_str)
    }

    /// The word that a press of the rail's button asks for.
    pub fn other_rail(&self) -> &'static str {
        if self.rail == Rail::Narrow {
            Rail::Wide.as_str()
        } else {
            Rail::Narrow.as_str()
        }
    }

    /// `on` or `off`.
    pub fn keys(&self) -> &'static str {
        if self.single_keys { "on" } else { "off" }
    }
}

/// The cookie's value.
impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "theme:{}|density:{}",
            self.theme.as_str(),
            self.density.as_str()
        )?;
        write!(f, "|rail:{}|keys:{}", self.rail.as_str(), self.keys())?;
        // What is usual need not travel with every request.
        if self.after != After::default() {
            write!(f, "|after:{}", self.after.as_str())?;
        }
        if self.writing != Writing::Plain {
            write!(f, "|writing:{}", self.writing.as_str())?;
        }
        if self.mails != Mails::default() {
            write!(f, "|mails:{}", self.mails.as_str())?;
        }
        if let Some(locale) = self.locale {
            write!(f, "|lang:{}", locale.tag())?;
        }
        if let Some(zone) = &self.zone {
            write!(f, "|zone:{zone}")?;
        }
        let mut keymap = self.keymap.iter();
        keymap.try_for_each(|(command, keys)| write!(f, "|key.{command}:{}", keys.replace(' ', "_")))
    }
}
