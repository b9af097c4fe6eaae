//! Orders as files bring them, one a row: which order a row means, what it says of it, and the way back.
//!
//! An order is known by its number. Its account stays; day, total, what was bought and whether it is cancelled can be said
//! anew. An order that has lines of its own keeps them: a row with another total is refused.

mod fields;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::money::Currency;
use serde::{Deserialize, Serialize};

use super::model::checked_number;
use super::{CHANGED, Cancellation, Filter, Line, Order, OrderError, OrderId, OrderText, record, store};
use crate::accounts::references;
use crate::actor::Actor;
use crate::imports::target::{self, Done, Refusal, Return, RowError, RowKey, Taken, Target, Values};
use crate::permissions::Permission;
use crate::{currencies, events, products, touchpoints};
use fields::{CURRENCY, DAY, NUMBER, PRODUCT, TEXT, TOTAL};

/// Orders, for imports.
pub const TARGET: Target = Target {
    key: "orders",
    title: "orders-title",
    needs: Permission::MoneyWrite,
    fields: fields::ALL,
    own: None,
    path: "/orders/",
    place: "/orders",
    list: super::LIST,
    id: |id| OrderId::from_uuid(id).to_string(),
    row_key,
    alike,
    take,
    take_back,
    bulk: None,
};

/// The number as it is stored.
fn number(values: &Values) -> Result<String, Refusal> {
    let written = values.must(NUMBER)?;
    checked_number(written).ok_or_else(|| Refusal::of(target::TOO_LONG).field(NUMBER).about(100))
}

fn row_key(values: &Values) -> Result<RowKey, Refusal> {
    Ok(RowKey::Outside(number(values)?))
}

/// The one with this number.
fn alike(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Vec<Uuid>, RowError> {
    let filter = Filter {
        number: Some(number(values)?),
        ..Filter::default()
    };
    let known = store::list(tx, actor.workspace, &filter, None, 2)?;
    Ok(known.iter().map(|order| order.id.uuid()).collect())
}

fn take(tx: &mut Tx<'_>, actor: &Actor, values: &Values, known: Option<Uuid>) -> Result<Taken, RowError> {
    let known = match known {
        Some(id) => store::find(tx, actor.workspace, OrderId::from_uuid(id))?,
        None => None,
    };
    let Some(before) = known else {
        let account = references::must(tx, actor, values)?;
        let text = text(tx, actor, values, None)?;
        let added = super::add(tx, actor, account, &text).map_err(|error| refused(error, values))?;
        let added = settled(tx, actor, values, added)?;
        return Ok(Taken::Added(added.id.uuid(), added.version));
    };
    let account = references::meant(tx, actor, values)?;
    if account.is_some_and(|account| account != before.account) {
        return Err(Refusal::of(target::FIXED).field(references::NAME.key).into());
    }
    let text = text(tx, actor, values, Some(&before))?;
    let now = super::change(tx, actor, before.id, before.version, &text);
    let now = settled(tx, actor, values, now.map_err(|error| refused(error, values))?)?;
    if now.version == before.version {
        return Ok(Taken::Unchanged(before.id.uuid()));
    }
    Ok(Taken::Changed {
        subject: before.id.uuid(),
        before: serde_json::to_string(&Before::of(&before)).expect("days and numbers are always JSON"),
        version: now.version,
    })
}

/// Cancels an order, or lets it hold, as the row says.
fn settled(tx: &mut Tx<'_>, actor: &Actor, values: &Values, order: Order) -> Result<Order, RowError> {
    let settled = match fields::is_cancelled(values)? {
        Some(true) => super::cancel(tx, actor, order.id),
        Some(false) => super::restore(tx, actor, order.id),
        None => Ok(order),
    };
    settled.map_err(|error| refused(error, values))
}

/// What a row says of an order; what it leaves out stays as it is.
fn text(
    tx: &mut Tx<'_>,
    actor: &Actor,
    values: &Values,
    before: Option<&Order>,
) -> Result<OrderText, RowError> {
    let currency = match (values.get(CURRENCY), before) {
        (Some(written), _) => target::currency(written).map_err(|refusal| refusal.field(CURRENCY))?,
        (None, Some(before)) => before.currency,
        (None, None) => currencies::reporting(tx, actor.workspace)?,
    };
    values.must(TOTAL)?;
    let total = target::minor(values, TOTAL, currency)?.unwrap_or_default();
    let product = products::references::named_in(tx, actor, values, PRODUCT)?;
    let text = OrderText {
        number: number(values)?,
        day: values.must(DAY)?.parse().map_err(|_| bad_day(values))?,
        currency,
        lines: Vec::new(),
    };
    let lines = match before {
        Some(before) if before.lines.len() > 1 => {
            if (before.total, before.currency) != (total, currency) {
                return Err(Refusal::of(target::FIXED).field(TOTAL).into());
            }
            before.lines.clone()
        }
        before => {
            let known = before.and_then(|before| before.lines.first());
            let mut line = Line::whole(product.map(|product| product.id), total);
            line.product = line.product.or(known.and_then(|known| known.product));
            let said = values.get(TEXT).map(|text| text.chars().take(500).collect());
            line.text = said.or(known.map(|known| known.text.clone())).unwrap_or_default();
            if let Some(known) = known.filter(|known| known.total() == Some(total)) {
                (line.quantity, line.price) = (known.quantity, known.price);
            }
            vec![line]
        }
    };
    Ok(OrderText { lines, ..text })
}

fn bad_day(values: &Values) -> Refusal {
    let written = values.get(DAY).unwrap_or_default();
    Refusal::of(target::BAD_DAY).field(DAY).about(written)
}

fn take_back(tx: &mut Tx<'_>, actor: &Actor, done: &Done) -> Result<Return, DbError> {
    let now = store::find(tx, actor.workspace, OrderId::from_uuid(done.subject))?;
    let now = now.map(|now| (now.version, now));
    done.take_back(tx, now, |tx, now, before: Option<Before>| {
        let back = match before {
            None => erase(tx, actor, &now),
            Some(before) => before.restore(tx, actor, now),
        };
        back.map_err(|error| refused(error, &Values::default()))
    })
}

/// Takes an order away that nobody has touched since a file brought it, with its trace on the timeline.
fn erase(tx: &mut Tx<'_>, actor: &Actor, now: &Order) -> Result<(), OrderError> {
    actor.must(Permission::MoneyWrite)?;
    store::delete(tx, actor.workspace, now.id)?;
    let evidence = format!("{}{}", TARGET.path, now.id);
    touchpoints::forget_traces(tx, actor.workspace, now.account, &evidence)?;
    Ok(events::forget(tx, actor.workspace, now.id)?)
}

/// How an order was before a row changed it.
#[derive(Serialize, Deserialize)]
struct Before {
    number: String,
    day: Day,
    currency: Currency,
    /// Product, description, quantity and price of each.
    lines: Vec<(Option<products::ProductId>, String, i64, i64)>,
    /// By whom and when.
    cancellation: Option<(String, i64)>,
}

impl Before {
    fn of(order: &Order) -> Self {
        let line = |line: &Line| (line.product, line.text.clone(), line.quantity, line.price);
        let cancellation = order.cancellation.as_ref();
        Self {
            number: order.number.clone(),
            day: order.day,
            currency: order.currency,
            lines: order.lines.iter().map(line).collect(),
            cancellation: cancellation.map(|one| (one.by.clone(), one.at.0)),
        }
    }

    fn restore(self, tx: &mut Tx<'_>, actor: &Actor, mut now: Order) -> Result<(), OrderError> {
        actor.must(Permission::MoneyWrite)?;
        let line = |(product, text, quantity, price)| Line {
            product,
            product_name: None,
            text,
            quantity,
            price,
        };
        let text = OrderText {
            number: self.number,
            day: self.day,
            currency: self.currency,
            lines: self.lines.into_iter().map(line).collect(),
        };
        let (text, total) = text.checked()?;
        (now.number, now.day, now.currency) = (text.number, text.day, text.currency);
        (now.lines, now.total) = (text.lines, total);
        if now.cancellation.take().is_some() {
            store::restore(tx, actor.workspace, &now)?;
        }
        now.version += 1;
        now.changed_at = tx.now();
        store::update(tx, actor.workspace, &now)?;
        if let Some((by, at)) = self.cancellation {
            let at = kit::clock::Timestamp(at);
            now.cancellation = Some(Cancellation { by, at });
            store::cancel(tx, actor.workspace, &now)?;
        }
        Ok(record(tx, actor, &CHANGED, &now)?)
    }
}

fn refused(error: OrderError, values: &Values) -> RowError {
    let refusal = match error {
        OrderError::Db(error) => return error.into(),
        OrderError::BadNumber => Refusal::of(target::TOO_LONG).field(NUMBER).about(100),
        OrderError::NumberTaken => Refusal::of(target::NUMBER_TAKEN)
            .field(NUMBER)
            .about(values.get(NUMBER).unwrap_or_default()),
        OrderError::BadLines => Refusal::of(target::OUT_OF_RANGE).field(TOTAL).about("≥ 0"),
        OrderError::UnknownProduct => Refusal::of(target::NOT_THERE).field(PRODUCT),
        _ => Refusal::of(target::OTHER),
    };
    refusal.into()
}
