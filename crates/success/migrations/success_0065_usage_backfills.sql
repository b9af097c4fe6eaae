create table usage_backfills (
  workspace_id bytea not null,
  id bytea not null,
  source_id bytea not null,
  file_name text not null,
  hash bytea not null,
  size bigint not null,
  is_kept boolean not null,
  form text not null,
  dialect text not null,
  columns text not null,
  mapping text not null,
  writing text not null,
  until_day text,
  state text not null,
  problem text,
  agent_id bytea,
  asked_by text not null,
  created_at bigint not null,
  changed_at bigint not null,
  total bigint not null,
  position bigint not null,
  taken bigint not null,
  known bigint not null,
  left_out bigint not null,
  refused bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references usage_sources (workspace_id, id)
);

create index usage_backfills_by_file on usage_backfills (workspace_id, source_id, hash);

create table usage_backfill_refusals (
  workspace_id bytea not null,
  backfill_id bytea not null,
  line bigint not null,
  reason text not null,
  about text not null,
  primary key (workspace_id, backfill_id, line),
  foreign key (workspace_id, backfill_id) references usage_backfills (workspace_id, id)
);
