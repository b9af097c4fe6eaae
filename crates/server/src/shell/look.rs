//! How a person likes the screen: kept in the cookie `tandem_look`, so that the first byte already looks right.

use std::collections::BTreeMap;
use std::fmt;

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use kit::i18n::Locale;

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
    /// Whether single letters act as commands (WCAG 2.1.4 asks for the switch).
    pub single_keys: bool,
    /// How answers are written.
    pub writing: Writing,
    /// A language chosen by hand.
    pub locale: Option<Locale>,
    /// An IANA time zone, chosen or told by the browser.
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
    /// How answers are written.
    Writing {
        /// Plain words.
        Plain = "plain",
        /// In an editor with formatting.
        Formatted = "formatted",
    }
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            density: Density::Comfortable,
            rail: Rail::Auto,
            single_keys: true,
            writing: Writing::Plain,
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

    /// Takes one wish over; a name or word that is not understood changes nothing.
    pub fn wish(&mut self, name: &str, word: &str) {
        match name {
            "theme" => self.theme = Theme::parse(word).unwrap_or(self.theme),
            "density" => self.density = Density::parse(word).unwrap_or(self.density),
            "rail" => self.rail = Rail::parse(word).unwrap_or(self.rail),
            "keys" if word == "on" || word == "off" => self.single_keys = word == "on",
            "writing" => self.writing = Writing::parse(word).unwrap_or(self.writing),
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
        if self.writing != Writing::Plain {
            write!(f, "|writing:{}", self.writing.as_str())?;
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
