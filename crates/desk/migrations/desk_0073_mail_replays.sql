-- Reading all mail of a mailbox again, one row for each mailbox: the newest. And which version of the reader read a mail last.
alter table mails add column parser bigint;

create table mail_replays (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  mark text not null,
  state text not null,
  parser bigint not null,
  until_id bytea not null,
  at_id bytea not null,
  total bigint not null,
  looked bigint not null,
  changed bigint not null,
  unread bigint not null,
  asked_by text not null,
  asked_at bigint not null,
  ended_at bigint,
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);
