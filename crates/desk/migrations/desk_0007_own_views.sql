-- Agents and teams are named, not bound: a view outlives them. Conditions are JSON.
create table inbox_views (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  name_folded text not null,
  audience text not null,
  owner_id bytea,
  team_id bytea,
  conditions text not null,
  sort_by text not null,
  is_counted boolean not null,
  version bigint not null,
  created_at bigint not null,
  created_by text not null,
  removed_at bigint,
  removed_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

-- Which tickets lie in which view, kept with every change of a ticket. A bucket is the agent whose tickets they are in a view
-- of "mine", sixteen zeros in others. One that is not in yet comes in when it has been quiet for long enough.
create table inbox_view_tickets (
  workspace_id bytea not null,
  view_id bytea not null,
  ticket_id bytea not null,
  bucket bytea not null,
  is_in boolean not null,
  sort_key bigint not null,
  due_at bigint,
  primary key (workspace_id, view_id, ticket_id),
  foreign key (workspace_id, view_id) references inbox_views (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id)
);

create index inbox_view_tickets_in_order on inbox_view_tickets (workspace_id, view_id, is_in, bucket, sort_key, ticket_id);
create index inbox_view_tickets_of_ticket on inbox_view_tickets (workspace_id, ticket_id);
-- global: the clock looks for what is due in all workspaces
create index inbox_view_tickets_due on inbox_view_tickets (due_at);
