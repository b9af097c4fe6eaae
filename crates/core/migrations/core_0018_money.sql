create table reporting_currencies (
  workspace_id bytea not null,
  currency text not null,
  changed_at bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);

create table exchange_rates (
  workspace_id bytea not null,
  id bytea not null,
  base text not null,
  currency text not null,
  day text not null,
  rate bigint not null,
  set_by text not null,
  set_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint exchange_rates_are_positive check (rate > 0)
);

create unique index exchange_rates_by_day on exchange_rates (workspace_id, base, currency, day);

create table products (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  name_folded text not null,
  version bigint not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint products_have_a_name check (name <> '')
);

create unique index products_by_name on products (workspace_id, name_folded);

create table subscriptions (
  workspace_id bytea not null,
  id bytea not null,
  account_id bytea not null,
  product_id bytea not null,
  currency text not null,
  period_months bigint not null,
  starts text not null,
  term_months bigint not null,
  notice_days bigint not null,
  auto_renew boolean not null,
  renews text not null,
  version bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id),
  foreign key (workspace_id, product_id) references products (workspace_id, id),
  constraint subscriptions_renew_after_they_start check (renews > starts)
);

create index subscriptions_of_account on subscriptions (workspace_id, account_id, starts);

create index subscriptions_by_renewal on subscriptions (workspace_id, renews, id);

create table subscription_prices (
  workspace_id bytea not null,
  subscription_id bytea not null,
  since text not null,
  seats bigint not null,
  price bigint not null,
  discount bigint not null,
  primary key (workspace_id, subscription_id, since),
  foreign key (workspace_id, subscription_id) references subscriptions (workspace_id, id),
  constraint subscription_prices_make_sense check (seats > 0 and price >= 0 and discount >= 0 and discount <= 10000)
);

create table subscription_ends (
  workspace_id bytea not null,
  subscription_id bytea not null,
  day text not null,
  reason text not null,
  ended_by text not null,
  ended_at bigint not null,
  primary key (workspace_id, subscription_id),
  foreign key (workspace_id, subscription_id) references subscriptions (workspace_id, id)
);
