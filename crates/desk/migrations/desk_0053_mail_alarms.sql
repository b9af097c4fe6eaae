-- What administrators were told is wrong with a mailbox, while it is.
create table mail_alarms (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  cause text not null,
  raised_at bigint not null,
  primary key (workspace_id, mailbox_id, cause),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);
