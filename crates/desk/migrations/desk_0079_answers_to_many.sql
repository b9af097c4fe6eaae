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
