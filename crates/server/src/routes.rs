//! The one URL map: every address, who may use it, and what answers.
//!
//! A row is `route(METHOD, "/path", access, handler)`. The access test replays every row for every role, for strangers
//! and for another workspace; `cargo xtask routes` sees that nothing is served beside this table.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::{Method, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use desk::{
    api_inboxes, bulk, counter, dkim, forms, mailboxes, mails, notices, numbers, outbox, own_views,
    reopening, replies, statuses, surveys, tickets,
};
use futures::future::BoxFuture;
use kit::web::api::Operation;
use success::usage::{
    account, backfill, contact, counts, debugger, first, identity, keeping, lake, protocol, settling, sources,
};
use success::{alerts, book, health, playbooks, tasks};
use tandem_core::doors::Session;
use tandem_core::permissions::Permission::{
    AccountsClose, AccountsRead, AccountsWrite, AgentsRead, AgentsWrite, AlertsRead, AlertsWrite, AuditRead,
    ContactsErase, ContactsRead, ContactsWrite, CounterRead, CounterWrite, ImportsWrite, InboxWrite,
    MailboxesRead, MailboxesWrite, MailsWrite, MoneyKeep, MoneyRead, MoneyWrite, PlaybooksWrite,
    ProvidersWrite, ReportsRead, RolesWrite, ShapeWrite, SignalsWrite, TasksRead, TasksWrite, TeamsWrite,
    TicketsDelete, TicketsRead, TicketsWrite, TokensOwn, TokensWrite, UsageRead, UsageWrite, WebhooksRead,
    WebhooksWrite, WorkRead, WorkWrite, WorkspaceOpen, WorkspaceRead, WorkspaceWrite,
};
use tandem_core::webhooks::deliveries;
use tandem_core::{
    accounts, agents, assignment, audit, billing, calendars, checklist, contacts, currencies, doors, events,
    fields, home, imports, invitations, invoices, ladders, live, metrics, orders, products, retention, roles,
    samples, search, segments, setup, stages, subscriptions, tags, teams, tiers, tokens, touchpoints, value,
    webhooks, work, workspaces,
};

use crate::api;
use crate::app::App;
use crate::doorstep::Tries::{self, Each, Refused, Step};
use crate::guard::Access::{self, Anyone, Needs, SignedIn};
use crate::guard::check;
use crate::shell::{self, ITEMS, settings};

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PUT: Method = Method::PUT;
const DELETE: Method = Method::DELETE;
const OPTIONS: Method = Method::OPTIONS;

/// One address.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method; `GET` answers `HEAD` too.
    pub method: Method,
    /// The path with its parameters: `/accounts/{id}`.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// How often strangers may try it.
    pub tries: Tries,
    /// What the API's document says of it; none for pages.
    pub operation: Option<&'static Operation>,
    handler: MethodRouter<App>,
}

fn route<H, T>(method: Method, path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    let filter = MethodFilter::try_from(method.clone()).expect("the table uses ordinary methods");
    Route {
        method,
        path,
        access,
        tries: Tries::None,
        operation: None,
        handler: on(filter, Erased::of(handler)),
    }
}

/// A handler whose type is forgotten: what axum makes of a handler is then compiled once and not for each row.
#[derive(Clone)]
struct Erased(Arc<dyn Fn(Request, App) -> BoxFuture<'static, Response> + Send + Sync>);

impl Erased {
    fn of<H, T>(handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self(Arc::new(move |request, app| {
            Box::pin(handler.clone().call(request, app))
        }))
    }
}

impl Handler<(), App> for Erased {
    type Future = BoxFuture<'static, Response>;

    fn call(self, request: Request, app: App) -> Self::Future {
        (self.0)(request, app)
    }
}

impl Route {
    /// What the API's document says of it.
    fn says(mut self, operation: &'static Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// It takes a secret of strangers: how often one source may try is limited.
    fn counts(mut self, tries: Tries) -> Self {
        self.tries = tries;
        self
    }
}

/// The addresses of what the home page shows.
#[rustfmt::skip]
fn home_table() -> Vec<Route> {
    vec![
        route(GET,    "/home/newest",                     Needs(AccountsRead),  home::web::newest),
        route(GET,    "/home/accounts",                   Needs(AccountsRead),  accounts::panel::summary),
        route(GET,    "/home/work",                       Needs(WorkRead),      work::web::failed),
        route(GET,    "/home/webhooks",                   Needs(WebhooksRead),  webhooks::web::switched_off),
        route(GET,    "/checklist",                       Needs(WorkspaceWrite), checklist::web::show),
        route(POST,   "/checklist/dismissal",             Needs(WorkspaceWrite), checklist::web::dismiss),
        route(POST,   "/checklist/dismissal/end",         Needs(WorkspaceWrite), checklist::web::bring_back),
    ]
}

/// What customers ask for.
#[rustfmt::skip]
fn tickets_table() -> Vec<Route> {
    use tickets::{acts, api, beginning, bins, files, operations, web};
    vec![
        route(GET,    "/inbox",                           Needs(TicketsRead),   web::inbox),
        route(GET,    "/inbox/{view}",                    Needs(TicketsRead),   web::view),
        route(POST,   "/tickets",                         Needs(TicketsWrite),  beginning::web::open),
        route(GET,    "/tickets/new",                     Needs(TicketsWrite),  beginning::web::new),
        route(POST,   "/tickets/new/draft",               Needs(TicketsWrite),  beginning::web::save),
        route(POST,   "/tickets/new/draft/end",           Needs(TicketsWrite),  beginning::web::discard),
        route(GET,    "/tickets/new/people",              Needs(TicketsWrite),  beginning::web::people),
        route(GET,    "/tickets/new/accounts",            Needs(TicketsWrite),  beginning::web::accounts),
        route(GET,    "/tickets/{id}",                    Needs(TicketsRead),   web::show),
        route(POST,   "/tickets/{id}/messages",           Needs(TicketsWrite),  acts::write),
        route(POST,   "/tickets/{id}/fields",             Needs(TicketsWrite),  acts::change),
        route(GET,    "/tickets/{id}/spam",               Needs(TicketsWrite),  bins::web::form),
        route(POST,   "/tickets/{id}/spam",               Needs(TicketsWrite),  bins::web::mark),
        route(POST,   "/tickets/{id}/spam/end",           Needs(TicketsWrite),  bins::web::unmark),
        route(POST,   "/tickets/{id}/trash",              Needs(TicketsDelete), bins::web::throw_away),
        route(POST,   "/tickets/{id}/trash/end",          Needs(TicketsDelete), bins::web::take_out),
        route(POST,   "/tickets/changes/{id}/undo",       Needs(TicketsWrite),  acts::undo),
        route(POST,   "/tickets/{id}/owner-note",         Needs(TicketsWrite),  tickets::hints::web::tell),
        route(GET,    "/api/v1/tickets/{id}/hint",        Needs(TicketsRead),   tickets::hints::api::show).says(&tickets::hints::api::SHOW),
        route(POST,   "/tickets/{id}/files",              Needs(TicketsWrite),  files::web::add),
        route(GET,    "/tickets/files/{id}",              Needs(TicketsRead),   files::web::show),
        route(POST,   "/tickets/files/{id}/end",          Needs(TicketsWrite),  files::web::discard),
        route(GET,    "/accounts/{id}/tickets",           Needs(TicketsRead),   web::of_account),
        route(GET,    "/contacts/{id}/tickets",           Needs(TicketsRead),   web::of_contact),
        route(GET,    "/home/tickets",                    Needs(TicketsRead),   web::mine),

        route(GET,    "/api/v1/tickets",                  Needs(TicketsRead),   api::list).says(&operations::LIST),
        route(POST,   "/api/v1/tickets",                  Needs(TicketsWrite),  api::open).says(&operations::OPEN),
        route(GET,    "/api/v1/tickets/{id}",             Needs(TicketsRead),   api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/tickets/{id}",             Needs(TicketsWrite),  api::change).says(&operations::CHANGE),
        route(PUT,    "/api/v1/tickets/{id}/spam",        Needs(TicketsWrite),  bins::api::mark).says(&bins::api::MARK),
        route(DELETE, "/api/v1/tickets/{id}/spam",        Needs(TicketsWrite),  bins::api::unmark).says(&bins::api::UNMARK),
        route(PUT,    "/api/v1/tickets/{id}/trash",       Needs(TicketsDelete), bins::api::throw_away).says(&bins::api::THROW_AWAY),
        route(DELETE, "/api/v1/tickets/{id}/trash",       Needs(TicketsDelete), bins::api::take_out).says(&bins::api::TAKE_OUT),
        route(GET,    "/api/v1/tickets/{id}/messages",    Needs(TicketsRead),   api::messages).says(&operations::MESSAGES),
        route(POST,   "/api/v1/tickets/{id}/messages",    Needs(TicketsWrite),  api::write).says(&operations::WRITE),
        route(GET,    "/api/v1/tickets/{id}/changes",     Needs(TicketsRead),   api::changes).says(&operations::CHANGES),
        route(GET,    "/api/v1/tickets/{id}/files",       Needs(TicketsRead),   files::api::list).says(&files::operations::LIST),
        route(PUT,    "/api/v1/tickets/{id}/files",       Needs(TicketsWrite),  files::api::add).says(&files::operations::ADD),
        route(GET,    "/api/v1/files/{id}",               Needs(TicketsRead),   files::api::show).says(&files::operations::SHOW),
        route(DELETE, "/api/v1/files/{id}",               Needs(TicketsWrite),  files::api::discard).says(&files::operations::DISCARD),
    ]
}

/// The people at accounts.
#[rustfmt::skip]
fn contacts_table() -> Vec<Route> {
    use contacts::{doubles, erasing, identities, memberships, merging, operations};
    vec![
        route(GET,    "/contacts",                        Needs(ContactsRead),  contacts::web::list),
        route(POST,   "/contacts",                        Needs(ContactsWrite), contacts::web::create),
        route(POST,   "/contacts/columns",                Needs(ContactsRead),  contacts::web::arrange),
        route(GET,    "/contacts/new",                    Needs(ContactsWrite), contacts::web::new),
        route(GET,    "/contacts/erasures",               Needs(ContactsErase), erasing::web::list),
        route(GET,    "/contacts/doubles",                Needs(ContactsRead),  doubles::web::list),
        route(POST,   "/contacts/{id}/distinction",       Needs(ContactsWrite), doubles::web::distinguish),
        route(POST,   "/contacts/{id}/distinction/end",   Needs(ContactsWrite), doubles::web::confuse),
        route(GET,    "/contacts/{id}",                   Needs(ContactsRead),  contacts::web::show),
        route(POST,   "/contacts/{id}",                   Needs(ContactsWrite), contacts::web::change),
        route(GET,    "/contacts/{id}/edit",              Needs(ContactsWrite), contacts::web::edit),
        route(POST,   "/contacts/{id}/export",            Needs(ContactsRead),  erasing::web::export),
        route(GET,    "/contacts/{id}/erasure",           Needs(ContactsErase), erasing::web::ask),
        route(POST,   "/contacts/{id}/erasure",           Needs(ContactsErase), erasing::web::erase),
        route(GET,    "/contacts/{id}/merge",             Needs(ContactsWrite), merging::web::show),
        route(POST,   "/contacts/{id}/merge",             Needs(ContactsWrite), merging::web::merge),
        route(POST,   "/contacts/{id}/merge/end",         Needs(ContactsWrite), merging::web::unmerge),
        route(POST,   "/contacts/{id}/identities",        Needs(ContactsWrite), identities::web::add),
        route(POST,   "/identities/{id}/end",             Needs(ContactsWrite), identities::web::remove),
        route(POST,   "/identities/{id}/verification",    Needs(ContactsWrite), identities::web::verify),
        route(POST,   "/identities/{id}/verification/end", Needs(ContactsWrite), identities::web::doubt),
        route(GET,    "/contacts/{id}/memberships/new",   Needs(ContactsWrite), memberships::web::new),
        route(POST,   "/contacts/{id}/memberships",       Needs(ContactsWrite), memberships::web::add),
        route(GET,    "/memberships/{id}",                Needs(ContactsWrite), memberships::web::edit),
        route(POST,   "/memberships/{id}",                Needs(ContactsWrite), memberships::web::change),
        route(POST,   "/memberships/{id}/end",            Needs(ContactsWrite), memberships::web::remove),
        route(GET,    "/accounts/{id}/contacts",          Needs(ContactsRead),  contacts::web::at_account),

        route(GET,    "/api/v1/contacts",                 Needs(ContactsRead),  contacts::api::list).says(&operations::LIST),
        route(POST,   "/api/v1/contacts",                 Needs(ContactsWrite), contacts::api::create).says(&operations::CREATE),
        route(GET,    "/api/v1/contacts/{id}",            Needs(ContactsRead),  contacts::api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/contacts/{id}",            Needs(ContactsWrite), contacts::api::change).says(&operations::CHANGE),
        route(DELETE, "/api/v1/contacts/{id}",            Needs(ContactsErase), erasing::api::erase).says(&operations::ERASE),
        route(GET,    "/api/v1/contacts/{id}/export",     Needs(ContactsRead),  erasing::api::export).says(&operations::EXPORT),
        route(GET,    "/api/v1/contacts/doubles",         Needs(ContactsRead),  doubles::api::all).says(&doubles::api::ALL),
        route(PUT,    "/api/v1/contacts/{id}/distinction", Needs(ContactsWrite), doubles::api::distinguish).says(&doubles::api::DISTINGUISH),
        route(GET,    "/api/v1/contacts/{id}/doubles",    Needs(ContactsRead),  merging::api::alike).says(&operations::DOUBLES),
        route(PUT,    "/api/v1/contacts/{id}/merge",      Needs(ContactsWrite), merging::api::merge).says(&operations::MERGE_INTO),
        route(DELETE, "/api/v1/contacts/{id}/merge",      Needs(ContactsWrite), merging::api::unmerge).says(&operations::UNMERGE),
        route(POST,   "/api/v1/contacts/{id}/identities", Needs(ContactsWrite), identities::api::add).says(&operations::IDENTITY_ADD),
        route(DELETE, "/api/v1/identities/{id}",          Needs(ContactsWrite), identities::api::remove).says(&operations::IDENTITY_REMOVE),
        route(PUT,    "/api/v1/identities/{id}/verification", Needs(ContactsWrite), identities::api::verify).says(&operations::IDENTITY_VERIFY),
        route(DELETE, "/api/v1/identities/{id}/verification", Needs(ContactsWrite), identities::api::doubt).says(&operations::IDENTITY_DOUBT),
        route(POST,   "/api/v1/contacts/{id}/memberships", Needs(ContactsWrite), memberships::api::add).says(&operations::MEMBERSHIP_ADD),
        route(GET,    "/api/v1/memberships/{id}",         Needs(ContactsRead),  memberships::api::show).says(&operations::MEMBERSHIP_SHOW),
        route(PUT,    "/api/v1/memberships/{id}",         Needs(ContactsWrite), memberships::api::change).says(&operations::MEMBERSHIP_CHANGE),
        route(DELETE, "/api/v1/memberships/{id}",         Needs(ContactsWrite), memberships::api::remove).says(&operations::MEMBERSHIP_REMOVE),
        route(GET,    "/api/v1/accounts/{id}/contacts",   Needs(ContactsRead),  memberships::api::at_account).says(&operations::AT_ACCOUNT),
    ]
}

/// Which tickets have which of the workspace's own fields.
#[rustfmt::skip]
fn ticket_fields_table() -> Vec<Route> {
    use desk::tickets::details::rules::{api, operations, web};
    vec![
        route(GET,    "/settings/ticket-fields/{id}",     Needs(ShapeWrite),    web::edit),
        route(POST,   "/settings/ticket-fields/{id}",     Needs(ShapeWrite),    web::set),
        route(GET,    "/api/v1/ticket-fields",            Needs(TicketsRead),   api::list).says(&operations::LIST),
        route(GET,    "/api/v1/ticket-fields/{id}",       Needs(TicketsRead),   api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/ticket-fields/{id}",       Needs(ShapeWrite),    api::set).says(&operations::SET),
    ]
}

/// What stands around conversations: drafts, who is there, who follows, what joins tickets, their tags.
#[rustfmt::skip]
fn conversations_table() -> Vec<Route> {
    use desk::{participants, tickets::{connections, details, drafts, followers, nouns, presence, tagged, unread}};
    vec![
        route(GET,    "/tickets/{id}/details",            Needs(TicketsRead),   details::web::show),
        route(POST,   "/tickets/{id}/details",            Needs(TicketsWrite),  details::web::fill),
        route(GET,    "/tickets/{id}/details/edit",       Needs(TicketsWrite),  details::web::edit),
        route(POST,   "/tickets/{id}/details/undo",       Needs(TicketsWrite),  details::web::undo),
        route(GET,    "/api/v1/tickets/{id}/fields",      Needs(TicketsRead),   details::api::show).says(&details::api::SHOW),
        route(PUT,    "/api/v1/tickets/{id}/fields",      Needs(TicketsWrite),  details::api::fill).says(&details::api::FILL),
        route(GET,    "/api/v1/tickets/{id}/field-changes", Needs(TicketsRead), details::api::changes).says(&details::api::CHANGES),
        route(GET,    "/inbox/drafts",                    Needs(TicketsRead),   drafts::web::list),
        route(GET,    "/inbox/tags",                      Needs(TicketsRead),   tagged::web::all),
        route(GET,    "/inbox/tags/{id}",                 Needs(TicketsRead),   tagged::web::show),
        route(GET,    "/inbox/mentions",                  Needs(TicketsRead),   followers::web::mentions),
        route(GET,    "/inbox/followed",                  Needs(TicketsRead),   followers::web::followed),
        route(POST,   "/tickets/{id}/draft",              Needs(TicketsWrite),  drafts::web::save),
        route(POST,   "/tickets/{id}/draft/end",          Needs(TicketsWrite),  drafts::web::discard),
        route(POST,   "/tickets/{id}/draft/undo",         Needs(TicketsWrite),  drafts::web::restore),
        route(POST,   "/tickets/{id}/draft/taking",       Needs(TicketsWrite),  drafts::web::take_over),
        route(GET,    "/tickets/{id}/recipients",         Needs(TicketsRead),   participants::web::recipients),
        route(POST,   "/tickets/{id}/participants",       Needs(TicketsWrite),  participants::web::add),
        route(POST,   "/tickets/participants/{id}/end",   Needs(TicketsWrite),  participants::web::remove),
        route(POST,   "/tickets/participants/{id}/undo",  Needs(TicketsWrite),  participants::web::restore),
        route(GET,    "/tickets/{id}/connections/new",    Needs(TicketsWrite),  connections::web::form),
        route(POST,   "/tickets/{id}/connections",        Needs(TicketsWrite),  connections::web::connect),
        route(POST,   "/tickets/connections/{id}/end",    Needs(TicketsWrite),  connections::web::end),
        route(POST,   "/tickets/connections/{id}/again",  Needs(TicketsWrite),  connections::web::again),
        route(POST,   "/tickets/messages/{id}/split",     Needs(TicketsWrite),  connections::web::split),
        route(POST,   "/tickets/{id}/following",          Needs(TicketsRead),   followers::web::follow),
        route(POST,   "/tickets/{id}/following/end",      Needs(TicketsRead),   followers::web::unfollow),
        route(GET,    "/home/mentions",                   Needs(TicketsRead),   followers::web::news),
        route(POST,   "/tickets/{id}/tags",               Needs(TicketsWrite),  nouns::put_tag),
        route(POST,   "/tickets/{id}/tags/end",           Needs(TicketsWrite),  nouns::take_tag),
        route(POST,   "/tickets/{id}/unread",             Needs(TicketsRead),   unread::web::mark),
        route(POST,   "/tickets/{id}/presence",           Needs(TicketsRead),   presence::web::come),
        route(GET,    "/api/v1/drafts",                   Needs(TicketsRead),   drafts::api::list).says(&drafts::operations::LIST),
        route(GET,    "/api/v1/tickets/{id}/draft",       Needs(TicketsRead),   drafts::api::show).says(&drafts::operations::SHOW),
        route(PUT,    "/api/v1/tickets/{id}/draft",       Needs(TicketsWrite),  drafts::api::save).says(&drafts::operations::SAVE),
        route(DELETE, "/api/v1/tickets/{id}/draft",       Needs(TicketsWrite),  drafts::api::discard).says(&drafts::operations::DISCARD),
        route(PUT,    "/api/v1/tickets/{id}/draft/taking", Needs(TicketsWrite), drafts::api::take_over).says(&drafts::operations::TAKE_OVER),
        route(GET,    "/api/v1/tickets/{id}/drafts",      Needs(TicketsRead),   drafts::api::of_others).says(&drafts::operations::OF_OTHERS),
        route(GET,    "/api/v1/tickets/{id}/participants", Needs(TicketsRead),  participants::api::list).says(&participants::operations::LIST),
        route(POST,   "/api/v1/tickets/{id}/participants", Needs(TicketsWrite), participants::api::add).says(&participants::operations::ADD),
        route(DELETE, "/api/v1/ticket-participants/{id}", Needs(TicketsWrite),  participants::api::remove).says(&participants::operations::REMOVE),
        route(GET,    "/api/v1/tickets/{id}/connections", Needs(TicketsRead),   connections::api::list).says(&connections::operations::LIST),
        route(POST,   "/api/v1/tickets/{id}/connections", Needs(TicketsWrite),  connections::api::connect).says(&connections::operations::CONNECT),
        route(POST,   "/api/v1/tickets/{id}/split",       Needs(TicketsWrite),  connections::api::split).says(&connections::operations::SPLIT),
        route(DELETE, "/api/v1/ticket-connections/{id}",  Needs(TicketsWrite),  connections::api::end).says(&connections::operations::END),
        route(GET,    "/api/v1/tags/{id}/tickets",        Needs(TicketsRead),   tagged::api::list).says(&tagged::api::OF_TAG),
        route(GET,    "/api/v1/mentions",                 Needs(TicketsRead),   followers::api::mentions).says(&followers::operations::MENTIONS),
        route(GET,    "/api/v1/tickets/{id}/followers",   Needs(TicketsRead),   followers::api::list).says(&followers::operations::LIST),
        route(PUT,    "/api/v1/tickets/{id}/following",   Needs(TicketsRead),   followers::api::follow).says(&followers::operations::FOLLOW),
        route(DELETE, "/api/v1/tickets/{id}/following",   Needs(TicketsRead),   followers::api::unfollow).says(&followers::operations::UNFOLLOW),
        route(PUT,    "/api/v1/tickets/{id}/unread",      Needs(TicketsRead),   unread::api::mark).says(&unread::operations::MARK),
        route(DELETE, "/api/v1/tickets/{id}/unread",      Needs(TicketsRead),   unread::api::see).says(&unread::operations::SEE),
        route(GET,    "/api/v1/tickets/{id}/tags",        Needs(TicketsRead),   nouns::show).says(&nouns::SHOW),
        route(PUT,    "/api/v1/tickets/{id}/tags",        Needs(TicketsWrite),  nouns::set).says(&nouns::SET),
        route(GET,    "/api/v1/tickets/{id}/presence",    Needs(TicketsRead),   presence::api::list).says(&presence::operations::LIST),
    ]
}

/// What the team asks others about tickets.
#[rustfmt::skip]
fn sides_table() -> Vec<Route> {
    use desk::sides::{api, beginning, operations, web};
    vec![
        route(GET,    "/inbox/sides",                     Needs(TicketsRead),   web::list),
        route(GET,    "/tickets/{id}/sides",              Needs(TicketsRead),   web::of_ticket),
        route(POST,   "/tickets/{id}/sides",              Needs(TicketsWrite),  beginning::open),
        route(GET,    "/tickets/{id}/sides/new",          Needs(TicketsWrite),  beginning::new),
        route(GET,    "/tickets/sides/{id}",              Needs(TicketsRead),   web::show),
        route(POST,   "/tickets/sides/{id}/messages",     Needs(TicketsWrite),  web::write),
        route(POST,   "/tickets/sides/{id}/close",        Needs(TicketsWrite),  web::close),
        route(POST,   "/tickets/sides/{id}/reopen",       Needs(TicketsWrite),  web::reopen),
        route(GET,    "/api/v1/tickets/{id}/side-conversations", Needs(TicketsRead), api::of_ticket).says(&operations::OF_TICKET),
        route(POST,   "/api/v1/tickets/{id}/side-conversations", Needs(TicketsWrite), api::open).says(&operations::OPEN),
        route(GET,    "/api/v1/side-conversations/{id}",  Needs(TicketsRead),   api::show).says(&operations::SHOW),
        route(POST,   "/api/v1/side-conversations/{id}/messages", Needs(TicketsWrite), api::write).says(&operations::WRITE),
        route(PUT,    "/api/v1/side-conversations/{id}/closure", Needs(TicketsWrite), api::close).says(&operations::CLOSE),
        route(DELETE, "/api/v1/side-conversations/{id}/closure", Needs(TicketsWrite), api::reopen).says(&operations::REOPEN),
    ]
}

/// Replies that are sent later.
#[rustfmt::skip]
fn scheduled_table() -> Vec<Route> {
    use tickets::scheduled::{api, operations, web};
    vec![
        route(GET,    "/inbox/scheduled",                 Needs(TicketsRead),   web::list),
        route(GET,    "/tickets/{id}/scheduled",          Needs(TicketsRead),   web::of_ticket),
        route(POST,   "/tickets/{id}/scheduled",          Needs(TicketsWrite),  web::schedule),
        route(POST,   "/tickets/{id}/scheduled/new",      Needs(TicketsWrite),  web::choose),
        route(GET,    "/tickets/scheduled/{id}/time",     Needs(TicketsWrite),  web::time),
        route(POST,   "/tickets/scheduled/{id}/time",     Needs(TicketsWrite),  web::change),
        route(POST,   "/tickets/scheduled/{id}/time/undo", Needs(TicketsWrite), web::move_back),
        route(POST,   "/tickets/scheduled/{id}/cancellation", Needs(TicketsWrite), web::cancel),
        route(POST,   "/tickets/scheduled/{id}/cancellation/end", Needs(TicketsWrite), web::resume),
        route(POST,   "/tickets/scheduled/{id}/sending",  Needs(TicketsWrite),  web::send),
        route(POST,   "/tickets/scheduled/{id}/draft",    Needs(TicketsWrite),  web::take_up),
        route(GET,    "/api/v1/scheduled-replies",        Needs(TicketsRead),   api::list).says(&operations::LIST),
        route(GET,    "/api/v1/tickets/{id}/scheduled-replies", Needs(TicketsRead), api::of_ticket).says(&operations::OF_TICKET),
        route(POST,   "/api/v1/tickets/{id}/scheduled-replies", Needs(TicketsWrite), api::schedule).says(&operations::SCHEDULE),
        route(GET,    "/api/v1/scheduled-replies/{id}",   Needs(TicketsRead),   api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/scheduled-replies/{id}/time", Needs(TicketsWrite), api::change).says(&operations::CHANGE),
        route(PUT,    "/api/v1/scheduled-replies/{id}/cancellation", Needs(TicketsWrite), api::cancel).says(&operations::CANCEL),
        route(DELETE, "/api/v1/scheduled-replies/{id}/cancellation", Needs(TicketsWrite), api::resume).says(&operations::RESUME),
        route(POST,   "/api/v1/scheduled-replies/{id}/sending", Needs(TicketsWrite), api::send).says(&operations::SEND),
    ]
}

/// What accounts are: families, external ids.
#[rustfmt::skip]
fn accounts_table() -> Vec<Route> {
    use accounts::{deeds, doubles, external_ids, family, merging};
    vec![
        route(POST,   "/accounts/export",                 Needs(AccountsRead),  accounts::finding::export::file),
        route(POST,   "/accounts/bulk",                   Needs(AccountsRead),  deeds::web::begin),
        route(GET,    "/accounts/bulk/count",             Needs(AccountsRead),  deeds::web::count),
        route(POST,   "/accounts/bulk/export",            Needs(AccountsRead),  deeds::web::file),
        route(GET,    "/accounts/bulk/{id}",              Needs(AccountsRead),  deeds::web::show),
        route(POST,   "/accounts/bulk/{id}/undo",         Needs(AccountsRead),  deeds::web::undo),
        route(POST,   "/api/v1/accounts/bulk",            Needs(AccountsRead),  deeds::api::begin).says(&deeds::operations::BEGIN),
        route(GET,    "/api/v1/accounts/bulk/{id}",       Needs(AccountsRead),  deeds::api::show).says(&deeds::operations::SHOW),
        route(GET,    "/api/v1/accounts/bulk/{id}/results", Needs(AccountsRead), deeds::api::results).says(&deeds::operations::RESULTS),
        route(PUT,    "/api/v1/accounts/bulk/{id}/undo",  Needs(AccountsRead),  deeds::api::undo).says(&deeds::operations::UNDO),
        route(GET,    "/accounts/{id}/family",            Needs(AccountsRead),  family::web::show),
        route(POST,   "/accounts/{id}/parent",            Needs(AccountsWrite), family::web::place),
        route(POST,   "/accounts/{id}/parent/end",        Needs(AccountsWrite), family::web::free),
        route(GET,    "/accounts/{id}/external-ids",      Needs(AccountsRead),  external_ids::web::show),
        route(POST,   "/accounts/{id}/external-ids",      Needs(AccountsWrite), external_ids::web::add),
        route(POST,   "/external-ids/{id}/end",           Needs(AccountsWrite), external_ids::web::remove),
        route(GET,    "/accounts/doubles",                Needs(AccountsRead),  doubles::web::list),
        route(POST,   "/accounts/{id}/distinction",       Needs(AccountsWrite), doubles::web::distinguish),
        route(POST,   "/accounts/{id}/distinction/end",   Needs(AccountsWrite), doubles::web::confuse),
        route(GET,    "/accounts/{id}/merge",             Needs(AccountsWrite), merging::web::show),
        route(POST,   "/accounts/{id}/merge",             Needs(AccountsWrite), merging::web::merge),
        route(POST,   "/accounts/{id}/merge/end",         Needs(AccountsWrite), merging::web::unmerge),

        route(GET,    "/api/v1/accounts/{id}/family",     Needs(AccountsRead),  family::api::show).says(&family::api::SHOW),
        route(PUT,    "/api/v1/accounts/{id}/parent",     Needs(AccountsWrite), family::api::place).says(&family::api::PLACE),
        route(DELETE, "/api/v1/accounts/{id}/parent",     Needs(AccountsWrite), family::api::free).says(&family::api::FREE),
        route(POST,   "/api/v1/accounts/{id}/external-ids", Needs(AccountsWrite), external_ids::api::add).says(&external_ids::api::ADD),
        route(GET,    "/api/v1/accounts/doubles",         Needs(AccountsRead),  doubles::api::all).says(&doubles::api::ALL),
        route(GET,    "/api/v1/accounts/{id}/doubles",    Needs(AccountsRead),  doubles::api::of_account).says(&doubles::api::OF_ACCOUNT),
        route(PUT,    "/api/v1/accounts/{id}/distinction", Needs(AccountsWrite), doubles::api::distinguish).says(&doubles::api::DISTINGUISH),
        route(GET,    "/api/v1/accounts/{id}/merge",      Needs(AccountsWrite), merging::api::preview).says(&merging::api::PREVIEW),
        route(PUT,    "/api/v1/accounts/{id}/merge",      Needs(AccountsWrite), merging::api::merge).says(&merging::api::MERGE_INTO),
        route(DELETE, "/api/v1/accounts/{id}/merge",      Needs(AccountsWrite), merging::api::unmerge).says(&merging::api::UNMERGE),
        route(DELETE, "/api/v1/external-ids/{id}",        Needs(AccountsWrite), external_ids::api::remove).says(&external_ids::api::REMOVE),
    ]
}

/// Sets of accounts that people keep.
#[rustfmt::skip]
fn segments_table() -> Vec<Route> {
    use segments::{account, api, operations, web};
    vec![
        route(GET,    "/segments",                        Needs(AccountsRead),  web::list),
        route(POST,   "/segments",                        Needs(AccountsRead),  web::create),
        route(GET,    "/segments/new",                    Needs(AccountsRead),  web::new),
        route(GET,    "/segments/{id}",                   Needs(AccountsRead),  web::show),
        route(POST,   "/segments/{id}",                   Needs(AccountsRead),  web::change),
        route(GET,    "/segments/{id}/edit",              Needs(AccountsRead),  web::edit),
        route(POST,   "/segments/{id}/removal",           Needs(AccountsRead),  web::remove),
        route(POST,   "/segments/{id}/removal/end",       Needs(AccountsRead),  web::restore),
        route(GET,    "/accounts/{id}/segments",          Needs(AccountsRead),  account::panel),
        route(GET,    "/api/v1/segments",                 Needs(AccountsRead),  api::list).says(&operations::LIST),
        route(POST,   "/api/v1/segments",                 Needs(AccountsRead),  api::create).says(&operations::CREATE),
        route(POST,   "/api/v1/segments/preview",         Needs(AccountsRead),  api::preview).says(&operations::PREVIEW),
        route(GET,    "/api/v1/segments/{id}",            Needs(AccountsRead),  api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/segments/{id}",            Needs(AccountsRead),  api::change).says(&operations::CHANGE),
        route(GET,    "/api/v1/segments/{id}/accounts",   Needs(AccountsRead),  api::accounts).says(&operations::ACCOUNTS),
        route(PUT,    "/api/v1/segments/{id}/removal",    Needs(AccountsRead),  api::remove).says(&operations::REMOVE),
        route(DELETE, "/api/v1/segments/{id}/removal",    Needs(AccountsRead),  api::restore).says(&operations::RESTORE),
    ]
}

/// Tags and fields: what a workspace says of its accounts and contacts.
#[rustfmt::skip]
fn shape_table() -> Vec<Route> {
    vec![
        route(POST,   "/accounts/{id}/tags",              Needs(AccountsWrite), accounts::nouns::put_tag),
        route(POST,   "/accounts/{id}/tags/end",          Needs(AccountsWrite), accounts::nouns::take_tag),
        route(GET,    "/accounts/{id}/fields",            Needs(AccountsRead),  accounts::nouns::fields),
        route(POST,   "/accounts/{id}/fields",            Needs(AccountsWrite), accounts::nouns::fill),
        route(GET,    "/accounts/{id}/fields/edit",       Needs(AccountsWrite), accounts::nouns::edit_fields),
        route(POST,   "/contacts/{id}/tags",              Needs(ContactsWrite), contacts::nouns::put_tag),
        route(POST,   "/contacts/{id}/tags/end",          Needs(ContactsWrite), contacts::nouns::take_tag),
        route(GET,    "/contacts/{id}/fields",            Needs(ContactsRead),  contacts::nouns::fields),
        route(POST,   "/contacts/{id}/fields",            Needs(ContactsWrite), contacts::nouns::fill),
        route(GET,    "/contacts/{id}/fields/edit",       Needs(ContactsWrite), contacts::nouns::edit_fields),
        route(GET,    "/settings/tags",                   Needs(AccountsRead),  tags::web::list),
        route(POST,   "/settings/tags",                   Needs(ShapeWrite),    tags::web::create),
        route(GET,    "/settings/tags/{id}",              Needs(ShapeWrite),    tags::web::edit),
        route(POST,   "/settings/tags/{id}",              Needs(ShapeWrite),    tags::web::change),
        route(POST,   "/settings/tags/{id}/merge",        Needs(ShapeWrite),    tags::web::merge),
        route(GET,    "/settings/fields",                 Needs(AccountsRead),  fields::web::list),
        route(POST,   "/settings/fields",                 Needs(ShapeWrite),    fields::web::create),
        route(GET,    "/settings/fields/new",             Needs(ShapeWrite),    fields::web::new),
        route(GET,    "/settings/fields/{id}",            Needs(ShapeWrite),    fields::web::edit),
        route(POST,   "/settings/fields/{id}",            Needs(ShapeWrite),    fields::web::change),
        route(POST,   "/settings/fields/{id}/up",         Needs(ShapeWrite),    fields::web::up),
        route(POST,   "/settings/fields/{id}/down",       Needs(ShapeWrite),    fields::web::down),
        route(POST,   "/settings/fields/{id}/archiving",  Needs(ShapeWrite),    fields::web::archive),
        route(POST,   "/settings/fields/{id}/archiving/end", Needs(ShapeWrite), fields::web::restore),

        route(GET,    "/api/v1/tags",                     Needs(AccountsRead),  tags::api::list).says(&tags::operations::LIST),
        route(POST,   "/api/v1/tags",                     Needs(ShapeWrite),    tags::api::create).says(&tags::operations::CREATE),
        route(GET,    "/api/v1/tags/{id}",                Needs(AccountsRead),  tags::api::show).says(&tags::operations::SHOW),
        route(PUT,    "/api/v1/tags/{id}",                Needs(ShapeWrite),    tags::api::change).says(&tags::operations::CHANGE),
        route(PUT,    "/api/v1/tags/{id}/merge",          Needs(ShapeWrite),    tags::api::merge).says(&tags::operations::MERGE_INTO),
        route(GET,    "/api/v1/fields",                   Needs(AccountsRead),  fields::api::list).says(&fields::operations::LIST),
        route(POST,   "/api/v1/fields",                   Needs(ShapeWrite),    fields::api::create).says(&fields::operations::CREATE),
        route(GET,    "/api/v1/fields/{id}",              Needs(AccountsRead),  fields::api::show).says(&fields::operations::SHOW),
        route(PUT,    "/api/v1/fields/{id}",              Needs(ShapeWrite),    fields::api::change).says(&fields::operations::CHANGE),
        route(PUT,    "/api/v1/fields/{id}/archiving",    Needs(ShapeWrite),    fields::api::archive).says(&fields::operations::ARCHIVE),
        route(DELETE, "/api/v1/fields/{id}/archiving",    Needs(ShapeWrite),    fields::api::restore).says(&fields::operations::RESTORE),
    ]
}

/// Stages and tiers.
#[rustfmt::skip]
fn ladders_table() -> Vec<Route> {
    vec![
        route(GET,    "/settings/stages",                Needs(AccountsRead),  ladders::web::stages::list),
        route(POST,   "/settings/stages",                Needs(ShapeWrite),    ladders::web::stages::create),
        route(POST,   "/settings/stages/usual",          Needs(ShapeWrite),    ladders::web::stages::usual),
        route(GET,    "/settings/stages/{id}",           Needs(ShapeWrite),    ladders::web::stages::edit),
        route(POST,   "/settings/stages/{id}",           Needs(ShapeWrite),    ladders::web::stages::change),
        route(POST,   "/settings/stages/{id}/up",        Needs(ShapeWrite),    ladders::web::stages::up),
        route(POST,   "/settings/stages/{id}/down",      Needs(ShapeWrite),    ladders::web::stages::down),
        route(POST,   "/settings/stages/{id}/archiving", Needs(ShapeWrite),    ladders::web::stages::archive),
        route(POST,   "/settings/stages/{id}/archiving/end", Needs(ShapeWrite),    ladders::web::stages::restore),
        route(GET,    "/settings/tiers",                 Needs(AccountsRead),  ladders::web::tiers::list),
        route(POST,   "/settings/tiers",                 Needs(ShapeWrite),    ladders::web::tiers::create),
        route(POST,   "/settings/tiers/usual",           Needs(ShapeWrite),    ladders::web::tiers::usual),
        route(GET,    "/settings/tiers/{id}",            Needs(ShapeWrite),    ladders::web::tiers::edit),
        route(POST,   "/settings/tiers/{id}",            Needs(ShapeWrite),    ladders::web::tiers::change),
        route(POST,   "/settings/tiers/{id}/up",         Needs(ShapeWrite),    ladders::web::tiers::up),
        route(POST,   "/settings/tiers/{id}/down",       Needs(ShapeWrite),    ladders::web::tiers::down),
        route(POST,   "/settings/tiers/{id}/archiving",  Needs(ShapeWrite),    ladders::web::tiers::archive),
        route(POST,   "/settings/tiers/{id}/archiving/end", Needs(ShapeWrite),    ladders::web::tiers::restore),
        route(GET,    "/settings/tiers/{id}/service",    Needs(ShapeWrite),    tiers::service::web::edit),
        route(POST,   "/settings/tiers/{id}/service",    Needs(ShapeWrite),    tiers::service::web::change),
        route(GET,    "/accounts/{id}/service",           Needs(AccountsRead),  tiers::service::web::show),
        route(GET,    "/accounts/{id}/stages",            Needs(AccountsRead),  stages::web::show),
        route(POST,   "/accounts/{id}/stage",             Needs(AccountsWrite), stages::web::set),
        route(GET,    "/accounts/{id}/tier",              Needs(AccountsRead),  tiers::web::show),
        route(POST,   "/accounts/{id}/tier",              Needs(AccountsWrite), tiers::web::pin),
        route(POST,   "/accounts/{id}/tier/end",          Needs(AccountsWrite), tiers::web::unpin),

        route(GET,    "/api/v1/rungs",                    Needs(AccountsRead),  ladders::api::list).says(&ladders::api::LIST),
        route(POST,   "/api/v1/rungs",                    Needs(ShapeWrite),    ladders::api::create).says(&ladders::api::CREATE),
        route(GET,    "/api/v1/rungs/{id}",               Needs(AccountsRead),  ladders::api::show).says(&ladders::api::SHOW),
        route(PUT,    "/api/v1/rungs/{id}",               Needs(ShapeWrite),    ladders::api::change).says(&ladders::api::CHANGE),
        route(PUT,    "/api/v1/rungs/{id}/place",         Needs(ShapeWrite),    ladders::api::place).says(&ladders::api::PLACE),
        route(PUT,    "/api/v1/rungs/{id}/archiving",     Needs(ShapeWrite),    ladders::api::archive).says(&ladders::api::ARCHIVE),
        route(DELETE, "/api/v1/rungs/{id}/archiving",     Needs(ShapeWrite),    ladders::api::restore).says(&ladders::api::RESTORE),
        route(GET,    "/api/v1/tiers/{id}/service",       Needs(AccountsRead),  tiers::service::api::show).says(&tiers::service::api::SHOW),
        route(PUT,    "/api/v1/tiers/{id}/service",       Needs(ShapeWrite),    tiers::service::api::set).says(&tiers::service::api::SET),
        route(DELETE, "/api/v1/tiers/{id}/service",       Needs(ShapeWrite),    tiers::service::api::forget).says(&tiers::service::api::FORGET),
        route(GET,    "/api/v1/accounts/{id}/stages",     Needs(AccountsRead),  stages::api::spans).says(&stages::api::SPANS),
        route(PUT,    "/api/v1/accounts/{id}/stage",      Needs(AccountsWrite), stages::api::set).says(&stages::api::SET),
        route(GET,    "/api/v1/accounts/{id}/tier",       Needs(AccountsRead),  tiers::api::why).says(&tiers::api::WHY),
        route(PUT,    "/api/v1/accounts/{id}/tier",       Needs(AccountsWrite), tiers::api::pin).says(&tiers::api::PIN),
        route(DELETE, "/api/v1/accounts/{id}/tier",       Needs(AccountsWrite), tiers::api::unpin).says(&tiers::api::UNPIN),
    ]
}

/// Who looks after whom.
#[rustfmt::skip]
fn assignment_table() -> Vec<Route> {
    use assignment::{api, books, capacities, rules, web};
    vec![
        route(GET,    "/book",                            Needs(AccountsRead),  books::web::show),
        route(GET,    "/accounts/{id}/owner",             Needs(AccountsRead),  web::owner),
        route(POST,   "/accounts/{id}/owner",             Needs(AccountsWrite), web::give),
        route(GET,    "/settings/assignment",             Needs(AccountsRead),  web::list),
        route(POST,   "/settings/assignment",             Needs(ShapeWrite),    web::create),
        route(GET,    "/settings/assignment/new",         Needs(ShapeWrite),    web::new),
        route(POST,   "/settings/assignment/capacity",    Needs(ShapeWrite),    web::capacity),
        route(GET,    "/settings/assignment/{id}",        Needs(ShapeWrite),    web::edit),
        route(POST,   "/settings/assignment/{id}",        Needs(ShapeWrite),    web::change),
        route(POST,   "/settings/assignment/{id}/up",     Needs(ShapeWrite),    web::up),
        route(POST,   "/settings/assignment/{id}/down",   Needs(ShapeWrite),    web::down),
        route(POST,   "/settings/assignment/{id}/removal", Needs(ShapeWrite),   web::remove),
        route(POST,   "/settings/assignment/{id}/removal/end", Needs(ShapeWrite), web::restore),
        route(POST,   "/settings/assignment/{id}/change/end", Needs(ShapeWrite), web::take_back),

        route(GET,    "/api/v1/assignment-rules",         Needs(AccountsRead),  rules::api::list).says(&rules::operations::LIST),
        route(POST,   "/api/v1/assignment-rules",         Needs(ShapeWrite),    rules::api::create).says(&rules::operations::CREATE),
        route(GET,    "/api/v1/assignment-rules/{id}",    Needs(AccountsRead),  rules::api::show).says(&rules::operations::SHOW),
        route(PUT,    "/api/v1/assignment-rules/{id}",    Needs(ShapeWrite),    rules::api::change).says(&rules::operations::CHANGE),
        route(DELETE, "/api/v1/assignment-rules/{id}",    Needs(ShapeWrite),    rules::api::remove).says(&rules::operations::REMOVE),
        route(PUT,    "/api/v1/assignment-rules/{id}/place", Needs(ShapeWrite), rules::api::place).says(&rules::operations::PLACE),
        route(GET,    "/api/v1/capacities",               Needs(AccountsRead),  capacities::api::list).says(&capacities::api::LIST),
        route(PUT,    "/api/v1/capacities/{id}",          Needs(ShapeWrite),    capacities::api::set).says(&capacities::api::SET),
        route(GET,    "/api/v1/accounts/{id}/owners",     Needs(AccountsRead),  api::spans).says(&api::SPANS),
        route(PUT,    "/api/v1/accounts/{id}/owner",      Needs(AccountsWrite), api::give).says(&api::GIVE),
        route(DELETE, "/api/v1/accounts/{id}/owner",      Needs(AccountsWrite), api::take).says(&api::TAKE),
    ]
}

/// Timelines.
#[rustfmt::skip]
fn timeline_table() -> Vec<Route> {
    use touchpoints::{api, operations, web};
    vec![
        route(GET,    "/accounts/{id}/touchpoints",       Needs(AccountsRead),  web::of_account),
        route(POST,   "/accounts/{id}/touchpoints",       Needs(AccountsWrite), web::add),
        route(GET,    "/accounts/{id}/touchpoints/new",   Needs(AccountsWrite), web::new),
        route(GET,    "/contacts/{id}/touchpoints",       Needs(ContactsRead),  web::of_contact),
        route(GET,    "/touchpoints/{id}",                Needs(AccountsRead),  web::lead),
        route(POST,   "/touchpoints/{id}/impression",     Needs(AccountsWrite), web::judge),
        route(POST,   "/touchpoints/{id}/withdrawal",     Needs(AccountsWrite), web::withdraw),
        route(POST,   "/touchpoints/{id}/withdrawal/end", Needs(AccountsWrite), web::restore),

        route(GET,    "/api/v1/accounts/{id}/touchpoints", Needs(AccountsRead), api::of_account).says(&operations::OF_ACCOUNT),
        route(POST,   "/api/v1/accounts/{id}/touchpoints", Needs(AccountsWrite), api::add).says(&operations::ADD),
        route(GET,    "/api/v1/accounts/{id}/experience", Needs(AccountsRead),  api::experience).says(&operations::EXPERIENCE),
        route(GET,    "/api/v1/contacts/{id}/touchpoints", Needs(ContactsRead), api::of_contact).says(&operations::OF_CONTACT),
        route(GET,    "/api/v1/touchpoints/{id}",         Needs(AccountsRead),  api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/touchpoints/{id}/impression", Needs(AccountsWrite), api::judge).says(&operations::JUDGE),
        route(PUT,    "/api/v1/touchpoints/{id}/withdrawal", Needs(AccountsWrite), api::withdraw).says(&operations::WITHDRAW),
        route(DELETE, "/api/v1/touchpoints/{id}/withdrawal", Needs(AccountsWrite), api::restore).says(&operations::RESTORE),
    ]
}

/// The addresses of the doors, and of what agents look after behind them.
#[rustfmt::skip]
fn doors_table() -> Vec<Route> {
    vec![
        route(GET,    "/sign-in",                         Anyone,               doors::web::sign_in),
        route(GET,    "/sign-in/{link}",                  Anyone,               doors::web::choose).counts(Refused),
        route(POST,   "/sign-in/{link}",                  Anyone,               doors::web::enter).counts(Refused),
        route(POST,   "/sign-in",                         Anyone,               doors::passwords::web::sign_in),
        route(GET,    "/sign-in/help",                    Anyone,               doors::letters::web::help),
        route(POST,   "/sign-in/help",                    Anyone,               doors::letters::web::ask),
        route(GET,    "/sign-in/password/{link}",         Anyone,               doors::letters::web::choose).counts(Refused),
        route(POST,   "/sign-in/password/{link}",         Anyone,               doors::letters::web::reset).counts(Refused),
        route(GET,    "/sign-in/workspace",               Anyone,               doors::web::workspaces).counts(Step),
        route(POST,   "/sign-in/workspace",               Anyone,               doors::web::choose_workspace).counts(Step),
        route(POST,   "/sign-in/passkey/challenge",       Anyone,               doors::passkeys::web::ask),
        route(POST,   "/sign-in/passkey",                 Anyone,               doors::passkeys::web::answer).counts(Step),
        route(GET,    "/sign-in/code",                    Anyone,               doors::factors::web::ask).counts(Step),
        route(POST,   "/sign-in/code",                    Anyone,               doors::factors::web::answer),
        route(GET,    "/sign-in/provider/{provider}",     Anyone,               doors::providers::web::begin),
        route(GET,    "/sign-in/provider/back",           Anyone,               doors::providers::web::back).counts(Step),
        route(GET,    "/invitation/{link}",               Anyone,               invitations::web::look).counts(Refused),
        route(POST,   "/invitation/{link}",               Anyone,               invitations::web::accept).counts(Refused),
        route(POST,   "/sign-out",                        SignedIn,             doors::web::sign_out),
        route(GET,    "/workspaces",                      SignedIn,             doors::elsewhere::web::list),
        route(POST,   "/workspaces",                      SignedIn,             doors::elsewhere::web::go),
        route(GET,    "/workspaces/new",                  Needs(WorkspaceOpen), setup::further::web::new),
        route(POST,   "/workspaces/new",                  Needs(WorkspaceOpen), setup::further::web::open),
        route(GET,    "/settings/security",               SignedIn,             doors::security::web::show),
        route(POST,   "/settings/security/sessions/end",  SignedIn,             doors::security::web::end_others),
        route(POST,   "/settings/security/sessions/{id}/end", SignedIn,         doors::security::web::end_session),
        route(POST,   "/settings/security/password",      SignedIn,             doors::security::web::change_password),
        route(GET,    "/settings/security/authenticator", SignedIn,             doors::security::web::enrol),
        route(POST,   "/settings/security/authenticator", SignedIn,             doors::security::web::confirm),
        route(POST,   "/settings/security/authenticator/beginning", SignedIn,   doors::security::web::begin),
        route(POST,   "/settings/security/authenticator/end", SignedIn,         doors::security::web::switch_off),
        route(POST,   "/settings/security/recovery-codes", SignedIn,            doors::security::web::renew),
        route(POST,   "/settings/security/passkeys/challenge", SignedIn,        doors::passkeys::web::begin),
        route(POST,   "/settings/security/passkeys",      SignedIn,             doors::passkeys::web::keep),
        route(POST,   "/settings/security/passkeys/{id}", SignedIn,             doors::passkeys::web::rename),
        route(POST,   "/settings/security/passkeys/{id}/end", SignedIn,         doors::passkeys::web::remove),
    ]
}

/// Settings of the workspace and its background work.
#[rustfmt::skip]
fn settings_table() -> Vec<Route> {
    vec![
        route(GET,    "/settings",                        SignedIn,             settings),
        route(GET,    "/settings/audit",                  Needs(AuditRead),     audit::web::list),
        route(POST,   "/settings/audit/export",           Needs(AuditRead),     audit::web::export),
        route(GET,    "/settings/workspace",              Needs(WorkspaceRead), workspaces::web::show),
        route(POST,   "/settings/workspace",              Needs(WorkspaceWrite), workspaces::web::change),
        route(GET,    "/settings/hours",                  Needs(WorkspaceRead), calendars::web::show),
        route(POST,   "/settings/hours",                  Needs(WorkspaceWrite), calendars::web::change),
        route(GET,    "/settings/samples",                Needs(WorkspaceWrite), samples::web::show),
        route(POST,   "/settings/samples",                Needs(WorkspaceWrite), samples::web::load),
        route(POST,   "/settings/samples/end",            Needs(WorkspaceWrite), samples::web::remove),
        route(GET,    "/settings/search",                 Needs(WorkRead),      search::web::settings),
        route(POST,   "/settings/search/rebuilding",      Needs(WorkWrite),     search::web::rebuild),
        route(GET,    "/settings/work",                   Needs(WorkRead),      work::web::list),
        route(POST,   "/settings/work/{id}/revival",      Needs(WorkWrite),     work::web::revive),
        route(POST,   "/settings/work/{id}/cancellation", Needs(WorkWrite),     work::web::cancel),
        route(POST,   "/settings/work/{id}/discarding",   Needs(WorkWrite),     work::web::discard),
    ]
}

/// Files that are brought in, in pages and for programs.
#[rustfmt::skip]
fn imports_table() -> Vec<Route> {
    vec![
        route(GET,    "/imports",                         Needs(ImportsWrite),  imports::web::list),
        route(POST,   "/imports",                         Needs(ImportsWrite),  imports::web::create),
        route(GET,    "/imports/new",                     Needs(ImportsWrite),  imports::web::new),
        route(GET,    "/imports/{id}",                    Needs(ImportsWrite),  imports::web::show),
        route(POST,   "/imports/{id}",                    Needs(ImportsWrite),  imports::web::keep),
        route(GET,    "/imports/{id}/refused",            Needs(ImportsWrite),  imports::web::refused),
        route(POST,   "/imports/{id}/pause",              Needs(ImportsWrite),  imports::web::pause),
        route(POST,   "/imports/{id}/pause/end",          Needs(ImportsWrite),  imports::web::resume),
        route(POST,   "/imports/{id}/undoing",            Needs(ImportsWrite),  imports::web::undo),
        route(POST,   "/imports/{id}/removal",            Needs(ImportsWrite),  imports::web::discard),

        route(GET,    "/api/v1/imports",                  Needs(ImportsWrite),  imports::api::list).says(&imports::operations::LIST),
        route(PUT,    "/api/v1/imports",                  Needs(ImportsWrite),  imports::api::receive).says(&imports::operations::RECEIVE),
        route(GET,    "/api/v1/imports/{id}",             Needs(ImportsWrite),  imports::api::show).says(&imports::operations::SHOW),
        route(DELETE, "/api/v1/imports/{id}",             Needs(ImportsWrite),  imports::api::discard).says(&imports::operations::DISCARD),
        route(PUT,    "/api/v1/imports/{id}/mapping",     Needs(ImportsWrite),  imports::api::map).says(&imports::operations::MAP),
        route(POST,   "/api/v1/imports/{id}/run",         Needs(ImportsWrite),  imports::api::run).says(&imports::operations::RUN),
        route(PUT,    "/api/v1/imports/{id}/pause",       Needs(ImportsWrite),  imports::api::pause).says(&imports::operations::PAUSE),
        route(DELETE, "/api/v1/imports/{id}/pause",       Needs(ImportsWrite),  imports::api::resume).says(&imports::operations::RESUME),
        route(POST,   "/api/v1/imports/{id}/undo",        Needs(ImportsWrite),  imports::api::undo).says(&imports::operations::UNDO),
        route(GET,    "/api/v1/imports/{id}/refused",     Needs(ImportsWrite),  imports::api::refused).says(&imports::operations::REFUSED),
    ]
}

/// What people at accounts do in the product.
#[rustfmt::skip]
fn usage_table() -> Vec<Route> {
    use protocol::hook;
    use sources::{api, operations, web};
    vec![
        route(POST,    "/v1/{call}",                      Anyone,               hook::take),
        route(OPTIONS, "/v1/{call}",                      Anyone,               hook::preflight),
        route(GET,     "/v1/projects/{link}/settings",    Anyone,               hook::settings),
        route(GET,     "/sourceConfig",                   Anyone,               hook::source_config),
        route(GET,     "/sourceConfig/",                  Anyone,               hook::source_config),
        route(OPTIONS, "/sourceConfig",                   Anyone,               hook::preflight),
        route(OPTIONS, "/sourceConfig/",                  Anyone,               hook::preflight),

        route(GET,     "/settings/sources",               Needs(UsageRead),     web::list),
        route(POST,    "/settings/sources",               Needs(UsageWrite),    web::create),
        route(GET,     "/settings/sources/events",        Needs(UsageRead),     debugger::web::events),
        route(GET,     "/settings/sources/events/rejected", Needs(UsageRead),   debugger::web::rejected),
        route(POST,    "/settings/sources/events/rejected/replay", Needs(UsageWrite), debugger::web::replay_all),
        route(GET,     "/settings/sources/rejected/{id}", Needs(UsageRead),     debugger::web::refusal),
        route(POST,    "/settings/sources/rejected/{id}/replay", Needs(UsageWrite), debugger::web::replay),
        route(GET,     "/accounts/{id}/usage",            Needs(UsageRead),     account::web::show),
        route(GET,     "/contacts/{id}/usage",            Needs(UsageRead),     contact::web::show),
        route(GET,     "/settings/sources/keeping",       Needs(UsageRead),     keeping::web::show),
        route(POST,    "/settings/sources/keeping",       Needs(UsageWrite),    keeping::web::set),
        route(POST,    "/settings/sources/keeping/undo",  Needs(UsageWrite),    keeping::web::undo),
        route(GET,     "/settings/sources/counts",        Needs(UsageRead),     counts::web::show),
        route(POST,    "/settings/sources/counts",        Needs(UsageWrite),    counts::web::set),
        route(POST,    "/settings/sources/counts/undo",   Needs(UsageWrite),    counts::web::undo),
        route(GET,     "/time-to-value",                  Needs(UsageRead),     first::web::show),
        route(POST,    "/time-to-value/export",           Needs(UsageRead),     first::web::export),
        route(GET,     "/settings/sources/keeping/usage-files/{id}", Needs(UsageRead), lake::web::content),
        route(GET,     "/settings/sources/{id}",          Needs(UsageRead),     web::show),
        route(POST,    "/settings/sources/{id}",          Needs(UsageWrite),    web::change),
        route(POST,    "/settings/sources/{id}/keys",     Needs(UsageWrite),    web::rotate),
        route(POST,    "/settings/sources/{id}/stop",     Needs(UsageWrite),    web::stop),
        route(POST,    "/settings/sources/{id}/stop/end", Needs(UsageWrite),    web::start),

        route(GET,     "/api/v1/accounts/{id}/usage",     Needs(UsageRead),     account::api::show).says(&account::api::SHOW),
        route(GET,     "/api/v1/usage-keeping",           Needs(UsageRead),     keeping::api::show).says(&keeping::api::SHOW),
        route(PUT,     "/api/v1/usage-keeping",           Needs(UsageWrite),    keeping::api::set).says(&keeping::api::SET),
        route(GET,     "/api/v1/usage-keeping/preview",   Needs(UsageRead),     keeping::api::preview).says(&keeping::api::PREVIEW),
        route(GET,     "/api/v1/usage-counts",            Needs(UsageRead),     counts::api::show).says(&counts::api::SHOW),
        route(PUT,     "/api/v1/usage-counts",            Needs(UsageWrite),    counts::api::set).says(&counts::api::SET),
        route(GET,     "/api/v1/time-to-value",           Needs(UsageRead),     first::api::show).says(&first::api::SHOW),
        route(GET,     "/api/v1/usage-files",             Needs(UsageRead),     lake::api::list).says(&lake::api::LIST),
        route(GET,     "/api/v1/usage-files/{id}",        Needs(UsageRead),     lake::api::show).says(&lake::api::SHOW),
        route(GET,     "/api/v1/usage-refusals",          Needs(UsageRead),     debugger::api::list).says(&debugger::api::LIST),
        route(GET,     "/api/v1/usage-refusals/{id}",     Needs(UsageRead),     debugger::api::show).says(&debugger::api::SHOW),
        route(POST,    "/api/v1/usage-refusals/{id}/replay", Needs(UsageWrite), debugger::api::replay).says(&debugger::api::REPLAY),
        route(GET,     "/api/v1/usage-sources",           Needs(UsageRead),     api::list).says(&operations::LIST),
        route(POST,    "/api/v1/usage-sources",           Needs(UsageWrite),    api::create).says(&operations::CREATE),
        route(GET,     "/api/v1/usage-sources/{id}",      Needs(UsageRead),     api::show).says(&operations::SHOW),
        route(PUT,     "/api/v1/usage-sources/{id}",      Needs(UsageWrite),    api::change).says(&operations::CHANGE),
        route(POST,    "/api/v1/usage-sources/{id}/keys", Needs(UsageWrite),    api::rotate).says(&operations::ROTATE),
        route(PUT,     "/api/v1/usage-sources/{id}/stop", Needs(UsageWrite),    api::stop).says(&operations::STOP),
        route(DELETE,  "/api/v1/usage-sources/{id}/stop", Needs(UsageWrite),    api::start).says(&operations::START),
    ]
}

/// Which features accounts use.
#[rustfmt::skip]
fn adoption_table() -> Vec<Route> {
    use success::usage::adoption::{api, export, web};
    vec![
        route(GET,     "/usage/features",                 Needs(UsageRead),     web::list),
        route(POST,    "/usage/features/export",          Needs(UsageRead),     export::features),
        route(GET,     "/usage/features/{id}",            Needs(UsageRead),     web::show),
        route(POST,    "/usage/features/{id}/export",     Needs(UsageRead),     export::accounts),
        route(GET,     "/api/v1/usage-features",          Needs(UsageRead),     api::list).says(&api::LIST),
        route(GET,     "/api/v1/usage-features/{id}",     Needs(UsageRead),     api::show).says(&api::SHOW),
        route(GET,     "/api/v1/usage-features/{id}/accounts", Needs(UsageRead), api::accounts).says(&api::ACCOUNTS),
    ]
}

/// Whose usage is, and what belongs to no account.
#[rustfmt::skip]
fn usage_names_table() -> Vec<Route> {
    use identity::{api, operations, web};
    vec![
        route(GET,     "/settings/sources/events/unsettled", Needs(UsageRead),  settling::web::list),
        route(GET,     "/settings/sources/names/{id}",    Needs(UsageRead),     web::show),
        route(POST,    "/settings/sources/names/{id}/account", Needs(UsageWrite), settling::web::settle),
        route(POST,    "/settings/sources/names/{id}/account/end", Needs(UsageWrite), settling::web::unsettle),
        route(POST,    "/settings/sources/names/{id}/leaving", Needs(UsageWrite), settling::web::leave),
        route(POST,    "/settings/sources/names/{id}/leaving/end", Needs(UsageWrite), settling::web::mind),
        route(POST,    "/settings/sources/names/{id}/making", Needs(UsageWrite), settling::web::make),
        route(POST,    "/settings/sources/names/{id}/links/end", Needs(UsageWrite), web::end),
        route(POST,    "/settings/sources/names/{id}/links/restoring", Needs(UsageWrite), web::restore),
        route(GET,     "/contacts/{id}/usage-names",      Needs(UsageRead),     web::panel),

        route(GET,     "/api/v1/usage-unsettled",         Needs(UsageRead),     settling::api::list).says(&settling::operations::LIST),
        route(GET,     "/api/v1/usage-names/{id}",        Needs(UsageRead),     api::show).says(&operations::SHOW),
        route(PUT,     "/api/v1/usage-names/{id}/link",   Needs(UsageWrite),    api::link).says(&operations::LINK),
        route(PUT,     "/api/v1/usage-names/{id}/account", Needs(UsageWrite),   settling::api::settle).says(&settling::operations::SETTLE),
        route(DELETE,  "/api/v1/usage-names/{id}/account", Needs(UsageWrite),   settling::api::unsettle).says(&settling::operations::UNSETTLE),
        route(PUT,     "/api/v1/usage-names/{id}/leaving", Needs(UsageWrite),   settling::api::leave).says(&settling::operations::LEAVE),
        route(DELETE,  "/api/v1/usage-names/{id}/leaving", Needs(UsageWrite),   settling::api::mind).says(&settling::operations::MIND),
        route(POST,    "/api/v1/usage-names/{id}/making", Needs(UsageWrite),    settling::api::make).says(&settling::operations::MAKE),
        route(GET,     "/api/v1/contacts/{id}/usage-names", Needs(UsageRead),   api::of_contact).says(&operations::OF_CONTACT),
    ]
}

/// Files of usage events of the past.
#[rustfmt::skip]
fn backfill_table() -> Vec<Route> {
    vec![
        route(GET,     "/settings/sources/backfills",     Needs(UsageWrite),    backfill::web::list),
        route(POST,    "/settings/sources/backfills",     Needs(UsageWrite),    backfill::web::create),
        route(GET,     "/settings/sources/backfills/new", Needs(UsageWrite),    backfill::web::new),
        route(GET,     "/settings/sources/backfills/{id}", Needs(UsageWrite),   backfill::web::show),
        route(POST,    "/settings/sources/backfills/{id}", Needs(UsageWrite),   backfill::web::keep),
        route(GET,     "/settings/sources/backfills/{id}/refused", Needs(UsageWrite), backfill::web::refused),
        route(POST,    "/settings/sources/backfills/{id}/pause", Needs(UsageWrite), backfill::web::pause),
        route(POST,    "/settings/sources/backfills/{id}/pause/end", Needs(UsageWrite), backfill::web::resume),
        route(POST,    "/settings/sources/backfills/{id}/removal", Needs(UsageWrite), backfill::web::discard),

        route(GET,     "/api/v1/usage-backfills",         Needs(UsageWrite),    backfill::api::list).says(&backfill::operations::LIST),
        route(PUT,     "/api/v1/usage-backfills",         Needs(UsageWrite),    backfill::api::receive).says(&backfill::operations::RECEIVE),
        route(GET,     "/api/v1/usage-backfills/{id}",    Needs(UsageWrite),    backfill::api::show).says(&backfill::operations::SHOW),
        route(DELETE,  "/api/v1/usage-backfills/{id}",    Needs(UsageWrite),    backfill::api::discard).says(&backfill::operations::DISCARD),
        route(PUT,     "/api/v1/usage-backfills/{id}/mapping", Needs(UsageWrite), backfill::api::map).says(&backfill::operations::MAP),
        route(POST,    "/api/v1/usage-backfills/{id}/run", Needs(UsageWrite),   backfill::api::run).says(&backfill::operations::RUN),
        route(PUT,     "/api/v1/usage-backfills/{id}/pause", Needs(UsageWrite), backfill::api::pause).says(&backfill::operations::PAUSE),
        route(DELETE,  "/api/v1/usage-backfills/{id}/pause", Needs(UsageWrite), backfill::api::resume).says(&backfill::operations::RESUME),
        route(GET,     "/api/v1/usage-backfills/{id}/refused", Needs(UsageWrite), backfill::api::refused).says(&backfill::operations::REFUSED),
    ]
}

/// Whether pages of other sites may send a request: events of usage, which carry their own key and no cookie.
pub fn is_open_to_other_sites(method: &Method, address: &Uri) -> bool {
    *method == POST && address.path().starts_with("/v1/")
}

/// Whether a request brings a file, which may be larger and take longer than any other.
pub fn is_upload(method: &Method, path: &str) -> bool {
    matches!(
        (method.as_str(), path),
        (
            "POST",
            "/imports" | "/settings/sources/backfills" | "/settings/old-mail"
        ) | (
            "PUT",
            "/api/v1/imports" | "/api/v1/usage-backfills" | "/api/v1/mail-imports"
        )
    ) || is_file_of_ticket(method, path)
        || is_side(method, path)
}

/// Whether a request begins or continues a side conversation, with files or without.
fn is_side(method: &Method, path: &str) -> bool {
    let rest = path.strip_prefix("/tickets/").filter(|_| *method == POST);
    rest.and_then(|rest| rest.split_once('/'))
        .is_some_and(|(begin, end)| {
            let is_new = end == "sides";
            let is_message = begin == "sides" && end.ends_with("/messages");
            is_new || is_message
        })
}

/// How long the body of a form may be that anybody sends, with files or without, and the time it may take.
pub fn own_measure(method: &Method, path: &str) -> Option<(u64, Duration)> {
    let key = path.strip_prefix("/forms/");
    let is_sent_form = *method == POST && key.is_some_and(|key| !key.contains('/'));
    is_sent_form.then_some((forms::LONGEST_BODY, forms::LONGEST_TIME))
}

/// Whether a request keeps limits of its own: events of usage, whose senders know one form of answers. What is being stored
/// of them is not cut off, since it would come again.
pub fn keeps_own_limits(method: &Method, path: &str) -> bool {
    *method == POST && path.starts_with("/v1/")
}

/// Whether a request brings a file of a ticket, or of a saved reply.
fn is_file_of_ticket(method: &Method, path: &str) -> bool {
    let of_ticket = |begin| {
        path.strip_prefix(begin)
            .and_then(|rest: &str| rest.strip_suffix("/files"))
            .is_some_and(|id| !id.contains('/'))
    };
    match method.as_str() {
        "POST" => of_ticket("/tickets/") || of_ticket("/settings/replies/"),
        "PUT" => of_ticket("/api/v1/tickets/") || of_ticket("/api/v1/saved-replies/"),
        _ => false,
    }
}

/// The people of the workspace: agents, invitations, teams, roles and tokens, in pages and for programs.
#[rustfmt::skip]
fn people_table() -> Vec<Route> {
    vec![
        route(GET,    "/settings/profile",                SignedIn,             agents::web::profile),
        route(POST,   "/settings/profile",                SignedIn,             agents::web::change_profile),
        route(GET,    "/settings/agents",                 Needs(AgentsRead),    agents::web::list),
        route(POST,   "/settings/agents",                 Needs(AgentsWrite),   invitations::web::create),
        route(GET,    "/settings/agents/new",             Needs(AgentsWrite),   invitations::web::new),
        route(GET,    "/settings/agents/{id}",            Needs(AgentsRead),    agents::web::show),
        route(POST,   "/settings/agents/{id}/role",       Needs(AgentsWrite),   agents::web::change_role),
        route(POST,   "/settings/agents/{id}/deactivation", Needs(AgentsWrite), agents::web::deactivate),
        route(POST,   "/settings/agents/{id}/deactivation/end", Needs(AgentsWrite), agents::web::reactivate),
        route(POST,   "/settings/invitations/{id}/renewal", Needs(AgentsWrite), invitations::web::renew),
        route(POST,   "/settings/invitations/{id}/revocation", Needs(AgentsWrite), invitations::web::revoke),
        route(GET,    "/settings/teams",                  Needs(AgentsRead),    teams::web::list),
        route(POST,   "/settings/teams",                  Needs(TeamsWrite),    teams::web::create),
        route(GET,    "/settings/teams/new",              Needs(TeamsWrite),    teams::web::new),
        route(GET,    "/settings/teams/{id}",             Needs(TeamsWrite),    teams::web::show),
        route(POST,   "/settings/teams/{id}",             Needs(TeamsWrite),    teams::web::change),
        route(POST,   "/settings/teams/{id}/archiving",   Needs(TeamsWrite),    teams::web::archive),
        route(POST,   "/settings/teams/{id}/archiving/end", Needs(TeamsWrite),  teams::web::restore),
        route(GET,    "/settings/roles",                  Needs(AgentsRead),    roles::web::list),
        route(POST,   "/settings/roles",                  Needs(RolesWrite),    roles::web::create),
        route(GET,    "/settings/roles/new",              Needs(RolesWrite),    roles::web::new),
        route(GET,    "/settings/roles/{id}",             Needs(RolesWrite),    roles::web::show),
        route(POST,   "/settings/roles/{id}",             Needs(RolesWrite),    roles::web::change),
        route(POST,   "/settings/roles/{id}/removal",     Needs(RolesWrite),    roles::web::remove),
        route(POST,   "/settings/agents/{id}/identities/end", Needs(AgentsWrite), agents::web::unlink),
        route(GET,    "/settings/tokens",                 Needs(TokensOwn),     tokens::web::list),
        route(POST,   "/settings/tokens",                 Needs(TokensOwn),     tokens::web::create),
        route(GET,    "/settings/tokens/new",             Needs(TokensOwn),     tokens::web::new),
        route(POST,   "/settings/tokens/{id}/revocation", Needs(TokensOwn),     tokens::web::revoke),
        route(GET,    "/settings/tokens/machine",         Needs(TokensWrite),   tokens::web::machine),
        route(POST,   "/settings/tokens/machine",         Needs(TokensWrite),   tokens::web::create_machine),

        route(GET,    "/api/v1/agents",                   Needs(AgentsRead),    agents::api::list).says(&agents::operations::LIST),
        route(POST,   "/api/v1/agents",                   Needs(TokensWrite),   agents::api::add_machine).says(&agents::operations::ADD_MACHINE),
        route(GET,    "/api/v1/agents/{id}",              Needs(AgentsRead),    agents::api::show).says(&agents::operations::SHOW),
        route(PUT,    "/api/v1/agents/{id}/role",         Needs(AgentsWrite),   agents::api::change_role).says(&agents::operations::CHANGE_ROLE),
        route(PUT,    "/api/v1/agents/{id}/deactivation", Needs(AgentsWrite),   agents::api::deactivate).says(&agents::operations::DEACTIVATE),
        route(DELETE, "/api/v1/agents/{id}/deactivation", Needs(AgentsWrite),   agents::api::reactivate).says(&agents::operations::REACTIVATE),
        route(GET,    "/api/v1/invitations",              Needs(AgentsRead),    invitations::api::list).says(&invitations::operations::LIST),
        route(POST,   "/api/v1/invitations",              Needs(AgentsWrite),   invitations::api::create).says(&invitations::operations::CREATE),
        route(POST,   "/api/v1/invitations/{id}/renewal", Needs(AgentsWrite),   invitations::api::renew).says(&invitations::operations::RENEW),
        route(DELETE, "/api/v1/invitations/{id}",         Needs(AgentsWrite),   invitations::api::revoke).says(&invitations::operations::REVOKE),
        route(GET,    "/api/v1/teams",                    Needs(AgentsRead),    teams::api::list).says(&teams::operations::LIST),
        route(POST,   "/api/v1/teams",                    Needs(TeamsWrite),    teams::api::create).says(&teams::operations::CREATE),
        route(GET,    "/api/v1/teams/{id}",               Needs(AgentsRead),    teams::api::show).says(&teams::operations::SHOW),
        route(PUT,    "/api/v1/teams/{id}",               Needs(TeamsWrite),    teams::api::change).says(&teams::operations::CHANGE),
        route(PUT,    "/api/v1/teams/{id}/archiving",     Needs(TeamsWrite),    teams::api::archive).says(&teams::operations::ARCHIVE),
        route(DELETE, "/api/v1/teams/{id}/archiving",     Needs(TeamsWrite),    teams::api::restore).says(&teams::operations::RESTORE),
        route(GET,    "/api/v1/roles",                    Needs(AgentsRead),    roles::api::list).says(&roles::operations::LIST),
        route(POST,   "/api/v1/roles",                    Needs(RolesWrite),    roles::api::create).says(&roles::operations::CREATE),
        route(GET,    "/api/v1/roles/{id}",               Needs(AgentsRead),    roles::api::show).says(&roles::operations::SHOW),
        route(PUT,    "/api/v1/roles/{id}",               Needs(RolesWrite),    roles::api::change).says(&roles::operations::CHANGE),
        route(DELETE, "/api/v1/roles/{id}",               Needs(RolesWrite),    roles::api::remove).says(&roles::operations::REMOVE),
        route(GET,    "/api/v1/tokens",                   Needs(TokensOwn),     tokens::api::list).says(&tokens::operations::LIST),
        route(POST,   "/api/v1/tokens",                   Needs(TokensOwn),     tokens::api::create).says(&tokens::operations::CREATE),
        route(DELETE, "/api/v1/tokens/{id}",              Needs(TokensOwn),     tokens::api::revoke).says(&tokens::operations::REVOKE),
    ]
}

/// The numbers of support.
#[rustfmt::skip]
fn numbers_table() -> Vec<Route> {
    use numbers::{api, operations, web};
    vec![
        route(GET,    "/reports",                         Needs(ReportsRead),   web::index),
        route(GET,    "/reports/support",                 Needs(ReportsRead),   web::show),
        route(GET,    "/reports/support/rows",            Needs(TicketsRead),   web::rows),
        route(POST,   "/reports/support/export",          Needs(TicketsRead),   web::export),

        route(GET,    "/api/v1/reports/support",          Needs(ReportsRead),   api::show).says(&operations::SHOW),
        route(GET,    "/api/v1/reports/support/tickets",  Needs(TicketsRead),   api::rows).says(&operations::ROWS),
    ]
}

/// Inboxes of programs of the company's own.
#[rustfmt::skip]
fn api_inboxes_table() -> Vec<Route> {
    use api_inboxes::{api, operations, web};
    vec![
        route(GET,    "/settings/api-inboxes",                   Needs(TicketsRead),    web::list),
        route(POST,   "/settings/api-inboxes",                   Needs(InboxWrite),     web::create),
        route(GET,    "/settings/api-inboxes/new",               Needs(InboxWrite),     web::new),
        route(GET,    "/settings/api-inboxes/{id}",              Needs(TicketsRead),    web::show),
        route(POST,   "/settings/api-inboxes/{id}",              Needs(InboxWrite),     web::change),
        route(GET,    "/settings/api-inboxes/{id}/edit",         Needs(InboxWrite),     web::edit),
        route(POST,   "/settings/api-inboxes/{id}/secrets",      Needs(InboxWrite),     web::rotate),
        route(POST,   "/settings/api-inboxes/{id}/test",         Needs(InboxWrite),     web::test),
        route(POST,   "/settings/api-inboxes/{id}/replay",       Needs(InboxWrite),     web::replay),
        route(POST,   "/settings/api-inboxes/{id}/stop/end",     Needs(InboxWrite),     web::start),
        route(POST,   "/settings/api-inboxes/{id}/closing",      Needs(InboxWrite),     web::close),
        route(POST,   "/settings/api-inboxes/{id}/closing/end",  Needs(InboxWrite),     web::reopen),
        route(POST,   "/tickets/answers/{id}/again",             Needs(TicketsWrite),   web::again),

        route(GET,    "/api/v1/api-inboxes",                     Needs(TicketsRead),    api::list).says(&operations::LIST),
        route(POST,   "/api/v1/api-inboxes",                     Needs(InboxWrite),     api::create).says(&operations::CREATE),
        route(GET,    "/api/v1/api-inboxes/{id}",                Needs(TicketsRead),    api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/api-inboxes/{id}",                Needs(InboxWrite),     api::change).says(&operations::CHANGE),
        route(POST,   "/api/v1/api-inboxes/{id}/secrets",        Needs(InboxWrite),     api::rotate).says(&operations::ROTATE),
        route(PUT,    "/api/v1/api-inboxes/{id}/closing",        Needs(InboxWrite),     api::close).says(&operations::CLOSE),
        route(DELETE, "/api/v1/api-inboxes/{id}/closing",        Needs(InboxWrite),     api::reopen).says(&operations::REOPEN),
        route(DELETE, "/api/v1/api-inboxes/{id}/stop",           Needs(InboxWrite),     api::start).says(&operations::START),
        route(POST,   "/api/v1/api-inboxes/{id}/test",           Needs(InboxWrite),     api::test).says(&operations::TEST),
        route(POST,   "/api/v1/api-inboxes/{id}/replay",         Needs(InboxWrite),     api::replay).says(&operations::REPLAY),
        route(GET,    "/api/v1/api-inboxes/{id}/answers",        Needs(TicketsRead),    api::answers).says(&operations::ANSWERS),
        route(POST,   "/api/v1/api-inboxes/{id}/messages",       Needs(TicketsWrite),   api::bring).says(&operations::BRING),
        route(POST,   "/api/v1/api-inboxes/{id}/receipts",       Needs(TicketsWrite),   api::tell).says(&operations::TELL),
        route(POST,   "/api/v1/api-answers/{id}/replay",         Needs(TicketsWrite),   api::again).says(&operations::AGAIN),
    ]
}

/// Statuses of the workspace's own, and the forms by which anybody opens a ticket.
#[rustfmt::skip]
fn forms_table() -> Vec<Route> {
    use forms::{public, web};
    vec![
        route(GET,    "/forms/{link}",                    Anyone,               public::show).counts(Refused),
        route(POST,   "/forms/{link}",                    Anyone,               public::send).counts(Refused),
        route(GET,    "/settings/forms",                  Needs(TicketsRead),   web::list),
        route(POST,   "/settings/forms",                  Needs(InboxWrite),    web::create),
        route(GET,    "/settings/forms/new",              Needs(InboxWrite),    web::new),
        route(GET,    "/settings/forms/{id}",             Needs(InboxWrite),    web::edit),
        route(POST,   "/settings/forms/{id}",             Needs(InboxWrite),    web::change),
        route(GET,    "/settings/forms/{id}/preview",     Needs(InboxWrite),    web::preview),
        route(GET,    "/settings/forms/{id}/words",       Needs(InboxWrite),    forms::words::web::show),
        route(POST,   "/settings/forms/{id}/words",       Needs(InboxWrite),    forms::words::web::change),
        route(POST,   "/settings/forms/{id}/key",         Needs(InboxWrite),    web::renew),
        route(POST,   "/settings/forms/{id}/closing",     Needs(InboxWrite),    web::close),
        route(POST,   "/settings/forms/{id}/closing/end", Needs(InboxWrite),    web::reopen),
        route(GET,    "/settings/reopening",              Needs(TicketsRead),   reopening::web::show),
        route(POST,   "/settings/reopening",              Needs(InboxWrite),    reopening::web::change),
        route(GET,    "/notices",                         Needs(TicketsRead),   notices::web::list),
        route(GET,    "/notices/bell",                    Needs(TicketsRead),   notices::web::bell),
        route(POST,   "/notices/read",                    Needs(TicketsRead),   notices::web::read),
        route(POST,   "/notices/unread",                  Needs(TicketsRead),   notices::web::unread),
        route(GET,    "/settings/notices",                Needs(TicketsRead),   notices::web::show),
        route(POST,   "/settings/notices",                Needs(TicketsRead),   notices::web::choose),
        route(GET,    "/settings/statuses",               Needs(TicketsRead),   statuses::web::list),
        route(POST,   "/settings/statuses",               Needs(InboxWrite),    statuses::web::create),
        route(GET,    "/settings/statuses/new",           Needs(InboxWrite),    statuses::web::new),
        route(GET,    "/settings/statuses/{id}",          Needs(InboxWrite),    statuses::web::edit),
        route(POST,   "/settings/statuses/{id}",          Needs(InboxWrite),    statuses::web::change),
        route(POST,   "/settings/statuses/{id}/up",       Needs(InboxWrite),    statuses::web::up),
        route(POST,   "/settings/statuses/{id}/down",     Needs(InboxWrite),    statuses::web::down),
        route(POST,   "/settings/statuses/{id}/archiving", Needs(InboxWrite),   statuses::web::archive),
        route(POST,   "/settings/statuses/{id}/archiving/end", Needs(InboxWrite), statuses::web::restore),

        route(GET,    "/api/v1/web-forms",                Needs(TicketsRead),   forms::api::list).says(&forms::operations::LIST),
        route(POST,   "/api/v1/web-forms",                Needs(InboxWrite),    forms::api::create).says(&forms::operations::CREATE),
        route(GET,    "/api/v1/web-forms/{id}",           Needs(TicketsRead),   forms::api::show).says(&forms::operations::SHOW),
        route(PUT,    "/api/v1/web-forms/{id}",           Needs(InboxWrite),    forms::api::change).says(&forms::operations::CHANGE),
        route(GET,    "/api/v1/web-forms/{id}/words",     Needs(TicketsRead),   forms::words::api::show).says(&forms::words::operations::SHOW),
        route(PUT,    "/api/v1/web-forms/{id}/words",     Needs(InboxWrite),    forms::words::api::change).says(&forms::words::operations::CHANGE),
        route(PUT,    "/api/v1/web-forms/{id}/key",       Needs(InboxWrite),    forms::api::renew).says(&forms::operations::RENEW),
        route(PUT,    "/api/v1/web-forms/{id}/closing",   Needs(InboxWrite),    forms::api::close).says(&forms::operations::CLOSE),
        route(DELETE, "/api/v1/web-forms/{id}/closing",   Needs(InboxWrite),    forms::api::reopen).says(&forms::operations::REOPEN),
        route(GET,    "/api/v1/ticket-reopening",         Needs(TicketsRead),   reopening::api::show).says(&reopening::api::SHOW),
        route(PUT,    "/api/v1/ticket-reopening",         Needs(InboxWrite),    reopening::api::change).says(&reopening::api::CHANGE),
        route(GET,    "/api/v1/my-notices",               Needs(TicketsRead),   notices::api::list).says(&notices::api::LIST_THEM),
        route(PUT,    "/api/v1/my-notices/read",          Needs(TicketsRead),   notices::api::read).says(&notices::api::READ),
        route(GET,    "/api/v1/ticket-notices",           Needs(TicketsRead),   notices::api::show).says(&notices::api::SHOW),
        route(PUT,    "/api/v1/ticket-notices",           Needs(TicketsRead),   notices::api::choose).says(&notices::api::CHOOSE),
        route(GET,    "/api/v1/ticket-statuses",          Needs(TicketsRead),   statuses::api::list).says(&statuses::operations::LIST),
        route(POST,   "/api/v1/ticket-statuses",          Needs(InboxWrite),    statuses::api::create).says(&statuses::operations::CREATE),
        route(GET,    "/api/v1/ticket-statuses/{id}",     Needs(TicketsRead),   statuses::api::show).says(&statuses::operations::SHOW),
        route(PUT,    "/api/v1/ticket-statuses/{id}",     Needs(InboxWrite),    statuses::api::change).says(&statuses::operations::CHANGE),
        route(PUT,    "/api/v1/ticket-statuses/{id}/archiving", Needs(InboxWrite), statuses::api::archive).says(&statuses::operations::ARCHIVE),
        route(DELETE, "/api/v1/ticket-statuses/{id}/archiving", Needs(InboxWrite), statuses::api::restore).says(&statuses::operations::RESTORE),
    ]
}

/// What contacts are asked once their tickets are solved, and what they answer.
#[rustfmt::skip]
fn surveys_table() -> Vec<Route> {
    use surveys::{api, operations, public, settings_form, web};
    vec![
        route(GET,    "/s/{link}",                        Anyone,               public::show).counts(Refused),
        route(POST,   "/s/{link}",                        Anyone,               public::answer).counts(Refused),
        route(GET,    "/s/{link}/stop",                   Anyone,               public::show).counts(Refused),
        route(POST,   "/s/{link}/stop",                   Anyone,               public::refuse).counts(Refused),
        route(GET,    "/surveys",                         Needs(TicketsRead),   web::list),
        route(POST,   "/surveys/export",                  Needs(TicketsRead),   web::export),
        route(GET,    "/tickets/{id}/survey",             Needs(TicketsRead),   web::of_ticket),
        route(POST,   "/tickets/{id}/survey",             Needs(TicketsWrite),  web::link),
        route(GET,    "/settings/surveys",                Needs(InboxWrite),    settings_form::settings),
        route(POST,   "/settings/surveys",                Needs(InboxWrite),    settings_form::change_settings),

        route(GET,    "/api/v1/surveys",                  Needs(TicketsRead),   api::list).says(&operations::LIST),
        route(GET,    "/api/v1/surveys/{id}",             Needs(TicketsRead),   api::show).says(&operations::SHOW),
        route(POST,   "/api/v1/tickets/{id}/survey",      Needs(TicketsWrite),  api::link).says(&operations::LINK),
        route(GET,    "/api/v1/survey-settings",          Needs(InboxWrite),    api::settings).says(&operations::SETTINGS),
        route(PUT,    "/api/v1/survey-settings",          Needs(InboxWrite),    api::change_settings).says(&operations::CHANGE),
    ]
}

/// The counter: places, who comes there, and the board on the wall.
#[rustfmt::skip]
fn counter_table() -> Vec<Route> {
    use counter::{api, arriving, board, day, operations, places, web};
    vec![
        route(GET,    "/board/{link}",                    Anyone,               board::show).counts(Refused),
        route(GET,    "/counter",                         Needs(CounterRead),   web::index),
        route(GET,    "/counter/people",                  Needs(CounterWrite),  arriving::web::people),
        route(POST,   "/counter/seat/end",                Needs(CounterWrite),  web::leave),
        route(GET,    "/counter/{id}",                    Needs(CounterRead),   web::show),
        route(GET,    "/counter/{id}/new",                Needs(CounterWrite),  arriving::web::new),
        route(POST,   "/counter/{id}/visits",             Needs(CounterWrite),  arriving::web::arrive),
        route(POST,   "/counter/{id}/seat",               Needs(CounterWrite),  web::sit),
        route(POST,   "/counter/{id}/next",               Needs(CounterWrite),  web::next),
        route(GET,    "/counter/{id}/day",                Needs(CounterRead),   day::web::show),
        route(POST,   "/counter/{id}/day/export",         Needs(CounterRead),   day::web::export),
        route(POST,   "/counter/visits/{id}/acts",        Needs(CounterWrite),  web::act),
        route(POST,   "/counter/visits/{id}/back",        Needs(CounterWrite),  web::put_back),
        route(GET,    "/counter/visits/{id}/slip",        Needs(CounterRead),   arriving::web::slip),
        route(GET,    "/settings/counter",                Needs(InboxWrite),    places::web::list),
        route(POST,   "/settings/counter",                Needs(InboxWrite),    places::web::create),
        route(GET,    "/settings/counter/new",            Needs(InboxWrite),    places::web::new),
        route(GET,    "/settings/counter/{id}",           Needs(InboxWrite),    places::web::show),
        route(POST,   "/settings/counter/{id}",           Needs(InboxWrite),    places::web::change),
        route(POST,   "/settings/counter/{id}/archiving", Needs(InboxWrite),    places::web::archive),
        route(POST,   "/settings/counter/{id}/archiving/end", Needs(InboxWrite), places::web::restore),
        route(POST,   "/settings/counter/{id}/board",     Needs(InboxWrite),    places::web::renew_board),
        route(POST,   "/settings/counter/{id}/board/end", Needs(InboxWrite),    places::web::close_board),

        route(GET,    "/api/v1/counter-places",           Needs(CounterRead),   places::api::list).says(&operations::PLACES),
        route(POST,   "/api/v1/counter-places",           Needs(InboxWrite),    places::api::create).says(&operations::CREATE),
        route(GET,    "/api/v1/counter-places/{id}",      Needs(CounterRead),   places::api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/counter-places/{id}",      Needs(InboxWrite),    places::api::change).says(&operations::CHANGE),
        route(PUT,    "/api/v1/counter-places/{id}/archiving", Needs(InboxWrite), places::api::archive).says(&operations::ARCHIVE),
        route(DELETE, "/api/v1/counter-places/{id}/archiving", Needs(InboxWrite), places::api::restore).says(&operations::RESTORE),
        route(POST,   "/api/v1/counter-places/{id}/board", Needs(InboxWrite),   places::api::renew_board).says(&operations::RENEW_BOARD),
        route(DELETE, "/api/v1/counter-places/{id}/board", Needs(InboxWrite),   places::api::close_board).says(&operations::CLOSE_BOARD),
        route(GET,    "/api/v1/counter-places/{id}/seats", Needs(CounterRead),  api::seats).says(&operations::SEATS),
        route(PUT,    "/api/v1/counter-places/{id}/seat", Needs(CounterWrite),  api::sit).says(&operations::SIT),
        route(DELETE, "/api/v1/counter-seat",             Needs(CounterWrite),  api::leave).says(&operations::LEAVE),
        route(GET,    "/api/v1/counter-places/{id}/visits", Needs(CounterRead), api::visits).says(&operations::VISITS),
        route(POST,   "/api/v1/counter-places/{id}/visits", Needs(CounterWrite), api::arrive).says(&operations::ARRIVE),
        route(POST,   "/api/v1/counter-places/{id}/calls", Needs(CounterWrite), api::next).says(&operations::NEXT),
        route(GET,    "/api/v1/counter-places/{id}/day",  Needs(CounterRead),   api::day).says(&operations::DAY),
        route(GET,    "/api/v1/counter-visits/{id}",      Needs(CounterRead),   api::visit).says(&operations::VISIT),
        route(POST,   "/api/v1/counter-visits/{id}/acts", Needs(CounterWrite),  api::act).says(&operations::ACT),
    ]
}

/// The answers that go out by mail.
#[rustfmt::skip]
fn outbox_table() -> Vec<Route> {
    use outbox::{api, operations, suppression, web};
    vec![
        route(GET,    "/settings/outgoing",               Needs(TicketsRead),    web::list),
        route(POST,   "/settings/outgoing",               Needs(MailboxesWrite), web::change_settings),
        route(POST,   "/settings/outgoing/suppressed/end", Needs(TicketsWrite),  web::lift),
        route(GET,    "/settings/outgoing/{id}",          Needs(TicketsRead),    web::show),
        route(GET,    "/contacts/{id}/suppressed",        Needs(TicketsRead),    web::of_contact),
        route(GET,    "/settings/outgoing/{id}/raw",      Needs(TicketsRead),    web::raw),
        route(POST,   "/settings/outgoing/{id}/withdrawal", Needs(TicketsWrite), web::withdraw),
        route(POST,   "/settings/outgoing/{id}/again",    Needs(TicketsWrite),   web::again),
        route(GET,    "/api/v1/outgoing-mails",           Needs(TicketsRead),    api::list).says(&operations::LIST),
        route(GET,    "/api/v1/outgoing-mails/{id}",      Needs(TicketsRead),    api::show).says(&operations::SHOW),
        route(GET,    "/api/v1/contacts/{id}/suppressed-addresses", Needs(TicketsRead), suppression::api::list).says(&suppression::api::LIST),
        route(DELETE, "/api/v1/contacts/{id}/suppressed-addresses", Needs(TicketsWrite), suppression::api::lift).says(&suppression::api::LIFT),
        route(PUT,    "/api/v1/outgoing-mails/{id}/withdrawal", Needs(TicketsWrite), api::withdraw).says(&operations::WITHDRAW),
        route(POST,   "/api/v1/outgoing-mails/{id}/again", Needs(TicketsWrite),  api::again).says(&operations::AGAIN),
        route(GET,    "/api/v1/outbox-settings",          Needs(TicketsRead),    api::settings).says(&operations::SETTINGS),
        route(PUT,    "/api/v1/outbox-settings",          Needs(MailboxesWrite), api::change_settings).says(&operations::CHANGE),
    ]
}

/// Many tickets at once.
#[rustfmt::skip]
fn bulk_table() -> Vec<Route> {
    use bulk::{api, operations, web};
    vec![
        route(POST,   "/tickets/bulk",                    Needs(TicketsWrite),  web::begin),
        route(POST,   "/tickets/bulk/answer",             Needs(TicketsWrite),  bulk::answers::web::answer),
        route(GET,    "/tickets/bulk/{id}",               Needs(TicketsRead),   web::show),
        route(POST,   "/tickets/bulk/{id}/undo",          Needs(TicketsWrite),  web::undo),
        route(POST,   "/api/v1/ticket-bulks",             Needs(TicketsWrite),  api::begin).says(&operations::BEGIN),
        route(GET,    "/api/v1/ticket-bulks/{id}",        Needs(TicketsRead),   api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/ticket-bulks/{id}/undo",   Needs(TicketsWrite),  api::undo).says(&operations::UNDO),
    ]
}

/// Views of the inbox that people make.
#[rustfmt::skip]
fn own_views_table() -> Vec<Route> {
    use own_views::{api, operations, web};
    vec![
        route(POST,   "/inbox/views",                     Needs(TicketsRead),   web::create),
        route(GET,    "/inbox/views/new",                 Needs(TicketsRead),   web::new),
        route(GET,    "/inbox/views/{id}",                Needs(TicketsRead),   web::show),
        route(POST,   "/inbox/views/{id}",                Needs(TicketsRead),   web::change),
        route(POST,   "/inbox/views/{id}/removal",        Needs(TicketsRead),   web::remove),
        route(POST,   "/inbox/views/{id}/removal/end",    Needs(TicketsRead),   web::restore),
        route(GET,    "/api/v1/inbox-views",              Needs(TicketsRead),   api::list).says(&operations::LIST),
        route(POST,   "/api/v1/inbox-views",              Needs(TicketsRead),   api::create).says(&operations::CREATE),
        route(GET,    "/api/v1/inbox-views/{id}",         Needs(TicketsRead),   api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/inbox-views/{id}",         Needs(TicketsRead),   api::change).says(&operations::CHANGE),
        route(PUT,    "/api/v1/inbox-views/{id}/removal", Needs(TicketsRead),   api::remove).says(&operations::REMOVE),
        route(DELETE, "/api/v1/inbox-views/{id}/removal", Needs(TicketsRead),   api::restore).says(&operations::RESTORE),
    ]
}

/// Texts that agents write again and again, and what macros do.
#[rustfmt::skip]
fn replies_table() -> Vec<Route> {
    use replies::{api, choosing, operations, web};
    vec![
        route(GET,    "/settings/replies",                Needs(TicketsWrite),  web::list),
        route(POST,   "/settings/replies",                Needs(TicketsWrite),  web::create),
        route(GET,    "/settings/replies/new",            Needs(TicketsWrite),  web::new),
        route(POST,   "/settings/replies/preview",        Needs(TicketsWrite),  web::preview),
        route(GET,    "/settings/replies/{id}",           Needs(TicketsWrite),  web::show),
        route(POST,   "/settings/replies/{id}",           Needs(TicketsWrite),  web::change),
        route(POST,   "/settings/replies/{id}/removal",   Needs(TicketsWrite),  web::remove),
        route(POST,   "/settings/replies/{id}/removal/end", Needs(TicketsWrite), web::restore),
        route(POST,   "/settings/replies/{id}/files",     Needs(TicketsWrite),  replies::files::web::add),
        route(POST,   "/settings/reply-files/{id}/removal", Needs(TicketsWrite), replies::files::web::remove),
        route(GET,    "/tickets/new/replies",             Needs(TicketsWrite),  choosing::choose_new),
        route(POST,   "/tickets/new/replies",             Needs(TicketsWrite),  choosing::take_new),
        route(GET,    "/tickets/{id}/replies",            Needs(TicketsWrite),  choosing::choose),
        route(POST,   "/tickets/{id}/replies",            Needs(TicketsWrite),  choosing::take),
        route(POST,   "/tickets/{id}/replies/undo",       Needs(TicketsWrite),  choosing::undo),
        route(GET,    "/api/v1/saved-replies",            Needs(TicketsWrite),  api::list).says(&operations::LIST),
        route(POST,   "/api/v1/saved-replies",            Needs(TicketsWrite),  api::create).says(&operations::CREATE),
        route(GET,    "/api/v1/saved-replies/{id}",       Needs(TicketsWrite),  api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/saved-replies/{id}",       Needs(TicketsWrite),  api::change).says(&operations::CHANGE),
        route(PUT,    "/api/v1/saved-replies/{id}/removal", Needs(TicketsWrite), api::remove).says(&operations::REMOVE),
        route(DELETE, "/api/v1/saved-replies/{id}/removal", Needs(TicketsWrite), api::restore).says(&operations::RESTORE),
        route(GET,    "/api/v1/saved-replies/{id}/files", Needs(TicketsWrite),  replies::files::api::list).says(&replies::files::operations::LIST),
        route(PUT,    "/api/v1/saved-replies/{id}/files", Needs(TicketsWrite),  replies::files::api::add).says(&replies::files::operations::ADD),
        route(DELETE, "/api/v1/reply-files/{id}",         Needs(TicketsWrite),  replies::files::api::remove).says(&replies::files::operations::REMOVE),
        route(POST,   "/api/v1/tickets/{id}/saved-replies", Needs(TicketsWrite), api::apply).says(&operations::APPLY),
    ]
}

/// What signs the mails that go out.
#[rustfmt::skip]
fn dkim_table() -> Vec<Route> {
    use dkim::{api, operations, web};
    vec![
        route(GET,    "/settings/signing",                Needs(MailboxesRead),  web::list),
        route(POST,   "/settings/signing",                Needs(MailboxesWrite), web::make),
        route(POST,   "/settings/signing/{id}/check",     Needs(MailboxesWrite), web::check),
        route(POST,   "/settings/signing/{id}/retirement", Needs(MailboxesWrite), web::retire),
        route(POST,   "/settings/signing/{id}/retirement/end", Needs(MailboxesWrite), web::resume),
        route(GET,    "/api/v1/dkim-keys",                Needs(MailboxesRead),  api::list).says(&operations::LIST),
        route(POST,   "/api/v1/dkim-keys",                Needs(MailboxesWrite), api::make).says(&operations::MAKE),
        route(GET,    "/api/v1/dkim-keys/{id}",           Needs(MailboxesRead),  api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/dkim-keys/{id}/check",     Needs(MailboxesWrite), api::check).says(&operations::CHECK),
        route(PUT,    "/api/v1/dkim-keys/{id}/retirement", Needs(MailboxesWrite), api::retire).says(&operations::RETIRE),
        route(DELETE, "/api/v1/dkim-keys/{id}/retirement", Needs(MailboxesWrite), api::resume).says(&operations::RESUME),
    ]
}

/// Files of mail that the workspace had before.
#[rustfmt::skip]
fn old_mail_table() -> Vec<Route> {
    use mails::old::{api, operations, web};
    vec![
        route(GET,    "/settings/old-mail",                   Needs(MailboxesWrite), web::list),
        route(POST,   "/settings/old-mail",                   Needs(MailboxesWrite), web::create),
        route(GET,    "/settings/old-mail/new",               Needs(MailboxesWrite), web::new),
        route(GET,    "/settings/old-mail/{id}",              Needs(MailboxesWrite), web::show),
        route(POST,   "/settings/old-mail/{id}",              Needs(MailboxesWrite), web::start),
        route(POST,   "/settings/old-mail/{id}/pause",        Needs(MailboxesWrite), web::pause),
        route(POST,   "/settings/old-mail/{id}/pause/end",    Needs(MailboxesWrite), web::resume),
        route(POST,   "/settings/old-mail/{id}/undoing",      Needs(MailboxesWrite), web::undo),
        route(POST,   "/settings/old-mail/{id}/removal",      Needs(MailboxesWrite), web::discard),
        route(GET,    "/api/v1/mail-imports",                 Needs(MailboxesWrite), api::list).says(&operations::LIST),
        route(PUT,    "/api/v1/mail-imports",                 Needs(MailboxesWrite), api::receive).says(&operations::RECEIVE),
        route(GET,    "/api/v1/mail-imports/{id}",            Needs(MailboxesWrite), api::show).says(&operations::SHOW),
        route(DELETE, "/api/v1/mail-imports/{id}",            Needs(MailboxesWrite), api::discard).says(&operations::DISCARD),
        route(POST,   "/api/v1/mail-imports/{id}/run",        Needs(MailboxesWrite), api::run).says(&operations::RUN),
        route(PUT,    "/api/v1/mail-imports/{id}/pause",      Needs(MailboxesWrite), api::pause).says(&operations::PAUSE),
        route(DELETE, "/api/v1/mail-imports/{id}/pause",      Needs(MailboxesWrite), api::resume).says(&operations::RESUME),
        route(POST,   "/api/v1/mail-imports/{id}/undo",       Needs(MailboxesWrite), api::undo).says(&operations::UNDO),
        route(GET,    "/api/v1/mail-imports/{id}/mails",      Needs(MailboxesWrite), api::mails).says(&operations::MAILS),
    ]
}

/// At which addresses the workspace is written to, and what came there.
#[rustfmt::skip]
fn mailboxes_table() -> Vec<Route> {
    use mailboxes::{api, grants, operations, web};
    use mails::reconciling::api as reconciling;
    vec![
        route(GET,    "/home/mails",                      Needs(MailboxesRead),  mails::alarm::panel),
        route(GET,    "/settings/mails",                  Needs(MailboxesRead),  mails::web::list),
        route(GET,    "/mails/{id}",                      Needs(TicketsRead),    mails::web::show),
        route(GET,    "/mails/{id}/look",                 Needs(TicketsRead),    mails::web::frame),
        route(GET,    "/mails/{id}/sheet",                Needs(TicketsRead),    mails::shapes::web::sheet),
        route(GET,    "/mails/{id}/rest",                 Needs(TicketsRead),    mails::shapes::web::rest),
        route(GET,    "/mail-pictures/{link}",            Anyone,                mails::pictures::show).counts(Refused),
        route(GET,    "/mails/{id}/raw",                  Needs(TicketsRead),    mails::web::raw),
        route(POST,   "/mails/{id}/images",               Needs(MailsWrite),     mails::web::show_images),
        route(POST,   "/mails/{id}/images/end",           Needs(MailsWrite),     mails::web::hide_images),
        route(POST,   "/mails/{id}/release",              Needs(MailsWrite),     mails::web::release),
        route(POST,   "/mails/{id}/block",                Needs(MailsWrite),     mails::web::block),
        route(POST,   "/mails/{id}/block/end",            Needs(MailsWrite),     mails::web::unblock),
        route(POST,   "/mails/{id}/reading",              Needs(MailsWrite),     mails::web::reread),
        route(GET,    "/api/v1/mails",                    Needs(MailboxesRead),  mails::api::list).says(&mails::operations::LIST),
        route(GET,    "/api/v1/mails/{id}",               Needs(MailboxesRead),  mails::api::show).says(&mails::operations::SHOW),
        route(POST,   "/api/v1/mails/{id}/release",       Needs(MailsWrite),     mails::api::release).says(&mails::operations::RELEASE),
        route(POST,   "/api/v1/mails/{id}/block",         Needs(MailsWrite),     mails::api::block).says(&mails::operations::BLOCK),
        route(DELETE, "/api/v1/mails/{id}/block",         Needs(MailsWrite),     mails::api::unblock).says(&mails::operations::UNBLOCK),
        route(POST,   "/api/v1/mails/{id}/reading",       Needs(MailsWrite),     mails::api::reread).says(&mails::operations::REREAD),
        route(GET,    "/settings/mailboxes",              Needs(MailboxesRead),  web::list),
        route(POST,   "/settings/mailboxes",              Needs(MailboxesWrite), web::create),
        route(GET,    "/settings/mailboxes/new",          Needs(MailboxesWrite), web::new),
        route(GET,    "/settings/mailboxes/back",         Needs(MailboxesWrite), grants::web::back),
        route(GET,    "/settings/mailboxes/{id}",         Needs(MailboxesWrite), web::show),
        route(POST,   "/settings/mailboxes/{id}",         Needs(MailboxesWrite), web::change),
        route(POST,   "/settings/mailboxes/{id}/trial",   Needs(MailboxesWrite), web::try_it),
        route(GET,    "/settings/mailboxes/{id}/sign-in", Needs(MailboxesWrite), grants::web::begin),
        route(POST,   "/settings/mailboxes/{id}/sign-in/end", Needs(MailboxesWrite), grants::web::end),
        route(POST,   "/settings/mailboxes/{id}/reconciliation", Needs(MailsWrite), mails::web::reconcile),
        route(POST,   "/settings/mailboxes/{id}/archiving", Needs(MailboxesWrite), web::archive),
        route(POST,   "/settings/mailboxes/{id}/archiving/end", Needs(MailboxesWrite), web::restore),
        route(GET,    "/api/v1/mailboxes",                Needs(MailboxesRead),  api::list).says(&operations::LIST),
        route(POST,   "/api/v1/mailboxes",                Needs(MailboxesWrite), api::create).says(&operations::CREATE),
        route(GET,    "/api/v1/mailboxes/{id}",           Needs(MailboxesRead),  api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/mailboxes/{id}",           Needs(MailboxesWrite), api::change).says(&operations::CHANGE),
        route(PUT,    "/api/v1/mailboxes/{id}/archiving", Needs(MailboxesWrite), api::archive).says(&operations::ARCHIVE),
        route(DELETE, "/api/v1/mailboxes/{id}/archiving", Needs(MailboxesWrite), api::restore).says(&operations::RESTORE),
        route(GET,    "/api/v1/mailboxes/{id}/sign-in",   Needs(MailboxesRead),  grants::api::show).says(&grants::api::SHOW),
        route(DELETE, "/api/v1/mailboxes/{id}/sign-in",   Needs(MailboxesWrite), grants::api::end).says(&grants::api::END),
        route(GET,    "/api/v1/mailboxes/{id}/reconciliation", Needs(MailboxesRead), reconciling::show).says(&reconciling::SHOW),
        route(PUT,    "/api/v1/mailboxes/{id}/reconciliation", Needs(MailsWrite), reconciling::begin).says(&reconciling::BEGIN),
    ]
}

/// Senders about whom somebody has decided, how mailboxes do, and stored mail that is read again.
#[rustfmt::skip]
fn stored_mail_table() -> Vec<Route> {
    use mails::replaying::{api as replaying, web as replays};
    vec![
        route(GET,    "/settings/mails/senders",          Needs(MailboxesRead),  mails::senders::web::list),
        route(POST,   "/settings/mails/senders",          Needs(MailsWrite),     mails::senders::web::decide),
        route(POST,   "/settings/mails/senders/back",     Needs(MailsWrite),     mails::senders::web::back),
        route(POST,   "/settings/mails/senders/removal",  Needs(MailsWrite),     mails::senders::web::remove),
        route(GET,    "/api/v1/mail-senders",             Needs(MailboxesRead),  mails::senders::api::list).says(&mails::senders::api::SHOW),
        route(POST,   "/api/v1/mail-senders",             Needs(MailsWrite),     mails::senders::api::decide).says(&mails::senders::api::DECIDE),
        route(POST,   "/api/v1/mail-senders/removal",     Needs(MailsWrite),     mails::senders::api::take_back).says(&mails::senders::api::TAKE_BACK),
        route(POST,   "/settings/mails/decisions",        Needs(MailsWrite),     mails::held::web::decide),
        route(POST,   "/settings/mails/decisions/undo",   Needs(MailsWrite),     mails::held::web::undo),
        route(POST,   "/api/v1/mail-decisions",           Needs(MailsWrite),     mails::held::api::decide).says(&mails::held::api::DECIDE),
        route(POST,   "/mails/{id}/removal",              Needs(MailsWrite),     mails::held::web::remove),
        route(POST,   "/mails/{id}/fetch",                Needs(MailsWrite),     mails::large::web::want),
        route(DELETE, "/api/v1/mails/{id}",               Needs(MailsWrite),     mails::api::delete).says(&mails::operations::DELETE),
        route(GET,    "/api/v1/mails/{id}/fetch",         Needs(MailboxesRead),  mails::large::api::show).says(&mails::large::api::SHOW),
        route(POST,   "/api/v1/mails/{id}/fetch",         Needs(MailsWrite),     mails::large::api::want).says(&mails::large::api::WANT),
        route(POST,   "/settings/mails/replay",           Needs(MailsWrite), replays::begin_all),
        route(POST,   "/settings/mailboxes/{id}/replay",  Needs(MailsWrite), replays::begin),
        route(POST,   "/settings/mailboxes/{id}/replay/end", Needs(MailsWrite), replays::cancel),
        route(POST,   "/settings/mailboxes/{id}/replay/pause", Needs(MailsWrite), replays::pause),
        route(POST,   "/settings/mailboxes/{id}/replay/pause/end", Needs(MailsWrite), replays::resume),
        route(GET,    "/api/v1/mailboxes/{id}/health",    Needs(MailboxesRead), mails::health::show).says(&mails::health::SHOW),
        route(POST,   "/api/v1/mail-replays",             Needs(MailsWrite), replaying::begin_all).says(&replaying::BEGIN_ALL),
        route(GET,    "/api/v1/mailboxes/{id}/replay",    Needs(MailboxesRead), replaying::show).says(&replaying::SHOW),
        route(PUT,    "/api/v1/mailboxes/{id}/replay",    Needs(MailsWrite), replaying::begin).says(&replaying::BEGIN),
        route(DELETE, "/api/v1/mailboxes/{id}/replay",    Needs(MailsWrite), replaying::cancel).says(&replaying::CANCEL),
        route(PUT,    "/api/v1/mailboxes/{id}/replay/pause", Needs(MailsWrite), replaying::pause).says(&replaying::PAUSE),
        route(DELETE, "/api/v1/mailboxes/{id}/replay/pause", Needs(MailsWrite), replaying::resume).says(&replaying::RESUME),
    ]
}

/// At which systems mailboxes sign in.
#[rustfmt::skip]
fn mail_providers_table() -> Vec<Route> {
    use mailboxes::providers::{api, operations, web};
    vec![
        route(GET,    "/settings/mail-providers",         Needs(MailboxesRead),  web::list),
        route(POST,   "/settings/mail-providers",         Needs(MailboxesWrite), web::create),
        route(GET,    "/settings/mail-providers/new",     Needs(MailboxesWrite), web::new),
        route(GET,    "/settings/mail-providers/{id}",    Needs(MailboxesWrite), web::show),
        route(POST,   "/settings/mail-providers/{id}",    Needs(MailboxesWrite), web::change),
        route(POST,   "/settings/mail-providers/{id}/removal", Needs(MailboxesWrite), web::remove),
        route(GET,    "/api/v1/mail-providers",           Needs(MailboxesRead),  api::list).says(&operations::LIST),
        route(POST,   "/api/v1/mail-providers",           Needs(MailboxesWrite), api::create).says(&operations::CREATE),
        route(GET,    "/api/v1/mail-providers/{id}",      Needs(MailboxesRead),  api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/mail-providers/{id}",      Needs(MailboxesWrite), api::change).says(&operations::CHANGE),
        route(DELETE, "/api/v1/mail-providers/{id}",      Needs(MailboxesWrite), api::remove).says(&operations::REMOVE),
    ]
}

/// Where other systems are told of events.
#[rustfmt::skip]
fn webhooks_table() -> Vec<Route> {
    vec![
        route(GET,    "/settings/webhooks",               Needs(WebhooksRead),  webhooks::web::list),
        route(POST,   "/settings/webhooks",               Needs(WebhooksWrite), webhooks::web::create),
        route(GET,    "/settings/webhooks/new",           Needs(WebhooksWrite), webhooks::web::new),
        route(GET,    "/settings/webhooks/{id}",          Needs(WebhooksRead),  webhooks::web::show),
        route(POST,   "/settings/webhooks/{id}",          Needs(WebhooksWrite), webhooks::web::change),
        route(GET,    "/settings/webhooks/{id}/edit",     Needs(WebhooksWrite), webhooks::web::edit),
        route(POST,   "/settings/webhooks/{id}/stop",     Needs(WebhooksWrite), webhooks::web::stop),
        route(POST,   "/settings/webhooks/{id}/stop/end", Needs(WebhooksWrite), webhooks::web::start),
        route(POST,   "/settings/webhooks/{id}/secrets",  Needs(WebhooksWrite), webhooks::web::rotate),
        route(POST,   "/settings/webhooks/{id}/test",     Needs(WebhooksWrite), deliveries::web::test),
        route(POST,   "/settings/webhooks/{id}/replay",   Needs(WebhooksWrite), deliveries::web::replay_failed),
        route(POST,   "/settings/webhooks/{id}/removal",  Needs(WebhooksWrite), webhooks::web::remove),
        route(GET,    "/settings/deliveries/{id}",        Needs(WebhooksRead),  deliveries::web::delivery),
        route(POST,   "/settings/deliveries/{id}/replay", Needs(WebhooksWrite), deliveries::web::replay),
        route(GET,    "/api/v1/webhooks",                 Needs(WebhooksRead),  webhooks::api::list).says(&webhooks::operations::LIST),
        route(POST,   "/api/v1/webhooks",                 Needs(WebhooksWrite), webhooks::api::create).says(&webhooks::operations::CREATE),
        route(GET,    "/api/v1/webhooks/{id}",            Needs(WebhooksRead),  webhooks::api::show).says(&webhooks::operations::SHOW),
        route(PUT,    "/api/v1/webhooks/{id}",            Needs(WebhooksWrite), webhooks::api::change).says(&webhooks::operations::CHANGE),
        route(DELETE, "/api/v1/webhooks/{id}",            Needs(WebhooksWrite), webhooks::api::remove).says(&webhooks::operations::REMOVE),
        route(PUT,    "/api/v1/webhooks/{id}/stop",       Needs(WebhooksWrite), webhooks::api::stop).says(&webhooks::operations::STOP),
        route(DELETE, "/api/v1/webhooks/{id}/stop",       Needs(WebhooksWrite), webhooks::api::start).says(&webhooks::operations::START),
        route(POST,   "/api/v1/webhooks/{id}/secrets",    Needs(WebhooksWrite), webhooks::api::rotate).says(&webhooks::operations::ROTATE),
        route(POST,   "/api/v1/webhooks/{id}/test",       Needs(WebhooksWrite), webhooks::api::test).says(&webhooks::operations::TEST),
        route(POST,   "/api/v1/webhooks/{id}/replay",     Needs(WebhooksWrite), webhooks::api::replay_failed).says(&webhooks::operations::REPLAY_FAILED),
        route(GET,    "/api/v1/webhooks/{id}/deliveries", Needs(WebhooksRead),  webhooks::api::log).says(&webhooks::operations::LOG),
        route(GET,    "/api/v1/deliveries/{id}",          Needs(WebhooksRead),  webhooks::api::delivery).says(&webhooks::operations::DELIVERY),
        route(POST,   "/api/v1/deliveries/{id}/replay",   Needs(WebhooksWrite), webhooks::api::replay).says(&webhooks::operations::REPLAY),
    ]
}

/// The systems by which agents come in.
#[rustfmt::skip]
fn providers_table() -> Vec<Route> {
    use doors::providers;
    vec![
        route(POST,   "/settings/security/providers/{id}", SignedIn,            providers::linking::begin),
        route(POST,   "/settings/security/providers/{id}/end", SignedIn,        providers::linking::end),
        route(GET,    "/settings/providers",              Needs(ProvidersWrite), providers::web::list),
        route(POST,   "/settings/providers",              Needs(ProvidersWrite), providers::web::create),
        route(GET,    "/settings/providers/new",          Needs(ProvidersWrite), providers::web::new),
        route(GET,    "/settings/providers/{id}",         Needs(ProvidersWrite), providers::web::show),
        route(POST,   "/settings/providers/{id}",         Needs(ProvidersWrite), providers::web::change),
        route(POST,   "/settings/providers/{id}/removal", Needs(ProvidersWrite), providers::web::remove),
        route(GET,    "/api/v1/providers",                Needs(ProvidersWrite), providers::api::list).says(&providers::operations::LIST),
        route(POST,   "/api/v1/providers",                Needs(ProvidersWrite), providers::api::create).says(&providers::operations::CREATE),
        route(GET,    "/api/v1/providers/{id}",           Needs(ProvidersWrite), providers::api::show).says(&providers::operations::SHOW),
        route(PUT,    "/api/v1/providers/{id}",           Needs(ProvidersWrite), providers::api::change).says(&providers::operations::CHANGE),
        route(DELETE, "/api/v1/providers/{id}",           Needs(ProvidersWrite), providers::api::remove).says(&providers::operations::REMOVE),
    ]
}

/// What accounts order and are asked to pay.
#[rustfmt::skip]
fn trade_table() -> Vec<Route> {
    vec![
        route(GET,    "/orders",                          Needs(MoneyRead),     orders::listing::list),
        route(POST,   "/orders/export",                   Needs(MoneyRead),     orders::listing::export),
        route(GET,    "/orders/{id}",                     Needs(MoneyRead),     orders::web::show),
        route(POST,   "/orders/{id}",                     Needs(MoneyWrite),    orders::web::change),
        route(GET,    "/orders/{id}/edit",                Needs(MoneyWrite),    orders::web::edit),
        route(POST,   "/orders/{id}/cancellation",        Needs(MoneyWrite),    orders::acts::cancel),
        route(POST,   "/orders/{id}/cancellation/end",    Needs(MoneyWrite),    orders::acts::restore),
        route(GET,    "/accounts/{id}/orders",            Needs(MoneyRead),     orders::web::panel),
        route(POST,   "/accounts/{id}/orders",            Needs(MoneyWrite),    orders::web::create),
        route(GET,    "/accounts/{id}/orders/new",        Needs(MoneyWrite),    orders::web::new),
        route(GET,    "/invoices",                        Needs(MoneyRead),     invoices::listing::list),
        route(POST,   "/invoices/columns",                Needs(MoneyRead),     invoices::listing::arrange),
        route(POST,   "/invoices/export",                 Needs(MoneyRead),     invoices::listing::export),
        route(GET,    "/invoices/{id}",                   Needs(MoneyRead),     invoices::web::show),
        route(POST,   "/invoices/{id}",                   Needs(MoneyWrite),    invoices::web::change),
        route(GET,    "/invoices/{id}/edit",              Needs(MoneyWrite),    invoices::web::edit),
        route(POST,   "/invoices/{id}/void",              Needs(MoneyWrite),    invoices::acts::void),
        route(POST,   "/invoices/{id}/void/end",          Needs(MoneyWrite),    invoices::acts::restore),
        route(POST,   "/invoices/{id}/payments",          Needs(MoneyWrite),    invoices::acts::pay),
        route(POST,   "/payments/{id}/end",               Needs(MoneyWrite),    invoices::acts::take_back),
        route(GET,    "/accounts/{id}/invoices",          Needs(MoneyRead),     invoices::web::panel),
        route(POST,   "/accounts/{id}/invoices",          Needs(MoneyWrite),    invoices::web::create),
        route(GET,    "/accounts/{id}/invoices/new",      Needs(MoneyWrite),    invoices::web::new),
        route(GET,    "/api/v1/orders",                   Needs(MoneyRead),     orders::api::list).says(&orders::operations::LIST),
        route(POST,   "/api/v1/accounts/{id}/orders",     Needs(MoneyWrite),    orders::api::create).says(&orders::operations::CREATE),
        route(GET,    "/api/v1/orders/{id}",              Needs(MoneyRead),     orders::api::show).says(&orders::operations::SHOW),
        route(PUT,    "/api/v1/orders/{id}",              Needs(MoneyWrite),    orders::api::change).says(&orders::operations::CHANGE),
        route(PUT,    "/api/v1/orders/{id}/cancellation", Needs(MoneyWrite),    orders::api::cancel).says(&orders::operations::CANCEL),
        route(DELETE, "/api/v1/orders/{id}/cancellation", Needs(MoneyWrite),    orders::api::restore).says(&orders::operations::RESTORE),
        route(GET,    "/api/v1/invoices",                 Needs(MoneyRead),     invoices::api::list).says(&invoices::operations::LIST),
        route(POST,   "/api/v1/accounts/{id}/invoices",   Needs(MoneyWrite),    invoices::api::create).says(&invoices::operations::CREATE),
        route(GET,    "/api/v1/invoices/{id}",            Needs(MoneyRead),     invoices::api::show).says(&invoices::operations::SHOW),
        route(PUT,    "/api/v1/invoices/{id}",            Needs(MoneyWrite),    invoices::api::change).says(&invoices::operations::CHANGE),
        route(PUT,    "/api/v1/invoices/{id}/void",       Needs(MoneyWrite),    invoices::api::void).says(&invoices::operations::VOIDED),
        route(DELETE, "/api/v1/invoices/{id}/void",       Needs(MoneyWrite),    invoices::api::restore).says(&invoices::operations::RESTORE),
        route(POST,   "/api/v1/invoices/{id}/payments",   Needs(MoneyWrite),    invoices::api::pay).says(&invoices::operations::PAY),
        route(DELETE, "/api/v1/payments/{id}",            Needs(MoneyWrite),    invoices::api::take_back).says(&invoices::operations::TAKE_BACK),
    ]
}

/// What billing systems say.
#[rustfmt::skip]
fn billing_table() -> Vec<Route> {
    vec![
        route(POST,   "/hooks/stripe/{link}",             Anyone,               billing::hook::receive).counts(Refused),
        route(GET,    "/settings/billing",                Needs(MoneyKeep),     billing::web::list),
        route(POST,   "/settings/billing",                Needs(MoneyKeep),     billing::web::create),
        route(GET,    "/settings/billing/{id}",           Needs(MoneyKeep),     billing::web::show),
        route(POST,   "/settings/billing/{id}",           Needs(MoneyKeep),     billing::web::change),
        route(POST,   "/settings/billing/{id}/secrets",   Needs(MoneyKeep),     billing::web::add_secret),
        route(POST,   "/settings/billing/{id}/customers", Needs(MoneyKeep),     billing::web::link_customer),
        route(POST,   "/settings/billing/{id}/prices",    Needs(MoneyKeep),     billing::web::link_product),
        route(POST,   "/settings/billing/{id}/replay",    Needs(MoneyKeep),     billing::web::replay),
        route(POST,   "/settings/billing/{id}/end",       Needs(MoneyKeep),     billing::web::remove),

        route(GET,    "/api/v1/billing",                  Needs(MoneyKeep),     billing::api::list).says(&billing::operations::LIST),
        route(POST,   "/api/v1/billing",                  Needs(MoneyKeep),     billing::api::create).says(&billing::operations::CREATE),
        route(GET,    "/api/v1/billing/{id}",             Needs(MoneyKeep),     billing::api::show).says(&billing::operations::SHOW),
        route(PUT,    "/api/v1/billing/{id}",             Needs(MoneyKeep),     billing::api::change).says(&billing::operations::CHANGE),
        route(DELETE, "/api/v1/billing/{id}",             Needs(MoneyKeep),     billing::api::remove).says(&billing::operations::REMOVE),
        route(POST,   "/api/v1/billing/{id}/secrets",     Needs(MoneyKeep),     billing::api::add_secret).says(&billing::operations::ADD_SECRET),
        route(GET,    "/api/v1/billing/{id}/mapping",     Needs(MoneyKeep),     billing::api::mapping).says(&billing::operations::MAPPING),
        route(PUT,    "/api/v1/billing/{id}/customers",   Needs(MoneyKeep),     billing::api::map_customer).says(&billing::operations::MAP_CUSTOMER),
        route(PUT,    "/api/v1/billing/{id}/prices",      Needs(MoneyKeep),     billing::api::map_price).says(&billing::operations::MAP_PRICE),
        route(POST,   "/api/v1/billing/{id}/replay",      Needs(MoneyKeep),     billing::api::replay).says(&billing::operations::REPLAY),
        route(GET,    "/api/v1/billing/{id}/events",      Needs(MoneyKeep),     billing::api::events).says(&billing::operations::EVENTS),
    ]
}

/// What early warning finds.
#[rustfmt::skip]
fn alerts_table() -> Vec<Route> {
    vec![
        route(GET,    "/alerts",                          Needs(AlertsRead),    alerts::web::list),
        route(GET,    "/alerts/{id}",                     Needs(AlertsRead),    alerts::web::show),
        route(POST,   "/alerts/{id}/owner",               Needs(AlertsWrite),   alerts::acting::web::give),
        route(POST,   "/alerts/{id}/snooze",              Needs(AlertsWrite),   alerts::acting::web::snooze),
        route(POST,   "/alerts/{id}/snooze/end",          Needs(AlertsWrite),   alerts::acting::web::wake),
        route(POST,   "/alerts/{id}/dismissal",           Needs(AlertsWrite),   alerts::acting::web::dismiss),
        route(POST,   "/alerts/{id}/outcome",             Needs(AlertsWrite),   alerts::acting::web::handle),
        route(POST,   "/alerts/{id}/reopening",           Needs(AlertsWrite),   alerts::acting::web::reopen),
        route(POST,   "/alerts/{id}/undo",                Needs(AlertsWrite),   alerts::acting::web::undo),
        route(GET,    "/alert-quality",                   Needs(AlertsRead),    alerts::quality::web::show),
        route(POST,   "/alert-quality",                   Needs(AlertsWrite),   alerts::quality::web::ask),
        route(GET,    "/settings/digest",                 Needs(AlertsRead),    alerts::digest::web::show),
        route(POST,   "/settings/digest",                 Needs(AlertsRead),    alerts::digest::web::switch),
        route(GET,    "/api/v1/alert-quality",            Needs(AlertsRead),    alerts::quality::api::show).says(&alerts::quality::api::SHOW),
        route(POST,   "/api/v1/alert-quality",            Needs(AlertsWrite),   alerts::quality::api::ask).says(&alerts::quality::api::ASK),
        route(GET,    "/signals/new",                     Needs(SignalsWrite),  alerts::signals::web::new),
        route(POST,   "/signals",                         Needs(SignalsWrite),  alerts::signals::web::tell),
        route(POST,   "/signals/{id}/undo",               Needs(SignalsWrite),  alerts::signals::web::undo),
        route(GET,    "/tickets/{id}/signals",            Needs(SignalsWrite),  alerts::signals::web::of_ticket),
        route(GET,    "/api/v1/signals",                  Needs(SignalsWrite),  alerts::signals::api::list).says(&alerts::signals::api::SIGNALS),
        route(POST,   "/api/v1/signals",                  Needs(SignalsWrite),  alerts::signals::api::tell).says(&alerts::signals::api::TELL),
        route(GET,    "/api/v1/signals/{id}",             Needs(SignalsWrite),  alerts::signals::api::show).says(&alerts::signals::api::SHOW),
        route(DELETE, "/api/v1/signals/{id}",             Needs(SignalsWrite),  alerts::signals::api::withdraw).says(&alerts::signals::api::WITHDRAW),
        route(GET,    "/home/alerts",                     Needs(AlertsRead),    alerts::panels::at_home),
        route(GET,    "/home/needs",                      Needs(AccountsRead),  book::panels::at_home),
        route(GET,    "/api/v1/book/needs",               Needs(AccountsRead),  book::api::needs).says(&book::api::NEEDS),
        route(GET,    "/api/v1/book/renewals",            Needs(MoneyRead),     book::api::renewals).says(&book::api::RENEWALS),
        route(GET,    "/api/v1/book/changes",             Needs(AccountsRead),  book::api::changes).says(&book::api::CHANGES),
        route(GET,    "/home/renewals",                   Needs(MoneyRead),     book::panels::renewing),
        route(GET,    "/home/changes",                    Needs(AccountsRead),  book::panels::changed),
        route(POST,   "/home/changes",                    Needs(AccountsRead),  book::web::see),
        route(POST,   "/home/changes/undo",               Needs(AccountsRead),  book::web::undo),
        route(GET,    "/accounts/{id}/alerts",            Needs(AlertsRead),    alerts::panels::of_account),
        route(GET,    "/settings/warnings",               Needs(AlertsRead),    alerts::rules::web::list),
        route(GET,    "/settings/warnings/new",           Needs(ShapeWrite),    alerts::rules::web::new),
        route(POST,   "/settings/warnings",               Needs(ShapeWrite),    alerts::rules::web::create),
        route(GET,    "/settings/warnings/{id}",          Needs(AlertsRead),    alerts::rules::web::edit),
        route(POST,   "/settings/warnings/{id}",          Needs(ShapeWrite),    alerts::rules::web::change),
        route(POST,   "/settings/warnings/{id}/removal",  Needs(ShapeWrite),    alerts::rules::web::remove),
        route(POST,   "/settings/warnings/{id}/removal/end", Needs(ShapeWrite), alerts::rules::web::restore),
        route(GET,    "/api/v1/alerts",                   Needs(AlertsRead),    alerts::api::list).says(&alerts::api::FEED),
        route(GET,    "/api/v1/alerts/{id}",              Needs(AlertsRead),    alerts::api::show).says(&alerts::api::SHOW),
        route(PUT,    "/api/v1/alerts/{id}/owner",        Needs(AlertsWrite),   alerts::api::give).says(&alerts::api::GIVE),
        route(PUT,    "/api/v1/alerts/{id}/snooze",       Needs(AlertsWrite),   alerts::api::snooze).says(&alerts::api::SNOOZE),
        route(DELETE, "/api/v1/alerts/{id}/snooze",       Needs(AlertsWrite),   alerts::api::wake).says(&alerts::api::WAKE),
        route(PUT,    "/api/v1/alerts/{id}/dismissal",    Needs(AlertsWrite),   alerts::api::dismiss).says(&alerts::api::DISMISS),
        route(PUT,    "/api/v1/alerts/{id}/outcome",      Needs(AlertsWrite),   alerts::api::handle).says(&alerts::api::HANDLE),
        route(DELETE, "/api/v1/alerts/{id}/outcome",      Needs(AlertsWrite),   alerts::api::reopen).says(&alerts::api::REOPEN),
        route(GET,    "/api/v1/warning-rules",            Needs(AlertsRead),    alerts::rules::api::list).says(&alerts::rules::api::LIST),
        route(POST,   "/api/v1/warning-rules",            Needs(ShapeWrite),    alerts::rules::api::add).says(&alerts::rules::api::ADD),
        route(GET,    "/api/v1/warning-rules/{id}",       Needs(AlertsRead),    alerts::rules::api::show).says(&alerts::rules::api::SHOW),
        route(PUT,    "/api/v1/warning-rules/{id}",       Needs(ShapeWrite),    alerts::rules::api::change).says(&alerts::rules::api::CHANGE),
        route(DELETE, "/api/v1/warning-rules/{id}",       Needs(ShapeWrite),    alerts::rules::api::remove).says(&alerts::rules::api::REMOVE),
        route(DELETE, "/api/v1/warning-rules/{id}/removal", Needs(ShapeWrite),  alerts::rules::api::restore).says(&alerts::rules::api::RESTORE),
    ]
}

/// How customers are.
#[rustfmt::skip]
fn health_table() -> Vec<Route> {
    vec![
        route(GET,    "/health",                          Needs(AccountsRead),  health::web::list),
        route(GET,    "/home/health",                     Needs(AccountsRead),  health::panels::at_home),
        route(GET,    "/health/risk",                     Needs(AccountsRead),  health::risk::web::show),
        route(GET,    "/accounts/{id}/health",            Needs(AccountsRead),  health::web::show),
        route(GET,    "/accounts/{id}/health/summary",    Needs(AccountsRead),  health::panels::of_account),
        route(POST,   "/accounts/{id}/health/override",   Needs(AccountsWrite), health::web::say),
        route(POST,   "/accounts/{id}/health/override/end", Needs(AccountsWrite), health::web::unsay),
        route(POST,   "/accounts/{id}/health/override/again", Needs(AccountsWrite), health::web::say_again),
        route(GET,    "/settings/scorecards",             Needs(AccountsRead),  health::scorecards::web::list),
        route(GET,    "/settings/scorecards/new",         Needs(ShapeWrite),    health::scorecards::web::new),
        route(POST,   "/settings/scorecards",             Needs(ShapeWrite),    health::scorecards::web::create),
        route(POST,   "/settings/scorecards/usual",       Needs(ShapeWrite),    health::scorecards::usual::web::add),
        route(POST,   "/settings/scorecards/usual/end",   Needs(ShapeWrite),    health::scorecards::usual::web::end),
        route(GET,    "/settings/scorecards/{id}",        Needs(AccountsRead),  health::scorecards::web::edit),
        route(POST,   "/settings/scorecards/{id}",        Needs(ShapeWrite),    health::scorecards::web::change),
        route(GET,    "/settings/scorecards/{id}/versions", Needs(AccountsRead), health::scorecards::versions::web::show),
        route(POST,   "/settings/scorecards/{id}/removal", Needs(ShapeWrite),   health::scorecards::web::remove),
        route(POST,   "/settings/scorecards/{id}/removal/end", Needs(ShapeWrite), health::scorecards::web::restore),
        route(GET,    "/api/v1/health",                   Needs(AccountsRead),  health::api::book).says(&health::api::BOOK),
        route(GET,    "/api/v1/health/risk",              Needs(AccountsRead),  health::risk::api::show).says(&health::risk::api::SHOW),
        route(GET,    "/api/v1/accounts/{id}/health",     Needs(AccountsRead),  health::api::show).says(&health::api::SHOW),
        route(PUT,    "/api/v1/accounts/{id}/health/override", Needs(AccountsWrite), health::api::say).says(&health::api::SAY),
        route(DELETE, "/api/v1/accounts/{id}/health/override", Needs(AccountsWrite), health::api::unsay).says(&health::api::UNSAY),
        route(GET,    "/api/v1/scorecards",               Needs(AccountsRead),  health::scorecards::api::list).says(&health::scorecards::api::LIST),
        route(POST,   "/api/v1/scorecards",               Needs(ShapeWrite),    health::scorecards::api::add).says(&health::scorecards::api::ADD),
        route(GET,    "/api/v1/scorecards/usual",         Needs(AccountsRead),  health::scorecards::usual::api::list).says(&health::scorecards::usual::api::LIST),
        route(PUT,    "/api/v1/scorecards/usual",         Needs(ShapeWrite),    health::scorecards::usual::api::add).says(&health::scorecards::usual::api::ADD),
        route(GET,    "/api/v1/scorecards/{id}",          Needs(AccountsRead),  health::scorecards::api::show).says(&health::scorecards::api::SHOW),
        route(PUT,    "/api/v1/scorecards/{id}",          Needs(ShapeWrite),    health::scorecards::api::change).says(&health::scorecards::api::CHANGE),
        route(DELETE, "/api/v1/scorecards/{id}",          Needs(ShapeWrite),    health::scorecards::api::remove).says(&health::scorecards::api::REMOVE),
        route(GET,    "/api/v1/scorecards/{id}/versions", Needs(AccountsRead),  health::scorecards::versions::api::list).says(&health::scorecards::versions::api::LIST),
        route(PUT,    "/api/v1/scorecards/{id}/what-if",  Needs(ShapeWrite),    health::scorecards::api::what_if).says(&health::scorecards::api::WHAT_IF),
        route(DELETE, "/api/v1/scorecards/{id}/removal",  Needs(ShapeWrite),    health::scorecards::api::restore).says(&health::scorecards::api::RESTORE),
    ]
}

/// Written ways to act.
#[rustfmt::skip]
fn playbook_table() -> Vec<Route> {
    vec![
        route(GET,    "/playbooks",                       Needs(TasksRead),     playbooks::web::list),
        route(GET,    "/playbooks/new",                   Needs(PlaybooksWrite), playbooks::web::new),
        route(POST,   "/playbooks",                       Needs(PlaybooksWrite), playbooks::web::create),
        route(POST,   "/playbooks/standard",              Needs(PlaybooksWrite), playbooks::web::add_standard),
        route(GET,    "/playbooks/{id}",                  Needs(TasksRead),     playbooks::web::show),
        route(POST,   "/playbooks/{id}",                  Needs(PlaybooksWrite), playbooks::web::change),
        route(POST,   "/playbooks/{id}/publication",      Needs(PlaybooksWrite), playbooks::web::publish),
        route(POST,   "/playbooks/{id}/pause",            Needs(PlaybooksWrite), playbooks::web::pause),
        route(POST,   "/playbooks/{id}/versions",         Needs(PlaybooksWrite), playbooks::web::roll_back),
        route(POST,   "/playbooks/{id}/removal",          Needs(PlaybooksWrite), playbooks::web::remove),
        route(POST,   "/playbooks/{id}/removal/end",      Needs(PlaybooksWrite), playbooks::web::restore),
        route(GET,    "/playbooks/{id}/runs",             Needs(TasksRead),     playbooks::runs::list),
        route(GET,    "/playbooks/{id}/dry-run",          Needs(TasksRead),     playbooks::runs::past),
        route(GET,    "/playbooks/{id}/effect",           Needs(TasksRead),     playbooks::effect::web::show),
        route(GET,    "/playbooks/{id}/versions",         Needs(TasksRead),     playbooks::comparing::show),
        route(GET,    "/playbooks/{id}/preview",          Needs(TasksRead),     playbooks::preview::show),
        route(GET,    "/playbook-runs/{id}",              Needs(TasksRead),     playbooks::runs::show),
        route(POST,   "/playbook-runs/{id}/mails",        Needs(TicketsWrite),  playbooks::runs::send),
        route(POST,   "/playbook-runs/{id}/undo",         Needs(AccountsWrite), playbooks::runs::take_back),
        route(POST,   "/playbook-runs/{id}/stop",         Needs(TasksWrite),    playbooks::runs::stop),
        route(POST,   "/playbook-runs/{id}/stop/end",     Needs(TasksWrite),    playbooks::runs::resume),
        route(GET,    "/accounts/{id}/playbooks",         Needs(TasksRead),     playbooks::account::panel),
        route(POST,   "/accounts/{id}/playbooks",         Needs(TasksWrite),    playbooks::account::start),
        route(GET,    "/api/v1/playbooks",                Needs(TasksRead),     playbooks::api::list).says(&playbooks::operations::LIST),
        route(POST,   "/api/v1/playbooks",                Needs(PlaybooksWrite), playbooks::api::add).says(&playbooks::operations::ADD),
        route(GET,    "/api/v1/playbooks/{id}",           Needs(TasksRead),     playbooks::api::show).says(&playbooks::operations::SHOW),
        route(PUT,    "/api/v1/playbooks/{id}",           Needs(PlaybooksWrite), playbooks::api::change).says(&playbooks::operations::CHANGE),
        route(DELETE, "/api/v1/playbooks/{id}",           Needs(PlaybooksWrite), playbooks::api::remove).says(&playbooks::operations::REMOVE),
        route(PUT,    "/api/v1/playbooks/{id}/publication", Needs(PlaybooksWrite), playbooks::api::publish).says(&playbooks::operations::PUBLISH),
        route(DELETE, "/api/v1/playbooks/{id}/publication", Needs(PlaybooksWrite), playbooks::api::pause).says(&playbooks::operations::PAUSE),
        route(GET,    "/api/v1/playbooks/{id}/runs",      Needs(TasksRead),     playbooks::api::runs).says(&playbooks::operations::RUNS),
        route(GET,    "/api/v1/playbooks/{id}/dry-run",   Needs(TasksRead),     playbooks::api::past).says(&playbooks::operations::PAST),
        route(POST,   "/api/v1/accounts/{id}/playbook-runs", Needs(TasksWrite), playbooks::api::start).says(&playbooks::operations::START),
        route(GET,    "/api/v1/playbook-runs/{id}",       Needs(TasksRead),     playbooks::api::run).says(&playbooks::operations::RUN),
        route(GET,    "/api/v1/playbook-runs/{id}/steps", Needs(TasksRead),     playbooks::api::steps).says(&playbooks::operations::STEPS_OF),
        route(GET,    "/api/v1/playbooks/{id}/effect",    Needs(TasksRead),     playbooks::effect::api::show).says(&playbooks::operations::EFFECT),
        route(GET,    "/api/v1/playbooks/{id}/preview",   Needs(TasksRead),     playbooks::api::preview).says(&playbooks::operations::PREVIEW),
        route(GET,    "/api/v1/playbook-runs/{id}/mails", Needs(TasksRead),     playbooks::api::mails).says(&playbooks::operations::MAILS),
        route(POST,   "/api/v1/playbook-runs/{id}/mails", Needs(TicketsWrite),  playbooks::api::send).says(&playbooks::operations::SEND),
        route(POST,   "/api/v1/playbook-runs/{id}/undo",  Needs(AccountsWrite), playbooks::api::undo).says(&playbooks::operations::UNDO),
        route(PUT,    "/api/v1/playbook-runs/{id}/stop",  Needs(TasksWrite),    playbooks::api::stop).says(&playbooks::operations::STOP),
        route(DELETE, "/api/v1/playbook-runs/{id}/stop",  Needs(TasksWrite),    playbooks::api::resume).says(&playbooks::operations::RESUME),
    ]
}

/// What is to be done.
#[rustfmt::skip]
fn task_table() -> Vec<Route> {
    vec![
        route(GET,    "/tasks",                           Needs(TasksRead),     tasks::web::list),
        route(GET,    "/tasks/new",                       Needs(TasksWrite),    tasks::writing::new),
        route(POST,   "/tasks",                           Needs(TasksWrite),    tasks::writing::create),
        route(GET,    "/tasks/{id}",                      Needs(TasksRead),     tasks::web::show),
        route(POST,   "/tasks/{id}",                      Needs(TasksWrite),    tasks::writing::change),
        route(GET,    "/tasks/{id}/edit",                 Needs(TasksWrite),    tasks::writing::edit),
        route(POST,   "/tasks/{id}/state",                Needs(TasksWrite),    tasks::acts::settle),
        route(GET,    "/tasks/{id}/due",                  Needs(TasksWrite),    tasks::acts::when),
        route(POST,   "/tasks/{id}/due",                  Needs(TasksWrite),    tasks::acts::put_off),
        route(GET,    "/tasks/{id}/owner",                Needs(TasksWrite),    tasks::acts::whom),
        route(POST,   "/tasks/{id}/owner",                Needs(TasksWrite),    tasks::acts::hand_on),
        route(POST,   "/tasks/{id}/undo",                 Needs(TasksWrite),    tasks::acts::take_back),
        route(GET,    "/accounts/{id}/tasks",             Needs(TasksRead),     tasks::panels::of_account),
        route(GET,    "/home/tasks",                      Needs(TasksRead),     tasks::panels::at_home),
        route(GET,    "/api/v1/tasks",                    Needs(TasksRead),     tasks::api::list).says(&tasks::operations::LIST),
        route(POST,   "/api/v1/tasks",                    Needs(TasksWrite),    tasks::api::add).says(&tasks::operations::ADD),
        route(GET,    "/api/v1/tasks/{id}",               Needs(TasksRead),     tasks::api::show).says(&tasks::operations::SHOW),
        route(PUT,    "/api/v1/tasks/{id}",               Needs(TasksWrite),    tasks::api::change).says(&tasks::operations::CHANGE),
        route(PUT,    "/api/v1/tasks/{id}/state",         Needs(TasksWrite),    tasks::api::settle).says(&tasks::operations::SETTLE),
        route(GET,    "/api/v1/tasks/{id}/changes",       Needs(TasksRead),     tasks::api::changes).says(&tasks::operations::CHANGES),
    ]
}

/// Numbers of accounts.
#[rustfmt::skip]
fn metrics_table() -> Vec<Route> {
    use success::usage::own::{api, operations, web};
    vec![
        route(GET,    "/metrics",                         Needs(AccountsRead),  metrics::web::list),
        route(GET,    "/metrics/book",                    Needs(AccountsRead),  metrics::web::show),
        route(GET,    "/metrics/own",                     Needs(UsageRead),     web::list),
        route(POST,   "/metrics/own",                     Needs(ShapeWrite),    web::create),
        route(GET,    "/metrics/own/new",                 Needs(ShapeWrite),    web::new),
        route(GET,    "/metrics/own/{id}",                Needs(UsageRead),     web::edit),
        route(POST,   "/metrics/own/{id}",                Needs(ShapeWrite),    web::change),
        route(POST,   "/metrics/own/{id}/removal",        Needs(ShapeWrite),    web::remove),
        route(POST,   "/metrics/own/{id}/removal/end",    Needs(ShapeWrite),    web::restore),
        route(GET,    "/api/v1/metrics/own",              Needs(UsageRead),     api::list).says(&operations::LIST),
        route(POST,   "/api/v1/metrics/own",              Needs(ShapeWrite),    api::create).says(&operations::CREATE),
        route(POST,   "/api/v1/metrics/own/preview",      Needs(ShapeWrite),    api::preview).says(&operations::PREVIEW),
        route(GET,    "/api/v1/metrics/own/{id}",         Needs(UsageRead),     api::show).says(&operations::SHOW),
        route(PUT,    "/api/v1/metrics/own/{id}",         Needs(ShapeWrite),    api::change).says(&operations::CHANGE),
        route(PUT,    "/api/v1/metrics/own/{id}/removal", Needs(ShapeWrite),    api::remove).says(&operations::REMOVE),
        route(DELETE, "/api/v1/metrics/own/{id}/removal", Needs(ShapeWrite),    api::restore).says(&operations::RESTORE),
        route(GET,    "/api/v1/metrics",                  Needs(AccountsRead),  metrics::api::list).says(&metrics::api::LIST),
        route(GET,    "/api/v1/accounts/{id}/metrics",    Needs(AccountsRead),  metrics::api::of_account).says(&metrics::api::OF_ACCOUNT),
    ]
}

/// What accounts are worth.
#[rustfmt::skip]
fn value_table() -> Vec<Route> {
    vec![
        route(GET,    "/value",                           Needs(MoneyRead),     value::web::list),
        route(GET,    "/value/models",                    Needs(MoneyRead),     value::models::show),
        route(POST,   "/value/computation",               Needs(MoneyRead),     value::web::ask),
        route(POST,   "/value/export",                    Needs(MoneyRead),     value::web::export),
        route(GET,    "/value/settings",                  Needs(MoneyKeep),     value::web::settings),
        route(POST,   "/value/settings",                  Needs(MoneyKeep),     value::web::change),
        route(GET,    "/accounts/{id}/value",             Needs(MoneyRead),     value::web::panel),
        route(GET,    "/revenue",                         Needs(MoneyRead),     retention::revenue::show),
        route(GET,    "/accounts/{id}/movements",         Needs(MoneyRead),     retention::revenue::movements),
        route(GET,    "/retention/orders",                Needs(MoneyRead),     retention::repeating::show),
        route(GET,    "/api/v1/retention/cohorts",        Needs(MoneyRead),     retention::details::cohorts).says(&retention::details::COHORTS),
        route(GET,    "/api/v1/retention/accounts",       Needs(MoneyRead),     retention::details::accounts).says(&retention::details::ACCOUNTS),
        route(GET,    "/api/v1/retention/repeats",        Needs(MoneyRead),     retention::details::repeats).says(&retention::details::REPEATS),
        route(GET,    "/api/v1/retention/repeats/accounts", Needs(MoneyRead),   retention::details::orderers).says(&retention::details::ORDERERS),
        route(GET,    "/api/v1/value",                    Needs(MoneyRead),     value::api::show).says(&value::api::SHOW),
        route(GET,    "/api/v1/value/accounts",           Needs(MoneyRead),     value::api::accounts).says(&value::api::ACCOUNTS),
        route(GET,    "/api/v1/accounts/{id}/value",      Needs(MoneyRead),     value::api::of_account).says(&value::api::OF_ACCOUNT),
        route(POST,   "/api/v1/value/computation",        Needs(MoneyRead),     value::api::ask).says(&value::api::ASK),
        route(GET,    "/api/v1/value/settings",           Needs(MoneyRead),     value::api::settings).says(&value::api::SETTINGS),
        route(PUT,    "/api/v1/value/settings",           Needs(MoneyKeep),     value::api::change).says(&value::api::CHANGE),
    ]
}

/// What accounts pay: subscriptions, products, currencies.
#[rustfmt::skip]
fn money_table() -> Vec<Route> {
    let mut rows = vec![
        route(GET,    "/accounts/{id}/subscriptions",     Needs(MoneyRead),     subscriptions::web::panel),
        route(POST,   "/accounts/{id}/subscriptions",     Needs(MoneyWrite),    subscriptions::web::create),
        route(GET,    "/accounts/{id}/subscriptions/new", Needs(MoneyWrite),    subscriptions::web::new),
        route(GET,    "/subscriptions/{id}",              Needs(MoneyRead),     subscriptions::web::show),
        route(POST,   "/subscriptions/{id}",              Needs(MoneyWrite),    subscriptions::web::change),
        route(GET,    "/subscriptions/{id}/edit",         Needs(MoneyWrite),    subscriptions::web::edit),
        route(GET,    "/subscriptions/{id}/cancellation", Needs(MoneyWrite),    subscriptions::acts::ask_end),
        route(POST,   "/subscriptions/{id}/cancellation", Needs(MoneyWrite),    subscriptions::acts::end),
        route(POST,   "/subscriptions/{id}/cancellation/end", Needs(MoneyWrite), subscriptions::acts::resume),
        route(POST,   "/subscriptions/{id}/renewal",      Needs(MoneyWrite),    subscriptions::acts::renew),
        route(POST,   "/subscriptions/{id}/renewal/end",  Needs(MoneyWrite),    subscriptions::acts::unrenew),
        route(GET,    "/renewals",                        Needs(MoneyRead),     subscriptions::renewals::show),
        route(POST,   "/renewals/export",                 Needs(MoneyRead),     subscriptions::renewals::export),
        route(POST,   "/renewals/columns",                Needs(MoneyRead),     subscriptions::renewals::arrange),
        route(GET,    "/retention",                       Needs(MoneyRead),     retention::web::show),
        route(GET,    "/retention/accounts",              Needs(MoneyRead),     retention::web::accounts),
        route(POST,   "/retention/export",                Needs(MoneyRead),     retention::web::export),
        route(GET,    "/settings/products",               Needs(MoneyRead),     products::web::list),
        route(POST,   "/settings/products",               Needs(MoneyKeep),     products::web::create),
        route(GET,    "/settings/products/{id}",          Needs(MoneyKeep),     products::web::edit),
        route(POST,   "/settings/products/{id}",          Needs(MoneyKeep),     products::web::rename),
        route(GET,    "/settings/currencies",             Needs(MoneyRead),     currencies::web::show),
        route(POST,   "/settings/currencies",             Needs(MoneyKeep),     currencies::web::choose),
        route(POST,   "/settings/currencies/rates",       Needs(MoneyKeep),     currencies::web::set_rate),
        route(POST,   "/settings/currencies/rates/{id}/end", Needs(MoneyKeep),  currencies::web::remove_rate),

        route(GET,    "/api/v1/accounts/{id}/subscriptions", Needs(MoneyRead),  subscriptions::api::of_account).says(&subscriptions::operations::OF_ACCOUNT),
        route(POST,   "/api/v1/accounts/{id}/subscriptions", Needs(MoneyWrite), subscriptions::api::create).says(&subscriptions::operations::CREATE),
        route(GET,    "/api/v1/subscriptions",            Needs(MoneyRead),     subscriptions::api::list).says(&subscriptions::operations::LIST),
        route(GET,    "/api/v1/subscriptions/{id}",       Needs(MoneyRead),     subscriptions::api::show).says(&subscriptions::operations::SHOW),
        route(PUT,    "/api/v1/subscriptions/{id}",       Needs(MoneyWrite),    subscriptions::api::change).says(&subscriptions::operations::CHANGE),
        route(PUT,    "/api/v1/subscriptions/{id}/cancellation", Needs(MoneyWrite), subscriptions::api::end).says(&subscriptions::operations::END),
        route(DELETE, "/api/v1/subscriptions/{id}/cancellation", Needs(MoneyWrite), subscriptions::api::resume).says(&subscriptions::operations::RESUME),
        route(POST,   "/api/v1/subscriptions/{id}/renewal", Needs(MoneyWrite),  subscriptions::api::renew).says(&subscriptions::operations::RENEW),
        route(DELETE, "/api/v1/subscriptions/{id}/renewal", Needs(MoneyWrite),  subscriptions::api::unrenew).says(&subscriptions::operations::UNRENEW),
        route(GET,    "/api/v1/accounts/{id}/movements",  Needs(MoneyRead),     retention::api::movements).says(&retention::api::MOVEMENTS),
        route(GET,    "/api/v1/retention",                Needs(MoneyRead),     retention::api::show).says(&retention::api::SHOW),
        route(GET,    "/api/v1/revenue",                  Needs(MoneyRead),     retention::api::revenue).says(&retention::api::REVENUE),
        route(GET,    "/api/v1/products",                 Needs(MoneyRead),     products::api::list).says(&products::api::LIST),
        route(POST,   "/api/v1/products",                 Needs(MoneyKeep),     products::api::create).says(&products::api::CREATE),
        route(GET,    "/api/v1/products/{id}",            Needs(MoneyRead),     products::api::show).says(&products::api::SHOW),
        route(PUT,    "/api/v1/products/{id}",            Needs(MoneyKeep),     products::api::rename).says(&products::api::RENAME),
        route(GET,    "/api/v1/reporting-currency",       Needs(MoneyRead),     currencies::api::show).says(&currencies::api::SHOW),
        route(PUT,    "/api/v1/reporting-currency",       Needs(MoneyKeep),     currencies::api::choose).says(&currencies::api::CHOOSE),
        route(GET,    "/api/v1/exchange-rates",           Needs(MoneyRead),     currencies::api::list).says(&currencies::api::LIST),
        route(POST,   "/api/v1/exchange-rates",           Needs(MoneyKeep),     currencies::api::set).says(&currencies::api::SET),
        route(DELETE, "/api/v1/exchange-rates/{id}",      Needs(MoneyKeep),     currencies::api::remove).says(&currencies::api::REMOVE),
    ];
    rows.extend(trade_table());
    rows.extend(value_table());
    rows.extend(metrics_table());
    rows.extend(health_table());
    rows.extend(alerts_table());
    rows.extend(task_table());
    rows.extend(playbook_table());
    rows.extend(billing_table());
    rows
}

/// Every address of the application.
#[rustfmt::skip]
pub fn table() -> Vec<Route> {
    let mut rows = vec![
        route(GET,    "/",                                SignedIn,             home::web::page),
        route(GET,    "/live",                            SignedIn,             live::web::stream),

        route(GET,    "/setup/{link}",                    Anyone,               setup::web::begin).counts(Each),
        route(GET,    "/setup/{link}/{step}",             Anyone,               setup::web::show).counts(Refused),
        route(POST,   "/setup/{link}/{step}",             Anyone,               setup::web::keep).counts(Refused),

        route(GET,    "/accounts",                        Needs(AccountsRead),  accounts::web::list),
        route(POST,   "/accounts",                        Needs(AccountsWrite), accounts::web::create),
        route(POST,   "/accounts/columns",                Needs(AccountsRead),  accounts::web::arrange),
        route(GET,    "/accounts/new",                    Needs(AccountsWrite), accounts::web::new),
        route(GET,    "/accounts/{id}",                   Needs(AccountsRead),  accounts::web::show),
        route(POST,   "/accounts/{id}",                   Needs(AccountsWrite), accounts::web::change),
        route(GET,    "/accounts/{id}/edit",              Needs(AccountsWrite), accounts::web::edit),
        route(GET,    "/accounts/{id}/history",           Needs(AccountsRead),  accounts::panel::history),
        route(POST,   "/accounts/{id}/closure",           Needs(AccountsClose), accounts::web::close),
        route(POST,   "/accounts/{id}/closure/end",       Needs(AccountsClose), accounts::web::reopen),

        route(GET,    "/search",                          SignedIn,             search::web::page),
        route(GET,    "/search/palette",                  SignedIn,             search::web::palette),

        route(GET,    "/api/v1/accounts",                 Needs(AccountsRead),  accounts::api::list).says(&accounts::operations::LIST),
        route(POST,   "/api/v1/accounts",                 Needs(AccountsWrite), accounts::api::create).says(&accounts::operations::CREATE),
        route(GET,    "/api/v1/accounts/{id}",            Needs(AccountsRead),  accounts::api::show).says(&accounts::operations::SHOW),
        route(PUT,    "/api/v1/accounts/{id}",            Needs(AccountsWrite), accounts::api::change).says(&accounts::operations::CHANGE),
        route(PUT,    "/api/v1/accounts/{id}/closure",    Needs(AccountsClose), accounts::api::close).says(&accounts::operations::CLOSE),
        route(DELETE, "/api/v1/accounts/{id}/closure",    Needs(AccountsClose), accounts::api::reopen).says(&accounts::operations::REOPEN),
        route(GET,    "/api/v1/audit",                    Needs(AuditRead),     audit::api::list).says(&audit::api::OPERATION),
        route(GET,    "/api/v1/workspace",                Needs(WorkspaceRead), workspaces::api::show).says(&workspaces::api::SHOW),
        route(PUT,    "/api/v1/workspace",                Needs(WorkspaceWrite), workspaces::api::change).says(&workspaces::api::CHANGE),
        route(GET,    "/api/v1/calendar",                 Needs(WorkspaceRead), calendars::api::show).says(&calendars::api::SHOW),
        route(PUT,    "/api/v1/calendar",                 Needs(WorkspaceWrite), calendars::api::change).says(&calendars::api::CHANGE),
        route(GET,    "/api/v1/work",                     Needs(WorkRead),      work::api::list).says(&work::operations::LIST),
        route(DELETE, "/api/v1/work/{id}",                Needs(WorkWrite),     work::api::discard).says(&work::operations::DISCARD),
        route(POST,   "/api/v1/work/{id}/revival",        Needs(WorkWrite),     work::api::revive).says(&work::operations::REVIVE),
        route(POST,   "/api/v1/work/{id}/cancellation",   Needs(WorkWrite),     work::api::cancel).says(&work::operations::CANCEL),
        route(GET,    "/api/v1/events",                   SignedIn,             events::api::feed).says(&events::api::OPERATION),
        route(GET,    "/api/v1/search",                   SignedIn,             search::api::find).says(&search::api::OPERATION),

        route(GET,    "/api",                             SignedIn,             api::page::show),
        route(GET,    "/api/v1/openapi.json",             Anyone,               api::document::show),
    ];
    rows.extend(home_table().into_iter().chain(accounts_table()).chain(segments_table()));
    rows.extend(shape_table().into_iter().chain(ladders_table()));
    rows.extend(assignment_table());
    rows.extend(tickets_table().into_iter().chain(contacts_table()));
    rows.extend(conversations_table().into_iter().chain(sides_table()).chain(scheduled_table()));
    rows.extend(timeline_table());
    rows.extend(doors_table());
    rows.extend(people_table());
    rows.extend(providers_table());
    rows.extend(settings_table());
    rows.extend(webhooks_table().into_iter().chain(mailboxes_table()).chain(stored_mail_table()).chain(mail_providers_table()).chain(replies_table()).chain(own_views_table()).chain(bulk_table()).chain(ticket_fields_table()));
    rows.extend(outbox_table().into_iter().chain(old_mail_table()).chain(dkim_table()).chain(imports_table()).chain(surveys_table()));
    rows.extend(counter_table().into_iter().chain(api_inboxes_table()).chain(forms_table()).chain(numbers_table()));
    rows.extend(money_table().into_iter().chain(usage_table()).chain(adoption_table()).chain(backfill_table()).chain(usage_names_table()));
    rows
}

/// The table as a router, each route behind its guard.
pub fn router() -> Router<App> {
    let fold = |router: Router<App>, row: Route| {
        router.route(row.path, row.handler.layer(from_fn_with_state(row.access, check)))
    };
    table()
        .into_iter()
        .fold(Router::new(), fold)
        .merge(shell::routes())
}

/// Whether `session` may open the page at `path`, a path of the table without parameters.
pub fn opens(session: &Session, path: &str) -> bool {
    static PAGES: LazyLock<BTreeMap<&'static str, Access>> = LazyLock::new(|| {
        let pages = table().into_iter().filter(|row| row.method == GET);
        pages.map(|row| (row.path, row.access)).collect()
    });
    PAGES
        .get(path)
        .is_some_and(|access| access.is_open_to(Some(session)))
}

/// The keys of the navigation items that `session` may open: those whose path is a row that lets them in.
pub fn places(session: &Session) -> Vec<&'static str> {
    ITEMS
        .iter()
        .filter(|item| opens(session, item.path))
        .map(|item| item.key)
        .collect()
}
