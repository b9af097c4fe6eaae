//! Stripe's objects, as far as they say what an account pays: read from the JSON of its events, whatever API version they
//! have. What is not understood is named, never guessed.

use kit::money::Currency;
use serde_json::Value;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A customer: an account of ours.
    Customer,
    /// A subscription: one of ours for each of its items.
    Subscription,
    /// An invoice.
    Invoice,
}

/// An event, as far as it concerns us.
#[derive(Clone, Debug, PartialEq)]
pub struct StripeEvent {
    /// Its id: `evt_…`.
    pub id: String,
    /// Its type: `customer.subscription.updated`.
    pub kind: String,
    /// When it happened, in seconds since 1970.
    pub happened: i64,
    /// The id of what it is about.
    pub object: String,
    /// Whose that is; empty when that is not said.
    pub customer: String,
}

/// Why an object says nothing that we can take over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// A field is missing or of another form: its name.
    Field(&'static str),
    /// It pays for a span that is no number of months.
    Interval,
    /// Its price has steps or follows use: there is no amount for one.
    NoAmount,
    /// A currency that is none of ISO 4217.
    Currency,
}

impl About {
    /// What an event of this type is about; `None` for what does not concern us.
    pub fn of(kind: &str) -> Option<Self> {
        if kind.starts_with("customer.subscription.") {
            return Some(Self::Subscription);
        }
        match kind.split_once('.')? {
            ("customer", "created" | "updated" | "deleted") => Some(Self::Customer),
            ("invoice", "upcoming") => None,
            ("invoice", _) => Some(Self::Invoice),
            _ => None,
        }
    }
}

impl StripeEvent {
    /// Reads the envelope of an event.
    ///
    /// # Errors
    /// [`Misread::Field`] when it is none.
    pub fn read(body: &Value) -> Result<Self, Misread> {
        let object = &body["data"]["object"];
        let kind = text(body, "type")?;
        let id = text(object, "id").unwrap_or_default();
        let customer = match About::of(&kind) {
            Some(About::Customer) => id.clone(),
            _ => id_of(&object["customer"]).unwrap_or_default(),
        };
        Ok(Self {
            id: text(body, "id")?,
            happened: number(body, "created")?,
            object: id,
            customer,
            kind,
        })
    }

    /// How late among those of one second it comes: what is made comes before its changes, what ends comes last.
    pub fn rank(kind: &str) -> u8 {
        match kind.rsplit('.').next().unwrap_or_default() {
            "created" => 0,
            "finalized" => 1,
            "paid" | "voided" | "payment_succeeded" => 3,
            "deleted" => 4,
            _ => 2,
        }
    }
}

/// What an account is called, and which of ours it is when somebody has said so in its metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerSaid {
    /// Its name, or its address where it has none.
    pub name: String,
    /// The value of `tandem_account` in its metadata.
    pub account: Option<String>,
}

impl CustomerSaid {
    /// Reads a customer.
    pub fn read(object: &Value) -> Self {
        let given = |name: &str| {
            object[name]
                .as_str()
                .map(str::trim)
                .filter(|text| !text.is_empty())
        };
        let name = given("name").or_else(|| given("email")).or_else(|| given("id"));
        let account = object["metadata"]["tandem_account"].as_str();
        Self {
            name: name.unwrap_or("—").chars().take(200).collect(),
            account: account.map(str::to_owned),
        }
    }
}

/// A subscription at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct SubscriptionSaid {
    /// Whether it is there at all: not while its first payment is missing.
    pub is_there: bool,
    /// When it began.
    pub starts: i64,
    /// Until when it costs nothing.
    pub trial_end: Option<i64>,
    /// Whether nothing is paid for now.
    pub is_paused: bool,
    /// When it ended or will.
    pub ends: Option<i64>,
    /// Why, in Stripe's words.
    pub why: String,
    /// Whether it goes on after its period.
    pub goes_on: bool,
    /// Hundredths of a percent off.
    pub discount: i64,
    /// What is subscribed to.
    pub items: Vec<ItemSaid>,
}

/// One item of a subscription.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemSaid {
    /// Its id: `si_…`.
    pub id: String,
    /// The price: `price_…`.
    pub price: String,
    /// The product: `prod_…`.
    pub product: String,
    /// What it costs, and for how many months; else why that can't be said.
    pub cost: Result<Cost, Misread>,
    /// How many.
    pub quantity: i64,
    /// When its present period is over.
    pub renews: Option<i64>,
}

/// What one of an item costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Minor units.
    pub amount: i64,
    /// Of what.
    pub currency: Currency,
    /// For how many months.
    pub months: i64,
}

impl SubscriptionSaid {
    /// Reads a subscription; `deleted` when the event says that it is over.
    ///
    /// # Errors
    /// [`Misread`] for a form that is not Stripe's.
    pub fn read(object: &Value, deleted: bool) -> Result<Self, Misread> {
        let status = text(object, "status")?;
        let moment = |name: &str| object[name].as_i64();
        let is_over = deleted || matches!(&*status, "canceled" | "incomplete_expired");
        let over = moment("ended_at").or_else(|| moment("canceled_at"));
        let items = object["items"]["data"]
            .as_array()
            .ok_or(Misread::Field("items"))?;
        let items: Vec<ItemSaid> = items
            .iter()
            .map(|item| ItemSaid::read(item, object))
            .collect::<Result<_, _>>()?;
        let cancels = object["cancel_at_period_end"].as_bool() == Some(true) || moment("cancel_at").is_some();
        Ok(Self {
            is_there: !matches!(&*status, "incomplete" | "incomplete_expired"),
            starts: number(object, "start_date").or_else(|_| number(object, "created"))?,
            trial_end: moment("trial_end"),
            is_paused: status == "paused" || object["pause_collection"].is_object(),
            ends: if is_over {
                over.or_else(|| moment("current_period_end"))
            } else {
                moment("cancel_at")
            },
            why: reason(object),
            goes_on: !cancels,
            discount: discount(object, &items),
            items,
        })
    }
}

impl ItemSaid {
    fn read(item: &Value, whole: &Value) -> Result<Self, Misread> {
        let price = &item["price"];
        let renews = item["current_period_end"].as_i64();
        Ok(Self {
            id: text(item, "id")?,
            price: text(price, "id")?,
            product: id_of(&price["product"]).unwrap_or_default(),
            cost: Cost::read(price),
            quantity: item["quantity"].as_i64().unwrap_or(1),
            renews: renews.or_else(|| whole["current_period_end"].as_i64()),
        })
    }
}

impl Cost {
    fn read(price: &Value) -> Result<Self, Misread> {
        let recurring = &price["recurring"];
        let count = recurring["interval_count"].as_i64().unwrap_or(1);
        let months = match recurring["interval"].as_str() {
            Some("month") => count,
            Some("year") => count.checked_mul(12).ok_or(Misread::Interval)?,
            _ => return Err(Misread::Interval),
        };
        if !(1..=60).contains(&months) {
            return Err(Misread::Interval);
        }
        let is_plain = price["billing_scheme"].as_str().unwrap_or("per_unit") == "per_unit"
            && recurring["usage_type"].as_str().unwrap_or("licensed") == "licensed";
        let amount = price["unit_amount"]
            .as_i64()
            .filter(|amount| is_plain && *amount >= 0);
        Ok(Self {
            amount: amount.ok_or(Misread::NoAmount)?,
            currency: currency(price)?,
            months,
        })
    }
}

/// An invoice at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct InvoiceSaid {
    /// Its number; none while it is a draft.
    pub number: Option<String>,
    /// What it is in.
    pub currency: Currency,
    /// How much, in minor units.
    pub total: i64,
    /// How much of it came in.
    pub paid: i64,
    /// How it stands: `draft`, `open`, `paid`, `void`, `uncollectible`.
    pub status: String,
    /// When it was issued.
    pub issued: i64,
    /// Until when it can be paid in time.
    pub due: Option<i64>,
    /// When it was paid.
    pub paid_at: Option<i64>,
}

impl InvoiceSaid {
    /// Reads an invoice.
    ///
    /// # Errors
    /// [`Misread`] for a form that is not Stripe's.
    pub fn read(object: &Value) -> Result<Self, Misread> {
        let moved = &object["status_transitions"];
        let issued = moved["finalized_at"]
            .as_i64()
            .or_else(|| object["created"].as_i64());
        Ok(Self {
            number: object["number"].as_str().map(str::to_owned),
            currency: currency(object)?,
            total: number(object, "total")?,
            paid: object["amount_paid"].as_i64().unwrap_or(0),
            status: text(object, "status").unwrap_or_else(|_| "draft".to_owned()),
            issued: issued.ok_or(Misread::Field("created"))?,
            due: object["due_date"].as_i64(),
            paid_at: moved["paid_at"].as_i64(),
        })
    }
}

/// Stripe's word for why a subscription ends: what the customer chose, else how it came to it.
fn reason(object: &Value) -> String {
    let details = &object["cancellation_details"];
    let words = [details["feedback"].as_str(), details["reason"].as_str()];
    words.into_iter().flatten().next().unwrap_or_default().to_owned()
}

/// What is taken off as one share of all items, in hundredths of a percent: percentages and fixed amounts in the order in
/// which Stripe has them. What is taken off once does not recur, so it is left out.
fn discount(object: &Value, items: &[ItemSaid]) -> i64 {
    let many = object["discounts"].as_array().into_iter().flatten();
    let all = many.chain(std::iter::once(&object["discount"]));
    let coupon = |discount: &'_ Value| match &discount["coupon"] {
        Value::Null => discount["source"]["coupon"].clone(),
        coupon => coupon.clone(),
    };
    let costs = items
        .iter()
        .filter_map(|item| Some((item.cost.as_ref().ok()?, item.quantity)));
    let whole: f64 = costs
        .clone()
        .map(|(cost, many)| cost.amount as f64 * many as f64)
        .sum();
    let is_in = |coupon: &Value| {
        let code = coupon["currency"].as_str().unwrap_or_default();
        costs
            .clone()
            .all(|(cost, _)| cost.currency.code().eq_ignore_ascii_case(code))
    };
    let mut left = 1.0;
    for coupon in all.map(coupon).filter(|coupon| coupon["duration"] != "once") {
        if let Some(percent) = coupon["percent_off"].as_f64() {
            left *= 1.0 - percent.clamp(0.0, 100.0) / 100.0;
        }
        let amount = coupon["amount_off"]
            .as_f64()
            .filter(|_| whole > 0.0 && is_in(&coupon));
        left -= amount.unwrap_or(0.0).max(0.0) / whole.max(1.0);
    }
    ((1.0 - left.max(0.0)) * 10_000.0).round() as i64
}

fn currency(object: &Value) -> Result<Currency, Misread> {
    let code = object["currency"].as_str().ok_or(Misread::Field("currency"))?;
    code.parse().map_err(|_| Misread::Currency)
}

fn text(object: &Value, name: &'static str) -> Result<String, Misread> {
    let text = object[name].as_str().filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or(Misread::Field(name))
}

fn number(object: &Value, name: &'static str) -> Result<i64, Misread> {
    object[name].as_i64().ok_or(Misread::Field(name))
}

/// An id that stands alone or in the object itself.
fn id_of(value: &Value) -> Option<String> {
    let id = value.as_str().or_else(|| value["id"].as_str());
    id.map(str::to_owned)
}

#[cfg(test)]
mod tests;
