create table playbooks (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  status text not null,
  -- The event that starts it, by the published version; empty for none.
  listens text not null,
  version bigint not null,
  published bigint,
  created_at bigint not null,
  changed_at bigint not null,
  changed_by text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create index playbooks_by_event on playbooks (workspace_id, status, listens);

-- What a playbook said, version by version: a run keeps the one it began with.
create table playbook_versions (
  workspace_id bytea not null,
  playbook_id bytea not null,
  version bigint not null,
  content text not null,
  made_at bigint not null,
  made_by text not null,
  primary key (workspace_id, playbook_id, version),
  foreign key (workspace_id, playbook_id) references playbooks (workspace_id, id)
);

create table playbook_runs (
  workspace_id bytea not null,
  id bytea not null,
  playbook_id bytea not null,
  version bigint not null,
  account_id bytea not null,
  state text not null,
  -- 1 while it runs: an account has one run of a playbook at a time.
  live bigint,
  step bigint not null,
  wait_until bigint,
  waits_for text not null,
  cause text not null,
  why text not null,
  began_at bigint not null,
  began_by text not null,
  ended_at bigint,
  ended_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id, playbook_id) references playbooks (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create unique index playbook_runs_live on playbook_runs (workspace_id, playbook_id, account_id, live);
create index playbook_runs_of_account on playbook_runs (workspace_id, account_id, id);
create index playbook_runs_of_playbook on playbook_runs (workspace_id, playbook_id, id);
create index playbook_runs_waiting on playbook_runs (workspace_id, live, wait_until);
create index playbook_runs_for_task on playbook_runs (workspace_id, waits_for);

-- What became of each step of a run: once each, whatever is tried again. It names its account, so that a merge of accounts
-- keeps it together with its run.
create table playbook_steps (
  workspace_id bytea not null,
  run_id bytea not null,
  number bigint not null,
  account_id bytea not null,
  kind text not null,
  outcome text not null,
  subject text not null,
  reached_at bigint not null,
  primary key (workspace_id, run_id, number),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

-- Accounts that a playbook leaves alone on purpose, from the first time on when it would have begun.
create table playbook_holdouts (
  workspace_id bytea not null,
  playbook_id bytea not null,
  account_id bytea not null,
  cause text not null,
  held_at bigint not null,
  primary key (workspace_id, playbook_id, account_id),
  foreign key (workspace_id, playbook_id) references playbooks (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);
