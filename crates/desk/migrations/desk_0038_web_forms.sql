-- Forms on pages that anybody may open.
create table web_forms (
  workspace_id bytea not null,
  id bytea not null,
  key text not null,
  title text not null,
  intro text not null,
  thanks text not null,
  team_id bytea,
  kind text not null,
  priority text not null,
  takes_files boolean not null,
  per_hour bigint not null,
  version bigint not null,
  created_at bigint not null,
  closed_at bigint,
  closed_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

-- global: whoever opens a form has no workspace yet.
create unique index web_forms_by_key on web_forms (key);

-- What a form asks beside name, address, subject and message: fields of tickets, some only where another has a value.
create table web_form_fields (
  workspace_id bytea not null,
  form_id bytea not null,
  place bigint not null,
  field_id bytea not null,
  is_required boolean not null,
  when_field_id bytea,
  when_value text,
  primary key (workspace_id, form_id, place),
  foreign key (workspace_id, form_id) references web_forms (workspace_id, id),
  foreign key (workspace_id, field_id) references fields (workspace_id, id)
);

-- What came by a form. A stamp is used once, so that a form that is sent twice opens one ticket.
create table web_form_sendings (
  workspace_id bytea not null,
  id bytea not null,
  form_id bytea not null,
  stamp text not null,
  ticket_id bytea not null,
  message_id bytea,
  sent_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, form_id) references web_forms (workspace_id, id)
);

create unique index web_form_sendings_by_stamp on web_form_sendings (workspace_id, form_id, stamp);
create index web_form_sendings_of_form on web_form_sendings (workspace_id, form_id, sent_at);
create index web_form_sendings_of_ticket on web_form_sendings (workspace_id, ticket_id);
