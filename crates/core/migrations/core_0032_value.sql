create table value_settings (
  workspace_id bytea not null,
  margin bigint not null,
  discount bigint not null,
  horizon_months bigint not null,
  changed_at bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id),
  constraint value_settings_make_sense check (margin >= 0 and margin <= 10000 and discount >= 0 and horizon_months > 0)
);

create table value_requests (
  workspace_id bytea not null,
  asked_by text not null,
  asked_at bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);

create table value_estimates (
  workspace_id bytea not null,
  id bytea not null,
  made_at bigint not null,
  day text not null,
  currency text not null,
  accounts bigint not null,
  total bigint not null,
  models text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create table account_values (
  workspace_id bytea not null,
  estimate_id bytea not null,
  account_id bytea not null,
  worth bigint not null,
  reasons text not null,
  primary key (workspace_id, estimate_id, account_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id)
);

create index account_values_by_worth on account_values (workspace_id, estimate_id, worth, account_id);

create index account_values_of_account on account_values (workspace_id, account_id, estimate_id);
