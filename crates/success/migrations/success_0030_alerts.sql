-- A rule of early warning; key: which of the library it began as, empty for one's own.
create table warning_rules (
  workspace_id bytea not null,
  id bytea not null,
  key text not null,
  version bigint not null,
  created_at bigint not null,
  removed_at bigint,
  removed_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create unique index warning_rules_of_library on warning_rules (workspace_id, key) where key <> '';

-- What a rule said, version by version: alerts name the one that found them.
create table warning_rule_versions (
  workspace_id bytea not null,
  rule_id bytea not null,
  version bigint not null,
  content text not null,
  made_by text not null,
  made_at bigint not null,
  primary key (workspace_id, rule_id, version),
  foreign key (workspace_id, rule_id) references warning_rules (workspace_id, id)
);

create table alerts (
  workspace_id bytea not null,
  id bytea not null,
  account_id bytea not null,
  rule_id bytea not null,
  version bigint not null,
  way text not null,
  state text not null,
  severity text not null,
  -- Revenue in a month times the confidence of health: the same for all alerts of an account, so that they stand together.
  rank bigint not null,
  mrr bigint not null,
  confidence double precision not null,
  usual bigint not null,
  -- What was found when it was opened, and what is found now.
  found text not null,
  finds text not null,
  opened_day text not null,
  opened_at bigint not null,
  -- Since when the cause is gone.
  quiet_since text,
  taken_by bytea,
  snoozed_until text,
  word text not null,
  words text not null,
  closed_at bigint,
  closed_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, rule_id) references warning_rules (workspace_id, id),
  foreign key (workspace_id, taken_by) references agents (workspace_id, id)
);

create unique index alerts_once on alerts (workspace_id, account_id, rule_id) where closed_at is null;
create index alerts_by_rank on alerts (workspace_id, state, rank, account_id, id);
create index alerts_by_end on alerts (workspace_id, closed_at, id) where closed_at is not null;
create index alerts_of_account on alerts (workspace_id, account_id, opened_at);

-- What happened to an alert, and what it was before, so that it can be taken back.
create table alert_changes (
  workspace_id bytea not null,
  id bytea not null,
  alert_id bytea not null,
  account_id bytea not null,
  did text not null,
  before text not null,
  after text not null,
  done_by text not null,
  done_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create index alert_changes_of_alert on alert_changes (workspace_id, alert_id, id);

-- What an account usually brings: severity is measured against it. Counted once a day.
create table alert_scales (
  workspace_id bytea not null,
  day text not null,
  usual bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);
