-- What a metric was from a day on, until the next row; no value where it is not known any more.
create table metric_days (
  workspace_id bytea not null,
  account_id bytea not null,
  metric text not null,
  day text not null,
  value double precision,
  as_of text,
  primary key (workspace_id, account_id, metric, day),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create table metric_now (
  workspace_id bytea not null,
  account_id bytea not null,
  metric text not null,
  value double precision not null,
  as_of text,
  since text not null,
  primary key (workspace_id, account_id, metric),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create index metric_now_by_value on metric_now (workspace_id, metric, value, account_id);
