-- What each account does with each feature, counted from usage_days for windows that end today. `before`: events in as many
-- days before the window. `weeks`: a bit for each of the last 13 weeks in which it was used, the lowest for the newest.
create table usage_adoption (
  workspace_id bytea not null,
  account_id bytea not null,
  feature_id bytea not null,
  people_7 bigint not null,
  events_7 bigint not null,
  before_7 bigint not null,
  people_30 bigint not null,
  events_30 bigint not null,
  before_30 bigint not null,
  people_90 bigint not null,
  events_90 bigint not null,
  before_90 bigint not null,
  weeks bigint not null,
  first_at bigint not null,
  last_at bigint not null,
  primary key (workspace_id, account_id, feature_id),
  foreign key (workspace_id, feature_id) references usage_features (workspace_id, id)
);

create index usage_adoption_by_feature on usage_adoption (workspace_id, feature_id, account_id);

-- Who was there at all: different people in each window.
create table usage_adopters (
  workspace_id bytea not null,
  account_id bytea not null,
  people_7 bigint not null,
  people_30 bigint not null,
  people_90 bigint not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id) references workspaces (id)
);

-- Accounts whose days of usage moved since they were counted, and since when. `revision` grows whenever they move again.
create table usage_adoption_due (
  workspace_id bytea not null,
  account_id bytea not null,
  moved_at bigint not null,
  revision bigint not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id) references workspaces (id)
);

create index usage_adoption_due_by_age on usage_adoption_due (workspace_id, moved_at, account_id);

-- All accounts together, as a list reads them: what happened before `counted_at` is in it.
create table usage_adoption_books (
  workspace_id bytea not null,
  counted_at bigint not null,
  content text not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);

-- global: what was folded before there was anything to count
insert into usage_adoption_due (workspace_id, account_id, moved_at, revision)
select distinct workspace_id, account_id, 0, 0
from usage_days
where account_id is not null;
