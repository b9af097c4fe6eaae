//! What the templates of what is unfolded below a message take.

use askama::Template;
use kit::i18n::Text;

use crate::mails::Mail;
use crate::mails::views::Images;

#[derive(Template)]
#[template(path = "mails/views/sheet.html")]
pub(super) struct SheetPage<'a> {
    pub(super) t: &'a Text,
    pub(super) mail: &'a Mail,
    /// What its frame is called.
    pub(super) frame: String,
    pub(super) images: Images,
    /// How high it probably is: a class.
    pub(super) height: &'static str,
}

impl SheetPage<'_> {
    /// Where its document is.
    fn look(&self) -> String {
        let images = if self.images.are_shown {
            "?images=shown"
        } else {
            ""
        };
        format!("/mails/{}/look{images}", self.mail.id)
    }
}

#[derive(Template)]
#[template(path = "mails/views/rest.html")]
pub(super) struct RestPage<'a> {
    pub(super) t: &'a Text,
    /// What its frame is called.
    pub(super) frame: String,
    pub(super) text: &'a str,
}
