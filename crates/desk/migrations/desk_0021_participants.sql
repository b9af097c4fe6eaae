-- Who else gets the answers of a ticket by mail. A row that has ended can be taken back.
create table ticket_participants (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  contact_id bytea,
  name text not null,
  address text not null,
  address_folded text not null,
  is_copy boolean not null,
  author text not null,
  added_at bigint not null,
  ended_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id)
);

create unique index ticket_participants_by_address on ticket_participants (workspace_id, ticket_id, address_folded);
create index ticket_participants_of_contact on ticket_participants (workspace_id, contact_id, id);
