create table ledger_movements (
  workspace_id bytea not null,
  account_id bytea not null,
  day text not null,
  currency text not null,
  kind text not null,
  amount bigint not null,
  closing bigint not null,
  is_active boolean not null,
  primary key (workspace_id, account_id, day, currency),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id)
);

create index ledger_movements_by_day on ledger_movements (workspace_id, day, account_id, currency);

create table ledger_months (
  workspace_id bytea not null,
  month text not null,
  currency text not null,
  kind text not null,
  amount bigint not null,
  movements bigint not null,
  primary key (workspace_id, month, currency, kind),
  foreign key (workspace_id) references workspaces (id)
);

create table ledger_accounts (
  workspace_id bytea not null,
  basis text not null,
  start_month text not null,
  month text not null,
  accounts bigint not null,
  primary key (workspace_id, basis, start_month, month),
  foreign key (workspace_id) references workspaces (id)
);

create table ledger_revenue (
  workspace_id bytea not null,
  basis text not null,
  start_month text not null,
  month text not null,
  currency text not null,
  amount bigint not null,
  kept bigint not null,
  primary key (workspace_id, basis, start_month, month, currency),
  foreign key (workspace_id) references workspaces (id)
);
