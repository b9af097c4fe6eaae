-- When something last came from outside in a ticket. Tickets from before have no row: nothing old is unread.
create table ticket_arrivals (
  workspace_id bytea not null,
  ticket_id bytea not null,
  arrived_at bigint not null,
  primary key (workspace_id, ticket_id)
);

-- When an agent last had a ticket before them, and was last told of it: named, given it, or marked by themselves. Zero is never.
create table ticket_looks (
  workspace_id bytea not null,
  agent_id bytea not null,
  ticket_id bytea not null,
  seen_at bigint not null,
  told_at bigint not null,
  moved_at bigint not null,
  primary key (workspace_id, agent_id, ticket_id)
);

create index ticket_looks_of_ticket on ticket_looks (workspace_id, ticket_id);
create index ticket_looks_by_move on ticket_looks (moved_at);
