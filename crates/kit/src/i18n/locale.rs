//! Which language to speak: the ones there are, and how a browser's wishes choose among them.

use super::bundle::{self, Language};

/// A language Tandem speaks. Copies are free; two are equal when their tags are.
#[derive(Clone, Copy)]
pub struct Locale(&'static Language);

/// The way a language's lines run, as the HTML attribute `dir` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// `ltr` or `rtl`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

impl Locale {
    /// English: complete, and the answer when nothing better is known.
    pub fn english() -> Self {
        Self(bundle::english())
    }

    /// Every language, ordered by tag.
    pub fn all() -> impl Iterator<Item = Self> {
        bundle::languages().iter().map(Self)
    }

    /// The language with this BCP 47 tag or the primary part of it: `pl`, `PL`, `pl-PL`, `pl_PL`.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
        Self::all().find(|locale| locale.tag() == primary)
    }

    /// The best language for an `Accept-Language` header (RFC 9110 section 12.5.4): highest weight first, first named
    /// first among equals, English when nothing fits.
    pub fn negotiate(header: &str) -> Self {
        let mut best: Option<(f32, Self)> = None;
        for wish in header.split(',') {
            let mut parts = wish.split(';');
            let Some(locale) = parts.next().and_then(|tag| Self::parse(tag.trim())) else {
                continue;
            };
            let weight = parts
                .find_map(|p| p.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, locale));
            }
        }
        best.map_or_else(Self::english, |(_, locale)| locale)
    }

    /// The tag as HTML's `lang` wants it.
    pub fn tag(self) -> &'static str {
        &self.0.tag
    }

    /// The language's name in itself: `Polski`.
    pub fn own_name(self) -> String {
        self.0
            .message("language-name", None)
            .unwrap_or_else(|| self.tag().to_owned())
    }

    /// Which way lines run.
    pub fn direction(self) -> Direction {
        if is_right_to_left(self.tag()) {
            Direction::Rtl
        } else {
            Direction::Ltr
        }
    }

    pub(super) fn language(self) -> &'static Language {
        self.0
    }
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.tag() == other.tag()
    }
}

impl Eq for Locale {}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Locale({})", self.tag())
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self::english()
    }
}

pub(super) fn is_right_to_left(tag: &str) -> bool {
    matches!(
        tag,
        "ar" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi"
    )
}
