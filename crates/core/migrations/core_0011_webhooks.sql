create table webhooks (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  url text not null,
  kinds text not null,
  version bigint not null,
  created_by text not null,
  created_at bigint not null,
  changed_at bigint not null,
  failing_since bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint webhooks_have_a_name check (name <> '')
);

create table webhook_stops (
  workspace_id bytea not null,
  webhook_id bytea not null,
  reason text not null,
  stopped_by text not null,
  stopped_at bigint not null,
  primary key (workspace_id, webhook_id),
  foreign key (workspace_id, webhook_id) references webhooks (workspace_id, id)
);

create table webhook_secrets (
  workspace_id bytea not null,
  webhook_id bytea not null,
  id bytea not null,
  sealed bytea not null,
  created_at bigint not null,
  expires_at bigint,
  primary key (workspace_id, webhook_id, id),
  foreign key (workspace_id, webhook_id) references webhooks (workspace_id, id)
);

create table webhook_deliveries (
  workspace_id bytea not null,
  id bytea not null,
  webhook_id bytea not null,
  event_id bytea,
  kind text not null,
  body text not null,
  state text not null,
  attempts bigint not null,
  created_at bigint not null,
  settled_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, webhook_id) references webhooks (workspace_id, id)
);

create index webhook_deliveries_by_webhook on webhook_deliveries (workspace_id, webhook_id, id);
create index webhook_deliveries_by_state on webhook_deliveries (workspace_id, webhook_id, state, id);
create unique index webhook_deliveries_by_event on webhook_deliveries (workspace_id, webhook_id, event_id);

create table webhook_attempts (
  workspace_id bytea not null,
  delivery_id bytea not null,
  id bytea not null,
  status bigint,
  error text,
  answer text not null,
  took_ms bigint not null,
  tried_at bigint not null,
  primary key (workspace_id, delivery_id, id),
  foreign key (workspace_id, delivery_id) references webhook_deliveries (workspace_id, id)
);

-- global: the sweep goes through all workspaces
create index webhook_deliveries_by_age on webhook_deliveries (created_at);
