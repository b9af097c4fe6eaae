-- How often an event that was taken came again.
alter table usage_seen add column again bigint not null default 0;

-- Rejected events that are sent again together: which, and how far that is.
create table usage_replays (
  workspace_id bytea not null,
  id bytea not null,
  source_id bytea,
  reason text not null,
  begun_by text not null,
  begun_at bigint not null,
  total bigint not null,
  tried bigint not null,
  taken bigint not null,
  ended_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references usage_sources (workspace_id, id)
);
