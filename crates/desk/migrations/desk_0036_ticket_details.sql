-- A value of a workspace's own field of a ticket that became another: as JSON, which is read in Rust.
create table ticket_detail_changes (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  field_id bytea not null,
  before_value text not null,
  after_value text not null,
  author text not null,
  changed_at bigint not null,
  undoes bytea,
  primary key (workspace_id, id)
);

create index ticket_detail_changes_of_ticket on ticket_detail_changes (workspace_id, ticket_id, id);
