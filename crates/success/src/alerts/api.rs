//! Alerts, for programs.

use axum::extract::State as Held;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Limit, Listed, Operation, Sent, Single, cursor};
use schemars::JsonSchema;
use serde::Deserialize;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;

use super::documents::{AlertDocument, DismissalInput, OutcomeInput, OwnerInput, SnoozeInput, document};
use super::failures::{AGENT, CLOSED, SUPERSEDED, UNTIL, WORDS};
use super::{
    AlertError, AlertId, Cursor, Filter, LIST, Line, State, Way, Whose, acting, feed, list as listed,
};

pub(super) const PART: &str = "Early warning";

/// Which alerts, and how many.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "AlertsQuery")]
#[serde(deny_unknown_fields)]
pub struct FeedQuery {
    /// Where they stand; open ones unless told.
    state: Option<State>,
    /// Risks or chances; both unless told.
    way: Option<Way>,
    /// Whose; everybody's unless told.
    owner: Option<AgentId>,
    /// Those that are nobody's alone; then there is no owner.
    #[serde(default)]
    unowned: bool,
    /// Of which account; of all unless told.
    account: Option<AccountId>,
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// `GET /api/v1/alerts`
pub const FEED: Operation = Operation::new(
    PART,
    "List alerts",
    "Those with the most at stake first, an account's together; closed ones the last closed first.",
)
.asks::<FeedQuery>()
.gives::<Listed<AlertDocument>>();

/// `GET /api/v1/alerts/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an alert",
    "What was found, how much it matters, and where it stands.",
)
.of::<AlertId>()
.shows::<AlertDocument>();

/// `PUT /api/v1/alerts/{id}/owner`
pub const GIVE: Operation = Operation::new(
    PART,
    "Give an alert to somebody",
    "Null lets it fall back to whoever looks after the account.",
)
.of::<AlertId>()
.takes::<OwnerInput>()
.shows::<AlertDocument>()
.fails(&[&AGENT, &CLOSED]);

/// `PUT /api/v1/alerts/{id}/snooze`
pub const SNOOZE: Operation = Operation::new(PART, "Snooze an alert", "It is open again on that day.")
    .of::<AlertId>()
    .takes::<SnoozeInput>()
    .shows::<AlertDocument>()
    .fails(&[&UNTIL, &CLOSED]);

/// `DELETE /api/v1/alerts/{id}/snooze`
pub const WAKE: Operation = Operation::new(PART, "Wake an alert", "One that is open stays so.")
    .of::<AlertId>()
    .shows::<AlertDocument>()
    .fails(&[&CLOSED]);

/// `PUT /api/v1/alerts/{id}/dismissal`
pub const DISMISS: Operation = Operation::new(
    PART,
    "Dismiss an alert",
    "Says that it was none, and why; its rule opens none at the account during its cooldown.",
)
.of::<AlertId>()
.takes::<DismissalInput>()
.shows::<AlertDocument>()
.fails(&[&WORDS, &CLOSED]);

/// `PUT /api/v1/alerts/{id}/outcome`
pub const HANDLE: Operation = Operation::new(
    PART,
    "Say what came of an alert",
    "It closes; its rule opens none at the account during its cooldown.",
)
.of::<AlertId>()
.takes::<OutcomeInput>()
.shows::<AlertDocument>()
.fails(&[&WORDS, &CLOSED]);

/// `DELETE /api/v1/alerts/{id}/outcome`
pub const REOPEN: Operation = Operation::new(
    PART,
    "Open an alert again",
    "Whether it was dismissed, handled or has eased; one that is open stays so.",
)
.of::<AlertId>()
.shows::<AlertDocument>()
.fails(&[&SUPERSEDED]);

/// `GET /api/v1/alerts`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    Held(db): Held<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<FeedQuery>,
) -> Result<Listed<AlertDocument>, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let filter = Filter {
        way: query.way,
        state: query.state.unwrap_or(State::Open),
        owner: if query.unowned {
            Whose::Nobodys
        } else {
            query.owner.into()
        },
        account: query.account,
    };
    let (may_money, limit) = (actor.may(Permission::MoneyRead), query.limit);
    let lines = db
        .read(move |tx| listed(tx, &actor, filter, after, limit.and_one()))
        .await?;
    let shown: Vec<Told> = lines.into_iter().map(|line| Told { line, may_money }).collect();
    let next = |told: &Told| cursor::write(LIST, &feed::place(&told.line));
    Ok(Listed::of(shown, limit, next).linked(&address))
}

/// A line and whether its reader may see money.
struct Told {
    line: Line,
    may_money: bool,
}

impl From<Told> for AlertDocument {
    fn from(told: Told) -> Self {
        document(told.line.alert, told.may_money)
    }
}

/// `GET /api/v1/alerts/{id}`
///
/// # Errors
/// No such alert here, or the database's.
pub async fn show(Held(db): Held<Db>, actor: Actor, At(id): At<AlertId>) -> Result<Single, Failure> {
    let may_money = actor.may(Permission::MoneyRead);
    let alert = db.read(move |tx| feed::seen(tx, &actor, id)).await?;
    Ok(Single::of(&document(alert, may_money)))
}

/// Carries an act out, and shows the alert after it.
async fn act(
    db: &Db,
    actor: Actor,
    work: impl Fn(&mut kit::db::Tx<'_>, &Actor) -> Result<acting::Done, AlertError> + Send + 'static,
) -> Result<Single, Failure> {
    let may_money = actor.may(Permission::MoneyRead);
    let (alert, _) = db.write(move |tx| work(tx, &actor)).await?;
    Ok(Single::of(&document(alert, may_money)))
}

/// `PUT /api/v1/alerts/{id}/owner`
///
/// # Errors
/// No such alert here, what can't be, a missing permission, or the database's.
pub async fn give(
    Held(db): Held<Db>,
    actor: Actor,
    At(id): At<AlertId>,
    Sent(input): Sent<OwnerInput>,
) -> Result<Single, Failure> {
    act(&db, actor, move |tx, actor| {
        acting::give(tx, actor, id, input.agent)
    })
    .await
}

/// `PUT /api/v1/alerts/{id}/snooze`
///
/// # Errors
/// As of [`give`].
pub async fn snooze(
    Held(db): Held<Db>,
    actor: Actor,
    At(id): At<AlertId>,
    Sent(input): Sent<SnoozeInput>,
) -> Result<Single, Failure> {
    act(&db, actor, move |tx, actor| {
        acting::snooze(tx, actor, id, input.until)
    })
    .await
}

/// `DELETE /api/v1/alerts/{id}/snooze`
///
/// # Errors
/// As of [`give`].
pub async fn wake(Held(db): Held<Db>, actor: Actor, At(id): At<AlertId>) -> Result<Single, Failure> {
    act(&db, actor, move |tx, actor| acting::wake(tx, actor, id)).await
}

/// `PUT /api/v1/alerts/{id}/dismissal`
///
/// # Errors
/// As of [`give`].
pub async fn dismiss(
    Held(db): Held<Db>,
    actor: Actor,
    At(id): At<AlertId>,
    Sent(input): Sent<DismissalInput>,
) -> Result<Single, Failure> {
    act(&db, actor, move |tx, actor| {
        acting::dismiss(tx, actor, id, (input.reason, &input.words))
    })
    .await
}

/// `PUT /api/v1/alerts/{id}/outcome`
///
/// # Errors
/// As of [`give`].
pub async fn handle(
    Held(db): Held<Db>,
    actor: Actor,
    At(id): At<AlertId>,
    Sent(input): Sent<OutcomeInput>,
) -> Result<Single, Failure> {
    act(&db, actor, move |tx, actor| {
        acting::handle(tx, actor, id, (input.outcome, &input.words))
    })
    .await
}

/// `DELETE /api/v1/alerts/{id}/outcome`
///
/// # Errors
/// As of [`give`]; another of its rule is open.
pub async fn reopen(Held(db): Held<Db>, actor: Actor, At(id): At<AlertId>) -> Result<Single, Failure> {
    act(&db, actor, move |tx, actor| acting::reopen(tx, actor, id)).await
}
