create table account_merges (
  workspace_id bytea not null,
  account_id bytea not null,
  into_id bytea not null,
  name text not null,
  record text not null,
  merged_by text not null,
  merged_at bigint not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id) references workspaces (id)
);

create index account_merges_by_into on account_merges (workspace_id, into_id, account_id);
