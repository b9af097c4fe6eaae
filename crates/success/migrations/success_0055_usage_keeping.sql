-- For how many days a workspace keeps events as they came, and for how many before it was changed last.
create table usage_keeping (
  workspace_id bytea not null,
  days bigint not null,
  previous_days bigint not null,
  version bigint not null,
  set_by text not null,
  set_at bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);

create index usage_batches_by_arrival on usage_batches (workspace_id, received_at);

-- What is too old goes workspace by workspace now.
drop index usage_batches_by_age;
