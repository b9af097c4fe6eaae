-- Mails that were too large to fetch and that somebody wants all the same: on their way, or why they did not come. The row goes
-- with the mail that came.
create table mail_fetches (
  workspace_id bytea not null,
  mail_id bytea not null,
  trouble text not null,
  said text not null,
  asked_by text not null,
  asked_at bigint not null,
  ended_at bigint,
  primary key (workspace_id, mail_id),
  foreign key (workspace_id, mail_id) references mails (workspace_id, id)
);

-- Whether the server by which a mailbox sends takes senders with a token behind a plus, as it said when it was asked; for one
-- address, server and login.
create table mailbox_plus (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  way text not null,
  is_taken boolean not null,
  tried_at bigint not null,
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);

-- Where grants are taken back at a provider, and what became of the last one of a mailbox that ended here.
alter table mail_providers add column revoke_at text not null default '';

create table mailbox_revocations (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  state text not null,
  said text not null,
  noted_at bigint not null,
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);
