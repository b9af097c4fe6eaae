-- Replies that are sent later. The ticket and the message are named, not bound: what was sent outlives them.
create table scheduled_replies (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  agent_id bytea not null,
  author text not null,
  may text not null,
  body text not null,
  then_status text,
  due_at bigint not null,
  moved_from bigint,
  unless_reply boolean not null,
  made_at bigint not null,
  state text not null,
  ended_at bigint,
  ended_by text,
  message_id bytea,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create index scheduled_replies_of_ticket on scheduled_replies (workspace_id, ticket_id, id);
create index scheduled_replies_by_state on scheduled_replies (workspace_id, state, due_at, id);
-- global: the clock looks through all workspaces
create index scheduled_replies_due on scheduled_replies (state, due_at);
