//! Every kind of job and what runs it.

use std::time::Duration;

use desk::{bulk, dkim, mailboxes, mails, notices, numbers, outbox, own_views, surveys, tickets};
use kit::jobs::{Jobs, Options};
use kit::web::api::once;
use success::{alerts, health, playbooks, tasks, usage};
use tandem_core::{
    accounts, assignment, billing, contacts, doors, imports, invitations, invoices, ledger, metrics, samples,
    segments, stages, subscriptions, tiers, touchpoints, value, webhooks, worth,
};

/// What empties the trash.
fn trash_jobs(jobs: &mut Jobs) {
    jobs.reaction(Options::new(), tickets::bins::jobs::empty_all);
    jobs.reaction(Options::new(), tickets::bins::jobs::empty);
    jobs.every(
        "tickets.trash",
        "17 * * * *",
        "UTC",
        &tickets::bins::jobs::EmptyAll {},
    );
}

/// What tickets and mails do in the background.
fn desk_jobs(jobs: &mut Jobs) {
    jobs.reaction(Options::new(), tickets::jobs::wake_all);
    jobs.reaction(Options::new(), tickets::jobs::wake);
    jobs.reaction(Options::new(), tickets::jobs::forget);
    jobs.every("tickets.wake", "* * * * *", "UTC", &tickets::jobs::WakeAll {});
    trash_jobs(jobs);
    jobs.reaction(Options::new().limit(2), bulk::jobs::go);
    jobs.reaction(Options::new().limit(1), own_views::jobs::build);
    jobs.reaction(Options::new().limit(1), own_views::jobs::again);
    jobs.reaction(Options::new(), own_views::jobs::one);
    jobs.reaction(Options::new(), own_views::jobs::turn);
    jobs.every("views.turn", "* * * * *", "UTC", &own_views::jobs::Turn {});
    jobs.reaction(Options::new(), tickets::files::jobs::sweep);
    jobs.every(
        "tickets.files.sweep",
        "53 3 * * *",
        "UTC",
        &tickets::files::jobs::Sweep {},
    );
    jobs.reaction(Options::new(), tickets::scheduled::jobs::turn);
    jobs.reaction(Options::new(), tickets::scheduled::jobs::send);
    jobs.every(
        "tickets.scheduled",
        "* * * * *",
        "UTC",
        &tickets::scheduled::jobs::Turn {},
    );
    jobs.reaction(Options::new(), tickets::drafts::jobs::sweep);
    jobs.every(
        "tickets.drafts.sweep",
        "31 * * * *",
        "UTC",
        &tickets::drafts::jobs::Sweep {},
    );
    jobs.errand(Options::new(), notices::jobs::tell);
    jobs.reaction(Options::new(), surveys::jobs::ask);
    jobs.reaction(Options::new().limit(1), numbers::jobs::build);
    jobs.reaction(Options::new(), numbers::jobs::count);
    jobs.reaction(Options::new(), numbers::jobs::pack);
    jobs.reaction(Options::new(), numbers::jobs::turn);
    jobs.every("numbers.turn", "* * * * *", "UTC", &numbers::jobs::Turn {});
    jobs.errand(outbox::jobs::options(), outbox::send);
    jobs.reaction(Options::new(), dkim::jobs::turn);
    jobs.errand(Options::new(), dkim::jobs::check);
    jobs.every("dkim.turn", "13 * * * *", "UTC", &dkim::jobs::Turn {});
    mail_jobs(jobs);
    mailbox_jobs(jobs);
}

/// What becomes of mail that came.
fn mail_jobs(jobs: &mut Jobs) {
    jobs.errand(Options::new().time(mails::jobs::LONGEST), mails::jobs::read);
    jobs.errand(
        Options::new().limit(1).time(mails::old::jobs::LONGEST),
        mails::old::jobs::carry,
    );
    jobs.reaction(Options::new(), mails::old::jobs::sweep);
    jobs.every(
        "mails.sweep-old",
        "47 3 * * *",
        "UTC",
        &mails::old::jobs::Sweep {},
    );
    jobs.reaction(Options::new(), mails::held::sweep);
    jobs.every("mails.sweep-deleted", "51 3 * * *", "UTC", &mails::held::Sweep {});
    jobs.errand(
        Options::new().time(mails::large::jobs::LONGEST).limit(2),
        mails::large::jobs::fetch,
    );
}

/// What keeps mailboxes open and says when one is not.
fn mailbox_jobs(jobs: &mut Jobs) {
    use mailboxes::grants;
    use mails::{reconciling, replaying, warning};
    jobs.errand(
        Options::new().time(reconciling::jobs::LONGEST).limit(4),
        reconciling::jobs::reconcile,
    );
    jobs.errand(
        Options::new().time(replaying::jobs::LONGEST).limit(1),
        replaying::jobs::replay,
    );
    jobs.reaction(Options::new(), grants::jobs::turn);
    jobs.errand(Options::new(), grants::jobs::renew);
    jobs.errand(Options::new(), grants::revoking::revoke);
    jobs.every(
        "mailboxes.grants",
        "7,22,37,52 * * * *",
        "UTC",
        &grants::jobs::Turn {},
    );
    jobs.reaction(Options::new(), warning::turn);
    jobs.errand(Options::new(), warning::warn);
    jobs.every(
        "mails.alarm",
        "3,13,23,33,43,53 * * * *",
        "UTC",
        &warning::Turn {},
    );
}

/// What numbers of accounts and health do in the background.
fn success_jobs(jobs: &mut Jobs) {
    jobs.reaction(Options::new(), metrics::jobs::find);
    jobs.reaction(Options::new().limit(1), metrics::jobs::find_all);
    jobs.reaction(Options::new(), metrics::jobs::turn);
    // Days begin at other hours elsewhere. What is found comes before what rests on it.
    jobs.every("metrics.turn", "5,35 * * * *", "UTC", &metrics::jobs::Turn {});
    jobs.reaction(Options::new(), health::jobs::score);
    jobs.reaction(Options::new().limit(1), health::jobs::score_these);
    jobs.reaction(Options::new().limit(1), health::jobs::score_all);
    jobs.reaction(Options::new(), health::jobs::turn);
    jobs.reaction(Options::new(), health::jobs::begin);
    jobs.every("health.turn", "15,45 * * * *", "UTC", &health::jobs::Turn {});
    jobs.reaction(Options::new(), alerts::jobs::look);
    jobs.reaction(Options::new().limit(1), alerts::jobs::look_these);
    jobs.reaction(Options::new().limit(1), alerts::jobs::look_all);
    jobs.reaction(Options::new(), alerts::jobs::turn);
    jobs.errand(
        Options::new().limit(1).time(Duration::from_secs(1_800)),
        alerts::quality::jobs::compute,
    );
    jobs.reaction(Options::new(), alerts::digest::jobs::turn);
    jobs.errand(Options::new(), alerts::digest::jobs::write);
    jobs.every(
        "alerts.digests",
        "*/15 * * * *",
        "UTC",
        &alerts::digest::jobs::Turn {},
    );
    jobs.every("alerts.turn", "25,55 * * * *", "UTC", &alerts::jobs::Turn {});
    jobs.reaction(Options::new(), tasks::jobs::release);
    playbook_jobs(jobs);
}

/// What segments do in the background.
fn segment_jobs(jobs: &mut Jobs) {
    jobs.reaction(Options::new(), segments::jobs::follow);
    jobs.reaction(Options::new().limit(1), segments::jobs::follow_many);
    jobs.reaction(Options::new().limit(1), segments::jobs::follow_these);
    jobs.reaction(Options::new().limit(1), segments::jobs::build);
    jobs.reaction(Options::new().limit(1), segments::jobs::daily);
    jobs.reaction(Options::new(), segments::jobs::turn);
    // Days begin at other hours elsewhere.
    jobs.every("segments.turn", "5,35 * * * *", "UTC", &segments::jobs::Turn {});
}

/// What playbooks do in the background.
fn playbook_jobs(jobs: &mut Jobs) {
    jobs.reaction(Options::new(), playbooks::jobs::advance);
    jobs.reaction(Options::new(), playbooks::jobs::hear);
    jobs.reaction(Options::new(), playbooks::jobs::awaited);
    jobs.reaction(Options::new(), playbooks::jobs::go_on_all);
    jobs.reaction(Options::new(), playbooks::runs::leaving::leave);
    jobs.reaction(Options::new(), playbooks::jobs::turn);
    jobs.every("playbooks.turn", "*/10 * * * *", "UTC", &playbooks::jobs::Turn {});
    jobs.reaction(Options::new(), playbooks::jobs::nightly);
    jobs.reaction(Options::new(), playbooks::jobs::look_ahead);
    jobs.every(
        "playbooks.nightly",
        "53 1 * * *",
        "UTC",
        &playbooks::jobs::Nightly {},
    );
}

/// What invoices, value and billing do in the background.
fn money_jobs(jobs: &mut Jobs) {
    jobs.reaction(Options::new(), invoices::jobs::fall_due);
    jobs.reaction(Options::new(), invoices::jobs::fall_due_one);
    jobs.every(
        "invoices.fall-due",
        "16 * * * *",
        "UTC",
        &invoices::jobs::FallDue {},
    );
    jobs.errand(
        Options::new().limit(1).time(Duration::from_secs(1_800)),
        value::jobs::estimate,
    );
    jobs.reaction(Options::new(), billing::jobs::settle_one);
    jobs.reaction(Options::new(), billing::jobs::replay_all);
    jobs.reaction(Options::new(), value::jobs::weekly);
    jobs.every("value.weekly", "37 2 * * 1", "UTC", &value::jobs::Weekly {});
}

/// What usage does in the background.
fn usage_jobs(jobs: &mut Jobs) {
    jobs.reaction(Options::new(), usage::people::jobs::attribute);
    jobs.reaction(Options::new(), usage::people::jobs::settle);
    jobs.reaction(Options::new(), usage::people::jobs::spread);
    jobs.errand(Options::new().limit(1), usage::people::shifting::shift);
    jobs.reaction(Options::new(), usage::people::shifting::turn);
    jobs.every(
        "usage.shift-turn",
        "27 * * * *",
        "UTC",
        &usage::people::shifting::Turn {},
    );
    jobs.reaction(Options::new(), usage::log::scrubbing::scrub);
    jobs.errand(Options::new().limit(1), usage::lake::scrubbing::scrub);
    jobs.errand(Options::new().limit(1), usage::lake::sealing::seal);
    jobs.reaction(Options::new(), usage::lake::sealing::turn);
    jobs.every(
        "usage.seal-turn",
        "*/10 * * * *",
        "UTC",
        &usage::lake::sealing::Turn {},
    );
    jobs.errand(Options::new().limit(1), usage::folding::jobs::fold);
    jobs.reaction(Options::new().limit(1), usage::own::jobs::count);
    jobs.reaction(Options::new().limit(1), usage::own::jobs::history);
    jobs.errand(Options::new().limit(1), usage::own::sealed::count);
    jobs.reaction(Options::new(), usage::own::jobs::turn);
    jobs.errand(Options::new().limit(1), usage::measures::history::rewrite);
    jobs.errand(Options::new().limit(1), usage::measures::history::count);
    jobs.reaction(Options::new(), usage::measures::history::turn);
    jobs.every(
        "usage.history-turn",
        "*/10 * * * *",
        "UTC",
        &usage::measures::history::Turn {},
    );
    jobs.every("usage.own-turn", "* * * * *", "UTC", &usage::own::jobs::Turn {});
    jobs.errand(Options::new().limit(1), usage::adoption::jobs::adopt);
    jobs.reaction(Options::new(), usage::adoption::jobs::turn);
    jobs.every(
        "usage.adopt-turn",
        "*/5 * * * *",
        "UTC",
        &usage::adoption::jobs::Turn {},
    );
    jobs.errand(
        Options::new().limit(2).time(usage::backfill::jobs::LONGEST),
        usage::backfill::jobs::run,
    );
    jobs.reaction(Options::new().limit(1), usage::debugger::bulk::carry);
    jobs.reaction(Options::new(), usage::log::jobs::sweep);
    jobs.reaction(Options::new().limit(1), usage::keeping::jobs::sweep);
    jobs.every("usage.sweep", "7 4 * * *", "UTC", &usage::log::jobs::Sweep {});
}

/// What accounts do in the background.
fn account_jobs(jobs: &mut Jobs) {
    jobs.reaction(Options::new(), accounts::jobs::tally);
    jobs.reaction(Options::new(), accounts::doubles::jobs::look);
    jobs.reaction(Options::new().limit(1), accounts::doubles::jobs::look_many);
    jobs.reaction(Options::new().limit(1), accounts::doubles::jobs::look_all);
    jobs.reaction(Options::new(), accounts::doubles::jobs::turn);
    jobs.reaction(Options::new().limit(2), accounts::deeds::jobs::go);
    jobs.reaction(Options::new(), contacts::doubles::jobs::look);
    jobs.reaction(Options::new().limit(1), contacts::doubles::jobs::look_new);
    jobs.reaction(Options::new(), contacts::doubles::jobs::turn);
    jobs.every(
        "contact-doubles.turn",
        "23 2 * * *",
        "UTC",
        &contacts::doubles::jobs::Turn {},
    );
    jobs.every(
        "doubles.turn",
        "47 1 * * *",
        "UTC",
        &accounts::doubles::jobs::Turn {},
    );
}

/// Who looks after accounts.
fn assignment_jobs(jobs: &mut Jobs) {
    // Everybody's load is counted for each: one at a time, so that nobody gets what another has got meanwhile.
    jobs.reaction(Options::new().limit(1), assignment::jobs::assign);
    jobs.reaction(Options::new().limit(1), assignment::jobs::assign_many);
    jobs.reaction(Options::new().limit(1), assignment::jobs::release);
    jobs.reaction(Options::new().limit(1), assignment::jobs::again);
    jobs.reaction(Options::new().limit(1), assignment::jobs::entitle);
    jobs.reaction(Options::new(), assignment::jobs::turn);
    jobs.every(
        "assignment.turn",
        "3,18,33,48 * * * *",
        "UTC",
        &assignment::jobs::Turn {},
    );
}

/// Every kind of job and what runs it.
pub fn jobs() -> Jobs {
    let mut jobs = Jobs::new();
    account_jobs(&mut jobs);
    segment_jobs(&mut jobs);
    assignment_jobs(&mut jobs);
    jobs.reaction(Options::new(), touchpoints::jobs::follow);
    jobs.reaction(Options::new(), touchpoints::jobs::follow_all);
    jobs.errand(Options::new().limit(1), kit::blob::jobs::run);
    jobs.errand(Options::new().limit(2), samples::jobs::add);
    jobs.errand(
        Options::new().limit(2).time(imports::jobs::LONGEST),
        imports::jobs::run,
    );
    jobs.errand(Options::new().limit(1), imports::scrubbing::run);
    // The roll-ups have few rows, which every account shares: one at a time is quicker than many that wait.
    jobs.reaction(Options::new().limit(1), ledger::jobs::derive);
    jobs.reaction(Options::new(), subscriptions::jobs::turn);
    jobs.reaction(Options::new(), subscriptions::jobs::turn_one);
    jobs.every(
        "subscriptions.turn",
        "11 * * * *",
        "UTC",
        &subscriptions::jobs::Turn {},
    );
    jobs.reaction(Options::new(), worth::jobs::count);
    jobs.reaction(Options::new().limit(1), worth::jobs::count_all);
    jobs.reaction(Options::new(), worth::jobs::turn);
    jobs.every("worth.turn", "23 0 * * *", "UTC", &worth::jobs::Turn {});
    jobs.reaction(Options::new(), stages::jobs::begin);
    jobs.reaction(Options::new(), stages::jobs::begin_all);
    jobs.reaction(Options::new().limit(1), tiers::jobs::place_many);
    jobs.reaction(Options::new(), tiers::jobs::place);
    jobs.reaction(Options::new().limit(1), tiers::jobs::place_all);
    jobs.reaction(Options::new().limit(1), tiers::service::jobs::reach);
    success_jobs(&mut jobs);
    desk_jobs(&mut jobs);
    usage_jobs(&mut jobs);
    money_jobs(&mut jobs);
    jobs.reaction(Options::new(), once::sweep);
    jobs.reaction(Options::new(), webhooks::jobs::put);
    jobs.errand(
        Options::new()
            .attempts(100)
            .limit(16)
            .time(Duration::from_secs(60)),
        webhooks::jobs::deliver,
    );
    jobs.errand(Options::new(), webhooks::warning::warn);
    jobs.reaction(Options::new(), webhooks::jobs::sweep);
    jobs.every("webhooks.sweep", "29 3 * * *", "UTC", &webhooks::jobs::Sweep {});
    jobs.every("answers.sweep", "41 * * * *", "UTC", &once::Sweep {});
    jobs.reaction(Options::new(), doors::jobs::sweep);
    jobs.errand(Options::new(), doors::letters::send);
    jobs.errand(Options::new(), invitations::letters::send);
    jobs.every("doors.sweep", "43 * * * *", "UTC", &doors::jobs::Sweep {});
    jobs.every("blobs.sweep", "17 3 * * *", "UTC", &kit::blob::jobs::Sweep {});
    jobs
}
