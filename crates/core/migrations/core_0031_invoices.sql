create table invoices (
  workspace_id bytea not null,
  id bytea not null,
  account_id bytea not null,
  number text not null,
  issued text not null,
  due text not null,
  currency text not null,
  total bigint not null,
  paid bigint not null,
  version bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id),
  constraint invoices_have_a_number check (number <> ''),
  constraint invoices_make_sense check (total >= 0 and paid >= 0 and due >= issued)
);

create unique index invoices_by_number on invoices (workspace_id, number);

create index invoices_by_day on invoices (workspace_id, issued, id);

create index invoices_by_due_day on invoices (workspace_id, due, id);

create index invoices_of_account on invoices (workspace_id, account_id, issued, id);

create table invoice_payments (
  workspace_id bytea not null,
  id bytea not null,
  invoice_id bytea not null,
  day text not null,
  amount bigint not null,
  noted_by text not null,
  noted_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, invoice_id) references invoices (workspace_id, id),
  constraint invoice_payments_are_above_zero check (amount > 0)
);

create index invoice_payments_of_invoice on invoice_payments (workspace_id, invoice_id, day, id);

create table invoice_voids (
  workspace_id bytea not null,
  invoice_id bytea not null,
  voided_by text not null,
  voided_at bigint not null,
  primary key (workspace_id, invoice_id),
  foreign key (workspace_id, invoice_id) references invoices (workspace_id, id)
);

create table invoice_warnings (
  workspace_id bytea not null,
  invoice_id bytea not null,
  due text not null,
  told_at bigint not null,
  primary key (workspace_id, invoice_id, due),
  foreign key (workspace_id, invoice_id) references invoices (workspace_id, id)
);
