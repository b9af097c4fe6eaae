//! What the template of keeping events takes.

use askama::Template;
use kit::i18n::{Text, Value};
use kit::web::Filled;

use super::{Going, Keeping};
use crate::usage::lake::{File, Totals};

#[derive(Template)]
#[template(path = "usage/keeping/views/keeping.html")]
pub(super) struct KeepingPage<'a> {
    pub(super) t: &'a Text,
    pub(super) keeping: Keeping,
    pub(super) form: &'a Filled,
    pub(super) going: Option<Going>,
    pub(super) totals: Totals,
    pub(super) files: Vec<File>,
    pub(super) next: Option<String>,
    pub(super) may_write: bool,
}

impl KeepingPage<'_> {
    /// Whether there is anything to save.
    fn is_other(&self, going: &Going) -> bool {
        going.days != self.keeping.days
    }

    fn goes(&self, going: &Going) -> String {
        self.t.count("usage-keeping-goes", going.events)
    }

    /// How many bytes, in thousands or millions.
    fn size(&self, bytes: impl Value<i64>) -> String {
        let thousands = (bytes.value() as f64 / 1_000.0).ceil();
        if thousands < 1_000.0 {
            let size = self.t.number(thousands as i64);
            return self.t.say_with("usage-files-kb", kit::args!(size = size));
        }
        let size = self.t.decimal(thousands / 1_000.0, 1);
        self.t.say_with("usage-files-mb", kit::args!(size = size))
    }

    fn take(&self, file: &File) -> String {
        let day = self.t.day(file.day);
        self.t.say_with("usage-files-take", kit::args!(day = day))
    }

    /// How many bytes an event of a file takes.
    fn each(&self) -> String {
        let each = match self.totals.events {
            0 => return self.t.say("usage-files-none-yet"),
            events => self.totals.bytes as f64 / events as f64,
        };
        self.t
            .say_with("usage-files-bytes", kit::args!(size = self.t.decimal(each, 1)))
    }

    fn stays(&self, going: &Going) -> String {
        self.t.count("usage-keeping-stays", going.stay)
    }
}
