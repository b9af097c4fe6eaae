-- What metrics that people define count. `counted_as`: the version whose days in usage_own_days are this one's too, since it
-- counts the same events. `generation`: a batch of a lower one has not been counted for it; 0 where the days of all usage
-- suffice. `state`: `counting` events, writing the `history` of accounts, `done`.
create table usage_definitions (
  workspace_id bytea not null,
  metric_id bytea not null,
  version bigint not null,
  content text not null,
  counted_as bigint not null,
  generation bigint not null,
  state text not null,
  looked bigint not null,
  total bigint not null,
  since text not null,
  exact_from text not null,
  made_at bigint not null,
  made_by text not null,
  primary key (workspace_id, metric_id, version),
  foreign key (workspace_id, metric_id) references own_metrics (workspace_id, id)
);

-- What was counted of events with properties, by whom and when; whose it is stands in usage_days.
create table usage_own_days (
  workspace_id bytea not null,
  metric_id bytea not null,
  version bigint not null,
  person_id bytea not null,
  group_id bytea not null,
  feature_id bytea not null,
  day text not null,
  events bigint not null,
  total double precision not null,
  primary key (workspace_id, metric_id, version, person_id, group_id, feature_id, day),
  foreign key (workspace_id, feature_id) references usage_features (workspace_id, id)
);

-- For which generation of definitions a batch was counted.
alter table usage_batches add column measured bigint not null default 0;

create index usage_batches_by_measure on usage_batches (workspace_id, is_folded, measured, id);
