-- Which tickets have one of the workspace's own fields: their kinds as words with blanks between them, none for all kinds; on
-- which value of another field it depends; and whether an agent fills it in before solving.
create table ticket_field_rules (
  workspace_id bytea not null,
  field_id bytea not null,
  kinds text not null,
  is_before_solving boolean not null,
  when_field_id bytea,
  when_value text,
  version bigint not null,
  primary key (workspace_id, field_id),
  foreign key (workspace_id, field_id) references fields (workspace_id, id)
);

-- What else is to be said of a ticket that an act on many left as it was, such as which fields are empty.
alter table ticket_bulk_rows add column about text;
