//! The front door as a stranger sees it: the form for a password, and a button for each provider.

use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Frame, Page};

use super::providers;
use super::views::SignInPage;

/// The form of the front door, with what was typed and what was wrong.
pub(super) async fn sign_in_page(
    db: &Db,
    t: &Text,
    email: &str,
    next: &str,
    wrong: String,
) -> Result<Page, DbError> {
    let view = SignInPage {
        t,
        email,
        next,
        wrong,
        providers: db.read(providers::offered).await?,
    };
    Ok(Page::new(t.say("doors-title"), &view).frame(Frame::Alone))
}
