//! The tour: every page of the product, and how a person gets there. A new page adds its row to [`STOPS`].
//!
//! The browser suite checks each stop in every theme and width, and `cargo xtask screenshots` takes its pictures. A test
//! compares the tour with the route table, so that a page without a stop fails.

mod customers;
mod doors;
mod place;
mod stop;

use std::sync::LazyLock;

use crate::browser::key;

pub use place::{Place, Stage};
pub use stop::{Step, Stop, Visitor, Way};

use Step::{Click, Code, Go, Press, Print, See};
use Way::{At, Behind, FirstRun, Given, SignInLink};

/// Presses of Ctrl and K.
const PALETTE: &str = "\u{e009}k";
const WEBHOOK: &str = "#webhooks-rows a[href^='/settings/webhooks/whk_']";
const TICKET: &str = "#ticket-rows a[href^='/tickets/tkt_']";
const CONTACT: &str = "#contacts-rows a[href^='/contacts/con_']";
const ACCOUNT: &str = "#accounts-rows a[href^='/accounts/acc_']";
/// The agent of the sample data who is asked for a code.
const SECOND: &str = "form.doors button:nth-of-type(2)";

/// Every page and the states worth a look, in the order of the contact sheet.
pub static STOPS: LazyLock<Vec<Stop>> = LazyLock::new(|| [FIRST, customers::STOPS, REST].concat());

#[rustfmt::skip]
const FIRST: &[Stop] = &[
    stranger("sign-in",          "/sign-in",                At("/sign-in"),                     &[]),
    stranger("sign-in-link",     "/sign-in/{link}",         SignInLink,                         &[]),
    stranger("sign-in-help",     "/sign-in/help",           At("/sign-in/help"),                &[]),
    stranger("sign-in-reset",    "/sign-in/password/{link}", At("/sign-in/password/no-such-link"), &[]),
    stranger("sign-in-reset-open", "/sign-in/password/{link}", Given("reset"),                  &[See("[name=new]")]),
    stranger("sign-in-code",     "/sign-in/code",           SignInLink,                         &[Click(SECOND), See("[name=code]")]),
    stranger("invitation-closed", "/invitation/{link}",     At("/invitation/no-such-link"),     &[]),
    stranger("invitation",       "/invitation/{link}",      Given("invitation"),                &[See("main [name=name]")]),
    stranger("survey",           "/s/{link}",               Given("survey"),                    &[See("[name=rating]")]),
    stranger("sign-in-closed",   "/sign-in/{link}",         At("/sign-in/no-such-link"),        &[]),

    stranger("setup-admin",      "/setup/{link}/{step}",    FirstRun("admin"),                  &[]),
    stranger("setup-wrong",      "/setup/{link}/{step}",    FirstRun("admin"),                  &[Click("[name='admin.name']"), Press("Ada"), Click("[name='admin.email']"), Press("ada@x"), Click("[name='admin.password']"), Press("short"), Press(key::ENTER), See("[aria-invalid=true]")]),
    stranger("setup-workspace",  "/setup/{link}/{step}",    FirstRun("workspace"),              &[]),
    stranger("setup-hours",      "/setup/{link}/{step}",    FirstRun("hours"),                  &[]),
    stranger("setup-data",       "/setup/{link}/{step}",    FirstRun("data"),                   &[]),
    stranger("setup-over",       "/setup/{link}/{step}",    At("/setup/no-such-link/admin"),    &[]),

    agent("home",                "/",                       At("/"),                            &[]),
    agent("person-menu",         "/",                       At("/"),                            &[Click("[popovertarget=person-menu]"), See("#person-menu")]),
    agent("palette",             "/",                       At("/"),                            &[Press(PALETTE), See("#palette")]),
    agent("palette-search",      "/",                       At("/"),                            &[Press(PALETTE), See("#palette"), Press("th"), See("#palette-theme-dark")]),
    agent("palette-nothing",     "/",                       At("/"),                            &[Press(PALETTE), See("#palette"), Press("qqq"), See("#palette-all")]),

    agent("palette-found",       "/",                       At("/"),                            &[Press(PALETTE), See("#palette"), Press("logistics"), See("#palette [id^=palette-acc_]")]),

    agent("search",              "/search",                 At("/search"),                      &[]),
    agent("search-found",        "/search",                 At("/search?q=logistics+is:open"),  &[]),
    agent("search-meant",        "/search",                 At("/search?q=logitsics+size:big"), &[]),
    agent("search-nothing",      "/search",                 At("/search?q=is:open+qqqqqq"),     &[]),
    agent("search-index",        "/settings/search",        At("/settings/search"),             &[]),

    agent("inbox",               "/inbox/{view}",           At("/inbox/unassigned"),            &[]),
    agent("inbox-all",           "/inbox/{view}",           At("/inbox/all"),                   &[]),
    agent("inbox-none",          "/inbox/{view}",           At("/inbox/snoozed"),               &[]),
    agent("inbox-chosen",        "/inbox/{view}",           At("/inbox/all"),                   &[Click(".ticket-check input"), See(".bulk"), Click("[data-command=bulk]"), See(".bulk-fields")]),
    agent("bulk",                "/tickets/bulk/{id}",      At("/inbox/solved"),                &[Click(".ticket-check input"), See(".bulk"), Click(".bulk [name=all]"), Click(".bulk [value=solve]"), See(".facts")]),
    agent("inbox-own",           "/inbox/{view}",           Behind("/inbox/mine", ".inbox-views a[href^='/inbox/viw_']"), &[]),
    agent("view-new",            "/inbox/views/new",        At("/inbox/views/new"),             &[]),
    agent("view-new-wrong",      "/inbox/views/new",        At("/inbox/views/new"),             &[Click("[name=name]"), Press("Long"), Click("[name=quiet_hours]"), Press("x"), Press(key::ENTER), See("[aria-invalid=true]")]),
    agent("view",                "/inbox/views/{id}",       Behind("/inbox/mine", ".inbox-views a[href^='/inbox/viw_']"), &[Click(".inbox-views summary"), Click("[data-command=edit]"), See("[name=quiet_hours]")]),
    agent("ticket",              "/tickets/{id}",           Behind("/inbox/solved", TICKET),    &[]),
    agent("ticket-print",        "/tickets/{id}",           Behind("/inbox/solved", TICKET),    &[Print]),
    agent("ticket-note",         "/tickets/{id}",           Behind("/inbox/all", TICKET),       &[Click("[data-command=note]"), See(".for-note")]),
    agent("ticket-snooze",       "/tickets/{id}",           Behind("/inbox/unassigned", TICKET), &[Click("[data-command=snooze]"), See(".snooze")]),
    agent("tagged",              "/inbox/tags",             At("/inbox/tags"),                  &[]),
    agent("tagged-one",          "/inbox/tags/{id}",        Behind("/inbox/tags", "#tag-rows a"), &[]),
    agent("mentions",            "/inbox/mentions",         At("/inbox/mentions"),              &[]),
    agent("followed",            "/inbox/followed",         At("/inbox/followed"),              &[]),
    agent("home-mentions",       "/home/mentions",          At("/home/mentions"),               &[]),
    agent("drafts",              "/inbox/drafts",           At("/inbox/drafts"),                &[]),
    agent("scheduled",           "/inbox/scheduled",        At("/inbox/scheduled"),             &[]),
    agent("scheduled-time",      "/tickets/scheduled/{id}/time", Behind("/inbox/scheduled", "#scheduled-rows .scheduled-time"), &[]),
    agent("ticket-scheduled",    "/tickets/{id}/scheduled", Behind("/inbox/scheduled", "#scheduled-rows a"), &[See("#ticket-scheduled .scheduled")]),
    agent("ticket-later",        "/tickets/{id}",           Behind("/inbox/unassigned", TICKET), &[Click("[data-command=schedule]"), See(".scheduled-menu")]),
    agent("ticket-draft",        "/tickets/{id}",           Behind("/inbox/drafts", "#draft-rows a"), &[See(".draft-state")]),
    agent("ticket-recipients",   "/tickets/{id}/recipients", Behind("/inbox/unassigned", TICKET), &[See("#ticket-recipients .chip")]),
    agent("ticket-connect",      "/tickets/{id}/connections/new", Behind("/inbox/solved", TICKET), &[Click("[data-command=merge]"), See("select[name=kind]")]),
    agent("ticket-new",          "/tickets/new",            At("/tickets/new"),                 &[]),
    agent("ticket-replies",      "/tickets/{id}/replies",   Behind("/inbox/unassigned", TICKET), &[Click("[data-command=macro]"), See("#sheet .reply-row")]),
    agent("account-tickets",     "/accounts/{id}/tickets",  Behind("/accounts", ACCOUNT),       &[Click("a[href$='/tickets']"), See("h1")]),
    agent("contact-tickets",     "/contacts/{id}/tickets",  Behind("/contacts", CONTACT),       &[Click("a[href$='/tickets']"), See("h1")]),
    agent("home-tickets",        "/home/tickets",           At("/home/tickets"),                &[]),
];

#[rustfmt::skip]
const REST: &[Stop] = &[
    agent("health",              "/health",                 At("/health?book=all"),             &[]),
    agent("health-account",      "/accounts/{id}/health",   Behind("/health?book=all", "#health-rows a"), &[]),
    agent("health-say",          "/accounts/{id}/health",   Behind("/health?book=all", "#health-rows a"), &[Click("details.fold summary"), See("[name=reason]")]),
    agent("health-summary",      "/accounts/{id}/health/summary", Behind("/accounts", ACCOUNT), &[Click("a[href$='/health/summary']:not(nav a)"), See("h1")]),
    agent("tasks",               "/tasks",                  At("/tasks"),                       &[]),
    agent("tasks-by-account",    "/tasks",                  At("/tasks?view=account"),          &[]),
    agent("tasks-done",          "/tasks",                  At("/tasks?view=all&state=done"),   &[]),
    agent("tasks-new",           "/tasks/new",              At("/tasks/new"),                   &[]),
    agent("task",                "/tasks/{id}",             Behind("/tasks?view=all", "#task-rows .line-words a"), &[]),
    agent("task-done",           "/tasks/{id}",             Behind("/tasks?view=all&state=done", "#task-rows .line-words a"), &[]),
    agent("task-edit",           "/tasks/{id}/edit",        Behind("/tasks?view=all", "#task-rows .line-words a"), &[Click("[data-command=edit]"), See("[name=words]")]),
    agent("task-when",           "/tasks/{id}/due",         At("/tasks?view=all"),              &[Click("[data-command=snooze]"), See("#sheet [name=to]")]),
    agent("task-whom",           "/tasks/{id}/owner",       At("/tasks?view=all"),              &[Click("[data-command=hand-on]"), See("#sheet button.primary")]),
    agent("tasks-of-account",    "/accounts/{id}/tasks",    Behind("/accounts", ACCOUNT),       &[Click("a[href$='/tasks']:not(nav a)"), See("h1")]),
    agent("playbooks",           "/playbooks",              At("/playbooks"),                   &[]),
    agent("playbooks-new",       "/playbooks/new",          At("/playbooks/new"),               &[]),
    agent("playbook",            "/playbooks/{id}",         Behind("/playbooks", "#playbook-rows .main a"), &[]),
    agent("playbook-runs",       "/playbooks/{id}/runs",    Behind("/playbooks", "#playbook-rows .number a"), &[]),
    agent("playbook-dry-run",    "/playbooks/{id}/dry-run", Behind("/playbooks", "#playbook-rows .main a"), &[Click("[data-command=test]"), See(".tabs")]),
    agent("playbook-effect",     "/playbooks/{id}/effect",  Behind("/playbooks", "#playbook-rows .number a"), &[Click(".tabs a[href$='/effect']"), See("h1")]),
    agent("playbook-versions",   "/playbooks/{id}/versions", Behind("/playbooks", "#playbook-rows .main a"), &[Click("main a[href*='/versions?of=']"), See("main table")]),
    agent("playbook-preview",    "/playbooks/{id}/preview", Behind("/playbooks", "#playbook-rows .main a"), &[Click("main a[href*='/preview?step=']"), See("main form")]),
    agent("playbook-run",        "/playbook-runs/{id}",     Behind("/playbooks", "#playbook-rows .number a"), &[Click("#run-rows a"), See("main dl.facts")]),
    agent("playbooks-of-account", "/accounts/{id}/playbooks", Behind("/accounts", ACCOUNT),     &[Click("a[href$='/playbooks']:not(nav a)"), See("h1")]),
    agent("home-tasks",          "/home/tasks",             At("/home/tasks"),                 &[]),
    agent("home-health",         "/home/health",            At("/home/health"),                 &[]),
    agent("alerts",              "/alerts",                 At("/alerts?book=all"),             &[]),
    agent("alert",               "/alerts/{id}",            Behind("/alerts?book=all", "#alerts-rows a"), &[]),
    agent("alert-acts",          "/alerts/{id}",            Behind("/alerts?book=all", "#alerts-rows a"), &[Click("details.fold summary"), See("[name=outcome]")]),
    agent("account-alerts",      "/accounts/{id}/alerts",   Behind("/accounts", ACCOUNT), &[Click("a[href$='/alerts']:not(nav a)"), See("h1")]),
    agent("home-alerts",         "/home/alerts",            At("/home/alerts"),                 &[]),
    agent("home-needs",          "/home/needs",             At("/home/needs"),                  &[]),
    agent("home-renewals",       "/home/renewals",          At("/home/renewals?book=all"),      &[]),
    agent("home-changes",        "/home/changes",           At("/home/changes"),                &[]),
    agent("health-risk",         "/health/risk",            At("/health/risk?book=all"),        &[]),
    agent("signal-new",          "/signals/new",            Behind("/inbox/unassigned", TICKET), &[Click("[data-command=signal]"), See("#sheet [name=words]")]),
    agent("ticket-signals",      "/tickets/{id}/signals",   Behind("/inbox/all", TICKET),       &[]),
    agent("alert-quality",       "/alert-quality",          At("/alert-quality"),               &[]),
    agent("digest",              "/settings/digest",        At("/settings/digest"),             &[]),
    agent("warnings",            "/settings/warnings",      At("/settings/warnings"),           &[]),
    agent("warning",             "/settings/warnings/{id}", Behind("/settings/warnings", "#rules-rows a"), &[]),
    agent("warning-new",         "/settings/warnings/new",  At("/settings/warnings/new"),       &[]),
    agent("scorecards",          "/settings/scorecards",    At("/settings/scorecards"),         &[]),
    agent("scorecard",           "/settings/scorecards/{id}", Behind("/settings/scorecards", "#scorecards-rows a"), &[]),
    agent("scorecard-preview",   "/settings/scorecards/{id}", Behind("/settings/scorecards", "#scorecards-rows a"), &[Click("button[value=preview]"), See(".card .table")]),
    agent("scorecard-new",       "/settings/scorecards/new", At("/settings/scorecards/new"),    &[]),
    agent("metrics",             "/metrics",                At("/metrics"),                     &[]),
    agent("metric",              "/metrics/book",           Behind("/metrics", "#metrics-rows a"), &[]),
    agent("keeping",             "/settings/sources/keeping", At("/settings/sources/keeping?days=30"), &[]),
    agent("own-metrics",         "/metrics/own",            At("/metrics/own"),                 &[]),
    agent("own-metric",          "/metrics/own/{id}",       Behind("/metrics/own", "#own-metrics-rows a"), &[]),
    agent("own-metric-preview",  "/metrics/own/{id}",       Behind("/metrics/own", "#own-metrics-rows a"), &[Click("button[value=preview]"), See(".card .lines")]),
    agent("own-metric-new",      "/metrics/own/new",        At("/metrics/own/new"),             &[]),
    agent("value",               "/value",                  At("/value"),                       &[]),
    agent("value-models",        "/value/models",           At("/value/models"),                &[]),
    agent("value-settings",      "/value/settings",         At("/value/settings"),              &[]),
    agent("account-value",       "/accounts/{id}/value",    Behind("/accounts", ACCOUNT),       &[Click("a[href$='/value']:not(nav a)"), See("h1")]),
    agent("products",            "/settings/products",      At("/settings/products"),           &[]),
    agent("product",             "/settings/products/{id}", Behind("/settings/products", "#products-rows a"), &[]),
    agent("billing",             "/settings/billing",       At("/settings/billing"),            &[]),
    agent("billing-connection",  "/settings/billing/{id}",  Behind("/settings/billing", "#billing-rows a"), &[]),
    agent("currencies",          "/settings/currencies",    At("/settings/currencies"),         &[]),
    agent("home-newest",         "/home/newest",            At("/home/newest"),                 &[]),
    agent("home-accounts",       "/home/accounts",          At("/home/accounts"),               &[]),
    agent("home-webhooks",       "/home/webhooks",          At("/home/webhooks"),               &[]),
    agent("home-mails",          "/home/mails",             At("/home/mails"),                  &[]),
    agent("home-work",           "/home/work",              At("/home/work"),                   &[]),
    agent("checklist",           "/checklist",              At("/checklist"),                   &[]),

    agent("settings",            "/settings",               At("/settings"),                    &[]),
    agent("settings-workspace",  "/settings/workspace",     At("/settings/workspace"),          &[]),
    agent("settings-hours",      "/settings/hours",         At("/settings/hours"),              &[]),
    agent("imports",             "/imports",                At("/imports"),                     &[]),
    agent("import-new",          "/imports/new",            At("/imports/new"),                 &[]),
    agent("import-draft",        "/imports/{id}",           Behind("/imports", "#imports-rows a[title='partners.csv']"), &[]),
    agent("import-done",         "/imports/{id}",           Behind("/imports", "#imports-rows a[title='customers-from-crm.csv']"), &[]),
    agent("settings-samples",    "/settings/samples",       At("/settings/samples"),            &[]),
    agent("security",            "/settings/security",      At("/settings/security"),           &[]),
    agent("authenticator",       "/settings/security/authenticator", At("/settings/security"),  &[Click("form[action$='/beginning'] button"), See(".qr")]),
    agent("profile",             "/settings/profile",       At("/settings/profile"),            &[]),
    agent("agents",              "/settings/agents",        At("/settings/agents"),             &[]),
    agent("agent-invite",        "/settings/agents/new",    At("/settings/agents/new"),         &[]),
    agent("agent",               "/settings/agents/{id}",   Behind("/settings/agents", "td a[href^='/settings/agents/agt_']"), &[]),
    agent("teams",               "/settings/teams",         At("/settings/teams"),              &[]),
    agent("team-new",            "/settings/teams/new",     At("/settings/teams/new"),          &[]),
    agent("team",                "/settings/teams/{id}",    Behind("/settings/teams", "td a[href^='/settings/teams/tem_']"), &[]),
    agent("roles",               "/settings/roles",         At("/settings/roles"),              &[]),
    agent("role-new",            "/settings/roles/new",     At("/settings/roles/new"),          &[]),
    agent("role",                "/settings/roles/{id}",    Behind("/settings/roles", "td a[href^='/settings/roles/rol_']"), &[]),
    agent("providers",           "/settings/providers",     At("/settings/providers"),          &[]),
    agent("provider-new",        "/settings/providers/new", At("/settings/providers/new"),      &[]),
    agent("provider",            "/settings/providers/{id}", Behind("/settings/providers", "td a[href^='/settings/providers/idp_']"), &[]),
    agent("tokens",              "/settings/tokens",        At("/settings/tokens"),             &[]),
    agent("token-new",           "/settings/tokens/new",    At("/settings/tokens/new"),         &[]),
    agent("token-made",          "/settings/tokens/new",    At("/settings/tokens/new"),         &[Click("[name=scopes]"), Click("[name=name]"), Press("Import"), Press(key::ENTER), See(".secret")]),
    agent("machine-new",         "/settings/tokens/machine", At("/settings/tokens/machine"),    &[]),
    agent("audit",               "/settings/audit",         At("/settings/audit"),              &[]),
    agent("mailboxes",           "/settings/mailboxes",     At("/settings/mailboxes"),          &[]),
    agent("mailbox-new",         "/settings/mailboxes/new", At("/settings/mailboxes/new"),      &[]),
    agent("mailbox-new-wrong",   "/settings/mailboxes/new", At("/settings/mailboxes/new"),      &[Click("[name=name]"), Press("Support"), Click("[name=address]"), Press("support"), Press(key::ENTER), See("[aria-invalid=true]")]),
    agent("mailbox",             "/settings/mailboxes/{id}", Behind("/settings/mailboxes", "#mailboxes-rows a"), &[]),
    agent("replies",             "/settings/replies",       At("/settings/replies"),            &[]),
    agent("replies-found",       "/settings/replies",       At("/settings/replies?q=steps&kind=macros"), &[]),
    agent("reply-new",           "/settings/replies/new",   At("/settings/replies/new"),        &[]),
    agent("reply-broken",        "/settings/replies/new",   At("/settings/replies/new"),        &[Click("[name=name]"), Press("Broken"), Click("[name=body]"), Press("Hello {{ contact.frist_name }}"), Click("[data-command=save]"), See("[aria-invalid=true]")]),
    agent("reply",               "/settings/replies/{id}",  Behind("/settings/replies", "#replies-rows a"), &[]),
    agent("reply-preview",       "/settings/replies/{id}",  Behind("/settings/replies", "#replies-rows a"), &[Click("[data-command=look]"), See("#preview")]),
    agent("numbers",             "/reports/support",        At("/reports/support?period=90"),   &[]),
    agent("numbers-compared",    "/reports/support",        At("/reports/support?period=30&compare=on&hours=working&by=tag"), &[]),
    agent("numbers-custom",      "/reports/support",        At("/reports/support?period=custom&from=2026-01-01&last=2026-12-31"), &[]),
    agent("numbers-rows",        "/reports/support/rows",   At("/reports/support/rows?of=solved&period=90"), &[]),
    agent("surveys",             "/surveys",                At("/surveys"),                     &[]),
    agent("surveys-none",        "/surveys",                At("/surveys?period=7&rating=middle&comments=on"), &[]),
    agent("ticket-survey",       "/tickets/{id}/survey",    Behind("/surveys", "#surveys-rows a[href$='/survey']"), &[]),
    agent("surveys-settings",    "/settings/surveys",       At("/settings/surveys"),            &[]),
    stranger("survey-closed",    "/s/{link}",               At("/s/no-such-link"),              &[]),
    stranger("board",            "/board/{link}",           Given("board"),                     &[See(".board-head")]),
    stranger("board-closed",     "/board/{link}",           At("/board/no-such-link"),          &[]),
    agent("counter",             "/counter",                At("/counter"),                     &[See("#counter-rows")]),
    agent("counter-quiet",       "/counter/{id}",           Behind("/counter", "nav.tabs a:not([aria-current])"), &[]),
    agent("counter-new",         "/counter/{id}/new",       Behind("/counter", "a[href^='/counter/'][href$='/new']"), &[]),
    agent("counter-slip",        "/counter/visits/{id}/slip", Behind("/counter", "#counter-rows a[href$='/slip']"), &[Print]),
    agent("counter-day",         "/counter/{id}/day",       Behind("/counter", "main a[href$='/day']"), &[]),
    agent("counter-places",      "/settings/counter",       At("/settings/counter"),            &[]),
    agent("counter-place-new",   "/settings/counter/new",   At("/settings/counter/new"),        &[]),
    agent("counter-place",       "/settings/counter/{id}",  Behind("/settings/counter", "#counter-places-rows a"), &[]),
    // The last of the strangers' stops: whoever has the codes before them has come in.
    stranger("recovery-codes",   "/settings/security",      SignInLink,                         &[Click(SECOND), See("[name=code]"), Click("[name=code]"), Code, Press(key::ENTER), See("nav.rail, .menu-button"), Go("/settings/security"), Click("[formaction$='/recovery-codes']"), See(".recovery-codes")]),
    agent("outgoing",            "/settings/outgoing",      At("/settings/outgoing"),           &[]),
    agent("outgoing-mail",       "/settings/outgoing/{id}", Behind("/settings/outgoing", "#outbox-rows a"), &[]),
    agent("signing",             "/settings/signing",       At("/settings/signing"),            &[]),
    agent("mails",               "/settings/mails",         At("/settings/mails"),              &[]),
    agent("mails-held",          "/settings/mails",         At("/settings/mails?state=suspended"), &[]),
    agent("mail-held",           "/mails/{id}",             Behind("/settings/mails?state=suspended", "#mails-rows a"), &[]),
    agent("mail",                "/mails/{id}",             Behind("/settings/mails?state=placed", "#mails-rows a"), &[]),
    agent("webhooks",            "/settings/webhooks",      At("/settings/webhooks"),           &[]),
    agent("webhook-new",         "/settings/webhooks/new",  At("/settings/webhooks/new"),       &[]),
    agent("webhook-new-wrong",   "/settings/webhooks/new",  At("/settings/webhooks/new"),       &[Click("[name=name]"), Press("Billing"), Click("[name=url]"), Press("http://10.0.0.1"), Press(key::ENTER), See("[aria-invalid=true]")]),
    agent("webhook-made",        "/settings/webhooks/new",  At("/settings/webhooks/new"),       &[Click("[name=name]"), Press("Made"), Click("[name=url]"), Press("https://example.com/made"), Press(key::ENTER), See("pre.code")]),
    agent("webhook",             "/settings/webhooks/{id}", Behind("/settings/webhooks", WEBHOOK), &[]),
    agent("webhook-edit",        "/settings/webhooks/{id}/edit", Behind("/settings/webhooks", WEBHOOK), &[Click("a[href$='/edit']"), See("[name=url]")]),
    agent("delivery",            "/settings/deliveries/{id}", Behind("/settings/webhooks", WEBHOOK), &[Click("#webhooks-log-rows a"), See("pre.code")]),
    agent("sources",             "/settings/sources",       At("/settings/sources"),            &[]),
    agent("source",              "/settings/sources/{id}",  Behind("/settings/sources", "#sources-rows a"), &[]),
    agent("usage-events",        "/settings/sources/events", At("/settings/sources/events"),    &[]),
    agent("usage-rejected",      "/settings/sources/events/rejected", At("/settings/sources/events/rejected"), &[]),
    agent("usage-unsettled",     "/settings/sources/events/unsettled", At("/settings/sources/events/unsettled"), &[]),
    agent("usage-refusal",       "/settings/sources/rejected/{id}", Behind("/settings/sources/events/rejected", "#usage-rejected-rows a"), &[]),
    agent("account-usage",       "/accounts/{id}/usage",    Behind("/accounts", ACCOUNT),       &[Click("a[href$='/usage']"), See("h1")]),
    agent("api",                 "/api",                    At("/api"),                         &[]),
    agent("api-part",            "/api",                    At("/api?part=timeline"),           &[]),
    agent("work",                "/settings/work",          At("/settings/work"),               &[]),
    agent("work-none",           "/settings/work",          At("/settings/work?state=dead"),    &[]),

    agent("preferences",         "/preferences",            At("/preferences"),                 &[]),
    agent("keys",                "/preferences/keys",       At("/preferences/keys"),            &[]),
    agent("keys-sheet",          "/preferences/keys",       At("/accounts"),                    &[Press("?"), See("#sheet-dialog form")]),
    agent("workspaces",          "/workspaces",             At("/workspaces"),                  &[]),
    agent("workspaces-sheet",    "/workspaces",             At("/accounts"),                    &[Click("[popovertarget='person-menu']"), Click("[href='/workspaces']"), See("#sheet-dialog form")]),
    agent("design",              "/design",                 At("/design"),                      &[]),
    agent("design-controls",     "/design",                 At("/design?part=controls"),        &[]),
    agent("design-select",       "/design",                 At("/design?part=controls"),        &[Click("#zone"), See("#zone-list")]),
    agent("design-data",         "/design",                 At("/design?part=data"),            &[]),
    agent("design-charts",       "/design",                 At("/design?part=charts"),          &[]),
    agent("design-surfaces",     "/design",                 At("/design?part=surfaces"),        &[]),
    agent("design-states",       "/design",                 At("/design?part=states"),          &[]),
    agent("design-rtl",          "/design",                 At("/design?part=surfaces&dir=rtl"), &[]),
    agent("toast",               "/design",                 At("/design?part=surfaces"),        &[Click("[data-toast]"), See(".toast")]),
    agent("dialog",              "/design",                 At("/design?part=surfaces"),        &[Click("[data-dialog]"), See("dialog[open]")]),
    agent("trouble-403",         "/design/trouble/{status}", At("/design/trouble/403"),         &[]),
    agent("trouble-404",         "/design/trouble/{status}", At("/no-such-page"),               &[]),
    agent("trouble-409",         "/design/trouble/{status}", At("/design/trouble/409"),         &[]),
    agent("trouble-500",         "/design/trouble/{status}", At("/design/trouble/500"),         &[]),
];

/// Addresses that answer `GET` with something else than a page, and what that is.
pub const NO_PAGES: &[(&str, &str)] = &[
    ("/counter/people", "who may be meant, as JSON"),
    ("/imports/{id}/refused", "a file"),
    ("/inbox", "leads on to a view"),
    ("/live", "a stream"),
    ("/mails/{id}/look", "stands in the frame of a page"),
    ("/mails/{id}/raw", "a file"),
    ("/tickets/files/{id}", "a file"),
    ("/reports", "leads on to the numbers of support"),
    ("/s/{link}/stop", "the same page as the link's own"),
    ("/search/palette", "what the palette shows, as JSON"),
    ("/settings/outgoing/{id}/raw", "a file"),
    ("/sourceConfig", "for SDKs, as JSON"),
    ("/sourceConfig/", "for SDKs, as JSON"),
    ("/v1/projects/{link}/settings", "for SDKs, as JSON"),
    ("/setup/{link}", "leads on to its first step"),
    ("/sign-in/provider/back", "the second of two steps"),
    ("/sign-in/provider/{provider}", "leads on to another system"),
    ("/sign-in/workspace", "the second of two steps"),
];

const fn stranger(name: &'static str, route: &'static str, way: Way, steps: &'static [Step]) -> Stop {
    Stop {
        name,
        route,
        visitor: Visitor::Stranger,
        way,
        steps,
    }
}

const fn agent(name: &'static str, route: &'static str, way: Way, steps: &'static [Step]) -> Stop {
    Stop {
        visitor: Visitor::Agent,
        ..stranger(name, route, way, steps)
    }
}
