create table ladder_rungs (
  workspace_id bytea not null,
  id bytea not null,
  ladder text not null,
  name text not null,
  name_folded text not null,
  colour text not null,
  place bigint not null,
  threshold bigint,
  version bigint not null,
  created_at bigint not null,
  archived_at bigint,
  archived_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint ladder_rungs_have_a_name check (name <> '')
);

create unique index ladder_rungs_by_name on ladder_rungs (workspace_id, ladder, name_folded);

create table account_stages (
  workspace_id bytea not null,
  account_id bytea not null,
  number bigint not null,
  rung_id bytea not null,
  set_by text not null,
  since_at bigint not null,
  until_at bigint,
  primary key (workspace_id, account_id, number),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, rung_id) references ladder_rungs (workspace_id, id)
);

create index account_stages_now on account_stages (workspace_id, until_at, rung_id, account_id);

create table account_worths (
  workspace_id bytea not null,
  account_id bytea not null,
  mrr bigint not null,
  arr bigint not null,
  currency text not null,
  is_whole boolean not null,
  subscriptions bigint not null,
  renews text,
  counted_on text not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create table account_tiers (
  workspace_id bytea not null,
  account_id bytea not null,
  rung_id bytea,
  is_pinned boolean not null,
  reason text not null,
  set_by text not null,
  set_at bigint not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, rung_id) references ladder_rungs (workspace_id, id)
);
