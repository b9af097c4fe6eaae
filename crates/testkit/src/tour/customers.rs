//! The stops at customers: accounts and their people, what they buy, and how a company shapes that.

use crate::browser::key;

use super::Step::{Click, Press, Print, See};
use super::Way::{At, Behind, Under};
use super::{ACCOUNT, CONTACT, Stop, TICKET, agent, stranger};

/// Links of the renewals calendar, and what an account's page shows of its subscriptions.
const RENEWING: &str = "main a[href^='/accounts/acc_']";
const SUBSCRIPTION: &str = "main a[href^='/subscriptions/sub_']";
const ADD_SUBSCRIPTION: &str = "a[href$='/subscriptions/new']";
const ORDER: &str = "#orders-rows a[href^='/orders/ord_']";
const ORDERING: &str = "#orders-rows a[href^='/accounts/acc_']";
const ADD_ORDER: &str = "a[href$='/orders/new']";
const INVOICE: &str = "#invoices-rows a[href^='/invoices/ivc_']";
const BILLED: &str = "#invoices-rows a[href^='/accounts/acc_']";
const ADD_INVOICE: &str = "a[href$='/invoices/new']";

#[rustfmt::skip]
pub(super) const STOPS: &[Stop] = &[
    agent("accounts",            "/accounts",               At("/accounts"),                    &[]),
    agent("segments",            "/segments",               At("/segments"),                    &[]),
    agent("segment-new",         "/segments/new",           At("/segments/new"),                &[Click("[value='group.0']"), See("[name='subject.3']"), Click("[name=name]"), Press("Long"), Press(key::ENTER), See("[aria-invalid=true]")]),
    agent("segment",             "/segments/{id}",          Behind("/segments", "#segment-rows td.main a"), &[]),
    agent("segment-edit",        "/segments/{id}/edit",     Behind("/segments", "#segment-rows td.main a"), &[Click("[data-command=edit]"), See("[name='subject.1']")]),
    agent("account-segments",    "/accounts/{id}/segments", Behind("/accounts", ACCOUNT),       &[Click("a[href$='/segments']:not(nav a)"), See("h1")]),
    agent("account-new",         "/accounts/new",           At("/accounts/new"),                &[]),
    agent("account-new-wrong",   "/accounts/new",           At("/accounts/new"),                &[Click("[name=name]"), Press(" "), Press(key::ENTER), See("[aria-invalid=true]")]),
    agent("account",             "/accounts/{id}",          Behind("/accounts", ACCOUNT),       &[]),
    agent("account-print",       "/accounts/{id}",          Behind("/accounts", ACCOUNT),       &[Print]),
    agent("account-edit",        "/accounts/{id}/edit",     Behind("/accounts", ACCOUNT),       &[Click("a[href$='/edit']"), See("[name=name]")]),

    agent("accounts-chosen",     "/accounts",               At("/accounts"),                    &[Click("#accounts-rows .pick input"), See(".bulk"), Click("[data-command=bulk]"), See(".bulk-fields")]),
    agent("accounts-bulk",       "/accounts/bulk/{id}",     At("/accounts"),                    &[Click("#accounts-rows .pick input"), See(".bulk"), Click(".bulk [name=all]"), Click(".bulk [value=take]"), See(".facts")]),
    agent("accounts-bulk-count", "/accounts/bulk/count",    At("/accounts/bulk/count"),         &[]),
    agent("contact-doubles",     "/contacts/doubles",       At("/contacts/doubles"),            &[]),
    agent("account-doubles",     "/accounts/doubles",       At("/accounts/doubles"),           &[]),
    agent("account-merge",       "/accounts/{id}/merge",    Behind("/accounts", ACCOUNT),       &[Click("a[href$='/merge']"), See("main [name=q]")]),
    agent("account-merge-preview", "/accounts/{id}/merge",  Behind("/accounts", ACCOUNT),       &[Click("a[href$='/merge']"), See("main [name=q]"), Click("main [name=q]"), Press("a"), Press(key::ENTER), See("a[href*='with=acc_']"), Click("a[href*='with=acc_']"), See("button[data-command=merge]")]),

    agent("account-history",     "/accounts/{id}/history",  Behind("/accounts", ACCOUNT),       &[Click("a[href$='/history']"), See("h1")]),
    agent("account-fields",      "/accounts/{id}/fields",   Behind("/accounts", ACCOUNT),       &[Click("a[href$='/fields']"), See("h1")]),
    agent("account-fields-edit", "/accounts/{id}/fields/edit", Behind("/accounts", ACCOUNT),     &[Click("a[href$='/fields']"), See("h1"), Click("a[href$='/fields/edit']"), See("main form.form")]),
    agent("contact-fields",      "/contacts/{id}/fields",   Behind("/contacts", CONTACT),       &[Click("a[href$='/fields']"), See("h1")]),
    agent("contact-fields-edit", "/contacts/{id}/fields/edit", Behind("/contacts", CONTACT),     &[Click("a[href$='/fields']"), See("h1"), Click("a[href$='/fields/edit']"), See("main form.form")]),
    agent("account-stages",      "/accounts/{id}/stages",   Behind("/accounts", ACCOUNT),       &[Click("a[href$='/stages']"), See("h1")]),
    agent("account-tier",        "/accounts/{id}/tier",     Behind("/accounts", ACCOUNT),       &[Click("a[href$='/tier']"), See("h1")]),
    agent("account-owner",       "/accounts/{id}/owner",    Behind("/accounts", ACCOUNT),       &[Click("a[href$='/owner']"), See("h1")]),
    agent("account-family",      "/accounts/{id}/family",   Behind("/accounts", ACCOUNT),       &[Click("a[href$='/family']"), See("h1")]),
    agent("account-external-ids", "/accounts/{id}/external-ids", Behind("/accounts", ACCOUNT),   &[Click("a[href$='/external-ids']"), See("h1")]),
    agent("account-contacts",    "/accounts/{id}/contacts", Behind("/accounts", ACCOUNT),       &[Click("a[href$='/contacts']:not(nav a)"), See("h1")]),
    agent("account-timeline",    "/accounts/{id}/touchpoints", Behind("/accounts", ACCOUNT),     &[Click("a[href$='/touchpoints']"), See("h1")]),
    agent("touchpoint-new",      "/accounts/{id}/touchpoints/new", Behind("/accounts", ACCOUNT), &[See("[data-command=touchpoint]"), Click("[data-command=touchpoint]"), See("[name=summary]")]),
    agent("contact-timeline",    "/contacts/{id}/touchpoints", Behind("/contacts", CONTACT),     &[Click("a[href$='/touchpoints']"), See("h1")]),
    agent("contacts",            "/contacts",               At("/contacts"),                    &[]),
    agent("contact-new",         "/contacts/new",           At("/contacts/new"),                &[]),
    agent("contact-new-wrong",   "/contacts/new",           At("/contacts/new"),                &[Click("[name=name]"), Press(" "), Press(key::ENTER), See("[aria-invalid=true]")]),
    agent("contact",             "/contacts/{id}",          Behind("/contacts", CONTACT),       &[]),
    agent("contact-edit",        "/contacts/{id}/edit",     Behind("/contacts", CONTACT),       &[Click("a[href$='/edit']"), See("[name=name]")]),
    agent("contact-merge",       "/contacts/{id}/merge",    Behind("/contacts", CONTACT),       &[Click("a[href$='/merge']"), See("[name=q]")]),
    agent("contact-erase",       "/contacts/{id}/erasure",  Behind("/contacts", CONTACT),       &[Click("a[href$='/erasure']"), See("form[action$='/erasure']")]),
    agent("membership-new",      "/contacts/{id}/memberships/new", Behind("/contacts", CONTACT), &[Click("a[href$='/memberships/new']"), See("[name=account]")]),
    agent("membership",          "/memberships/{id}",       Behind("/contacts", CONTACT),       &[Click(".lines:has(a[href^='/memberships/']) summary"), Click("a[href^='/memberships/']"), See("[name=title]")]),
    agent("contacts-erasures",   "/contacts/erasures",      At("/contacts/erasures"),           &[]),
    agent("account-subscriptions", "/accounts/{id}/subscriptions", Behind("/accounts", ACCOUNT), &[Click("a[href$='/subscriptions']"), See("h1")]),
    agent("subscription-new",    "/accounts/{id}/subscriptions/new", Behind("/renewals", RENEWING), &[See(ADD_SUBSCRIPTION), Click(ADD_SUBSCRIPTION), See("[name=seats]")]),
    agent("subscription-new-wrong", "/accounts/{id}/subscriptions/new", Behind("/renewals", RENEWING), &[See(ADD_SUBSCRIPTION), Click(ADD_SUBSCRIPTION), See("[name=seats]"), Click("[name=price]"), Press("1,234.567"), Press(key::ENTER), See("[aria-invalid=true]")]),
    agent("subscription",        "/subscriptions/{id}",     Behind("/renewals", SUBSCRIPTION),  &[]),
    agent("subscription-edit",   "/subscriptions/{id}/edit", Behind("/renewals", SUBSCRIPTION), &[Click("a[href$='/edit']"), See("[name=seats]")]),
    agent("subscription-end",    "/subscriptions/{id}/cancellation", Behind("/renewals", SUBSCRIPTION), &[Click("a[href$='/cancellation']"), See("[name=reason]")]),
    agent("orders",              "/orders",                 At("/orders"),                      &[]),
    agent("orders-none",         "/orders",                 At("/orders?number=none"),          &[]),
    agent("order",               "/orders/{id}",            Behind("/orders", ORDER),           &[]),
    agent("order-edit",          "/orders/{id}/edit",       Behind("/orders", ORDER),           &[Click("a[href$='/edit']"), See("[name=number]")]),
    agent("account-orders",      "/accounts/{id}/orders",   Behind("/orders", ORDERING),        &[Click("a[href$='/orders']:not(nav a)"), See("h1")]),
    agent("order-new",           "/accounts/{id}/orders/new", Behind("/orders", ORDERING),      &[See(ADD_ORDER), Click(ADD_ORDER), See("[name=number]")]),
    agent("invoices",            "/invoices",               At("/invoices"),                    &[]),
    agent("invoices-none",       "/invoices",               At("/invoices?number=none"),        &[]),
    agent("invoice",             "/invoices/{id}",          Behind("/invoices", INVOICE),       &[]),
    agent("invoice-edit",        "/invoices/{id}/edit",     Behind("/invoices", INVOICE),       &[Click("a[href$='/edit']"), See("[name=number]")]),
    agent("account-invoices",    "/accounts/{id}/invoices", Behind("/invoices", BILLED),        &[Click("a[href$='/invoices']:not(nav a)"), See("h1")]),
    agent("invoice-new",         "/accounts/{id}/invoices/new", Behind("/invoices", BILLED),    &[See(ADD_INVOICE), Click(ADD_INVOICE), See("[name=number]")]),
    agent("renewals",            "/renewals",               At("/renewals"),                    &[]),
    agent("renewals-none",       "/renewals",               At("/renewals?from=2019-01-01"),    &[]),
    agent("retention",           "/retention",              At("/retention"),                   &[]),
    agent("retention-revenue",   "/retention",              At("/retention?by=revenue"),        &[]),
    agent("retention-accounts",  "/retention/accounts",     At("/retention/accounts?of=start"), &[]),
    agent("retention-moved",     "/retention/accounts",     At("/retention/accounts?of=new"),   &[]),
    agent("retention-cohort",    "/retention/accounts",     Behind("/retention", "#retention-cohorts a"), &[]),
    agent("retention-none",      "/retention/accounts",     At("/retention/accounts?of=churn&from=2019-01-01&last=2019-02-01"), &[]),
    agent("tags",                "/settings/tags",          At("/settings/tags"),               &[]),
    agent("tag",                 "/settings/tags/{id}",     Behind("/settings/tags", "#tags-rows a"), &[]),
    agent("fields",              "/settings/fields",        At("/settings/fields"),             &[]),
    agent("field-new",           "/settings/fields/new",    At("/settings/fields/new"),         &[]),
    agent("field",               "/settings/fields/{id}",   Behind("/settings/fields", "#fields-account-rows a"), &[]),
    agent("statuses",            "/settings/statuses",      At("/settings/statuses"),           &[]),
    agent("status-new",          "/settings/statuses/new",  At("/settings/statuses/new"),       &[]),
    agent("status",              "/settings/statuses/{id}", Behind("/settings/statuses", "#statuses-waiting-rows a"), &[]),
    agent("reopening",           "/settings/reopening",     At("/settings/reopening"),          &[]),
    agent("reopening-wrong",     "/settings/reopening",     At("/settings/reopening"),          &[Click("[name=days]"), Press("x"), Press(key::ENTER), See("[aria-invalid=true]")]),
    agent("forms",               "/settings/forms",         At("/settings/forms"),              &[]),
    agent("form-new",            "/settings/forms/new",     At("/settings/forms/new"),          &[]),
    agent("form",                "/settings/forms/{id}",    Behind("/settings/forms", "#forms-rows td.main a"), &[]),
    agent("form-preview",        "/settings/forms/{id}/preview", Behind("/settings/forms", "#forms-rows td.main a"), &[Click("[data-command=test]"), See("main .card")]),
    agent("form-words",          "/settings/forms/{id}/words", Behind("/settings/forms", "#forms-rows td.main a"), &[Click("main a[href$='/words']"), See("nav.tabs")]),
    agent("form-page",           "/forms/{link}",           Behind("/settings/forms", "#forms-rows a.form-page"), &[See("[name=email]")]),
    stranger("form-closed",      "/forms/{link}",           At("/forms/no-such-link"),          &[]),
    agent("ticket-details",      "/tickets/{id}/details",   Under("/inbox/solved", TICKET, "/details"), &[See("h1")]),
    agent("ticket-details-edit", "/tickets/{id}/details/edit", Under("/inbox/solved", TICKET, "/details/edit"), &[See("[name^='f.']")]),
    agent("stages",              "/settings/stages",        At("/settings/stages"),             &[]),
    agent("stage",               "/settings/stages/{id}",   Behind("/settings/stages", "#rungs-rows a"), &[]),
    agent("tiers",               "/settings/tiers",         At("/settings/tiers"),              &[]),
    agent("tier",                "/settings/tiers/{id}",    Behind("/settings/tiers", "#rungs-rows a"), &[]),
    agent("tier-service",        "/settings/tiers/{id}/service", Behind("/settings/tiers", "#rungs-rows a.service"), &[]),
    agent("account-service",     "/accounts/{id}/service",  Under("/accounts", ACCOUNT, "/service"), &[See("h1")]),
    agent("book-high",           "/book",                   At("/book?touch=high_touch"),       &[]),
    agent("book",                "/book",                   At("/book"),                        &[]),
    agent("book-none",           "/book",                   At("/book?agent=none"),             &[]),
    agent("assignment",          "/settings/assignment",    At("/settings/assignment"),         &[]),
    agent("assignment-new",      "/settings/assignment/new", At("/settings/assignment/new"),    &[]),
    agent("assignment-rule",     "/settings/assignment/{id}", Behind("/settings/assignment", "#rules-rows a"), &[]),
    agent("retention-orders",    "/retention/orders",       Behind("/retention", "a[href^='/retention/orders?of=again']"), &[]),
];
