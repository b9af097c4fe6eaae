-- Senders whose mails show images of other servers at once.
create table mail_image_senders (
  workspace_id bytea not null,
  address text not null,
  allowed_by text not null,
  allowed_at bigint not null,
  primary key (workspace_id, address),
  foreign key (workspace_id) references workspaces (id)
);
