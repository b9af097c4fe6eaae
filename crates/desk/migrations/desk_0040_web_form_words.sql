-- What a form says in other languages than its own. A part is `title`, `intro`, `thanks`, or of one of its fields `label/ID`,
-- `hint/ID`, `choice/ID/CHOICE`. What has no row is said as the form itself says it.
create table web_form_words (
  workspace_id bytea not null,
  form_id bytea not null,
  language text not null,
  part text not null,
  words text not null,
  primary key (workspace_id, form_id, language, part),
  foreign key (workspace_id, form_id) references web_forms (workspace_id, id)
);
