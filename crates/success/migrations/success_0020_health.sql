create table scorecards (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  stage_id bytea,
  tier_id bytea,
  version bigint not null,
  created_at bigint not null,
  removed_at bigint,
  removed_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

-- What a scorecard said, version by version: scores of the past name the one they were made with.
create table scorecard_versions (
  workspace_id bytea not null,
  scorecard_id bytea not null,
  version bigint not null,
  content text not null,
  made_by text not null,
  made_at bigint not null,
  primary key (workspace_id, scorecard_id, version),
  foreign key (workspace_id, scorecard_id) references scorecards (workspace_id, id)
);

-- The score of an account from a day on, until the next row.
create table health_days (
  workspace_id bytea not null,
  account_id bytea not null,
  day text not null,
  scorecard_id bytea not null,
  version bigint not null,
  score double precision,
  confidence double precision not null,
  band text not null,
  parts text not null,
  scored_at bigint not null,
  primary key (workspace_id, account_id, day),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create table health_now (
  workspace_id bytea not null,
  account_id bytea not null,
  day text not null,
  score double precision,
  confidence double precision not null,
  band text not null,
  shown text not null,
  trend double precision,
  way text not null,
  week_ago double precision,
  reason text not null,
  mrr bigint not null,
  since text not null,
  scored_at bigint not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create unique index health_by_revenue on health_now (workspace_id, mrr, account_id);
create unique index health_by_band on health_now (workspace_id, shown, mrr, account_id);

create table health_overrides (
  workspace_id bytea not null,
  id bytea not null,
  account_id bytea not null,
  band text not null,
  reason text not null,
  until_day text not null,
  set_by text not null,
  set_at bigint not null,
  ended_at bigint,
  ended_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create index health_overrides_of_account on health_overrides (workspace_id, account_id, id);
