-- The day of the workspace for which something was done last that is done once a day.
create table workspace_days (
  workspace_id bytea not null,
  name text not null,
  day text not null,
  primary key (workspace_id, name),
  foreign key (workspace_id) references workspaces (id)
);

-- Accounts for which the rules of assignment found nobody; they are tried again.
create table assignment_waits (
  workspace_id bytea not null,
  account_id bytea not null,
  since_at bigint not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);
