create table usage_names (
  workspace_id bytea not null,
  id bytea not null,
  kind text not null,
  value text not null,
  title text,
  email text,
  titled_at bigint not null,
  contact_id bytea,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create unique index usage_names_by_value on usage_names (workspace_id, kind, value);
create index usage_names_by_email on usage_names (workspace_id, email);
create index usage_names_by_contact on usage_names (workspace_id, contact_id);

create table usage_edges (
  workspace_id bytea not null,
  from_id bytea not null,
  to_id bytea not null,
  seen_at bigint not null,
  primary key (workspace_id, from_id, to_id),
  foreign key (workspace_id, from_id) references usage_names (workspace_id, id),
  foreign key (workspace_id, to_id) references usage_names (workspace_id, id)
);

create index usage_edges_by_target on usage_edges (workspace_id, to_id);

create table usage_features (
  workspace_id bytea not null,
  id bytea not null,
  call text not null,
  name text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create unique index usage_features_by_name on usage_features (workspace_id, call, name);

create table usage_days (
  workspace_id bytea not null,
  person_id bytea not null,
  group_id bytea not null,
  feature_id bytea not null,
  day text not null,
  events bigint not null,
  first_at bigint not null,
  last_at bigint not null,
  who_id bytea not null,
  account_id bytea,
  primary key (workspace_id, person_id, group_id, feature_id, day),
  foreign key (workspace_id, feature_id) references usage_features (workspace_id, id)
);

create index usage_days_by_account on usage_days (workspace_id, account_id, day);
create index usage_days_by_group on usage_days (workspace_id, group_id);

create table usage_moves (
  workspace_id bytea not null,
  moved_at bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);
