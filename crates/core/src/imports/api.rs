//! Imports for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::{Request, State as Given};
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::{Asked, At, Limit, Listed, Posted, Sent, Single, cursor};
use kit::web::{Failure, plain_name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::views::{reason, remedy};
use super::writing::Writing;
use super::{Import, ImportError, ImportId, LIST, New, State, files};
use crate::actor::Actor;

/// An import.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Import")]
pub struct ImportDocument {
    /// Its id.
    pub(super) id: ImportId,
    /// What it brings: `accounts`, `contacts`, `subscriptions` or `touchpoints`.
    pub(super) target: String,
    /// What the file is called.
    pub(super) file_name: String,
    /// The file's length in bytes.
    pub(super) size: i64,
    /// What is going on.
    pub(super) state: ImportState,
    /// Why it failed; null unless it did.
    pub(super) problem: Option<String>,
    /// How the file's characters are encoded.
    pub(super) charset: String,
    /// What stands between two cells.
    pub(super) separator: String,
    /// Whether the first row names the columns.
    pub(super) has_header: bool,
    /// The names of the columns.
    pub(super) columns: Vec<String>,
    /// The field of each column; null for one that is left out.
    pub(super) mapping: Vec<Option<String>>,
    /// How each column writes days and amounts, as far as the file shows it.
    pub(super) writing: Vec<Writing>,
    /// Rows of the file, without the header.
    pub(super) total: i64,
    /// What became of the rows so far.
    pub(super) counts: CountsDocument,
    /// When the file came: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When something last changed: microseconds since 1970-01-01 UTC.
    pub(super) changed_at: i64,
}

/// What became of the rows.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ImportCounts")]
pub struct CountsDocument {
    /// They brought something new.
    pub(super) added: i64,
    /// They changed something.
    pub(super) changed: i64,
    /// They said what was known.
    pub(super) unchanged: i64,
    /// They do not fit.
    pub(super) refused: i64,
    /// What they did was taken back.
    pub(super) taken_back: i64,
    /// What they did was touched since and stays.
    pub(super) left_alone: i64,
}

/// What is going on with an import.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ImportState {
    /// Nothing has happened yet.
    Draft,
    /// Rows are being taken.
    Running,
    /// It waits to go on.
    Paused,
    /// Every row was looked at.
    Done,
    /// It can't go on.
    Failed,
    /// It is being undone.
    Undoing,
    /// It was undone.
    Undone,
}

impl From<Import> for ImportDocument {
    fn from(import: Import) -> Self {
        let counts = import.counts;
        Self {
            id: import.id,
            target: import.target,
            file_name: import.file_name,
            size: import.size,
            state: match import.state {
                State::Draft => ImportState::Draft,
                State::Running => ImportState::Running,
                State::Paused => ImportState::Paused,
                State::Done => ImportState::Done,
                State::Failed => ImportState::Failed,
                State::Undoing => ImportState::Undoing,
                State::Undone => ImportState::Undone,
            },
            problem: import.problem,
            charset: import.layout.dialect.charset.name().to_owned(),
            separator: import.layout.dialect.separator.to_string(),
            has_header: import.layout.has_header,
            columns: import.layout.columns,
            mapping: import.mapping,
            writing: import.writing,
            total: import.total,
            counts: CountsDocument {
                added: counts.added,
                changed: counts.changed,
                unchanged: counts.unchanged,
                refused: counts.refused,
                taken_back: counts.taken_back,
                left_alone: counts.left_alone,
            },
            created_at: import.created_at.0,
            changed_at: import.changed_at.0,
        }
    }
}

/// Where to go on in the list, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportsQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// What the file is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadQuery {
    /// What it brings: `accounts`, `contacts`, `subscriptions` or `touchpoints`.
    target: String,
    /// What it is called.
    #[serde(default)]
    file_name: String,
}

/// Where the columns go.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ImportMapping")]
#[serde(deny_unknown_fields)]
pub struct MappingInput {
    /// A field for each column, in the order of the file; null leaves one out.
    #[schemars(length(max = 1000))]
    pub(super) columns: Vec<Option<String>>,
    /// How each column writes days and amounts, in the order of the file; what is null stays as the file shows it.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub(super) writing: Vec<Writing>,
}

/// A row that was refused.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RefusedRow")]
pub struct RefusedDocument {
    /// Its number in the file, the header counted.
    pub(super) row: i64,
    /// The kind of reason: `bad-website`.
    pub(super) code: String,
    /// The field that it is about.
    pub(super) field: Option<String>,
    /// The reason in words.
    pub(super) reason: String,
    /// What to do.
    pub(super) remedy: String,
}

/// Where to go on among the refused rows.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusedQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// `GET /api/v1/imports`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    Given(db): Given<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<ImportsQuery>,
) -> Result<Listed<ImportDocument>, Failure> {
    let from: Option<ImportId> = cursor::wanted(LIST, query.after.as_deref())?;
    let imports = db
        .read(move |tx| super::list(tx, &actor, from, query.limit.and_one()))
        .await?;
    let listed = Listed::of(imports, query.limit, |last: &Import| {
        cursor::write(LIST, &last.id)
    });
    Ok(listed.linked(&address))
}

/// `PUT /api/v1/imports`
///
/// # Errors
/// A target that is none, a file that can't be read, trouble of the store.
pub async fn receive(
    Given(db): Given<Db>,
    actor: Actor,
    Asked(query): Asked<UploadQuery>,
    request: Request,
) -> Result<Single, Failure> {
    let new = New {
        target: query.target,
        file_name: plain_name(&query.file_name),
    };
    let content = request.into_body().into_data_stream();
    let import = files::receive(&db, &actor, new, content).await?;
    Ok(single(import))
}

/// `GET /api/v1/imports/{id}`
///
/// # Errors
/// No such import here, or the database's.
pub async fn show(Given(db): Given<Db>, actor: Actor, At(id): At<ImportId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(found.ok_or(ImportError::Unknown)?))
}

/// `DELETE /api/v1/imports/{id}`
///
/// # Errors
/// No such draft here, or the database's.
pub async fn discard(Given(db): Given<Db>, actor: Actor, At(id): At<ImportId>) -> Result<Single, Failure> {
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

/// `PUT /api/v1/imports/{id}/mapping`
///
/// # Errors
/// A field twice, no such draft here, or the database's.
pub async fn map(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<ImportId>,
    Sent(input): Sent<MappingInput>,
) -> Result<Single, Failure> {
    let mapped = db
        .write(move |tx| super::map(tx, &actor, id, &input.columns, &input.writing))
        .await?;
    Ok(single(mapped))
}

/// `POST /api/v1/imports/{id}/run`
///
/// # Errors
/// A required field without a column, no such draft here, or the database's.
pub async fn run(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<ImportId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    begun(&db, actor, posted, move |tx, actor| super::start(tx, actor, id)).await
}

/// `POST /api/v1/imports/{id}/undo`
///
/// # Errors
/// No such import here, one that runs, or the database's.
pub async fn undo(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<ImportId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    begun(&db, actor, posted, move |tx, actor| super::undo(tx, actor, id)).await
}

/// `PUT /api/v1/imports/{id}/pause`
///
/// # Errors
/// No such import here that runs, or the database's.
pub async fn pause(Given(db): Given<Db>, actor: Actor, At(id): At<ImportId>) -> Result<Single, Failure> {
    let paused = db.write(move |tx| super::pause(tx, &actor, id)).await?;
    Ok(single(paused))
}

/// `DELETE /api/v1/imports/{id}/pause`
///
/// # Errors
/// No such import here that is paused, or the database's.
pub async fn resume(Given(db): Given<Db>, actor: Actor, At(id): At<ImportId>) -> Result<Single, Failure> {
    let resumed = db.write(move |tx| super::resume(tx, &actor, id)).await?;
    Ok(single(resumed))
}

/// `GET /api/v1/imports/{id}/refused`
///
/// # Errors
/// No such import here, a cursor that is none, or the database's.
pub async fn refused(
    Given(db): Given<Db>,
    actor: Actor,
    (t, address): (Text, Uri),
    At(id): At<ImportId>,
    Asked(query): Asked<RefusedQuery>,
) -> Result<Listed<RefusedDocument>, Failure> {
    let name = format!("refused {id}");
    let after: i64 = cursor::wanted(&name, query.after.as_deref())?.unwrap_or_default();
    let (slots, import, rows) = db
        .read(move |tx| {
            let import = super::find(tx, &actor, id)?.ok_or(ImportError::Unknown)?;
            let rows = super::refused_after(tx, &actor, id, after, query.limit.and_one())?;
            Ok::<_, ImportError>((super::slots_of(tx, &actor, &import)?, import, rows))
        })
        .await?;
    let rows = rows.into_iter().map(|(row, refusal)| RefusedDocument {
        row,
        reason: reason(&t, &slots, &import, &refusal),
        remedy: remedy(&t, &refusal),
        code: refusal.code,
        field: Some(refusal.field).filter(|field| !field.is_empty()),
    });
    let listed = Listed::of(rows.collect(), query.limit, |last: &RefusedDocument| {
        cursor::write(&name, &last.row)
    });
    Ok(listed.linked(&address))
}

async fn begun(
    db: &Db,
    actor: Actor,
    Posted { once, .. }: Posted<()>,
    verb: impl Fn(&mut Tx<'_>, &Actor) -> Result<Import, ImportError> + Send + 'static,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    let effect = move |tx: &mut Tx<'_>| Ok(Single::begun(&ImportDocument::from(verb(tx, &actor)?)));
    once.run(db, owner, effect).await
}

fn single(import: Import) -> Single {
    Single::of(&ImportDocument::from(import))
}
