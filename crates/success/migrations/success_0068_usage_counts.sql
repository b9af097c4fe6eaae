-- What of usage counts: key events and the milestone of first value, as JSON, with what was set before.
create table usage_counts (
  workspace_id bytea not null,
  content text not null,
  previous text not null,
  version bigint not null,
  set_by text not null,
  set_at bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);

-- Accounts whose numbers of the past are to be written anew, from a day on.
create table usage_pasts (
  workspace_id bytea not null,
  account_id bytea not null,
  from_day text not null,
  asked_at bigint not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

-- How many of them there are together, while there are any.
create table usage_past_runs (
  workspace_id bytea not null,
  total bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);

-- From which day on what a file brought is known.
alter table usage_backfills add column first_day text;

-- global: of files that were taken before this was kept, the first day of usage
update usage_backfills
set first_day = (select min(d.day) from usage_days d where d.workspace_id = usage_backfills.workspace_id)
where taken > 0;
