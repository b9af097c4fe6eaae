-- Mails that runs wrote, and whom they could not write to: one to each contact at each step, whatever is tried again.
create table playbook_mails (
  workspace_id bytea not null,
  run_id bytea not null,
  number bigint not null,
  contact_id bytea not null,
  account_id bytea not null,
  -- written, missing, or what was in the way.
  outcome text not null,
  -- The conversation in which an answer comes back, and the message in it.
  conversation text not null,
  message text not null,
  written_at bigint not null,
  primary key (workspace_id, run_id, number, contact_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create index playbook_mails_of_contact on playbook_mails (workspace_id, contact_id);
