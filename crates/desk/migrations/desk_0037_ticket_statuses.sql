-- Statuses that a workspace has added inside one of the four categories.
create table ticket_statuses (
  workspace_id bytea not null,
  id bytea not null,
  category text not null,
  name text not null,
  name_folded text not null,
  place bigint not null,
  is_default boolean not null,
  version bigint not null,
  created_at bigint not null,
  archived_at bigint,
  archived_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create unique index ticket_statuses_by_name on ticket_statuses (workspace_id, name_folded);

-- None where the category itself says it all.
alter table tickets add column own_status bytea;
