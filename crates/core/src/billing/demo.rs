//! An invented connection of the sample data: a customer that is taken over, and one whose price nobody has mapped.

use kit::db::Tx;
use serde_json::{Value, json};

use super::{BillingError, Gate, connect, mapping, receiving, signature};
use crate::actor::Actor;
use crate::products;

/// The signing secret of the sample data; no system has it.
const SECRET: &str = "whsec_sample_of_no_system";

/// Connects the workspace with a system that has told of two customers.
///
/// # Errors
/// As of [`connect`] and [`receiving::receive`].
pub fn fill(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), BillingError> {
    let connection = connect(tx, actor, "Stripe", SECRET)?;
    let gate = Gate {
        workspace: actor.workspace,
        connection: connection.id,
    };
    let sold = products::all(tx, actor).unwrap_or_default();
    if let Some(product) = sold.first() {
        mapping::link_product(tx, actor, connection.id, "prod_plan", product.id)?;
    }
    let now = tx.now().0 / 1_000_000;
    for (number, (id, name, product)) in [
        ("cus_halden", "Halden Ceramics", "prod_plan"),
        ("cus_marlow", "Marlow Print", "prod_addon"),
    ]
    .into_iter()
    .enumerate()
    {
        let customer = json!({ "id": id, "object": "customer", "name": name, "metadata": {} });
        let contract = subscription(&format!("sub_{number}"), (id, product), now - 40 * 86_400);
        for (kind, object) in [
            ("customer.created", customer),
            ("customer.subscription.created", contract),
        ] {
            let body = json!({
                "id": format!("evt_{number}_{}", kind.len()), "object": "event", "type": kind,
                "created": now - 40 * 86_400, "data": { "object": object }
            })
            .to_string();
            let header = signature::header(body.as_bytes(), SECRET.as_bytes(), now);
            receiving::receive(tx, gate, &header, &body)?;
        }
    }
    Ok(())
}

fn subscription(id: &str, (customer, product): (&str, &str), starts: i64) -> Value {
    json!({
        "id": id, "object": "subscription", "customer": customer, "status": "active", "start_date": starts,
        "items": { "data": [{
            "id": format!("si_{id}"), "quantity": 6, "current_period_end": starts + 61 * 86_400,
            "price": {
                "id": format!("price_{product}"), "product": product, "currency": "eur", "unit_amount": 1_900,
                "recurring": { "interval": "month", "interval_count": 1 }
            }
        }] }
    })
}
