-- global: a setup comes before the first workspace
create table setups (
  id bytea not null,
  token_hash bytea not null,
  draft text not null,
  created_at bigint not null,
  finished_at bigint,
  finished_by text,
  primary key (id)
);

-- global: a setup is looked up before there is a workspace
create unique index setups_by_token on setups (token_hash);

create table sample_loads (
  workspace_id bytea not null,
  wanted bigint not null,
  asked_by text not null,
  asked_at bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);

create table sample_accounts (
  workspace_id bytea not null,
  account_id bytea not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id)
);
