-- Comparisons of what a mailbox's server has with what is stored, one row for each mailbox: the newest.
create table mail_reconciliations (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  mark text not null,
  state text not null,
  trouble text not null,
  said text not null,
  asked_by text not null,
  asked_at bigint not null,
  ended_at bigint,
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);

create table mail_reconciled_folders (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  folder text not null,
  place bigint not null,
  on_server bigint not null,
  known bigint not null,
  renumbered bigint not null,
  moved bigint not null,
  older bigint not null,
  missing bigint not null,
  fetched bigint not null,
  gone bigint not null,
  is_there boolean not null,
  primary key (workspace_id, mailbox_id, folder),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);
