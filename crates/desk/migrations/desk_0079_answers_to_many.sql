-- An answer that an act writes into many tickets, as JSON, and what was written into each.
alter table ticket_bulks add column answer text;
alter table ticket_bulk_rows add column message_id bytea;

-- What a saved reply says in other languages than its own.
create table saved_reply_words (
  workspace_id bytea not null,
  reply_id bytea not null,
  language text not null,
  body text not null,
  primary key (workspace_id, reply_id, language),
  foreign key (workspace_id, reply_id) references saved_replies (workspace_id, id)
);

-- What goes along with a saved reply; whoever uses it gets a copy that waits for their message.
create table saved_reply_files (
  workspace_id bytea not null,
  id bytea not null,
  reply_id bytea not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  hash bytea not null,
  added_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, reply_id) references saved_replies (workspace_id, id)
);

create index saved_reply_files_of_reply on saved_reply_files (workspace_id, reply_id);
