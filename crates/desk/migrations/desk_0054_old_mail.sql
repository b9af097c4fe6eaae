-- Old mail of a company: a file of mails on its way into tickets. What was found in it is JSON.
create table mail_imports (
  workspace_id bytea not null,
  id bytea not null,
  mailbox_id bytea not null,
  file_name text not null,
  blob_id bytea,
  size bigint not null,
  state text not null,
  phase text not null,
  problem text not null,
  open_days bigint not null,
  takes_machines boolean not null,
  own text not null,
  found text not null,
  asked_by text not null,
  created_at bigint not null,
  changed_at bigint not null,
  position bigint not null,
  taken bigint not null,
  thread bigint not null,
  rate bigint not null,
  opened bigint not null,
  joined bigint not null,
  repeated bigint not null,
  aside bigint not null,
  refused bigint not null,
  taken_back bigint not null,
  left_alone bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);

-- Each mail of the file, in its order, with what became of it.
create table mail_import_mails (
  workspace_id bytea not null,
  import_id bytea not null,
  number bigint not null,
  mail_id bytea,
  size bigint not null,
  sent_at bigint not null,
  thread bigint not null,
  outcome text not null,
  reason text not null,
  primary key (workspace_id, import_id, number),
  foreign key (workspace_id, import_id) references mail_imports (workspace_id, id)
);

create index mail_import_mails_by_thread on mail_import_mails (workspace_id, import_id, thread, sent_at, number);
create index mail_import_mails_by_outcome on mail_import_mails (workspace_id, import_id, outcome, number);

-- The tickets in which something of an import lies, and at which version it left them.
create table mail_import_tickets (
  workspace_id bytea not null,
  import_id bytea not null,
  ticket_id bytea not null,
  is_new boolean not null,
  version bigint not null,
  outcome text not null,
  primary key (workspace_id, import_id, ticket_id),
  foreign key (workspace_id, import_id) references mail_imports (workspace_id, id)
);

create index mail_import_tickets_by_outcome on mail_import_tickets (workspace_id, import_id, outcome, ticket_id);
