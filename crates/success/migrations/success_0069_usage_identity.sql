-- With which call two names were first heard to belong together, and from which source; nothing where it was not kept.
alter table usage_edges add column heard_in text not null default '';
alter table usage_edges add column source_id bytea;

-- What belongs together no more because somebody said so: a name and another, or a name and the contact that it was taken for.
create table usage_ended_links (
  workspace_id bytea not null,
  from_id bytea not null,
  to_id bytea not null,
  ended_by text not null,
  ended_at bigint not null,
  primary key (workspace_id, from_id, to_id),
  foreign key (workspace_id, from_id) references usage_names (workspace_id, id)
);

create index usage_ended_links_by_target on usage_ended_links (workspace_id, to_id);

-- The account of what a person did where nothing else tells it: chosen by somebody.
create table usage_placements (
  workspace_id bytea not null,
  name_id bytea not null,
  account_id bytea not null,
  placed_by text not null,
  placed_at bigint not null,
  primary key (workspace_id, name_id),
  foreign key (workspace_id, name_id) references usage_names (workspace_id, id)
);

create index usage_placements_by_account on usage_placements (workspace_id, account_id);

-- Names that are left without an account on purpose.
create table usage_left_names (
  workspace_id bytea not null,
  name_id bytea not null,
  left_by text not null,
  left_at bigint not null,
  primary key (workspace_id, name_id),
  foreign key (workspace_id, name_id) references usage_names (workspace_id, id)
);

-- How far putting down anew is with a person of many ids, and after which of them it goes on; no row once it is through.
create table usage_spreads (
  workspace_id bytea not null,
  name_id bytea not null,
  after_id bytea not null,
  done bigint not null,
  total bigint not null,
  primary key (workspace_id, name_id),
  foreign key (workspace_id, name_id) references usage_names (workspace_id, id)
);
