//! Words, numbers, dates and money in the reader's language.
//!
//! Every word a person reads stands in `locales/<language>/*.ftl` (Project Fluent), one file per area of the product. A
//! folder there is a language; English is complete by definition and answers wherever another language is silent.
//!
//! - [`Locale`] names a language, cheaply and by copy.
//! - [`Text`] is a language, a time zone and the present moment together: what a template needs to speak to one reader.
//!   Handlers take it as an extractor and hand it to their template as the field `t`:
//!   `{{ t.say("nav-accounts") }}`, `{{ t.count("accounts-count", n) }}`, `{{ t.ago(ticket.created) }}`.

mod bundle;
mod date;
mod extract;
mod formats;
mod locale;
mod money;
mod number;
mod read;
mod text;
mod value;

pub use bundle::{Args, keys};
pub use formats::{ClockFace, DateOrder, Formats, NumberStyle};
pub use locale::{Direction, Locale};
pub use money::minor_digits;
pub use read::MoneyTrouble;
pub use text::Text;
pub use value::Value;

#[doc(hidden)]
pub use fluent_bundle::FluentValue;

/// Arguments of a message: `args![n = 3, name = account.name]`.
///
/// A number may choose a plural form; it is written with the language's separators.
#[macro_export]
macro_rules! args {
    ($($name:ident = $value:expr),* $(,)?) => {{
        let mut args = $crate::i18n::Args::new();
        $(args.set(stringify!($name), $value);)*
        args
    }};
}
pub use crate::args;

#[cfg(test)]
mod tests;
