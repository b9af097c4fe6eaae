create table usage_sources (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  version bigint not null,
  created_by text not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint usage_sources_have_a_name check (name <> '')
);

create table usage_source_stops (
  workspace_id bytea not null,
  source_id bytea not null,
  stopped_by text not null,
  stopped_at bigint not null,
  primary key (workspace_id, source_id),
  foreign key (workspace_id, source_id) references usage_sources (workspace_id, id)
);

create table usage_keys (
  workspace_id bytea not null,
  source_id bytea not null,
  key text not null,
  created_at bigint not null,
  expires_at bigint,
  primary key (workspace_id, source_id, key),
  foreign key (workspace_id, source_id) references usage_sources (workspace_id, id)
);

-- global: the key alone says of which workspace a batch of events is
create unique index usage_keys_by_key on usage_keys (key);
