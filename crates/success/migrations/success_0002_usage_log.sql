create table usage_batches (
  workspace_id bytea not null,
  id bytea not null,
  source_id bytea not null,
  received_at bigint not null,
  events bigint not null,
  body bytea not null,
  is_folded boolean not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references usage_sources (workspace_id, id)
);

create index usage_batches_by_source on usage_batches (workspace_id, source_id, id);
-- global: folding goes through all workspaces
create index usage_batches_by_state on usage_batches (is_folded, workspace_id, id);

create table usage_seen (
  workspace_id bytea not null,
  message bytea not null,
  batch_id bytea not null,
  seen_at bigint not null,
  primary key (workspace_id, message)
);

-- global: the sweep goes through all workspaces
create index usage_seen_by_age on usage_seen (seen_at);

create table usage_refusals (
  workspace_id bytea not null,
  id bytea not null,
  source_id bytea not null,
  received_at bigint not null,
  sent_at bigint,
  call text not null,
  reason text not null,
  about text not null,
  body bytea not null,
  is_whole boolean not null,
  settled_by text,
  settled_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references usage_sources (workspace_id, id)
);

create index usage_refusals_by_source on usage_refusals (workspace_id, source_id, id);
-- global: the sweep goes through all workspaces
create index usage_refusals_by_age on usage_refusals (received_at);
