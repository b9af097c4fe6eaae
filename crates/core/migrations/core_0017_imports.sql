create table imports (
  workspace_id bytea not null,
  id bytea not null,
  target text not null,
  file_name text not null,
  hash bytea not null,
  size bigint not null,
  dialect text not null,
  has_header boolean not null,
  columns text not null,
  mapping text not null,
  state text not null,
  problem text,
  agent_id bytea,
  asked_by text not null,
  created_at bigint not null,
  changed_at bigint not null,
  total bigint not null,
  position bigint not null,
  added bigint not null,
  changed bigint not null,
  unchanged bigint not null,
  refused bigint not null,
  taken_back bigint not null,
  left_alone bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create table import_rows (
  workspace_id bytea not null,
  import_id bytea not null,
  row_number bigint not null,
  outcome text not null,
  subject_id bytea,
  version bigint,
  detail text not null,
  primary key (workspace_id, import_id, row_number),
  foreign key (workspace_id, import_id) references imports (workspace_id, id)
);

create table import_keys (
  workspace_id bytea not null,
  target text not null,
  key text not null,
  subject_id bytea not null,
  import_id bytea not null,
  row_number bigint not null,
  primary key (workspace_id, target, key),
  foreign key (workspace_id) references workspaces (id)
);

create index import_keys_by_subject on import_keys (workspace_id, target, subject_id);
