-- Agents are named, not bound: a segment outlives its owner. The definition is JSON.
create table segments (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  name_folded text not null,
  about text not null,
  owner_id bytea,
  definition text not null,
  is_timed boolean not null,
  is_counted boolean not null,
  total bigint not null,
  version bigint not null,
  created_at bigint not null,
  created_by text not null,
  changed_at bigint not null,
  changed_by text not null,
  removed_at bigint,
  removed_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

-- What changes with every account, apart from the definitions that every account is looked at by. `members` is kept with
-- the rows of `segment_members`; `looked` of `total` says how far a new definition has gone through all accounts.
create table segment_counts (
  workspace_id bytea not null,
  segment_id bytea not null,
  members bigint not null,
  looked bigint not null,
  primary key (workspace_id, segment_id),
  foreign key (workspace_id, segment_id) references segments (workspace_id, id) on delete cascade
);

-- Which accounts are in which segment, since when.
create table segment_members (
  workspace_id bytea not null,
  segment_id bytea not null,
  account_id bytea not null,
  entered_at bigint not null,
  primary key (workspace_id, segment_id, account_id),
  foreign key (workspace_id, segment_id) references segments (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create index segment_members_of_account on segment_members (workspace_id, account_id);
create index segment_members_by_entry on segment_members (workspace_id, segment_id, entered_at, account_id);

-- The day of the workspace up to which conditions with time were looked at.
create table segment_days (
  workspace_id bytea not null,
  day text not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);
