alter table workspaces add column version bigint not null default 1;

create table calendars (
  workspace_id bytea not null,
  id bytea not null,
  version bigint not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create table calendar_hours (
  workspace_id bytea not null,
  calendar_id bytea not null,
  weekday bigint not null,
  opens bigint not null,
  closes bigint not null,
  primary key (workspace_id, calendar_id, weekday, opens),
  foreign key (workspace_id, calendar_id) references calendars (workspace_id, id),
  constraint calendar_hours_are_of_a_week check (weekday >= 1 and weekday <= 7),
  constraint calendar_hours_end_after_they_begin check (opens >= 0 and opens < closes and closes <= 1440)
);

create table calendar_holidays (
  workspace_id bytea not null,
  calendar_id bytea not null,
  day text not null,
  name text not null,
  primary key (workspace_id, calendar_id, day),
  foreign key (workspace_id, calendar_id) references calendars (workspace_id, id)
);
