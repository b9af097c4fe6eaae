//! What the pages of billing share: the page of a connection with all that stands on it.

use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Choice, Failure, Filled, Notice, Page};

use super::mapping::{self, Mapping};
use super::views::{ConnectionPage, ListPage};
use super::{BillingError, Connection, ConnectionId, Cursor, Gate, LIST, Outcome, Receipt};
use crate::actor::Actor;
use crate::products::{self, Product};

pub(super) const ADDRESS: &str = "/settings/billing";
/// Events on one page of the log.
const PAGE: i64 = 50;

/// What the page of a connection shows.
pub(super) struct Shown {
    pub(super) connection: Connection,
    pub(super) mapping: Mapping,
    pub(super) products: Vec<Product>,
    pub(super) log: Vec<Receipt>,
    pub(super) next: Option<String>,
    pub(super) gate: Gate,
}

/// Reads what the page of a connection shows; `asked` has the outcome and the cursor of the log.
pub(super) async fn read(db: &Db, actor: Actor, id: ConnectionId, asked: &Filled) -> Result<Shown, Failure> {
    let outcome = Outcome::named(asked.value("outcome"));
    let after = Some(asked.value("after")).filter(|after| !after.is_empty());
    let after: Option<Cursor> = cursor::wanted(LIST, after)?;
    let mut shown = db
        .read(move |tx| {
            let connection = super::find(tx, &actor, id)?.ok_or(BillingError::Unknown)?;
            let gate = Gate {
                workspace: actor.workspace,
                connection: id,
            };
            Ok::<_, Failure>(Shown {
                connection,
                gate,
                mapping: mapping::of(tx, &actor, id)?,
                products: products::all(tx, &actor)?,
                log: super::log(tx, &actor, id, (outcome, after), PAGE + 1)?,
                next: None,
            })
        })
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    if shown.log.len() > page {
        shown.log.truncate(page);
        let last = Cursor {
            id: shown.log[page - 1].id,
        };
        let outcome = asked.value("outcome");
        let address = format!("{ADDRESS}/{id}");
        let pairs = [("outcome", outcome), ("after", &cursor::write(LIST, &last))];
        shown.next = Some(kit::web::address(&address, &pairs));
    }
    Ok(shown)
}

/// The page of a connection; `form` holds what was typed and what is wrong, `asked` what of the log is wanted.
pub(super) fn page(t: &Text, shown: &Shown, (form, asked): (&Filled, &Filled)) -> Page {
    let view = ConnectionPage {
        t,
        shown,
        form,
        outcomes: outcomes(t, asked.value("outcome")),
        products: shown
            .products
            .iter()
            .map(|product| Choice::new(product.id.to_string(), &product.name))
            .collect(),
    };
    Page::new(&shown.connection.name, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("billing-title"), ADDRESS)
        .actions(&view.actions())
        .live(LIST)
}

/// The connections, and the form that adds one.
pub(super) fn list_page(t: &Text, connections: Vec<Connection>, form: &Filled) -> Page {
    let view = ListPage { t, connections, form };
    Page::new(t.say("billing-title"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST)
}

/// Back to the connection, saying what was done.
pub(super) fn done(t: &Text, key: &str, id: ConnectionId) -> Response {
    let address = format!("{ADDRESS}/{id}");
    (Notice::new(t.say(key)), Redirect::to(&address)).into_response()
}

fn outcomes(t: &Text, chosen: &str) -> Vec<Choice> {
    let all = Choice::new("", t.say("billing-all")).chosen_if(chosen.is_empty());
    let each = [
        Outcome::Received,
        Outcome::Applied,
        Outcome::NeedsMapping,
        Outcome::Failed,
        Outcome::Ignored,
    ];
    let each = each.map(|outcome| {
        Choice::new(outcome.as_str(), t.say(outcome.text())).chosen_if(outcome.as_str() == chosen)
    });
    std::iter::once(all).chain(each).collect()
}
