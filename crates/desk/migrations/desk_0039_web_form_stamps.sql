-- Stamps of forms by which files were taken, whatever became of them: none brings files twice.
create table web_form_stamps (
  workspace_id bytea not null,
  form_id bytea not null,
  stamp text not null,
  spent_at bigint not null,
  primary key (workspace_id, form_id, stamp),
  foreign key (workspace_id, form_id) references web_forms (workspace_id, id)
);
