//! The rows of words.

use kit::db::{DbError, Tx};
use kit::i18n::Locale;
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Spot, Translations};
use crate::forms::WebFormId;

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId, form: WebFormId) -> Result<Translations, DbError> {
    let rows: Vec<(String, String, String)> = tx.rows(
        sql!(
            "select language, part, words
             from web_form_words
             where workspace_id = $1 and form_id = $2
             order by language, part"
        ),
        params![workspace, form],
        |row| Ok((row.get("language")?, row.get("part")?, row.get("words")?)),
    )?;
    let mut all = Translations::new();
    for (language, part, words) in rows {
        // A language or a part that this version does not know says nothing.
        let locale = Locale::all().find(|locale| locale.tag() == language);
        if let (Some(locale), Ok(spot)) = (locale, part.parse::<Spot>()) {
            all.entry(locale.tag()).or_default().put(spot, words);
        }
    }
    Ok(all)
}

/// A form has few words, each a short statement.
pub(super) fn replace(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    form: WebFormId,
    all: &Translations,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from web_form_words where workspace_id = $1 and form_id = $2"),
        params![workspace, form],
    )?;
    for (language, words) in all {
        for (spot, words) in words.iter() {
            tx.execute(
                sql!(
                    "insert into web_form_words (workspace_id, form_id, language, part, words)
                     values ($1, $2, $3, $4, $5)"
                ),
                params![workspace, form, *language, spot.to_string(), words],
            )?;
        }
    }
    Ok(())
}
