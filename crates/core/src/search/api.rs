//! Search for programs: `GET /api/v1/search`.

use axum::Json;
use axum::extract::State;
use kit::i18n::Text;
use kit::search::{Group, Hit, Note, Piece};
use kit::web::Failure;
use kit::web::api::{Asked, Limit, Operation, Sample, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Search, Wish};
use crate::actor::Actor;

/// The name of the results in cursors.
const LIST: &str = "search";

/// What is looked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// Words, phrases in quotes, and filters like `is:open`.
    #[serde(default)]
    q: String,
    /// The `next` of the part before.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// What was found: the best of all kinds in one list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Found")]
pub struct FoundDocument {
    /// The best first.
    items: Vec<HitDocument>,
    /// How many there are of each kind.
    counts: Vec<CountDocument>,
    /// The cursor of the next part.
    next: Option<String>,
    /// The query put right, when nothing was found as it was written.
    meant: Option<String>,
    /// What in the query was not understood.
    notes: Vec<NoteDocument>,
    /// False while the index is being built; there are no items then.
    is_ready: bool,
}

/// One hit. Where the title and the text have what was looked for is said as places in characters, from and to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FoundItem")]
struct HitDocument {
    /// Its id with its prefix.
    id: String,
    /// What sort of thing it is: `account`.
    kind: String,
    /// What it is called.
    title: String,
    /// Where the title has what was looked for.
    title_marks: Vec<(usize, usize)>,
    /// The part of its text that fits best.
    text: String,
    /// Where the text has what was looked for.
    text_marks: Vec<(usize, usize)>,
    /// Its state, as the filter asks for it: `is:open`.
    flags: Vec<String>,
    /// Where its page is.
    path: Option<String>,
    /// When it last changed: microseconds since 1970-01-01 UTC.
    changed_at: i64,
}

/// How many there are of a kind.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FoundCount")]
struct CountDocument {
    /// The kind.
    kind: String,
    /// How many.
    count: usize,
}

/// What was not understood.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FoundNote")]
struct NoteDocument {
    /// `no-filter`, `no-value` or `no-date`.
    code: &'static str,
    /// The filter, where one is meant.
    filter: Option<String>,
    /// The value that it does not know.
    value: Option<String>,
}

/// What the API's document says about search.
pub const OPERATION: Operation = Operation::new(
    "Search",
    "Find anything",
    "Everything that the agent may see, the best first. What was changed is found within a second. Any text is a \
     question; what looks like a filter and is none is searched for as words and said in `notes`.",
)
.asks::<SearchQuery>()
.gives::<FoundDocument>();

/// `GET /api/v1/search`
///
/// # Errors
/// A limit or a cursor that is none, or an index that can't be read. No text is an error.
pub async fn find(
    State(search): State<Search>,
    actor: Actor,
    t: Text,
    Asked(query): Asked<SearchQuery>,
) -> Result<Json<FoundDocument>, Failure> {
    let each = usize::try_from(query.limit.rows()).expect("a limit is small");
    let after = cursor::wanted::<String>(LIST, query.after.as_deref())?;
    let wish = Wish {
        text: query.q,
        each,
        // A cursor that is one of ours holds a place.
        after: after.and_then(|after| after.parse().ok()),
    };
    let found = search.find(&actor, &t, wish).await?;
    let counts = found.answer.groups.iter().map(|group| CountDocument {
        kind: group.kind.clone(),
        count: group.count,
    });
    let counts = counts.collect();
    let (hits, next) = best(found.answer.groups, each);
    let path = |hit: &Hit| {
        let source = search.sources().of_kind(&hit.shown.kind)?;
        Some(format!("{}{}", source.path, hit.shown.key))
    };
    Ok(Json(FoundDocument {
        items: hits.into_iter().map(|hit| document(path(&hit), hit)).collect(),
        counts,
        next,
        meant: found.answer.meant,
        notes: found.answer.notes.into_iter().map(note).collect(),
        is_ready: found.is_ready,
    }))
}

/// The best of all kinds, and where to go on.
fn best(groups: Vec<Group>, each: usize) -> (Vec<Hit>, Option<String>) {
    let has_more = groups.iter().any(|group| group.has_more);
    let mut hits: Vec<Hit> = groups.into_iter().flat_map(|group| group.hits).collect();
    hits.sort_by_key(|hit| hit.place);
    let is_cut = hits.len() > each;
    hits.truncate(each);
    let last = hits.last().map(|hit| cursor::write(LIST, &hit.place.to_string()));
    (hits, last.filter(|_| is_cut || has_more))
}

fn document(path: Option<String>, hit: Hit) -> HitDocument {
    let ((title, title_marks), (text, text_marks)) = (joined(&hit.title), joined(&hit.text));
    HitDocument {
        id: hit.shown.key,
        kind: hit.shown.kind,
        title,
        title_marks,
        text,
        text_marks,
        flags: hit.shown.flags,
        path,
        changed_at: hit.shown.date,
    }
}

fn joined(pieces: &[Piece]) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut marks, mut at) = (String::new(), Vec::new(), 0);
    for piece in pieces {
        let end = at + piece.text.chars().count();
        if piece.is_marked {
            marks.push((at, end));
        }
        text.push_str(&piece.text);
        at = end;
    }
    (text, marks)
}

fn note(note: Note) -> NoteDocument {
    let (code, filter, value) = match note {
        Note::NoFilter(name) => ("no-filter", Some(name), None),
        Note::NoValue { name, value, .. } => ("no-value", Some(name), Some(value)),
        Note::NoDate(value) => ("no-date", None, Some(value)),
    };
    NoteDocument { code, filter, value }
}

impl Sample for FoundDocument {
    fn sample() -> Self {
        let hit = HitDocument {
            id: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned(),
            kind: "account".to_owned(),
            title: "Northwind Traders".to_owned(),
            title_marks: vec![(0, 9)],
            text: "northwind.example.com".to_owned(),
            text_marks: vec![(0, 9)],
            flags: vec!["is:open".to_owned()],
            path: Some("/accounts/acc_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned()),
            changed_at: 1_772_442_000_000_000,
        };
        let count = CountDocument {
            kind: "account".to_owned(),
            count: 1,
        };
        Self {
            items: vec![hit],
            counts: vec![count],
            next: None,
            meant: None,
            notes: Vec::new(),
            is_ready: true,
        }
    }
}
