create table orders (
  workspace_id bytea not null,
  id bytea not null,
  account_id bytea not null,
  number text not null,
  day text not null,
  currency text not null,
  total bigint not null,
  version bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id),
  constraint orders_have_a_number check (number <> ''),
  constraint orders_are_not_below_zero check (total >= 0)
);

create unique index orders_by_number on orders (workspace_id, number);

create index orders_by_day on orders (workspace_id, day, id);

create index orders_of_account on orders (workspace_id, account_id, day, id);

create table order_lines (
  workspace_id bytea not null,
  order_id bytea not null,
  place bigint not null,
  product_id bytea,
  description text not null,
  quantity bigint not null,
  price bigint not null,
  primary key (workspace_id, order_id, place),
  foreign key (workspace_id, order_id) references orders (workspace_id, id),
  foreign key (workspace_id, product_id) references products (workspace_id, id),
  constraint order_lines_make_sense check (quantity > 0)
);

create index order_lines_by_product on order_lines (workspace_id, product_id, order_id);

create table order_cancellations (
  workspace_id bytea not null,
  order_id bytea not null,
  cancelled_by text not null,
  cancelled_at bigint not null,
  primary key (workspace_id, order_id),
  foreign key (workspace_id, order_id) references orders (workspace_id, id)
);
