-- The ids of a person are read in their order, a part after another.
drop index usage_edges_by_target;
create index usage_edges_by_target on usage_edges (workspace_id, to_id, from_id);

-- Accounts whose numbers rest while what a name did is put down to another account, a part after another.
create table usage_resting (
  workspace_id bytea not null,
  account_id bytea not null,
  name_id bytea not null,
  primary key (workspace_id, account_id, name_id),
  foreign key (workspace_id, name_id) references usage_names (workspace_id, id)
);

create index usage_resting_by_name on usage_resting (workspace_id, name_id);
