-- Days for which a playbook by dates had its occasion at an account: each begins one run at most.
create table playbook_dates (
  workspace_id bytea not null,
  playbook_id bytea not null,
  account_id bytea not null,
  day text not null,
  had_at bigint not null,
  primary key (workspace_id, playbook_id, account_id, day),
  foreign key (workspace_id, playbook_id) references playbooks (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

-- What dates are looked for by.
create index subscriptions_by_start on subscriptions (workspace_id, starts, account_id);
create index field_values_of_day on field_values (workspace_id, field_id, day, subject_id);
