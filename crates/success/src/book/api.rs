//! One's book, for programs: who needs one, what renews, and what changed.

use axum::extract::State;
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, Listed, Operation, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;

use super::{BookError, Change, Need, Renewal, What};
use crate::alerts::AlertId;
use crate::health::Band;
use crate::health::api::PART;
use crate::tasks::TaskId;

/// Renewals in one answer at most: more than anybody has in ninety days.
const MOST: i64 = 1_000;

/// An account that needs somebody.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BookNeed")]
pub struct NeedDocument {
    /// The account.
    account: AccountId,
    /// Its name.
    name: String,
    /// How much it presses: by its worst alert, late tasks, whether somebody there is unhappy, and whether nobody turned to it
    /// in time.
    pressure: i64,
    /// Its open alerts, the worst first.
    alerts: Vec<AlertId>,
    /// One's own tasks for it that are due.
    tasks: Vec<TaskId>,
    /// Metrics that say that somebody there is unhappy.
    unhappy: Vec<String>,
    /// The last day on which turning to it in person was within the cadence of its tier; null unless that is past.
    untouched_since: Option<Day>,
    /// What it brings in a month, in minor units of the reporting currency; null for readers who may not see money.
    mrr: Option<i64>,
}

/// An account that renews or ends soon.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BookRenewal")]
pub struct RenewalDocument {
    /// The account.
    account: AccountId,
    /// Its name.
    name: String,
    /// The name of who looks after it; null for nobody.
    owner: Option<String>,
    /// When.
    day: Day,
    /// What it brings in a year, in minor units of the reporting currency.
    arr: i64,
    /// Its health score; null where it is not known.
    score: Option<f64>,
    /// How sure that is, 0 to 1; null where it was never scored.
    confidence: Option<f64>,
    /// Its band.
    band: Band,
}

/// What can change at an account.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(rename = "BookChangeKind")]
#[serde(rename_all = "snake_case")]
enum ChangeKind {
    /// It went into another band.
    Banded,
    /// A rule found something, or somebody told us.
    Alerted,
    /// The cause of an alert is gone.
    Eased,
    /// A solved ticket came back.
    Reopened,
    /// It went on to another stage.
    Moved,
}

/// Something that changed at one of one's accounts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BookChange")]
pub struct ChangeDocument {
    /// When, as microseconds since 1970.
    at: i64,
    /// At which account.
    account: AccountId,
    /// Its name.
    name: String,
    /// What.
    kind: ChangeKind,
    /// The band before; null where it is about no band.
    from: Option<Band>,
    /// The band now.
    to: Option<Band>,
    /// The score now, where it is about a band.
    score: Option<f64>,
    /// The alert that it is about.
    alert: Option<AlertId>,
    /// The name of the stage that it is on now.
    stage: Option<String>,
    /// Where the ticket is that came back.
    evidence: Option<String>,
}

/// Whose renewals.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "BookRenewalsQuery")]
#[serde(deny_unknown_fields)]
pub struct RenewalsQuery {
    /// Of one agent's accounts; of all unless told.
    owner: Option<AgentId>,
}

/// From when on.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "BookChangesQuery")]
#[serde(deny_unknown_fields)]
pub struct ChangesQuery {
    /// After this moment, as microseconds since 1970; after what one last said that one had seen, unless told.
    since: Option<i64>,
}

/// `GET /api/v1/book/needs`
pub const NEEDS: Operation = Operation::new(
    PART,
    "List who needs one",
    "The accounts of one's book with open alerts, due tasks, somebody unhappy or a touch that is overdue, the most pressing first.",
)
.gives::<Listed<NeedDocument>>();

/// `GET /api/v1/book/renewals`
pub const RENEWALS: Operation = Operation::new(
    PART,
    "List what renews",
    "Accounts that renew or end in the next ninety days, the nearest first.",
)
.asks::<RenewalsQuery>()
.gives::<Listed<RenewalDocument>>();

/// `GET /api/v1/book/changes`
pub const CHANGES: Operation = Operation::new(
    PART,
    "List what changed in one's book",
    "Bands of health, alerts, tickets that came back and stages, the last first.",
)
.asks::<ChangesQuery>()
.gives::<Listed<ChangeDocument>>();

/// `GET /api/v1/book/needs`
///
/// # Errors
/// The database's.
pub async fn needs(State(db): State<Db>, actor: Actor) -> Result<Listed<NeedDocument>, Failure> {
    let may_money = actor.may(Permission::MoneyRead);
    let found = db
        .read(move |tx| match actor.agent() {
            Some(_) => super::needs(tx, &actor),
            // What is no person looks after nobody.
            None => Ok(Vec::new()),
        })
        .await?;
    let document = |need: Need| NeedDocument {
        pressure: need.pressure(),
        account: need.account,
        name: need.name,
        alerts: need.alerts.iter().map(|alert| alert.id).collect(),
        tasks: need.tasks.iter().map(|(task, _)| task.id).collect(),
        unhappy: need.unhappy.into_iter().map(|(metric, _)| metric).collect(),
        untouched_since: need.touch,
        mrr: may_money.then_some(need.mrr),
    };
    Ok(Listed::whole(found.into_iter().map(document).collect(), None))
}

/// `GET /api/v1/book/renewals`
///
/// # Errors
/// The database's.
pub async fn renewals(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<RenewalsQuery>,
) -> Result<Listed<RenewalDocument>, Failure> {
    let found = db
        .read(move |tx| super::renewals(tx, &actor, query.owner, MOST))
        .await?;
    Ok(Listed::whole(found.into_iter().map(Into::into).collect(), None))
}

/// `GET /api/v1/book/changes`
///
/// # Errors
/// The database's.
pub async fn changes(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<ChangesQuery>,
) -> Result<Listed<ChangeDocument>, Failure> {
    let found = db
        .read(move |tx| {
            if actor.agent().is_none() {
                return Ok::<_, BookError>(Vec::new());
            }
            let since = match query.since {
                Some(since) => Timestamp(since),
                None => super::visit(tx, &actor)?.until,
            };
            super::changes(tx, &actor, since)
        })
        .await?;
    Ok(Listed::whole(found.into_iter().map(Into::into).collect(), None))
}

impl From<Renewal> for RenewalDocument {
    fn from(renewal: Renewal) -> Self {
        Self {
            account: renewal.account,
            name: renewal.name,
            owner: renewal.owner,
            day: renewal.day,
            arr: renewal.arr,
            score: renewal.score,
            confidence: renewal.confidence,
            band: renewal.band,
        }
    }
}

impl From<Change> for ChangeDocument {
    fn from(change: Change) -> Self {
        let mut document = Self {
            at: change.at.0,
            account: change.account,
            name: change.name,
            kind: ChangeKind::Moved,
            from: None,
            to: None,
            score: None,
            alert: None,
            stage: None,
            evidence: None,
        };
        match change.what {
            What::Banded(from, to, score) => {
                document.kind = ChangeKind::Banded;
                (document.from, document.to, document.score) = (Some(from), Some(to), score);
            }
            What::Alerted(alert) => {
                (document.kind, document.alert) = (ChangeKind::Alerted, Some(alert.id));
            }
            What::Eased(alert) => (document.kind, document.alert) = (ChangeKind::Eased, Some(alert.id)),
            What::Reopened(path) => (document.kind, document.evidence) = (ChangeKind::Reopened, Some(path)),
            What::Moved(stage) => document.stage = Some(stage),
        }
        document
    }
}

impl Sample for NeedDocument {
    fn sample() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Baltic Harvest".to_owned(),
            pressure: 5,
            alerts: vec!["alr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")],
            tasks: Vec::new(),
            unhappy: vec!["tickets.urgent".to_owned()],
            untouched_since: None,
            mrr: Some(125_000),
        }
    }
}

impl Sample for RenewalDocument {
    fn sample() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Baltic Harvest".to_owned(),
            owner: Some("Ada".to_owned()),
            day: "2027-01-15".parse().expect("a day"),
            arr: 1_500_000,
            score: Some(61.5),
            confidence: Some(0.82),
            band: Band::Amber,
        }
    }
}

impl Sample for ChangeDocument {
    fn sample() -> Self {
        Self {
            at: 1_795_000_000_000_000,
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Baltic Harvest".to_owned(),
            kind: ChangeKind::Banded,
            from: Some(Band::Green),
            to: Some(Band::Amber),
            score: Some(61.5),
            alert: None,
            stage: None,
            evidence: None,
        }
    }
}
