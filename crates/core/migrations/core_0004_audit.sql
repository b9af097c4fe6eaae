create table audit_entries (
  workspace_id bytea not null,
  number bigint not null,
  actor text not null,
  actor_id text not null,
  act text not null,
  subject text not null,
  subject_name text not null,
  subject_folded text not null,
  before text not null,
  after text not null,
  address text,
  user_agent text,
  session text,
  request_id text,
  created_at bigint not null,
  hash bytea not null,
  primary key (workspace_id, number),
  foreign key (workspace_id) references workspaces (id),
  constraint audit_entries_count_from_one check (number > 0)
);

create index audit_entries_by_actor on audit_entries (workspace_id, actor_id, number);
create index audit_entries_by_act on audit_entries (workspace_id, act, number);
create index audit_entries_by_subject on audit_entries (workspace_id, subject, number);

create table audit_heads (
  workspace_id bytea not null,
  number bigint not null,
  hash bytea not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);
