-- One narrow row for each ticket with what reports count, kept with every change of it. Durations are seconds; the second of
-- each pair counts working hours alone. Days are those of the workspace's zone.
create table ticket_facts (
  workspace_id bytea not null,
  ticket_id bytea not null,
  number bigint not null,
  is_merged boolean not null,
  is_open boolean not null,
  opened_at bigint not null,
  opened_day text not null,
  opened_hour bigint not null,
  opened_weekday bigint not null,
  solved_at bigint,
  solved_day text,
  channel text not null,
  kind text not null,
  priority text not null,
  agent_id bytea,
  team_id bytea,
  mailbox_id bytea,
  tier_id bytea,
  tags text not null,
  replies bigint not null,
  is_reopened boolean not null,
  first_response bigint,
  first_response_work bigint,
  resolution bigint,
  resolution_work bigint,
  first_resolution bigint,
  first_resolution_work bigint,
  csat bigint,
  effort bigint,
  primary key (workspace_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id)
);

create index ticket_facts_by_opening on ticket_facts (workspace_id, opened_day, ticket_id);
create index ticket_facts_by_solving on ticket_facts (workspace_id, solved_day, ticket_id);
create index ticket_facts_open on ticket_facts (workspace_id, is_open, opened_day, ticket_id);

-- All facts of a day in one value, for reports over many days. A stale one is read from its facts until it is packed anew.
create table ticket_fact_days (
  workspace_id bytea not null,
  side text not null,
  day text not null,
  is_stale boolean not null,
  content bytea not null,
  primary key (workspace_id, side, day)
);

-- global: the clock looks for what is stale in all workspaces
create index ticket_fact_days_stale on ticket_fact_days (is_stale, workspace_id);

-- How far the facts of tickets that were there before have come.
create table ticket_fact_builds (
  workspace_id bytea not null,
  is_done boolean not null,
  primary key (workspace_id)
);
