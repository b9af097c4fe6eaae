//! How touchpoints are found: by what people wrote down of them. Traces have no words and are found by what they are traces of,
//! so that the index grows with what was written, not with what happened.

mod store;

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Touchpoint, TouchpointId};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::contacts::{self, ContactId};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::search::{Follow, Source, filed};
use crate::workspaces::WorkspaceId;

/// Touchpoints, for the search. Each is called after its account.
pub const SOURCE: Source = Source {
    prefix: TouchpointId::PREFIX,
    kind: "touchpoint",
    title: "touchpoints-title",
    icon: "handshake",
    needs: Permission::AccountsRead,
    states: &[
        ("call", "touchpoints-kind-call"),
        ("meeting", "touchpoints-kind-meeting"),
        ("visit", "touchpoints-kind-visit"),
        ("message", "touchpoints-kind-message"),
    ],
    filters: &["account", "channel", "from"],
    path: "/touchpoints/",
    keep: None,
    actions: &[],
    find,
    after,
};

/// Touchpoints with a person or at an account that is called otherwise, or stands for another one.
pub const FOLLOWS: &[Follow] = &[
    Follow {
        of: ContactId::PREFIX,
        after: &[&contacts::CHANGED, &contacts::MERGED, &contacts::UNMERGED],
        source: &SOURCE,
        find: |tx, workspace, contact, part| {
            store::of_contact(tx, workspace, ContactId::from_uuid(contact), part)
        },
    },
    Follow {
        of: AccountId::PREFIX,
        after: &[
            &accounts::CHANGED,
            &accounts::merging::MERGED,
            &accounts::merging::UNMERGED,
        ],
        source: &SOURCE,
        find: |tx, workspace, account, part| {
            store::of_account(tx, workspace, AccountId::from_uuid(account), part)
        },
    },
];

/// The words of touchpoints are gone; the touchpoints are the further subjects. Whoever keeps their words hears of it.
pub const FORGOTTEN: Kind = Kind::new("touchpoints.forgotten", Permission::AccountsRead);

/// How many touchpoints one event names.
const TOLD: usize = 500;

/// Tells that the words of all touchpoints with a contact, or at an account, are about to go.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: Option<ContactId>,
    account: Option<AccountId>,
) -> Result<(), DbError> {
    let nobody = Uuid::nil();
    let whose = (
        contact.unwrap_or(ContactId::from_uuid(nobody)),
        account.unwrap_or(AccountId::from_uuid(nobody)),
    );
    let ids = store::all_of(tx, workspace, whose)?;
    let actor = Actor::system(workspace, "timeline");
    for part in ids.chunks(TOLD) {
        let event = NewEvent::of(&FORGOTTEN, workspace).subjects(part.iter().copied());
        events::record(tx, &actor, event)?;
    }
    Ok(())
}

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    match store::find(tx, workspace, TouchpointId::from_uuid(id))? {
        Some(touchpoint) => document(tx, workspace, touchpoint).map(Some),
        None => Ok(None),
    }
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let touchpoints = store::after(tx, workspace, TouchpointId::from_uuid(last), limit)?;
    let document = |one: Touchpoint| Ok((one.id.uuid(), document(tx, workspace, one)?));
    touchpoints.into_iter().map(document).collect()
}

fn document(tx: &mut Tx<'_>, workspace: WorkspaceId, touchpoint: Touchpoint) -> Result<Document, DbError> {
    let account = accounts::name(tx, workspace, touchpoint.account)?.unwrap_or_default();
    let mut flags = vec![
        ("is", touchpoint.kind),
        ("channel", touchpoint.channel.as_str().to_owned()),
    ];
    flags.extend(filed("account", &account));
    if let Some(contact) = touchpoint.contact {
        flags.extend(contacts::search::filed_from(tx, workspace, contact)?);
    }
    Ok(Document {
        title: account,
        is_part: true,
        text: touchpoint.summary,
        flags,
        date: touchpoint.happened_at,
        ..Document::default()
    })
}
