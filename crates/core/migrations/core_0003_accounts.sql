create table accounts (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  name_folded text not null,
  website text,
  version bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint accounts_have_a_name check (name <> '')
);

create unique index accounts_by_name on accounts (workspace_id, name_folded, id);

create table account_closures (
  workspace_id bytea not null,
  account_id bytea not null,
  closed_by text not null,
  closed_at bigint not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id)
);

create table tallies (
  workspace_id bytea not null,
  name text not null,
  total bigint not null,
  primary key (workspace_id, name),
  foreign key (workspace_id) references workspaces (id)
);
