//! Sample imports: one that was run, with rows of every outcome, one whose columns wait to be mapped, and one of which
//! something has to be said first.

use std::convert::Infallible;

use axum::body::Bytes;
use futures::stream;
use kit::db::Db;

use super::{Import, ImportError, New, files};
use crate::demo::Cast;

/// Brings three files in the name of the first agent of `cast`. The run of the first is queued.
///
/// # Errors
/// [`ImportError`]; what was brought so far stays.
pub async fn fill(db: &Db, cast: &Cast) -> Result<(), ImportError> {
    let Some(agent) = cast.agents.first() else {
        return Ok(());
    };
    let actor = agent.actor(cast.workspace.id);
    let mut lines = String::from("Company;Homepage;Customer no.\r\n");
    for account in cast.accounts.iter().take(3) {
        let website = account.website.as_deref().unwrap_or_default();
        lines.push_str(&format!("{};https://{website};\r\n", account.name));
    }
    lines.push_str("Polarnacht Verlag;polarnacht.example;4711\r\nSüdhang Winzer;info@suedhang.example;4712\r\n;nameless.example;\r\n");
    let run = bring(db, &actor, "accounts", "customers-from-crm.csv", lines).await?;
    db.write(move |tx| super::start(tx, &actor, run.id)).await?;
    let actor = agent.actor(cast.workspace.id);
    let lines = "Firma,Strona,Miasto\nŁąka Sp. z o.o.,laka.example,Łódź\nŻuraw SA,zuraw,Gdańsk\nŻuraw SA,zuraw.example,Gdynia\n";
    bring(db, &actor, "accounts", "partners.csv", lines.to_owned()).await?;
    // Nobody can tell whether that is March or April, nor what the point means.
    let mut lines = String::from("Customer;Product;Start;Price;Currency\r\n");
    for account in cast.accounts.iter().take(4) {
        lines.push_str(&format!("{};Flow;03/04/2026;1.200;EUR\r\n", account.name));
    }
    bring(db, &actor, "subscriptions", "contracts.csv", lines).await?;
    Ok(())
}

async fn bring(
    db: &Db,
    actor: &crate::actor::Actor,
    target: &str,
    name: &str,
    lines: String,
) -> Result<Import, ImportError> {
    let new = New {
        target: target.to_owned(),
        file_name: name.to_owned(),
    };
    let content = stream::iter([Ok::<_, Infallible>(Bytes::from(lines))]);
    files::receive(db, actor, new, content).await
}
