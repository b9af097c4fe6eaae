create table ticket_files (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  message_id bytea,
  name text not null,
  media_type text not null,
  size bigint not null,
  hash bytea not null,
  content_id text not null,
  is_inline boolean not null,
  author text not null,
  added_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id)
);

create index ticket_files_of_message on ticket_files (workspace_id, message_id, id);
create index ticket_files_of_ticket on ticket_files (workspace_id, ticket_id, id);
create index ticket_files_waiting on ticket_files (message_id, added_at);

-- The change that this one took back.
alter table ticket_changes add column undoes bytea;
