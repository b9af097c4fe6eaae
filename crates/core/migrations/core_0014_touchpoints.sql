create table touchpoints (
  workspace_id bytea not null,
  id bytea not null,
  account_id bytea not null,
  contact_id bytea,
  kind text not null,
  channel text not null,
  direction text not null,
  author text not null,
  summary text not null,
  evidence text,
  happened_at bigint not null,
  recorded_at bigint not null,
  impression bigint,
  impression_by text,
  impression_reason text,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id),
  constraint touchpoints_impress_a_little check (impression is null or (impression >= -2 and impression <= 2))
);

create unique index touchpoints_by_account on touchpoints (workspace_id, account_id, happened_at, id);
create index touchpoints_by_contact on touchpoints (workspace_id, contact_id, happened_at, id);

create table touchpoint_impressions (
  workspace_id bytea not null,
  touchpoint_id bytea not null,
  number bigint not null,
  impression bigint,
  given_by text not null,
  reason text not null,
  given_at bigint not null,
  primary key (workspace_id, touchpoint_id, number),
  foreign key (workspace_id, touchpoint_id) references touchpoints (workspace_id, id)
);

create table touchpoint_withdrawals (
  workspace_id bytea not null,
  touchpoint_id bytea not null,
  withdrawn_by text not null,
  withdrawn_at bigint not null,
  primary key (workspace_id, touchpoint_id),
  foreign key (workspace_id, touchpoint_id) references touchpoints (workspace_id, id)
);
