create table billing_connections (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  adds_accounts boolean not null,
  version bigint not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint billing_connections_have_a_name check (name <> '')
);

create table billing_secrets (
  workspace_id bytea not null,
  id bytea not null,
  connection_id bytea not null,
  sealed bytea not null,
  made_at bigint not null,
  ends_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, connection_id) references billing_connections (workspace_id, id)
);

create table billing_events (
  workspace_id bytea not null,
  connection_id bytea not null,
  event text not null,
  id bytea not null,
  kind text not null,
  object text not null,
  customer text not null,
  happened_at bigint not null,
  received_at bigint not null,
  body text not null,
  outcome text not null,
  reason text not null,
  primary key (workspace_id, connection_id, event),
  foreign key (workspace_id, connection_id) references billing_connections (workspace_id, id)
);

create index billing_events_by_time on billing_events (workspace_id, connection_id, id);

create index billing_events_of_object on billing_events (workspace_id, connection_id, object, happened_at);

create index billing_events_by_outcome on billing_events (workspace_id, connection_id, outcome, object);

create table billing_customers (
  workspace_id bytea not null,
  connection_id bytea not null,
  customer text not null,
  account_id bytea not null,
  said_name text not null,
  linked_by text not null,
  linked_at bigint not null,
  primary key (workspace_id, connection_id, customer),
  foreign key (workspace_id, connection_id) references billing_connections (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id)
);

create index billing_customers_of_account on billing_customers (workspace_id, account_id);

create table billing_products (
  workspace_id bytea not null,
  connection_id bytea not null,
  code text not null,
  product_id bytea not null,
  primary key (workspace_id, connection_id, code),
  foreign key (workspace_id, connection_id) references billing_connections (workspace_id, id),
  foreign key (workspace_id, product_id) references products (workspace_id, id)
);

create table billing_objects (
  workspace_id bytea not null,
  connection_id bytea not null,
  object text not null,
  part text not null,
  subject bytea not null,
  primary key (workspace_id, connection_id, object, part),
  foreign key (workspace_id, connection_id) references billing_connections (workspace_id, id)
);

create index billing_objects_by_subject on billing_objects (workspace_id, subject);
