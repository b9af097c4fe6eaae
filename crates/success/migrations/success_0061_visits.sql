-- Until when somebody has seen what changed at their accounts; before: what it was until the last time they said so.
create table book_visits (
  workspace_id bytea not null,
  agent_id bytea not null,
  seen_until bigint not null,
  before_until bigint not null,
  version bigint not null,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);
